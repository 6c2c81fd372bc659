use jiff::civil::Date;

use super::{QueryKind, coordinates::TypedPosition, typed_zip::TypedZip};
use crate::{
    domain::{CourseId, RegionId},
    geometry::{InvalidPosition, Position},
};

/// The longest text that is taken as a question, in characters; street addresses are far shorter.
const MAX_CHARS: usize = 300;

/// A well-formed question; whether there is such a thing is for the answer to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    input: String,
    pub(super) asks: Asks,
}

/// What a question asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asks {
    Position(TypedPosition),
    Zip(TypedZip),
    State(String),
    County(String),
    Place(String),
    Region(String),
    Text(String),
}

/// The day and the course that a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The day.
    pub as_of: Date,
    /// The course; `None` means any.
    pub course: Option<CourseId>,
}

/// A question that is not well-formed: which parameter, its value, and the rule that it breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{parameter}: {what} (got {value:?}); {rule}")]
pub struct Malformed {
    /// The parameter that is wrong.
    pub parameter: &'static str,
    /// What is wrong with it.
    pub what: &'static str,
    /// Its value, cut short where it is long.
    pub value: String,
    /// The rule that it breaks, and what to do.
    pub rule: String,
}

impl Malformed {
    /// A malformed parameter.
    pub fn new(parameter: &'static str, what: &'static str, value: &str, rule: impl Into<String>) -> Self {
        let short: String = value.chars().take(80).collect();
        let value = if short.len() < value.len() { short + "\u{2026}" } else { short };
        Self { parameter, what, value, rule: rule.into() }
    }
}

impl Question {
    /// Asks about a position, from the texts of `lat` and `lon`, in decimal degrees.
    ///
    /// # Errors
    /// When one is no number or out of range; where the two look exchanged, the rule says so.
    pub fn at(lat: &str, lon: &str) -> Result<Self, Malformed> {
        let rules = [
            ("lat", lat, "latitude is decimal degrees from -90 to 90, such as 47.6"),
            ("lon", lon, "longitude is decimal degrees from -180 to 180, such as -122.3"),
        ];
        let [y, x] = rules.map(|(name, text, rule)| {
            let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
            number.ok_or_else(|| Malformed::new(name, "not a number of degrees", text, rule))
        });
        let (y, x) = (y?, x?);
        let position = Position::new(x, y).map_err(|error| {
            let (name, text, rule) = if matches!(error, InvalidPosition::Latitude(_)) { rules[0] } else { rules[1] };
            let exchanged =
                Position::new(y, x).is_ok().then(|| format!("; the two look exchanged: lat={}&lon={}", lon.trim(), lat.trim()));
            Malformed::new(name, "out of range", text, format!("{rule}{}", exchanged.unwrap_or_default()))
        })?;
        Ok(Self::position(position))
    }

    /// Asks about a position.
    pub fn position(position: Position) -> Self {
        let typed = TypedPosition { position, exchanged: false, wrapped: false };
        Self { input: position.to_string(), asks: Asks::Position(typed) }
    }

    /// Asks about a ZIP as it was typed.
    ///
    /// # Errors
    /// When the text holds no ZIP.
    pub fn zip(text: &str) -> Result<Self, Malformed> {
        let input = tidy("zip", text)?;
        let zip = TypedZip::read(&input).ok_or_else(|| {
            Malformed::new(
                "zip",
                "not a ZIP Code",
                text,
                "a ZIP Code is five digits, such as 02139; ZIP+4 and an address that ends with one work, too",
            )
        })?;
        Ok(Self { asks: Asks::Zip(zip), input })
    }

    /// Asks about a ZIP as a spreadsheet keeps it: zeros that it lost are put back, and the answer says so.
    ///
    /// # Errors
    /// When the text holds no ZIP.
    pub fn zip_in_table(text: &str) -> Result<Self, Malformed> {
        let asked = Self::zip(text)?;
        Ok(match asked.asks {
            Asks::Zip(TypedZip::Short(zip)) => Self { asks: Asks::Zip(TypedZip::Padded(zip)), ..asked },
            _ => asked,
        })
    }

    /// The position that is asked about, where it is one.
    pub fn as_position(&self) -> Option<Position> {
        match &self.asks {
            Asks::Position(typed) => Some(typed.position),
            _ => None,
        }
    }

    /// Asks about a state by its code, name or typed id.
    ///
    /// # Errors
    /// When the text is empty or over-long.
    pub fn state(text: &str) -> Result<Self, Malformed> {
        tidy("state", text).map(|input| Self { asks: Asks::State(input.clone()), input })
    }

    /// Asks about a county by its GEOID, its name with its state, or its typed id.
    ///
    /// # Errors
    /// When the text is empty or over-long.
    pub fn county(text: &str) -> Result<Self, Malformed> {
        tidy("county", text).map(|input| Self { asks: Asks::County(input.clone()), input })
    }

    /// Asks about a place by its name, with or without its state.
    ///
    /// # Errors
    /// When the text is empty or over-long.
    pub fn place(text: &str) -> Result<Self, Malformed> {
        tidy("place", text).map(|input| Self { asks: Asks::Place(input.clone()), input })
    }

    /// Asks about a program region by its id or name, or about any region by its typed id.
    ///
    /// # Errors
    /// When the text is empty or over-long.
    pub fn region(text: &str) -> Result<Self, Malformed> {
        tidy("region", text).map(|input| Self { asks: Asks::Region(input.clone()), input })
    }

    /// Asks about a region by its id.
    pub fn about(region: &RegionId) -> Self {
        match region {
            RegionId::Zip(zip) => Self { asks: Asks::Zip(TypedZip::Plain(*zip)), input: zip.to_string() },
            area => Self { asks: Asks::Region(area.to_string()), input: area.code() },
        }
    }

    /// Asks whatever a person typed: coordinates, a ZIP, an address, a state, a county, a place, a region or a partner.
    ///
    /// # Errors
    /// When the text is empty or over-long, or when it is two numbers that are no position.
    pub fn text(text: &str) -> Result<Self, Malformed> {
        let input = tidy("q", text)?;
        let asks = match (TypedPosition::read(&input), TypedZip::read(&input)) {
            (Some(Ok(position)), _) => Asks::Position(position),
            (Some(Err(error)), _) => {
                let rule = "latitude is -90 to 90 and comes first, longitude is -180 to 180, such as 47.6, -122.3";
                return Err(Malformed::new("q", "no position on the Earth", &format!("{}, {}", error.0, error.1), rule));
            }
            (None, Some(zip)) => Asks::Zip(zip),
            (None, None) => Asks::Text(input.clone()),
        };
        Ok(Self { input, asks })
    }

    /// The question as it was given, without blanks around it.
    pub fn input(&self) -> &str {
        &self.input
    }

    /// The kind of thing that is asked for, as far as the words say.
    pub fn kind(&self) -> QueryKind {
        match self.asks {
            Asks::Position(_) => QueryKind::Position,
            Asks::Zip(_) => QueryKind::Zip,
            Asks::State(_) => QueryKind::State,
            Asks::County(_) => QueryKind::County,
            Asks::Place(_) => QueryKind::Place,
            Asks::Region(_) => QueryKind::Region,
            Asks::Text(_) => QueryKind::Text,
        }
    }
}

/// The text in one line without blanks around it; control signs count as blanks.
pub(super) fn tidy(parameter: &'static str, text: &str) -> Result<String, Malformed> {
    if text.chars().count() > MAX_CHARS {
        return Err(Malformed::new(parameter, "too long", text, format!("a question has at most {MAX_CHARS} characters")));
    }
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Err(Malformed::new(parameter, "empty", text, "type a ZIP Code, a place, a county, a state or coordinates"));
    }
    Ok(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_out_of_range_name_the_parameter_and_recognise_exchanged_axes() {
        let error = Question::at("-122.3", "47.6").unwrap_err();
        assert_eq!(error.parameter, "lat");
        assert!(error.rule.ends_with("the two look exchanged: lat=47.6&lon=-122.3"), "{error}");
        assert!(!Question::at("91", "200").unwrap_err().to_string().contains("exchanged"));
    }

    #[test]
    fn what_is_no_number_of_degrees_is_refused_with_its_value() {
        for bad in ["abc", "", "NaN", "inf", "1e400", "47,6", "0x10"] {
            let error = Question::at(bad, "0").unwrap_err();
            assert_eq!((error.parameter, error.value.as_str()), ("lat", bad));
        }
    }

    #[test]
    fn an_empty_text_and_an_endless_one_are_malformed() {
        for blank in ["", "  ", "\n\t", "\u{0}"] {
            assert_eq!(Question::text(blank).unwrap_err().what, "empty", "{blank:?}");
        }
        let error = Question::text(&"a".repeat(10_000)).unwrap_err();
        assert_eq!(error.what, "too long");
        assert!(error.value.chars().count() <= 81, "the value is cut short");
    }

    #[test]
    fn free_text_is_recognised_by_its_form() {
        for (text, kind) in [
            ("98101", QueryKind::Zip),
            ("47.6, -122.3", QueryKind::Position),
            ("Seattle, WA", QueryKind::Text),
            ("%", QueryKind::Text),
            ("\u{1f600}", QueryKind::Text),
        ] {
            assert_eq!(Question::text(text).unwrap().kind(), kind, "{text}");
        }
    }
}
