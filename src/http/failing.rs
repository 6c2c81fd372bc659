use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    App,
    edge::{Private, known_tags, unchanged},
    query::Parameters,
    reply::{Complete, Form, Keep, reply},
};
use crate::render::{
    Failure, Language,
    html::{self, Search},
    links::{self, Way},
    problem,
};

/// Shows every failure in the words of this site, as data under `/api`, else as a page that keeps the input; and says "not
/// modified" to whoever has already what is sent.
pub async fn shown(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (method, uri, tags) = (request.method().clone(), request.uri().clone(), known_tags(&request));
    let mut response = match refused(&request) {
        Some(failure) => failure.into_response(),
        None => next.run(request).await,
    };
    if response.extensions().get::<Complete>().is_none() && !response.status().is_success() {
        return in_words(&app, &method, &uri, &response);
    }
    if let Some(tags) = tags {
        unchanged(&mut response, &tags);
    }
    response
}

/// A failure in the words of this site.
fn in_words(app: &App, method: &Method, uri: &Uri, response: &Response) -> Response {
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut marks = axum::http::Extensions::new();
    if let Some(private) = response.extensions().get::<Private>() {
        marks.insert(*private);
    }
    if *method == Method::OPTIONS && response.status() == StatusCode::METHOD_NOT_ALLOWED {
        return with_allow(reply(StatusCode::NO_CONTENT, Form::Text, Keep::Never, ""), allow);
    }
    let failure = response.extensions().get().cloned().unwrap_or_else(|| bare(response.status()));
    let shown = with_allow(rendered(app, &failure, uri.path(), uri.query()), allow);
    let mut shown = with_challenge(with_retry(shown, &failure), &failure);
    shown.extensions_mut().extend(marks);
    shown
}

/// Requests that are broken whatever they ask for.
pub fn refused(request: &Request) -> Option<Failure> {
    let hosts: Vec<_> = request.headers().get_all(header::HOST).iter().collect();
    let may_lack = request.version() < axum::http::Version::HTTP_11 || request.uri().host().is_some();
    let named = match hosts.as_slice() {
        [] => may_lack,
        [host] => is_host(host),
        _ => false,
    };
    (!named).then_some(Failure::NoHost)
}

/// Whether a value is the name or address of a host, perhaps with a port (RFC 9110 §7.2).
fn is_host(value: &HeaderValue) -> bool {
    let Some(authority) = value.to_str().ok().and_then(|host| host.parse::<Authority>().ok()) else { return false };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_[]:".contains(&byte);
    let port = authority.as_str().strip_prefix(authority.host()).unwrap_or_default();
    let is_port = port.is_empty() || port == ":" || authority.port_u16().is_some();
    !authority.host().is_empty() && authority.as_str().bytes().all(plain) && is_port
}

/// The failure behind a response that says no more than its status.
fn bare(status: StatusCode) -> Failure {
    match status {
        StatusCode::NOT_FOUND => Failure::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Failure::MethodNotAllowed,
        StatusCode::REQUEST_TIMEOUT => Failure::TimedOut,
        StatusCode::TOO_MANY_REQUESTS => Failure::TooManyRequests(1),
        StatusCode::PAYLOAD_TOO_LARGE => Failure::BodyTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Failure::UnsupportedMediaType,
        StatusCode::SERVICE_UNAVAILABLE => Failure::NotReady,
        status if status.is_client_error() => Failure::BadEncoding { parameter: "path".to_owned() },
        _ => Failure::Internal,
    }
}

fn rendered(app: &App, failure: &Failure, path: &str, query: Option<&str>) -> Response {
    let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if path.starts_with("/api/") || path == "/api" {
        let body = problem::json(failure).unwrap_or_default();
        return reply(status, Form::Problem, Keep::Never, body);
    }
    let current = app.current();
    // What may hold a token is repeated nowhere.
    let query = query.filter(|_| !failure.is_of_staff());
    let parameters = Parameters::read(query).unwrap_or_default();
    let kept = Search { question: parameters.first("q").unwrap_or_default(), ..Search::default() };
    let (language, path) = Language::of_path(path);
    // The page links to this path in other languages: one that begins with two slashes would lead to another site.
    let path = format!("/{}", path.trim_start_matches(['/', '\\']));
    let address = links::with_query(path.clone(), query);
    let site = current.site(app.today(&current), Way { language, ..Way::default() }, &address);
    let page = html::failure(failure, &kept, &path, &site).render(&site);
    reply(status, Form::Html, Keep::Never, page.into_string())
}

fn with_retry(mut response: Response, failure: &Failure) -> Response {
    if let Some(seconds) = failure.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Says which kind of token is wanted (RFC 6750 §3).
fn with_challenge(mut response: Response, failure: &Failure) -> Response {
    let challenge = match failure {
        Failure::NoAccess(why) => why.challenge(),
        _ => None,
    };
    let value = challenge.and_then(|challenge| HeaderValue::try_from(challenge).ok());
    response.headers_mut().extend(value.map(|value| (header::WWW_AUTHENTICATE, value)));
    response
}

fn with_allow(mut response: Response, allow: Option<axum::http::HeaderValue>) -> Response {
    response.headers_mut().extend(allow.map(|allow| HeaderMap::from_iter([(header::ALLOW, allow)])).unwrap_or_default());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_with_a_port_perhaps() {
        let is_host = |text: &[u8]| is_host(&HeaderValue::from_bytes(text).unwrap());
        for host in ["x", "map.example.org", "map.example.org:8080", "127.0.0.1:80", "[::1]:8080", "[2001:db8::1]", "a_b.local"] {
            assert!(is_host(host.as_bytes()), "{host}");
        }
        for none in ["", ":80", "a b", "u@a.org", "a.org/x", "a.org:99999", "a.org:x", "a,b", "a;b", "<x>", "a.org?x", "%41"] {
            assert!(!is_host(none.as_bytes()), "{none}");
        }
        assert!(!is_host(b"\xff\xfe"));
    }
}
