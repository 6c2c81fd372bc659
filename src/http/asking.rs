use jiff::civil::Date;
use serde::Deserialize;

use super::query::Parameters;
use crate::{
    domain::{Course, CourseId},
    geometry::{InvalidPosition, Position},
    lookup::{Question, Scope},
    render::Failure,
};

/// The parameters that say which day and course a question is about.
const SCOPE: [&str; 2] = ["as_of", "course"];

/// The parameters that ask with one value each.
const ASKING: [&str; 6] = ["zip", "state", "county", "place", "region", "q"];

/// All parameters of a coverage question.
const KNOWN: [&str; 10] = ["lat", "lon", "zip", "state", "county", "place", "region", "q", "as_of", "course"];

/// How the ways to ask are listed.
const WAYS: &str = "lat and lon, zip, state, county, place, region, q";

/// The one question of a strict request.
///
/// # Errors
/// When a parameter is unknown, repeated, empty or not of its form, or when not exactly one question is asked.
pub fn question(parameters: &Parameters) -> Result<Question, Failure> {
    parameters.strictly(&KNOWN)?;
    let position = parameters.names().find(|name| matches!(*name, "lat" | "lon")).map(|_| "lat and lon");
    let mut asked: Vec<&str> = parameters.names().filter(|name| ASKING.contains(name)).collect();
    asked.extend(position);
    match asked.as_slice() {
        [] => Err(Failure::NoQuestion { known: WAYS.to_owned() }),
        ["lat and lon"] => position_asked(parameters).map(Question::Position),
        [name] => Ok(asked_by(name, parameters.first(name).unwrap_or_default().to_owned())),
        several => Err(Failure::SeveralQuestions { names: several.join(", ") }),
    }
}

fn asked_by(name: &str, value: String) -> Question {
    match name {
        "zip" => Question::Zip(value),
        "state" => Question::State(value),
        "county" => Question::County(value),
        "place" => Question::Place(value),
        "region" => Question::Region(value),
        _ => Question::Text(value),
    }
}

fn position_asked(parameters: &Parameters) -> Result<Position, Failure> {
    let value = |name: &str| {
        let missing = || bad(name, "", "lat and lon come together");
        parameters.first(name).ok_or_else(missing)
    };
    let (lat, lon) = (value("lat")?, value("lon")?);
    position(degrees("lat", lat)?, degrees("lon", lon)?)
}

fn degrees(name: &str, text: &str) -> Result<f64, Failure> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
    text.parse().ok().filter(|_| plain).ok_or_else(|| bad(name, text, "coordinates are degrees in decimals, such as 47.6062"))
}

/// A position from its numbers; exchanged axes are recognised where only the other order lies on the Earth.
///
/// # Errors
/// When the numbers are no position.
pub fn position(lat: f64, lon: f64) -> Result<Position, Failure> {
    Position::new(lon, lat).map_err(|invalid| match invalid {
        _ if Position::new(lat, lon).is_ok() => Failure::AxesExchanged { lat: lat.to_string(), lon: lon.to_string() },
        InvalidPosition::Latitude(got) => bad("lat", &got.to_string(), "latitudes are degrees from -90 to 90"),
        InvalidPosition::Longitude(got) => bad("lon", &got.to_string(), "longitudes are degrees from -180 to 180"),
    })
}

/// The day and the course that are asked about; today and any course where nothing is said.
///
/// # Errors
/// When the day is no date, or the program does not teach the course.
pub fn scope(parameters: &Parameters, today: Date, courses: &[Course]) -> Result<Scope, Failure> {
    let [as_of, course] = SCOPE.map(|name| parameters.filled(name));
    Ok(Scope {
        as_of: as_of.map_or(Ok(today), day)?,
        course: course.map(|id| known_course(id, courses)).transpose()?,
    })
}

fn day(text: &str) -> Result<Date, Failure> {
    let shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    text.parse().ok().filter(|_| shaped).ok_or_else(|| bad("as_of", text, "days are written 2026-11-21"))
}

fn known_course(text: &str, courses: &[Course]) -> Result<CourseId, Failure> {
    let known = courses.iter().find(|course| course.id.as_str() == text);
    known.map(|course| course.id.clone()).ok_or_else(|| {
        let ids: Vec<_> = courses.iter().map(|course| course.id.as_str()).collect();
        let rule = if ids.is_empty() { "this program tells no courses apart".to_owned() } else { format!("courses are {}", ids.join(", ")) };
        bad("course", text, &rule)
    })
}

fn bad(parameter: &str, value: &str, rule: &str) -> Failure {
    Failure::BadValue { parameter: parameter.to_owned(), value: value.to_owned(), rule: rule.to_owned() }
}

/// The body of a position that must not stand in a URL.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionBody {
    lat: f64,
    lon: f64,
    as_of: Option<String>,
    course: Option<String>,
}

impl PositionBody {
    /// Reads a body of JSON.
    ///
    /// # Errors
    /// When it is not an object with the numbers `lat` and `lon` and, if given, the texts `as_of` and `course`.
    pub fn read(bytes: &[u8]) -> Result<Self, Failure> {
        serde_json::from_slice(bytes).map_err(|error| {
            let text = format!("it is an object with the numbers lat and lon, and as_of and course where needed ({error})");
            Failure::BadBody(text)
        })
    }

    /// The question and what it is about.
    ///
    /// # Errors
    /// When a value is not of its form.
    pub fn asked(&self, today: Date, courses: &[Course]) -> Result<(Question, Scope), Failure> {
        let scope = Scope {
            as_of: self.as_of.as_deref().map_or(Ok(today), day)?,
            course: self.course.as_deref().map(|id| known_course(id, courses)).transpose()?,
        };
        Ok((Question::Position(position(self.lat, self.lon)?), scope))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn asked(query: &str) -> Result<Question, &'static str> {
        Parameters::read(Some(query)).and_then(|p| question(&p)).map_err(|failure| failure.name())
    }

    #[test]
    fn exactly_one_question_is_asked() {
        assert_eq!(asked("zip=02139"), Ok(Question::Zip("02139".to_owned())));
        assert_eq!(asked("as_of=2026-11-21"), Err("no-question"));
        assert_eq!(asked("zip=02139&q=x"), Err("several-questions"));
        assert_eq!(asked("lat=1&lon=1&zip=02139"), Err("several-questions"));
    }

    #[test]
    fn positions_are_two_plain_numbers_on_the_earth() {
        let seattle = Position::new(-122.3321, 47.6062).unwrap();
        assert_eq!(asked("lat=47.6062&lon=-122.3321"), Ok(Question::Position(seattle)));
        for query in ["lat=NaN&lon=1", "lat=inf&lon=1", "lat=1e1&lon=1", "lat=abc&lon=1", "lat=91&lon=1.0e0", "lat=1", "lon=1", "lat=95&lon=100"] {
            assert_eq!(asked(query), Err("bad-value"), "{query}");
        }
    }

    #[test]
    fn exchanged_axes_are_recognised() {
        assert_eq!(asked("lat=-122.3&lon=47.6"), Err("axes-exchanged"));
        assert_eq!(asked("lat=91&lon=0"), Err("axes-exchanged"));
    }

    #[test]
    fn days_and_courses_are_checked() {
        let courses = [Course { id: "csp".parse().unwrap(), name: "CS Principles".into(), grades: None }];
        let scope = |query: &str| {
            let parameters = Parameters::read(Some(query)).unwrap();
            scope(&parameters, date(2026, 11, 21), &courses).map_err(|failure| failure.value().map(str::to_owned))
        };
        assert_eq!(scope("").unwrap(), Scope { as_of: date(2026, 11, 21), course: None });
        assert_eq!(scope("as_of=2027-07-01&course=csp").unwrap().as_of, date(2027, 7, 1));
        for bad in ["2026-02-30", "20260301", "tomorrow", "2026-11-21T00:00"] {
            assert_eq!(scope(&format!("as_of={bad}")), Err(Some(bad.to_owned())));
        }
        assert_eq!(scope("course=csx"), Err(Some("csx".to_owned())));
    }

    #[test]
    fn bodies_have_two_numbers_and_nothing_unknown() {
        let read = |body: &str| PositionBody::read(body.as_bytes()).is_ok();
        assert!(read(r#"{"lat": 47.6, "lon": -122.3, "course": "csp"}"#));
        for body in ["", "{}", "[1,2]", r#"{"lat":"1","lon":1}"#, r#"{"lat":1,"lon":1,"zip":"x"}"#, r#"{"lat":NaN,"lon":1}"#] {
            assert!(!read(body), "{body}");
        }
    }
}
