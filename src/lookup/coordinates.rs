//! Coordinates as people write them: decimal degrees, or degrees, minutes and seconds, with or without letters or names.

use crate::geometry::Position;

/// A position that was read from text, and what had to be understood for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypedPosition {
    /// The position.
    pub position: Position,
    /// Whether latitude and longitude stood in the other order.
    pub exchanged: bool,
    /// Whether the longitude lay beyond ±180 and was brought back by a turn of 360°.
    pub wrapped: bool,
}

/// Two numbers that were meant as coordinates, and are none.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "no position on the Earth (got {0}, {1}); write latitude (-90 to 90), then longitude (-180 to 180), such as 47.6, -122.3"
)]
pub struct NoPosition(pub f64, pub f64);

/// One coordinate with the axis that its letter names.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Coordinate {
    degrees: f64,
    axis: Option<Axis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Latitude,
    Longitude,
}

impl TypedPosition {
    /// Reads coordinates; `None` when the text is not two coordinates at all.
    ///
    /// `47.6, -122.3` (latitude first), `47.6 -122.3`, `47.6N, 122.3W`, `W122.3 N47.6`, `47°36'N 122°20'W`,
    /// `47 36 N 122 20 W`, `(47.6, -122.3)`, `lat: 47.6, lon: -122.3`, `geo:47.6,-122.3`. The other order is recognised where letters say so, or where only it lies on the Earth.
    /// A longitude from 180 to 360 on either side is brought back by one turn.
    ///
    /// # Errors
    /// When there are two numbers, but in no order a position.
    pub fn read(text: &str) -> Option<Result<Self, NoPosition>> {
        let text = text.trim();
        let text = text.strip_prefix("geo:").unwrap_or(text).trim_matches(['(', ')', '[', ']']);
        let [first, second] = named(text).or_else(|| {
            let [first, second] = halves(text)?.map(|half| coordinate(&half));
            Some([first?, second?])
        })?;
        let swapped = match (first.axis, second.axis) {
            (None | Some(Axis::Latitude), None | Some(Axis::Longitude)) => false,
            (None | Some(Axis::Longitude), None | Some(Axis::Latitude)) => true,
            _ => return None,
        };
        let lettered = first.axis.is_some() || second.axis.is_some();
        let (lat, lon) = if swapped { (second.degrees, first.degrees) } else { (first.degrees, second.degrees) };
        let found = Self::on_earth(lat, lon).or_else(|| {
            let other = Self::on_earth(lon, lat).filter(|_| !lettered)?;
            Some(Self { exchanged: true, ..other })
        });
        Some(found.ok_or(NoPosition(first.degrees, second.degrees)))
    }

    fn on_earth(lat: f64, lon: f64) -> Option<Self> {
        let wrapped = lon.abs() > 180.0 && lon.abs() <= 360.0;
        let lon = if wrapped { lon - 360.0_f64.copysign(lon) } else { lon };
        Position::new(lon, lat).ok().map(|position| Self { position, exchanged: false, wrapped })
    }
}

/// Reads `lat 47.6 lon -122.3` and its likes: each number behind the name of its axis.
fn named(text: &str) -> Option<[Coordinate; 2]> {
    let mut words = text.split(|c: char| c.is_whitespace() || ",;:=".contains(c)).filter(|word| !word.is_empty());
    let mut next = || {
        let axis = match words.next()?.to_ascii_lowercase().as_str() {
            "lat" | "latitude" => Axis::Latitude,
            "lon" | "lng" | "long" | "longitude" => Axis::Longitude,
            _ => return None,
        };
        let plain = coordinate(words.next()?).filter(|value| value.axis.is_none())?;
        Some(Coordinate { axis: Some(axis), ..plain })
    };
    let both = [next()?, next()?];
    words.next().is_none().then_some(both)
}

/// Cuts the text in two: at a comma or semicolon, behind the letter of the first coordinate, or at the only blank.
fn halves(text: &str) -> Option<[String; 2]> {
    let parts: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if let [first, second] = parts[..] {
        return Some([first.to_owned(), second.to_owned()]);
    }
    let [only] = parts[..] else { return None };
    let is_letter = |c: char| "NSEWnsew".contains(c);
    if let Some(end) = only.char_indices().find(|(at, c)| *at > 0 && is_letter(*c)).map(|(at, _)| at) {
        // `47.6N 122.3W` is cut behind the letter, `N47.6 W122.3` in front of it.
        let cut = if only.starts_with(is_letter) { end } else { end + 1 };
        let (first, second) = only.split_at(cut);
        return Some([first.trim().to_owned(), second.trim().to_owned()]);
    }
    let mut words = only.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(first), Some(second), None) => Some([first.to_owned(), second.to_owned()]),
        _ => None,
    }
}

/// Reads one coordinate: up to three numbers (degrees, minutes, seconds) with signs between, and a letter at an end.
fn coordinate(text: &str) -> Option<Coordinate> {
    let text = text.trim();
    let letter = |c: Option<char>| match c?.to_ascii_uppercase() {
        'N' => Some((Axis::Latitude, 1.0)),
        'S' => Some((Axis::Latitude, -1.0)),
        'E' => Some((Axis::Longitude, 1.0)),
        'W' => Some((Axis::Longitude, -1.0)),
        _ => None,
    };
    let (at_end, in_front) = (letter(text.chars().next_back()), letter(text.chars().next()));
    let digits = text.trim_matches(|c: char| c.is_ascii_alphabetic());
    let cut = text.len() - digits.len();
    if cut > usize::from(at_end.is_some()) + usize::from(in_front.is_some()) || (at_end.is_some() && in_front.is_some()) {
        return None;
    }
    let (axis, sign) = at_end.or(in_front).map_or((None, 1.0), |(axis, sign)| (Some(axis), sign));
    let (magnitude, negative) = sexagesimal(digits.trim(), axis.is_some())?;
    // A letter and a minus sign contradict each other as often as they agree.
    if negative && axis.is_some() {
        return None;
    }
    Some(Coordinate { degrees: if negative { -magnitude } else { magnitude * sign }, axis })
}

/// Degrees from `47.6`, `47°36'`, `47° 36' 22.5"`; the size and whether a minus stood in front.
///
/// The signs may be missing where a letter says that it is a coordinate: `47 36 N`.
fn sexagesimal(text: &str, lettered: bool) -> Option<(f64, bool)> {
    let unsigned = text.strip_prefix(['-', '\u{2212}']);
    let (text, negative) = (unsigned.unwrap_or(text), unsigned.is_some());
    let text = if negative { text } else { text.strip_prefix('+').unwrap_or(text) };
    let mark = |c: char| matches!(c, '\u{b0}' | '\u{ba}' | '\'' | '\u{2032}' | '\u{2019}' | '"' | '\u{2033}' | '\u{201d}');
    let marked = text.contains(mark);
    let numbers: Vec<&str> = text.split(|c: char| mark(c) || c.is_whitespace()).filter(|part| !part.is_empty()).collect();
    let [degrees, rest @ ..] = &numbers[..] else { return None };
    if rest.len() > 2 || (!marked && !lettered && !rest.is_empty()) {
        return None;
    }
    let number = |text: &str| {
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && text.bytes().any(|b| b.is_ascii_digit());
        plain.then(|| text.parse::<f64>().ok())?
    };
    let mut size = number(degrees)?;
    for (part, unit) in rest.iter().zip([60.0, 3600.0]) {
        size += Some(number(part)?).filter(|value| *value < 60.0)? / unit;
    }
    Some((size, negative))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> TypedPosition {
        TypedPosition::read(text).unwrap_or_else(|| panic!("{text:?} is read")).unwrap()
    }

    #[test]
    fn the_usual_forms_are_one_position() {
        for text in [
            "47.6, -122.3",
            "47.6,-122.3",
            "47.6 -122.3",
            " 47.6 ; -122.3 ",
            "geo:47.6,-122.3",
            "47.6N,122.3W",
            "47.6 N 122.3 W",
            "N47.6 W122.3",
            "47\u{b0}36'N 122\u{b0}18'W",
            "47\u{b0}36\u{2032}00\u{2033}N, 122\u{b0}18\u{2032}00\u{2033}W",
            "+47.6, \u{2212}122.3",
            "(47.6, -122.3)",
            "[47.6, -122.3]",
            "47 36 N 122 18 W",
            "47 36 0 N, 122 18 0 W",
            "lat 47.6 lon -122.3",
            "Lat: 47.6, Lng: -122.3",
            "longitude=-122.3; latitude=47.6",
        ] {
            let p = read(text).position;
            assert!((p.lat() - 47.6).abs() < 1e-9 && (p.lon() + 122.3).abs() < 1e-9, "{text:?}: {p}");
        }
    }

    #[test]
    fn the_other_order_is_recognised_by_letters_and_by_range_and_said_in_the_latter_case() {
        assert!(read("-122.3, 47.6").exchanged);
        assert!(!read("122.3W 47.6N").exchanged);
        assert_eq!(read("-122.3, 47.6").position, read("47.6, -122.3").position);
    }

    #[test]
    fn a_longitude_beyond_180_comes_back_by_one_turn_and_is_said() {
        let p = read("47.6, 237.7");
        assert!(p.wrapped && (p.position.lon() + 122.3).abs() < 1e-9);
    }

    #[test]
    fn two_numbers_that_lie_nowhere_are_an_error_with_both() {
        assert_eq!(TypedPosition::read("95, 97"), Some(Err(NoPosition(95.0, 97.0))));
        assert_eq!(TypedPosition::read("47.6, 500"), Some(Err(NoPosition(47.6, 500.0))));
    }

    #[test]
    fn other_texts_are_no_coordinates() {
        for text in [
            "",
            "98101",
            "47.6",
            "1, 2, 3",
            "Seattle, WA",
            "NaN, NaN",
            "inf, 0",
            "1e3, 5",
            "--1, 2",
            "N, W",
            "47.6N, 48N",
            "12 Main",
            "47 36 122 18",
            "lat 47.6",
            "lat 47.6 lat 48",
            "lat 47.6 lon",
            "lat 47.6 lon -122.3 Seattle",
            "lat 47.6N lon -122.3",
            "()",
        ] {
            assert_eq!(TypedPosition::read(text), None, "{text:?}");
        }
    }
}
