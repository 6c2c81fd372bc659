//! What each failure means and what to do about it, for who writes a program: in English alone.

use crate::render::{Failure, NoAccess};

/// What a failure means, in a sentence.
pub fn meaning(failure: &Failure) -> &'static str {
    match failure {
        Failure::UnknownParameter { .. } => "The address has a parameter that is not known here: none is ignored in silence.",
        Failure::RepeatedParameter { .. } => "A parameter stands in the address more than once.",
        Failure::NoQuestion { .. } => "No parameter asks anything.",
        Failure::SeveralQuestions { .. } => "More than one parameter asks something.",
        Failure::BadValue { .. } => "A value is empty, is not of the form that its parameter has, or names what does not exist.",
        Failure::BadEncoding { .. } => "The address, or a form, is not percent-encoded UTF-8.",
        Failure::QueryTooLong(_) => "What stands behind the question mark is longer than is read.",
        Failure::BadBody(_) => "The body is not what is read here.",
        Failure::BodyTooLarge => "The body has more bytes than are read here.",
        Failure::NotAcceptable { .. } => "The header `Accept` allows none of the forms that there are.",
        Failure::UnsupportedMediaType => "The body is of another kind than is read here, or does not say of which.",
        Failure::NoHost => "The request has no header `Host`, or several, or one that names no host.",
        Failure::NotFound | Failure::NoSuch { .. } => "There is nothing at this address: mostly, nothing has this id.",
        Failure::MethodNotAllowed => "The address exists, but not for this method.",
        Failure::TimedOut => "The request was not whole, or not answered, within 20 seconds.",
        Failure::TooManyRequests(_) => "This client asked more often than one client may.",
        Failure::Busy => "Too much work of this kind waits already.",
        Failure::NotReady => "The service has no data yet, or is about to stop.",
        Failure::Internal => "Something failed on the side of the service.",
        Failure::NotServed => {
            "The files on disk are other ones than those that are served, so that nothing can be tried on them."
        }
        Failure::BadDraft(_) => "The assignments that were to be tried have errors, so that nothing was tried.",
        Failure::NoAccess(why) => access(why).0,
    }
}

/// What to do about a failure, in a sentence.
pub fn remedy(failure: &Failure) -> &'static str {
    match failure {
        Failure::UnknownParameter { .. } => "Leave it out or correct its name: `rule` lists those that there are.",
        Failure::RepeatedParameter { .. } => "Send each parameter once.",
        Failure::NoQuestion { .. } => "Add one of those that `rule` lists.",
        Failure::SeveralQuestions { .. } => "Keep one; `lat` and `lon` together are one question.",
        Failure::BadValue { .. } => "`parameter` says which it is, `value` what was sent, and `rule` what values are like.",
        Failure::BadEncoding { .. } => "Encode values as `encodeURIComponent` does; `parameter` says which is broken.",
        Failure::QueryTooLong(_) => "Ask with less text.",
        Failure::BadBody(_) => "`rule` says what it must be.",
        Failure::BodyTooLarge => "Send less, or a table in several pieces.",
        Failure::NotAcceptable { .. } => "Accept one of those that `rule` lists, or `*/*`.",
        Failure::UnsupportedMediaType => "Send it with `Content-Type: application/json`.",
        Failure::NoHost => "Send the header once, as every client does of itself.",
        Failure::NotFound | Failure::NoSuch { .. } => {
            "`rule`, where there is one, says what ids are like and where they are listed."
        }
        Failure::MethodNotAllowed => "The header `Allow` lists the methods.",
        Failure::TimedOut => "Ask again.",
        Failure::TooManyRequests(_) | Failure::Busy | Failure::NotReady => {
            "Ask again after as many seconds as `Retry-After` says."
        }
        Failure::Internal => "Ask again later; if it stays, tell whoever runs the service the `X-Request-Id`.",
        Failure::NotServed => "`/status` says whether they are being read, have errors or wait for a go-ahead; then ask again.",
        Failure::BadDraft(_) => "Mend what `detail` lists.",
        Failure::NoAccess(why) => access(why).1,
    }
}

/// Why somebody is not let in, and what to do about it.
fn access(why: &NoAccess) -> (&'static str, &'static str) {
    let new = "Ask whoever runs the service for a new one.";
    match why {
        NoAccess::Closed => {
            ("No token is valid at all, so that the staff area is closed.", "Have one made with `coverage-map token new`.")
        }
        NoAccess::Unavailable => (
            "The records of tokens cannot be read or written, so that nobody is let in.",
            "Ask again later; the log of the service says why.",
        ),
        NoAccess::NoToken => {
            ("What was asked for needs a token, and none was sent.", "Send it in the header `Authorization: Bearer`.")
        }
        NoAccess::WrongToken => ("There is no such token.", "Copy it whole, with all of its signs."),
        NoAccess::Expired => ("The time of the token is over.", new),
        NoAccess::Revoked => ("The token was revoked.", new),
        NoAccess::NotPermitted(_) => (
            "The token lacks the scope that is needed, which `detail` names.",
            "Ask whoever runs the service for one that has it.",
        ),
        NoAccess::TokenInAddress => (
            "A token stood in the address, where histories and logs keep it.",
            "Have it revoked, and send the next one in the header `Authorization: Bearer`.",
        ),
        NoAccess::FromAnotherSite => {
            ("A page of another site made a browser send this.", "Send it from a program, or from a page of this site.")
        }
    }
}
