use std::{any::Any, time::Duration, time::Instant};

use axum::{
    extract::{MatchedPath, Request},
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

use super::{Client, reply::is_known};
use crate::render::{Failure, Language};

/// How long a request may take from its head to its response's head.
const PATIENCE: Duration = Duration::from_secs(20);

/// Nothing but this site's own style, script and pictures; who may frame it follows.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                                frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

/// Marks a response that pages of any site may have in a frame.
#[derive(Clone, Copy, Debug)]
pub struct Framed;

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
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::TimedOut.into_response(),
    }
}

/// Turns a panic of a handler into a failure of that one request.
pub fn catch_panics() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(|_| {
        tracing::error!("a handler panicked");
        Failure::Internal.into_response()
    })
}

/// Says "not modified" to whoever has it already.
pub async fn unchanged(request: Request, next: Next) -> Response {
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = request.headers().clone();
    let mut response = next.run(request).await;
    if readable && response.status() == StatusCode::OK && is_known(&asked, response.headers()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = axum::body::Body::empty();
        for gone in [header::CONTENT_TYPE, header::CONTENT_LENGTH] {
            response.headers_mut().remove(gone);
        }
    }
    response
}

/// Compresses what is worth it, at a speed that suits a request.
pub fn compressed() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(4))
}

/// Puts the headers on every response that keep pages safe and let programs read the public data.
pub async fn guarded(request: Request, next: Next) -> Response {
    let shared = is_shared(request.uri().path());
    let asks_to_share = request.method() == Method::OPTIONS;
    let mut response = next.run(request).await;
    let framed = response.extensions().get::<Framed>().is_some();
    let headers = response.headers_mut();
    // X-Frame-Options has no word for "anywhere".
    let (ancestors, options) = if framed { ("*", None) } else { ("'none'", Some("DENY")) };
    if let Ok(policy) = HeaderValue::try_from(format!("{CONTENT_SECURITY}{ancestors}")) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.extend(options.map(|options| (header::X_FRAME_OPTIONS, HeaderValue::from_static(options))));
    let mut put = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(self), microphone=()");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), if shared { "cross-origin" } else { "same-origin" });
    if shared {
        put(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        put(header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, X-Request-Id");
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

/// Notes what was asked by its route alone: never a position, a ZIP, a question or an address.
pub async fn logged(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().clone();
    let started = Instant::now();
    let response = next.run(request).await;
    let (status, micros) = (response.status().as_u16(), started.elapsed().as_micros() as u64);
    tracing::info!(%method, route, status, micros, "request");
    response
}

/// Gives each request an id that its response repeats.
pub fn identified() -> Stack<PropagateRequestIdLayer, Stack<SetRequestIdLayer<MakeRequestUuid>, Identity>> {
    Stack::new(
        PropagateRequestIdLayer::x_request_id(),
        Stack::new(SetRequestIdLayer::x_request_id(MakeRequestUuid), Identity::new()),
    )
}
