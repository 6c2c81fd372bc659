//! The wire shapes of the API beside the answer itself, which is in [`super::json`]: what is described is what is sent.

mod suggestions;

use serde::Serialize;

pub use suggestions::Suggestions;

/// A wire shape as JSON with a line feed at its end.
///
/// # Errors
/// Never in practice: wire shapes hold only text, numbers and lists.
pub fn json(wire: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(wire).map(|json| json + "\n")
}
