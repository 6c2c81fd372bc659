//! The description of the API: it is whole, and says what the service does.

use std::{collections::BTreeSet, sync::Arc};

use axum::{body::Body, http::header};
use coverage_map::{
    http::{App, Desk, router},
    store::{Permission, Store},
};
use jiff::{Timestamp, civil::date};
use serde_json::Value;

use crate::site::{Reply, answered, get, request, service_at, snapshot};

/// Asks with a token that is good for everything.
async fn get_with_token(uri: &str) -> Reply {
    let store = Store::in_memory().unwrap();
    let (_, secret) = store.new_token("Ann", &Permission::ALL, Timestamp::MAX, Timestamp::UNIX_EPOCH).unwrap();
    let app = App::new(snapshot(), Some(date(2026, 11, 21))).with_desk(Desk::new(Some(store)));
    let request = request("GET", uri).header(header::AUTHORIZATION, format!("Bearer {}", secret.reveal()));
    answered(router(Arc::new(app)), request.body(Body::empty()).unwrap()).await
}

async fn description() -> Value {
    let reply = get("/openapi.json").await;
    assert_eq!((reply.media_type(), reply.header("access-control-allow-origin")), ("application/json", "*"));
    reply.json()
}

/// Every operation: its path, its method and what is said of it.
fn operations(description: &Value) -> Vec<(String, String, Value)> {
    let paths = description["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let methods = item.as_object().unwrap().iter().filter(|(method, _)| ["get", "post"].contains(&method.as_str()));
        methods.map(|(method, operation)| (path.clone(), method.clone(), operation.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

fn parameters(operation: &Value) -> Vec<Value> {
    operation["parameters"].as_array().cloned().unwrap_or_default()
}

/// An address of an operation with the examples of its parameters, queries only where they are asked for.
fn example(path: &str, operation: &Value, in_query: impl Fn(&Value) -> bool) -> String {
    let mut address = path.to_owned();
    let mut query = Vec::new();
    for parameter in parameters(operation) {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let (name, value) = (text(&parameter["name"]), text(&parameter["example"]));
        if parameter["in"] == "path" {
            address = address.replace(&format!("{{{name}}}"), &value);
        } else if in_query(&parameter) {
            query.push(format!("{name}={}", value.replace(' ', "+")));
        }
    }
    format!("{address}?{}", query.join("&"))
}

#[tokio::test]
async fn every_operation_parameter_and_field_is_described() {
    let description = description().await;
    assert_eq!(description["openapi"], "3.1.0");
    let is_said = |value: &Value| value.as_str().is_some_and(|text| text.len() > 5);
    for (path, method, operation) in operations(&description) {
        assert!(is_said(&operation["summary"]) && is_said(&operation["operationId"]), "{method} {path}");
        for parameter in parameters(&operation) {
            assert!(is_said(&parameter["description"]), "{method} {path}: {parameter}");
        }
        let successes = operation["responses"].as_object().unwrap().keys().filter(|status| status.starts_with('2'));
        assert_eq!(successes.count(), 1, "{method} {path}");
    }
    for (name, schema) in description["components"]["schemas"].as_object().unwrap() {
        assert!(is_said(&schema["description"]), "{name}");
        for (field, of_field) in schema["properties"].as_object().into_iter().flatten() {
            let said = is_said(&of_field["description"]) || is_said(&of_field["oneOf"][0]["description"]);
            assert!(said, "{name}.{field}: {of_field}");
        }
    }
}

#[tokio::test]
async fn the_described_parameters_are_those_that_are_taken() {
    for (path, method, operation) in operations(&description().await) {
        if method != "get" {
            continue;
        }
        let address = example(&path, &operation, |_| false);
        let refused = get_with_token(&format!("{address}nobody_knows=1")).await.json();
        assert!(refused["type"].as_str().is_some_and(|name| name.ends_with("#unknown-parameter")), "{path}: {refused}");
        let rule = refused["rule"].as_str().unwrap().trim_start_matches("parameters here are ").to_owned();
        let taken: BTreeSet<&str> = rule.split(", ").filter(|name| *name != "none").collect();
        let own = parameters(&operation);
        let described = own.iter().filter(|p| p["in"] == "query").map(|p| p["name"].as_str().unwrap()).collect();
        assert_eq!(taken, described, "{path}");
    }
}

#[tokio::test]
async fn every_status_of_a_problem_is_described_and_every_problem_is_explained_on_the_page() {
    let page = get("/docs/api").await.body;
    let description = description().await;
    for (path, method, operation) in operations(&description) {
        for (status, response) in
            operation["responses"].as_object().unwrap().iter().filter(|(status, _)| status.as_str() >= "400")
        {
            let text = response["description"].as_str().unwrap();
            let names: Vec<_> = text.split('`').skip(1).step_by(2).collect();
            assert!(!names.is_empty(), "{method} {path} {status}");
            assert!(names.iter().all(|name| page.contains(&format!("id=\"{name}\""))), "{method} {path} {status}: {text}");
            assert!(response["content"]["application/problem+json"].is_object(), "{method} {path} {status}");
        }
    }
}

#[tokio::test]
async fn every_address_of_the_api_is_described() {
    let description = description().await;
    let described: BTreeSet<_> = description["paths"].as_object().unwrap().keys().cloned().collect();
    let of_staff = coverage_map::http::staff_addresses().into_iter().map(|(path, _)| path);
    let public = ["/api/v1/gaps", "/api/v1/coverage/summary", "/api/v1/zips/{prefix}", "/api/v1/regions/{id}"].map(str::to_owned);
    // The end of an address names a form of the same.
    let is_form = |path: &str| path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    for path in of_staff.filter(|path| path.starts_with("/api/") && !is_form(path)).chain(public) {
        assert!(described.contains(&path), "{path}");
        let needs_token =
            description["paths"][&path].as_object().unwrap().values().all(|operation| operation["security"].is_array());
        let is_closed = get(&path).await.status.as_u16() == 403;
        assert!(needs_token == is_closed || path.ends_with("batch"), "{path}");
    }
}

/// Where something is `null` in a description that is no example and no word.
fn nulls(value: &Value, at: &str) -> Vec<String> {
    match value {
        Value::Null => vec![at.to_owned()],
        Value::Array(items) => items.iter().enumerate().flat_map(|(i, item)| nulls(item, &format!("{at}/{i}"))).collect(),
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| !["enum", "example", "examples"].contains(&name.as_str()));
            members.flat_map(|(name, member)| nulls(member, &format!("{at}/{name}"))).collect()
        }
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn nothing_of_the_description_is_null_and_every_list_of_words_has_some() {
    let description = description().await;
    assert_eq!(nulls(&description, ""), Vec::<String>::new());
    for (name, schema) in description["components"]["schemas"].as_object().unwrap() {
        for (field, of_field) in schema["properties"].as_object().into_iter().flatten() {
            let words = of_field.get("enum");
            assert!(words.is_none_or(|words| words.as_array().is_some_and(|words| !words.is_empty())), "{name}.{field}");
        }
    }
}

#[test]
fn the_words_of_outcomes_are_those_of_the_audit_log() {
    let words = serde_json::to_value(coverage_map::render::schema::outcome()).unwrap();
    let all = coverage_map::store::Outcome::ALL.map(coverage_map::store::Outcome::name);
    assert_eq!(words["enum"], serde_json::json!(all));
}

/// What a value of a schema looks like where nobody shows one: a word, a number between bounds, a list of such.
fn is_shown(schema: &Value) -> bool {
    let is_plain = |types: &Value| !matches!(types.as_str(), Some("boolean" | "object")) && schema.get("$ref").is_none();
    let shown = ["example", "examples", "enum", "oneOf", "allOf"].iter().any(|name| schema.get(name).is_some());
    let is_list_of_shapes =
        schema["type"] == "array" && (schema["items"]["$ref"].is_string() || schema["items"]["items"].is_object());
    shown || !is_plain(&schema["type"]) || is_list_of_shapes
}

#[tokio::test]
async fn every_field_and_parameter_shows_a_value() {
    let description = description().await;
    let shapes = ["AnyGeometry", "Geometry"];
    for (name, schema) in description["components"]["schemas"].as_object().unwrap() {
        for (field, of_field) in schema["properties"].as_object().into_iter().flatten() {
            let is_shape = shapes.contains(&name.as_str()) || field == "features";
            assert!(is_shape || is_shown(of_field), "{name}.{field}: {of_field}");
        }
    }
    for (path, method, operation) in operations(&description) {
        for parameter in parameters(&operation) {
            // What comes after depends on where the page before ended.
            assert!(parameter["name"] == "after" || !parameter["example"].is_null(), "{method} {path}: {parameter}");
        }
    }
}

#[tokio::test]
async fn the_page_leads_to_each_operation_public_ones_first_and_its_examples_ask_the_site_itself() {
    let site = service_at("https://map.example.org");
    let page = answered(site, request("GET", "/docs/api").body(Body::empty()).unwrap()).await.body;
    for (path, _, operation) in operations(&description().await) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(page.contains(&format!("href=\"#{id}\"")) && page.contains(&format!("id=\"{id}\"")), "{path}: {id}");
    }
    let at = |id: &str| page.find(&format!("<h3 id=\"{id}\"")).unwrap();
    assert!(at("coverage") < at("gapsReport") && at("gapsReport") < at("applicationsReport"));
    assert!(page.contains("SITE=https://map.example.org\n") && !page.contains("127.0.0.1"));
}
