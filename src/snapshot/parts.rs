use std::{cmp::Ordering, collections::BinaryHeap, sync::Arc};

use geo::Coord;
use rstar::{AABB, ParentNode, RStarInsertionStrategy, RTree, RTreeNode, RTreeObject, RTreeParams};

use super::{AreaIx, AreaKind};
use crate::geometry::{Boundary, Envelope, Foot, Nearness, Position, measure};

/// The polygons of all areas in an R*-tree: for windows, nearest areas and candidates for overlaps.
///
/// Polygons rather than areas: the envelope of the Aleutians is 359° wide.
pub(super) struct Parts {
    areas: Vec<Located>,
    tree: RTree<Part, Wide>,
}

/// An area that has a boundary.
pub(super) struct Located {
    pub area: AreaIx,
    pub kind: AreaKind,
    pub boundary: Arc<Boundary>,
}

/// A polygon in the tree.
struct Part {
    envelope: Envelope,
    located: u32,
    part: u32,
}

/// Nodes of sixteen: the tree is built once, so that wide nodes cost nothing.
struct Wide;

impl RTreeParams for Wide {
    const MIN_SIZE: usize = 6;
    const MAX_SIZE: usize = 16;
    const REINSERTION_COUNT: usize = 4;
    type DefaultInsertionStrategy = RStarInsertionStrategy;
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
    kind: AreaKind,
}

impl NearestArea {
    /// The nearer first; of several at the same distance the first.
    fn order(&self, other: &Self) -> Ordering {
        self.distance_m.total_cmp(&other.distance_m).then(self.area.cmp(&other.area))
    }
}

impl Parts {
    pub fn new(areas: Vec<Located>) -> Self {
        let parts = (0..).zip(&areas).flat_map(|(located, area)| {
            (0..).zip(area.boundary.parts()).filter_map(move |(part, polygon)| {
                let envelope = Envelope::of(polygon.exterior().0.iter().copied())?;
                Some(Part { envelope, located, part })
            })
        });
        let tree = RTree::bulk_load_with_params(parts.collect());
        Self { areas, tree }
    }

    /// The areas of which a part's envelope meets a window, in ascending order.
    pub fn in_window(&self, window: &Envelope) -> Vec<AreaIx> {
        let window = AABB::from_corners(window.min, window.max);
        let met = self.tree.locate_in_envelope_intersecting(&window);
        let mut areas: Vec<_> = met.map(|part| self.areas[part.located as usize].area).collect();
        areas.sort_unstable();
        areas.dedup();
        areas
    }

    /// The wanted area whose border is nearest to a position, by distance along the ground; of several at the same
    /// distance the first.
    pub fn nearest(&self, position: Position, wanted: impl Fn(AreaIx, AreaKind) -> bool) -> Option<NearestArea> {
        self.outward(position).next_of(wanted)
    }

    /// The way outward from a position, from one area to the next.
    pub fn outward(&self, position: Position) -> Outward<'_> {
        let nearness = Nearness::to(position);
        let open = open_children(self.tree.root(), &nearness).collect();
        Outward { areas: &self.areas, position, nearness, open, measured: Vec::new() }
    }
}

/// A search that goes on where it was left: whoever asks for a further area does not begin anew.
///
/// Best first: nodes are opened in the order of a bound in metres, until no node can hold anything nearer than what was
/// measured already.
pub struct Outward<'a> {
    areas: &'a [Located],
    position: Position,
    nearness: Nearness,
    open: BinaryHeap<Open<'a>>,
    /// What was measured and not yet asked for.
    measured: Vec<NearestArea>,
}

impl Outward<'_> {
    /// The nearest area that is wanted now and not given yet; what was not wanted once is never looked at again.
    pub fn next_of(&mut self, wanted: impl Fn(AreaIx, AreaKind) -> bool) -> Option<NearestArea> {
        self.measured.retain(|found| wanted(found.area, found.kind));
        let mut best = self.measured.iter().copied().min_by(NearestArea::order);
        while let Some(next) = self.open.peek() {
            if best.is_some_and(|best| next.at_least > best.distance_m) {
                break;
            }
            let Some(Open { node, .. }) = self.open.pop() else { break };
            match node {
                RTreeNode::Parent(node) => self.open.extend(open_children(node, &self.nearness)),
                RTreeNode::Leaf(part) => {
                    let located = &self.areas[part.located as usize];
                    if wanted(located.area, located.kind) {
                        let polygon = &located.boundary.parts()[part.part as usize];
                        let limit = best.map_or(f64::INFINITY, |best| best.distance_m);
                        match nearest_of(polygon, located, self.position, &self.nearness, limit) {
                            Some(found) => {
                                self.measured.push(found);
                                best = best.into_iter().chain([found]).min_by(NearestArea::order);
                            }
                            // It is farther off: measured when something farther is asked for.
                            None => self.open.push(Open { at_least: limit.next_up(), node }),
                        }
                    }
                }
            }
        }
        self.measured.retain(|found| Some(*found) != best);
        best
    }
}

/// The nearest place on the border of a polygon of an area; `None` where it is farther off than a limit in metres.
fn nearest_of(
    polygon: &geo::Polygon<f64>,
    of: &Located,
    position: Position,
    nearness: &Nearness,
    limit: f64,
) -> Option<NearestArea> {
    let mut best: Option<Foot> = None;
    let mut consider = |[a, b]: [Coord<f64>; 2]| {
        let least = nearness.at_least(&Envelope::between(a, b));
        if least.along_ground_m > limit || best.is_some_and(|best| least.straight_m > best.straight_m) {
            return;
        }
        let foot = nearness.foot(a, b);
        if best.is_none_or(|best| foot.straight_m < best.straight_m) {
            best = Some(foot);
        }
    };
    // A good guess first, so that the others are passed over.
    let guessed = edges_of(polygon).map(|edge| (nearness.rough(edge[0]), edge));
    guessed.min_by(|(x, _), (y, _)| x.total_cmp(y)).into_iter().for_each(|(_, edge)| consider(edge));
    edges_of(polygon).for_each(consider);
    let at = best.and_then(|foot| Position::new(foot.at.x, foot.at.y).ok())?;
    let found = NearestArea { area: of.area, at, distance_m: measure::distance(position, at), kind: of.kind };
    (found.distance_m <= limit).then_some(found)
}

/// A node that may hold something, the most promising greatest.
struct Open<'a> {
    at_least: f64,
    node: &'a RTreeNode<Part>,
}

fn open_children<'a>(node: &'a ParentNode<Part>, nearness: &Nearness) -> impl Iterator<Item = Open<'a>> {
    node.children().iter().map(|node| Open { at_least: nearness.at_least(&envelope_of(node)).along_ground_m, node })
}

impl Ord for Open<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at_least.total_cmp(&self.at_least)
    }
}

impl PartialOrd for Open<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Open<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Open<'_> {}

impl RTreeObject for Part {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.envelope.min, self.envelope.max)
    }
}

fn envelope_of(node: &RTreeNode<Part>) -> Envelope {
    let envelope = node.envelope();
    Envelope { min: envelope.lower(), max: envelope.upper() }
}

fn edges_of(polygon: &geo::Polygon<f64>) -> impl Iterator<Item = [Coord<f64>; 2]> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).flat_map(|ring| ring.0.windows(2).map(|w| [w[0], w[1]]))
}
