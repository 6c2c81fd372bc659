//! Every route, by every method, with hostile input: safe headers, the right form, and nothing of the inside.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, StatusCode},
};
use tower::ServiceExt;

use crate::site::{get, request, service};

/// What stands in the place of a part of an address.
const HOSTILE_PARTS: [&str; 12] = [
    "..",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cwindows",
    "%00",
    "%ff",
    "%C0%AF",
    "%zz",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "%22%3E%3Csvg%20onload=alert(1)%3E",
    "con.json.geojson",
    "%E2%80%AE",
    "981.json%0d%0aSet-Cookie:%20x=1",
];

/// What stands behind the question mark.
const HOSTILE_QUERIES: [&str; 14] = [
    "q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "q=%22%20onmouseover=%22alert(1)",
    "state=%3Cscript%3E&theme=%3Cscript%3E&id=%22%3E%3Cscript%3E",
    "as_of=%3Cscript%3E",
    "as_of=9999-12-31",
    "as_of=-009999-01-01",
    "course=..%2F..%2Fetc%2Fpasswd",
    "q=%ff",
    "q=%00%0d%0aSet-Cookie:x",
    "lat=1e999&lon=NaN",
    "width=99999999999&limit=-1&bbox=1,2,3,nan",
    "url=javascript:alert(1)&format=%3Cscript%3E",
    "region=javascript:alert(1)&partner=%3Cscript%3E",
    "&&&=&=x&%3D=%26",
];

const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"];

/// Nothing of this leaves the machine.
const INSIDE: [&str; 8] = ["panicked", "src/", ".rs:", "/root", "/work", "RUST_BACKTRACE", "called `", "root:x:0:0"];

/// Every address that is routed, as the source has them, and those that are described.
async fn routes() -> Vec<String> {
    let source = include_str!("../../src/http/routes.rs");
    let literal = source.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let mut routes: Vec<_> = literal.filter(|route| route != "/metrics").collect();
    let description = get("/openapi.json").await.json();
    routes.extend(description["paths"].as_object().unwrap().keys().cloned());
    routes.extend(["/api/v1/gaps", "/api/v1/coverage/summary.csv", "/es", "/es/partners", "/es/embed/map"].map(str::to_owned));
    assert!(routes.len() > 40, "{routes:?}");
    routes
}

/// A route with a value in place of each of its parts.
fn filled(route: &str, value: &str) -> String {
    let mut address = String::new();
    let mut rest = route;
    while let Some((before, part)) = rest.split_once('{') {
        address += before;
        address += value;
        rest = part.split_once('}').unwrap().1;
    }
    address + rest
}

async fn walk(method: &str, uri: &str) {
    let Ok(request) = request(method, uri).header("accept-encoding", "identity").body(Body::empty()) else { return };
    let (parts, body) = service().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let at = format!("{method} {uri}: {}", parts.status);
    is_safe(&parts.headers, uri.split('?').next().unwrap(), &at);
    assert!(parts.status.as_u16() < 500 || parts.status == StatusCode::NOT_IMPLEMENTED, "{at}");
    let header = |name: &str| parts.headers.get(name).map_or("", |value| value.to_str().unwrap());
    let form = header("content-type");
    if parts.status.is_client_error() {
        let wanted = if uri.starts_with("/api/") { "application/problem+json" } else { "text/html; charset=utf-8" };
        assert_eq!((form, header("cache-control")), (wanted, "no-store"), "{at}");
    }
    assert!(!form.is_empty() || !parts.status.is_success(), "{at}");
    assert_eq!(header("set-cookie"), "", "{at}");
    let text = String::from_utf8_lossy(&body);
    for inside in INSIDE {
        assert!(!text.contains(inside), "{at}: {inside}");
    }
    if form.starts_with("text/html") || form == "image/svg+xml" {
        for raw in ["<script>alert", "<svg onload", "\" onmouseover", "href=\"javascript:", "\u{202e}"] {
            assert!(!text.contains(raw), "{at}: {raw}");
        }
    }
}

fn is_safe(headers: &HeaderMap, path: &str, at: &str) {
    let header = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    let policy = header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe") && policy.contains("base-uri 'none'"),
        "{at}"
    );
    let framed = path.ends_with("/embed/map") && policy.ends_with("frame-ancestors *");
    assert!(framed || (policy.ends_with("frame-ancestors 'none'") && header("x-frame-options") == "DENY"), "{at}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(self), microphone=()"),
    ] {
        assert_eq!(header(name), value, "{at}");
    }
    for name in ["cross-origin-resource-policy", "cache-control", "x-request-id"] {
        assert!(!header(name).is_empty(), "{at}: {name}");
    }
    let location = header("location");
    assert!(location.is_empty() || (location.starts_with('/') && !location.starts_with("//")), "{at}: {location}");
    assert!(location.is_empty() || !location.contains(['\\', '\r', '\n']), "{at}: {location}");
}

#[tokio::test]
async fn every_route_by_every_method() {
    for route in routes().await {
        for method in METHODS {
            walk(method, &filled(&route, "we")).await;
        }
    }
}

#[tokio::test]
async fn every_route_with_hostile_parts_and_queries() {
    for route in routes().await {
        for part in HOSTILE_PARTS.iter().filter(|_| route.contains('{')) {
            walk("GET", &filled(&route, part)).await;
            walk("POST", &filled(&route, part)).await;
        }
        for query in HOSTILE_QUERIES {
            walk("GET", &format!("{}?{query}", filled(&route, "we"))).await;
        }
    }
}

#[tokio::test]
async fn no_address_leads_to_a_file() {
    for path in [
        "/../Cargo.toml",
        "/static/../../Cargo.toml",
        "/static/..%2f..%2fCargo.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/.git/config",
        "//etc/passwd",
    ] {
        walk("GET", path).await;
    }
}
