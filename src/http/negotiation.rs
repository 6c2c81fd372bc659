//! Which form of a thing is sent: the suffix of the address says it, else `Accept` does.

use axum::http::{HeaderMap, HeaderValue, header};

use super::reply::Form;
use crate::render::Failure;

/// The form that `Accept` likes best (RFC 9110 §12.5.1); of those that it likes alike the first.
///
/// # Errors
/// When it likes none of them.
pub fn preferred(headers: &HeaderMap, offered: &[Form]) -> Result<Form, Failure> {
    preferred_of(headers, offered, Form::essence)
}

/// The same of things that have a media type, which comes without parameters.
///
/// # Errors
/// As for [`preferred`].
pub fn preferred_of<T: Copy>(headers: &HeaderMap, offered: &[T], essence: impl Fn(T) -> &'static str) -> Result<T, Failure> {
    let lines: Vec<_> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let ranges: Vec<Range> = lines.iter().flat_map(|line| line.split(',')).filter_map(Range::read).collect();
    let unsaid = ranges.is_empty();
    let liked = offered.iter().rev().map(|form| (if unsaid { 1000 } else { quality(&ranges, essence(*form)) }, *form));
    let best = liked.max_by_key(|(quality, _)| *quality).filter(|(quality, _)| *quality > 0);
    best.map(|(_, form)| form).ok_or_else(|| {
        let types: Vec<_> = offered.iter().map(|form| essence(*form)).collect();
        Failure::NotAcceptable { offered: types.join(", ") }
    })
}

/// Takes the suffix of a form from the end of a name: `county:53033.geojson` is a name and GeoJSON.
pub fn without_suffix<'a>(name: &'a str, offered: &[Form]) -> (&'a str, Option<Form>) {
    let cut = |form: &Form| name.strip_suffix(form.suffix()?).map(|rest| (rest, Some(*form)));
    offered.iter().find_map(cut).unwrap_or((name, None))
}

/// Says that the form depended on `Accept`.
pub fn varying(headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("accept"));
}

/// A media range of `Accept`.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// From 0 to 1000.
    quality: u32,
}

impl<'a> Range<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let weight = parts.find_map(|parameter| parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")));
        let quality = weight.map_or(Some(1.0), |weight| weight.parse::<f64>().ok().filter(|q| (0.0..=1.0).contains(q)))?;
        Some(Self { kind, subtype, quality: (quality * 1000.0).round() as u32 })
    }

    /// How exactly it names a media type: not at all, `*/*`, `text/*` or the type itself.
    fn precision(&self, kind: &str, subtype: &str) -> Option<u8> {
        match (self.kind, self.subtype) {
            ("*", "*") => Some(0),
            (own, "*") if own.eq_ignore_ascii_case(kind) => Some(1),
            (own, exact) if own.eq_ignore_ascii_case(kind) && exact.eq_ignore_ascii_case(subtype) => Some(2),
            _ => None,
        }
    }
}

/// What the most exact range says about a media type; 0 where none is about it.
fn quality(ranges: &[Range<'_>], essence: &str) -> u32 {
    let Some((kind, subtype)) = essence.split_once('/') else { return 0 };
    let about = ranges.iter().filter_map(|range| Some((range.precision(kind, subtype)?, range.quality)));
    about.max().map_or(0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: [Form; 2] = [Form::Json, Form::GeoJson];

    fn asked(accept: &str) -> Option<Form> {
        let value = HeaderValue::from_str(accept).unwrap();
        preferred(&HeaderMap::from_iter([(header::ACCEPT, value)]), &OFFERED).ok()
    }

    #[test]
    fn the_first_form_is_sent_to_who_does_not_mind() {
        assert_eq!(preferred(&HeaderMap::new(), &OFFERED), Ok(Form::Json));
        for accept in ["*/*", "application/*", "", "text/html, */*;q=0.8", "application/json, application/geo+json"] {
            assert_eq!(asked(accept), Some(Form::Json), "{accept:?}");
        }
    }

    #[test]
    fn the_most_exact_range_decides_and_its_weight() {
        for accept in ["application/geo+json", "application/geo+json, */*;q=0.1", "application/*;q=0.5, Application/Geo+JSON"] {
            assert_eq!(asked(accept), Some(Form::GeoJson), "{accept:?}");
        }
        assert_eq!(asked("*/*, application/json;q=0"), Some(Form::GeoJson));
    }

    #[test]
    fn who_wants_something_else_is_told_what_there_is() {
        for accept in ["text/html", "application/json;q=0, application/geo+json;q=0.0", "image/*"] {
            assert_eq!(asked(accept), None, "{accept:?}");
        }
    }

    #[test]
    fn a_suffix_is_taken_off_and_other_dots_are_left() {
        assert_eq!(without_suffix("county:53033.geojson", &OFFERED), ("county:53033", Some(Form::GeoJson)));
        assert_eq!(without_suffix("a.json", &OFFERED), ("a", Some(Form::Json)));
        assert_eq!(without_suffix("a.csv", &OFFERED), ("a.csv", None));
    }
}
