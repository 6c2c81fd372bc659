//! Places in the wire shape of an answer: its parts, what is near, and what may have been meant.

use serde::Serialize;
use utoipa::ToSchema;

use super::{direction, ids, kind, status};
use crate::{
    domain::RegionId,
    lookup::{Answer, Choice, NearBorder, Nearest, Part},
    render::{rounded_share, schema, whole_metres, words::Words},
};

/// One of the things that the subject of an answer is made of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Part)]
pub(super) struct PartWire<'a> {
    /// Its typed id.
    #[schema(example = "county:53033")]
    region: String,
    /// Its name.
    #[schema(example = "King County, Washington")]
    name: String,
    /// Its share of the people, 0.001 at least where somebody lives; `null` where nobody counted.
    #[schema(minimum = 0, maximum = 1, example = 0.412)]
    share: Option<f64>,
    /// Whether it is served.
    #[schema(schema_with = schema::status)]
    status: &'static str,
    /// The ids of who serves it, leads first.
    #[schema(example = json!(["puget-sound-cs-hub"]))]
    partners: Vec<&'a str>,
    /// The region by whose assignment it is served or under review.
    #[schema(example = "region:puget-sound")]
    via: Option<String>,
}

/// The other side of a border at which the answer changes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NearBorder)]
pub(super) struct NearBorderWire<'a> {
    /// The typed id of the region there.
    #[schema(example = "county:53061")]
    region: Option<String>,
    /// Its name.
    #[schema(example = "Snohomish County, Washington")]
    name: Option<&'a str>,
    /// How far the border is, in metres.
    #[schema(example = 120)]
    distance_m: u64,
    /// Whether it is served there.
    #[schema(schema_with = schema::status)]
    status: &'static str,
    /// The ids of who serves it there.
    #[schema(example = json!(["puget-sound-cs-hub"]))]
    partners: Vec<&'a str>,
}

/// The region nearest to a position outside.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Nearest)]
pub(super) struct NearestWire<'a> {
    /// Its typed id.
    #[schema(example = "county:53009")]
    region: String,
    /// Its name.
    #[schema(example = "Clallam County, Washington")]
    name: &'a str,
    /// How far it is, in metres along the ground.
    #[schema(example = 15200)]
    distance_m: u64,
    /// Where it lies, as one of eight winds.
    #[schema(schema_with = schema::direction)]
    direction: &'static str,
    /// Whether it is served.
    #[schema(schema_with = schema::status)]
    status: &'static str,
    /// The ids of who serves it.
    #[schema(example = json!(["puget-sound-cs-hub"]))]
    partners: Vec<&'a str>,
}

/// What an ambiguous question may have meant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Choice)]
pub(super) struct ChoiceWire<'a> {
    /// Its full name.
    #[schema(example = "Springfield, Illinois")]
    label: &'a str,
    /// What it is.
    #[schema(schema_with = schema::kind)]
    kind: &'static str,
    /// Its typed id, where it is a region.
    #[schema(example = "county:17167")]
    region: Option<String>,
    /// The text that asks for exactly this.
    #[schema(example = "Springfield, IL")]
    q: &'a str,
    /// The page that answers it.
    #[schema(format = "uri-reference", example = "/partners?q=Springfield%2C%20IL")]
    url: String,
}

pub(super) fn part<'a>(part: &'a Part, answer: &Answer, words: &Words) -> PartWire<'a> {
    PartWire {
        region: part.region.to_string(),
        name: words.part_name(part, answer),
        share: part.share.map(rounded_share),
        status: status(part.status),
        partners: ids(&part.partners),
        via: part.via.as_ref().map(RegionId::to_string),
    }
}

pub(super) fn near_border(border: &NearBorder) -> NearBorderWire<'_> {
    NearBorderWire {
        region: border.region.as_ref().map(RegionId::to_string),
        name: border.name.as_deref(),
        distance_m: whole_metres(border.distance_m),
        status: status(border.status),
        partners: ids(&border.partners),
    }
}

pub(super) fn nearest(nearest: &Nearest) -> NearestWire<'_> {
    NearestWire {
        region: nearest.region.to_string(),
        name: &nearest.name,
        distance_m: whole_metres(nearest.distance_m),
        direction: direction(nearest.direction),
        status: status(nearest.status),
        partners: ids(&nearest.partners),
    }
}

pub(super) fn choice(choice: &Choice, url: String) -> ChoiceWire<'_> {
    ChoiceWire {
        label: &choice.label,
        kind: kind(choice.kind),
        region: choice.region.as_ref().map(RegionId::to_string),
        q: &choice.ask,
        url,
    }
}
