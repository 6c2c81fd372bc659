//! Failures as `application/problem+json` (RFC 9457).

use serde::Serialize;

use super::{
    Failure,
    words::{self, Words},
};

#[derive(Serialize)]
struct ProblemWire<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
}

/// A failure as a problem document.
///
/// # Errors
/// Never in practice: the wire shape holds only text and numbers.
pub fn json(failure: &Failure) -> Result<String, serde_json::Error> {
    let words = Words::default();
    let wire = ProblemWire {
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
