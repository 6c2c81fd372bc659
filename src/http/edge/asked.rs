use std::time::Instant;

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    response::Response,
};
use tower_http::request_id::{MakeRequestId, MakeRequestUuid};

use super::guard::Sharing;
use crate::http::{App, meter};

/// The header that names a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What is noted of a request: its route alone, never a position, a ZIP, a question or an address.
pub struct Asked {
    method: &'static str,
    id: Option<HeaderValue>,
    at: Instant,
    /// Who may read what is answered.
    pub sharing: Sharing,
}

impl Asked {
    /// Notes what is asked, and takes an id that is none off it.
    pub fn of(request: &mut Request) -> Self {
        Self { at: Instant::now(), method: meter::method(request.method()), sharing: Sharing::of(request), id: id(request) }
    }

    /// Counts it, writes it to the log, and repeats its id in its response.
    pub fn note(&self, app: &App, response: &mut Response, route: Option<&str>) {
        let (route, method) = (route.unwrap_or("other"), self.method);
        let (status, took) = (response.status(), self.at.elapsed());
        if tracing::enabled!(tracing::Level::INFO) {
            let id = self.id.as_ref().and_then(|id| id.to_str().ok()).unwrap_or_default();
            let (micros, generation) = (took.as_micros() as u64, app.current().snapshot.generation().to_string());
            tracing::info!(method, route, status = status.as_u16(), micros, generation, id, "request");
        }
        meter::count(route, method, status, took);
        response.headers_mut().extend(self.id.clone().map(|id| (REQUEST_ID, id)));
    }
}

/// The id of a request: its own, or a new one.
fn id(request: &mut Request) -> Option<HeaderValue> {
    match request.headers().get(&REQUEST_ID) {
        Some(id) if is_id(id) => return Some(id.clone()),
        // What clients write would stand in the log.
        Some(_) => _ = request.headers_mut().remove(&REQUEST_ID),
        None => {}
    }
    MakeRequestUuid.make_request_id(request).map(|id| id.into_header_value())
}

fn is_id(id: &HeaderValue) -> bool {
    let digits = id.as_bytes().iter().filter(|byte| byte.is_ascii_hexdigit()).count();
    let hyphens = id.as_bytes().iter().filter(|byte| **byte == b'-').count();
    digits == 32 && matches!(hyphens, 0 | 4) && id.len() == digits + hyphens
}
