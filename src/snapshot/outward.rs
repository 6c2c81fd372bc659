use std::{cmp::Ordering, collections::BinaryHeap};

use rstar::{ParentNode, RTreeNode};

use super::{
    AreaIx, AreaKind,
    part::{NearestArea, Part, PartIx},
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

    /// From a position through some polygons alone, of which it is known how near they can be, in metres.
    pub(super) fn among(all: &'a Parts, position: Position, parts: impl Iterator<Item = (PartIx, f64)>) -> Self {
        let nearness = Nearness::to(position);
        let open = parts.map(|(part, at_least)| Open { at_least, place: Place::Known(part) }).collect();
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
            match place {
                Place::Node(node) => self.open.extend(open_children(node, self.all, &self.nearness)),
                Place::Known(part) => self.open.push(Open::part(self.all.part(part), &self.nearness)),
                Place::Part(part) => {
                    let located = &self.all.areas()[part.located as usize];
                    if wanted(located.area, located.kind) {
                        let limit = best.map_or(f64::INFINITY, |best| best.distance_m);
                        match part.nearest(located, self.position, &self.nearness, limit) {
                            Some(found) => {
                                self.measured.push(found);
                                best = best.into_iter().chain([found]).min_by(NearestArea::order);
                            }
                            // It is farther off: measured when something farther is asked for.
                            None => self.open.push(Open { at_least: limit.next_up(), place }),
                        }
                    }
                }
            }
        }
        self.measured.retain(|found| Some(*found) != best);
        best
    }
}

/// What may hold something, the most promising greatest.
struct Open<'a> {
    at_least: f64,
    place: Place<'a>,
}

#[derive(Clone, Copy)]
enum Place<'a> {
    Node(&'a ParentNode<Boxed>),
    /// A polygon that nobody has looked at yet.
    Known(PartIx),
    Part(&'a Part),
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
