//! Each of the CSV tables from any bytes; the first byte says which.
#![no_main]

use coverage_map_fuzz::load_with;

const TABLES: [&str; 9] = [
    "partners.csv",
    "assignments.csv",
    "regions.csv",
    "accepted.csv",
    "zips.csv",
    "zip_counties.csv",
    "places.csv",
    "weights.csv",
    "retired_codes.csv",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((which, rest)) = bytes.split_first() {
        load_with(TABLES[usize::from(*which) % TABLES.len()], rest);
    }
});
