//! Rings across the antimeridian: unrolled, checked as one piece, and cut at 180 degrees (RFC 7946 §3.1.9).

use geo::Coord;

use super::ring::Ring;

/// The rings of a polygon do not go back to where they started: they go around a pole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AroundPole;

/// Whether an edge is the short way across the antimeridian rather than the long way around the Earth.
///
/// One that runs along a parallel from one end of the map to the other is neither: it is an end of the map.
fn is_across(a: Coord<f64>, b: Coord<f64>) -> bool {
    (a.x - b.x).abs() > 180.0 && !(a.x.abs() == 180.0 && b.x.abs() == 180.0)
}

/// Unrolls the rings of one polygon; `false` when none of them crosses the antimeridian.
///
/// # Errors
/// When a ring goes around a pole, so that it is unclear what it holds.
pub fn unroll(rings: &mut [Ring]) -> Result<bool, AroundPole> {
    if !rings.iter().any(|ring| ring.edges().any(|[a, b]| is_across(a, b))) {
        return Ok(false);
    }
    let mut middle = None;
    for ring in rings {
        let mut turn = 0.0;
        let unrolled: Vec<_> = std::iter::once(ring.coords[0])
            .chain(ring.edges().map(|[a, b]| {
                if is_across(a, b) {
                    turn += 360.0_f64.copysign(a.x - b.x);
                }
                Coord { x: b.x + turn, y: b.y }
            }))
            .collect();
        if turn != 0.0 {
            return Err(AroundPole);
        }
        ring.coords = unrolled;
        // Holes go to where their shell is.
        let own = ring.coords.iter().map(|c| c.x).sum::<f64>() / ring.coords.len() as f64;
        let shift = ((*middle.get_or_insert(own) - own) / 360.0).round() * 360.0;
        ring.coords.iter_mut().for_each(|c| c.x += shift);
    }
    Ok(true)
}

/// Cuts the unrolled rings of one polygon into those of two or three, each within -180 to 180.
///
/// A ring that crosses several times becomes one ring with edges back and forth along the cut (Sutherland and
/// Hodgman): they cancel out in areas and in the count that decides membership.
pub fn cut(rings: &[Ring]) -> Vec<Vec<Vec<Coord<f64>>>> {
    let mut polygons = Vec::new();
    for turn in [-360.0, 0.0, 360.0] {
        let (west, east) = (turn - 180.0, turn + 180.0);
        let clipped = rings.iter().map(|ring| clip(&clip(&ring.coords, west, 1.0), east, -1.0));
        let home = clipped.map(|coords| coords.into_iter().map(|c| Coord { x: c.x - turn, y: c.y }).collect::<Vec<_>>());
        let kept: Vec<_> = home.enumerate().filter(|(_, coords)| coords.len() >= 4).collect();
        // Without its exterior ring nothing of a polygon is left here.
        if kept.first().is_some_and(|(number, _)| *number == 0) {
            polygons.push(kept.into_iter().map(|(_, coords)| coords).collect());
        }
    }
    polygons
}

/// The part of a closed ring on one side of a meridian: east of it when `side` is 1, west when it is -1.
fn clip(ring: &[Coord<f64>], meridian: f64, side: f64) -> Vec<Coord<f64>> {
    let holds = |c: Coord<f64>| (c.x - meridian) * side >= 0.0;
    let mut kept: Vec<Coord<f64>> = Vec::new();
    let mut keep = |c: Coord<f64>| {
        if kept.last() != Some(&c) {
            kept.push(c);
        }
    };
    for w in ring.windows(2) {
        let [a, b] = [w[0], w[1]];
        if holds(a) {
            keep(a);
        }
        if holds(a) != holds(b) {
            keep(Coord { x: meridian, y: a.y + (b.y - a.y) * (meridian - a.x) / (b.x - a.x) });
        }
    }
    if let Some(&first) = kept.first().filter(|first| kept.last() != Some(first)) {
        kept.push(first);
    }
    // Only the border itself is left of a ring that touches it from the other side.
    if kept.iter().all(|c| c.x == meridian) { Vec::new() } else { kept }
}
