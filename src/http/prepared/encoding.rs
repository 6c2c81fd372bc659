use axum::http::{HeaderMap, HeaderValue, header};

/// The codings that bodies are prepared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Brotli (RFC 7932).
    Brotli,
    /// Gzip (RFC 1952).
    Gzip,
}

impl Coding {
    /// Its name in `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// The coding that `Accept-Encoding` likes best (RFC 9110 §12.5.3), brotli before gzip; `None` where it takes neither.
pub fn accepted(headers: &HeaderMap) -> Option<Coding> {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let (mut best, mut quality) = (None, 0.0);
    for (name, weight) in lines.flat_map(|line| line.split(',')).filter_map(weighed) {
        let coding = match name {
            _ if name.eq_ignore_ascii_case("br") => Coding::Brotli,
            _ if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => Coding::Gzip,
            _ => continue,
        };
        if weight > quality || (weight == quality && weight > 0.0 && coding == Coding::Brotli) {
            (best, quality) = (Some(coding), weight);
        }
    }
    best
}

/// A coding and its weight.
fn weighed(text: &str) -> Option<(&str, f32)> {
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let weight = parameters.trim().strip_prefix("q=").or_else(|| parameters.trim().strip_prefix("Q="));
    let weight = if parameters.trim().is_empty() { Some(1.0) } else { weight.and_then(|weight| weight.trim().parse().ok()) };
    Some((name.trim(), weight.filter(|weight| (0.0..=1.0).contains(weight))?))
}

/// A tag with the coding of the body at its end, so that each form of the bytes has a tag of its own.
pub fn suffixed(tag: &HeaderValue, coding: &str) -> Option<HeaderValue> {
    let plain = tag.to_str().ok()?.strip_suffix('"')?;
    HeaderValue::try_from(format!("{plain}.{coding}\"")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: &str) -> Option<Coding> {
        accepted(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_str(accept).unwrap())]))
    }

    #[test]
    fn the_heavier_coding_wins_and_brotli_among_equals() {
        assert_eq!(asked("gzip, deflate, br, zstd"), Some(Coding::Brotli));
        assert_eq!(asked("gzip;q=1.0, br;q=0.5"), Some(Coding::Gzip));
        assert_eq!(asked("gzip"), Some(Coding::Gzip));
        assert_eq!(asked("BR ; Q=0.1"), Some(Coding::Brotli));
    }

    #[test]
    fn who_takes_neither_gets_neither() {
        for accept in ["", "identity", "*", "br;q=0, gzip;q=0.0", "zstd", "br;q=2", "br;q=NaN", "br;level=1"] {
            assert_eq!(asked(accept), None, "{accept}");
        }
        assert_eq!(accepted(&HeaderMap::new()), None);
    }

    #[test]
    fn tags_name_their_coding() {
        let tag = suffixed(&HeaderValue::from_static("W/\"a-html-en\""), "br").unwrap();
        assert_eq!(tag, "W/\"a-html-en.br\"");
    }
}
