use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    lookup::{Answer, Subject},
    render::{
        json, links,
        links::Way,
        schema,
        words::{Step, Words},
    },
};

/// The answers of all ZIPs that begin with the same three digits.
#[derive(Debug, Serialize, ToSchema)]
pub struct ZipAnswers<'a> {
    /// The three digits.
    #[schema(example = "981")]
    prefix: &'a str,
    /// The day that the answers are about.
    #[schema(format = Date, example = "2026-11-21")]
    as_of: String,
    /// The course that they are about, by its id; `null` is any.
    #[schema(example = "csd")]
    course: Option<String>,
    /// The answers by ZIP; a ZIP that is not among them does not exist.
    zips: BTreeMap<String, ZipAnswer>,
    /// The data that it was answered from.
    #[schema(example = "0a1b2c3d4e5f6071")]
    generation: &'a str,
}

/// The answer of a ZIP in finished sentences.
#[derive(Debug, Serialize, ToSchema)]
pub struct ZipAnswer {
    /// Its postal place name.
    #[schema(example = "Seattle")]
    place: String,
    /// Whether it is served.
    #[schema(schema_with = schema::status)]
    status: &'static str,
    /// The verdict in one sentence without a full stop: a heading.
    #[schema(example = "ZIP 98101 (Seattle, Washington) has a partner: Puget Sound CS Hub (sample)")]
    verdict: String,
    /// Sentences that one should know.
    #[schema(example = json!(["The ZIP lies in two counties."]))]
    notes: Vec<String>,
    /// The partners.
    partners: Vec<ZipPartner>,
    /// What to do now.
    next_step: json::StepWire,
    /// The page that answers about it.
    #[schema(format = "uri-reference", example = "/zips/98101")]
    url: String,
}

/// A partner in the answer of a ZIP.
#[derive(Debug, Serialize, ToSchema)]
pub struct ZipPartner {
    /// Its id.
    #[schema(example = "puget-sound-cs-hub")]
    id: String,
    /// Its name.
    #[schema(example = "Puget Sound CS Hub (sample)")]
    name: String,
    /// Its page.
    #[schema(format = "uri-reference", example = "/partners/puget-sound-cs-hub")]
    url: String,
}

impl<'a> ZipAnswers<'a> {
    /// The wire shape of the answers of all ZIPs with a prefix.
    pub fn new(
        prefix: &'a str,
        answers: &'a [Answer],
        about: (String, Option<String>),
        generation: &'a str,
        words: &Words,
    ) -> Self {
        let by_zip = answers.iter().filter_map(|answer| match &answer.query.subject {
            Some(Subject::Zip(zip, place, _)) => {
                Some((zip.to_string(), ZipAnswer::new(answer, place.to_string(), format!("/zips/{zip}"), words)))
            }
            _ => None,
        });
        let (as_of, course) = about;
        Self { prefix, as_of, course, zips: by_zip.collect(), generation }
    }
}

impl ZipAnswer {
    fn new(answer: &Answer, place: String, url: String, words: &Words) -> Self {
        let Step { action, label, url: to } = words.step(answer, &Way { course: answer.course.as_ref(), ..Way::default() });
        let partner = |partner: &crate::lookup::ServingPartner| ZipPartner {
            id: partner.id.to_string(),
            name: partner.name.to_string(),
            url: links::partner(&partner.id),
        };
        Self {
            place,
            status: json::status(answer.status),
            verdict: words.verdict(answer),
            notes: words.notes(answer),
            partners: answer.partners.iter().map(partner).collect(),
            next_step: json::StepWire { action, label, url: to },
            url,
        }
    }
}
