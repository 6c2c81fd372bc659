//! What is described is what is sent: reports by their plans, and every operation by its examples.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use axum::{
    body::Body,
    http::{StatusCode, header},
};
use coverage_map::{
    checks,
    gaps::{self, Standpoint, Wanted},
    http::{App, Desk, Front, router},
    lookup::{self, Question, Scope},
    render::{
        report::{Report, tables},
        words::Words,
    },
    source::{Embedded, Folder, Folders},
    store::{Filter, Permission, Store},
};
use jiff::{Timestamp, civil::date};
use serde_json::Value;

use crate::{
    schema::{is_like, misfits},
    site::{Reply, answered, request},
    three_roads::SHIPPED,
};

/// Every report on the shipped program.
fn reports() -> Vec<Report> {
    let (snapshot, words) = (SHIPPED.clone(), Words::new(SHIPPED.info().courses.as_slice()));
    let scope = Scope { as_of: date(2026, 11, 21), course: None };
    let later = Scope { as_of: date(2028, 7, 1), course: None };
    let [before, after] = [&scope, &later].map(|scope| Standpoint { snapshot: &snapshot, scope });
    let found = gaps::gaps(&snapshot, &scope, Wanted { across_states: false, state: None });
    let asked: BTreeMap<_, _> =
        found.areas[0].counties.iter().map(|county| (county.region.code().parse().unwrap(), 15)).collect();
    let store = Store::in_memory().unwrap();
    let token = store.new_token("Ann", &Permission::ALL, Timestamp::MAX, Timestamp::UNIX_EPOCH).unwrap().0;
    let line = coverage_map::render::report::tables::TokenLine {
        id: &token.id,
        name: "Ann",
        scopes: vec!["reports"],
        created_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::MAX,
        revoked_at: None,
        is_valid: true,
    };
    let entries = store.audit(&Filter::default()).unwrap();
    let entries: Vec<_> = entries.iter().map(coverage_map::store::Entry::line).collect();
    let nowhere = |_: &_| None;
    let chain = lookup::explain(&snapshot, &Question::text("98101").unwrap(), &scope);
    let days = [scope.as_of, scope.as_of];
    vec![
        tables::coverage(&gaps::coverage(&snapshot, &scope), &words, |_| None),
        tables::gaps(&found, &words, |_| None),
        tables::gap(&found, &found.areas[0], &words, None),
        tables::calendar(&gaps::calendar(&snapshot, &scope, 3660), &words),
        tables::change(&gaps::change(before, after), snapshot.generation(), "Change".to_owned(), &words, nowhere),
        tables::quality(&checks::quality(&snapshot, &scope), &words, |_| None),
        tables::applications(&gaps::applications(&snapshot, scope.as_of), &words),
        tables::demand(&gaps::demand(&snapshot, &scope, days, (&asked, 1)), &words),
        tables::explanation(&chain, snapshot.generation(), &words, |_| None),
        tables::tokens(&[line], scope.as_of),
        tables::audit(&entries, scope.as_of),
    ]
}

#[test]
fn every_cell_of_every_report_is_what_its_plan_says() {
    let reports = reports();
    let built: BTreeSet<_> = reports.iter().map(|report| report.plan.name).collect();
    assert_eq!(built, tables::PLANS.iter().map(|plan| plan.name).collect(), "every report is built");
    for report in &reports {
        assert_eq!(report.facts.len(), report.plan.facts.len(), "{}", report.plan.name);
        for (fact, cell) in report.facts() {
            assert!(fact.fits(cell), "{}: {}: {cell:?}", report.plan.name, fact.name);
        }
        let names = report.tables.iter().map(|table| table.plan.name).collect::<Vec<_>>();
        assert_eq!(names, report.plan.tables.iter().map(|table| table.name).collect::<Vec<_>>());
        for table in &report.tables {
            for row in &table.rows {
                assert_eq!(row.len(), table.columns.len(), "{}", table.plan.name);
                for (column, cell) in table.columns.iter().zip(row) {
                    assert!(column.plan.fits(cell), "{}: {}: {}: {cell:?}", report.plan.name, table.plan.name, column.name);
                }
            }
        }
    }
}

/// A service on the shipped program, with a desk, and a token for it.
static SERVICE: LazyLock<(Front, String)> = LazyLock::new(|| {
    let store = Store::in_memory().unwrap();
    let (_, secret) = store.new_token("Ann", &Permission::ALL, Timestamp::MAX, Timestamp::UNIX_EPOCH).unwrap();
    let folders = Folders::new(Folder::Embedded(Embedded::UnitedStates), Folder::Embedded(Embedded::SampleProgram));
    let desk = Desk::new(Some(store)).with_folders(folders);
    let app = App::new(SHIPPED.clone(), Some(date(2026, 11, 21))).with_desk(desk);
    (router(Arc::new(app)), secret.reveal().to_owned())
});

async fn get(uri: &str) -> Reply {
    let (service, token) = &*SERVICE;
    let request = request("GET", uri).header(header::AUTHORIZATION, format!("Bearer {token}"));
    answered(service.clone(), request.body(Body::empty()).unwrap()).await
}

async fn post(uri: &str, media_type: &str, body: &str) -> Reply {
    let (service, token) = &*SERVICE;
    let request = request("POST", uri).header(header::AUTHORIZATION, format!("Bearer {token}"));
    answered(service.clone(), request.header(header::CONTENT_TYPE, media_type).body(Body::from(body.to_owned())).unwrap()).await
}

fn operations<'a>(description: &'a Value, method: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let paths = description["paths"].as_object().unwrap();
    paths.iter().filter_map(move |(path, item)| Some((path.as_str(), item.get(method)?)))
}

/// The parameters of an operation in a place, with their examples.
fn examples(operation: &Value, place: &str) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let own = operation["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == place);
    own.filter(|parameter| !parameter["example"].is_null())
        .map(|parameter| (text(&parameter["name"]), text(&parameter["example"])))
        .collect()
}

/// What an operation cannot be asked without, and what a parameter cannot stand without.
fn companions(operation: &Value, name: &str) -> &'static [&'static str] {
    const ASKING: [&str; 8] = ["lat", "lon", "zip", "state", "county", "place", "region", "q"];
    match (operation["operationId"].as_str().unwrap(), name) {
        ("coverage" | "explanation", "lat") => &["lon"],
        ("coverage" | "explanation", "lon") => &["lat"],
        ("coverage" | "explanation", asking) if ASKING.contains(&asking) => &[],
        ("coverage" | "explanation", _) => &["zip"],
        ("suggest", "limit") => &["q"],
        ("whatIf", "from") => &["to"],
        ("whatIf", "to") => &["from"],
        ("whatIf", "zips") => &["from", "to"],
        ("whatIf", "give") => &["to"],
        ("whatIf", name) if name != "without" => &["without"],
        _ => &[],
    }
}

/// The address of an operation with some of its parameters.
fn address(path: &str, operation: &Value, names: &[&str]) -> String {
    let query = examples(operation, "query");
    let path = examples(operation, "path")
        .iter()
        .fold(path.to_owned(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value));
    let pairs: Vec<_> = names.iter().map(|name| format!("{name}={}", query[*name].replace(' ', "+"))).collect();
    format!("{path}?{}", pairs.join("&"))
}

fn assert_as_described(description: &Value, operation: &Value, reply: &Reply, address: &str) {
    assert_eq!(reply.status, StatusCode::OK, "{address}: {}", reply.body);
    let essence = reply.media_type().split(';').next().unwrap();
    let content = operation["responses"]["200"]["content"].get(essence);
    let schema = &content.unwrap_or_else(|| panic!("{address}: {essence} is described"))["schema"];
    if essence.ends_with("json") {
        let wrong = misfits(description, schema, &reply.json(), "$");
        assert!(wrong.is_empty(), "{address}: {:#?}", &wrong[..wrong.len().min(10)]);
    }
}

#[tokio::test]
async fn every_example_can_be_asked_as_it_is_and_what_comes_back_is_as_described() {
    let description = get("/openapi.json").await.json();
    for (path, operation) in operations(&description, "get") {
        let names: Vec<_> = examples(operation, "query").into_keys().collect();
        let mut asked: Vec<Vec<&str>> =
            names.iter().map(|name| [&[name.as_str()], companions(operation, name)].concat()).collect();
        if !companions(operation, "").is_empty() || names.is_empty() {
            asked.push(companions(operation, "").to_vec());
        }
        for names in asked {
            let address = address(path, operation, &names);
            assert_as_described(&description, operation, &get(&address).await, &address);
        }
    }
    for (path, operation) in operations(&description, "post") {
        for (media_type, body) in operation["requestBody"]["content"].as_object().unwrap() {
            let example = body["example"].as_str().map_or(r#"{"lat": 47.6062, "lon": -122.3321}"#, |text| text);
            let reply = post(path, media_type, example).await;
            assert_as_described(&description, operation, &reply, path);
        }
    }
}

#[tokio::test]
async fn every_address_with_an_ending_that_is_described_is_there_in_its_form() {
    let description = get("/openapi.json").await.json();
    let mut described = 0;
    for (path, operation) in operations(&description, "get") {
        let text = operation["description"].as_str().unwrap();
        let with_ending = text.split('`').filter(|word| word.starts_with("/api/") && word.contains('.'));
        for ending in with_ending {
            let name = if operation["operationId"] == "whatIf" { "on" } else { "" };
            let address = address(ending, operation, companions(operation, name));
            let reply = get(&address).await;
            assert_as_described(&description, operation, &reply, &address);
            described += 1;
        }
        let is_list = operation["responses"]["200"]["content"].as_object().unwrap().len() > 1;
        assert!(!is_list || text.contains(&format!("`{path}.json`")), "{path}: {text}");
    }
    assert!(described > 40, "{described}");
}

#[tokio::test]
async fn features_are_told_apart_by_their_ids() {
    for (address, all_have) in [
        ("/api/v1/partners.geojson?limit=500", true),
        ("/api/v1/regions.geojson?kind=county&state=WA", true),
        ("/api/v1/gaps.geojson", true),
        ("/api/v1/coverage/summary.geojson?level=county", true),
        ("/api/v1/coverage/summary.geojson", false),
    ] {
        let collection = get(address).await.json();
        let features = collection["features"].as_array().unwrap();
        let ids: Vec<_> = features.iter().filter_map(|feature| feature["id"].as_str()).collect();
        assert!(!ids.is_empty() && (!all_have || ids.len() == features.len()), "{address}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{address}: {ids:?}");
    }
}

#[tokio::test]
async fn what_there_is_none_of_is_a_problem_that_says_what_ids_are_like() {
    for (path, parameter, value, rule) in [
        ("regions/county:99999", "id", "county:99999", "county:53033"),
        ("regions/here.geojson", "id", "here", "/api/v1/regions lists them"),
        ("partners/nobody", "id", "nobody", "/api/v1/partners lists them"),
        ("zips/98", "prefix", "98", "three digits"),
    ] {
        let reply = get(&format!("/api/v1/{path}")).await;
        let problem = reply.json();
        assert_eq!((reply.status.as_u16(), &problem["type"]), (404, &"/docs/api#not-found".into()), "{path}");
        assert_eq!((&problem["parameter"], &problem["value"]), (&parameter.into(), &value.into()), "{path}");
        assert!(problem["rule"].as_str().is_some_and(|said| said.contains(rule)), "{path}: {problem}");
    }
}

#[tokio::test]
async fn members_that_are_named_like_a_weight_are_numbers() {
    let description = get("/openapi.json").await.json();
    let mut checked = 0;
    for (name, schema) in description["components"]["schemas"].as_object().unwrap() {
        for pattern in schema["patternProperties"].as_object().into_iter().flatten().map(|(pattern, _)| pattern) {
            for (member, of) in schema["properties"].as_object().unwrap().iter().filter(|(member, _)| is_like(member, pattern)) {
                let types = of["type"].to_string();
                assert!(types.contains("number") || types.contains("integer"), "{name}.{member}: {types}");
                checked += 1;
            }
        }
    }
    assert!(checked > 10, "{checked}");
}

#[tokio::test]
async fn each_operation_lists_the_problems_that_it_can_have_and_no_others() {
    let description = get("/openapi.json").await.json();
    let statuses = |method: &str, path: &str| -> BTreeSet<String> {
        let operation = &description["paths"][path][method];
        operation["responses"].as_object().unwrap().keys().filter(|status| status.as_str() >= "400").cloned().collect()
    };
    let of = |list: &str| list.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(statuses("get", "/api/v1/coverage"), of("400 406 408 414 429 500 503"));
    assert_eq!(statuses("post", "/api/v1/coverage"), of("400 406 408 413 414 415 429 500 503"));
    assert_eq!(statuses("get", "/api/v1/partners/{id}"), of("400 404 406 408 414 429 500 503"));
    assert_eq!(statuses("get", "/api/v1/upcoming"), of("400 401 403 406 408 414 429 500 503"));
    assert_eq!(statuses("post", "/api/v1/what-if"), of("400 401 403 406 408 409 413 414 422 429 500 503"));
    let busy = |path: &str| {
        description["paths"][path]["get"]["responses"]["503"]["content"].to_string().contains("#/components/examples/busy")
    };
    assert!(busy("/api/v1/gaps") && busy("/api/v1/regions") && !busy("/api/v1/coverage") && !busy("/api/v1/explain"));
}

#[tokio::test]
async fn the_courses_of_the_program_are_described() {
    let description = get("/openapi.json").await.json();
    let asked = description["paths"]["/api/v1/coverage"]["get"]["parameters"].as_array().unwrap();
    let course = asked.iter().find(|parameter| parameter["name"] == "course").unwrap();
    let ids: Vec<_> = SHIPPED.info().courses.iter().map(|course| Value::from(course.id.as_str())).collect();
    assert_eq!(course["schema"]["enum"].as_array().unwrap().iter().filter(|id| !id.is_null()).cloned().collect::<Vec<_>>(), ids);
    assert!(course["description"].as_str().unwrap().contains("`csd` is "), "{course}");
}
