use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    catalogue::PartnerEntry,
    directory::RegionTerm,
    domain::CourseId,
    render::{
        json::{self, ContactWire},
        links, schema,
    },
};

/// A page of partners.
#[derive(Debug, Serialize, ToSchema)]
pub struct Partners<'a> {
    /// The partners, by id.
    partners: Vec<PartnerEntryWire<'a>>,
    /// How many partners there are on all pages together.
    #[schema(example = 92)]
    total: usize,
    /// The address of the next page; `null` on the last one.
    #[schema(format = "uri-reference", example = "/api/v1/partners?after=puget-sound-cs-hub")]
    next: Option<String>,
    /// The day that the lists of regions are about.
    #[schema(format = Date, example = "2026-11-21")]
    as_of: String,
    /// The data that it was answered from.
    #[schema(example = "0a1b2c3d4e5f6071")]
    generation: &'a str,
}

/// A partner and what it is assigned to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Partner)]
pub struct PartnerEntryWire<'a> {
    /// Its id.
    #[schema(example = "puget-sound-cs-hub")]
    id: &'a str,
    /// Its name.
    #[schema(example = "Puget Sound CS Hub (sample)")]
    name: &'a str,
    /// Its site.
    #[schema(format = "uri", example = "https://example.org/puget-sound-cs-hub")]
    website: Option<&'a str>,
    /// Whom to write to.
    contact: ContactWire<'a>,
    /// Where it has its seat.
    #[schema(example = "Seattle, WA")]
    based_in: Option<&'a str>,
    /// The ids of the courses that it offers.
    #[schema(example = json!(["csd", "csp"]))]
    courses: Vec<&'a str>,
    /// Whether its first assignment starts within the present program year.
    new_this_year: bool,
    /// What it is assigned to on the day and from later days on, by name.
    regions: Vec<TermWire<'a>>,
    /// Its page.
    #[schema(format = "uri-reference", example = "/partners/puget-sound-cs-hub")]
    url: String,
}

/// A region that a partner is assigned to; places in it can have a partner of their own all the same.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Term)]
pub struct TermWire<'a> {
    /// The typed id of the region.
    #[schema(example = "region:puget-sound")]
    region: String,
    /// Its full name.
    #[schema(example = "Puget Sound")]
    name: &'a str,
    /// What the partner does there.
    #[schema(schema_with = schema::role)]
    role: String,
    /// The first day, where it is still to come.
    #[schema(format = Date, example = "2027-07-01")]
    starts_on: Option<String>,
    /// The last day, where there is one.
    #[schema(format = Date, example = "2028-06-30")]
    ends_on: Option<String>,
}

/// A region that a partner is assigned to, on a map.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignedRegion<'a> {
    /// The id of the partner.
    #[schema(example = "puget-sound-cs-hub")]
    partner: &'a str,
    /// Its name.
    #[schema(example = "Puget Sound CS Hub (sample)")]
    partner_name: &'a str,
    #[serde(flatten)]
    term: TermWire<'a>,
}

impl<'a> Partners<'a> {
    /// A page of partners.
    pub fn new(
        partners: &'a [PartnerEntry<'a>],
        total: usize,
        next: Option<String>,
        as_of: jiff::civil::Date,
        generation: &'a str,
    ) -> Self {
        let partners = partners.iter().map(PartnerEntryWire::new).collect();
        Self { partners, total, next, as_of: as_of.to_string(), generation }
    }
}

impl<'a> PartnerEntryWire<'a> {
    /// The wire shape of a partner.
    pub fn new(entry: &'a PartnerEntry<'a>) -> Self {
        let partner = entry.profile.partner;
        Self {
            id: partner.id.as_str(),
            name: &partner.name,
            website: partner.website.as_deref(),
            contact: json::contact(&entry.contact, entry.contact_source),
            based_in: partner.based_in.as_deref(),
            courses: entry.courses.iter().map(CourseId::as_str).collect(),
            new_this_year: entry.profile.new_this_year,
            regions: entry.profile.terms.iter().map(TermWire::new).collect(),
            url: links::partner(&partner.id),
        }
    }
}

impl<'a> TermWire<'a> {
    fn new(term: &'a RegionTerm) -> Self {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        Self {
            region: term.region.to_string(),
            name: &term.name,
            role: term.role.to_string(),
            starts_on: day(term.starts_on),
            ends_on: day(term.ends_on),
        }
    }
}

impl<'a> AssignedRegion<'a> {
    /// What is known of a region that a partner is assigned to.
    pub fn new(entry: &'a PartnerEntry<'a>, term: &'a RegionTerm) -> Self {
        let partner = entry.profile.partner;
        Self { partner: partner.id.as_str(), partner_name: &partner.name, term: TermWire::new(term) }
    }
}
