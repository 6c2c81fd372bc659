//! Who holds a position, by whole numbers alone: shares no code with the index.
//!
//! Every double from 1 to 180 is a whole number of 2⁻⁵² parts, so 64 bits hold a coordinate and 128 bits the product
//! of two differences, exactly. Edges lie in strips of latitude; a ray to the east counts, for every area, how often it
//! crosses its edges.

use std::{collections::BTreeMap, fs, path::Path};

use geojson::{GeoJson, GeometryValue};

/// Strips in a degree of latitude.
const STRIPS: f64 = 100.0;

#[derive(Clone, Copy)]
struct Edge {
    /// Lower end, then upper end.
    ends: [[i64; 2]; 2],
    area: u32,
}

/// The edges of some areas, by strips of latitude.
#[derive(Default)]
pub struct Oracle {
    strips: BTreeMap<i64, Vec<Edge>>,
    pub layers: Vec<u8>,
}

/// Parts of 2⁻⁵² degrees; a number that is not a whole number of them would not be decided exactly, and is refused.
fn parts(v: f64) -> i64 {
    let parts = v * (1_u64 << 52) as f64;
    assert!(parts.fract() == 0.0, "{v} needs more than 52 binary places");
    parts as i64
}

fn strip(v: f64) -> i64 {
    (v * STRIPS).floor() as i64
}

impl Oracle {
    /// Adds an area of a layer by its rings; areas are numbered in the order in which they are added.
    pub fn add(&mut self, layer: u8, rings: &[Vec<[f64; 2]>]) {
        let area = self.layers.len() as u32;
        self.layers.push(layer);
        for pair in rings.iter().flat_map(|ring| ring.windows(2)) {
            let (low, high) = if pair[0][1] < pair[1][1] { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
            let edge = Edge { ends: [low.map(parts), high.map(parts)], area };
            (strip(low[1])..=strip(high[1])).for_each(|s| self.strips.entry(s).or_default().push(edge));
        }
    }

    /// Adds the features of a GeoJSON file, read by the crate `geojson`.
    pub fn add_file(&mut self, layer: u8, file: &Path) {
        let GeoJson::FeatureCollection(features) = fs::read_to_string(file).unwrap().parse().unwrap() else { panic!() };
        for feature in features {
            let plain = |rings: Vec<Vec<geojson::Position>>| {
                rings.into_iter().map(|ring| ring.iter().map(|p| [p[0], p[1]]).collect::<Vec<_>>())
            };
            let rings: Vec<_> = match feature.geometry.unwrap().value {
                GeometryValue::Polygon { coordinates } => plain(coordinates).collect(),
                GeometryValue::MultiPolygon { coordinates } => coordinates.into_iter().flat_map(plain).collect(),
                other => panic!("{other:?}"),
            };
            self.add(layer, &rings);
        }
    }

    /// The numbers of the areas that hold a position taken a hair to its north-east, ascending.
    pub fn holders(&self, [x, y]: [f64; 2]) -> Vec<u32> {
        let (px, py) = (parts(x), parts(y));
        let edges = self.strips.get(&strip(y)).into_iter().flatten();
        let crossed = edges.filter(|Edge { ends: [[lx, ly], [hx, hy]], .. }| {
            if !(*ly <= py && py < *hy) || (px > *lx && px > *hx) {
                return false;
            }
            let [dx, dy, ex, ey] = [hx - lx, hy - ly, px - lx, py - ly].map(i128::from);
            dx * ey > dy * ex
        });
        let mut areas: Vec<u32> = crossed.map(|edge| edge.area).collect();
        areas.sort_unstable();
        let odd = areas.chunk_by(|a, b| a == b).filter(|same| same.len() % 2 == 1).map(|same| same[0]);
        odd.collect()
    }
}
