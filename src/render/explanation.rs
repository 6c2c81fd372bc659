//! Why an answer is what it is, for staff: the chain from what was typed to the verdict.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    json::AnswerWire,
    rounded_share,
    words::{self, Words},
};
use crate::lookup::{Considered, Explanation};

/// How many assignments or counties are listed for people before the rest is only counted.
const MOST_LISTED: usize = 24;

/// The chain as lines of text.
pub fn text(explained: &Explanation, words: &Words) -> String {
    let answer = &explained.answer;
    let mut page = format!("{}\n\n", words.verdict(answer));
    page += &format!("asked        {}\n", answer.query.input);
    page +=
        &format!("taken for    {}\n", words.understood_as(&answer.query).unwrap_or_else(|| "nothing that is known".to_owned()));
    page += &format!("day          {}\n", words.day(answer.as_of));
    if let Some(course) = &answer.course {
        page += &format!("course       {}\n", words.course(course));
    }
    page += &section("choices", &answer.choices, |choice| format!("{} ({})", choice.label, choice.ask));
    page += &section("counties", &explained.counties, |(id, name, share)| {
        let share = share.map(|share| format!(", {}", words.share_of_people(share))).unwrap_or_default();
        format!("{name} ({id}){share}")
    });
    page += &section("assignments", &explained.considered, considered);
    page += &section("notes", &words.notes(answer), Clone::clone);
    let step = words.step(answer, &words.way(answer.course.as_ref(), None));
    page + &format!("next         {}\n", step.url.map_or(step.label.clone(), |url| format!("{}: {url}", step.label)))
}

fn section<T>(name: &str, items: &[T], line: impl Fn(&T) -> String) -> String {
    let mut lines = String::new();
    for (i, item) in items.iter().take(MOST_LISTED).enumerate() {
        lines += &format!("{:12} {}\n", if i == 0 { name } else { "" }, line(item));
    }
    if items.len() > MOST_LISTED {
        lines += &format!("{:12} and {} more (use --format json)\n", "", words::thousands((items.len() - MOST_LISTED) as u64));
    }
    lines
}

fn considered(row: &Considered) -> String {
    let size = row.square_km.map(|km| format!(", {} km²", words::thousands(km.round() as u64))).unwrap_or_default();
    format!("{}: {} on {}{size}: {}", row.origin, row.name, row.region, words::reason(&row.reason))
}

/// Why an answer is what it is: the answer, and the chain that led to it.
#[derive(Serialize, ToSchema)]
#[schema(as = Explanation)]
pub struct ExplanationWire<'a> {
    /// The answer.
    answer: AnswerWire<'a>,
    /// The counties that the question meets.
    counties: Vec<CountyWire<'a>>,
    /// The assignments that were looked at, the most specific region first.
    considered: Vec<ConsideredWire<'a>>,
}

/// A county that the question meets.
#[derive(Serialize, ToSchema)]
#[schema(as = ExplainedCounty)]
struct CountyWire<'a> {
    /// Its typed id.
    #[schema(example = "county:53033")]
    region: String,
    /// Its full name.
    #[schema(example = "King County, Washington")]
    name: &'a str,
    /// The share of the people that it has; `null` where nobody counted.
    #[schema(minimum = 0, maximum = 1, example = 1.0)]
    share: Option<f64>,
}

/// An assignment that was looked at.
#[derive(Serialize, ToSchema)]
#[schema(as = Considered)]
struct ConsideredWire<'a> {
    /// The file in which it is written.
    #[schema(example = "assignments.csv")]
    file: &'a str,
    /// Its line in this file, the first being 1.
    #[schema(example = 977)]
    line: u32,
    /// Whose assignment it is, by its id.
    #[schema(example = "puget-sound-cs-hub")]
    partner: &'a str,
    /// The name of this partner.
    #[schema(example = "Puget Sound CS Hub (sample)")]
    name: &'a str,
    /// The typed id of the assigned region.
    #[schema(example = "region:puget-sound")]
    region: String,
    /// How large this region is, in square kilometres; `null` for a ZIP.
    #[schema(example = 10073.4)]
    square_km: Option<f64>,
    /// What became of it, in words.
    #[schema(example = "serves")]
    reason: String,
}

/// The chain as JSON.
///
/// # Errors
/// Never in practice: the wire shape holds only text, numbers and lists.
pub fn json(explained: &Explanation, words: &Words) -> Result<String, serde_json::Error> {
    let wire = ExplanationWire {
        answer: AnswerWire::new(&explained.answer, words, None),
        counties: explained
            .counties
            .iter()
            .map(|(id, name, share)| CountyWire { region: id.to_string(), name, share: share.map(rounded_share) })
            .collect(),
        considered: explained.considered.iter().map(considered_wire).collect(),
    };
    serde_json::to_string_pretty(&wire).map(|json| json + "\n")
}

fn considered_wire(row: &Considered) -> ConsideredWire<'_> {
    ConsideredWire {
        file: &row.origin.file,
        line: row.origin.line,
        partner: row.partner.as_str(),
        name: &row.name,
        region: row.region.to_string(),
        square_km: row.square_km.map(|km| (km * 10.0).round() / 10.0),
        reason: words::reason(&row.reason),
    }
}
