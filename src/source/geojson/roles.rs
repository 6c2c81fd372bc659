//! What rings are to each other: holes lie inside their shells, polygons beside each other.

use geo::Coord;
use robust::orient2d;

use super::{crossing::Meetings, report::Reporter, ring::Ring};
use crate::{geometry::crosses, source::checks};

/// Whether holes and polygons lie where they may; reports those that do not. No edges cross any more.
pub fn are_kept(rings: &[Ring], meetings: &Meetings, report: &mut Reporter<'_>) -> bool {
    let before = report.found.len();
    let boxes: Vec<_> = rings.iter().map(envelope).collect();
    let shells: Vec<_> = (0..rings.len()).filter(|&i| rings[i].name.number == 0).collect();
    for (i, ring) in rings.iter().enumerate() {
        let shell = shells.iter().copied().find(|&s| rings[s].name.part == ring.name.part);
        if let Some(shell) = shell.filter(|&shell| shell != i) {
            hole(ring, &rings[shell], touch(meetings, i, shell), report);
        }
        // Rings of a kind: the holes of one polygon, or the shells of all.
        let peers = (0..i).filter(|&j| match ring.name.number {
            0 => rings[j].name.number == 0,
            _ => rings[j].name.part == ring.name.part && rings[j].name.number > 0,
        });
        for j in peers.filter(|&j| boxes[i].0.x <= boxes[j].1.x && boxes[j].0.x <= boxes[i].1.x) {
            if boxes[i].0.y <= boxes[j].1.y && boxes[j].0.y <= boxes[i].1.y {
                apart([i, j], rings, touch(meetings, i, j), report);
            }
        }
    }
    report.found.len() == before
}

fn touch(meetings: &Meetings, i: usize, j: usize) -> bool {
    meetings.touching.contains(&[i.min(j), i.max(j)])
}

fn hole(hole: &Ring, shell: &Ring, touching: bool, report: &mut Reporter<'_>) {
    let sides = sides(hole, shell, touching);
    if sides.outside {
        let what = if sides.inside { "the hole crosses its exterior ring" } else { "the hole lies outside its exterior ring" };
        report.add_to(hole.name, &checks::HOLE, what, |p| p.rule("holes lie inside the exterior ring of their polygon"));
    } else if !sides.inside {
        report.add_to(hole.name, &checks::HOLE, "the hole is its exterior ring again", |p| {
            p.rule("nothing would be left of the polygon")
        });
    }
}

/// Reports two holes, or two polygons, of which one lies in the other.
fn apart([i, j]: [usize; 2], rings: &[Ring], touching: bool, report: &mut Reporter<'_>) {
    let (a, b) = (&rings[i], &rings[j]);
    let in_hole = |inner: &Ring, outer: &Ring| {
        let holes = rings.iter().filter(|ring| ring.name.part == outer.name.part && ring.name.number > 0);
        outer.name.number == 0 && holes.into_iter().any(|hole| !sides(inner, hole, true).outside)
    };
    let overlaps = |inner: &Ring, outer: &Ring| {
        let sides = sides(inner, outer, touching);
        (sides.inside || !sides.outside) && !in_hole(inner, outer)
    };
    if overlaps(a, b) || overlaps(b, a) {
        let what = format!("the ring overlaps {}", b.name);
        report.add_to(a.name, &checks::OVERLAPPING_RINGS, what, |p| {
            p.rule("polygons of one feature, and holes of one polygon, lie beside each other").remedy("merge the two")
        });
    }
}

/// On which sides of a ring the corners of another one lie.
#[derive(Default)]
struct Sides {
    inside: bool,
    outside: bool,
}

/// Where rings do not touch, one corner stands for all; else every corner and every middle of an edge is looked at.
fn sides(ring: &Ring, other: &Ring, touching: bool) -> Sides {
    let mut sides = Sides::default();
    let middles = ring.edges().map(|[a, b]| Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 });
    for c in ring.coords.iter().copied().chain(middles) {
        match inside(c, other) {
            Some(true) => sides.inside = true,
            Some(false) => sides.outside = true,
            None => continue,
        }
        if !touching || (sides.inside && sides.outside) {
            break;
        }
    }
    sides
}

/// Whether a coordinate lies strictly inside a ring; `None` when it lies on it.
fn inside(c: Coord<f64>, ring: &Ring) -> Option<bool> {
    let mut odd = false;
    for [a, b] in ring.edges() {
        let near = a.x.min(b.x) <= c.x && c.x <= a.x.max(b.x) && a.y.min(b.y) <= c.y && c.y <= a.y.max(b.y);
        let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
        if near && orient2d(robust(a), robust(b), robust(c)) == 0.0 {
            return None;
        }
        odd ^= crosses(a, b, c);
    }
    Some(odd)
}

fn envelope(ring: &Ring) -> (Coord<f64>, Coord<f64>) {
    let start = (Coord { x: f64::INFINITY, y: f64::INFINITY }, Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY });
    ring.coords.iter().fold(start, |(low, high), c| {
        (Coord { x: low.x.min(c.x), y: low.y.min(c.y) }, Coord { x: high.x.max(c.x), y: high.y.max(c.y) })
    })
}
