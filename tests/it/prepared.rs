//! What is rendered and compressed ahead of requests says what handlers say, and nothing that is asked for pushes it out.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, StatusCode},
};
use coverage_map::{
    clock::Clock,
    http::{App, Front, prepare, router},
};
use jiff::{Timestamp, civil::date};
use tower::ServiceExt;

use crate::site::{request, service, snapshot};

/// Every kind of address that is prepared.
const PREPARED: [&str; 15] = [
    "/",
    "/partners",
    "/es/partners",
    "/apply",
    "/docs/api",
    "/openapi.json",
    "/embed.js",
    "/static/icon.svg",
    "/embed/map",
    "/map.svg",
    "/fragment/map?style=none&search=yes&state=WE",
    "/es/map.svg?state=WE",
    "/states/we",
    "/partners/birch-center",
    "/api/v1/zips/012.json",
];

struct Sent {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Sent {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn plain(&self) -> Vec<u8> {
        let mut plain = Vec::new();
        match self.header("content-encoding") {
            "br" => brotli::BrotliDecompress(&mut &*self.body, &mut plain).unwrap(),
            "gzip" => _ = std::io::copy(&mut flate2::bufread::GzDecoder::new(&*self.body), &mut plain).unwrap(),
            _ => plain.extend(&*self.body),
        }
        plain
    }
}

fn send(router: &Front, method: &str, uri: &str, headers: &[(&str, &str)]) -> Sent {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let request = headers.iter().fold(request(method, uri), |request, (name, value)| request.header(*name, *value));
    runtime.block_on(async {
        let (parts, body) = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().into_parts();
        Sent { status: parts.status, headers: parts.headers, body: to_bytes(body, usize::MAX).await.unwrap() }
    })
}

fn in_brotli(router: &Front, uri: &str) -> Sent {
    send(router, "GET", uri, &[("accept-encoding", "br")])
}

/// The service on 2026-11-21, with everything prepared.
fn prepared() -> Arc<App> {
    let app = Arc::new(App::new(snapshot(), Some(date(2026, 11, 21))));
    prepare(&app).unwrap();
    app
}

#[test]
fn prepared_bodies_say_what_handlers_say_in_fewer_bytes() {
    let (ahead, on_request) = (router(prepared()), service());
    for uri in PREPARED {
        let plain = send(&on_request, "GET", uri, &[]);
        let made = in_brotli(&on_request, uri);
        for coding in ["br", "gzip"] {
            let sent = send(&ahead, "GET", uri, &[("accept-encoding", coding)]);
            assert_eq!((sent.status, sent.header("content-encoding")), (StatusCode::OK, coding), "{uri}");
            assert_eq!(sent.header("content-length"), sent.body.len().to_string(), "{uri}");
            assert!(sent.plain() == plain.body, "{uri} in {coding} says something else");
            // Where there is next to nothing to compress, all levels are alike.
            let fewer = sent.body.len() < made.body.len() || uri.ends_with("icon.svg");
            assert!(coding == "gzip" || fewer, "{uri} was not prepared");
            let tag = plain.header("etag").replace("\"", &format!(".{coding}\"")).replace(&format!("W/.{coding}"), "W/");
            assert!(plain.header("etag").is_empty() || sent.header("etag") == tag, "{uri}: {} {tag}", sent.header("etag"));
            for name in
                ["content-type", "cache-control", "content-security-policy", "x-frame-options", "access-control-allow-origin"]
            {
                assert_eq!(sent.header(name), plain.header(name), "{uri}: {name}");
            }
            assert!(sent.header("vary").contains("accept-encoding"), "{uri}");
            let head = send(&ahead, "HEAD", uri, &[("accept-encoding", coding)]);
            assert_eq!((head.body.len(), head.header("content-length")), (0, &*sent.body.len().to_string()), "{uri}");
        }
        let identity = send(&ahead, "GET", uri, &[]);
        assert!(identity.body == plain.body && identity.header("content-encoding").is_empty(), "{uri}");
    }
}

#[test]
fn who_has_a_coding_of_it_is_told_that_it_still_holds() {
    let ahead = router(prepared());
    let coded = in_brotli(&ahead, "/partners").header("etag").to_owned();
    assert!(coded.ends_with(".br\""), "{coded}");
    let plain = coded.replace(".br", "");
    for tag in [&coded, &plain] {
        let again = send(&ahead, "GET", "/partners", &[("accept-encoding", "br"), ("if-none-match", tag)]);
        assert_eq!((again.status, again.body.len(), again.header("etag")), (StatusCode::NOT_MODIFIED, 0, &**tag));
        assert_eq!((again.header("content-encoding"), again.header("vary")), ("", "accept-encoding"));
    }
}

#[test]
fn nothing_that_is_asked_for_pushes_out_what_is_prepared() {
    let ahead = router(prepared());
    let small = in_brotli(&ahead, "/partners").body;
    for day in 1..=28 {
        for month in 1..=6 {
            let rare = in_brotli(&ahead, &format!("/partners?as_of=2027-{month:02}-{day:02}&x={day}"));
            assert_eq!(rare.status, StatusCode::OK);
            assert!(rare.header("etag").contains(&format!("2027-{month:02}-{day:02}")), "{}", rare.header("etag"));
        }
    }
    assert!(in_brotli(&ahead, "/partners").body == small);
    assert!(in_brotli(&ahead, "/partners?utm_source=mail&fbclid=1").body == small, "links that are counted elsewhere");
    assert!(in_brotli(&ahead, "/partners?as_of=2026-11-21").body != small, "its links keep the day");
    assert!(in_brotli(&ahead, "/partners?course=csp").body != small);
    assert_eq!(in_brotli(&ahead, "/api/v1/zips/012.json?utm_source=mail").status, StatusCode::BAD_REQUEST, "under /api");
}

#[test]
fn when_the_clock_jumps_pages_are_of_the_day_that_it_shows() {
    let now = Arc::new(AtomicI64::new("2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap().as_second()));
    let shown = now.clone();
    let clock = Clock::showing(move || Timestamp::from_second(shown.load(Ordering::Relaxed)).unwrap());
    let app = Arc::new(App::with_clock(snapshot(), clock));
    prepare(&app).unwrap();
    let ahead = router(app);
    for (days, day) in [(0, "2026-11-21"), (3, "2026-11-24"), (-3, "2026-11-21"), (-400, "2025-10-17"), (400, "2026-11-21")] {
        now.fetch_add(days * 86_400, Ordering::Relaxed);
        let sent = in_brotli(&ahead, "/partners");
        assert!(sent.header("etag").contains(day), "{day}: {}", sent.header("etag"));
    }
}

#[test]
fn a_new_generation_has_nothing_of_the_one_before() {
    let app = prepared();
    let ahead = router(app.clone());
    let small = in_brotli(&ahead, "/partners").body;
    app.swap(snapshot());
    assert!(in_brotli(&ahead, "/partners").body.len() > small.len(), "a handler answers");
    prepare(&app).unwrap();
    assert!(in_brotli(&ahead, "/partners").body == small);
}
