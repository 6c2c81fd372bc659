use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::{Envelope, Position, crosses};

/// The boundary of an area: one or more polygons with holes, every ring closed, every position on the Earth.
///
/// Whether a position belongs to the area is [`Boundary::holds`]'s to say, and nobody else's: an even-odd count
/// under the half-open rule, so winding, the order of rings and overlapping parts make no difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    parts: MultiPolygon<f64>,
    envelope: Envelope,
}

/// The rings make no boundary.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum InvalidBoundary {
    /// There is no ring at all.
    #[error("the boundary has no ring; an area needs at least one polygon")]
    Empty,
    /// A ring is not closed or has fewer than four positions.
    #[error(
        "ring {ring} of part {part} has {positions} positions or is not closed; rings have four or more positions, and the last repeats the first"
    )]
    Ring {
        /// Number of the polygon, from 0.
        part: usize,
        /// Number of the ring within it, from 0 (the exterior).
        ring: usize,
        /// How many positions it has.
        positions: usize,
    },
    /// A coordinate is not finite, or not on the Earth.
    #[error("invalid coordinate (got [{0}, {1}]); longitudes are -180 to 180, latitudes -90 to 90")]
    Coordinate(f64, f64),
}

impl Boundary {
    /// A boundary from polygons in degrees (x is longitude, y latitude).
    ///
    /// Only what the rule of membership rests on is checked here (finite, in range, closed); whether rings
    /// cross or holes lie outside is for [`crate::source`] to find and to locate.
    ///
    /// # Errors
    /// When there is no ring, a ring is open or too short, or a coordinate is not on the Earth.
    pub fn new(parts: MultiPolygon<f64>) -> Result<Self, InvalidBoundary> {
        for (part, polygon) in parts.0.iter().enumerate() {
            for (ring, line) in rings_of(polygon).enumerate() {
                if line.0.len() < 4 || line.0.first() != line.0.last() {
                    return Err(InvalidBoundary::Ring { part, ring, positions: line.0.len() });
                }
                let on_earth = |c: &&Coord<f64>| !((-180.0..=180.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y));
                if let Some(c) = line.0.iter().find(on_earth) {
                    return Err(InvalidBoundary::Coordinate(c.x, c.y));
                }
            }
        }
        let coords = parts.0.iter().flat_map(|p| p.exterior().0.iter().copied());
        let envelope = Envelope::of(coords).ok_or(InvalidBoundary::Empty)?;
        Ok(Self { parts, envelope })
    }

    /// Its polygons; x is longitude, y latitude, in degrees.
    pub fn parts(&self) -> &[Polygon<f64>] {
        &self.parts.0
    }

    /// The same as a `geo` geometry.
    pub fn as_multi_polygon(&self) -> &MultiPolygon<f64> {
        &self.parts
    }

    /// All rings, exterior ones and holes alike.
    pub fn rings(&self) -> impl Iterator<Item = &LineString<f64>> {
        self.parts.0.iter().flat_map(rings_of)
    }

    /// All edges, in the direction in which they are written.
    pub fn edges(&self) -> impl Iterator<Item = [Coord<f64>; 2]> {
        self.rings().flat_map(|ring| ring.0.windows(2).map(|w| [w[0], w[1]]))
    }

    /// The middle of the box around its widest part.
    pub fn middle(&self) -> Option<Position> {
        let boxes = self.parts.0.iter().filter_map(|part| Envelope::of(part.exterior().0.iter().copied()));
        let size = |envelope: &Envelope| (envelope.max[0] - envelope.min[0]) * (envelope.max[1] - envelope.min[1]);
        let middle = boxes.max_by(|a, b| size(a).total_cmp(&size(b)))?.center();
        Position::new(middle.x, middle.y).ok()
    }

    /// The box around all parts.
    pub fn envelope(&self) -> Envelope {
        self.envelope
    }

    /// Whether the position belongs to the area, by the half-open rule (see the module `half_open`).
    ///
    /// The rule takes a position as if it stood a hair to its north-east. At the two places where that hair would
    /// leave the map it is bent: at the north pole it goes south, and a position on the antimeridian that no part
    /// of the area holds on its east is looked up on its west.
    pub fn holds(&self, position: Position) -> bool {
        let point = Coord { x: position.lon(), y: position.lat().min(90.0_f64.next_down()) };
        self.holds_coord(point)
            || (point.x == -180.0
                && self.envelope.max[0] == 180.0
                && self.holds_coord(Coord { x: 180.0_f64.next_down(), ..point }))
    }

    fn holds_coord(&self, point: Coord<f64>) -> bool {
        self.envelope.holds(point) && self.edges().filter(|[a, b]| crosses(*a, *b, point)).count() % 2 == 1
    }
}

fn rings_of(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

#[cfg(test)]
mod tests {
    use geo::{line_string, polygon};

    use super::*;

    fn boundary(polygons: Vec<Polygon<f64>>) -> Boundary {
        Boundary::new(MultiPolygon(polygons)).unwrap()
    }

    fn rectangle(x0: f64, y0: f64, x1: f64, y1: f64) -> Polygon<f64> {
        polygon![(x: x0, y: y0), (x: x1, y: y0), (x: x1, y: y1), (x: x0, y: y1), (x: x0, y: y0)]
    }

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    #[test]
    fn a_hole_is_not_inside_and_its_border_follows_the_same_rule() {
        let mut outer = rectangle(0.0, 0.0, 4.0, 4.0);
        outer.interiors_push(
            line_string![(x: 1.0, y: 1.0), (x: 1.0, y: 3.0), (x: 3.0, y: 3.0), (x: 3.0, y: 1.0), (x: 1.0, y: 1.0)],
        );
        let ring = boundary(vec![outer]);
        assert!(!ring.holds(at(2.0, 2.0)));
        assert!(!ring.holds(at(1.0, 2.0)), "the western border of the hole belongs to what lies east of it: the hole");
        assert!(ring.holds(at(3.0, 2.0)), "its eastern border belongs to the ring");
    }

    #[test]
    fn parts_that_touch_at_a_corner_are_both_held() {
        let two = boundary(vec![rectangle(0.0, 0.0, 1.0, 1.0), rectangle(1.0, 1.0, 2.0, 2.0)]);
        assert!(two.holds(at(0.5, 0.5)) && two.holds(at(1.0, 1.0)) && two.holds(at(1.5, 1.5)));
    }

    #[test]
    fn the_north_pole_belongs_to_the_area_that_reaches_it() {
        let cap = boundary(vec![rectangle(-180.0, 80.0, 180.0, 90.0)]);
        assert!(cap.holds(at(0.0, 90.0)) && cap.holds(at(-180.0, 90.0)));
    }

    #[test]
    fn the_antimeridian_belongs_to_an_area_on_its_west_when_none_of_its_parts_lies_east() {
        let west = boundary(vec![rectangle(170.0, 50.0, 180.0, 55.0)]);
        let east = boundary(vec![rectangle(-180.0, 50.0, -170.0, 55.0)]);
        assert!(east.holds(at(180.0, 52.0)) && west.holds(at(-180.0, 52.0)));
    }

    #[test]
    fn open_short_empty_and_unearthly_rings_are_refused() {
        let refused = |rings: Vec<Polygon<f64>>| Boundary::new(MultiPolygon(rings)).unwrap_err();
        assert_eq!(refused(vec![]), InvalidBoundary::Empty);
        let short = Polygon::new(line_string![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 0.0, y: 0.0)], vec![]);
        assert!(matches!(refused(vec![short]), InvalidBoundary::Ring { part: 0, ring: 0, positions: 3 }));
        assert_eq!(refused(vec![rectangle(0.0, 0.0, 500.0, 1.0)]), InvalidBoundary::Coordinate(500.0, 0.0));
        let nan = rectangle(0.0, 0.0, 1.0, f64::NAN);
        assert!(matches!(refused(vec![nan]), InvalidBoundary::Coordinate(_, _)));
    }
}
