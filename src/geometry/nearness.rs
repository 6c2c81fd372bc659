use geo::Coord;

use super::{Envelope, Position, measure};

/// The smallest radius of curvature of WGS 84, in metres: of the meridian, at the equator.
const LEAST_RADIUS: f64 = 6_335_439.327;
/// Pieces of an edge that are taken as straight through the ground, in degrees: they sag by less than two metres.
const STRAIGHT: f64 = 0.1;
/// Share by which bounds are widened, and a micrometre beside it, against rounding.
const SLACK: f64 = 1e-9;

/// A position from which distances are asked: right at every latitude, across the antimeridian and over a pole.
///
/// Places are compared by their straight distance through the ellipsoid, which grows as the distance along the
/// ground does; bounds in metres say when nothing nearer can come.
#[derive(Clone, Copy, Debug)]
pub struct Nearness {
    position: Position,
    place: [f64; 3],
    cos: f64,
}

/// The place on an edge that is nearest to a position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foot {
    /// Where it is.
    pub at: Coord<f64>,
    /// How far along the edge, from 0 at its lower end to 1 at its upper end.
    pub along: f64,
    /// How far it is from the position, straight through the ground, in metres.
    pub straight_m: f64,
}

impl Foot {
    /// What the way to it along the ground is not below, in metres.
    pub fn at_least(&self) -> f64 {
        surely(self.straight_m)
    }
}

/// What distances are not below, in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Least {
    /// Straight through the ground.
    pub straight_m: f64,
    /// Along the ground.
    pub along_ground_m: f64,
}

impl Nearness {
    /// The nearness to a position.
    pub fn to(position: Position) -> Self {
        // At the poles a cosine of degrees is some 10⁻¹⁷, on either side of nothing.
        let cos = position.lat().to_radians().cos().max(0.0);
        Self { position, place: geocentric(Coord { x: position.lon(), y: position.lat() }), cos }
    }

    /// The place nearest to the position on the edge between two coordinates, whichever is named first.
    pub fn foot(&self, a: Coord<f64>, b: Coord<f64>) -> Foot {
        let (low, high) = if (a.y, a.x) <= (b.y, b.x) { (a, b) } else { (b, a) };
        let at = |along: f64| Coord { x: low.x + along * (high.x - low.x), y: low.y + along * (high.y - low.y) };
        let pieces = ((high.x - low.x).abs().max(high.y - low.y) / STRAIGHT).ceil().max(1.0);
        let (mut best, mut start) = (Foot { at: low, along: 0.0, straight_m: f64::INFINITY }, geocentric(low));
        for piece in 0..pieces as u32 {
            let end = geocentric(at(f64::from(piece + 1) / pieces));
            let (way, there) = (minus(end, start), minus(self.place, start));
            let share = (dot(way, there) / dot(way, way).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
            let along = (f64::from(piece) + share) / pieces;
            let off = minus(geocentric(at(along)), self.place);
            let straight_m = dot(off, off).sqrt();
            if straight_m < best.straight_m {
                best = Foot { at: at(along), along, straight_m };
            }
            start = end;
        }
        best
    }

    /// No place in a box is nearer than this.
    ///
    /// The haversine formula with the least differences of latitude and longitude, and the least cosine, that a place of the
    /// box has, on a sphere of the smallest radius of curvature: between places with the same normals, neither the way along
    /// the ground nor the straight one is shorter on the ellipsoid (it is that sphere and something convex, added after
    /// Minkowski). Asked of hundreds of boxes for one position, so that series which end on the safe side stand for sine,
    /// cosine and arc sine.
    pub fn at_least(&self, envelope: &Envelope) -> Least {
        let ([west, south], [east, north]) = (envelope.min, envelope.max);
        let (lon, lat) = (self.position.lon(), self.position.lat());
        let up = (south - lat).max(lat - north).max(0.0);
        let across = if west <= lon && lon <= east { 0.0 } else { turn(west - lon).min(turn(lon - east)) };
        let (up, across) = (sine_at_least(up.to_radians() / 2.0), sine_at_least(across.to_radians() / 2.0));
        let cos = cosine_at_least(south.abs().max(north.abs()).to_radians());
        let half_chord = (up * up + self.cos * cos * across * across).sqrt();
        Least {
            straight_m: surely(2.0 * LEAST_RADIUS * half_chord),
            along_ground_m: surely(2.0 * LEAST_RADIUS * arc_sine_at_least(half_chord)),
        }
    }

    /// Boxes that together hold every place within some metres of a position: two where it reaches over the antimeridian.
    pub fn window(position: Position, metres: f64) -> impl Iterator<Item = Envelope> {
        let (lon, lat) = (position.lon(), position.lat());
        let up = (metres / LEAST_RADIUS).to_degrees() * (1.0 + SLACK);
        // Farthest to the east is a place a little nearer to the pole than the position.
        let cos = (lat.abs() + up).min(90.0).to_radians().cos();
        let out = if cos * 180.0 > up { up / cos } else { 180.0 };
        let band = move |west: f64, east: f64| Envelope { min: [west, lat - up], max: [east, lat + up] };
        let wrapped = if out >= 180.0 {
            None
        } else if lon - out < -180.0 {
            Some(band(lon - out + 360.0, 180.0))
        } else if lon + out > 180.0 {
            Some(band(-180.0, lon + out - 360.0))
        } else {
            None
        };
        let own = if out >= 180.0 { band(-180.0, 180.0) } else { band((lon - out).max(-180.0), (lon + out).min(180.0)) };
        std::iter::once(own).chain(wrapped)
    }
}

/// How far one turns to the east over a difference of two longitudes, in degrees from 0 to 360.
fn turn(degrees: f64) -> f64 {
    if degrees < 0.0 { degrees + 360.0 } else { degrees }
}

/// No sine of an angle up to a right one is smaller: the series, ended before a term that adds.
fn sine_at_least(radians: f64) -> f64 {
    radians - radians * radians * radians / 6.0
}

/// No arc sine is smaller: the series, which has no term that takes off.
fn arc_sine_at_least(sine: f64) -> f64 {
    let square = sine * sine;
    sine * (1.0 + square / 6.0 * (1.0 + square * 9.0 / 20.0 * (1.0 + square * 25.0 / 42.0)))
}

/// No cosine is smaller: the series, ended before a term that adds.
fn cosine_at_least(radians: f64) -> f64 {
    let square = radians * radians;
    (1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0))).max(0.0)
}

/// A lower bound in metres, less what rounding may have added.
fn surely(metres: f64) -> f64 {
    (metres * (1.0 - SLACK) - 1e-6).max(0.0)
}

/// Metres from the Earth's centre: towards longitude 0 and 90 on the equator, and towards the north pole.
fn geocentric(c: Coord<f64>) -> [f64; 3] {
    let (sin_lat, cos_lat) = c.y.to_radians().sin_cos();
    let (sin_lon, cos_lon) = c.x.to_radians().sin_cos();
    let prime_vertical = measure::SEMI_MAJOR_AXIS / (1.0 - measure::ECCENTRICITY_SQUARED * sin_lat * sin_lat).sqrt();
    let out = prime_vertical * cos_lat;
    [out * cos_lon, out * sin_lon, prime_vertical * (1.0 - measure::ECCENTRICITY_SQUARED) * sin_lat]
}

fn minus(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    /// Positions everywhere, poles and antimeridian among them.
    fn everywhere() -> impl Iterator<Item = Position> {
        let lons = [-180.0, -179.99, -120.0, 0.0, 77.0, 179.9];
        let lats = [-90.0, -89.99, -45.0, 0.0, 30.0, 71.0, 85.0, 89.9999, 90.0];
        lons.into_iter().flat_map(move |lon| lats.map(|lat| at(lon, lat)))
    }

    fn along(a: Coord<f64>, b: Coord<f64>, share: f64) -> Position {
        at(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y))
    }

    #[test]
    fn no_place_sampled_on_an_edge_is_nearer_than_its_foot_and_no_bound_is_above_it() {
        let edges = [
            [Coord { x: 179.0, y: 51.0 }, Coord { x: 180.0, y: 51.3 }],
            [Coord { x: -180.0, y: 88.0 }, Coord { x: -100.0, y: 88.0 }],
            [Coord { x: -71.02, y: 42.0 }, Coord { x: -71.0, y: 42.0 }],
            [Coord { x: 10.0, y: -90.0 }, Coord { x: 10.0, y: -89.0 }],
        ];
        for (p, [a, b]) in everywhere().flat_map(|p| edges.map(|edge| (p, edge))) {
            let nearness = Nearness::to(p);
            let foot = nearness.foot(a, b);
            let sampled =
                (0..=1000).map(|i| measure::distance(p, along(a, b, f64::from(i) / 1000.0))).fold(f64::INFINITY, f64::min);
            let found = measure::distance(p, at(foot.at.x, foot.at.y));
            assert!(found <= sampled * 1.000_01 + 0.01, "{p}: found {found}, but {sampled} is nearer");
            let envelope = Envelope::of([a, b]).unwrap();
            let Least { straight_m, along_ground_m } = nearness.at_least(&envelope);
            assert!(along_ground_m <= found, "{p}: {along_ground_m} {found}");
            assert!(straight_m <= foot.straight_m, "{p}: {straight_m} {}", foot.straight_m);
        }
    }

    #[test]
    fn no_place_of_a_box_is_nearer_than_its_bound_which_is_close_where_the_box_is() {
        let sides = [-180.0, -179.5, -71.0, -70.9, 0.0, 120.0, 180.0];
        let parallels = [-90.0, -89.0, -30.0, 0.0, 46.0, 46.1, 90.0];
        let between = |ends: [f64; 2]| (0..=8).map(move |i| ends[0] + (ends[1] - ends[0]) * f64::from(i) / 8.0);
        for (i, west) in sides.into_iter().enumerate() {
            for (j, south) in parallels.into_iter().enumerate() {
                let (east, north) = (sides[(i + 1).min(6)], parallels[(j + 1).min(6)]);
                let envelope = Envelope { min: [west, south], max: [east, north] };
                let places: Vec<_> = between([west, east]).flat_map(|x| between([south, north]).map(move |y| at(x, y))).collect();
                for p in everywhere() {
                    let bound = Nearness::to(p).at_least(&envelope).along_ground_m;
                    let nearest = places.iter().map(|place| measure::distance(p, *place)).fold(f64::INFINITY, f64::min);
                    assert!(bound <= nearest, "{p} {envelope:?}: {bound} is above {nearest}");
                }
            }
        }
        let beside = Envelope { min: [-71.0, 46.0], max: [-70.9, 46.1] };
        // From nearby, and from Guam to the coast of Oregon: what is bounded badly there is measured in vain.
        for (from, box_, corner) in [
            (at(-71.3, 45.8), beside, at(-71.0, 46.0)),
            (at(144.78, 13.45), Envelope { min: [-124.5, 44.0], max: [-124.4, 44.1] }, at(-124.5, 44.1)),
        ] {
            let (bound, distance) = (Nearness::to(from).at_least(&box_).along_ground_m, measure::distance(from, corner));
            assert!(bound > 0.985 * distance, "{bound} {distance}");
        }
    }

    #[test]
    fn the_window_holds_every_place_within_reach() {
        for p in everywhere() {
            let window: Vec<_> = Nearness::window(p, 250.0).collect();
            let around = (0..360).map(|degree| {
                let (sin, cos) = f64::from(degree).to_radians().sin_cos();
                let lat = (p.lat() + 249.0 / 111_700.0 * cos).clamp(-90.0, 90.0);
                let out = 249.0 / 111_700.0 * sin / lat.to_radians().cos().max(1e-12);
                Coord { x: (p.lon() + out.clamp(-180.0, 180.0) + 540.0).rem_euclid(360.0) - 180.0, y: lat }
            });
            let near = around.filter(|c| measure::distance(p, at(c.x, c.y)) <= 250.0);
            near.for_each(|c| assert!(window.iter().any(|w| w.holds(c)), "{p}: {c:?} {window:?}"));
        }
    }
}
