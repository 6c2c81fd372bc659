//! `regions.geojson` from any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| coverage_map_fuzz::geojson(bytes));
