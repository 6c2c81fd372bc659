//! The shipped layers as areas for the index, read straight from the JSON.

use std::{fs, path::PathBuf, sync::Arc};

use coverage_map::{
    domain::RegionId,
    geometry::{Boundary, Position, measure},
    snapshot::{Area, AreaKind},
};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use serde_json::Value;

/// The file of each layer, in the order in which a snapshot has them.
pub const LAYERS: [(&str, AreaKind); 3] = [
    ("us-2023/states.geojson", AreaKind::State),
    ("us-2023/counties.geojson", AreaKind::County),
    ("sample-program/regions.geojson", AreaKind::Region),
];

pub fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("regions").join(file)
}

/// All areas of the shipped layers.
pub fn areas() -> Vec<Area> {
    LAYERS.iter().flat_map(|(file, kind)| layer(file, *kind)).collect()
}

/// The areas of one shipped layer, in the order of its file.
pub fn layer(file: &str, kind: AreaKind) -> Vec<Area> {
    let json: Value = serde_json::from_slice(&fs::read(path(file)).unwrap()).unwrap();
    json["features"].as_array().unwrap().iter().map(|feature| area(feature, kind)).collect()
}

fn area(feature: &Value, kind: AreaKind) -> Area {
    let property = |name: &str| feature["properties"][name].as_str().unwrap().to_owned();
    let (id, name) = match kind {
        AreaKind::State => (format!("state:{}", property("STUSPS")), property("NAME")),
        AreaKind::County => (format!("county:{}", property("GEOID")), property("NAMELSAD")),
        AreaKind::Region => (format!("region:{}", property("id")), property("name")),
    };
    let geometry = &feature["geometry"];
    let polygons = match geometry["type"].as_str().unwrap() {
        "Polygon" => vec![polygon(&geometry["coordinates"])],
        _ => geometry["coordinates"].as_array().unwrap().iter().map(polygon).collect(),
    };
    bounded(id.parse().unwrap(), kind, &name, polygons)
}

/// An area with a boundary.
pub fn bounded(id: RegionId, kind: AreaKind, name: &str, polygons: Vec<Polygon<f64>>) -> Area {
    let boundary = Boundary::new(MultiPolygon(polygons)).unwrap();
    let square_metres = measure::area(&boundary);
    Area { id, kind, name: name.into(), boundary: Some(Arc::new(boundary)), square_metres }
}

fn polygon(rings: &Value) -> Polygon<f64> {
    let mut rings = rings.as_array().unwrap().iter().map(|ring| {
        let coord = |c: &Value| Coord { x: c[0].as_f64().unwrap(), y: c[1].as_f64().unwrap() };
        LineString(ring.as_array().unwrap().iter().map(coord).collect())
    });
    Polygon::new(rings.next().unwrap(), rings.collect())
}

/// The positions of all ZIPs that have one.
pub fn zips() -> Vec<Position> {
    let mut reader = csv::Reader::from_path(path("us-2023/zips.csv")).unwrap();
    let column = |name: &str, headers: &csv::StringRecord| headers.iter().position(|h| h == name).unwrap();
    let headers = reader.headers().unwrap().clone();
    let (lat, lon) = (column("lat", &headers), column("lon", &headers));
    let rows = reader.records().map(Result::unwrap);
    rows.filter_map(|row| Position::new(row[lon].parse().ok()?, row[lat].parse().ok()?).ok()).collect()
}
