use crate::geometry::{Position, measure};

/// A square of a grid in degrees: what is found once for all of its places need not be found for each of them.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    number: [i16; 2],
    centre: Position,
    radius_m: f64,
}

impl Cell {
    /// The cell that holds a position in a grid with so many cells in a degree, at most 180.
    ///
    /// `None` on the antimeridian itself, where the ground on both sides counts, and where the centre would lie beyond a pole.
    pub fn holding(position: Position, per_degree: i16) -> Option<Self> {
        let per_degree = f64::from(per_degree);
        let number = [position.lon(), position.lat()].map(|degrees| (degrees * per_degree).floor());
        let [lon, lat] = number.map(|number| (number + 0.5) / per_degree);
        let centre = Position::new(lon, lat).ok().filter(|_| position.lon() > -180.0)?;
        let half = (0.5 / per_degree).to_radians();
        let widest = (lat.abs().to_radians() - half).max(0.0).cos();
        Some(Self { number: number.map(|number| number as i16), centre, radius_m: farthest(half * widest, half) })
    }

    /// Its number to the east of longitude 0, and to the north of the equator.
    pub fn number(&self) -> [i16; 2] {
        self.number
    }

    /// The position in its middle.
    pub fn centre(&self) -> Position {
        self.centre
    }

    /// How far no place of it is from its centre, in metres.
    pub fn radius_m(&self) -> f64 {
        self.radius_m
    }
}

/// How far two positions are not from each other, in metres, without the arithmetic of a geodesic.
pub fn at_most(a: Position, b: Position) -> f64 {
    let [across, up] = [a.lon() - b.lon(), a.lat() - b.lat()].map(f64::to_radians);
    farthest(across * a.lat().abs().min(b.lat().abs()).to_radians().cos(), up)
}

/// No place is farther that lies so many radians away across and up: on a sphere of the ellipsoid's greatest radius of
/// curvature ways are longer. The last factor is for the arc.
fn farthest(across: f64, up: f64) -> f64 {
    measure::GREATEST_RADIUS * across.hypot(up) * 1.001
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    #[test]
    fn a_cell_holds_its_places_and_none_is_farther_than_its_radius() {
        for (lon, lat) in [(-122.33, 47.61), (0.0, 0.0), (-179.99, 51.9), (179.99, -14.3), (-150.0, 71.3), (12.0, -89.99)] {
            let cell = Cell::holding(at(lon, lat), 32).unwrap();
            let [x, y] = cell.number().map(|number| f64::from(number) / 32.0);
            for (i, j) in [(0.0, 0.0), (0.999, 0.0), (0.0, 0.999), (0.999, 0.999), (0.4, 0.7)] {
                let place = at(x + i / 32.0, y + j / 32.0);
                assert_eq!(Cell::holding(place, 32).map(|own| own.number()), (place.lon() > -180.0).then_some(cell.number()));
                let distance = measure::distance(cell.centre(), place);
                assert!(distance <= cell.radius_m() && distance <= at_most(cell.centre(), place), "{lon} {lat}: {distance}");
            }
        }
    }

    #[test]
    fn the_antimeridian_and_the_poles_are_in_no_cell() {
        for (lon, lat) in [(-180.0, 52.0), (0.0, 90.0)] {
            assert!(Cell::holding(at(lon, lat), 8).is_none());
        }
    }
}
