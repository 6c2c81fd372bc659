use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    response::Response,
};

use super::coding;
use crate::http::reply::known;

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
    let is_compressed = coding::is_compressed(response);
    response.headers_mut().insert(header::ETAG, tag);
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = Body::empty();
    for gone in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
        response.headers_mut().remove(gone);
    }
    if is_compressed {
        coding::vary(response.headers_mut());
    }
}
