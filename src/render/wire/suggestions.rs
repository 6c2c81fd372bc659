use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    lookup::Suggestion,
    render::{json, schema},
};

/// What a text may be the beginning of.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestions<'a> {
    /// The text.
    #[schema(example = "bois")]
    query: &'a str,
    /// What may be meant, the likeliest first.
    suggestions: Vec<SuggestionWire<'a>>,
}

/// Something that may be meant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suggestion)]
struct SuggestionWire<'a> {
    /// Its full name.
    #[schema(example = "Boise, Idaho")]
    label: &'a str,
    /// What it is.
    #[schema(schema_with = schema::suggested)]
    kind: &'static str,
    /// The text that asks for exactly this: for the parameter `q` of `/api/v1/coverage`, or for the search form.
    #[schema(example = "Boise, ID")]
    q: &'a str,
}

impl<'a> Suggestions<'a> {
    /// The wire shape of suggestions for a text.
    pub fn new(query: &'a str, found: &'a [Suggestion]) -> Self {
        let suggestions = found.iter().map(|s| SuggestionWire { label: &s.label, kind: json::kind(s.kind), q: &s.ask });
        Self { query, suggestions: suggestions.collect() }
    }
}
