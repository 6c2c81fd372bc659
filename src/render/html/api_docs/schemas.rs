use maud::{Markup, html};
use serde_json::Value;

use super::{marked, text};

/// Every shape that comes and goes, with its fields.
pub fn all(description: &Value) -> Markup {
    let schemas = description["components"]["schemas"].as_object();
    html! {
        @for (name, schema) in schemas.into_iter().flatten() {
            h3 #{ "fields-" (name) } { (name) }
            p { (marked(text(&schema["description"]))) (further(schema)) }
            @for variant in schema["oneOf"].as_array().into_iter().flatten().chain(schema["allOf"].as_array().into_iter().flatten()) {
                @if variant.get("$ref").is_some() { p { "All of " (kind(variant)) "." } }
                @if variant.get("properties").is_some() && variant.get("description").is_some() { p { (marked(said(variant))) } }
                (fields(variant))
            }
            (fields(schema))
        }
    }
}

/// The members of further weights, which have no names of their own in the description.
fn further(schema: &Value) -> Markup {
    let patterns = schema["patternProperties"].as_object().into_iter().flatten();
    let patterns = patterns.map(|(pattern, _)| pattern.trim_matches(['^', '$']).replace(".+", "…"));
    let bare = schema["additionalProperties"].is_object().then(|| "…".to_owned());
    let names: Vec<_> = bare.into_iter().chain(patterns).collect();
    html! {
        @if !names.is_empty() {
            " For each further column of " code { "weights.csv" } ", with its name in place of “…”: "
            @for (i, name) in names.iter().enumerate() { @if i > 0 { ", " } code { (name) } } "."
        }
    }
}

fn fields(schema: &Value) -> Markup {
    let fields = schema["properties"].as_object();
    html! {
        @if let Some(fields) = fields {
            dl.facts {
                @for (name, field) in fields {
                    div {
                        dt { code { (name) } }
                        dd { (kind(field)) ". " (marked(said(field))) }
                    }
                }
            }
        }
    }
}

fn said(field: &Value) -> &str {
    let own = text(&field["description"]);
    if own.is_empty() { text(&field["oneOf"][0]["description"]) } else { own }
}

/// What kind of value a schema describes, in words.
pub fn kind(schema: &Value) -> Markup {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return html! { a href={ "#fields-" (name) } { (name) } };
    }
    if let Some(variants) = schema["oneOf"].as_array() {
        let variants = variants.iter().map(|variant| {
            if variant["type"] == "null" {
                html! { "null" }
            } else {
                kind(variant)
            }
        });
        return html! { @for (i, variant) in variants.enumerate() { @if i > 0 { " or " } (variant) } };
    }
    if let Some(words) = schema["enum"].as_array() {
        let word = |word: &Value| if word.is_null() { "null".to_owned() } else { text(word).to_owned() };
        return html! { @for (i, each) in words.iter().enumerate() { @if i > 0 { ", " } code { (word(each)) } } };
    }
    let types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    html! {
        @for (i, word) in types.iter().enumerate() {
            @if i > 0 { " or " }
            (named(text(word), schema))
        }
        (bounds(schema))
    }
}

fn named(word: &str, schema: &Value) -> Markup {
    html! {
        @match (word, text(&schema["format"])) {
            ("array", _) => { "list of " (kind(&schema["items"])) },
            ("string", "date") => "day",
            ("string", "date-time") => "moment",
            ("string", "email") => "address for e-mail",
            ("string", "uri" | "uri-reference") => "link",
            ("string", _) => "text",
            ("integer", _) => "whole number",
            ("boolean", _) => "true or false",
            ("", _) => "a file",
            (other, _) => (other),
        }
    }
}

fn bounds(schema: &Value) -> Markup {
    html! {
        @if schema["minimum"].is_number() && schema["maximum"].is_number() {
            " from " (schema["minimum"].to_string()) " to " (schema["maximum"].to_string())
        }
        @if schema["maxLength"].is_number() { " of at most " (schema["maxLength"].to_string()) " characters" }
        @if schema["default"].is_number() { ", " (schema["default"].to_string()) " unless said" }
    }
}
