use super::quantities::thousands;
use crate::render::Failure;

/// A failure in a few words, the same for all of its kind.
pub fn failure_title(failure: &Failure) -> &'static str {
    match failure {
        Failure::UnknownParameter { .. } => "Unknown parameter",
        Failure::RepeatedParameter { .. } => "Repeated parameter",
        Failure::NoQuestion { .. } => "Nothing was asked",
        Failure::SeveralQuestions { .. } => "More than one question",
        Failure::BadValue { .. } => "A value could not be read",
        Failure::BadEncoding { .. } => "The address could not be read",
        Failure::QueryTooLong(_) => "The question is too long",
        Failure::BadBody(_) => "The body could not be read",
        Failure::BodyTooLarge => "The body is too long",
        Failure::UnsupportedMediaType => "Unknown kind of body",
        Failure::NoHost => "No host was named",
        Failure::NotFound => "There is no page here",
        Failure::MethodNotAllowed => "That cannot be done here",
        Failure::TimedOut => "The request took too long",
        Failure::NotReady => "The service is not ready",
        Failure::Internal => "Something failed on our side",
    }
}

/// The rule that the request broke, where there is one.
pub fn failure_rule(failure: &Failure) -> Option<String> {
    Some(match failure {
        Failure::UnknownParameter { known, .. } => format!("parameters here are {known}"),
        Failure::RepeatedParameter { .. } => "a parameter stands in a request once".to_owned(),
        Failure::NoQuestion { known } | Failure::SeveralQuestions { names: known } => {
            format!("exactly one of {known} asks the question")
        }
        Failure::BadValue { rule, .. } => rule.clone(),
        Failure::BadEncoding { .. } => "queries are percent-encoded UTF-8".to_owned(),
        Failure::QueryTooLong(limit) => format!("queries have at most {} bytes", thousands(*limit as u64)),
        Failure::BadBody(rule) => rule.clone(),
        Failure::UnsupportedMediaType => "bodies are application/json".to_owned(),
        Failure::NoHost => "HTTP/1.1 requests have exactly one Host (RFC 9112 §3.2)".to_owned(),
        _ => return None,
    })
}

/// What happened and what to do about it, in one or two sentences.
pub fn failure_detail(failure: &Failure) -> String {
    match failure {
        Failure::UnknownParameter { name, .. } => format!("There is no parameter {name:?} here."),
        Failure::RepeatedParameter { name } => format!("The parameter {name:?} stands in the request more than once."),
        Failure::NoQuestion { known } => format!("The request asks nothing. Add one of {known}."),
        Failure::SeveralQuestions { names } => format!("The request asks several questions at once: {names}. Keep one."),
        Failure::BadValue { parameter, what, value, rule } => format!("{parameter}: {what} (got {value:?}); {rule}."),
        Failure::BadEncoding { parameter } => format!("The value of {parameter} is not percent-encoded UTF-8."),
        Failure::QueryTooLong(limit) => format!("Please ask with less text: {} bytes at most.", thousands(*limit as u64)),
        Failure::BadBody(rule) => format!("The body could not be read: {rule}."),
        Failure::BodyTooLarge => "The body is longer than is read here.".to_owned(),
        Failure::UnsupportedMediaType => "Send the body as application/json.".to_owned(),
        Failure::NoHost => "The request does not say which host it is for.".to_owned(),
        Failure::NotFound => "The address may be misspelt, or what was here has moved.".to_owned(),
        Failure::MethodNotAllowed => "This address exists, but not for this method.".to_owned(),
        Failure::TimedOut => "The request was not finished in time. Please try again.".to_owned(),
        Failure::NotReady => "Please try again in a moment.".to_owned(),
        Failure::Internal => "The fault is ours and has been recorded. Please try again in a moment.".to_owned(),
    }
}
