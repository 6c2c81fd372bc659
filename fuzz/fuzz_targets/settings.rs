//! `program.toml`, or `manifest.toml` when the first byte is odd, from any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| coverage_map_fuzz::settings(bytes));
