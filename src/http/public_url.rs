use std::{fmt, str::FromStr};

use axum::http::{HeaderMap, Uri, header};

/// The address by which the world knows the service: a scheme, a host, and maybe a path; no slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// A text that is no public address.
#[derive(Debug, thiserror::Error)]
#[error("public address: not one (got {0:?}); it is written https://map.example.org, with a path where there is one")]
pub struct NoPublicUrl(String);

impl PublicUrl {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that a request came to, where nobody has said what it is: encrypted, unless it came to this machine.
    pub fn asked(headers: &HeaderMap, uri: &Uri) -> Option<Self> {
        // Where the target names a host, that one is meant (RFC 9112 §3.2.2).
        let named = || headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = uri.authority().map(|authority| authority.as_str()).or_else(named)?;
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let scheme = if matches!(name, "localhost" | "127.0.0.1" | "[::1]") { "http" } else { "https" };
        format!("{scheme}://{host}").parse().ok()
    }
}

impl FromStr for PublicUrl {
    type Err = NoPublicUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NoPublicUrl(text.to_owned());
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let spoken = matches!(uri.scheme_str(), Some("http" | "https"));
        let plain = uri.query().is_none() && !text.contains(['#', '@', '"', '<', '>', '&', '\'']);
        if spoken && plain && uri.host().is_some_and(|host| !host.is_empty()) {
            Ok(Self(text.trim_end_matches('/').to_owned()))
        } else {
            Err(wrong())
        }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_public_address_has_a_scheme_and_a_host_and_no_slash_at_its_end() {
        let read = |text: &str| text.parse().map(|url: PublicUrl| url.to_string()).ok();
        assert_eq!(read("https://map.example.org/").as_deref(), Some("https://map.example.org"));
        assert_eq!(read("http://127.0.0.1:8080/partners-map").as_deref(), Some("http://127.0.0.1:8080/partners-map"));
        for bad in [
            "",
            "map.example.org",
            "ftp://example.org",
            "https://",
            "/map",
            "https://a.org/?x=1",
            "https://u@a.org",
            "javascript:alert(1)",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_that_nobody_has_said_is_the_one_that_was_asked() {
        let asked = |host: &'static str| {
            let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
            PublicUrl::asked(&headers, &Uri::from_static("/embed")).map(|url| url.to_string())
        };
        assert_eq!(asked("map.example.org").as_deref(), Some("https://map.example.org"));
        assert_eq!(asked("127.0.0.1:8080").as_deref(), Some("http://127.0.0.1:8080"));
        assert_eq!(asked("[::1]:8080").as_deref(), Some("http://[::1]:8080"));
        assert_eq!(asked("a.org/\"><script>"), None);
    }
}
