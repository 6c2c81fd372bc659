//! Lengths in metres and areas in square metres on the WGS 84 ellipsoid.
//!
//! # References
//! - J. P. Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395 (1987): authalic
//!   latitude, equations 3-11 and 3-12; radii of curvature, equations 4-18 to 4-20.
//! - C. F. F. Karney, *Algorithms for geodesics*, J. Geodesy 87 (2013): distances between positions.

use geo::{Coord, Distance, Geodesic};

use super::{Boundary, Position};

/// Equatorial radius of WGS 84, in metres.
pub(super) const SEMI_MAJOR_AXIS: f64 = 6_378_137.0;
/// Square of the first eccentricity of WGS 84.
pub(super) const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_141_316;
/// Its greatest radius of curvature, at the poles, in metres.
pub const GREATEST_RADIUS: f64 = 6_399_593.626;

/// The area of a boundary on the ellipsoid, in square metres; holes are taken off.
///
/// Edges are straight in longitude and latitude, as RFC 7946 §3.1.1 has them, and are integrated by Simpson's
/// rule over the authalic function, which is exact to a few parts in 10⁹ for edges up to one degree.
pub fn area(boundary: &Boundary) -> f64 {
    boundary.parts().iter().map(polygon_area).sum()
}

/// The area of one polygon on the ellipsoid, in square metres; see [`area`].
pub fn polygon_area(polygon: &geo::Polygon<f64>) -> f64 {
    let holes: f64 = polygon.interiors().iter().map(ring_area).sum();
    (ring_area(polygon.exterior()) - holes).max(0.0)
}

/// Geodesic distance between two positions, in metres.
pub fn distance(from: Position, to: Position) -> f64 {
    Geodesic.distance(geo::Point::from(from), geo::Point::from(to))
}

/// Length of a short edge, in metres: exact to a part in 10⁵ for edges up to a degree, and much faster than a
/// geodesic.
pub fn edge_length(a: Coord<f64>, b: Coord<f64>) -> f64 {
    let middle = Position::new(((a.x + b.x) / 2.0).clamp(-180.0, 180.0), ((a.y + b.y) / 2.0).clamp(-90.0, 90.0));
    let Ok(plane) = middle.map(LocalPlane::at) else { return 0.0 };
    let mut degrees = b.x - a.x;
    if degrees.abs() > 180.0 {
        degrees -= 360.0_f64.copysign(degrees);
    }
    (degrees * plane.east).hypot((b.y - a.y) * plane.north)
}

/// The nearest place to `p` on the edge from `a` to `b`, and how far it is, in metres.
///
/// Works in the plane that touches the ellipsoid at `p`: good to 0.1 % within 10 km, and monotonic enough
/// beyond that to rank candidates.
pub fn nearest_on_edge(p: Position, a: Coord<f64>, b: Coord<f64>) -> (Coord<f64>, f64) {
    let plane = LocalPlane::at(p);
    let ([ax, ay], [bx, by]) = (plane.project(a), plane.project(b));
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let t = if length == 0.0 { 0.0 } else { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) };
    let nearest = Coord { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
    (nearest, (ax + t * dx).hypot(ay + t * dy))
}

/// The plane that touches the ellipsoid at a position: metres to its east and north.
#[derive(Clone, Copy, Debug)]
pub struct LocalPlane {
    origin: Coord<f64>,
    east: f64,
    north: f64,
}

impl LocalPlane {
    /// The plane at a position.
    pub fn at(origin: Position) -> Self {
        let sin = origin.lat().to_radians().sin();
        let w = 1.0 - ECCENTRICITY_SQUARED * sin * sin;
        let prime_vertical = SEMI_MAJOR_AXIS / w.sqrt();
        let meridional = prime_vertical * (1.0 - ECCENTRICITY_SQUARED) / w;
        Self {
            origin: Coord { x: origin.lon(), y: origin.lat() },
            east: (prime_vertical * origin.lat().to_radians().cos()).to_radians(),
            north: meridional.to_radians(),
        }
    }

    /// Metres to the east and to the north of the origin; the shorter way round the Earth.
    pub fn project(&self, c: Coord<f64>) -> [f64; 2] {
        let mut degrees = c.x - self.origin.x;
        if degrees.abs() > 180.0 {
            degrees -= 360.0_f64.copysign(degrees);
        }
        [degrees * self.east, (c.y - self.origin.y) * self.north]
    }

    /// Degrees of longitude and of latitude that a metre to the east and a metre to the north are.
    pub fn degrees_per_metre(&self) -> [f64; 2] {
        [1.0 / self.east.max(1e-9), 1.0 / self.north]
    }
}

/// The area within a ring: the sum over its edges of the signed area between edge and equator, ∫ R²·q(φ)/2 dλ.
fn ring_area(ring: &geo::LineString<f64>) -> f64 {
    let mut at_start = ring.0.first().map_or(0.0, |first| authalic(first.y));
    let mut sum = 0.0;
    for edge in ring.0.windows(2) {
        let (middle, at_end) = (authalic((edge[0].y + edge[1].y) / 2.0), authalic(edge[1].y));
        sum += (edge[1].x - edge[0].x).to_radians() * (at_start + 4.0 * middle + at_end) / 6.0;
        at_start = at_end;
    }
    sum.abs()
}

/// Area of the ellipsoid between the equator and a latitude, per radian of longitude, in square metres
/// (Snyder 3-12, times a²/2).
fn authalic(latitude: f64) -> f64 {
    let sin = latitude.to_radians().sin();
    let x = ECCENTRICITY_SQUARED * sin * sin;
    // artanh(e·sin φ) / (e·sin φ) as a series in x = e²·sin²φ < 0.0067; the next term is below 10⁻¹⁸.
    let artanh =
        1.0 + x * (1.0 / 3.0 + x * (0.2 + x * (1.0 / 7.0 + x * (1.0 / 9.0 + x * (1.0 / 11.0 + x * (1.0 / 13.0 + x / 15.0))))));
    let q = (1.0 - ECCENTRICITY_SQUARED) * sin * (1.0 / (1.0 - x) + artanh);
    SEMI_MAJOR_AXIS * SEMI_MAJOR_AXIS * q / 2.0
}

#[cfg(test)]
mod tests {
    use geo::{GeodesicArea, MultiPolygon, polygon};

    use super::*;

    #[test]
    fn the_whole_earth_has_the_area_of_the_ellipsoid() {
        let earth = polygon![(x: -180.0, y: -90.0), (x: 180.0, y: -90.0), (x: 180.0, y: 90.0), (x: -180.0, y: 90.0), (x: -180.0, y: -90.0)];
        let area = area(&Boundary::new(MultiPolygon(vec![earth])).unwrap());
        // 510,065,621.724 km²: NIMA TR8350.2, table 3.3.
        assert!((area / 1e6 - 510_065_621.724).abs() < 0.01, "{area}");
    }

    #[test]
    fn a_county_sized_area_agrees_with_karneys_geodesic_area() {
        let county = polygon![(x: -122.5, y: 47.1), (x: -121.1, y: 47.2), (x: -121.3, y: 47.8), (x: -122.4, y: 47.7), (x: -122.5, y: 47.1)];
        let karney = county.geodesic_area_unsigned();
        let ours = area(&Boundary::new(MultiPolygon(vec![county])).unwrap());
        // Karney's edges are geodesics, ours straight in degrees: they part by some metres over a degree.
        assert!((ours / karney - 1.0).abs() < 1e-3, "{ours} {karney}");
    }

    #[test]
    fn the_nearest_place_on_an_edge_is_as_far_as_the_geodesic_says() {
        let p = Position::new(-122.0, 47.0).unwrap();
        let (q, metres) = nearest_on_edge(p, Coord { x: -122.05, y: 46.9 }, Coord { x: -121.9, y: 47.02 });
        let geodesic = distance(p, Position::new(q.x, q.y).unwrap());
        assert!((metres / geodesic - 1.0).abs() < 1e-3, "{metres} {geodesic}");
    }

    #[test]
    fn a_short_edge_is_as_long_as_the_geodesic_also_across_the_antimeridian() {
        for (a, b) in [([-122.0, 47.0], [-121.6, 47.3]), ([179.9, -16.0], [-179.8, -16.2])] {
            let geodesic = distance(Position::new(a[0], a[1]).unwrap(), Position::new(b[0], b[1]).unwrap());
            let length = edge_length(Coord { x: a[0], y: a[1] }, Coord { x: b[0], y: b[1] });
            assert!((length / geodesic - 1.0).abs() < 1e-5, "{length} {geodesic}");
        }
    }

    #[test]
    fn the_shorter_way_crosses_the_antimeridian() {
        let p = Position::new(179.999, 52.0).unwrap();
        let [east, _] = LocalPlane::at(p).project(Coord { x: -179.999, y: 52.0 });
        assert!((100.0..200.0).contains(&east), "{east}");
    }
}
