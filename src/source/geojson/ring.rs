//! Rings, before they become a boundary.

use std::fmt;

use geo::Coord;

use super::report::Reporter;
use crate::source::checks;

/// A closed ring of a feature.
#[derive(Clone, Debug)]
pub struct Ring {
    /// Which one it is.
    pub name: RingName,
    /// Its positions; the last repeats the first.
    pub coords: Vec<Coord<f64>>,
}

/// Which ring of a feature: the polygon and the ring within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RingName {
    /// The polygon, counted from 0.
    pub part: usize,
    /// Whether there are several polygons, so that the number has to be said.
    pub several: bool,
    /// 0 is the exterior ring, holes are counted from 1.
    pub number: usize,
}

impl fmt::Display for RingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.several {
            write!(f, "polygon {}, ", self.part + 1)?;
        }
        match self.number {
            0 => f.write_str("exterior ring"),
            hole => write!(f, "hole {hole}"),
        }
    }
}

impl Ring {
    /// A ring of the positions of a feature, closed if it was open; a problem and `None` when it has too few.
    pub fn new(name: RingName, mut coords: Vec<Coord<f64>>, report: &mut Reporter<'_>) -> Option<Self> {
        let open = coords.first().copied().filter(|first| coords.last() != Some(first));
        if coords.len() + usize::from(open.is_some()) < 4 {
            let what = format!("the ring has {} positions", coords.len());
            report.add_to(name, &checks::SHORT_RING, what, |p| p.rule("a ring has four or more, and the last repeats the first"));
            return None;
        }
        if let Some(first) = open {
            report.add_to(name, &checks::OPEN_RING, "the ring is not closed", |p| {
                p.rule("it is closed by repeating its first position")
            });
            coords.push(first);
        }
        Some(Self { name, coords })
    }

    /// Twice its area in square degrees, positive when it runs counter-clockwise.
    pub fn signed_area(&self) -> f64 {
        let Some(&origin) = self.coords.first() else { return 0.0 };
        let cross = |w: &[Coord<f64>]| (w[0].x - origin.x) * (w[1].y - origin.y) - (w[1].x - origin.x) * (w[0].y - origin.y);
        self.coords.windows(2).map(cross).sum()
    }

    /// Its edges.
    pub fn edges(&self) -> impl Iterator<Item = [Coord<f64>; 2]> {
        self.coords.windows(2).map(|w| [w[0], w[1]])
    }
}
