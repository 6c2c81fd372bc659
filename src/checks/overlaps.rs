//! Program regions that overlap although different partners hold them.

use std::{collections::BTreeMap, sync::Arc};

use geo::{BooleanOps, LineString, Polygon};
use jiff::civil::Date;
use rayon::prelude::*;

use super::{NARROWEST_M, square_kilometres, table};
use crate::{
    domain::{Problem, ProgramRegion, RegionId, Role, Shape, Slug, Standing},
    geometry::{Boundary, measure},
    snapshot::{AreaIx, AssignmentIx, Duty, Land, Snapshot, Target},
};

/// From this share of the smaller region on, it lies inside the other: a carve-out, which is no conflict.
const INSIDE: f64 = 0.99;

/// Two program regions of different partners that share ground, neither inside the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// The two regions, in the order of their ids.
    pub regions: [AreaIx; 2],
    /// A row for each of them, by which different partners hold them for the same course on the same day.
    pub rows: [AssignmentIx; 2],
    /// The ground that both hold, without slivers, in square metres.
    pub square_metres: f64,
}

/// The overlaps of program regions that matter on a day or later, whether or not they are accepted; by id.
///
/// Candidates are pairs whose partners differ; O(n²) of the assigned regions, and one Boolean operation for each
/// pair of polygons whose envelopes meet.
pub fn overlaps(snapshot: &Snapshot, day: Date) -> Vec<Overlap> {
    let land = snapshot.land();
    let held = leads_by_region(snapshot, day);
    let regions: Vec<_> = land.regions().zip(&snapshot.program().regions).filter(|(ix, _)| held.contains_key(ix)).collect();
    let pairs: Vec<_> = regions.iter().enumerate().flat_map(|(i, a)| regions[i + 1..].iter().map(move |b| (a, b))).collect();
    pairs
        .into_par_iter()
        .filter_map(|(&(a, one), &(b, other))| {
            let rows = contested(held.get(&a)?, held.get(&b)?, snapshot)?;
            let square_metres = shared_ground(&boundaries(land, one), &boundaries(land, other));
            let smaller = land.area(a).square_metres.min(land.area(b).square_metres);
            (square_metres > 0.0 && square_metres < INSIDE * smaller).then_some(Overlap { regions: [a, b], rows, square_metres })
        })
        .collect()
}

/// Overlaps that nobody accepted, and acceptances of what is not there.
pub(super) fn findings(snapshot: &Snapshot, day: Date) -> Vec<Problem> {
    let program = snapshot.program();
    let found = overlaps(snapshot, day);
    let ids: Vec<[&Slug; 2]> = found.iter().filter_map(|overlap| ids(snapshot, overlap)).collect();
    let is_accepted = |pair: &[&Slug; 2]| program.accepted.iter().any(|row| pair.iter().zip(&row.regions).all(|(a, b)| *a == b));
    let open = found.iter().zip(&ids).filter(|(_, pair)| !is_accepted(pair));
    let mut problems: Vec<_> = open.map(|(overlap, _)| problem(snapshot, overlap)).collect();
    let is_there = |regions: &[Slug; 2]| ids.iter().any(|pair| pair.iter().zip(regions).all(|(a, b)| *a == b));
    problems.extend(program.accepted.iter().filter(|row| !is_there(&row.regions)).map(|row| {
        let [one, other] = &row.regions;
        table::STALE_ACCEPTANCE
            .at(row.site.clone(), format!("region:{one} and region:{other} do not overlap, or not for different partners"))
            .rule("accepted.csv lists overlaps that are there")
            .remedy("remove the row")
    }));
    problems
}

fn ids<'s>(snapshot: &'s Snapshot, overlap: &Overlap) -> Option<[&'s Slug; 2]> {
    let slug = |area: AreaIx| match &snapshot.land().area(area).id {
        RegionId::Region(slug) => Some(slug),
        _ => None,
    };
    Some([slug(overlap.regions[0])?, slug(overlap.regions[1])?])
}

fn problem(snapshot: &Snapshot, overlap: &Overlap) -> Problem {
    let [a, b] = overlap.regions.map(|area| snapshot.land().area(area));
    let [one, other] = overlap.rows.map(|row| snapshot.assignment(row));
    let (later, earlier) = if one.origin.line >= other.origin.line { (one, other) } else { (other, one) };
    let what =
        format!("{} ({}) and {} ({}) share {}", a.id, one.partner, b.id, other.partner, square_kilometres(overlap.square_metres));
    let sites = snapshot.program().regions.iter().filter(|region| {
        let id = RegionId::Region(region.id.clone());
        id == a.id || id == b.id
    });
    let problem = table::OVERLAP.at(later.origin.site(), what).related(earlier.origin.site());
    sites
        .fold(problem, |problem, region| problem.related(region.site.clone()))
        .rule("a place that both hold is answered by the smaller region alone")
        .remedy("draw one border for both, or list the two in accepted.csv with a reason")
}

/// The duties that lead in each program region on a day or later.
fn leads_by_region(snapshot: &Snapshot, day: Date) -> BTreeMap<AreaIx, Vec<&Duty>> {
    let mut held: BTreeMap<AreaIx, Vec<&Duty>> = BTreeMap::new();
    let lasting = |duty: &&Duty| !duty.term.is_empty() && duty.term.ends_on.is_none_or(|last| day <= last);
    let leads = snapshot.duties().iter().filter(|duty| duty.role == Role::Lead && duty.standing == Standing::Active);
    for duty in leads.filter(lasting) {
        if let Target::Area(area) = duty.target {
            held.entry(area).or_default().push(duty);
        }
    }
    held
}

/// Two rows by which different partners hold two regions for the same course on the same day.
fn contested(a: &[&Duty], b: &[&Duty], snapshot: &Snapshot) -> Option<[AssignmentIx; 2]> {
    let untaught = snapshot.info().courses.is_empty();
    let clash = |one: &Duty, other: &Duty| {
        one.partner != other.partner
            && one.term.overlaps(&other.term)
            && (untaught || one.courses.iter().any(|course| other.courses.contains(course)))
    };
    a.iter().find_map(|one| b.iter().find(|other| clash(one, other)).map(|other| [one.assignment, other.assignment]))
}

/// The boundaries that a region is made of: its own, or those of its units, which lie apart.
fn boundaries<'l>(land: &'l Land, region: &'l ProgramRegion) -> Vec<&'l Arc<Boundary>> {
    match &region.shape {
        Shape::Drawn(boundary) => vec![boundary],
        Shape::Members(members) => {
            let areas = members.iter().filter_map(|id| land.find(id));
            areas.filter_map(|area| land.area(area).boundary.as_ref()).collect()
        }
    }
}

fn shared_ground(a: &[&Arc<Boundary>], b: &[&Arc<Boundary>]) -> f64 {
    let pairs = a.iter().flat_map(|one| b.iter().map(move |other| (*one, *other)));
    pairs.filter(|(one, other)| one.envelope().meets(&other.envelope())).map(|(one, other)| shared(one, other)).sum()
}

/// The ground that two boundaries share, without slivers, in square metres.
fn shared(one: &Arc<Boundary>, other: &Arc<Boundary>) -> f64 {
    if Arc::ptr_eq(one, other) {
        return measure::area(one);
    }
    let both = one.as_multi_polygon().intersection(other.as_multi_polygon());
    both.0.iter().filter(|polygon| mean_width(polygon) >= NARROWEST_M).map(measure::polygon_area).sum()
}

/// How wide a polygon is on average, in metres: that of a strip is twice its area by its perimeter.
fn mean_width(polygon: &Polygon<f64>) -> f64 {
    let length = |ring: &LineString<f64>| ring.0.windows(2).map(|edge| measure::edge_length(edge[0], edge[1])).sum::<f64>();
    let perimeter = length(polygon.exterior()) + polygon.interiors().iter().map(length).sum::<f64>();
    2.0 * measure::polygon_area(polygon) / perimeter.max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn a_strip_is_as_wide_as_it_is() {
        // 0.0001 degrees of latitude are 11.06 m at the equator.
        let strip = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 0.0001), (x: 0.0, y: 0.0001), (x: 0.0, y: 0.0)];
        assert!((mean_width(&strip) - 11.06).abs() < 0.05, "{}", mean_width(&strip));
    }
}
