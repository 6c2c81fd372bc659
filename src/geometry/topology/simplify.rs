//! Fewer vertices for drawing: Visvalingam and Whyatt's elimination, arc by arc.

use std::{cmp::Reverse, collections::BinaryHeap, collections::HashMap};

use geo::Coord;

use super::{Arc, Topology};

/// The topology with simpler lines: vertices go, the least significant first, while the triangle that a vertex
/// makes with its neighbours on the line is smaller than `area` (in squared units of the lines).
///
/// Ends stay, so neighbours stay joined. A closed arc keeps three vertices, and of two arcs between the same
/// nodes each keeps one in between, so no ring that had an area becomes a line.
pub fn simplify(topology: &Topology, area: f64) -> Topology {
    let kept = kept_between(topology);
    topology.with_lines(|number, arc| eliminate(&arc.line, area, kept[number as usize]))
}

/// The topology with simpler lines (see [`simplify`]), each passed through `finish`; where they then cross each
/// other, they are drawn anew from more and more of their vertices.
///
/// `finish` must leave ends that are one place one place, as rounding does. What crosses then still, crosses by
/// rounding alone.
pub fn simplify_untangled(topology: &Topology, area: f64, finish: impl Fn(&[Coord<f64>]) -> Vec<Coord<f64>>) -> Topology {
    let kept = kept_between(topology);
    let draw = |number: usize, area: f64| finish(&eliminate(&topology.arcs()[number].line, area, kept[number]));
    let mut lines: Vec<_> = (0..topology.arcs().len()).map(|number| draw(number, area)).collect();
    let mut finer = area;
    for _ in 0..ROUNDS {
        let drawn = topology.with_lines(|number, _| lines[number as usize].clone());
        let mut tangled: Vec<u32> = crossings(&drawn).into_iter().flatten().collect();
        if tangled.is_empty() {
            return drawn;
        }
        tangled.dedup();
        finer /= 4.0;
        for number in tangled {
            lines[number as usize] = draw(number as usize, finer);
        }
    }
    topology.with_lines(|number, _| lines[number as usize].clone())
}

/// How often arcs that cross are drawn anew.
const ROUNDS: usize = 3;

/// How many vertices between its ends each arc keeps at least.
fn kept_between(topology: &Topology) -> Vec<usize> {
    let ends = |arc: &Arc| [arc.nodes[0].min(arc.nodes[1]), arc.nodes[0].max(arc.nodes[1])];
    let mut twins: HashMap<[u32; 2], u32> = HashMap::new();
    for arc in topology.arcs() {
        *twins.entry(ends(arc)).or_default() += 1;
    }
    let kept = |arc: &Arc| if arc.nodes[0] == arc.nodes[1] { 2 } else { usize::from(twins[&ends(arc)] > 1) };
    topology.arcs().iter().map(kept).collect()
}

/// Drops vertices of a line while the triangles that they make are smaller than `area`, but keeps its ends and
/// at least `inner` vertices between them.
fn eliminate(line: &[Coord<f64>], area: f64, inner: usize) -> Vec<Coord<f64>> {
    let n = line.len();
    if n < 3 {
        return line.to_vec();
    }
    let (mut previous, mut next): (Vec<usize>, Vec<usize>) = ((0..n).map(|i| i.wrapping_sub(1)).collect(), (1..=n).collect());
    let mut gone = vec![false; n];
    let mut sizes: Vec<f64> = vec![f64::INFINITY; n];
    let mut heap = BinaryHeap::with_capacity(n);
    for i in 1..n - 1 {
        sizes[i] = triangle(line[i - 1], line[i], line[i + 1]);
        heap.push(Reverse((Size(sizes[i]), i)));
    }
    let mut left = n - 2;
    while let Some(Reverse((Size(size), i))) = heap.pop() {
        if size >= area || left <= inner {
            break;
        }
        if gone[i] || size != sizes[i] {
            continue;
        }
        gone[i] = true;
        left -= 1;
        let (before, after) = (previous[i], next[i]);
        next[before] = after;
        previous[after] = before;
        for j in [before, after] {
            if j > 0 && j < n - 1 {
                // Never below what went before it: a vertex must not go because its neighbour did.
                sizes[j] = triangle(line[previous[j]], line[j], line[next[j]]).max(size);
                heap.push(Reverse((Size(sizes[j]), j)));
            }
        }
    }
    (0..n).filter(|&i| !gone[i]).map(|i| line[i]).collect()
}

fn triangle(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)).abs() / 2.0
}

/// A size that can be sorted.
#[derive(PartialEq)]
struct Size(f64);

impl Eq for Size {}

impl PartialOrd for Size {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Size {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The pairs of arcs whose lines cross each other, each pair once; an arc that crosses itself is paired with
/// itself. Touching at an end is no crossing.
pub fn crossings(topology: &Topology) -> Vec<[u32; 2]> {
    let mut edges: Vec<(u32, [Coord<f64>; 2])> = Vec::new();
    for (i, arc) in (0..).zip(topology.arcs()) {
        edges.extend(arc.line.windows(2).map(|w| (i, [w[0], w[1]])));
    }
    let west = |e: &[Coord<f64>; 2]| e[0].x.min(e[1].x);
    let east = |e: &[Coord<f64>; 2]| e[0].x.max(e[1].x);
    edges.sort_by(|a, b| west(&a.1).total_cmp(&west(&b.1)));
    let mut found = Vec::new();
    for (i, (a, e)) in edges.iter().enumerate() {
        let (low, high) = (e[0].y.min(e[1].y), e[0].y.max(e[1].y));
        for (b, f) in edges[i + 1..].iter().take_while(|(_, f)| west(f) <= east(e)) {
            if f[0].y.max(f[1].y) >= low && f[0].y.min(f[1].y) <= high && cross(*e, *f) {
                found.push([*a.min(b), *a.max(b)]);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether two edges have an inner point in common that is the end of neither.
fn cross([a, b]: [Coord<f64>; 2], [c, d]: [Coord<f64>; 2]) -> bool {
    let side = |p: Coord<f64>, q: Coord<f64>, r: Coord<f64>| {
        let robust = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
        robust::orient2d(robust(p), robust(q), robust(r))
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
