//! `program.toml`, or `manifest.toml` when the first byte is odd, from any bytes.
#![no_main]

use coverage_map_fuzz::load_with;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((which, rest)) = bytes.split_first() {
        load_with(if which % 2 == 0 { "program.toml" } else { "manifest.toml" }, rest);
    }
});
