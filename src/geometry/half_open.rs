//! The half-open rule: the one predicate that decides to whom a border belongs.
//!
//! A position is taken as if it stood a hair to the north-east of where it is: by ε to the east and by ε² to
//! the north. No border passes through such a point, so every position lies strictly on one side of every
//! edge, and where the areas of a layer share their borders exactly, every position on an inner border, at a
//! corner too, belongs to exactly one of them: to the area on its east, on a border that runs due east and west
//! to the area on its north.
//!
//! ```text
//!    ┌────────┬────────┐      A border point belongs to the area at its east:
//!    │   A    ●   B    │      ● is in B.
//!    ├────────◆────────┤      On the horizontal border it belongs to the north, and the
//!    │   C    │   D    │      corner ◆ to the north-east: B again.
//!    └────────┴────────┘
//! ```
//!
//! The side is decided by exact arithmetic (Shewchuk's adaptive orientation predicate, crate `robust`).

use geo::Coord;
use robust::orient2d;

/// Whether `p`, moved a hair to the north-east, lies to the left of the line from `a` up to `b`.
///
/// `a` must be the lower end, or the western end of a horizontal edge. Exact for all finite input.
#[inline]
pub fn is_left(a: Coord<f64>, b: Coord<f64>, p: Coord<f64>) -> bool {
    let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
    let side = orient2d(robust(a), robust(b), robust(p));
    // On the line the move to the east decides: right of every rising edge, but above (left of) a level one.
    if side == 0.0 { a.y == b.y } else { side > 0.0 }
}

/// Whether the ray from `p` (moved a hair to the north-east) due east crosses the edge between `a` and `b`.
///
/// An odd number of crossings over all rings of an area puts the position inside.
#[inline]
pub fn crosses(a: Coord<f64>, b: Coord<f64>, p: Coord<f64>) -> bool {
    let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
    low.y <= p.y && p.y < high.y && is_left(low, high, p)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn c(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    fn square_holds(x: f64, y: f64, p: Coord<f64>) -> bool {
        let ring = [c(x, y), c(x + 1.0, y), c(x + 1.0, y + 1.0), c(x, y + 1.0), c(x, y)];
        ring.windows(2).filter(|e| crosses(e[0], e[1], p)).count() % 2 == 1
    }

    #[test]
    fn a_corner_of_four_squares_belongs_to_the_north_eastern_one() {
        let holders: Vec<_> = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
            .into_iter()
            .filter(|&(x, y)| square_holds(x, y, c(1.0, 1.0)))
            .collect();
        assert_eq!(holders, [(1.0, 1.0)]);
    }

    #[test]
    fn a_vertical_border_belongs_to_the_east_and_a_level_one_to_the_north() {
        assert!(square_holds(1.0, 0.0, c(1.0, 0.5)) && !square_holds(0.0, 0.0, c(1.0, 0.5)));
        assert!(square_holds(0.0, 1.0, c(0.5, 1.0)) && !square_holds(0.0, 0.0, c(0.5, 1.0)));
    }

    #[test]
    fn a_point_a_rounding_error_from_a_slope_is_decided_exactly() {
        // Naive cross products get these wrong: the three points differ in the last bits only.
        let (a, b) = (c(0.5, 0.5), c(24.0, 24.0));
        let on = c(12.0, 12.0);
        let above = c(12.0, f64::from_bits(12.0_f64.to_bits() + 1));
        let below = c(12.0, f64::from_bits(12.0_f64.to_bits() - 1));
        assert!(!is_left(a, b, on) && is_left(a, b, above) && !is_left(a, b, below));
    }
}
