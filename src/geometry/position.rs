use std::fmt;

/// A position on the Earth: longitude and latitude in degrees on WGS 84 (RFC 7946 §3.1.1).
///
/// Longitude is in [-180, 180), latitude in [-90, 90]; both are finite. +180 is the same meridian as -180 and
/// is kept as -180.
///
/// ```
/// use coverage_map::geometry::Position;
/// let seattle = Position::new(-122.3321, 47.6062)?;
/// assert_eq!(seattle.lat(), 47.6062);
/// assert!(Position::new(0.0, f64::NAN).is_err());
/// # Ok::<(), coverage_map::geometry::InvalidPosition>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    lon: f64,
    lat: f64,
}

/// The numbers are no position on the Earth.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum InvalidPosition {
    /// The longitude is not a number from -180 to 180.
    #[error("invalid longitude (got {0}); longitudes are degrees from -180 to 180")]
    Longitude(f64),
    /// The latitude is not a number from -90 to 90.
    #[error("invalid latitude (got {0}); latitudes are degrees from -90 to 90")]
    Latitude(f64),
}

impl Position {
    /// A position from longitude and latitude, in degrees and in this order.
    ///
    /// # Errors
    /// When a number is not finite or lies outside its range.
    pub fn new(lon: f64, lat: f64) -> Result<Self, InvalidPosition> {
        if !(-180.0..=180.0).contains(&lon) {
            return Err(InvalidPosition::Longitude(lon));
        }
        if !(-90.0..=90.0).contains(&lat) {
            return Err(InvalidPosition::Latitude(lat));
        }
        // Adding zero turns -0.0 into 0.0: equal positions have equal bits.
        Ok(Self { lon: if lon == 180.0 { -180.0 } else { lon + 0.0 }, lat: lat + 0.0 })
    }

    /// Longitude in degrees, -180 ≤ lon < 180; east is positive.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Latitude in degrees, -90 ≤ lat ≤ 90; north is positive.
    pub fn lat(self) -> f64 {
        self.lat
    }
}

impl fmt::Display for Position {
    /// Latitude first, as people write coordinates: `47.6062, -122.3321`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.lat, self.lon)
    }
}

impl From<Position> for geo::Point<f64> {
    fn from(p: Position) -> Self {
        geo::Point::new(p.lon, p.lat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_antimeridian_has_one_longitude() {
        assert_eq!(Position::new(180.0, 52.0).unwrap(), Position::new(-180.0, 52.0).unwrap());
    }

    #[test]
    fn minus_zero_is_zero() {
        let p = Position::new(-0.0, -0.0).unwrap();
        assert!(p.lon().is_sign_positive() && p.lat().is_sign_positive());
    }

    #[test]
    fn numbers_off_the_earth_are_refused_by_name() {
        for lon in [f64::NAN, f64::INFINITY, -180.1, 500.0] {
            assert!(matches!(Position::new(lon, 0.0), Err(InvalidPosition::Longitude(_))), "{lon}");
        }
        for lat in [f64::NAN, f64::NEG_INFINITY, 90.1, -91.0] {
            assert!(matches!(Position::new(0.0, lat), Err(InvalidPosition::Latitude(_))), "{lat}");
        }
    }
}
