//! Regions with their boundaries (RFC 7946).

use geo::{Coord, LineString};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{catalogue::Outline, geometry::Boundary, render::schema};

/// Features, and where the next ones are.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeatureCollection<P> {
    /// Always `FeatureCollection`.
    #[schema(schema_with = schema::feature_collection)]
    r#type: &'static str,
    /// The features.
    features: Vec<Feature<P>>,
    /// How many regions or partners there are on all pages together.
    #[schema(example = 39)]
    total: usize,
    /// The address of the next page; `null` on the last one.
    #[schema(format = "uri-reference", example = "/api/v1/regions.geojson?kind=county&after=county:01199")]
    next: Option<String>,
}

/// A region and where it lies.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feature<P> {
    /// Always `Feature`.
    #[schema(schema_with = schema::feature)]
    r#type: &'static str,
    /// The typed id of the region; of what a partner is assigned to the id of the partner, a slash and the typed id of the
    /// region, with `/2` behind the second assignment to the same region.
    #[schema(example = "county:53033")]
    id: String,
    /// Its boundary or position; `null` where it has none.
    geometry: Option<Geometry>,
    /// What is known of it.
    properties: P,
}

/// A boundary, or a position: longitude, then latitude, in degrees on WGS 84.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", content = "coordinates")]
pub enum Geometry {
    /// The position of a ZIP.
    Point([f64; 2]),
    /// A boundary: exterior rings anticlockwise, holes clockwise. A region that is built from counties has theirs.
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

impl<P> FeatureCollection<P> {
    /// A page of features.
    pub fn new(features: Vec<Feature<P>>, total: usize, next: Option<String>) -> Self {
        Self { r#type: "FeatureCollection", features, total, next }
    }
}

impl<P> Feature<P> {
    /// A region with its properties.
    pub fn new(id: String, outline: &Outline<'_>, properties: P) -> Self {
        Self { r#type: "Feature", id, geometry: Geometry::of(outline), properties }
    }
}

impl Geometry {
    fn of(outline: &Outline<'_>) -> Option<Self> {
        match outline {
            Outline::Within(boundaries) if boundaries.is_empty() => None,
            Outline::Within(boundaries) => Some(Self::MultiPolygon(boundaries.iter().flat_map(|b| polygons(b)).collect())),
            Outline::Around(position) => Some(Self::Point([position.lon(), position.lat()])),
            Outline::Nowhere => None,
        }
    }
}

fn polygons(boundary: &Boundary) -> impl Iterator<Item = Vec<Vec<[f64; 2]>>> {
    boundary.parts().iter().map(|polygon| {
        let exterior = ring(polygon.exterior(), true);
        std::iter::once(exterior).chain(polygon.interiors().iter().map(|hole| ring(hole, false))).collect()
    })
}

/// A ring in the direction that RFC 7946 §3.1.6 asks for.
fn ring(line: &LineString<f64>, anticlockwise: bool) -> Vec<[f64; 2]> {
    let doubled: f64 = line.0.windows(2).map(|w| w[0].x * w[1].y - w[1].x * w[0].y).sum();
    let pair = |c: &Coord<f64>| [c.x, c.y];
    if (doubled > 0.0) == anticlockwise { line.0.iter().map(pair).collect() } else { line.0.iter().rev().map(pair).collect() }
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, line_string, polygon};

    use super::*;

    #[test]
    fn rings_turn_as_the_standard_asks_whatever_the_file_did() {
        let mut clockwise = polygon![(x: 0.0, y: 0.0), (x: 0.0, y: 9.0), (x: 9.0, y: 9.0), (x: 9.0, y: 0.0), (x: 0.0, y: 0.0)];
        clockwise.interiors_push(
            line_string![(x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 2.0, y: 2.0), (x: 1.0, y: 2.0), (x: 1.0, y: 1.0)],
        );
        let boundary = std::sync::Arc::new(Boundary::new(MultiPolygon(vec![clockwise])).unwrap());
        let feature = Feature::new("region:x".to_owned(), &Outline::Within(vec![&boundary]), ());
        let json = serde_json::to_value(&feature).unwrap();
        let rings = &json["geometry"]["coordinates"][0];
        assert_eq!(json["geometry"]["type"], "MultiPolygon");
        assert_eq!(rings[0][1], serde_json::json!([9.0, 0.0]), "the exterior goes anticlockwise");
        assert_eq!(rings[1][1], serde_json::json!([1.0, 2.0]), "the hole goes clockwise");
    }
}
