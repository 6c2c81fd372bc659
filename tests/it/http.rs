//! The API and what all addresses share.

use axum::{body::Body, http::StatusCode};
use serde_json::json;

use crate::site::{Reply, get, request, send};

/// Every address, one example each.
const ADDRESSES: [&str; 19] = [
    "/",
    "/terms",
    "/faq",
    "/apply",
    "/summary",
    "/partners",
    "/partners?q=01201",
    "/partners/birch-center",
    "/states/we",
    "/counties/01003",
    "/regions/two-rivers",
    "/zips/01212",
    "/docs/api",
    "/fragment/map",
    "/map.svg",
    "/static/icon.svg",
    "/livez",
    "/readyz",
    "/api/v1/coverage?zip=01201",
];

async fn problem(uri: &str) -> (u16, String, serde_json::Value) {
    let reply = get(uri).await;
    assert_eq!(reply.media_type(), "application/problem+json", "{uri}: {}", reply.body);
    assert_eq!(reply.header("cache-control"), "no-store", "{uri}");
    let json = reply.json();
    let name = json["type"].as_str().unwrap().rsplit_once('#').unwrap().1.to_owned();
    assert_eq!(json["status"], reply.status.as_u16());
    (reply.status.as_u16(), name, json)
}

fn is_guarded(reply: &Reply) {
    for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin")]
    {
        assert_eq!(reply.header(name), value);
    }
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(!reply.header("cache-control").is_empty(), "a policy is named");
    assert!(!reply.header("x-request-id").is_empty(), "the request has an id");
}

#[tokio::test]
async fn a_zip_is_answered_with_its_partner() {
    let json = get("/api/v1/coverage?zip=01212").await.json();
    assert_eq!((&json["status"], &json["as_of"]), (&json!("covered"), &json!("2026-11-21")));
    assert_eq!(json["partners"][0]["id"], "iris-school");
    assert_eq!(json["query"]["understood_as"], "ZIP 01212, A2 Town, West");
}

#[tokio::test]
async fn each_parameter_asks_its_question() {
    for (query, kind) in [
        ("lat=40.5&lon=10.5", "position"),
        ("zip=01201", "zip"),
        ("state=WE", "state"),
        ("county=01003", "county"),
        ("place=Springfield,+WE", "place"),
        ("region=region:two-rivers", "region"),
        ("region=two-rivers", "region"),
        ("q=birch+center", "partner"),
    ] {
        let reply = get(&format!("/api/v1/coverage?{query}")).await;
        assert_eq!((reply.status, &reply.json()["query"]["kind"]), (StatusCode::OK, &json!(kind)), "{query}: {}", reply.body);
    }
}

#[tokio::test]
async fn a_position_in_a_body_gets_the_answer_of_the_same_position_in_the_address_and_is_kept_by_nobody() {
    let body = Body::from(r#"{"lat": 40.5, "lon": 10.5, "course": "csd"}"#);
    let post = request("POST", "/api/v1/coverage").header("content-type", "application/json; charset=utf-8").body(body).unwrap();
    let posted = send(post).await;
    let asked = get("/api/v1/coverage?lat=40.5&lon=10.5&course=csd").await;
    assert_eq!(posted.body, asked.body);
    assert_eq!(posted.header("cache-control"), "no-store");
}

#[tokio::test]
async fn malformed_questions_name_the_parameter_the_value_and_the_rule() {
    for (query, name, parameter, value) in [
        ("lat=NaN&lon=1", "bad-value", "lat", "NaN"),
        ("lat=abc&lon=1", "bad-value", "lat", "abc"),
        ("lat=91&lon=0", "bad-value", "lat", "91"),
        ("lat=1&lon=500", "bad-value", "lon", "500"),
        ("lat=40.5", "bad-value", "lon", ""),
        ("zip=", "bad-value", "zip", ""),
        ("zip=01201&as_of=2026-02-30", "bad-value", "as_of", "2026-02-30"),
        ("zip=01201&course=nope", "bad-value", "course", "nope"),
    ] {
        let (status, found, json) = problem(&format!("/api/v1/coverage?{query}")).await;
        assert_eq!((status, found.as_str()), (400, name), "{query}");
        assert_eq!((&json["parameter"], &json["value"]), (&json!(parameter), &json!(value)), "{query}");
        assert!(json["rule"].as_str().is_some_and(|rule| rule.len() > 10), "{query}: {json}");
    }
}

#[tokio::test]
async fn questions_that_are_none_or_several_are_refused_by_name() {
    for (query, name) in [
        ("", "no-question"),
        ("as_of=2026-11-21", "no-question"),
        ("zip=01201&q=x", "several-questions"),
        ("zip=01201&zip=01201", "repeated-parameter"),
        ("zip=01201&utm_source=x", "unknown-parameter"),
        ("q=%ff", "bad-encoding"),
        ("q=%", "bad-encoding"),
        ("q=%C3%28", "bad-encoding"),
    ] {
        let (status, found, _) = problem(&format!("/api/v1/coverage?{query}")).await;
        assert_eq!((status, found.as_str()), (400, name), "{query}");
    }
    let (status, name, _) = problem(&format!("/api/v1/coverage?q={}", "x".repeat(10_000))).await;
    assert_eq!((status, name.as_str()), (414, "query-too-long"));
}

#[tokio::test]
async fn exchanged_axes_are_recognised_and_said() {
    let (_, _, json) = problem("/api/v1/coverage?lat=-122.3&lon=47.6").await;
    assert!(json["detail"].as_str().unwrap().contains("lat=47.6&lon=-122.3"), "{json}");
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_problems() {
    let post = |kind: &str, body: String| request("POST", "/api/v1/coverage").header("content-type", kind).body(Body::from(body));
    let json = "application/json";
    let long = format!("{{\"lat\": 1, \"lon\": 1, \"course\": \"{}\"}}", "x".repeat(10_000));
    for (kind, body, status) in [
        (json, "{}".to_owned(), 400),
        (json, r#"{"lat": 1, "lon": 1, "zip": "01201"}"#.to_owned(), 400),
        (json, r#"{"lat": 1e400, "lon": 1}"#.to_owned(), 400),
        (json, r#"{"lat": 91, "lon": 1}"#.to_owned(), 400),
        (json, "\u{0}".to_owned(), 400),
        (json, long, 413),
        ("text/csv", "lat,lon\n1,1\n".to_owned(), 415),
    ] {
        let reply = send(post(kind, body.clone()).unwrap()).await;
        assert_eq!((reply.status.as_u16(), reply.media_type()), (status, "application/problem+json"), "{body:.80}");
    }
}

#[tokio::test]
async fn sloppy_and_hostile_inputs_get_a_clear_answer() {
    let long = "Springfield ".repeat(20);
    for input in
        ["", "+", "%25", "%3F", "XX", "%00", "%F0%9F%98%80", "2139", "NaN,NaN", "91,0", "'--", "%3Cscript%3E", "..%2F..", &long]
    {
        let input = input.replace(' ', "+");
        for uri in [format!("/partners?q={input}"), format!("/api/v1/coverage?q={input}")] {
            let reply = get(&uri).await;
            assert!(reply.status.as_u16() < 500, "{uri}: {}", reply.status);
            assert!(uri.starts_with("/api/") || !reply.body.contains("<script>"), "{uri}");
        }
    }
    let short = get("/api/v1/coverage?zip=2139").await.json();
    assert_eq!((&short["status"], &short["choices"].as_array().map(Vec::len)), (&json!("not_found"), &Some(0)), "{short}");
    let lost_zero = get("/api/v1/coverage?zip=1201").await.json();
    assert_eq!((&lost_zero["status"], &lost_zero["choices"][0]["q"]), (&json!("ambiguous"), &json!("01201")), "{lost_zero}");
}

#[tokio::test]
async fn no_such_zip_and_no_partner_are_different_answers() {
    let status = async |query: &str| get(&format!("/api/v1/coverage?{query}")).await.json()["status"].clone();
    assert_eq!(status("zip=99999").await, "not_found");
    assert_eq!(status("zip=03401").await, "open");
    assert_eq!(status("zip=09001").await, "outside");
    assert_eq!(status("lat=42.2&lon=13.6").await, "pending");
    assert_eq!(status("q=springfield").await, "ambiguous");
}

#[tokio::test]
async fn the_name_of_an_applicant_under_review_is_nowhere() {
    for uri in ["/api/v1/coverage?county=02006", "/counties/02006", "/states/ea", "/partners", "/", "/map.svg", "/fragment/map"] {
        assert!(!get(uri).await.body.contains("Fir College"), "{uri}");
    }
    assert_eq!(get("/partners/fir-college").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_address_and_method_is_guarded_and_in_its_form() {
    for uri in ADDRESSES.iter().chain(&["/nowhere", "/api/v1/nowhere", "/partners?q=%ff"]) {
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
            let reply = send(request(method, uri).body(Body::empty()).unwrap()).await;
            is_guarded(&reply);
            let status = reply.status.as_u16();
            assert!(status < 500, "{method} {uri}: {status}");
            if status == 405 {
                assert!(reply.header("allow").contains("GET"), "{method} {uri}");
            }
            if status >= 400 {
                let form = if uri.starts_with("/api/") { "application/problem+json" } else { "text/html; charset=utf-8" };
                assert_eq!((reply.media_type(), reply.header("cache-control")), (form, "no-store"), "{method} {uri}");
            }
            assert!(!reply.body.contains("panicked") && !reply.body.contains("src/"), "{method} {uri}");
        }
        assert!(!uri.starts_with("/api/") || get(uri).await.header("access-control-allow-origin") == "*", "{uri}");
    }
}

#[tokio::test]
async fn every_address_answers_get_and_head_alike() {
    for uri in ADDRESSES {
        let head = send(request("HEAD", uri).body(Body::empty()).unwrap()).await;
        let get = get(uri).await;
        assert_eq!((get.status, head.status), (StatusCode::OK, StatusCode::OK), "{uri}");
        assert_eq!(head.media_type(), get.media_type(), "{uri}");
    }
}

#[tokio::test]
async fn who_has_an_answer_is_told_that_it_still_holds() {
    for uri in ["/partners?q=01201", "/api/v1/coverage?zip=01201", "/map.svg", "/"] {
        let tag = get(uri).await.header("etag").to_owned();
        assert!(tag.starts_with("W/\"") && tag.contains("2026-11-21"), "{uri}: {tag}");
        let again = send(request("GET", uri).header("if-none-match", &tag).body(Body::empty()).unwrap()).await;
        assert_eq!((again.status, again.body.as_str(), again.header("etag")), (StatusCode::NOT_MODIFIED, "", &*tag), "{uri}");
        let other = send(request("GET", uri).header("if-none-match", "W/\"other\"").body(Body::empty()).unwrap()).await;
        assert_eq!(other.status, StatusCode::OK, "{uri}");
    }
}

#[tokio::test]
async fn browsers_of_other_sites_may_ask() {
    let asks = request("OPTIONS", "/api/v1/coverage").header("origin", "https://example.org");
    let reply = send(asks.header("access-control-request-method", "POST").body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    assert!(reply.header("access-control-allow-methods").contains("POST"));
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert_eq!(get("/partners").await.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_request_names_its_host_once() {
    let none = axum::http::Request::builder().uri("/partners").body(Body::empty()).unwrap();
    assert_eq!(send(none).await.status, StatusCode::BAD_REQUEST);
    let two = request("GET", "/partners").header("host", "other.example").body(Body::empty()).unwrap();
    assert_eq!(send(two).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn addresses_with_a_slash_too_many_lead_home_and_never_elsewhere() {
    let reply = get("/partners/?q=01201").await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (301, "/partners?q=01201"));
    for foreign in ["//evil.example/", "/\\evil.example/", "///"] {
        let uri = format!("http://coverage.example{foreign}");
        let Ok(request) = request("GET", &uri).body(Body::empty()) else { continue };
        let reply = send(request).await;
        assert_eq!(reply.header("location"), "", "{foreign}");
    }
}

#[tokio::test]
async fn compressed_pages_say_so_and_have_a_tag_of_their_own() {
    let plain = get("/partners").await;
    let request = request("GET", "/partners").header("accept-encoding", "br").body(Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(crate::site::service(), request).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "br");
    let tag = format!("{}.br\"", plain.header("etag").trim_end_matches('"'));
    assert_eq!(response.headers()["etag"], &*tag);
    assert!(response.headers()["vary"].to_str().unwrap().to_ascii_lowercase().contains("accept-encoding"));
}

#[test]
fn a_panic_fails_one_request_is_counted_and_tells_nothing() {
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let counted = recorder.handle();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let app = std::sync::Arc::new(coverage_map::http::App::new(crate::site::snapshot(), None));
    let broken = axum::Router::new().route("/broken", axum::routing::get(async || -> String { panic!("the secret inside") }));
    let router = coverage_map::http::edged(app, broken);
    metrics::with_local_recorder(&recorder, || {
        for _ in 0..2 {
            let asked = request("GET", "/broken").body(Body::empty()).unwrap();
            let response = runtime.block_on(tower::ServiceExt::oneshot(router.clone(), asked)).unwrap();
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(response.headers()["cache-control"], "no-store");
            let body = runtime.block_on(axum::body::to_bytes(response.into_body(), usize::MAX)).unwrap();
            assert!(!String::from_utf8_lossy(&body).contains("secret"));
        }
    });
    assert!(counted.render().contains("coverage_map_panics_total 2\n"), "{}", counted.render());
}

#[tokio::test]
async fn who_accepts_no_coding_and_no_plain_text_gets_the_body_as_it_is() {
    for uri in ADDRESSES.into_iter().chain(["/nothing", "/terms/"]) {
        let plain = get(uri).await;
        for nothing in ["identity;q=0", "*;q=0", "identity;q=0, br;q=0"] {
            let asked = request("GET", uri).header("accept-encoding", nothing).body(Body::empty()).unwrap();
            let reply = send(asked).await;
            assert_eq!((reply.status, reply.header("cache-control")), (plain.status, plain.header("cache-control")), "{uri}");
            assert!(reply.body == plain.body || uri.starts_with("/status"), "{uri}");
        }
    }
}

#[tokio::test]
async fn what_has_not_changed_depends_on_the_same_headers() {
    for uri in
        ["/partners", "/partners?q=01201", "/api/v1/coverage?lat=40.5&lon=10.25", "/api/v1/coverage?zip=01201", "/api/v1/gaps"]
    {
        for coding in ["identity", "br"] {
            let asked = || request("GET", uri).header("accept-encoding", coding);
            let whole = send(asked().body(Body::empty()).unwrap()).await;
            let again = send(asked().header("if-none-match", whole.header("etag")).body(Body::empty()).unwrap()).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{uri}");
            let names = |reply: &Reply| {
                let all = reply.headers.get_all("vary").iter().flat_map(|value| value.to_str().unwrap().split(','));
                all.map(|name| name.trim().to_ascii_lowercase()).collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!(names(&again), names(&whole), "{uri} in {coding}");
        }
    }
}

#[tokio::test]
async fn reports_come_in_the_form_that_is_liked_or_not_at_all() {
    for (accept, expected) in [
        ("application/json", "application/json"),
        ("text/csv;q=0.5, application/geo+json", "application/geo+json"),
        ("text/html, */*;q=0.8", "application/json"),
        ("image/png", "application/problem+json"),
    ] {
        let reply = send(request("GET", "/api/v1/gaps").header("accept", accept).body(Body::empty()).unwrap()).await;
        assert_eq!(reply.media_type(), expected, "{accept}");
        assert_eq!(reply.status == StatusCode::NOT_ACCEPTABLE, expected.contains("problem"), "{accept}");
    }
    let by_suffix = request("GET", "/api/v1/gaps.csv").header("accept", "application/json").body(Body::empty()).unwrap();
    assert_eq!(send(by_suffix).await.media_type(), "text/csv; charset=utf-8");
}

#[tokio::test]
async fn the_tag_of_a_page_is_another_one_where_its_links_are() {
    use tower::ServiceExt;
    let tag = async |site: coverage_map::http::Front| {
        let reply = site.oneshot(request("GET", "/fragment/map").body(Body::empty()).unwrap()).await.unwrap();
        reply.headers()["etag"].to_str().unwrap().to_owned()
    };
    let [one, other] = ["https://map.example.org", "https://other.example.org"].map(crate::site::service_at);
    assert_ne!(tag(one).await, tag(other).await);
}
