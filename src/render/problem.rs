//! Failures as `application/problem+json` (RFC 9457).

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Failure,
    words::{self, Words},
};

/// Why a request got no answer (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem<'a> {
    /// Where this kind of problem is explained; what is behind `#` is its name.
    #[schema(format = "uri-reference", example = "/docs/api#bad-value")]
    r#type: String,
    /// What went wrong, in a few words; the same for all of its type.
    #[schema(example = "A value could not be read")]
    title: String,
    /// The status code of the response.
    #[schema(example = 400)]
    status: u16,
    /// What went wrong this time, and what to do.
    #[schema(example = "lat: not a number of degrees (got \"abc\"); latitude is decimal degrees from -90 to 90.")]
    detail: String,
    /// The parameter that is wrong, where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "lat", nullable = false)]
    parameter: Option<&'a str>,
    /// Its value, where it is the value that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "abc", nullable = false)]
    value: Option<&'a str>,
    /// The rule that the request broke, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "latitude is decimal degrees from -90 to 90", nullable = false)]
    rule: Option<String>,
}

/// A failure as a problem document.
///
/// # Errors
/// Never in practice: the wire shape holds only text and numbers.
pub fn json(failure: &Failure) -> Result<String, serde_json::Error> {
    let words = Words::default();
    let wire = Problem {
        r#type: failure.docs(),
        title: words.failure_title(failure),
        status: failure.status(),
        detail: words.failure_detail(failure),
        parameter: failure.parameter(),
        value: failure.value(),
        rule: words::failure_rule(failure),
    };
    serde_json::to_string_pretty(&wire).map(|json| json + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_the_parameter_the_value_and_the_rule() {
        let failure = Failure::BadValue {
            parameter: "lat".to_owned(),
            what: "not a number of degrees".to_owned(),
            value: "abc".to_owned(),
            rule: "latitudes are degrees from -90 to 90".to_owned(),
        };
        let expected = r#"{
  "type": "/docs/api#bad-value",
  "title": "A value could not be read",
  "status": 400,
  "detail": "lat: not a number of degrees (got \"abc\"); latitudes are degrees from -90 to 90.",
  "parameter": "lat",
  "value": "abc",
  "rule": "latitudes are degrees from -90 to 90"
}
"#;
        assert_eq!(json(&failure).unwrap(), expected);
    }

    #[test]
    fn every_failure_has_a_name_and_a_title_of_its_own() {
        let all = Failure::examples();
        let names: std::collections::BTreeSet<_> = all.iter().map(Failure::name).collect();
        let titles: std::collections::BTreeSet<_> = all.iter().map(|failure| Words::default().failure_title(failure)).collect();
        assert_eq!((names.len(), titles.len()), (all.len(), all.len()));
    }
}
