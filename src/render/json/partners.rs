//! Partners in the wire shape of an answer: who serves a place, who starts there later, and who is near.

use serde::Serialize;
use utoipa::ToSchema;

use super::{courses, direction};
use crate::{
    domain::Contact,
    lookup::{ContactSource, NearPartner, ServingPartner, Upcoming},
    render::{rounded_share, schema, whole_metres},
};

/// A partner that serves what was asked about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServingPartner)]
pub(super) struct PartnerWire<'a> {
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
    /// The ids of the courses that it offers here.
    #[schema(example = json!(["csd", "csp"]))]
    courses: Vec<&'a str>,
    /// Whether it leads or funds.
    #[schema(schema_with = schema::role)]
    role: String,
    /// The first day of its assignment here, where it is known.
    #[schema(format = Date, example = "2024-07-01")]
    since: Option<String>,
    /// Whether its first assignment starts within the present program year.
    new_this_year: bool,
    /// The region by whose assignment it serves.
    #[schema(example = "region:puget-sound")]
    via: String,
    /// The share of the people whom it serves, of partners together perhaps more than 1.
    #[schema(minimum = 0, maximum = 1, example = 1.0)]
    share: f64,
}

/// Whom to write to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contact)]
pub struct ContactWire<'a> {
    /// A person or office.
    #[schema(example = "CS coordinator")]
    name: Option<&'a str>,
    /// An address for e-mail.
    #[schema(format = Email, example = "puget-sound-cs-hub@example.org")]
    email: Option<&'a str>,
    /// Whether the partner named it, or it is the program's.
    #[schema(schema_with = schema::contact_source)]
    source: &'static str,
}

/// A partner that starts later.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Upcoming)]
pub(super) struct UpcomingWire<'a> {
    /// Its id.
    #[schema(example = "puget-sound-cs-hub")]
    id: &'a str,
    /// Its name.
    #[schema(example = "Puget Sound CS Hub (sample)")]
    name: &'a str,
    /// Its site.
    #[schema(format = "uri", example = "https://example.org/puget-sound-cs-hub")]
    website: Option<&'a str>,
    /// Its first day here.
    #[schema(format = Date, example = "2027-07-01")]
    starts_on: String,
    /// The ids of the courses that it will offer here.
    #[schema(example = json!(["csd", "csp"]))]
    courses: Vec<&'a str>,
    /// Whether it will lead or fund.
    #[schema(schema_with = schema::role)]
    role: String,
    /// The region that it is assigned to.
    #[schema(example = "region:puget-sound")]
    via: String,
}

/// A partner near a place that nobody serves.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NearPartner)]
pub(super) struct NearPartnerWire<'a> {
    /// Its id.
    #[schema(example = "puget-sound-cs-hub")]
    id: &'a str,
    /// Its name.
    #[schema(example = "Puget Sound CS Hub (sample)")]
    name: &'a str,
    /// Its site.
    #[schema(format = "uri", example = "https://example.org/puget-sound-cs-hub")]
    website: Option<&'a str>,
    /// The typed id of the nearest county in which it serves.
    #[schema(example = "county:53033")]
    region: String,
    /// The full name of that county.
    #[schema(example = "King County, Washington")]
    region_name: &'a str,
    /// How far the border of that county is, in metres; from the middle of an area.
    #[schema(example = 15200)]
    distance_m: u64,
    /// In which direction it lies.
    #[schema(schema_with = schema::direction)]
    direction: &'static str,
}

pub(super) fn partner(partner: &ServingPartner) -> PartnerWire<'_> {
    PartnerWire {
        id: partner.id.as_str(),
        name: &partner.name,
        website: partner.website.as_deref(),
        contact: contact(&partner.contact, partner.contact_source),
        courses: courses(&partner.courses),
        role: partner.role.to_string(),
        since: partner.since.map(|day| day.to_string()),
        new_this_year: partner.new_this_year,
        via: partner.via.to_string(),
        share: rounded_share(partner.share),
    }
}

/// The wire shape of a contact.
pub(in crate::render) fn contact(contact: &Contact, source: ContactSource) -> ContactWire<'_> {
    ContactWire {
        name: contact.name.as_deref(),
        email: contact.email.as_deref(),
        source: match source {
            ContactSource::Partner => "partner",
            ContactSource::Program => "program",
        },
    }
}

pub(super) fn upcoming(upcoming: &Upcoming) -> UpcomingWire<'_> {
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

pub(super) fn near_partner(near: &NearPartner) -> NearPartnerWire<'_> {
    NearPartnerWire {
        id: near.id.as_str(),
        name: &near.name,
        website: near.website.as_deref(),
        region: near.region.to_string(),
        region_name: &near.region_name,
        distance_m: whole_metres(near.distance_m),
        direction: direction(near.direction),
    }
}
