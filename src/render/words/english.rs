//! What is said in English alone: on the command line, to staff and to programs.

use super::Words;
use crate::{lookup::Reason, render::Failure};

/// A number of things: `1 state`, `47 states`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number as u64), if number == 1 { one } else { many })
}

/// A whole number with a comma at every thousand: `41,635`.
pub fn thousands(number: u64) -> String {
    Words::default().number(number)
}

/// What became of an assignment that was looked at.
pub fn reason(reason: &Reason) -> String {
    let day = |day| Words::default().day(day);
    match reason {
        Reason::Serves => "serves".to_owned(),
        Reason::Joins => "funds the lead that serves".to_owned(),
        Reason::Shadowed => "gives way to a more specific region".to_owned(),
        Reason::NotYet(first) => format!("starts on {}", day(*first)),
        Reason::Ended(last) => format!("ended on {}", day(*last)),
        Reason::Never => "holds on no day: its dates and its partner’s do not meet".to_owned(),
        Reason::OtherCourse => "does not offer the course there".to_owned(),
        Reason::Pending => "is an application under review".to_owned(),
        Reason::NoLead => "funds, but no lead serves there".to_owned(),
    }
}

/// The rule that a request broke, where there is one.
pub fn failure_rule(failure: &Failure) -> Option<String> {
    Some(match failure {
        Failure::UnknownParameter { known, .. } if known.is_empty() => {
            "there are no parameters here: the question stands in the body".to_owned()
        }
        Failure::UnknownParameter { known, .. } => format!("parameters here are {known}"),
        Failure::RepeatedParameter { .. } => "a parameter stands in a request once".to_owned(),
        Failure::NoQuestion { known } | Failure::SeveralQuestions { names: known } => {
            format!("exactly one of {known} asks the question")
        }
        Failure::BadValue { rule, .. } | Failure::BadBody(rule) => rule.clone(),
        Failure::NoSuch { rule, .. } => (*rule).to_owned(),
        Failure::BadEncoding { .. } => "queries are percent-encoded UTF-8".to_owned(),
        Failure::QueryTooLong(limit) => format!("queries have at most {} bytes", thousands(*limit as u64)),
        Failure::NotAcceptable { offered } => format!("what is here is {offered}"),
        Failure::UnsupportedMediaType => "bodies are application/json".to_owned(),
        Failure::NoHost => "HTTP/1.1 requests have exactly one Host (RFC 9112 §3.2)".to_owned(),
        _ => return None,
    })
}
