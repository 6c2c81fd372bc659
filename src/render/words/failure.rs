use super::Words;
use crate::render::{Failure, NoAccess};

impl Words<'_> {
    /// A failure in a few words, the same for all of its kind.
    pub fn failure_title(&self, failure: &Failure) -> String {
        self.text(message(failure))
    }

    /// What happened and what to do about it, for who reads a page: in words about the page, not about the request.
    pub fn failure_on_page(&self, failure: &Failure) -> String {
        match failure {
            Failure::BadValue { parameter, what, value, .. } => match (parameter.as_str(), what.as_str()) {
                ("as_of", _) => self.say("page-bad-day", &[("value", &self.quoted(value))]),
                ("course", _) => self.say("page-bad-course", &[("value", &self.quoted(value))]),
                ("state", _) => self.say("page-bad-state", &[("value", &self.quoted(value))]),
                (_, "empty") => self.text("page-empty-question"),
                (_, "too long") => self.text("page-long-question"),
                ("q", _) => self.say("page-no-position", &[("value", &self.quoted(value))]),
                _ => self.failure_detail(failure),
            },
            Failure::BadEncoding { .. } => self.text("page-unreadable"),
            _ => self.failure_detail(failure),
        }
    }

    /// What happened and what to do about it, in one or two sentences.
    pub fn failure_detail(&self, failure: &Failure) -> String {
        let detail = format!("{}.detail", message(failure));
        let say = |values: &[(&'static str, &str)]| self.say(&detail, values);
        match failure {
            Failure::UnknownParameter { name, .. } | Failure::RepeatedParameter { name, .. } => {
                say(&[("name", &format!("{name:?}"))])
            }
            Failure::NoQuestion { known } => say(&[("known", known)]),
            Failure::SeveralQuestions { names } => say(&[("names", names)]),
            Failure::BadValue { parameter, what, value, rule } => {
                say(&[("parameter", parameter), ("what", what), ("value", &format!("{value:?}")), ("rule", rule)])
            }
            Failure::NoSuch { what, parameter, value, rule } => {
                let (what, value) = (format!("no such {what}"), format!("{value:?}"));
                let values = [("parameter", *parameter), ("what", &what), ("value", &value), ("rule", rule)];
                self.say("failure-bad-value.detail", &values)
            }
            Failure::BadEncoding { parameter } => say(&[("parameter", parameter)]),
            Failure::QueryTooLong(limit) => say(&[("limit", &self.number(*limit as u64))]),
            Failure::NotAcceptable { offered } => say(&[("offered", offered)]),
            Failure::TooManyRequests(wait) => say(&[("wait", &self.number(*wait))]),
            Failure::NoAccess(NoAccess::NotPermitted(scope)) => say(&[("scope", scope)]),
            Failure::BadDraft(problems) => say(&[("problems", problems)]),
            Failure::BadBody(rule) => say(&[("rule", rule)]),
            _ => say(&[]),
        }
    }
}

/// The message of a kind of failure.
fn message(failure: &Failure) -> &'static str {
    match failure {
        Failure::UnknownParameter { .. } => "failure-unknown-parameter",
        Failure::RepeatedParameter { .. } => "failure-repeated-parameter",
        Failure::NoQuestion { .. } => "failure-no-question",
        Failure::SeveralQuestions { .. } => "failure-several-questions",
        Failure::BadValue { .. } => "failure-bad-value",
        Failure::BadEncoding { .. } => "failure-bad-encoding",
        Failure::QueryTooLong(_) => "failure-query-too-long",
        Failure::BadBody(_) => "failure-bad-body",
        Failure::BodyTooLarge => "failure-body-too-large",
        Failure::NotAcceptable { .. } => "failure-not-acceptable",
        Failure::UnsupportedMediaType => "failure-unsupported-media-type",
        Failure::NoHost => "failure-no-host",
        Failure::NotFound | Failure::NoSuch { .. } => "failure-not-found",
        Failure::MethodNotAllowed => "failure-method-not-allowed",
        Failure::TimedOut => "failure-timed-out",
        Failure::TooManyRequests(_) => "failure-too-many-requests",
        Failure::Busy => "failure-busy",
        Failure::NotReady => "failure-not-ready",
        Failure::Internal => "failure-internal",
        Failure::NotServed => "failure-not-served",
        Failure::BadDraft(_) => "failure-bad-draft",
        Failure::NoAccess(why) => match why {
            NoAccess::Closed => "failure-staff-closed",
            NoAccess::Unavailable => "failure-staff-unavailable",
            NoAccess::NoToken => "failure-no-token",
            NoAccess::WrongToken => "failure-wrong-token",
            NoAccess::Expired => "failure-expired-token",
            NoAccess::Revoked => "failure-revoked-token",
            NoAccess::NotPermitted(_) => "failure-not-permitted",
            NoAccess::TokenInAddress => "failure-token-in-address",
            NoAccess::FromAnotherSite => "failure-from-another-site",
        },
    }
}
