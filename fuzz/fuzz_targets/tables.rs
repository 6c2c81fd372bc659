//! Each of the CSV tables from any bytes; the first byte says which.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| coverage_map_fuzz::tables(bytes));
