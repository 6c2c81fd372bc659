use std::{cmp::Ordering, collections::BinaryHeap};

use rstar::{ParentNode, RTreeNode};

use super::{
    AreaIx, AreaKind,
    part::{EdgeIx, Located, NearestArea, Part, PartIx},
    parts::{Boxed, Parts},
};
use crate::geometry::{Envelope, Nearness, Position};

/// A search that goes on where it was left: whoever asks for a further area does not begin anew.
///
/// Best first: nodes are opened in the order of a bound in metres, until no node can hold anything nearer than what was
/// measured already.
pub struct Outward<'a> {
    all: &'a Parts,
    position: Position,
    nearness: Nearness,
    open: BinaryHeap<Open<'a>>,
    /// What was measured and not yet asked for.
    measured: Vec<NearestArea>,
}

impl<'a> Outward<'a> {
    /// From a position through everything.
    pub(super) fn through(all: &'a Parts, position: Position) -> Self {
        let nearness = Nearness::to(position);
        let open = open_children(all.root(), all, &nearness).collect();
        Self { all, position, nearness, open, measured: Vec::new() }
    }

    /// From a position through what is in sight alone.
    pub(super) fn among(all: &'a Parts, position: Position, sights: impl Iterator<Item = Sight<'a>>) -> Self {
        let nearness = Nearness::to(position);
        let open = sights.map(|sight| Open { at_least: sight.at_least, place: Place::Sight(sight) }).collect();
        Self { all, position, nearness, open, measured: Vec::new() }
    }

    /// The nearest area that is wanted now and not given yet; what was not wanted once is never looked at again.
    pub fn next_of(&mut self, wanted: impl Fn(AreaIx, AreaKind) -> bool) -> Option<NearestArea> {
        self.measured.retain(|found| wanted(found.area, found.kind));
        let mut best = self.measured.iter().copied().min_by(NearestArea::order);
        while let Some(next) = self.open.peek() {
            if best.is_some_and(|best| next.at_least > best.distance_m) {
                break;
            }
            let Some(Open { place, .. }) = self.open.pop() else { break };
            let part = match place {
                Place::Node(node) => {
                    self.open.extend(open_children(node, self.all, &self.nearness));
                    continue;
                }
                Place::Sight(sight) => self.all.part(sight.part),
                Place::Part(part) => part,
            };
            let located = self.all.area_of(part);
            if wanted(located.area, located.kind) {
                let limit = best.map_or(f64::INFINITY, |best| best.distance_m);
                match self.measure(place, part, located, limit) {
                    Some(found) => {
                        self.measured.push(found);
                        best = best.into_iter().chain([found]).min_by(NearestArea::order);
                    }
                    // It is farther off: measured when something farther is asked for.
                    None if limit.is_finite() => self.open.push(Open { at_least: limit.next_up(), place }),
                    None => {}
                }
            }
        }
        self.measured.retain(|found| Some(*found) != best);
        best
    }

    fn measure(&self, place: Place<'a>, part: &Part, located: &Located, limit: f64) -> Option<NearestArea> {
        match place {
            Place::Sight(Sight { edges: Some(edges), .. }) => {
                part.nearest_among(located, (self.position, &self.nearness), edges, limit)
            }
            _ => part.nearest(located, self.position, &self.nearness, limit),
        }
    }

    /// The edges of a polygon that may come within some metres of the position.
    pub(super) fn edges_within(&self, part: PartIx, metres: f64) -> Option<Box<[EdgeIx]>> {
        let part = self.all.part(part);
        part.edges_within(self.all.area_of(part), &self.nearness, metres)
    }
}

/// A polygon of which something is known before it is measured.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    pub(super) part: PartIx,
    /// Metres than which it is not nearer.
    pub(super) at_least: f64,
    /// The edges among which the nearest is; `None` where all may be.
    pub(super) edges: Option<&'a [EdgeIx]>,
}

/// What may hold something, the most promising greatest.
struct Open<'a> {
    at_least: f64,
    place: Place<'a>,
}

#[derive(Clone, Copy)]
enum Place<'a> {
    Node(&'a ParentNode<Boxed>),
    Part(&'a Part),
    Sight(Sight<'a>),
}

impl<'a> Open<'a> {
    fn part(part: &'a Part, nearness: &Nearness) -> Self {
        Self { at_least: nearness.at_least(&part.envelope).along_ground_m, place: Place::Part(part) }
    }
}

fn open_children<'a>(node: &'a ParentNode<Boxed>, all: &'a Parts, nearness: &Nearness) -> impl Iterator<Item = Open<'a>> {
    node.children().iter().map(|node| match node {
        RTreeNode::Leaf(boxed) => Open::part(all.part(boxed.part), nearness),
        RTreeNode::Parent(node) => {
            let envelope = Envelope { min: node.envelope().lower(), max: node.envelope().upper() };
            Open { at_least: nearness.at_least(&envelope).along_ground_m, place: Place::Node(node) }
        }
    })
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
