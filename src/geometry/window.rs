use super::{Boundary, Envelope, Position};
use geo::Coord;
use robust::orient2d;

/// A window of longitudes and latitudes in degrees, across the antimeridian where its west lies east of its east.
///
/// As in RFC 7946 §5; its border belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    boxes: Vec<Envelope>,
}

/// The numbers are no window on the Earth.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum InvalidWindow {
    /// A longitude is not a number from -180 to 180.
    #[error("longitudes are degrees from -180 to 180 (got {0})")]
    Longitude(f64),
    /// A latitude is not a number from -90 to 90.
    #[error("latitudes are degrees from -90 to 90 (got {0})")]
    Latitude(f64),
    /// The southern end lies north of the northern one.
    #[error("the southern latitude comes before the northern one (got {0}, {1})")]
    UpsideDown(f64, f64),
}

impl Window {
    /// A window from its four ends, in degrees.
    ///
    /// # Errors
    /// When a number is out of range, or south lies north of north.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, InvalidWindow> {
        if let Some(lon) = [west, east].into_iter().find(|lon| !(-180.0..=180.0).contains(lon)) {
            return Err(InvalidWindow::Longitude(lon));
        }
        if let Some(lat) = [south, north].into_iter().find(|lat| !(-90.0..=90.0).contains(lat)) {
            return Err(InvalidWindow::Latitude(lat));
        }
        if south > north {
            return Err(InvalidWindow::UpsideDown(south, north));
        }
        let between = |west, east| Envelope { min: [west, south], max: [east, north] };
        let boxes = if west <= east { vec![between(west, east)] } else { vec![between(west, 180.0), between(-180.0, east)] };
        Ok(Self { boxes })
    }

    /// The window as one box, or as one on each side of the antimeridian.
    pub fn boxes(&self) -> &[Envelope] {
        &self.boxes
    }

    /// Whether a position lies in it; +180 and -180 are the same meridian.
    pub fn holds(&self, position: Position) -> bool {
        let at = |x| Coord { x, y: position.lat() };
        let meridian = (position.lon() == -180.0).then_some(180.0);
        self.boxes.iter().any(|b| b.holds(at(position.lon())) || meridian.is_some_and(|x| b.holds(at(x))))
    }

    /// Whether an area has a point in common with it, touching included: decided by the boundary itself, exactly.
    pub fn meets(&self, boundary: &Boundary) -> bool {
        self.boxes.iter().any(|window| window.meets(&boundary.envelope()) && box_meets(window, boundary))
    }
}

/// An edge of the boundary meets the box, or the box lies within the area as a whole.
fn box_meets(window: &Envelope, boundary: &Boundary) -> bool {
    let middle = window.center();
    boundary.edges().any(|edge| edge_meets(edge, window))
        || Position::new(middle.x, middle.y).is_ok_and(|position| boundary.holds(position))
}

/// Whether an edge and a box share a point: unless both lie apart along an axis, or the box on one side of the line.
fn edge_meets([a, b]: [Coord<f64>; 2], window: &Envelope) -> bool {
    let around = Envelope { min: [a.x.min(b.x), a.y.min(b.y)], max: [a.x.max(b.x), a.y.max(b.y)] };
    let ([west, south], [east, north]) = (window.min, window.max);
    let side = |x, y| {
        let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
        orient2d(robust(a), robust(b), robust::Coord { x, y })
    };
    let sides = || [side(west, south), side(east, south), side(east, north), side(west, north)];
    let on_one_side = |sides: [f64; 4]| sides.iter().all(|s| *s > 0.0) || sides.iter().all(|s| *s < 0.0);
    around.meets(window) && (a == b || !on_one_side(sides()))
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, polygon};

    use super::*;

    fn window(west: f64, south: f64, east: f64, north: f64) -> Window {
        Window::new(west, south, east, north).unwrap()
    }

    /// ```text
    ///  4 ●              A triangle with its right angle at the origin: its envelope reaches to (4, 4),
    ///    │ ╲            it itself only to the line from (4, 0) to (0, 4).
    ///  0 ●──── ● 4
    /// ```
    fn triangle() -> Boundary {
        let polygon = polygon![(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 0.0, y: 4.0), (x: 0.0, y: 0.0)];
        Boundary::new(MultiPolygon(vec![polygon])).unwrap()
    }

    #[test]
    fn the_boundary_decides_and_not_its_envelope() {
        assert!(window(1.0, 1.0, 3.0, 3.0).meets(&triangle()));
        assert!(!window(2.5, 2.5, 3.5, 3.5).meets(&triangle()), "in the envelope, beyond the slope");
    }

    #[test]
    fn windows_within_around_and_in_a_corner_meet_and_touching_counts() {
        for [west, south, east, north] in [
            [0.5, 0.5, 1.0, 1.0],
            [-1.0, -1.0, 5.0, 5.0],
            [2.0, 2.0, 3.0, 3.0],
            [4.0, 0.0, 5.0, 1.0],
            [1.0, 1.0, 1.0, 1.0],
            [-1.0, 2.0, 5.0, 2.0],
        ] {
            assert!(window(west, south, east, north).meets(&triangle()), "{west} {south} {east} {north}");
        }
        let beyond = 2.0_f64.next_up();
        assert!(!window(beyond, beyond, 3.0, 3.0).meets(&triangle()));
    }

    #[test]
    fn a_window_whose_west_lies_east_of_its_east_goes_across_the_antimeridian() {
        let across = window(170.0, -10.0, -170.0, 10.0);
        let at = |lon, lat| Position::new(lon, lat).unwrap();
        assert!(across.holds(at(175.0, 0.0)) && across.holds(at(-175.0, 0.0)) && across.holds(at(180.0, 0.0)));
        assert!(!across.holds(at(0.0, 0.0)));
        assert!(window(170.0, 0.0, 180.0, 1.0).holds(at(-180.0, 0.5)), "the two are one meridian");
    }

    #[test]
    fn ends_that_are_nowhere_are_refused_with_their_value() {
        assert_eq!(Window::new(-200.0, 0.0, 0.0, 1.0), Err(InvalidWindow::Longitude(-200.0)));
        assert_eq!(Window::new(0.0, 0.0, 1.0, 91.0), Err(InvalidWindow::Latitude(91.0)));
        assert_eq!(Window::new(0.0, 2.0, 1.0, 1.0), Err(InvalidWindow::UpsideDown(2.0, 1.0)));
        assert!(Window::new(0.0, f64::NAN, 1.0, 1.0).is_err());
    }
}
