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

/// How programs ask, and what can go wrong; `description` is the OpenAPI document, `site` where the service is, if that is known.
pub fn api_docs(description: &Value, site: &str) -> Page {
    let body = html! {
        (about(description))
        h2 #examples { "Examples" }
        (examples::all(site))
        h2 #routes { "Routes" }
        (operations::contents(description))
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

/// What the description says first, and then by subject, each in a paragraph of its own.
fn about(description: &Value) -> Markup {
    let mut paragraphs = text(&description["info"]["description"]).split("\n\n");
    html! {
        p.lede { (marked(paragraphs.next().unwrap_or_default())) }
        p { "All of this as OpenAPI 3.1: " a href="/openapi.json" { "/openapi.json" } }
        dl.facts {
            @for (subject, text) in paragraphs.filter_map(|paragraph| paragraph.strip_prefix("**")?.split_once(".** ")) {
                div { dt { (subject) } dd { (marked(text)) } }
            }
        }
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
