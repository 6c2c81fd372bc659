use super::links;

/// A request that got no answer, and why: a value, shown as a page or as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A parameter that does not exist here.
    UnknownParameter {
        /// The parameter.
        name: String,
        /// The value as it was given.
        value: String,
        /// The parameters that exist.
        known: String,
    },
    /// A parameter that stands in the request more than once.
    RepeatedParameter {
        /// The parameter.
        name: String,
        /// The value that came too late.
        value: String,
    },
    /// No parameter asks anything.
    NoQuestion {
        /// The parameters that ask something.
        known: String,
    },
    /// More than one parameter asks something.
    SeveralQuestions {
        /// Those that do.
        names: String,
    },
    /// A value that is not of its form.
    BadValue {
        /// The parameter.
        parameter: String,
        /// What is wrong with it.
        what: String,
        /// The value as it was given.
        value: String,
        /// What values must be like.
        rule: String,
    },
    /// The query is not valid percent-encoded UTF-8.
    BadEncoding {
        /// The parameter; the query itself where its name cannot be read.
        parameter: String,
    },
    /// The query is longer than this many bytes.
    QueryTooLong(usize),
    /// The body is not what it must be.
    BadBody(String),
    /// The body is longer than is read.
    BodyTooLarge,
    /// None of the forms that there are is among those that were asked for.
    NotAcceptable {
        /// The media types that there are.
        offered: String,
    },
    /// The body is of a kind that is not read here.
    UnsupportedMediaType,
    /// The request does not say which site it is for.
    NoHost,
    /// There is nothing at this address.
    NotFound,
    /// The address exists, but not for this method.
    MethodNotAllowed,
    /// The request took too long.
    TimedOut,
    /// The client asked more often than it may; the seconds until it may again.
    TooManyRequests(u64),
    /// There is more work than the service takes on at once.
    Busy,
    /// The service has no data yet, or is about to stop.
    NotReady,
    /// Something broke on our side.
    Internal,
}

impl Failure {
    /// One of each, for lists of what can happen.
    pub fn examples() -> Vec<Self> {
        let text = || String::from("…");
        vec![
            Self::UnknownParameter { name: text(), value: text(), known: text() },
            Self::RepeatedParameter { name: text(), value: text() },
            Self::NoQuestion { known: text() },
            Self::SeveralQuestions { names: text() },
            Self::BadValue { parameter: text(), what: text(), value: text(), rule: text() },
            Self::BadEncoding { parameter: text() },
            Self::QueryTooLong(0),
            Self::BadBody(text()),
            Self::BodyTooLarge,
            Self::NotAcceptable { offered: text() },
            Self::UnsupportedMediaType,
            Self::NoHost,
            Self::NotFound,
            Self::MethodNotAllowed,
            Self::TimedOut,
            Self::TooManyRequests(0),
            Self::Busy,
            Self::NotReady,
            Self::Internal,
        ]
    }

    /// Whether something was asked that got no answer; else there was nothing to ask.
    pub fn is_about_a_question(&self) -> bool {
        !matches!(self, Self::NotFound | Self::MethodNotAllowed)
    }

    /// Its name in data: `unknown-parameter`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::UnknownParameter { .. } => "unknown-parameter",
            Self::RepeatedParameter { .. } => "repeated-parameter",
            Self::NoQuestion { .. } => "no-question",
            Self::SeveralQuestions { .. } => "several-questions",
            Self::BadValue { .. } => "bad-value",
            Self::BadEncoding { .. } => "bad-encoding",
            Self::QueryTooLong(_) => "query-too-long",
            Self::BadBody(_) => "bad-body",
            Self::BodyTooLarge => "body-too-large",
            Self::NotAcceptable { .. } => "not-acceptable",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::NoHost => "no-host",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::TimedOut => "timed-out",
            Self::TooManyRequests(_) => "too-many-requests",
            Self::Busy => "busy",
            Self::NotReady => "not-ready",
            Self::Internal => "internal",
        }
    }

    /// Its status code (RFC 9110 §15).
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::NotAcceptable { .. } => 406,
            Self::TimedOut => 408,
            Self::BodyTooLarge => 413,
            Self::QueryTooLong(_) => 414,
            Self::UnsupportedMediaType => 415,
            Self::TooManyRequests(_) => 429,
            Self::Internal => 500,
            Self::NotReady | Self::Busy => 503,
            _ => 400,
        }
    }

    /// The seconds after which it is worth to ask again, where that is known (RFC 9110 §10.2.3).
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooManyRequests(wait) => Some((*wait).max(1)),
            Self::Busy | Self::NotReady => Some(5),
            _ => None,
        }
    }

    /// Where its name is explained.
    pub fn docs(&self) -> String {
        format!("{}#{}", links::API_DOCS, self.name())
    }

    /// The parameter that it is about, where it is about one.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::UnknownParameter { name, .. } | Self::RepeatedParameter { name, .. } => Some(name),
            Self::BadValue { parameter, .. } | Self::BadEncoding { parameter } => Some(parameter),
            _ => None,
        }
    }

    /// The value that was found, where one was.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::UnknownParameter { value, .. } | Self::RepeatedParameter { value, .. } | Self::BadValue { value, .. } => {
                Some(value)
            }
            _ => None,
        }
    }
}
