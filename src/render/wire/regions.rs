use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    catalogue::Region,
    domain::PartnerId,
    render::{json, links, number::Number, schema},
};

/// A page of regions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Regions<'a> {
    /// The regions, by kind and id.
    regions: Vec<RegionWire<'a>>,
    /// How many regions there are on all pages together.
    #[schema(example = 39)]
    total: usize,
    /// The address of the next page; `null` on the last one.
    #[schema(format = "uri-reference", example = "/api/v1/regions?kind=county&after=county:01199")]
    next: Option<String>,
    /// The day that `status` and `partners` are about.
    #[schema(format = Date, example = "2026-11-21")]
    as_of: String,
    /// The data that it was answered from.
    #[schema(example = "0a1b2c3d4e5f6071")]
    generation: &'a str,
}

/// A region that a partner can be assigned to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Region)]
pub struct RegionWire<'a> {
    /// Its typed id.
    #[schema(example = "county:53033")]
    id: String,
    /// What it is.
    #[schema(schema_with = schema::region_kind)]
    kind: &'static str,
    /// Its full name.
    #[schema(example = "King County, Washington")]
    name: &'a str,
    /// The code of the state that it lies in; `null` for program regions and military ZIPs.
    #[schema(example = "WA")]
    state: Option<String>,
    /// Its people, an estimate where a program region splits counties; `null` where nobody counted.
    #[schema(example = 2266789)]
    population: Option<u64>,
    /// Its area in square kilometres; `null` for ZIPs.
    #[schema(example = 5977.1)]
    area_km2: Option<f64>,
    /// Whether it is served.
    #[schema(schema_with = schema::status)]
    status: &'static str,
    /// The ids of who serves it or parts of it, leads first.
    #[schema(example = json!(["puget-sound-cs-hub"]))]
    partners: Vec<&'a str>,
    /// The page that answers about it.
    #[schema(format = "uri-reference", example = "/counties/53033")]
    url: String,
}

impl<'a> Regions<'a> {
    /// A page of regions.
    pub fn new(regions: &'a [Region], total: usize, next: Option<String>, as_of: jiff::civil::Date, generation: &'a str) -> Self {
        Self { regions: regions.iter().map(RegionWire::new).collect(), total, next, as_of: as_of.to_string(), generation }
    }
}

impl<'a> RegionWire<'a> {
    /// The wire shape of a region.
    pub fn new(region: &'a Region) -> Self {
        let square_km = |square_metres: f64| Number::new(square_metres / 1e6, 1).value();
        Self {
            id: region.id.to_string(),
            kind: region.id.kind(),
            name: &region.name,
            state: region.state.map(|state| state.to_string()),
            population: region.population,
            area_km2: region.square_metres.map(square_km),
            status: json::status(region.status),
            partners: region.partners.iter().map(PartnerId::as_str).collect(),
            url: links::region(&region.id),
        }
    }
}
