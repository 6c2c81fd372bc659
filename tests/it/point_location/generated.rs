//! Layers that no data set should have, and some that one may: worlds in which mistakes show.
//!
//! All coordinates are whole numbers of 2⁻²⁴ degrees, so that midpoints are exact, too.

use coverage_map::snapshot::{Area, AreaKind};
use geo::Coord;

use super::{
    mosaic::{Shape, area, mosaic, rings, snap},
    random::Random,
};

/// A layer and where positions are tried.
pub struct World {
    pub name: &'static str,
    pub areas: Vec<Area>,
    /// West, south, east, north.
    pub extent: [f64; 4],
}

pub fn worlds() -> Vec<World> {
    vec![
        World {
            name: "mosaic",
            areas: mosaic(1, Shape(24, 24, 8), [-3.0, -2.0, 3.0, 2.0], AreaKind::County),
            extent: [-3.5, -2.5, 3.5, 2.5],
        },
        World {
            name: "around the north pole",
            areas: mosaic(2, Shape(16, 16, 8), [-180.0, 60.0, 180.0, 90.0], AreaKind::County),
            extent: [-180.0, 55.0, 180.0, 90.0],
        },
        World {
            name: "around the south pole",
            areas: mosaic(3, Shape(12, 12, 8), [-180.0, -90.0, 180.0, -50.0], AreaKind::State),
            extent: [-180.0, -90.0, 180.0, -45.0],
        },
        World {
            name: "west of the antimeridian",
            areas: mosaic(4, Shape(9, 9, 8), [170.0, 50.0, 180.0, 55.0], AreaKind::County),
            extent: [169.0, 49.0, 180.0, 56.0],
        },
        World { name: "across the antimeridian", areas: across(), extent: [-180.0, 49.0, 180.0, 56.0] },
        World { name: "overlapping", areas: stars(6, 60, [-1.0, 40.0, 1.0, 41.0], 0.6), extent: [-2.0, 39.0, 2.0, 42.0] },
        World { name: "crowded", areas: stars(7, 120, [10.0, 40.0, 10.01, 40.01], 0.01), extent: [9.98, 39.98, 10.03, 40.03] },
        World { name: "crumbs", areas: stars(8, 200, [-80.0, 30.0, -79.9, 30.1], 3e-6), extent: [-80.0, 30.0, -79.9, 30.1] },
        World { name: "holed", areas: onions(), extent: [-0.5, -0.5, 8.5, 4.5] },
        World { name: "damaged", areas: damaged(), extent: [-3.5, -2.5, 3.5, 2.5] },
        World { name: "one fan", areas: fan(500), extent: [4.9, 4.9, 6.1, 6.1] },
    ]
}

/// Counties and regions on both sides of the antimeridian: some with a part on each.
fn across() -> Vec<Area> {
    let west = rings(11, Shape(6, 6, 8), [170.0, 50.0, 180.0, 55.0]);
    let east = rings(12, Shape(6, 6, 8), [-180.0, 50.0, -170.0, 55.0]);
    let joined = |kind: AreaKind| {
        let pairs = west.iter().zip(&east).enumerate();
        pairs
            .map(move |(i, (w, e))| area(i, kind, if i % 3 == 0 { vec![w.clone(), e.clone()] } else { vec![w.clone()] }))
            .collect::<Vec<_>>()
    };
    joined(AreaKind::County).into_iter().chain(joined(AreaKind::Region)).collect()
}

/// Stars that lie over each other and over themselves.
fn stars(seed: u64, n: usize, [west, south, east, north]: [f64; 4], size: f64) -> Vec<Area> {
    let mut random = Random::seeded(seed);
    let mut star = |i| {
        let (x, y) = (random.between(west, east), random.between(south, north));
        let points = 5 + random.below(40);
        let ring = (0..points).map(|k| {
            let angle = k as f64 / points as f64 * 4.0 * std::f64::consts::PI;
            let radius = size * random.between(0.2, 1.0);
            Coord { x: snap(x + radius * angle.cos()), y: snap(y + radius * angle.sin()) }
        });
        area(i, AreaKind::Region, vec![ring.collect()])
    };
    (0..n).map(&mut star).collect()
}

/// Squares in squares, each a hole of the one around it; edges on lines of the grid.
fn onions() -> Vec<Area> {
    let square =
        |x: f64, y: f64, r: f64| [(-r, -r), (r, -r), (r, r), (-r, r)].map(|(dx, dy)| Coord { x: x + dx, y: y + dy }).to_vec();
    let rings = |x: f64, y: f64| (1..16).map(move |k| square(x, y, f64::from(k) * 0.125));
    let each = |x, y| {
        (1..16).map(move |k| {
            area(k, AreaKind::County, vec![square(x, y, k as f64 * 0.125), square(x, y, k as f64 * 0.125 - 0.0625)])
        })
    };
    each(2.0, 2.0).chain([area(99, AreaKind::Region, rings(6.0, 2.0).collect())]).collect()
}

/// A mosaic over another that nearly matches, with rings twice, spikes, bow-ties and edges without length.
fn damaged() -> Vec<Area> {
    let mut random = Random::seeded(13);
    let mut areas = mosaic(1, Shape(10, 10, 8), [-3.0, -2.0, 3.0, 2.0], AreaKind::County);
    for (i, mut ring) in rings(1, Shape(10, 10, 8), [-3.0, -2.0, 3.0, 2.0]).into_iter().enumerate() {
        let at = random.below(ring.len());
        match i % 6 {
            0 => ring[at].x = snap(ring[at].x + random.between(-0.02, 0.02)),
            1 => ring.insert(at, ring[at]),
            2 => ring.swap(at, (at + 3) % 32),
            3 => drop(ring.remove(at)),
            4 => {
                let far = Coord { x: snap(random.between(-3.0, 3.0)), y: snap(random.between(-2.0, 2.0)) };
                let back = ring[at];
                ring.splice(at..at, [back, far]);
            }
            _ => ring.iter_mut().for_each(|c| c.y = snap(c.y + 1e-6)),
        }
        let twice = if i % 7 == 0 { vec![ring.clone(), ring.clone(), ring] } else { vec![ring] };
        areas.push(area(i, AreaKind::Region, twice));
    }
    areas
}

/// Triangles that meet at one vertex: no splitting parts their edges.
fn fan(n: usize) -> Vec<Area> {
    let (x, y) = (5.5, 5.5);
    let rim = |i: usize| {
        let angle = (i % n) as f64 / n as f64 * 2.0 * std::f64::consts::PI;
        Coord { x: snap(x + 0.5 * angle.cos()), y: snap(y + 0.5 * angle.sin()) }
    };
    (0..n).map(|i| area(i, AreaKind::County, vec![vec![Coord { x, y }, rim(i), rim(i + 1)]])).collect()
}
