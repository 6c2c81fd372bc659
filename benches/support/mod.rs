//! What the benches have in common: layers, positions, and the ways to locate a position.
#![allow(dead_code, reason = "each bench uses a part of it")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "as in the tests, from which some of it comes")]

pub mod methods;
#[path = "../../tests/it/point_location/mosaic.rs"]
pub mod mosaic;
#[path = "../../tests/it/point_location/random.rs"]
pub mod random;
#[path = "../../tests/it/point_location/shipped.rs"]
pub mod shipped;

use coverage_map::{
    geometry::Position,
    snapshot::{Area, AreaKind},
};

use self::{mosaic::Shape, random::Random};

/// The 48 states and their surroundings: west, south, east, north.
const COUNTRY: [f64; 4] = [-125.0, 24.0, -66.0, 50.0];

/// A layer under test.
pub struct Layer {
    pub name: &'static str,
    pub areas: Vec<Area>,
}

/// The counties alone, which other tools can be given, too.
pub fn counties() -> Layer {
    let (file, kind) = shipped::LAYERS[1];
    Layer { name: "shipped counties", areas: shipped::layer(file, kind) }
}

/// States, counties and program regions: what the product asks.
pub fn shipped() -> Layer {
    Layer { name: "all shipped layers", areas: shipped::areas() }
}

/// 33,124 areas of 1.9 million vertices over the country.
pub fn many() -> Layer {
    Layer { name: "33,124 generated areas", areas: generated(182, 182, 14) }
}

/// A mosaic over the country.
pub fn generated(columns: usize, rows: usize, pieces: usize) -> Vec<Area> {
    mosaic::mosaic(33, Shape(columns, rows, pieces), COUNTRY, AreaKind::County)
}

/// A way to choose positions.
#[derive(Clone, Copy, Debug)]
pub enum Mix {
    /// Anywhere in the box around the 48 states.
    Uniform,
    /// Within 0.005° of a random place on a random edge.
    NearBorders,
    /// Within 0.02° of a random ZIP's position.
    People,
}

pub const MIXES: [Mix; 3] = [Mix::Uniform, Mix::NearBorders, Mix::People];

/// Seeded positions of a mix.
pub fn positions(mix: Mix, areas: &[Area], n: usize, seed: u64) -> Vec<Position> {
    let mut random = Random::seeded(seed);
    let edges: Vec<_> = areas.iter().filter_map(|area| area.boundary.as_ref()).flat_map(|boundary| boundary.edges()).collect();
    let zips = shipped::zips();
    let mut one = || {
        let ([x, y], off) = match mix {
            Mix::Uniform => ([random.between(COUNTRY[0], COUNTRY[2]), random.between(COUNTRY[1], COUNTRY[3])], 0.0),
            Mix::NearBorders => {
                let ([a, b], t) = (edges[random.below(edges.len())], random.between(0.0, 1.0));
                ([a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)], 0.005)
            }
            Mix::People => {
                let zip = zips[random.below(zips.len())];
                ([zip.lon(), zip.lat()], 0.02)
            }
        };
        let (x, y) = (x + random.between(-off, off), y + random.between(-off, off));
        Position::new(x.clamp(-180.0, 180.0), y.clamp(-90.0, 90.0)).expect("clamped")
    };
    (0..n).map(|_| one()).collect()
}

/// The middle of some numbers.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
