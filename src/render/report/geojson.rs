use geo::{Coord, Geometry, LineString, Polygon};
use serde_json::{Value, json};

use super::{Cell, Shape, Table, json::properties};

/// Decimals of a degree that are written: a tenth of a metre.
const DECIMALS: i32 = 6;

/// A table of a report as a FeatureCollection (RFC 7946), a feature a row, with the id of the row where it has one;
/// rows without a place have no geometry.
///
/// # Errors
/// Never in practice: a report holds only text, numbers and lists.
pub fn geojson(table: &Table) -> Result<String, serde_json::Error> {
    let id = table.plan.id.and_then(|name| table.columns.iter().position(|column| column.name == name));
    let features = table.rows.iter().enumerate().map(|(i, row)| {
        let shape = table.shapes.get(i).unwrap_or(&None);
        let mut feature = json!({ "type": "Feature", "geometry": geometry(shape), "properties": properties(table, row) });
        if let Some(Cell::Text(id)) = id.and_then(|at| row.get(at)) {
            feature["id"] = id.as_str().into();
        }
        feature
    });
    let collection = json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() });
    serde_json::to_string(&collection).map(|json| json + "\n")
}

/// A geometry as GeoJSON has it; `null` for nothing.
pub(crate) fn geometry(shape: &Shape) -> Value {
    match shape {
        Some(Geometry::Point(point)) => json!({ "type": "Point", "coordinates": position(point.0) }),
        Some(Geometry::Polygon(polygon)) => json!({ "type": "Polygon", "coordinates": rings(polygon) }),
        Some(Geometry::MultiPolygon(parts)) => match parts.0.as_slice() {
            [only] => json!({ "type": "Polygon", "coordinates": rings(only) }),
            parts => json!({ "type": "MultiPolygon", "coordinates": parts.iter().map(rings).collect::<Vec<_>>() }),
        },
        Some(Geometry::GeometryCollection(all)) => {
            let each: Vec<_> = all.0.iter().map(|one| geometry(&Some(one.clone()))).collect();
            json!({ "type": "GeometryCollection", "geometries": each })
        }
        _ => Value::Null,
    }
}

fn rings(polygon: &Polygon<f64>) -> Value {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
}

fn ring(line: &LineString<f64>) -> Value {
    line.0.iter().map(|c| position(*c)).collect()
}

fn position(c: Coord<f64>) -> Value {
    let unit = 10_f64.powi(DECIMALS);
    // Adding zero turns -0 into 0.
    json!([c.x, c.y].map(|number| (number * unit).round() / unit + 0.0))
}
