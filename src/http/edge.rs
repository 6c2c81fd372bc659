use std::{any::Any, sync::Arc, time::Duration, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower::layer::util::{Identity, Stack};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
};

use super::{
    App, Client, demand, grounds, meter,
    policy::{Framed, Policy, Styled},
    prepared::{self, suffixed},
    reply::known,
};
use crate::render::{Failure, Language};

/// The header that names a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How long a request may take from its head to its response's head.
const PATIENCE: Duration = Duration::from_secs(20);

/// Marks a response that no page of another site may read, wherever it is.
#[derive(Clone, Copy, Debug)]
pub struct Private;

/// What is around a handler: who asks too often is turned away, what is ready is sent, what takes too long is ended, and what
/// nobody serves is counted.
pub async fn within(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let client = request.extensions().get::<Client>().copied();
    if let Some(refused) = turned_away(client, request.uri().path()) {
        return refused;
    }
    if let Some(prepared) = prepared::answer(&app, &request) {
        return prepared;
    }
    let by_person = demand::is_counted(&app, &request);
    if let Some(answer) = grounds::answer(&app, &request) {
        demand::count(&app, by_person, &answer);
        return answer;
    }
    let patience = client.map_or(PATIENCE, |client| client.patience);
    let Ok(response) = tokio::time::timeout(patience, next.run(request)).await else {
        return Failure::TimedOut.into_response();
    };
    demand::count(&app, by_person, &response);
    response
}

/// Turns clients away that ask too often; who asks after the service's health is always told.
fn turned_away(client: Option<Client>, path: &str) -> Option<Response> {
    let wait = client?.wait.filter(|_| !matches!(path, "/livez" | "/readyz"))?;
    metrics::counter!("coverage_map_shed_total", "what" => "client").increment(1);
    Some(Failure::TooManyRequests(wait.as_secs() + 1).into_response())
}

/// Turns a panic of a handler into a failure of that one request.
pub fn catch_panics() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(|_| {
        metrics::counter!("coverage_map_panics_total").increment(1);
        tracing::error!("a handler panicked");
        Failure::Internal.into_response()
    })
}

/// The tags that a client has already, where it may be told that nothing has changed.
pub fn known_tags(request: &Request) -> Option<HeaderMap> {
    let asks = matches!(*request.method(), Method::GET | Method::HEAD) && request.headers().contains_key(header::IF_NONE_MATCH);
    let tags = request.headers().get_all(header::IF_NONE_MATCH);
    asks.then(|| tags.iter().map(|tag| (header::IF_NONE_MATCH, tag.clone())).collect())
}

/// Says "not modified" to whoever has it already.
pub fn unchanged(response: &mut Response, tags: &HeaderMap) {
    if response.status() != StatusCode::OK {
        return;
    }
    let Some(tag) = known(tags, response.headers()) else { return };
    response.headers_mut().insert(header::ETAG, tag);
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = axum::body::Body::empty();
    for gone in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
        response.headers_mut().remove(gone);
    }
    vary_with_coding(response.headers_mut());
}

/// Says of what has no body to be compressed what is said where it has one (RFC 9110 §15.4.5).
fn vary_with_coding(headers: &mut HeaderMap) {
    let names = |value: &HeaderValue| value.to_str().is_ok_and(|names| names.to_ascii_lowercase().contains("accept-encoding"));
    if !headers.get_all(header::VARY).iter().any(names) {
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
}

/// Compresses what is worth it, at a speed that suits a request.
pub fn compressed() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(4))
}

/// Leaves of what a client accepts the one coding that it gets. Who accepts nothing at all gets a body as it is, which is
/// better than a refusal (RFC 9110 §12.5.3); the compression would refuse behind everybody's back.
fn settle_coding(headers: &mut HeaderMap) {
    if headers.contains_key(header::ACCEPT_ENCODING) {
        match prepared::accepted(headers) {
            Some(coding) => _ = headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(coding.name())),
            None => _ = headers.remove(header::ACCEPT_ENCODING),
        }
    }
}

/// Gives each coding of a body a tag of its own; prepared bodies have theirs.
fn tell_apart(headers: &mut HeaderMap) {
    let coding = headers.get(header::CONTENT_ENCODING).and_then(|coding| coding.to_str().ok());
    let tag = coding.zip(headers.get(header::ETAG)).filter(|(coding, tag)| !is_suffixed(tag, coding));
    if let Some(tag) = tag.and_then(|(coding, tag)| suffixed(tag, coding)) {
        headers.insert(header::ETAG, tag);
    }
}

fn is_suffixed(tag: &HeaderValue, coding: &str) -> bool {
    tag.to_str().is_ok_and(|tag| tag.ends_with(&format!(".{coding}\"")))
}

/// Puts the headers on every response that keep pages safe and let programs read the public data.
fn guard(response: &mut Response, policy: &Policy, is_shared: bool, asks_to_share: bool) {
    let framed = response.extensions().get::<Framed>().is_some();
    let styled = response.extensions().get::<Styled>().is_some();
    let shared = is_shared && response.extensions().get::<Private>().is_none();
    let headers = response.headers_mut();
    policy.put(headers, framed, styled, shared);
    let mut put = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    if shared {
        put(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        put(header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After, X-Request-Id");
    }
    if shared && asks_to_share {
        put(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
        put(header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, If-None-Match");
        put(header::ACCESS_CONTROL_MAX_AGE, "86400");
    }
}

/// The headers alone, for what nobody else's pages may read.
pub async fn guarded(State(policy): State<Arc<Policy>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    guard(&mut response, &policy, false, false);
    response
}

/// What other sites may read: the public data, the embeds and what they look like.
fn is_shared(path: &str) -> bool {
    let embed = matches!(
        Language::of_path(path).1,
        "/fragment/map" | "/embed/map" | "/embed.js" | "/embed.css" | "/oembed" | "/map.svg" | "/map.png"
    );
    embed || path.starts_with("/api/") || path.starts_with("/static/") || path == "/openapi.json"
}

/// What is around everything, failures too: safe headers, tags of codings, and a note of what was asked.
#[derive(Clone)]
pub struct Around {
    app: Arc<App>,
    policy: Arc<Policy>,
}

impl Around {
    /// What is around the answers of a service.
    pub fn of(app: &Arc<App>) -> Self {
        Self { app: app.clone(), policy: Arc::new(app.policy()) }
    }
}

/// Sees every request first and every response last.
pub async fn around(State(Around { app, policy }): State<Around>, mut request: Request, next: Next) -> Response {
    drop_made_up_id(&mut request);
    settle_coding(request.headers_mut());
    let asked = Asked::of(&request);
    let is_shared = is_shared(request.uri().path());
    let asks_to_share = request.method() == Method::OPTIONS;
    let mut response = next.run(request).await;
    tell_apart(response.headers_mut());
    guard(&mut response, &policy, is_shared, asks_to_share);
    asked.note(&app, &response);
    response
}

/// What is noted of a request: its route alone, never a position, a ZIP, a question or an address.
struct Asked {
    route: Option<MatchedPath>,
    method: &'static str,
    at: Instant,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().cloned();
        Self { route, method: meter::method(request.method()), at: Instant::now() }
    }

    /// Counts it, and writes it to the log.
    fn note(&self, app: &App, response: &Response) {
        let (route, method) = (self.route.as_ref().map_or("other", MatchedPath::as_str), self.method);
        let (status, took) = (response.status(), self.at.elapsed());
        if tracing::enabled!(tracing::Level::INFO) {
            let id = response.headers().get(&REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
            let (micros, generation) = (took.as_micros() as u64, app.current().snapshot.generation().to_string());
            tracing::info!(method, route, status = status.as_u16(), micros, generation, id, "request");
        }
        meter::count(route, method, status, took);
    }
}

/// Takes the id off a request that is none: what clients write would stand in the log.
fn drop_made_up_id(request: &mut Request) {
    let is_one = |id: &HeaderValue| {
        let digits = id.as_bytes().iter().filter(|byte| byte.is_ascii_hexdigit()).count();
        let hyphens = id.as_bytes().iter().filter(|byte| **byte == b'-').count();
        digits == 32 && matches!(hyphens, 0 | 4) && id.len() == digits + hyphens
    };
    if request.headers().get(&REQUEST_ID).is_some_and(|id| !is_one(id)) {
        request.headers_mut().remove(&REQUEST_ID);
    }
}

/// Gives each request an id that its response repeats.
pub fn identified() -> Stack<PropagateRequestIdLayer, Stack<SetRequestIdLayer<MakeRequestUuid>, Identity>> {
    Stack::new(
        PropagateRequestIdLayer::x_request_id(),
        Stack::new(SetRequestIdLayer::x_request_id(MakeRequestUuid), Identity::new()),
    )
}
