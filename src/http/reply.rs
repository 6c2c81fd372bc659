use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::render::Failure;

/// How long what may be kept by whom: named, so that each route says what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Its address changes with its content.
    Forever,
    /// A page: a minute, and stale while a new one is fetched or when that fails.
    Page,
    /// An answer as data: a minute.
    Answer,
    /// Nobody keeps it.
    Never,
}

impl Keep {
    /// The value of `Cache-Control` (RFC 9111 §5.2, RFC 5861).
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Page => "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400",
            Self::Answer => "public, max-age=60",
            Self::Never => "no-store",
        })
    }
}

/// The forms in which things are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A page or a piece of one.
    Html,
    /// Data.
    Json,
    /// Data with its places (RFC 7946).
    GeoJson,
    /// A failure as data (RFC 9457).
    Problem,
    /// Data as elements.
    Xml,
    /// A picture made of shapes.
    Svg,
    /// A picture made of pixels.
    Png,
    /// A stylesheet.
    Css,
    /// A script.
    Script,
    /// A day for a calendar.
    Calendar,
    /// A word for operators.
    Text,
}

impl Form {
    /// Its media type.
    pub fn media_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Css => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Xml => "text/xml; charset=utf-8",
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            other => other.essence(),
        })
    }

    /// Its media type without parameters.
    pub fn essence(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
            Self::Problem => "application/problem+json",
            Self::Xml => "text/xml",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Css => "text/css",
            Self::Script => "text/javascript",
            Self::Calendar => "text/calendar",
            Self::Text => "text/plain",
        }
    }

    /// What addresses of it end with, where a thing comes in several forms.
    pub fn suffix(self) -> Option<&'static str> {
        match self {
            Self::Json => Some(".json"),
            Self::GeoJson => Some(".geojson"),
            _ => None,
        }
    }
}

/// Marks a response that is no success and whose body says all that there is to say.
#[derive(Clone, Copy, Debug)]
pub struct Complete;

/// A complete response.
pub fn reply(status: StatusCode, form: Form, keep: Keep, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, form.media_type());
    response.headers_mut().insert(header::CACHE_CONTROL, keep.header());
    if !status.is_success() {
        response.extensions_mut().insert(Complete);
    }
    response
}

/// Gives a response its tag.
pub fn tagged(mut response: Response, tag: &str) -> Response {
    response.headers_mut().extend(weak(tag).map(|tag| (header::ETAG, tag)));
    response
}

/// A tag as it is sent: weak, because compression changes the bytes and not what they say.
pub fn weak(tag: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("W/\"{tag}\"")).ok()
}

/// The tag by which the client has what is tagged so, in whichever coding (RFC 9110 §13.1.2, weak comparison).
pub fn known(request: &HeaderMap, response: &HeaderMap) -> Option<HeaderValue> {
    let own = response.get(header::ETAG)?;
    let wanted = opaque(own.to_str().ok()?)?;
    let lists = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    let mut named = lists.flat_map(|list| list.split(',')).map(str::trim);
    let tag = named.find(|tag| *tag == "*" || opaque(tag) == Some(wanted))?;
    if tag == "*" { Some(own.clone()) } else { HeaderValue::from_str(tag).ok() }
}

/// What a tag stands for: without its weakness and the coding of the body; `None` where it is no tag.
fn opaque(tag: &str) -> Option<&str> {
    let tag = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?;
    Some(tag.strip_suffix(".br").or_else(|| tag.strip_suffix(".gzip")).unwrap_or(tag))
}

impl IntoResponse for Failure {
    /// A bare response that carries the failure; how it is shown depends on who asked.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_tag_is_recognised_in_a_list_and_without_its_weakness() {
        let response = tagged(Response::new(Body::empty()), "abc-html");
        let known = |value: &'static str| {
            let request = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))]);
            known(&request, response.headers()).map(|tag| tag.to_str().unwrap().to_owned())
        };
        assert_eq!(known("W/\"abc-html\"").as_deref(), Some("W/\"abc-html\""));
        assert_eq!(known("\"x\", W/\"abc-html.br\"").as_deref(), Some("W/\"abc-html.br\""));
        assert_eq!(known("*").as_deref(), Some("W/\"abc-html\""));
        assert_eq!((known("\"abc\""), known("")), (None, None));
        assert_eq!((known("W/W/\"abc-html\""), known("\"\"abc-html\"\""), known("abc-html")), (None, None, None));
    }
}
