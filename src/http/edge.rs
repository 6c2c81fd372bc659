use std::{any::Any, sync::Arc, time::Duration, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
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
    App, Client, meter,
    policy::{Framed, Policy, Styled},
    prepared::suffixed,
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

/// Turns clients away that ask too often; who asks after the service's health is always told.
pub async fn admitted(request: Request, next: Next) -> Response {
    let wait = request.extensions().get::<Client>().and_then(|client| client.wait);
    match wait.filter(|_| !matches!(request.uri().path(), "/livez" | "/readyz")) {
        Some(wait) => {
            metrics::counter!("coverage_map_shed_total", "what" => "client").increment(1);
            Failure::TooManyRequests(wait.as_secs() + 1).into_response()
        }
        None => next.run(request).await,
    }
}

/// Ends what takes too long.
pub async fn in_time(request: Request, next: Next) -> Response {
    let patience = request.extensions().get::<Client>().map_or(PATIENCE, |client| client.patience);
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::TimedOut.into_response(),
    }
}

/// Turns a panic of a handler into a failure of that one request.
pub fn catch_panics() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(|_| {
        metrics::counter!("coverage_map_panics_total").increment(1);
        tracing::error!("a handler panicked");
        Failure::Internal.into_response()
    })
}

/// Says "not modified" to whoever has it already.
pub async fn unchanged(request: Request, next: Next) -> Response {
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = request.headers().clone();
    let mut response = next.run(request).await;
    if readable
        && response.status() == StatusCode::OK
        && let Some(tag) = known(&asked, response.headers())
    {
        response.headers_mut().insert(header::ETAG, tag);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = axum::body::Body::empty();
        for gone in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
            response.headers_mut().remove(gone);
        }
    }
    response
}

/// Compresses what is worth it, at a speed that suits a request.
pub fn compressed() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(4))
}

/// Gives each coding of a body a tag of its own; prepared bodies have theirs.
pub async fn told_apart(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let coding = headers.get(header::CONTENT_ENCODING).and_then(|coding| coding.to_str().ok());
    let tag = coding.zip(headers.get(header::ETAG)).filter(|(coding, tag)| !is_suffixed(tag, coding));
    if let Some(tag) = tag.and_then(|(coding, tag)| suffixed(tag, coding)) {
        headers.insert(header::ETAG, tag);
    }
    response
}

fn is_suffixed(tag: &HeaderValue, coding: &str) -> bool {
    tag.to_str().is_ok_and(|tag| tag.ends_with(&format!(".{coding}\"")))
}

/// Puts the headers on every response that keep pages safe and let programs read the public data.
pub async fn guarded(State(policy): State<Arc<Policy>>, request: Request, next: Next) -> Response {
    let shared = is_shared(request.uri().path());
    let asks_to_share = request.method() == Method::OPTIONS;
    let mut response = next.run(request).await;
    let framed = response.extensions().get::<Framed>().is_some();
    let styled = response.extensions().get::<Styled>().is_some();
    let shared = shared && response.extensions().get::<Private>().is_none();
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

/// Counts and notes what was asked by its route alone: never a position, a ZIP, a question or an address.
pub async fn noted(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let method = meter::method(request.method());
    let started = Instant::now();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    if tracing::enabled!(tracing::Level::INFO) {
        let id = response.headers().get(&REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
        let (micros, generation) = (took.as_micros() as u64, app.current().snapshot.generation().to_string());
        tracing::info!(method, route, status, micros, generation, id, "request");
    }
    metrics::histogram!("coverage_map_request_duration_seconds", "route" => route.clone()).record(took);
    metrics::counter!("coverage_map_requests_total", "method" => method, "route" => route, "status" => status.to_string())
        .increment(1);
    response
}

/// Takes the id off a request that is none: what clients write would stand in the log.
pub async fn unidentified(mut request: Request, next: Next) -> Response {
    let is_one =
        |id: &HeaderValue| id.len() >= 32 && id.len() <= 36 && id.as_bytes().iter().all(|b| b.is_ascii_hexdigit() || *b == b'-');
    if request.headers().get(&REQUEST_ID).is_some_and(|id| !is_one(id)) {
        request.headers_mut().remove(&REQUEST_ID);
    }
    next.run(request).await
}

/// Gives each request an id that its response repeats.
pub fn identified() -> Stack<PropagateRequestIdLayer, Stack<SetRequestIdLayer<MakeRequestUuid>, Identity>> {
    Stack::new(
        PropagateRequestIdLayer::x_request_id(),
        Stack::new(SetRequestIdLayer::x_request_id(MakeRequestUuid), Identity::new()),
    )
}
