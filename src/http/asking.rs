use jiff::civil::Date;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::query::Parameters;
use crate::{
    domain::{Course, CourseId},
    lookup::{Malformed, Question, Scope},
    render::Failure,
};

/// The parameters that say which day and course a question is about.
const SCOPE: [&str; 2] = ["as_of", "course"];

/// The day and the course that something is asked about, as they stand in an address.
#[derive(Clone, Copy, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AboutParams<'a> {
    /// The day that is asked about; today, in the program's time zone, where it is not said.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-21")]
    as_of: Option<&'a str>,
    /// The course that is asked about, by its id; any, where it is not said.
    #[param(value_type = Option<String>, min_length = 1, max_length = 80, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", example = "csd")]
    course: Option<&'a str>,
}

/// The parameters that ask with one value each.
const ASKING: [&str; 6] = ["zip", "state", "county", "place", "region", "q"];

/// All parameters of a coverage question.
const KNOWN: [&str; 10] = ["lat", "lon", "zip", "state", "county", "place", "region", "q", "as_of", "course"];

/// The parameters of a question without its day and course.
pub const QUESTION: &[&str] = KNOWN.as_slice().split_at(KNOWN.len() - SCOPE.len()).0;

/// How the ways to ask are listed.
const WAYS: &str = "lat and lon, zip, state, county, place, region, q";

/// The one question of a strict request.
///
/// # Errors
/// When a parameter is unknown, repeated, empty or not of its form, or when not exactly one question is asked.
pub fn question(parameters: &Parameters) -> Result<Question, Failure> {
    parameters.strictly(&KNOWN)?;
    one_question(parameters)
}

/// The one question of a request whose other parameters are known to be right.
///
/// # Errors
/// When not exactly one question is asked, or it is not of its form.
pub fn one_question(parameters: &Parameters) -> Result<Question, Failure> {
    let by_position = parameters.names().find(|name| matches!(*name, "lat" | "lon")).map(|_| "lat and lon");
    let mut asked: Vec<&str> = parameters.names().filter(|name| ASKING.contains(name)).collect();
    asked.extend(by_position);
    match asked.as_slice() {
        [] => Err(Failure::NoQuestion { known: WAYS.to_owned() }),
        ["lat and lon"] => Ok(position(parameters)?),
        [name] => Ok(asked_by(name, parameters.first(name).unwrap_or_default())?),
        several => Err(Failure::SeveralQuestions { names: several.join(", ") }),
    }
}

fn asked_by(name: &str, value: &str) -> Result<Question, Malformed> {
    match name {
        "zip" => Question::zip(value),
        "state" => Question::state(value),
        "county" => Question::county(value),
        "place" => Question::place(value),
        "region" => Question::region(value),
        _ => Question::text(value),
    }
}

fn position(parameters: &Parameters) -> Result<Question, Malformed> {
    let value = |name: &'static str| {
        let missing = || Malformed::new(name, "missing", "", "lat and lon come together");
        parameters.first(name).ok_or_else(missing)
    };
    let (lat, lon) = (value("lat")?, value("lon")?);
    Question::at(lat, lon)
}

/// The day and the course that are asked about; today and any course where nothing is said.
///
/// # Errors
/// When the day is no date, or the program does not teach the course.
pub fn scope(parameters: &Parameters, today: Date, courses: &[Course]) -> Result<Scope, Failure> {
    let [as_of, course] = SCOPE.map(|name| parameters.filled(name));
    AboutParams { as_of, course }.scope(today, courses)
}

impl AboutParams<'_> {
    fn scope(self, today: Date, courses: &[Course]) -> Result<Scope, Failure> {
        let Self { as_of, course } = self;
        Ok(Scope { as_of: as_of.map_or(Ok(today), day)?, course: course.map(|id| known_course(id, courses)).transpose()? })
    }
}

fn day(text: &str) -> Result<Date, Failure> {
    let shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    text.parse().ok().filter(|_| shaped).ok_or_else(|| bad("as_of", "no day", text, "days are written 2026-11-21"))
}

fn known_course(text: &str, courses: &[Course]) -> Result<CourseId, Failure> {
    let known = courses.iter().find(|course| course.id.as_str() == text);
    known.map(|course| course.id.clone()).ok_or_else(|| {
        let ids: Vec<_> = courses.iter().map(|course| course.id.as_str()).collect();
        let rule = if ids.is_empty() {
            "this program tells no courses apart".to_owned()
        } else {
            format!("courses are {}", ids.join(", "))
        };
        bad("course", "unknown course", text, &rule)
    })
}

fn bad(parameter: &'static str, what: &'static str, value: &str, rule: &str) -> Failure {
    Malformed::new(parameter, what, value, rule).into()
}

impl From<Malformed> for Failure {
    fn from(malformed: Malformed) -> Self {
        let Malformed { parameter, what, value, rule } = malformed;
        Self::BadValue { parameter: parameter.to_owned(), what: what.to_owned(), value, rule }
    }
}

/// A position in the body of a form, which must not stand in a URL.
///
/// # Errors
/// When one of its two numbers is missing or none.
pub fn position_in(form: &Parameters) -> Result<Question, Failure> {
    Ok(position(form)?)
}

/// A position that must not stand in an address.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Position)]
#[serde(deny_unknown_fields)]
pub struct PositionBody {
    /// Latitude in degrees (WGS 84).
    #[schema(minimum = -90, maximum = 90, example = 47.6062)]
    lat: f64,
    /// Longitude in degrees (WGS 84).
    #[schema(minimum = -180, maximum = 180, example = -122.3321)]
    lon: f64,
    /// The day that is asked about; today, in the program's time zone, where it is not said.
    #[schema(format = Date, example = "2026-11-21")]
    as_of: Option<String>,
    /// The course that is asked about, by its id; any, where it is not said.
    #[schema(min_length = 1, max_length = 80, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", example = "csd")]
    course: Option<String>,
}

impl PositionBody {
    /// Reads a body of JSON.
    ///
    /// # Errors
    /// When it is not an object with the numbers `lat` and `lon` and, if given, the texts `as_of` and `course`.
    pub fn read(bytes: &[u8]) -> Result<Self, Failure> {
        // An array of the values in the right order would be read, too.
        let is_object = bytes.trim_ascii_start().starts_with(b"{");
        let read = is_object.then(|| serde_json::from_slice(bytes).ok()).flatten();
        read.ok_or_else(|| {
            let rule =
                "it is a JSON object with the numbers lat and lon, the texts as_of and course where needed, and nothing else";
            Failure::BadBody(rule.to_owned())
        })
    }

    /// The question and what it is about.
    ///
    /// # Errors
    /// When a value is not of its form.
    pub fn asked(&self, today: Date, courses: &[Course]) -> Result<(Question, Scope), Failure> {
        let about = AboutParams { as_of: self.as_of.as_deref(), course: self.course.as_deref() };
        let scope = about.scope(today, courses)?;
        Ok((Question::at(&self.lat.to_string(), &self.lon.to_string())?, scope))
    }

    /// Whether it says which day it is about.
    pub fn names_a_day(&self) -> bool {
        self.as_of.is_some()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::lookup::QueryKind;

    fn asked(query: &str) -> Result<QueryKind, &'static str> {
        let question = Parameters::read(Some(query)).and_then(|p| question(&p));
        question.map(|question| question.kind()).map_err(|failure| failure.name())
    }

    #[test]
    fn exactly_one_question_is_asked() {
        assert_eq!(asked("zip=02139"), Ok(QueryKind::Zip));
        assert_eq!(asked("as_of=2026-11-21"), Err("no-question"));
        assert_eq!(asked("zip=02139&q=x"), Err("several-questions"));
        assert_eq!(asked("lat=1&lon=1&zip=02139"), Err("several-questions"));
    }

    #[test]
    fn positions_are_two_numbers_on_the_earth() {
        assert_eq!(asked("lat=47.6062&lon=-122.3321"), Ok(QueryKind::Position));
        for query in ["lat=NaN&lon=1", "lat=inf&lon=1", "lat=abc&lon=1", "lat=91&lon=1", "lat=1", "lon=1", "lat=-122&lon=47"] {
            assert_eq!(asked(query), Err("bad-value"), "{query}");
        }
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
        for body in [
            "",
            "{}",
            "[1,2]",
            r#"[47.6,-122.3,"2026-11-21","csp"]"#,
            r#"{"lat":"1","lon":1}"#,
            r#"{"lat":1,"lon":1,"zip":"x"}"#,
            r#"{"lat":NaN,"lon":1}"#,
        ] {
            assert!(!read(body), "{body}");
        }
    }
}
