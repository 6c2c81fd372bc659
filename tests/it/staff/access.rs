//! Who may come into the staff area, and what is noted of it.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{StatusCode, header},
};
use coverage_map::{
    clock::Clock,
    http::{App, Desk, router, staff_addresses},
    store::{Outcome, Permission, Store},
};
use jiff::{Timestamp, ToSpan};

use super::{Staff, new_token, now, sent, service_on, with_token};
use crate::{
    cli::coverage_map,
    site::{Reply, request, snapshot},
};

/// The staff's addresses, with something in the place of their parameters.
fn addresses() -> Vec<(String, &'static str)> {
    let known = staff_addresses().into_iter().map(|(path, scope)| (path.replace("{id}", "gap:01001"), scope)).collect::<Vec<_>>();
    assert!(known.len() > 20, "{known:?}");
    known
}

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Words that stand on staff pages alone.
fn holds_nothing(reply: &Reply, what: &str) {
    for word in ["Signed in with", "could_take", "sign-out", "\"weights\"", "Led by", "PK\u{3}\u{4}"] {
        assert!(!reply.body.contains(word), "{what} shows {word:?}: {:.500}", reply.body);
    }
    assert_eq!(reply.header("cache-control"), "no-store", "{what}");
    assert_eq!(reply.header("etag"), "", "{what}");
}

#[tokio::test]
async fn no_route_and_no_method_shows_anything_without_a_valid_token_that_is_good_for_it() {
    let staff = Staff::new();
    let store = staff.store();
    let make = |ends: Timestamp| store.new_token("x", &Permission::ALL, ends, now() - 48.hours()).unwrap();
    let (_, expired) = make(now() - 1.hour());
    let (revoked, secret) = make(now() + 1.hour());
    store.revoke(&revoked.id, now()).unwrap();
    let wrong = format!("{}0", &staff.token[..staff.token.len() - 1]);
    let wrong = if wrong == staff.token { format!("{}1", &staff.token[..staff.token.len() - 1]) } else { wrong };
    for (path, scope) in addresses() {
        let others: Vec<_> = Permission::ALL.into_iter().filter(|each| each.name() != scope).collect();
        let poor = new_token(staff.folder.path(), "poor", &others);
        for method in METHODS {
            for (shown, expected) in [
                (None, [401, 401]),
                (Some(wrong.as_str()), [401, 429]),
                (Some("x"), [401, 429]),
                (Some(expired.reveal()), [401, 401]),
                (Some(secret.reveal()), [401, 401]),
                (Some(poor.as_str()), [403, 403]),
            ] {
                let what = format!("{method} {path} with {shown:?}");
                let reply = staff.send(with_token(method, &path, shown)).await;
                assert!(expected.contains(&reply.status.as_u16()), "{what}: {}", reply.status);
                holds_nothing(&reply, &what);
            }
            let uri = format!("{path}?token={}", staff.token);
            let reply = staff.send(with_token(method, &uri, Some(&staff.token))).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{method} {uri}");
            assert!(!reply.body.contains(&staff.token), "the token is not repeated");
            holds_nothing(&reply, &uri);
        }
    }
}

#[tokio::test]
async fn every_page_and_report_is_shown_to_who_has_a_token() {
    let staff = Staff::new();
    for (path, _) in addresses() {
        let reply = staff.get(&path, Some(&staff.token)).await;
        // What only takes a body, what needs to be asked something, what has no places, and a gap that is none.
        let others = [StatusCode::METHOD_NOT_ALLOWED, StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND];
        assert!(reply.status == StatusCode::OK || others.contains(&reply.status), "{path}: {} {:.300}", reply.status, reply.body);
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test]
async fn a_refusal_says_which_token_is_wanted_and_a_page_asks_for_it() {
    let staff = Staff::new();
    let api = staff.get("/api/v1/upcoming", None).await;
    assert_eq!((api.status.as_u16(), api.header("www-authenticate")), (401, "Bearer realm=\"staff\""));
    assert_eq!(api.json()["type"], "/docs/api#no-token");
    let poor = new_token(staff.folder.path(), "poor", &[Permission::Batch]);
    let api = staff.get("/api/v1/upcoming", Some(&poor)).await;
    let challenge = "Bearer realm=\"staff\", error=\"insufficient_scope\", scope=\"reports\"";
    assert_eq!((api.status.as_u16(), api.header("www-authenticate")), (403, challenge));
    let page = staff.get("/staff/gaps?state=WE", None).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.body.contains("<input type=\"hidden\" name=\"to\" value=\"/staff/gaps?state=WE\">"), "{}", page.body);
}

#[tokio::test]
async fn a_browser_signs_in_once_and_is_out_after_signing_out() {
    let staff = Staff::new();
    let reply = staff.sign_in(&staff.token, "/staff/gaps?state=WE").await;
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/staff/gaps?state=WE"));
    let cookie = reply.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-coverage-map=") && !cookie.contains(&staff.token), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict"), "{cookie}");
    let page = staff.with_cookie("GET", "/staff/gaps", &cookie).await;
    assert!(page.status == StatusCode::OK && page.body.contains("Signed in with the token of Ann"), "{}", page.body);
    let api = staff.with_cookie("GET", "/api/v1/upcoming", &cookie).await;
    assert_eq!(api.status, StatusCode::UNAUTHORIZED, "programs show a token");
    let out = staff.with_cookie("POST", "/staff/sign-out", &cookie).await;
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/staff/sign-in"));
    assert!(out.header("set-cookie").starts_with("__Host-coverage-map=; Path=/; Max-Age=0"));
    assert_eq!(staff.with_cookie("GET", "/staff/gaps", &cookie).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn signing_in_leads_nowhere_else_and_a_wrong_token_leads_to_the_form_again() {
    let staff = Staff::new();
    assert_eq!(staff.sign_in(&staff.token, "//evil.example/staff").await.header("location"), "/staff");
    let reply = staff.sign_in("cmap_00000000_wrong", "/staff").await;
    assert!(reply.status == StatusCode::UNAUTHORIZED && reply.body.contains("Unknown token"), "{}", reply.body);
    assert!(reply.header("set-cookie").is_empty() && !reply.body.contains("cmap_00000000"), "{}", reply.body);
}

#[tokio::test]
async fn a_form_on_another_site_does_nothing_here() {
    let staff = Staff::new();
    let cookie = staff.sign_in(&staff.token, "/staff").await.header("set-cookie").to_owned();
    let cookie = cookie.split(';').next().unwrap();
    for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
        let request = request("POST", "/staff/sign-out").header(header::COOKIE, cookie).header(name, value);
        let reply = staff.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(staff.with_cookie("GET", "/staff", cookie).await.status, StatusCode::OK, "still signed in");
    assert_eq!(staff.audit().iter().filter(|entry| entry.outcome == Outcome::FromAnotherSite).count(), 3);
}

#[tokio::test]
async fn revoking_works_at_once_on_a_running_service_and_in_its_sessions() {
    let staff = Staff::new();
    let other = new_token(staff.folder.path(), "Bob", &[Permission::Reports]);
    let cookie = staff.sign_in(&other, "/staff").await.header("set-cookie").to_owned();
    assert_eq!(staff.get("/staff", Some(&other)).await.status, StatusCode::OK);
    let state = staff.folder.path().to_str().unwrap();
    coverage_map().args(["token", "revoke", other.rsplit_once('_').unwrap().0, "--state", state]).assert().success();
    assert_eq!(staff.get("/staff", Some(&other)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(staff.with_cookie("GET", "/staff", &cookie).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn without_a_token_or_a_state_the_area_is_closed_and_says_how_to_open_it() {
    let empty = Desk::new(Some(Store::in_memory().unwrap()));
    for service in
        [service_on(empty), service_on(Desk::new(None)), router(Arc::new(App::with_clock(snapshot(), Clock::showing(now))))]
    {
        for uri in ["/staff", "/staff/gaps.xlsx", "/api/v1/upcoming"] {
            let reply = sent(&service, with_token("GET", uri, None)).await;
            assert!(reply.status == StatusCode::FORBIDDEN && reply.body.contains("token new --state"), "{uri}: {}", reply.body);
        }
        assert_eq!(sent(&service, with_token("GET", "/api/v1/gaps", None)).await.status, StatusCode::OK, "public");
    }
    let broken = service_on(Desk::broken());
    assert_eq!(sent(&broken, with_token("GET", "/staff", None)).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn what_cannot_be_noted_is_not_shown() {
    let staff = Staff::new();
    let file = staff.folder.path().join("coverage-map.sqlite");
    let sqlite = rusqlite::Connection::open(file).unwrap();
    sqlite.execute_batch("ALTER TABLE audit RENAME TO away").unwrap();
    let reply = staff.get("/staff/gaps.json", Some(&staff.token)).await;
    assert!(reply.status == StatusCode::SERVICE_UNAVAILABLE && !reply.body.contains("could_take"), "{}", reply.body);
    assert_eq!(staff.get("/api/v1/coverage?zip=01212", None).await.status, StatusCode::OK, "the public service goes on");
}

#[tokio::test]
async fn every_use_and_every_try_is_noted_without_what_is_secret() {
    let staff = Staff::new();
    let poor = new_token(staff.folder.path(), "Poor", &[Permission::Batch]);
    staff.get("/staff/gaps.csv?state=WE", Some(&staff.token)).await;
    staff.get("/api/v1/upcoming", Some(&poor)).await;
    staff.get("/staff", Some("cmap_12345678_guess")).await;
    staff.get("/staff/gaps/gap:99999", Some(&staff.token)).await;
    staff.get(&format!("/staff?access_token={}", staff.token), None).await;
    let audit = staff.audit();
    let lines: Vec<_> = audit.iter().rev().map(|entry| (entry.what.as_str(), entry.outcome.name())).collect();
    let expected = [
        ("GET /staff/gaps.csv", "done"),
        ("GET /api/v1/upcoming", "not_permitted"),
        ("GET /staff", "wrong_token"),
        ("GET /staff/gaps/{id}", "failed"),
        ("GET /staff", "token_in_address"),
    ];
    assert_eq!(lines, expected);
    let first = audit.last().unwrap();
    assert_eq!(first.who.as_ref().unwrap().1, "Ann");
    assert_eq!((first.detail.as_deref(), first.at), (Some("state=WE"), now()));
    assert_eq!(first.generation.as_deref(), Some(snapshot().generation().as_str()));
    let random = staff.token.rsplit_once('_').unwrap().1;
    assert!(!format!("{audit:?}").contains(random) && !format!("{audit:?}").contains("guess"));
}

#[tokio::test]
async fn a_flood_of_wrong_tokens_is_slowed_and_counted_and_keeps_nobody_out() {
    let staff = Staff::new();
    let mut statuses = Vec::new();
    for _ in 0..100 {
        statuses.push(staff.get("/staff", Some("cmap_12345678_guess")).await.status.as_u16());
    }
    assert!(statuses[..30].iter().all(|status| *status == 401) && statuses[99] == 429, "{statuses:?}");
    assert_eq!(staff.get("/staff", Some(&staff.token)).await.status, StatusCode::OK);
    assert!(staff.audit().len() < 40, "rows are counted together");
}
