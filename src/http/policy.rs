//! What browsers may do with a response: headers that are the same for all of a kind, made once.

use std::{fmt, str::FromStr};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use super::PublicUrl;
use crate::render::svg;

/// Nothing but this site's own script and pictures; whose style, and who may frame it, follows.
const OWN: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; \
                   form-action 'self'; base-uri 'none'; style-src 'self'";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// How many headers a response may have before room for more is needed.
const USUAL_HEADERS: usize = 24;

/// Two years, as browsers ask for (RFC 6797 §6.1).
const ENCRYPTED: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Marks a response that pages of other sites may have in a frame.
#[derive(Clone, Copy, Debug)]
pub struct Framed;

/// Marks a picture that brings its own style.
#[derive(Clone, Copy, Debug)]
pub struct Styled;

/// A site that may show an embed in a frame: its origin, `https://*.example.org` for all below a name, or `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameAncestor(String);

/// A text that names no site.
#[derive(Debug, thiserror::Error)]
#[error("no site (got {0:?}); sites are written https://example.org or https://*.example.org, all sites *")]
pub struct NoFrameAncestor(String);

impl FromStr for FrameAncestor {
    type Err = NoFrameAncestor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let named = text.replacen("://*.", "://any.", 1);
        let is_host = |host: &str| {
            host.split('.').all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        };
        let is_origin = |uri: Uri| {
            let spoken = matches!(uri.scheme_str(), Some("http" | "https"));
            spoken && uri.host().is_some_and(is_host) && uri.path() == "/" && uri.query().is_none() && !named.ends_with('/')
        };
        let is_site = text == "*" || named.parse::<Uri>().is_ok_and(is_origin) && !text.contains(['@', '#']);
        if is_site { Ok(Self(text.to_owned())) } else { Err(NoFrameAncestor(text.to_owned())) }
    }
}

impl fmt::Display for FrameAncestor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The headers that keep responses safe.
#[derive(Clone, Debug)]
pub struct Policy {
    page: HeaderValue,
    frame: HeaderValue,
    picture: HeaderValue,
    is_encrypted: bool,
}

impl Policy {
    /// A policy that lets these sites frame embeds, all where none is named; for a site that the world knows by this
    /// address, where that has been said.
    pub fn new(ancestors: &[FrameAncestor], public_url: Option<&PublicUrl>) -> Self {
        let sites = ancestors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let sites = if sites.is_empty() { "*" } else { &sites };
        let style = BASE64_STANDARD.encode(Sha256::digest(svg::dark_style()));
        Self {
            page: value(format!("{OWN}; frame-ancestors 'none'")),
            frame: value(format!("{OWN}; frame-ancestors {sites}")),
            picture: value(format!("{OWN} 'sha256-{style}'; frame-ancestors 'none'")),
            is_encrypted: public_url.is_some_and(|url| url.as_str().starts_with("https://")),
        }
    }

    /// Puts the headers on a response.
    pub fn put(&self, headers: &mut HeaderMap, framed: bool, styled: bool, shared: bool) {
        let policy = match (framed, styled) {
            (true, _) => &self.frame,
            (false, true) => &self.picture,
            (false, false) => &self.page,
        };
        headers.reserve(USUAL_HEADERS.saturating_sub(headers.len()));
        headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        let mut put = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
        if !framed {
            // It has no words for "anywhere" and for a list of sites.
            put(header::X_FRAME_OPTIONS, "DENY");
        }
        put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        put(header::REFERRER_POLICY, "same-origin");
        put(PERMISSIONS_POLICY, "camera=(), geolocation=(self), microphone=()");
        put(OPENER_POLICY, "same-origin");
        put(RESOURCE_POLICY, if shared { "cross-origin" } else { "same-origin" });
        if self.is_encrypted {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, ENCRYPTED);
        }
    }
}

/// A policy as a header; the strictest one where it could be none.
fn value(policy: String) -> HeaderValue {
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_origins() {
        let read = |text: &str| text.parse::<FrameAncestor>().map(|site| site.to_string()).ok();
        for site in ["https://example.org", "https://*.example.org", "http://localhost:3000", "*"] {
            assert_eq!(read(site).as_deref(), Some(site));
        }
        for none in [
            "",
            "example.org",
            "https://example.org/",
            "https://example.org/a",
            "ftp://x",
            "'self'",
            "https://a;b",
            "https://a b",
            "https://a.*.b",
            "https://u@a",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn embeds_may_be_framed_by_the_sites_that_are_named_and_pages_by_nobody() {
        let sites = ["https://a.example".parse().unwrap(), "https://*.b.example".parse().unwrap()];
        let policy = Policy::new(&sites, Some(&"https://map.example.org".parse().unwrap()));
        let put = |framed| {
            let mut headers = HeaderMap::new();
            policy.put(&mut headers, framed, false, false);
            headers
        };
        let (frame, page) = (put(true), put(false));
        assert!(
            frame["content-security-policy"].to_str().unwrap().ends_with("frame-ancestors https://a.example https://*.b.example")
        );
        assert!(page["content-security-policy"].to_str().unwrap().ends_with("frame-ancestors 'none'"));
        assert_eq!((frame.get("x-frame-options"), &page["x-frame-options"]), (None, &HeaderValue::from_static("DENY")));
        assert_eq!(page["strict-transport-security"], "max-age=63072000");
    }
}
