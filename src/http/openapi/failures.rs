//! How each operation can fail, told from what it takes and what it does.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::operations;
use crate::{
    http::reply::Form,
    render::{Failure, NoAccess, problem, words},
};

/// The description with the problems that each operation can have, and an example of each.
pub fn added(mut description: Value) -> Value {
    for operation in operations(&mut description) {
        let mut by_status: BTreeMap<u16, Vec<Failure>> = BTreeMap::new();
        for failure in Failure::examples().into_iter().filter(|failure| can_happen(failure, operation)) {
            by_status.entry(failure.status()).or_default().push(failure);
        }
        for (status, failures) in by_status {
            operation["responses"][status.to_string()] = response(&failures);
        }
    }
    description["components"]["examples"] = Failure::examples().iter().map(example).collect::<Map<_, _>>().into();
    let kinds: Vec<_> = Failure::examples().iter().map(Failure::docs).collect();
    description["components"]["schemas"]["Problem"]["properties"]["type"]["enum"] = kinds.into();
    description
}

/// What comes back with a status.
fn response(failures: &[Failure]) -> Value {
    let said: Vec<_> =
        failures.iter().map(|failure| format!("`{}`: {}", failure.name(), plain(words::meaning(failure)))).collect();
    let examples: Map<_, _> =
        failures.iter().map(|failure| (failure.name().to_owned(), reference("examples", failure.name()))).collect();
    let content = json!({ Form::Problem.essence(): { "schema": reference("schemas", "Problem"), "examples": examples } });
    json!({ "description": said.join(" "), "content": content })
}

/// Text without the marks of code: what is marked in a response names its problems.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

/// An example of a problem, with what it means and what to do about it.
fn example(failure: &Failure) -> (String, Value) {
    let value: Value = problem::json(failure).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let said = format!("{} {}", words::meaning(failure), words::remedy(failure));
    (failure.name().to_owned(), json!({ "summary": value["title"], "description": said, "value": value }))
}

/// Whether an operation can fail so.
fn can_happen(failure: &Failure, operation: &Value) -> bool {
    let has = |place: &str, name: Option<&str>| {
        let mut own = operation["parameters"].as_array().into_iter().flatten();
        own.any(|parameter| parameter["in"] == place && name.is_none_or(|name| parameter["name"] == name))
    };
    let body = &operation["requestBody"]["content"];
    match failure {
        Failure::RepeatedParameter { .. } => has("query", None),
        Failure::NoQuestion { .. } => has("query", Some("q")),
        Failure::SeveralQuestions { .. } => has("query", Some("q")) && has("query", Some("zip")),
        Failure::BadValue { .. } => has("query", None) || body["application/json"].is_object(),
        Failure::BadBody(_) | Failure::BodyTooLarge => body.is_object(),
        Failure::UnsupportedMediaType => body["application/json"].is_object(),
        Failure::NotFound | Failure::NoSuch { .. } => has("path", None),
        // What is described here is there for its method.
        Failure::MethodNotAllowed => false,
        Failure::Busy => waits(operation, has("query", Some("limit"))),
        Failure::NoAccess(NoAccess::FromAnotherSite) => is_of_staff(operation) && body.is_object(),
        Failure::NoAccess(_) => is_of_staff(operation),
        Failure::NotServed | Failure::BadDraft(_) => operation["operationId"].as_str().is_some_and(|id| id.starts_with("whatIf")),
        _ => true,
    }
}

fn is_of_staff(operation: &Value) -> bool {
    operation["security"].is_array()
}

/// Whether its work takes so long that it waits for its turn: reports, tables of questions, and lists with boundaries.
fn waits(operation: &Value, is_list: bool) -> bool {
    let content = &operation["responses"]["200"]["content"];
    let is_report = content["text/csv"].is_object() && operation["operationId"] != "explanation";
    is_report || (is_list && content["application/geo+json"].is_object())
}
