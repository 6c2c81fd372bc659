//! `regions.geojson` from any bytes.
#![no_main]

use coverage_map_fuzz::load_with;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    load_with("regions.geojson", bytes);
});
