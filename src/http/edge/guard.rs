use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

use crate::{
    http::policy::{Framed, Policy, Styled},
    render::Language,
};

/// Marks a response that no page of another site may read, wherever it is.
#[derive(Clone, Copy, Debug)]
pub struct Private;

/// What pages of other sites may do with a response.
#[derive(Clone, Copy, Debug)]
pub struct Sharing {
    /// Whether they may read it.
    is_shared: bool,
    /// Whether it is asked what they may ask.
    is_asked_for: bool,
}

impl Sharing {
    /// What they may do with the response to a request.
    pub fn of(request: &Request) -> Self {
        Self { is_shared: is_shared(request.uri().path()), is_asked_for: request.method() == Method::OPTIONS }
    }

    const NONE: Self = Self { is_shared: false, is_asked_for: false };
}

/// Puts the headers on a response that keep pages safe and let programs read the public data.
pub fn guard(response: &mut Response, policy: &Policy, sharing: Sharing) {
    let framed = response.extensions().get::<Framed>().is_some();
    let styled = response.extensions().get::<Styled>().is_some();
    let shared = sharing.is_shared && response.extensions().get::<Private>().is_none();
    let headers = response.headers_mut();
    policy.put(headers, framed, styled, shared);
    let mut put = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    if shared {
        put(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        put(header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After, X-Request-Id");
    }
    if shared && sharing.is_asked_for {
        put(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
        put(header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, If-None-Match");
        put(header::ACCESS_CONTROL_MAX_AGE, "86400");
    }
}

/// The headers alone, for what nobody else's pages may read.
pub async fn guarded(State(policy): State<Arc<Policy>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    guard(&mut response, &policy, Sharing::NONE);
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
