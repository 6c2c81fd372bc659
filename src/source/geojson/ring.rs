//! Rings, before they become a boundary.

use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::read::Reporter;
use crate::source::checks;

/// Makes polygons of rings; `None` when a ring cannot be used.
pub fn polygons(parts: Vec<Vec<Vec<Coord<f64>>>>, report: &mut Reporter<'_>) -> Option<MultiPolygon<f64>> {
    let mut polygons = Vec::with_capacity(parts.len());
    let several = parts.len() > 1;
    let mut usable = !parts.is_empty();
    if parts.is_empty() {
        report.add(&checks::WRONG_GEOMETRY, "the geometry has no polygon", |problem| problem.rule("an area has at least one"));
    }
    for (part, rings) in parts.into_iter().enumerate() {
        let mut lines = Vec::with_capacity(rings.len());
        for (number, ring) in rings.into_iter().enumerate() {
            report.ring = Some(RingName { part: several.then_some(part + 1), number });
            match closed(ring, report) {
                Some(ring) => lines.push(LineString(ring)),
                None => usable = false,
            }
        }
        report.ring = None;
        let mut lines = lines.into_iter();
        match lines.next() {
            Some(exterior) => polygons.push(Polygon::new(exterior, lines.collect())),
            None if usable => {
                usable = false;
                report.add(&checks::WRONG_GEOMETRY, format!("polygon {} has no ring", part + 1), |problem| problem);
            }
            None => {}
        }
    }
    usable.then_some(MultiPolygon(polygons))
}

/// Which ring of a feature: the polygon (when there are several, counted from 1) and the ring within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RingName {
    /// The polygon, counted from 1; `None` when there is but one.
    pub part: Option<usize>,
    /// 0 is the exterior ring, holes are counted from 1.
    pub number: usize,
}

impl std::fmt::Display for RingName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(part) = self.part {
            write!(f, "polygon {part}, ")?;
        }
        match self.number {
            0 => f.write_str("exterior ring"),
            hole => write!(f, "hole {hole}"),
        }
    }
}

/// The ring, closed.
fn closed(mut ring: Vec<Coord<f64>>, report: &mut Reporter<'_>) -> Option<Vec<Coord<f64>>> {
    let is_open = ring.first() != ring.last();
    let positions = ring.len() + usize::from(is_open);
    if positions < 4 {
        let what = format!("the ring has {} positions", ring.len());
        report.add(&checks::SHORT_RING, what, |problem| problem.rule("a ring has four or more, and the last repeats the first"));
        return None;
    }
    if let (true, Some(&first)) = (is_open, ring.first()) {
        report.add(&checks::OPEN_RING, "the ring is not closed", |problem| {
            problem.rule("it is closed by repeating its first position")
        });
        ring.push(first);
    }
    Some(ring)
}
