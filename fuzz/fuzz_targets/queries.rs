//! Query strings against the routes: never a 500, and problems where there is one.
#![no_main]

use std::sync::{Arc, LazyLock};

use axum::{Router, body::Body, http::Request};
use coverage_map::{
    http::{App, router},
    snapshot::Snapshot,
};
use coverage_map_fuzz::load_with;
use jiff::civil::date;
use tower::ServiceExt;

const ROUTES: [&str; 4] = ["/api/v1/coverage?", "/partners?", "/fragment/map?", "/map.svg?"];

static SERVICE: LazyLock<Router> = LazyLock::new(|| {
    let snapshot = Snapshot::new(load_with("unread.txt", b"").dataset.expect("the base world has no errors"));
    router(Arc::new(App::new(Arc::new(snapshot), Some(date(2026, 11, 21)))))
});

static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((which, query)) = bytes.split_first() else { return };
    // Any byte may come in a query, but not raw: those that may not are percent-encoded.
    let query: String = query
        .iter()
        .map(|&b| if b.is_ascii_graphic() && !b"\"<>#{}|\\^`".contains(&b) { char::from(b).to_string() } else { format!("%{b:02x}") })
        .collect();
    let uri = format!("{}{query}", ROUTES[usize::from(*which) % ROUTES.len()]);
    let Ok(request) = Request::get(&uri).body(Body::empty()) else { return };
    let response = RUNTIME.block_on(SERVICE.clone().oneshot(request)).expect("the service never fails");
    assert!(response.status().as_u16() < 500, "{} for {uri}", response.status());
});
