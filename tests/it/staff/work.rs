//! What staff do: drafts, tables, explanations, counts of demand, and tokens on the command line.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use coverage_map::store::Period;
use serde_json::Value;

use super::{Staff, now, with_token};
use crate::{
    cli::coverage_map,
    site::{request, snapshot, toy_folder},
};

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

    for address in ["/api/v1/explain.csv?zip=01212", "/staff/explain.csv?q=01212"] {
        let csv = staff.get(address, Some(&staff.token)).await.body;
        let (names, rows) = csv.split_once('\n').unwrap();
        assert_eq!(
            names.trim_start_matches('\u{feff}').trim_end(),
            "file,line,partner,name,region,square_km,reason",
            "{address}"
        );
        assert_eq!(rows.lines().count(), json["considered"].as_array().unwrap().len(), "{address}");
        assert!(rows.starts_with("assignments.csv,") && rows.contains(",iris-school,"), "{rows}");
    }
    let counties = staff.get("/api/v1/explain.csv?zip=01212&table=counties", Some(&staff.token)).await.body;
    assert_eq!(counties.lines().count(), 1 + json["counties"].as_array().unwrap().len(), "{counties}");
    let places = staff.get("/api/v1/explain.geojson?zip=01212", Some(&staff.token)).await.json();
    assert_eq!(places["features"].as_array().unwrap().len(), json["considered"].as_array().unwrap().len());
    assert!(page.body.contains("/staff/explain.xlsx?q=01212"), "{}", page.body);
}

#[tokio::test]
async fn a_table_that_a_report_does_not_have_is_refused_in_every_form() {
    let staff = Staff::new();
    for address in ["/api/v1/gaps", "/api/v1/gaps.xlsx", "/api/v1/overlaps.csv", "/api/v1/explain", "/api/v1/explain.geojson"] {
        let asked = if address.contains("explain") { "zip=01212&" } else { "" };
        let reply = staff.get(&format!("{address}?{asked}table=nothing"), Some(&staff.token)).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(reply.body.contains("no such table") && reply.body.contains("tables are"), "{address}: {}", reply.body);
    }
    let known = staff.get("/api/v1/gaps?table=could_take", None).await;
    assert_eq!(known.status, StatusCode::OK, "JSON has all of them, this one too");
    let table = staff.send(with_token("POST", "/api/v1/coverage/batch?table=gaps", Some(&staff.token))).await;
    assert!(
        table.status == StatusCode::BAD_REQUEST && table.body.contains("parameters here are as_of, course"),
        "{}",
        table.body
    );
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

    let demand = staff.get("/api/v1/demand", Some(&staff.token)).await.json();
    let around = &gaps["counties"][0]["gap"];
    let gap = gaps["gaps"].as_array().unwrap().iter().find(|gap| gap["gap"] == *around).unwrap();
    let people = gap["population_open"].as_u64().unwrap();
    assert_eq!(demand["gaps"].as_array().unwrap().len(), 1);
    let (asked, weight) = (&demand["gaps"][0], people * 10);
    assert_eq!((&asked["gap"], &asked["name"], &asked["questions"]), (&gap["gap"], &gap["name"], &Value::from(10)));
    assert_eq!((&asked["population_open"], &asked["weight"]), (&Value::from(people), &Value::from(weight)));
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
