use std::{
    cmp::Ordering,
    sync::{Arc, OnceLock},
};

use super::{AreaIx, AreaKind};
use crate::geometry::{Boundary, Envelope, Foot, Least, Nearness, Position, measure};

/// How many edges a run has: so many boxes are passed over for one that is looked into.
const RUN: usize = 16;

/// How many edges are remembered, so that what cells take is bounded.
const FEW: usize = 64;

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
    first: EdgeIx,
}

/// Number of an edge of a polygon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EdgeIx {
    /// The number of its ring, the exterior first.
    ring: u32,
    /// Its number in the ring.
    number: u32,
}

/// The nearest place on some edges.
///
/// Of several at the same distance that on the first edge: it makes no difference in which order they are looked at.
#[derive(Default)]
struct Best(Option<(Foot, EdgeIx)>);

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
        let polygon = self.polygon(of);
        let runs = self.runs(polygon);
        let bounds: Vec<Least> = runs.iter().map(|run| nearness.at_least(&run.envelope)).collect();
        let mut best = Best::default();
        for i in promising_first(&bounds, |least| least.straight_m) {
            if bounds[i].along_ground_m <= limit && best.may_be_beaten(bounds[i].straight_m) {
                best.measure(polygon, runs[i].edges(polygon), nearness);
            }
        }
        self.found(of, position, best, limit)
    }

    /// The same, where it is known on which edges that place is.
    pub fn nearest_among(
        &self,
        of: &Located,
        (position, nearness): (Position, &Nearness),
        edges: &[EdgeIx],
        limit: f64,
    ) -> Option<NearestArea> {
        let (mut best, polygon) = (Best::default(), self.polygon(of));
        edges.chunks(RUN).for_each(|some| best.measure(polygon, some.iter().copied(), nearness));
        self.found(of, position, best, limit)
    }

    /// The edges that may come within some metres of a position; `None` where they are many: then runs are passed over faster.
    pub fn edges_within(&self, of: &Located, nearness: &Nearness, metres: f64) -> Option<Box<[EdgeIx]>> {
        let polygon = self.polygon(of);
        let may_reach = |envelope: &Envelope| nearness.at_least(envelope).along_ground_m <= metres;
        let runs = self.runs(polygon).iter().filter(|run| may_reach(&run.envelope));
        let edges = runs.flat_map(|run| run.edges(polygon));
        let near = edges.filter(|edge| ends(polygon, *edge).is_some_and(|[a, b]| may_reach(&Envelope::between(a, b))));
        let few: Vec<_> = near.take(FEW + 1).collect();
        (few.len() <= FEW).then(|| few.into())
    }

    fn polygon<'a>(&self, of: &'a Located) -> &'a geo::Polygon<f64> {
        &of.boundary.parts()[self.number as usize]
    }

    fn runs(&self, polygon: &geo::Polygon<f64>) -> &[Run] {
        self.runs.get_or_init(|| runs(polygon))
    }

    fn found(&self, of: &Located, position: Position, best: Best, limit: f64) -> Option<NearestArea> {
        // Straight through the ground is found out sooner than along it.
        let (foot, _) = best.0.filter(|(foot, _)| foot.at_least() <= limit)?;
        let at = Position::new(foot.at.x, foot.at.y).ok()?;
        let found = NearestArea { area: of.area, at, distance_m: measure::distance(position, at), kind: of.kind, part: self.ix };
        (found.distance_m <= limit).then_some(found)
    }
}

impl Best {
    /// Whether a place may take its place that is not nearer than this, in metres.
    fn may_be_beaten(&self, straight_m: f64) -> bool {
        self.0.is_none_or(|(foot, _)| straight_m <= foot.straight_m)
    }

    /// Puts the nearest place on some edges, at most a run of them, in the place of what is farther.
    fn measure(&mut self, polygon: &geo::Polygon<f64>, edges: impl Iterator<Item = EdgeIx>, nearness: &Nearness) {
        let mut bounded = [(f64::INFINITY, None); RUN];
        let mut count = 0;
        for (place, edge) in bounded.iter_mut().zip(edges) {
            let Some([a, b]) = ends(polygon, edge) else { continue };
            *place = (nearness.at_least(&Envelope::between(a, b)).straight_m, Some((edge, a, b)));
            count += 1;
        }
        for i in promising_first(&bounded[..count], |(bound, _)| *bound) {
            if let (bound, Some((edge, a, b))) = bounded[i]
                && self.may_be_beaten(bound)
            {
                let foot = nearness.foot(a, b);
                if self.0.is_none_or(|(best, of)| (foot.straight_m, edge) < (best.straight_m, of)) {
                    self.0 = Some((foot, edge));
                }
            }
        }
    }
}

impl Run {
    fn edges(&self, polygon: &geo::Polygon<f64>) -> impl Iterator<Item = EdgeIx> + use<> {
        let EdgeIx { ring, number } = self.first;
        let end = ring_of(polygon, ring).len().saturating_sub(1).min(number as usize + RUN);
        (number..end as u32).map(move |number| EdgeIx { ring, number })
    }
}

/// The coordinates between which an edge goes.
fn ends(polygon: &geo::Polygon<f64>, EdgeIx { ring, number }: EdgeIx) -> Option<[geo::Coord<f64>; 2]> {
    let ring = ring_of(polygon, ring);
    Some([*ring.get(number as usize)?, *ring.get(number as usize + 1)?])
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
            Some(Run { envelope, first: EdgeIx { ring, number: first as u32 } })
        };
        firsts.filter_map(run).collect::<Vec<_>>()
    };
    (0..).zip(rings_of(polygon)).flat_map(of_ring).collect()
}

fn ring_of(polygon: &geo::Polygon<f64>, ring: u32) -> &[geo::Coord<f64>] {
    rings_of(polygon).nth(ring as usize).map_or(&[], |ring| &ring.0)
}

fn rings_of(polygon: &geo::Polygon<f64>) -> impl Iterator<Item = &geo::LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}
