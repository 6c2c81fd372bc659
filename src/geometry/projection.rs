//! Equal-area projections of the ellipsoid: on a coverage map areas are compared by eye.
//!
//! # Units
//! Degrees in, metres out; x grows to the east, y to the north.
//!
//! # References
//! - J. P. Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395 (1987): Albers equal-area
//!   conic, equations 14-1 to 14-6 with 3-12 and 14-15; cylindrical equal-area, equations 10-13 to 10-15; the
//!   numerical example for Albers on page 292.

use geo::Coord;

use super::measure::{ECCENTRICITY_SQUARED, SEMI_MAJOR_AXIS};

/// An equal-area projection on WGS 84: Albers' cone, or a cylinder where the cone would be all but one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    ellipsoid: Ellipsoid,
    /// The meridian that is straight and upright, in degrees.
    meridian: f64,
    surface: Surface,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Surface {
    Cone { n: f64, c: f64, rho_0: f64 },
    Cylinder { k_0: f64 },
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Ellipsoid {
    semi_major_axis: f64,
    eccentricity_squared: f64,
}

/// A cone flatter than this (the sine of a latitude) is drawn as a cylinder.
const LEAST_CONE: f64 = 0.02;

const WGS_84: Ellipsoid = Ellipsoid { semi_major_axis: SEMI_MAJOR_AXIS, eccentricity_squared: ECCENTRICITY_SQUARED };

impl Projection {
    /// Albers' projection with two standard parallels, around a meridian and a latitude of origin; all in degrees.
    pub fn albers(parallels: [f64; 2], meridian: f64, latitude: f64) -> Self {
        Self::on(WGS_84, parallels, meridian, latitude)
    }

    fn on(ellipsoid: Ellipsoid, parallels: [f64; 2], meridian: f64, latitude: f64) -> Self {
        let [m_1, m_2] = parallels.map(|p| ellipsoid.m(p));
        let [q_1, q_2] = parallels.map(|p| ellipsoid.q(p));
        let n = if (q_2 - q_1).abs() < 1e-9 { parallels[0].to_radians().sin() } else { (m_1 * m_1 - m_2 * m_2) / (q_2 - q_1) };
        let surface = if n.abs() < LEAST_CONE {
            Surface::Cylinder { k_0: ellipsoid.m((parallels[1] - parallels[0]) / 2.0) }
        } else {
            let c = m_1 * m_1 + n * q_1;
            Surface::Cone { n, c, rho_0: ellipsoid.semi_major_axis * (c - n * ellipsoid.q(latitude)).max(0.0).sqrt() / n }
        };
        Self { ellipsoid, meridian, surface }
    }

    /// Where a longitude and latitude come to lie, in metres; the shorter way round from the central meridian.
    pub fn project(&self, c: Coord<f64>) -> Coord<f64> {
        let lambda = self.degrees_east(c.x).to_radians();
        let (a, q) = (self.ellipsoid.semi_major_axis, self.ellipsoid.q(c.y));
        match self.surface {
            Surface::Cone { n, c, rho_0 } => {
                let rho = a * (c - n * q).max(0.0).sqrt() / n;
                let theta = n * lambda;
                Coord { x: rho * theta.sin(), y: rho_0 - rho * theta.cos() }
            }
            Surface::Cylinder { k_0 } => Coord { x: a * k_0 * lambda, y: a * q / (2.0 * k_0) },
        }
    }

    /// The numbers that its inverse takes, in Snyder's names: the central meridian in degrees, then n, C and ρ₀ in
    /// metres of a cone, or 0, k₀ and 0 of a cylinder.
    pub fn parameters(&self) -> [f64; 4] {
        match self.surface {
            Surface::Cone { n, c, rho_0 } => [self.meridian, n, c, rho_0],
            Surface::Cylinder { k_0 } => [self.meridian, 0.0, k_0, 0.0],
        }
    }

    /// Degrees of longitude to the east of the central meridian, from -180 to 180.
    fn degrees_east(&self, lon: f64) -> f64 {
        let degrees = lon - self.meridian;
        if degrees > 180.0 {
            degrees - 360.0
        } else if degrees < -180.0 {
            degrees + 360.0
        } else {
            degrees
        }
    }
}

impl Ellipsoid {
    /// Radius of a parallel, as a share of the equator's (Snyder 14-15).
    fn m(self, latitude: f64) -> f64 {
        let (sin, cos) = latitude.to_radians().sin_cos();
        cos / (1.0 - self.eccentricity_squared * sin * sin).sqrt()
    }

    /// The authalic function (Snyder 3-12).
    fn q(self, latitude: f64) -> f64 {
        let e = self.eccentricity_squared.sqrt();
        let sin = latitude.to_radians().sin();
        let es = e * sin;
        (1.0 - self.eccentricity_squared) * (sin / (1.0 - es * es) + es.atanh() / e)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snyders_example_comes_out_as_printed() {
        // Page 292: Clarke 1866, parallels 29°30' and 45°30', origin 23° N 96° W; 35° N 75° W.
        let clarke = Ellipsoid { semi_major_axis: 6_378_206.4, eccentricity_squared: 0.006_768_66 };
        let p = Projection::on(clarke, [29.5, 45.5], -96.0, 23.0).project(Coord { x: -75.0, y: 35.0 });
        assert!((p.x - 1_885_472.7).abs() < 0.1 && (p.y - 1_535_925.0).abs() < 0.1, "{p:?}");
    }

    #[test]
    fn areas_stay_what_they_are_in_cones_of_both_hemispheres_and_in_the_cylinder() {
        let cell = |lat: f64| {
            let steps = 64;
            let east = (0..=steps).map(move |i| Coord { x: f64::from(i) / f64::from(steps), y: lat });
            let west = (0..=steps).rev().map(move |i| Coord { x: f64::from(i) / f64::from(steps), y: lat + 1.0 });
            east.chain(west).collect::<Vec<_>>()
        };
        let shoelace = |ring: &[Coord<f64>]| ring.windows(2).map(|w| w[0].x * w[1].y - w[1].x * w[0].y).sum::<f64>().abs() / 2.0;
        for (parallels, lat) in [([29.5, 45.5], 37.0), ([55.0, 65.0], 60.0), ([-36.0, -18.0], -25.0), ([-1.0, 1.0], 0.5)] {
            let projection = Projection::albers(parallels, 0.5, lat);
            let mut ring = cell(lat);
            ring.push(ring[0]);
            let polygon = geo::Polygon::new(ring.clone().into(), vec![]);
            let projected: Vec<_> = ring.iter().map(|&c| projection.project(c)).collect();
            let ratio = shoelace(&projected) / super::super::measure::polygon_area(&polygon);
            assert!((ratio - 1.0).abs() < 1e-3, "{parallels:?} {ratio}");
        }
    }

    #[test]
    fn the_antimeridian_is_no_seam() {
        let alaska = Projection::albers([55.0, 65.0], -154.0, 50.0);
        let [west, east] = [179.9999, -179.9999].map(|x| alaska.project(Coord { x, y: 52.0 }));
        assert!((east.x - west.x).abs() < 20.0 && east.x > west.x, "{west:?} {east:?}");
    }
}
