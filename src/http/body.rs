use std::error::Error;

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, header},
};

use crate::render::Failure;

/// The bytes of a body, up to a limit; one that says that it is longer is refused before any of it is read.
///
/// # Errors
/// When the body is too long, breaks off, or is not framed as HTTP frames it.
pub async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Failure> {
    let said = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    if said.is_some_and(|length: u64| length > limit as u64) {
        return Err(Failure::BodyTooLarge);
    }
    to_bytes(body, limit).await.map_err(|error| {
        let too_long = error.source().is_some_and(|source| source.is::<http_body_util::LengthLimitError>());
        if too_long { Failure::BodyTooLarge } else { Failure::BadBody("a body comes whole, in well-formed chunks".to_owned()) }
    })
}
