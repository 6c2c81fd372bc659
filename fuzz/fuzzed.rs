//! The fuzzer: runs one of the targets, which `FUZZ_TARGET` names, on bytes that reach ever more code.
#![no_main]

use std::{env, str, sync::LazyLock};

use coverage_map_fuzz::{geojson, queries, questions, settings, tables};

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| match env::var("FUZZ_TARGET").as_deref() {
    Ok("geojson") => geojson,
    Ok("tables") => tables,
    Ok("settings") => settings,
    Ok("questions") => |bytes| _ = str::from_utf8(bytes).map(questions),
    Ok("queries") => queries,
    other => panic!("FUZZ_TARGET names a target of fuzz/src/lib.rs (got {other:?})"),
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET(bytes));
