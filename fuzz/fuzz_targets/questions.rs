//! Free text and coordinates, as people type them.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| coverage_map_fuzz::questions(text));
