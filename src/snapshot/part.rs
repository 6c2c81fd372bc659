use std::{
    cmp::Ordering,
    sync::{Arc, OnceLock},
};

use super::{AreaIx, AreaKind};
use crate::geometry::{Boundary, Envelope, Foot, Least, Nearness, Position, measure};

/// How many edges a run has: so many boxes are passed over for one that is looked into.
const RUN: usize = 16;

/// An area that has a boundary.
pub struct Located {
    pub area: AreaIx,
    pub kind: AreaKind,
    pub boundary: Arc<Boundary>,
}

/// Number of a polygon among those of all areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartIx(pub(super) u32);

/// A polygon of an area.
pub struct Part {
    /// The box around it.
    pub envelope: Envelope,
    /// The number of its area among those that have a boundary.
    pub located: u32,
    /// Its number among the polygons of its area.
    pub number: u32,
    /// Its number among all polygons.
    pub ix: PartIx,
    /// Its border in pieces; cut when somebody first measures the way to it, because most are never measured.
    runs: OnceLock<Box<[Run]>>,
}

/// Edges that follow each other in a ring of a polygon.
struct Run {
    envelope: Envelope,
    /// The number of the ring, the exterior first.
    ring: u32,
    /// The number of the first edge.
    first: u32,
}

/// The area nearest to a position outside all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearestArea {
    /// The area.
    pub area: AreaIx,
    /// The nearest place on its border.
    pub at: Position,
    /// How far that is, in metres.
    pub distance_m: f64,
    pub(super) kind: AreaKind,
    /// The polygon of the area that reaches there.
    pub(super) part: PartIx,
}

impl NearestArea {
    /// The nearer first; of several at the same distance the first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.distance_m.total_cmp(&other.distance_m).then(self.area.cmp(&other.area))
    }
}

impl Part {
    pub fn new(envelope: Envelope, located: u32, number: u32, ix: PartIx) -> Self {
        Self { envelope, located, number, ix, runs: OnceLock::new() }
    }

    /// The nearest place on its border; `None` where it is farther off than a limit in metres.
    pub fn nearest(&self, of: &Located, position: Position, nearness: &Nearness, limit: f64) -> Option<NearestArea> {
        let polygon = &of.boundary.parts()[self.number as usize];
        let runs = self.runs.get_or_init(|| runs(polygon));
        let bounds: Vec<Least> = runs.iter().map(|run| nearness.at_least(&run.envelope)).collect();
        let mut best: Option<Foot> = None;
        for (run, least) in promising_first(&bounds, |least| least.straight_m).map(|i| (&runs[i], bounds[i])) {
            if least.along_ground_m <= limit && best.is_none_or(|best| least.straight_m <= best.straight_m) {
                run.measure(polygon, nearness, &mut best);
            }
        }
        let at = best.and_then(|foot| Position::new(foot.at.x, foot.at.y).ok())?;
        let found = NearestArea { area: of.area, at, distance_m: measure::distance(position, at), kind: of.kind, part: self.ix };
        (found.distance_m <= limit).then_some(found)
    }
}

impl Run {
    /// Puts the nearest place on its edges in the place of what is farther.
    fn measure(&self, polygon: &geo::Polygon<f64>, nearness: &Nearness, best: &mut Option<Foot>) {
        let ring = rings_of(polygon).nth(self.ring as usize).map_or(&[][..], |ring| &ring.0);
        let corners = &ring[self.first as usize..(self.first as usize + RUN + 1).min(ring.len())];
        let mut bounds = [0.0; RUN];
        let edges = corners.len().saturating_sub(1);
        for (bound, edge) in bounds.iter_mut().zip(corners.windows(2)) {
            *bound = nearness.at_least(&Envelope::between(edge[0], edge[1])).straight_m;
        }
        for i in promising_first(&bounds[..edges], |bound| *bound) {
            if best.is_some_and(|best| bounds[i] > best.straight_m) {
                continue;
            }
            let foot = nearness.foot(corners[i], corners[i + 1]);
            if best.is_none_or(|best| foot.straight_m < best.straight_m) {
                *best = Some(foot);
            }
        }
    }
}

/// The numbers of some things, that with the least bound first: so that most others are passed over.
fn promising_first<T>(things: &[T], bound: impl Fn(&T) -> f64) -> impl Iterator<Item = usize> {
    let first = (0..things.len()).min_by(|a, b| bound(&things[*a]).total_cmp(&bound(&things[*b])));
    let others = (0..things.len()).filter(move |number| Some(*number) != first);
    first.into_iter().chain(others)
}

/// All edges of a polygon.
fn runs(polygon: &geo::Polygon<f64>) -> Box<[Run]> {
    let of_ring = |(ring, line): (u32, &geo::LineString<f64>)| {
        let corners = line.0.len();
        let firsts = (0..corners.saturating_sub(1)).step_by(RUN);
        let run = |first: usize| {
            let envelope = Envelope::of(line.0[first..(first + RUN + 1).min(corners)].iter().copied())?;
            Some(Run { envelope, ring, first: first as u32 })
        };
        firsts.filter_map(run).collect::<Vec<_>>()
    };
    (0..).zip(rings_of(polygon)).flat_map(of_ring).collect()
}

fn rings_of(polygon: &geo::Polygon<f64>) -> impl Iterator<Item = &geo::LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}
