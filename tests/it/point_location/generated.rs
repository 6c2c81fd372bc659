//! Layers that no data set should have, and some that one may: worlds in which mistakes show.
//!
//! All coordinates are whole numbers of 2⁻²⁴ degrees, so that midpoints are exact, too.

use coverage_map::{
    domain::RegionId,
    snapshot::{Area, AreaKind},
};
use geo::{Coord, LineString, Polygon};

use super::{random::Random, shipped::bounded};

/// A layer and where positions are tried.
pub struct World {
    pub name: &'static str,
    pub areas: Vec<Area>,
    /// West, south, east, north.
    pub extent: [f64; 4],
}

pub fn worlds() -> Vec<World> {
    vec![
        World { name: "mosaic", areas: mosaic(1, 24, [-3.0, -2.0, 3.0, 2.0], AreaKind::County), extent: [-3.5, -2.5, 3.5, 2.5] },
        World {
            name: "around the north pole",
            areas: mosaic(2, 16, [-180.0, 60.0, 180.0, 90.0], AreaKind::County),
            extent: [-180.0, 55.0, 180.0, 90.0],
        },
        World {
            name: "around the south pole",
            areas: mosaic(3, 12, [-180.0, -90.0, 180.0, -50.0], AreaKind::State),
            extent: [-180.0, -90.0, 180.0, -45.0],
        },
        World {
            name: "west of the antimeridian",
            areas: mosaic(4, 9, [170.0, 50.0, 180.0, 55.0], AreaKind::County),
            extent: [169.0, 49.0, 180.0, 56.0],
        },
        World { name: "across the antimeridian", areas: across(), extent: [-180.0, 49.0, 180.0, 56.0] },
        World { name: "overlapping", areas: stars(6, 60, [-1.0, 40.0, 1.0, 41.0], 0.6), extent: [-2.0, 39.0, 2.0, 42.0] },
        World { name: "crowded", areas: stars(7, 300, [10.0, 40.0, 10.01, 40.01], 0.01), extent: [9.98, 39.98, 10.03, 40.03] },
        World { name: "crumbs", areas: stars(8, 200, [-80.0, 30.0, -79.9, 30.1], 3e-6), extent: [-80.0, 30.0, -79.9, 30.1] },
        World { name: "holed", areas: onions(), extent: [-0.5, -0.5, 8.5, 4.5] },
        World { name: "damaged", areas: damaged(), extent: [-3.5, -2.5, 3.5, 2.5] },
        World { name: "one fan", areas: fan(500), extent: [4.9, 4.9, 6.1, 6.1] },
    ]
}

/// To a whole number of 2⁻²⁴.
fn snap(v: f64) -> f64 {
    (v * f64::from(1 << 24)).round() / f64::from(1 << 24)
}

fn area(n: usize, kind: AreaKind, rings: Vec<Vec<Coord<f64>>>) -> Area {
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

/// A square of n × n areas whose borders match: ragged lines between them, straight ones around them.
pub fn mosaic(seed: u64, n: usize, [west, south, east, north]: [f64; 4], kind: AreaKind) -> Vec<Area> {
    let cells = cells(seed, n, [west, south, east, north]);
    cells.into_iter().enumerate().map(|(i, ring)| area(i, kind, vec![ring])).collect()
}

/// Vertices along one side of a cell, by the numbers of its ends; both neighbours get the same.
fn cells(seed: u64, n: usize, [west, south, east, north]: [f64; 4]) -> Vec<Vec<Coord<f64>>> {
    const PIECES: usize = 8;
    let fine = n * PIECES;
    let mut random = Random::seeded(seed);
    let mut place = |i: usize, j: usize| {
        let (dx, dy) = ((east - west) / fine as f64, (north - south) / fine as f64);
        let mut off = |inner: bool, d: f64| if inner { random.between(-0.45, 0.45) * d } else { 0.0 };
        let x = west + i as f64 * dx + off(i != 0 && i != fine, dx);
        let y = south + j as f64 * dy + off(j != 0 && j != fine, dy);
        Coord { x: snap(x), y: snap(y) }
    };
    let mut places = vec![Coord { x: 0.0, y: 0.0 }; (fine + 1) * (fine + 1)];
    for j in 0..=fine {
        for i in 0..=fine {
            places[j * (fine + 1) + i] = place(i, j);
        }
    }
    let at = |i: usize, j: usize| places[j * (fine + 1) + i];
    let cell = |c: usize| {
        let (i, j) = (c % n * PIECES, c / n * PIECES);
        let south = (0..PIECES).map(move |k| at(i + k, j));
        let east = (0..PIECES).map(move |k| at(i + PIECES, j + k));
        let north = (0..PIECES).map(move |k| at(i + PIECES - k, j + PIECES));
        let west = (0..PIECES).map(move |k| at(i, j + PIECES - k));
        south.chain(east).chain(north).chain(west).collect()
    };
    (0..n * n).map(cell).collect()
}

/// Counties and regions on both sides of the antimeridian: some with a part on each.
fn across() -> Vec<Area> {
    let west = cells(11, 6, [170.0, 50.0, 180.0, 55.0]);
    let east = cells(12, 6, [-180.0, 50.0, -170.0, 55.0]);
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
    let mut areas = mosaic(1, 10, [-3.0, -2.0, 3.0, 2.0], AreaKind::County);
    for (i, mut ring) in cells(1, 10, [-3.0, -2.0, 3.0, 2.0]).into_iter().enumerate() {
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
