//! Who may come into the staff area, and what is noted of it.

use std::{path::Path, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use coverage_map::{
    clock::Clock,
    http::{App, Desk, router, staff_addresses},
    source::{Folder, Folders},
    store::{Entry, Filter, Outcome, Period, Permission, Store},
};
use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::{
    cli::coverage_map,
    site::{Reply, request, snapshot, toy_folder},
};

/// A service with a state, and tokens for it.
struct Staff {
    folder: TempDir,
    service: Router,
    app: Arc<App>,
    token: String,
}

fn now() -> Timestamp {
    "2026-11-21T18:00:00Z".parse().unwrap()
}

impl Staff {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let token = new_token(folder.path(), "Ann", &Permission::ALL);
        let [geography, program] = ["geography", "program"].map(|name| Folder::Directory(toy_folder(name)));
        let desk = Desk::new(Some(Store::open(folder.path()).unwrap())).with_folders(Folders::new(geography, program));
        let app = Arc::new(App::with_clock(snapshot(), Clock::showing(now)).with_desk(desk.counting_demand()));
        let service = router(app.clone());
        Self { folder, service, app, token }
    }

    fn store(&self) -> Store {
        Store::open(self.folder.path()).unwrap()
    }

    fn audit(&self) -> Vec<Entry> {
        self.store().audit(&Filter::default()).unwrap()
    }

    async fn send(&self, request: Request<Body>) -> Reply {
        sent(&self.service, request).await
    }

    async fn get(&self, uri: &str, token: Option<&str>) -> Reply {
        self.send(with_token("GET", uri, token)).await
    }

    async fn sign_in(&self, token: &str, to: &str) -> Reply {
        let form = format!("token={token}&to={to}");
        let request = request("POST", "/staff/sign-in").header("sec-fetch-site", "same-origin");
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form)).unwrap()).await
    }

    async fn with_cookie(&self, method: &str, uri: &str, cookie: &str) -> Reply {
        let cookie = cookie.split(';').next().unwrap();
        self.send(request(method, uri).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }
}

fn service_on(desk: Desk) -> Router {
    router(Arc::new(App::with_clock(snapshot(), Clock::showing(now)).with_desk(desk)))
}

fn new_token(folder: &Path, name: &str, permissions: &[Permission]) -> String {
    let store = Store::open(folder).unwrap();
    store.new_token(name, permissions, now() + 24.hours(), now()).unwrap().1.reveal().to_owned()
}

async fn sent(service: &Router, request: Request<Body>) -> Reply {
    let (parts, body) = service.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Reply { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

fn with_token(method: &str, uri: &str, token: Option<&str>) -> Request<Body> {
    let request = request(method, uri);
    match token {
        Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        None => request,
    }
    .body(Body::empty())
    .unwrap()
}

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

/// A form with a file, as browsers send it.
fn upload(uri: &str, token: &str, name: &str, file: &str, more: &[(&str, &str)]) -> Request<Body> {
    let part = |name: &str, head: &str, value: &str| {
        format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"{head}\r\n\r\n{value}\r\n")
    };
    let file = part(name, "; filename=\"a.csv\"\r\nContent-Type: text/csv", file);
    let more: String = more.iter().map(|(name, value)| part(name, "", value)).collect();
    let request = with_token("POST", uri, Some(token));
    let (mut parts, _) = request.into_parts();
    parts.headers.insert(header::CONTENT_TYPE, "multipart/form-data; boundary=xx".parse().unwrap());
    Request::from_parts(parts, Body::from(format!("{file}{more}--xx--\r\n")))
}

#[tokio::test]
async fn a_change_is_tried_and_taken_along_and_nothing_on_disk_changes() {
    let staff = Staff::new();
    let file = std::fs::read_to_string(toy_folder("program").join("assignments.csv")).unwrap();
    let page = staff.get("/staff/what-if?without=birch-center&on=2027-01-01", Some(&staff.token)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for expected in [
        "<h1>What if birch-center leaves from 2027-01-01 on</h1>",
        "lose their partner",
        "/staff/what-if/assignments.csv?without=birch-center",
        "/staff/what-if.xlsx?",
    ] {
        assert!(page.body.contains(expected), "{expected}: {}", page.body);
    }
    let changed = staff.get("/staff/what-if/assignments.csv?without=birch-center&on=2027-01-01", Some(&staff.token)).await;
    assert!(changed.header("content-disposition").contains("assignments.csv"));
    assert!(changed.body.contains("2026-12-31") && changed.body != file, "{}", changed.body);
    // The changed file says the same when it is tried as a file.
    let by_change =
        staff.get("/api/v1/what-if?without=birch-center&on=2027-01-01&as_of=2027-01-01", Some(&staff.token)).await.json();
    let mut request = with_token("POST", "/api/v1/what-if.json?as_of=2027-01-01", Some(&staff.token));
    *request.body_mut() = Body::from(changed.body.clone());
    let by_file = staff.send(request).await.json();
    assert!(by_change["counties"].as_array().is_some_and(|rows| !rows.is_empty()), "{by_change}");
    assert_eq!((&by_change["counties"], &by_change["states"]), (&by_file["counties"], &by_file["states"]));
    let form = upload("/staff/what-if", &staff.token, "assignments", &changed.body, &[("as", ""), ("as_of", "2027-01-01")]);
    let page = staff.send(form).await;
    assert!(page.status == StatusCode::OK && page.body.contains("another file"), "{}", page.body);
    assert_eq!(std::fs::read_to_string(toy_folder("program").join("assignments.csv")).unwrap(), file);
    let details: Vec<_> = staff.audit().into_iter().filter_map(|entry| entry.detail).collect();
    assert!(details.contains(&"birch-center leaves from 2027-01-01 on".to_owned()), "{details:?}");
}

#[tokio::test]
async fn a_draft_with_errors_is_refused_with_their_lines_and_a_gap_is_taken_on() {
    let staff = Staff::new();
    let form = upload("/staff/what-if", &staff.token, "assignments", "partner,region\nnobody,county:99999\n", &[]);
    let refused = staff.send(form).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.body);
    assert!(refused.body.contains("assignments.csv:2") && refused.body.contains("county:99999"), "{}", refused.body);
    let gaps = staff.get("/api/v1/gaps", None).await.json();
    let gap = gaps["gaps"].as_array().unwrap().iter().find(|gap| gap["kind"] == "area").expect("a gap");
    let gap = gap["gap"].as_str().unwrap();
    let taken = staff.get(&format!("/api/v1/what-if?give={gap}&to=birch-center"), Some(&staff.token)).await;
    assert!(taken.status == StatusCode::OK && taken.body.contains("birch-center"), "{}", taken.body);
    let page = staff.get(&format!("/staff/gaps/{gap}"), Some(&staff.token)).await;
    assert!(page.status == StatusCode::OK && page.body.contains("name=\"give\""), "{}", page.body);
    for (query, rule) in [
        ("without=nobody", "unknown partner"),
        ("from=birch-center", "name the partner that takes over"),
        ("from=birch-center&to=iris-school&zips=abc", "ZIPs have five digits"),
        ("give=gap:1&to=iris-school", "no such gap"),
        ("without=birch-center&on=soon", "days are written"),
    ] {
        let reply = staff.get(&format!("/api/v1/what-if?{query}"), Some(&staff.token)).await;
        assert!(reply.status == StatusCode::BAD_REQUEST && reply.body.contains(rule), "{query}: {}", reply.body);
        assert_eq!(reply.header("access-control-allow-origin"), "", "{query}");
    }
}

#[tokio::test]
async fn a_table_is_answered_as_the_command_line_answers_it() {
    let staff = Staff::new();
    let table = "school,zip\r\nOak,01212\r\n\"=Elm\",99999\r\nAsh,\r\n";
    let page = staff.send(upload("/staff/batch", &staff.token, "table", table, &[("as_of", ""), ("course", "")])).await;
    assert_eq!((page.status, page.media_type()), (StatusCode::OK, "text/csv"), "{}", page.body);
    let lines: Vec<_> = page.body.lines().collect();
    assert_eq!(lines[0], "school,zip,status,partners,partner_names,region,share,reason");
    assert!(lines[1].starts_with("Oak,01212,covered,iris-school,"), "{lines:?}");
    assert!(lines[2].starts_with("\"=Elm\",99999,not_found,") && lines[3].starts_with("Ash,,malformed,"), "{lines:?}");
    let mut request = with_token("POST", "/api/v1/coverage/batch", Some(&staff.token));
    *request.body_mut() = Body::from(table);
    assert_eq!(staff.send(request).await.body, page.body);
    for (table, rule) in [("a,b\n1,2\n", "column"), ("\u{feff}", "empty")] {
        let mut request = with_token("POST", "/api/v1/coverage/batch", Some(&staff.token));
        *request.body_mut() = Body::from(table);
        let reply = staff.send(request).await;
        assert!(reply.status == StatusCode::BAD_REQUEST && reply.body.contains(rule), "{table:?}: {}", reply.body);
    }
}

#[tokio::test]
async fn an_answer_is_explained_down_to_its_line() {
    let staff = Staff::new();
    let page = staff.get("/staff/explain?q=01212", Some(&staff.token)).await;
    assert!(page.body.contains("<code>assignments.csv:") && page.body.contains("iris-school"), "{}", page.body);
    let json = staff.get("/api/v1/explain?zip=01212", Some(&staff.token)).await.json();
    assert_eq!(json["considered"][0]["file"], "assignments.csv");
}

#[tokio::test]
async fn open_counties_that_people_ask_about_are_counted_and_nothing_else_is() {
    let staff = Staff::new();
    let gaps = staff.get("/api/v1/gaps", None).await.json();
    let county = gaps["counties"][0]["region"].as_str().expect("an open county").trim_start_matches("county:").to_owned();
    let ask = |method: &'static str, uri: String, agent: &'static str| {
        staff.send(request(method, &uri).header(header::USER_AGENT, agent).body(Body::empty()).unwrap())
    };
    for _ in 0..12 {
        ask("GET", format!("/api/v1/coverage?county={county}"), "Mozilla/5.0").await;
        ask("GET", format!("/partners?q={county}"), "Mozilla/5.0 (compatible; Somebot/2.1)").await;
        ask("HEAD", format!("/api/v1/coverage?county={county}"), "Mozilla/5.0").await;
        ask("GET", format!("/api/v1/coverage?county={county}&as_of=2020-01-01"), "Mozilla/5.0").await;
        ask("GET", "/api/v1/coverage?zip=01212".to_owned(), "Mozilla/5.0").await;
    }
    staff.app.desk().unwrap().flush(now());
    let day = now().to_zoned(snapshot().info().time_zone.clone()).date();
    let counts = staff.store().demand(Period { from: day, until: day }).unwrap();
    assert_eq!((counts.by_county, counts.too_few), ([(county.parse().unwrap(), 10)].into(), 0), "twelve, rounded down");
    let page = staff.get("/staff/demand", Some(&staff.token)).await;
    assert!(page.body.contains(&format!("county:{county}")), "{}", page.body);
}

#[test]
fn tokens_are_made_shown_once_listed_and_audited_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().to_str().unwrap();
    let run = |arguments: &[&str]| {
        let output = coverage_map().args(arguments).args(["--state", state]).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap(), output.status.code().unwrap())
    };
    let (said, _, code) =
        run(&["token", "new", "--name", "Ann", "--scope", "reports,audit", "--expires", "2099-12-31", "--format", "json"]);
    assert_eq!(code, 0);
    let made: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(made["expires_at"], "2100-01-01T00:00:00Z");
    let (id, secret) = (made["id"].as_str().unwrap(), made["token"].as_str().unwrap());
    assert!(secret.starts_with(id) && secret.len() > id.len() + 40);
    let (listed, ..) = run(&["token", "list"]);
    assert!(listed.contains(id) && listed.contains("Ann") && listed.contains("valid") && !listed.contains(secret), "{listed}");
    assert_eq!(run(&["token", "revoke", secret]).2, 0, "all of the token names it, too");
    let (_, error, code) = run(&["token", "revoke", id]);
    assert!(code == 2 && error.contains("no such token that is not revoked"), "{error}");
    let (audit, ..) = run(&["audit", "--format", "csv"]);
    let lines: Vec<_> = audit.lines().skip(1).map(|line| line.split(',').nth(3).unwrap()).collect();
    assert_eq!(lines, ["token revoke", "token new"], "{audit}");
    for (arguments, expected) in [
        (["token", "new", "--name", "Ann", "--scope", "root"].as_slice(), "unknown scope (got \"root\"); scopes are reports"),
        (&["token", "new", "--name", "Ann", "--expires", "2020-01-01"], "the day is over (got 2020-01-01)"),
        (&["token", "new", "--name", " "], "names have 1 to 80 characters"),
        (&["audit", "--outcome", "good"], "unknown outcome (got \"good\"); outcomes are done"),
    ] {
        let (_, error, code) = run(arguments);
        assert!(code == 2 && error.contains(expected), "{arguments:?}: {error}");
    }
}
