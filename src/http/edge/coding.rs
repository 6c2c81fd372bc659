use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer, Predicate,
        predicate::{NotForContentType, SizeAbove},
    },
};

use crate::http::prepared::{self, suffixed};

/// Bodies of fewer bytes are sent as they are: to compress an answer of two kilobytes takes several times as long as to find
/// out what it says, and it comes in as many packets.
const WORTH_IT: u64 = 4096;

/// Compresses what is worth it, at a speed that suits a request.
pub fn compressed() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(worth_it())
}

fn worth_it() -> impl Predicate {
    SizeAbove::new(WORTH_IT).and(NotForContentType::IMAGES)
}

/// Whether a body is compressed for who takes it so.
pub fn is_compressed(response: &Response) -> bool {
    worth_it().should_compress(response)
}

/// Leaves of what a client accepts the one coding that it gets. Who accepts nothing at all gets a body as it is, which is
/// better than a refusal (RFC 9110 §12.5.3); the compression would refuse behind everybody's back.
pub fn settle(headers: &mut HeaderMap) {
    if headers.contains_key(header::ACCEPT_ENCODING) {
        match prepared::accepted(headers) {
            Some(coding) => _ = headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(coding.name())),
            None => _ = headers.remove(header::ACCEPT_ENCODING),
        }
    }
}

/// Gives each coding of a body a tag of its own; prepared bodies have theirs.
pub fn tell_apart(headers: &mut HeaderMap) {
    let coding = headers.get(header::CONTENT_ENCODING).and_then(|coding| coding.to_str().ok());
    let tag = coding.zip(headers.get(header::ETAG)).filter(|(coding, tag)| !is_suffixed(tag, coding));
    if let Some(tag) = tag.and_then(|(coding, tag)| suffixed(tag, coding)) {
        headers.insert(header::ETAG, tag);
    }
}

fn is_suffixed(tag: &HeaderValue, coding: &str) -> bool {
    let own = tag.as_bytes().strip_suffix(b"\"").and_then(|tag| tag.strip_suffix(coding.as_bytes()));
    own.is_some_and(|tag| tag.ends_with(b"."))
}

/// Says of what has no body to be compressed what is said where it has one (RFC 9110 §15.4.5).
pub fn vary(headers: &mut HeaderMap) {
    let names = |value: &HeaderValue| value.to_str().is_ok_and(|names| names.to_ascii_lowercase().contains("accept-encoding"));
    if !headers.get_all(header::VARY).iter().any(names) {
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
}
