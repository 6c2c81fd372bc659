//! Answers in the wire shape of the API.

use serde::Serialize;

use super::{
    rounded_share, whole_metres,
    words::{Step, Words},
};
use crate::{
    domain::{CourseId, PartnerId, RegionId},
    lookup::{Answer, Choice, Compass, ContactSource, NearBorder, Nearest, Part, QueryKind, ServingPartner, Status, Upcoming},
};

/// An answer as pretty JSON with a line feed at its end.
///
/// # Errors
/// Never in practice: the wire shape holds only text, numbers and lists.
pub fn answer(answer: &Answer, words: &Words) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&AnswerWire::new(answer, words)).map(|json| json + "\n")
}

/// The wire shape of an answer.
#[derive(Debug, Serialize)]
pub struct AnswerWire<'a> {
    query: QueryWire<'a>,
    status: &'static str,
    as_of: String,
    course: Option<&'a str>,
    partners: Vec<PartnerWire<'a>>,
    parts: Vec<PartWire<'a>>,
    upcoming: Vec<UpcomingWire<'a>>,
    near_border: Vec<NearBorderWire<'a>>,
    nearest: Option<NearestWire<'a>>,
    choices: Vec<ChoiceWire<'a>>,
    notes: Vec<String>,
    next_step: StepWire,
    generation: &'a str,
}

#[derive(Debug, Serialize)]
struct QueryWire<'a> {
    input: &'a str,
    kind: &'static str,
    understood_as: Option<String>,
}

#[derive(Debug, Serialize)]
struct PartnerWire<'a> {
    id: &'a str,
    name: &'a str,
    website: Option<&'a str>,
    contact: ContactWire<'a>,
    courses: Vec<&'a str>,
    role: String,
    since: Option<String>,
    new_this_year: bool,
    via: String,
    share: f64,
}

#[derive(Debug, Serialize)]
struct ContactWire<'a> {
    name: Option<&'a str>,
    email: Option<&'a str>,
    source: &'static str,
}

#[derive(Debug, Serialize)]
struct PartWire<'a> {
    region: String,
    name: String,
    share: Option<f64>,
    status: &'static str,
    partners: Vec<&'a str>,
    via: Option<String>,
}

#[derive(Debug, Serialize)]
struct UpcomingWire<'a> {
    id: &'a str,
    name: &'a str,
    website: Option<&'a str>,
    starts_on: String,
    courses: Vec<&'a str>,
    role: String,
    via: String,
}

#[derive(Debug, Serialize)]
struct NearBorderWire<'a> {
    region: Option<String>,
    name: Option<&'a str>,
    distance_m: u64,
    status: &'static str,
    partners: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct NearestWire<'a> {
    region: String,
    name: &'a str,
    distance_m: u64,
    direction: &'static str,
    status: &'static str,
    partners: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct ChoiceWire<'a> {
    label: &'a str,
    kind: &'static str,
    region: Option<String>,
    q: &'a str,
    url: String,
}

#[derive(Debug, Serialize)]
struct StepWire {
    action: &'static str,
    label: String,
    url: Option<String>,
}

impl<'a> AnswerWire<'a> {
    /// The wire shape of an answer, its sentences finished.
    pub fn new(answer: &'a Answer, words: &Words) -> Self {
        let way = words.way(answer.course.as_ref());
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

fn direction(wind: Compass) -> &'static str {
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

fn ids(partners: &[PartnerId]) -> Vec<&str> {
    partners.iter().map(PartnerId::as_str).collect()
}

fn courses(courses: &[CourseId]) -> Vec<&str> {
    courses.iter().map(CourseId::as_str).collect()
}

fn partner(partner: &ServingPartner) -> PartnerWire<'_> {
    PartnerWire {
        id: partner.id.as_str(),
        name: &partner.name,
        website: partner.website.as_deref(),
        contact: ContactWire {
            name: partner.contact.name.as_deref(),
            email: partner.contact.email.as_deref(),
            source: match partner.contact_source {
                ContactSource::Partner => "partner",
                ContactSource::Program => "program",
            },
        },
        courses: courses(&partner.courses),
        role: partner.role.to_string(),
        since: partner.since.map(|day| day.to_string()),
        new_this_year: partner.new_this_year,
        via: partner.via.to_string(),
        share: rounded_share(partner.share),
    }
}

fn part<'a>(part: &'a Part, answer: &Answer, words: &Words) -> PartWire<'a> {
    PartWire {
        region: part.region.to_string(),
        name: words.part_name(part, answer),
        share: part.share.map(rounded_share),
        status: status(part.status),
        partners: ids(&part.partners),
        via: part.via.as_ref().map(RegionId::to_string),
    }
}

fn upcoming(upcoming: &Upcoming) -> UpcomingWire<'_> {
    UpcomingWire {
        id: upcoming.id.as_str(),
        name: &upcoming.name,
        website: upcoming.website.as_deref(),
        starts_on: upcoming.starts_on.to_string(),
        courses: courses(&upcoming.courses),
        role: upcoming.role.to_string(),
        via: upcoming.via.to_string(),
    }
}

fn near_border(border: &NearBorder) -> NearBorderWire<'_> {
    NearBorderWire {
        region: border.region.as_ref().map(RegionId::to_string),
        name: border.name.as_deref(),
        distance_m: whole_metres(border.distance_m),
        status: status(border.status),
        partners: ids(&border.partners),
    }
}

fn nearest(nearest: &Nearest) -> NearestWire<'_> {
    NearestWire {
        region: nearest.region.to_string(),
        name: &nearest.name,
        distance_m: whole_metres(nearest.distance_m),
        direction: direction(nearest.direction),
        status: status(nearest.status),
        partners: ids(&nearest.partners),
    }
}

fn choice(choice: &Choice, url: String) -> ChoiceWire<'_> {
    ChoiceWire {
        label: &choice.label,
        kind: kind(choice.kind),
        region: choice.region.as_ref().map(RegionId::to_string),
        q: &choice.ask,
        url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{boise, courses, seattle};

    #[test]
    fn an_answer_has_the_fields_of_the_contract_in_their_order() {
        let json = answer(&seattle(), &Words::new(&courses())).unwrap();
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
        let json = answer(&unknown, &Words::default()).unwrap();
        assert!(json.contains("\"share\": null"), "{json}");
    }

    #[test]
    fn an_open_region_leads_to_its_application() {
        let json = answer(&boise(), &Words::default()).unwrap();
        assert!(json.contains("\"url\": \"/apply?region=county:16001\""), "{json}");
    }
}
