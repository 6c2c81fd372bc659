//! Layers whose borders match: every vertex and edge of one area is its neighbour's, too.

use coverage_map::{
    domain::RegionId,
    snapshot::{Area, AreaKind},
};
use geo::{Coord, LineString, Polygon};

use super::{random::Random, shipped::bounded};

/// To a whole number of 2⁻²⁴.
pub fn snap(v: f64) -> f64 {
    (v * f64::from(1 << 24)).round() / f64::from(1 << 24)
}

/// An area of some rings, which are not closed yet.
pub fn area(n: usize, kind: AreaKind, rings: Vec<Vec<Coord<f64>>>) -> Area {
    let id: RegionId = match kind {
        AreaKind::State => format!("state:{n}").parse().unwrap(),
        AreaKind::County => format!("county:{n}").parse().unwrap(),
        AreaKind::Region => format!("region:r{n}").parse().unwrap(),
    };
    let polygons = rings.into_iter().map(|mut ring| {
        ring.push(ring[0]);
        Polygon::new(LineString(ring), vec![])
    });
    bounded(id, kind, "made", polygons.collect())
}

/// Areas in columns and rows whose borders match: ragged lines between them, straight ones around them.
pub fn mosaic(seed: u64, shape: Shape, extent: [f64; 4], kind: AreaKind) -> Vec<Area> {
    rings(seed, shape, extent).into_iter().enumerate().map(|(i, ring)| area(i, kind, vec![ring])).collect()
}

/// Columns and rows of areas, and pieces of each side of an area.
#[derive(Clone, Copy)]
pub struct Shape(pub usize, pub usize, pub usize);

/// The rings of a mosaic, row by row from the south-west; neighbours get the same vertices.
pub fn rings(seed: u64, Shape(columns, rows, pieces): Shape, [west, south, east, north]: [f64; 4]) -> Vec<Vec<Coord<f64>>> {
    let (across, up) = (columns * pieces, rows * pieces);
    let [dx, dy] = [(east - west) / across as f64, (north - south) / up as f64];
    let mut random = Random::seeded(seed);
    let mut off = |i: usize, last: usize| if i == 0 || i == last { 0.0 } else { random.between(-0.45, 0.45) };
    let mut place = |k: usize| {
        let (i, j) = (k % (across + 1), k / (across + 1));
        Coord { x: snap(west + (i as f64 + off(i, across)) * dx), y: snap(south + (j as f64 + off(j, up)) * dy) }
    };
    let places: Vec<_> = (0..(across + 1) * (up + 1)).map(&mut place).collect();
    let at = |i: usize, j: usize| places[j * (across + 1) + i];
    let ring = |n: usize| {
        let (i, j) = (n % columns * pieces, n / columns * pieces);
        let south = (0..pieces).map(|k| at(i + k, j));
        let east = (0..pieces).map(|k| at(i + pieces, j + k));
        let north = (0..pieces).map(|k| at(i + pieces - k, j + pieces));
        let west = (0..pieces).map(|k| at(i, j + pieces - k));
        south.chain(east).chain(north).chain(west).collect()
    };
    (0..columns * rows).map(ring).collect()
}
