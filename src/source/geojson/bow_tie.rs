//! Rings that cross themselves once.

use geo::Coord;

use super::{crossing::Crossing, ring::Ring};

/// The two halves of a bow tie; `None` when it is a loop within the ring, of which nobody knows what it holds.
///
/// No vertex moves, unlike in a general repair (`geo`'s `MakeValid`): the crossing is added to both halves.
pub fn split(ring: &Ring, crossing: &Crossing) -> Option<[Ring; 2]> {
    let [first, second] = crossing.edges;
    let knot = crossing.at;
    let (before, rest) = ring.coords.split_at_checked(first + 1)?;
    let (middle, after) = rest.split_at_checked(second - first)?;
    // A crossing at a corner stands there already.
    let closed = |mut coords: Vec<Coord<f64>>| {
        coords.dedup();
        Ring { name: ring.name, coords }
    };
    let outer = closed(before.iter().chain([&knot]).chain(after).copied().collect());
    let inner = closed([&knot].into_iter().chain(middle).chain([&knot]).copied().collect());
    let fine = |ring: &Ring| ring.coords.len() >= 4 && ring.signed_area() != 0.0;
    // The halves of a bow tie run in opposite directions; a loop inside runs in that of its ring.
    let opposite = outer.signed_area() * inner.signed_area() < 0.0;
    (fine(&outer) && fine(&inner) && opposite).then_some([outer, inner])
}
