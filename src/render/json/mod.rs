//! Answers in the wire shape of the API.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use self::{
    partners::{NearPartnerWire, PartnerWire, UpcomingWire, near_partner, partner, upcoming},
    places::{ChoiceWire, NearBorderWire, NearestWire, PartWire, choice, near_border, nearest, part},
};
use super::{
    schema,
    words::{Step, Words},
};
use crate::{
    domain::CourseId,
    lookup::{Answer, Compass, PartnerName, QueryKind, Status},
};

mod ground;
mod measured;
mod partners;
mod places;

pub use ground::Ground;
pub use measured::{Beside, Measured, Sight};
pub use partners::ContactWire;
pub(super) use partners::contact;

/// An answer as pretty JSON with a line feed at its end; its links keep the day, where one was asked for.
///
/// # Errors
/// Never in practice: the wire shape holds only text, numbers and lists.
pub fn answer(answer: &Answer, words: &Words, day_asked: Option<Date>) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&AnswerWire::new(answer, words, day_asked)).map(|json| json + "\n")
}

/// The answer to a question: the same value whatever asked it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Answer)]
pub struct AnswerWire<'a> {
    /// What was asked, and what it was taken for.
    query: QueryWire<'a>,
    /// Whether it is served.
    #[schema(schema_with = schema::status)]
    status: &'static str,
    /// The day that the answer is about.
    #[schema(format = Date, example = "2026-11-21")]
    as_of: String,
    /// The course that it is about, by its id; `null` is any.
    #[schema(example = "csd")]
    course: Option<&'a str>,
    /// Who serves it, or parts of it: leads before those that fund, the wider share first.
    partners: Vec<PartnerWire<'a>>,
    /// What it is made of, where that is more than one thing.
    parts: Vec<PartWire<'a>>,
    /// Who starts there later, soonest first.
    upcoming: Vec<UpcomingWire<'a>>,
    /// The other side of borders within 250 m at which the answer changes, nearest first.
    near_border: Vec<NearBorderWire<'a>>,
    /// For a position outside: the nearest region.
    nearest: Option<NearestWire<'a>>,
    /// Where nobody serves: the partners whose counties are nearest, nearest first.
    nearest_partners: Vec<NearPartnerWire<'a>>,
    /// For an ambiguous question: what it may have meant.
    choices: Vec<ChoiceWire<'a>>,
    /// Sentences that one should know.
    #[schema(example = json!(["The answer is about part of it."]))]
    notes: Vec<String>,
    /// What to do now.
    next_step: StepWire,
    /// The data that it was answered from: it changes with every change of the data.
    #[schema(example = "0a1b2c3d4e5f6071")]
    generation: &'a str,
}

/// What was asked, and what it was taken for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Query)]
struct QueryWire<'a> {
    /// The question as it was asked.
    #[schema(example = "98101")]
    input: &'a str,
    /// What kind of question it turned out to be.
    #[schema(schema_with = schema::kind)]
    kind: &'static str,
    /// What it was taken for, in words; `null` when nothing was found or there is a choice.
    #[schema(example = "ZIP 98101, Seattle, Washington")]
    understood_as: Option<String>,
}

/// What to do now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NextStep)]
pub struct StepWire {
    /// What kind of step it is.
    #[schema(schema_with = schema::action)]
    pub(super) action: &'static str,
    /// The words for a link or button.
    #[schema(example = "Contact Puget Sound CS Hub (sample)")]
    pub(super) label: String,
    /// Where it leads; `null` where there is nowhere to go.
    #[schema(format = "uri-reference", example = "https://example.org/puget-sound-cs-hub")]
    pub(super) url: Option<String>,
}

impl<'a> AnswerWire<'a> {
    /// The wire shape of an answer, its sentences finished; its links keep the day, where one was asked for.
    pub fn new(answer: &'a Answer, words: &Words, day_asked: Option<Date>) -> Self {
        let way = words.way(answer.course.as_ref(), day_asked);
        let Step { action, label, url } = words.step(answer, &way);
        Self {
            query: QueryWire {
                input: &answer.query.input,
                kind: kind(answer.query.kind),
                understood_as: words.understood_as(&answer.query),
            },
            status: status(answer.status),
            as_of: answer.as_of.to_string(),
            course: answer.course.as_ref().map(CourseId::as_str),
            partners: answer.partners.iter().map(partner).collect(),
            parts: answer.parts.iter().map(|p| part(p, answer, words)).collect(),
            upcoming: answer.upcoming.iter().map(upcoming).collect(),
            near_border: answer.near_border.iter().map(near_border).collect(),
            nearest: answer.nearest.as_ref().map(nearest),
            nearest_partners: answer.nearest_partners.iter().map(near_partner).collect(),
            choices: answer.choices.iter().map(|c| choice(c, way.search(&c.ask))).collect(),
            notes: words.notes(answer),
            next_step: StepWire { action, label, url },
            generation: answer.generation.as_str(),
        }
    }
}

/// What a status is called in data: `partly_covered`.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Covered => "covered",
        Status::PartlyCovered => "partly_covered",
        Status::Pending => "pending",
        Status::Open => "open",
        Status::Outside => "outside",
        Status::NotFound => "not_found",
        Status::Ambiguous => "ambiguous",
    }
}

/// What a kind of question is called in data.
pub fn kind(kind: QueryKind) -> &'static str {
    match kind {
        QueryKind::Position => "position",
        QueryKind::Zip => "zip",
        QueryKind::State => "state",
        QueryKind::County => "county",
        QueryKind::Place => "place",
        QueryKind::Region => "region",
        QueryKind::Partner => "partner",
        QueryKind::Text => "text",
    }
}

pub(super) fn direction(wind: Compass) -> &'static str {
    match wind {
        Compass::North => "N",
        Compass::NorthEast => "NE",
        Compass::East => "E",
        Compass::SouthEast => "SE",
        Compass::South => "S",
        Compass::SouthWest => "SW",
        Compass::West => "W",
        Compass::NorthWest => "NW",
    }
}

fn ids(partners: &[PartnerName]) -> Vec<&str> {
    partners.iter().map(|partner| partner.id.as_str()).collect()
}

fn courses(courses: &[CourseId]) -> Vec<&str> {
    courses.iter().map(CourseId::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{boise, courses, seattle};

    #[test]
    fn an_answer_has_the_fields_of_the_contract_in_their_order() {
        let json = answer(&seattle(), &Words::new(&courses()), None).unwrap();
        let expected = r#"{
  "query": {
    "input": "98101",
    "kind": "zip",
    "understood_as": "ZIP 98101, Seattle, Washington"
  },
  "status": "covered",
  "as_of": "2026-11-21",
  "course": null,
  "partners": [
    {
      "id": "puget-sound-cs-hub",
      "name": "Puget Sound CS Hub",
      "website": "https://example.org/puget-sound-cs-hub",
      "contact": {
        "name": "Program manager",
        "email": "puget-sound-cs-hub@example.org",
        "source": "partner"
      },
      "courses": [
        "csd"
      ],
      "role": "lead",
      "since": "2026-07-01",
      "new_this_year": true,
      "via": "region:puget-sound",
      "share": 1.0
    }
  ],
  "parts": [
    {
      "region": "county:53033",
      "name": "King County, Washington",
      "share": 1.0,
      "status": "covered",
      "partners": [
        "puget-sound-cs-hub"
      ],
      "via": "region:puget-sound"
    }
  ],
  "upcoming": [],
  "near_border": [],
  "nearest": null,
  "nearest_partners": [],
  "choices": [],
  "notes": [],
  "next_step": {
    "action": "contact_partner",
    "label": "Contact Puget Sound CS Hub",
    "url": "https://example.org/puget-sound-cs-hub"
  },
  "generation": "abababababababab"
}
"#;
        assert_eq!(json, expected);
    }

    #[test]
    fn what_nobody_counted_is_null_and_not_zero() {
        let mut unknown = seattle();
        unknown.parts[0].share = None;
        let json = answer(&unknown, &Words::default(), None).unwrap();
        assert!(json.contains("\"share\": null"), "{json}");
    }

    #[test]
    fn an_open_region_leads_to_its_application() {
        let json = answer(&boise(), &Words::default(), None).unwrap();
        assert!(json.contains("\"url\": \"/apply?region=county:16001\""), "{json}");
        let on_a_day = answer(&boise(), &Words::default(), Some(jiff::civil::date(2027, 1, 2))).unwrap();
        assert!(on_a_day.contains("\"url\": \"/apply?region=county:16001&as_of=2027-01-02\""), "{on_a_day}");
    }
}
