use maud::{Markup, html};
use serde_json::Value;

use super::{marked, schemas, text};
use crate::render::links;

const METHODS: [&str; 2] = ["get", "post"];

/// A link to each route, by what it is about.
pub fn contents(description: &Value) -> Markup {
    html! {
        dl.facts {
            @for tag in tags(description) {
                div {
                    dt { (marked(text(&tag["description"]))) }
                    @for (path, method, operation) in of_tag(description, tag) {
                        dd { a href={ "#" (text(&operation["operationId"])) } { (text(&operation["summary"])) } " " (address(method, path)) }
                    }
                }
            }
        }
    }
}

/// Every route, by what it is about: what it answers, its parameters, an example, and what comes back.
pub fn all(description: &Value) -> Markup {
    html! {
        @for (path, method, operation) in tags(description).flat_map(|tag| of_tag(description, tag)) { (one(path, method, operation)) }
    }
}

/// What routes are about, in the order in which the description names it.
fn tags(description: &Value) -> impl Iterator<Item = &Value> {
    description["tags"].as_array().into_iter().flatten()
}

fn of_tag<'a>(description: &'a Value, tag: &'a Value) -> impl Iterator<Item = (&'a str, &'static str, &'a Value)> {
    let paths = description["paths"].as_object().into_iter().flatten();
    let all =
        paths.flat_map(|(path, item)| METHODS.into_iter().filter_map(move |method| Some((&**path, method, item.get(method)?))));
    all.filter(|(_, _, operation)| operation["tags"][0] == tag["name"])
}

fn address(method: &str, path: &str) -> Markup {
    html! { code { (method.to_uppercase()) " " (path) } }
}

fn one(path: &str, method: &str, operation: &Value) -> Markup {
    let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    let is_question = text(&operation["summary"]).ends_with('?');
    html! {
        h3 #(text(&operation["operationId"])) { (address(method, path)) }
        p { strong { (text(&operation["summary"])) @if !is_question { "." } } " " (marked(text(&operation["description"]))) }
        @if let Some(options) = options(method, operation) {
            pre { code { "curl " (options) "\"$SITE" (example(path, parameters)) "\"" } }
        }
        @if !parameters.is_empty() { dl.facts { @for parameter in parameters { (described(parameter)) } } }
        @if !body.is_null() { p { "Its body: " (schemas::kind(body)) } }
        p { "Comes back: " (answers(operation)) }
    }
}

/// What curl is told beside the address; `None` where the body has an example of its own.
fn options(method: &str, operation: &Value) -> Option<String> {
    let takes_table = operation["requestBody"]["content"]["text/csv"].is_object();
    let token = if operation["security"].is_array() { "-H \"Authorization: Bearer $TOKEN\" " } else { "" };
    let table = if takes_table { "-H 'Content-Type: text/csv' --data-binary @table.csv " } else { "" };
    (method == "get" || takes_table).then(|| format!("{token}{table}"))
}

fn described(parameter: &Value) -> Markup {
    let is_optional = parameter["required"] == false;
    html! {
        div {
            dt { code { (text(&parameter["name"])) } @if is_optional { "?" } }
            dd {
                (schemas::kind(&parameter["schema"])) ". " (marked(text(&parameter["description"])))
                @if let Some(example) = plain(&parameter["example"]) { " Such as " code { (example) } "." }
            }
        }
    }
}

fn answers(operation: &Value) -> Markup {
    let content = operation["responses"]["200"]["content"].as_object();
    html! {
        @for (i, (media_type, content)) in content.into_iter().flatten().enumerate() {
            @if i > 0 { ", or " }
            (schemas::kind(&content["schema"])) " as " code { (media_type) }
        }
        "."
    }
}

/// The address with examples of what it cannot do without.
fn example(path: &str, parameters: &[Value]) -> String {
    let mut address = path.to_owned();
    let mut query = Vec::new();
    let nothing_required = parameters.iter().all(|parameter| parameter["required"] == false);
    for parameter in parameters {
        let (name, value) = (text(&parameter["name"]), plain(&parameter["example"]).unwrap_or_default());
        if parameter["in"] == "path" {
            address = address.replace(&format!("{{{name}}}"), &value);
        } else if parameter["required"] == true || (nothing_required && ["zip", "kind", "without"].contains(&name)) {
            query.push(format!("{name}={}", links::encoded(&value)));
        }
    }
    if query.is_empty() { address } else { format!("{address}?{}", query.join("&")) }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
