use serde_json::json;

use super::{Shape, geojson::geometry};
use crate::{
    lookup::Answer,
    render::{json::AnswerWire, words::Words},
};

/// An answer as a Feature (RFC 7946): where its subject is, with the answer as its properties.
///
/// # Errors
/// Never in practice: the wire shape holds only text, numbers and lists.
pub fn answer_geojson(answer: &Answer, words: &Words, place: &Shape) -> Result<String, serde_json::Error> {
    let feature = json!({
        "type": "Feature",
        "geometry": geometry(place),
        "properties": serde_json::to_value(AnswerWire::new(answer, words, None))?,
    });
    serde_json::to_string(&feature).map(|json| json + "\n")
}
