//! The coordinates of one feature to its boundary: what is wrong is found, what is safe is repaired.
//!
//! Membership is an even-odd count over all rings, so what leaves that count as it was meant (a ring that touches
//! itself, winding, repeated positions) passes; what may mean two things (crossing rings, a polygon inside another)
//! is refused.

use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::{
    antimeridian::{self, AroundPole},
    bow_tie,
    crossing::{self, Crossing, Meetings},
    positions,
    report::Reporter,
    ring::{Ring, RingName},
    roles,
};
use crate::{geometry::Boundary, source::checks};

type Parts = Vec<Vec<Vec<Coord<f64>>>>;

/// The boundary of some polygons of rings; problems and `None` when they make none.
pub fn boundary(parts: Parts, report: &mut Reporter<'_>) -> Option<Boundary> {
    if !positions::are_on_earth(&parts, report) {
        return None;
    }
    let mut parts = closed(parts, report)?;
    let unrolled = unroll(&mut parts, report)?;
    let mut rings: Vec<Ring> = parts.into_iter().flatten().collect();
    let meetings = crossing::meetings(&rings);
    if meetings.tangled {
        report.add(&checks::TANGLE, "too many edges lie side by side to check them", |p| p.remedy("simplify the boundary"));
        return None;
    }
    if !have_area(&rings, &meetings, report) {
        return None;
    }
    // One crossing is a bow tie, which is cut in two; where there are more, nobody knows what was meant.
    let bow_tie = only_crossing(&rings, &meetings).and_then(|(i, found)| Some((i, found, bow_tie::split(&rings[i], &found)?)));
    if bow_tie.is_none() && !meetings.crossings.is_empty() {
        report_crossings(&rings, &meetings, report);
        return None;
    }
    if !roles::are_kept(&rings, &meetings, report) {
        return None;
    }
    report_along(&rings, &meetings, report);
    if let Some((i, found, [outer, inner])) = bow_tie {
        report.add_to(rings[i].name, &checks::BOW_TIE, format!("the ring crosses itself at {}", place(found.at)), |p| {
            p.rule("it is split there into two")
        });
        let part = rings.iter().map(|ring| ring.name.part).max().unwrap_or(0) + 1;
        let name = RingName { part, ..inner.name };
        // A half of a hole is another hole of the same polygon, a half of a polygon is another polygon.
        rings.push(if inner.name.number > 0 { inner } else { Ring { name, ..inner } });
        rings[i] = outer;
    }
    polygons(rings, &unrolled, report)
}

/// Whether every ring goes around something; the halves of a bow tie may cancel out.
fn have_area(rings: &[Ring], meetings: &Meetings, report: &mut Reporter<'_>) -> bool {
    let crosses_itself = |i: usize| meetings.crossings.iter().any(|crossing| crossing.rings == [i, i]);
    let flat: Vec<_> = (0..rings.len()).filter(|&i| rings[i].signed_area() == 0.0 && !crosses_itself(i)).collect();
    for &i in &flat {
        report.add_to(rings[i].name, &checks::ZERO_AREA, "the ring has no area", |p| {
            p.rule("a ring goes around something").remedy("remove it")
        });
    }
    flat.is_empty()
}

/// Every ring closed, by polygon.
fn closed(parts: Parts, report: &mut Reporter<'_>) -> Option<Vec<Vec<Ring>>> {
    let several = parts.len() > 1;
    let mut usable = !parts.is_empty();
    if parts.is_empty() {
        report.add(&checks::WRONG_GEOMETRY, "the geometry has no polygon", |p| p.rule("an area has at least one"));
    }
    let mut all = Vec::with_capacity(parts.len());
    for (part, rings) in parts.into_iter().enumerate() {
        let name = |number| RingName { part, several, number };
        let count = rings.len();
        let named = rings.into_iter().enumerate();
        let rings: Vec<_> = named.filter_map(|(number, coords)| Ring::new(name(number), coords, report)).collect();
        usable &= rings.len() == count && count > 0;
        if count == 0 {
            report.add(&checks::WRONG_GEOMETRY, format!("polygon {} has no ring", part + 1), |p| {
                p.rule("its first is the exterior")
            });
        }
        all.push(rings);
    }
    usable.then_some(all)
}

/// Unrolls the polygons that cross the antimeridian, and says which.
fn unroll(parts: &mut [Vec<Ring>], report: &mut Reporter<'_>) -> Option<Vec<bool>> {
    let mut unrolled = Vec::with_capacity(parts.len());
    for rings in parts {
        let name = rings.first()?.name;
        match antimeridian::unroll(rings) {
            Ok(across) => unrolled.push(across),
            Err(AroundPole) => {
                report.add_to(name, &checks::AROUND_POLE, "the ring goes around a pole", |p| {
                    p.rule("on a map of longitude and latitude it needs edges along 180 degrees and along the pole")
                });
                return None;
            }
        }
        if unrolled.last() == Some(&true) {
            report
                .add_to(name, &checks::ANTIMERIDIAN, "the ring crosses the antimeridian", |p| p.rule("it is cut at 180 degrees"));
        }
    }
    Some(unrolled)
}

/// The only crossing there is, when it is one of a ring with itself that can be split: a hole, or a polygon without.
fn only_crossing(rings: &[Ring], meetings: &Meetings) -> Option<(usize, Crossing)> {
    let &[only] = meetings.crossings.as_slice() else { return None };
    let [i, j] = only.rings;
    let name = rings[i].name;
    let has_holes = rings.iter().any(|ring| ring.name.part == name.part && ring.name.number > 0);
    (i == j && (name.number > 0 || !has_holes)).then_some((i, only))
}

fn report_crossings(rings: &[Ring], meetings: &Meetings, report: &mut Reporter<'_>) {
    let mut seen: Vec<[usize; 2]> = Vec::new();
    for crossing in &meetings.crossings {
        if seen.contains(&crossing.rings) {
            continue;
        }
        seen.push(crossing.rings);
        let [a, b] = crossing.rings;
        let count = meetings.crossings.iter().filter(|other| other.rings == crossing.rings).count();
        let times = match count {
            1 => String::new(),
            2 => " and in one more place".to_owned(),
            _ => format!(" and in {} more places", count - 1),
        };
        let other = if a == b { "itself".to_owned() } else { rings[a].name.to_string() };
        let what = format!("the ring crosses {other} at {}{times}", place(crossing.at));
        report.add_to(rings[b].name, &checks::CROSSING, what, |p| p.rule("rings neither cross themselves nor each other"));
    }
}

fn report_along(rings: &[Ring], meetings: &Meetings, report: &mut Reporter<'_>) {
    for (&[a, b], &at) in &meetings.along {
        let other = if a == b { "itself".to_owned() } else { rings[a].name.to_string() };
        let what = format!("the ring runs along {other} at {}", place(at));
        report.add_to(rings[b].name, &checks::ALONG, what, |p| p.rule("such a line bounds nothing; it changes no answer"));
    }
}

/// A place as people write coordinates: latitude first.
fn place(c: Coord<f64>) -> String {
    format!("{:.5}, {:.5}", c.y, c.x)
}

/// Rings to polygons, cut at the antimeridian where they cross it.
fn polygons(rings: Vec<Ring>, unrolled: &[bool], report: &mut Reporter<'_>) -> Option<Boundary> {
    let mut parts: Vec<(usize, Vec<Ring>)> = Vec::new();
    for ring in rings {
        match parts.iter_mut().find(|(part, _)| *part == ring.name.part && ring.name.number > 0) {
            Some((_, of_part)) => of_part.push(ring),
            None => parts.push((ring.name.part, vec![ring])),
        }
    }
    let any = unrolled.contains(&true);
    let cut = |(_, rings): (usize, Vec<Ring>)| match any {
        true => antimeridian::cut(&rings),
        false => vec![rings.into_iter().map(|ring| ring.coords).collect()],
    };
    let polygons = parts.into_iter().flat_map(cut).filter_map(|rings| {
        let mut lines = rings.into_iter().map(LineString);
        lines.next().map(|exterior| Polygon::new(exterior, lines.collect()))
    });
    Boundary::new(MultiPolygon(polygons.collect()))
        .map_err(|error| report.add(&checks::BAD_POSITION, error.to_string(), |problem| problem))
        .ok()
}
