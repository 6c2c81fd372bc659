//! A drawing without crossings, in which vertices go or move one by one and no crossing comes about.
//!
//! ```text
//!        b                A vertex b may go when nothing lies in the triangle that it makes with its neighbours:
//!       ╱ ╲               whatever crosses the new edge a–c would have to end in the triangle, or to cross an old
//!      ╱ x ╲              edge. Here x is in the way, and b stays.
//!     a╌╌╌╌╌c
//! ```
//!
//! It may move from p to q when nothing lies in the triangles that its edges sweep, and nothing crosses p–q.

use geo::Coord;

use super::{Arc, Topology, cells::Cells};

/// A vertex of an arc: its number among all vertices of all arcs, one arc after the other.
pub(super) type Slot = u32;

/// The arcs of a topology as chains of slots.
pub(super) struct Plane {
    /// Where each point is. The ends of arcs that are one node are one point.
    points: Vec<Coord<f64>>,
    /// The point of each slot.
    point_of: Vec<u32>,
    previous: Vec<Slot>,
    next: Vec<Slot>,
    gone: Vec<bool>,
    /// The arc of each slot, the first slot of each arc, and the end.
    arc_of: Vec<u32>,
    starts: Vec<Slot>,
    /// How many more vertices each arc can spare.
    spare: Vec<usize>,
    /// The slots of all points, one point after the other, and where those of each begin: one within an arc,
    /// several at a node.
    slots: Vec<Slot>,
    first_slots: Vec<u32>,
    near: Cells,
    /// Edges by the slot from which they lead on; only where vertices are to move.
    edges: Option<Cells>,
}

impl Plane {
    /// The drawing of a topology; `keep` says how many vertices between its ends an arc keeps at least.
    pub(super) fn new(topology: &Topology, keep: impl Fn(&Arc) -> usize) -> Self {
        let arcs = topology.arcs();
        let (points, point_of) = number_points(arcs);
        let count = point_of.len() as u32;
        let mut starts = vec![0];
        let mut arc_of = Vec::with_capacity(point_of.len());
        for (number, arc) in (0..).zip(arcs) {
            arc_of.resize(arc_of.len() + arc.line.len(), number);
            starts.push(arc_of.len() as u32);
        }
        let mut slots: Vec<Slot> = (0..count).collect();
        slots.sort_by_key(|slot| point_of[*slot as usize]);
        let first = |point: u32| slots.partition_point(|slot| point_of[*slot as usize] < point) as u32;
        let first_slots = (0..=points.len() as u32).map(first).collect();
        let mut near = Cells::over(&points);
        (0..).zip(&points).for_each(|(point, at)| near.add(point, *at));
        Self {
            previous: (0..count).map(|slot| slot.wrapping_sub(1)).collect(),
            next: (1..=count).collect(),
            gone: vec![false; point_of.len()],
            spare: arcs.iter().map(|arc| arc.line.len().saturating_sub(2 + keep(arc))).collect(),
            points,
            point_of,
            arc_of,
            starts,
            slots,
            first_slots,
            near,
            edges: None,
        }
    }

    /// How many slots there are.
    pub(super) fn slots(&self) -> usize {
        self.point_of.len()
    }

    /// How many points there are, those that are gone included.
    pub(super) fn points(&self) -> u32 {
        self.points.len() as u32
    }

    /// Where a point is; `None` when it is gone.
    pub(super) fn place(&self, point: u32) -> Option<Coord<f64>> {
        (!self.is_gone(point)).then(|| self.points[point as usize])
    }

    fn is_gone(&self, point: u32) -> bool {
        self.slots_of(point).first().is_some_and(|slot| self.gone[*slot as usize])
    }

    fn slots_of(&self, point: u32) -> &[Slot] {
        let point = point as usize;
        &self.slots[self.first_slots[point] as usize..self.first_slots[point + 1] as usize]
    }

    /// The points that are at most `reach` to the side and above or below a place, ascending.
    pub(super) fn within(&self, place: Coord<f64>, reach: f64) -> Vec<u32> {
        let corner = |dx: f64, dy: f64| Coord { x: place.x + dx * reach, y: place.y + dy * reach };
        // A triangle that holds the square.
        let triangle = [corner(-3.0, -1.0), corner(3.0, -1.0), corner(0.0, 3.0)];
        let mut found = Vec::new();
        self.near.all_near(triangle, |point| {
            let at = self.points[point as usize];
            if (at.x - place.x).abs().max((at.y - place.y).abs()) <= reach && !self.is_gone(point) {
                found.push(point);
            }
            true
        });
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The slot of a point within an arc; `None` for ends of arcs.
    pub(super) fn inner(&self, point: u32) -> Option<Slot> {
        let &[slot] = self.slots_of(point) else { return None };
        self.is_inner(slot).then_some(slot)
    }

    /// The number of the arc that a slot is in.
    fn arc_of(&self, slot: Slot) -> usize {
        self.arc_of[slot as usize] as usize
    }

    fn is_inner(&self, slot: Slot) -> bool {
        let arc = self.arc_of(slot);
        self.starts[arc] < slot && slot + 1 < self.starts[arc + 1]
    }

    /// The slots before and after an inner one.
    pub(super) fn beside(&self, slot: Slot) -> [Slot; 2] {
        [self.previous[slot as usize], self.next[slot as usize]]
    }

    /// The point of a slot.
    pub(super) fn point_of(&self, slot: Slot) -> u32 {
        self.point_of[slot as usize]
    }

    /// The area of the triangle that an inner slot makes with those before and after it.
    pub(super) fn significance(&self, slot: Slot) -> f64 {
        let [a, b, c] = self.corner(slot).map(|point| self.points[point as usize]);
        ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)).abs() / 2.0
    }

    fn corner(&self, slot: Slot) -> [u32; 3] {
        let [before, after] = self.beside(slot);
        [before, slot, after].map(|slot| self.point_of(slot))
    }

    /// Drops an inner vertex, where its arc can spare it and nothing comes to cross.
    pub(super) fn drop(&mut self, slot: Slot) -> bool {
        let arc = self.arc_of(slot);
        let corner = self.corner(slot);
        if self.spare[arc] == 0 || !self.is_empty(corner.map(|point| self.points[point as usize]), &corner) {
            return false;
        }
        let [before, after] = self.beside(slot);
        self.spare[arc] -= 1;
        self.gone[slot as usize] = true;
        self.next[before as usize] = after;
        self.previous[after as usize] = before;
        self.register_edge(before);
        true
    }

    /// Whether no vertex but some lies in a triangle or on its border.
    fn is_empty(&self, triangle: [Coord<f64>; 3], but: &[u32]) -> bool {
        self.near.all_near(triangle, |point| {
            but.contains(&point) || self.is_gone(point) || !holds(triangle, self.points[point as usize])
        })
    }

    /// Gets ready to move vertices.
    pub(super) fn watch_edges(&mut self) {
        self.edges = Some(Cells::over(&self.points));
        for slot in 0..self.point_of.len() as u32 {
            if !self.gone[slot as usize] && !self.ends_arc(slot) {
                self.register_edge(slot);
            }
        }
    }

    fn ends_arc(&self, slot: Slot) -> bool {
        self.starts[self.arc_of(slot) + 1] == slot + 1
    }

    fn register_edge(&mut self, slot: Slot) {
        let [from, to] = self.edge(slot).map(|point| self.points[point as usize]);
        if let Some(edges) = &mut self.edges {
            edges.add_along(slot, from, to);
        }
    }

    /// The points of the edge that leads on from a slot.
    fn edge(&self, slot: Slot) -> [u32; 2] {
        [self.point_of(slot), self.point_of(self.next[slot as usize])]
    }

    /// The points that are joined to a point by an edge, each once.
    fn neighbours(&self, point: u32) -> Vec<u32> {
        let mut neighbours = Vec::new();
        for &slot in self.slots_of(point) {
            let arc = self.arc_of(slot);
            if slot > self.starts[arc] {
                neighbours.push(self.point_of(self.previous[slot as usize]));
            }
            if slot + 1 < self.starts[arc + 1] {
                neighbours.push(self.point_of(self.next[slot as usize]));
            }
        }
        neighbours.sort_unstable();
        neighbours.dedup();
        neighbours
    }

    /// Moves a vertex, where nothing comes to cross or to touch.
    pub(super) fn shift(&mut self, point: u32, to: Coord<f64>) -> bool {
        let from = self.points[point as usize];
        if from != to && !self.may_shift(point, from, to) {
            return false;
        }
        self.force(point, to);
        true
    }

    fn may_shift(&self, point: u32, from: Coord<f64>, to: Coord<f64>) -> bool {
        let swept = |other: &u32| self.is_empty([from, to, self.points[*other as usize]], &[point, *other]);
        let clear = |edges: &Cells| {
            edges.all_near([from, to, to], |slot| {
                if self.gone[slot as usize] || self.ends_arc(slot) {
                    return true;
                }
                let [a, b] = self.edge(slot);
                a == point || b == point || !meet([from, to], [a, b].map(|end| self.points[end as usize]))
            })
        };
        self.neighbours(point).iter().all(swept) && self.edges.as_ref().is_none_or(clear)
    }

    /// Moves a vertex whatever comes of it.
    pub(super) fn force(&mut self, point: u32, to: Coord<f64>) {
        self.points[point as usize] = to;
        // What is found at an old place is looked at where it is now, and found at its new one as well.
        self.near.add(point, to);
        for slot in self.slots_of(point).to_vec() {
            let arc = self.arc_of(slot);
            if slot > self.starts[arc] {
                self.register_edge(self.previous[slot as usize]);
            }
            if slot + 1 < self.starts[arc + 1] {
                self.register_edge(slot);
            }
        }
    }

    /// The lines of the arcs as they are now.
    pub(super) fn lines(&self) -> Vec<Vec<Coord<f64>>> {
        let left = |slot: &Slot| !self.gone[*slot as usize];
        let line = |w: &[Slot]| (w[0]..w[1]).filter(left).map(|slot| self.points[self.point_of(slot) as usize]).collect();
        self.starts.windows(2).map(line).collect()
    }
}

/// The distinct points of some arcs, and the point of each of their vertices.
fn number_points(arcs: &[Arc]) -> (Vec<Coord<f64>>, Vec<u32>) {
    let nodes = arcs.iter().flat_map(|arc| arc.nodes).max().map_or(0, |last| last as usize + 1);
    let mut of_node: Vec<Option<u32>> = vec![None; nodes];
    let (mut points, mut point_of) = (Vec::new(), Vec::new());
    for arc in arcs {
        let last = arc.line.len().saturating_sub(1);
        for (i, at) in arc.line.iter().enumerate() {
            let node = if i == 0 { Some(arc.nodes[0]) } else { (i == last).then_some(arc.nodes[1]) };
            let known = node.and_then(|node| of_node[node as usize]);
            let point = known.unwrap_or(points.len() as u32);
            if known.is_none() {
                points.push(*at);
            }
            if let Some(node) = node {
                of_node[node as usize] = Some(point);
            }
            point_of.push(point);
        }
    }
    (points, point_of)
}

fn side(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
    robust::orient2d(robust(a), robust(b), robust(c))
}

/// Whether a triangle, its border included, holds a place.
fn holds([a, b, c]: [Coord<f64>; 3], place: Coord<f64>) -> bool {
    let within = |of: fn(Coord<f64>) -> f64| {
        let all = [a, b, c].map(of);
        all.into_iter().any(|v| v <= of(place)) && all.into_iter().any(|v| v >= of(place))
    };
    if !within(|c| c.x) || !within(|c| c.y) {
        return false;
    }
    let sides = [side(a, b, place), side(b, c, place), side(c, a, place)];
    sides.iter().all(|s| *s >= 0.0) || sides.iter().all(|s| *s <= 0.0)
}

/// Whether two edges have a place in common, an end included.
fn meet([a, b]: [Coord<f64>; 2], [c, d]: [Coord<f64>; 2]) -> bool {
    let apart = |of: fn(Coord<f64>) -> f64| of(a).max(of(b)) < of(c).min(of(d)) || of(c).max(of(d)) < of(a).min(of(b));
    if apart(|c| c.x) || apart(|c| c.y) {
        return false;
    }
    let opposite = |s: f64, t: f64| !(s > 0.0 && t > 0.0 || s < 0.0 && t < 0.0);
    opposite(side(a, b, c), side(a, b, d)) && opposite(side(c, d, a), side(c, d, b))
}
