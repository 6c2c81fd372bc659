mod examples;

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
    /// There is nothing of this id.
    NoSuch {
        /// What it would be: a region, a partner.
        what: &'static str,
        /// The parameter of the path that has the id.
        parameter: &'static str,
        /// The id as it was given.
        value: String,
        /// What ids are like, and where they are listed.
        rule: &'static str,
    },
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
    /// Nobody may come in here, or not with what was shown.
    NoAccess(NoAccess),
    /// The files on disk are other ones than those that are served, so that nothing can be tried on them.
    NotServed,
    /// A draft of the assignments has errors; the first ones.
    BadDraft(String),
}

/// Why somebody may not come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAccess {
    /// No token is valid, or there is no state to keep tokens in.
    Closed,
    /// The state cannot be read or written, so that nobody's token can be looked at.
    Unavailable,
    /// No token was shown.
    NoToken,
    /// What was shown is no token.
    WrongToken,
    /// The token's time is over.
    Expired,
    /// The token was revoked.
    Revoked,
    /// The token is not good for it: the scope that is needed.
    NotPermitted(&'static str),
    /// The token stood in the address.
    TokenInAddress,
    /// The request came from a page of another site.
    FromAnotherSite,
}

impl NoAccess {
    const ALL: [Self; 9] = [
        Self::Closed,
        Self::Unavailable,
        Self::NoToken,
        Self::WrongToken,
        Self::Expired,
        Self::Revoked,
        Self::NotPermitted("reports"),
        Self::TokenInAddress,
        Self::FromAnotherSite,
    ];

    fn name(&self) -> &'static str {
        match self {
            Self::Closed => "staff-closed",
            Self::Unavailable => "staff-unavailable",
            Self::NoToken => "no-token",
            Self::WrongToken => "wrong-token",
            Self::Expired => "expired-token",
            Self::Revoked => "revoked-token",
            Self::NotPermitted(_) => "not-permitted",
            Self::TokenInAddress => "token-in-address",
            Self::FromAnotherSite => "from-another-site",
        }
    }

    fn status(&self) -> u16 {
        match self {
            Self::NoToken | Self::WrongToken | Self::Expired | Self::Revoked => 401,
            Self::Closed | Self::NotPermitted(_) | Self::FromAnotherSite => 403,
            Self::TokenInAddress => 400,
            Self::Unavailable => 503,
        }
    }

    /// What the response says about the token that it wants (RFC 6750 §3).
    pub fn challenge(&self) -> Option<String> {
        let error = match self {
            Self::NoToken => String::new(),
            Self::WrongToken | Self::Expired | Self::Revoked => ", error=\"invalid_token\"".to_owned(),
            Self::NotPermitted(scope) => format!(", error=\"insufficient_scope\", scope=\"{scope}\""),
            Self::Closed | Self::Unavailable | Self::TokenInAddress | Self::FromAnotherSite => return None,
        };
        Some(format!("Bearer realm=\"staff\"{error}"))
    }
}

impl Failure {
    /// Whether only requests with a token can fail so, or for want of one.
    pub fn is_of_staff(&self) -> bool {
        matches!(self, Self::NoAccess(_) | Self::NotServed | Self::BadDraft(_))
    }

    /// Whether something was asked that got no answer; else there was nothing to ask.
    pub fn is_about_a_question(&self) -> bool {
        !matches!(self, Self::NotFound | Self::NoSuch { .. } | Self::MethodNotAllowed)
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
            Self::NotFound | Self::NoSuch { .. } => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::TimedOut => "timed-out",
            Self::TooManyRequests(_) => "too-many-requests",
            Self::Busy => "busy",
            Self::NotReady => "not-ready",
            Self::Internal => "internal",
            Self::NoAccess(why) => why.name(),
            Self::NotServed => "not-served",
            Self::BadDraft(_) => "bad-draft",
        }
    }

    /// Its status code (RFC 9110 §15).
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound | Self::NoSuch { .. } => 404,
            Self::MethodNotAllowed => 405,
            Self::NotAcceptable { .. } => 406,
            Self::TimedOut => 408,
            Self::BodyTooLarge => 413,
            Self::QueryTooLong(_) => 414,
            Self::UnsupportedMediaType => 415,
            Self::TooManyRequests(_) => 429,
            Self::Internal => 500,
            Self::NotReady | Self::Busy => 503,
            Self::NoAccess(why) => why.status(),
            Self::NotServed => 409,
            Self::BadDraft(_) => 422,
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
            Self::NoSuch { parameter, .. } => Some(parameter),
            _ => None,
        }
    }

    /// The value that was found, where one was.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::UnknownParameter { value, .. }
            | Self::RepeatedParameter { value, .. }
            | Self::BadValue { value, .. }
            | Self::NoSuch { value, .. } => Some(value),
            _ => None,
        }
    }
}
