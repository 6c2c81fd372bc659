use geo::Coord;

use super::{Envelope, Position, measure};

/// Radii of curvature of WGS 84, in metres: the smallest (of the meridian, at the equator) and the largest (at the poles).
const LEAST_RADIUS: f64 = 6_335_439.327;
const LARGEST_RADIUS: f64 = 6_399_593.626;
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
    sin: f64,
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

impl Nearness {
    /// The nearness to a position.
    pub fn to(position: Position) -> Self {
        let (sin, cos) = position.lat().to_radians().sin_cos();
        Self { position, place: geocentric(Coord { x: position.lon(), y: position.lat() }), sin, cos }
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

    /// No way along the ground to a place at this straight distance is shorter, in metres.
    pub fn at_least_along_ground(straight_m: f64) -> f64 {
        let half = (straight_m / (2.0 * LARGEST_RADIUS)).min(1.0);
        surely(2.0 * LARGEST_RADIUS * half.asin())
    }

    /// No place in a box is nearer than this, in metres.
    ///
    /// On a sphere the nearest place of a box lies on the position's own meridian where the box meets it, and else
    /// on the western or eastern side of the box: at an end, or where the great circle that meets it at a right
    /// angle arrives. The ellipsoid is nowhere less curved than a sphere of the smallest radius.
    pub fn at_least(&self, envelope: &Envelope) -> f64 {
        let [south, north] = [envelope.min[1], envelope.max[1]];
        let lon = self.position.lon();
        let radians = if envelope.min[0] <= lon && lon <= envelope.max[0] {
            (south - self.position.lat()).max(self.position.lat() - north).max(0.0).to_radians()
        } else {
            let [west, east] =
                [envelope.min[0], envelope.max[0]].map(|side| self.angle_to_meridian((side - lon).to_radians(), south, north));
            west.min(east)
        };
        surely(radians * LEAST_RADIUS)
    }

    /// The angle to the nearest place between two latitudes on the meridian so many radians to the east.
    fn angle_to_meridian(&self, radians: f64, south: f64, north: f64) -> f64 {
        let nearest = self.sin.atan2(self.cos * radians.cos()).to_degrees();
        [south, north, nearest.clamp(south, north)].into_iter().map(|lat| self.angle(radians, lat)).fold(f64::INFINITY, f64::min)
    }

    /// The angle to a place so many radians to the east, at a latitude in degrees (haversine, which keeps small angles).
    fn angle(&self, radians: f64, lat: f64) -> f64 {
        let half = ((lat - self.position.lat()).to_radians() / 2.0).sin();
        let across = (radians / 2.0).sin();
        let square = half * half + self.cos * lat.to_radians().cos() * across * across;
        2.0 * square.sqrt().min(1.0).asin()
    }

    /// A cheap bound: no place on the edge is nearer than this, in metres.
    pub fn at_least_to_edge(&self, a: Coord<f64>, b: Coord<f64>) -> f64 {
        let (lon, lat) = (self.position.lon(), self.position.lat());
        let north = (a.y.min(b.y) - lat).max(lat - a.y.max(b.y)).max(0.0).to_radians();
        let (west, east) = (a.x.min(b.x), a.x.max(b.x));
        let gap = if west <= lon && lon <= east {
            0.0
        } else {
            [(west - lon).rem_euclid(360.0), (lon - east).rem_euclid(360.0)].into_iter().fold(90.0, f64::min)
        };
        // To a meridian the shortest way leaves at a right angle: sin d = cos lat · sin gap; and d ≥ sin d.
        surely(north.max(self.cos * gap.to_radians().sin()) * LEAST_RADIUS)
    }

    /// Something that grows with the distance of near places: good for a guess.
    pub fn rough(&self, c: Coord<f64>) -> f64 {
        let east = (c.x - self.position.lon() + 540.0).rem_euclid(360.0) - 180.0;
        (east * self.cos).hypot(c.y - self.position.lat())
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
            let bounds =
                [nearness.at_least(&envelope), nearness.at_least_to_edge(a, b), Nearness::at_least_along_ground(foot.straight_m)];
            assert!(bounds.iter().all(|bound| *bound <= found), "{p}: {bounds:?} {found}");
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
