//! The API as a page to read: everything on it about routes and fields comes from their description.

mod examples;
mod operations;
mod schemas;

use maud::{Markup, html};
use serde_json::Value;

use super::Page;
use crate::render::{
    Failure, Language, links,
    words::{self, Words},
};

/// How programs ask, and what can go wrong; `description` is the OpenAPI document.
pub fn api_docs(description: &Value) -> Page {
    let body = html! {
        p.lede { "One address answers whether a place has a partner, others list regions and partners. None needs a key." }
        (about(description))
        h2 #examples { "Examples" }
        (examples::all())
        h2 #routes { "Routes" }
        (operations::all(description))
        h2 #fields { "Fields" }
        p { "Fields marked with “or null” are " code { "null" } " where there is nothing to say. All fields are always there but those of people in reports: they are there where people were counted." }
        (schemas::all(description))
        h2 #problems { "Problems" }
        p { "A request that cannot be answered gets application/problem+json (RFC 9457). Its " code { "type" } " leads here." }
        (problems())
    };
    Page::new("For programs", "How programs ask whether a place has a partner, and what can go wrong.", links::API_DOCS, body)
        .written_in(Language::default())
        .only_here()
}

fn about(description: &Value) -> Markup {
    html! {
        @for sentence in text(&description["info"]["description"]).split_inclusive(". ") { (marked(sentence)) }
        p { "All of this as OpenAPI 3.1: " a href="/openapi.json" { "/openapi.json" } }
    }
}

fn problems() -> Markup {
    let detail = |failure: &Failure| Words::default().failure_detail(failure);
    html! {
        dl.facts {
            @for failure in Failure::examples() {
                div #(failure.name()) {
                    dt { code { (failure.name()) } " (" (failure.status()) ")" }
                    dd {
                        (marked(words::meaning(&failure))) " " (marked(words::remedy(&failure)))
                        " Such as: “" (detail(&failure)) "”"
                    }
                }
            }
        }
    }
}

/// A text of the description; empty where there is none.
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Text with its words in backquotes as code.
fn marked(text: &str) -> Markup {
    html! {
        @for (i, piece) in text.split('`').enumerate() {
            @if i % 2 == 1 { code { (piece) } } @else { (piece) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_backquotes_are_code_and_signs_are_escaped() {
        assert_eq!(marked("a `b` <c>").into_string(), "a <code>b</code> &lt;c&gt;");
    }
}
