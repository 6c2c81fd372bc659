//! Links between nodes with an area on either side: joined to chains, walked to rings.

use super::{Arc, ArcUse, AreaNo, Ring};

/// A piece of border from one node to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// From and to.
    pub(super) nodes: [u32; 2],
    pub(super) left: Option<AreaNo>,
    pub(super) right: Option<AreaNo>,
}

/// Links that follow each other with the same areas beside them.
#[derive(Debug)]
pub(super) struct Chain {
    /// Numbers of the links, and whether each is run backwards.
    pub(super) steps: Vec<(u32, bool)>,
    pub(super) left: Option<AreaNo>,
    pub(super) right: Option<AreaNo>,
}

impl Link {
    pub(super) fn of_arc(arc: &Arc) -> Self {
        Self { nodes: arc.nodes, left: arc.left, right: arc.right }
    }

    /// Where it starts, run in a direction.
    fn from(&self, reversed: bool) -> u32 {
        self.nodes[usize::from(reversed)]
    }

    /// Where it ends, run in a direction.
    fn to(&self, reversed: bool) -> u32 {
        self.nodes[usize::from(!reversed)]
    }

    /// The areas on its left and right, run in a direction.
    fn sides(&self, reversed: bool) -> [Option<AreaNo>; 2] {
        if reversed { [self.right, self.left] } else { [self.left, self.right] }
    }
}

impl Chain {
    /// The nodes that it leads from and to.
    pub(super) fn ends(&self, links: &[Link]) -> [u32; 2] {
        let from = self.steps.first().map_or(0, |&(i, reversed)| links[i as usize].from(reversed));
        let to = self.steps.last().map_or(0, |&(i, reversed)| links[i as usize].to(reversed));
        [from, to]
    }

    /// All nodes that it runs through, the first and last included.
    pub(super) fn nodes_of(&self, links: &[Link]) -> Vec<u32> {
        let first = self.ends(links)[0];
        std::iter::once(first).chain(self.steps.iter().map(|&(i, reversed)| links[i as usize].to(reversed))).collect()
    }
}

/// The links that leave each node, whichever way they are written.
struct Stars {
    starts: Vec<u32>,
    leaving: Vec<(u32, bool)>,
}

impl Stars {
    fn new(links: &[Link], nodes: usize) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for node in links.iter().flat_map(|link| link.nodes) {
            starts[node as usize + 1] += 1;
        }
        for i in 0..nodes {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut leaving = vec![(0, false); links.len() * 2];
        for (i, link) in (0..).zip(links) {
            for reversed in [false, true] {
                let slot = &mut next[link.from(reversed) as usize];
                leaving[*slot as usize] = (i, reversed);
                *slot += 1;
            }
        }
        Self { starts, leaving }
    }

    fn of(&self, node: u32) -> &[(u32, bool)] {
        let node = node as usize;
        &self.leaving[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// The link that goes on from the end of another one, where the areas beside it stay the same and nothing
    /// else meets there.
    fn onward(&self, links: &[Link], (link, reversed): (u32, bool)) -> Option<(u32, bool)> {
        let arriving = &links[link as usize];
        let &[a, b] = self.of(arriving.to(reversed)) else { return None };
        let next = if a == (link, !reversed) { b } else { a };
        (next.0 != link && links[next.0 as usize].sides(next.1) == arriving.sides(reversed)).then_some(next)
    }
}

/// Joins links to chains as long as can be; each link is in exactly one.
pub(super) fn chains(links: &[Link], nodes: usize) -> Vec<Chain> {
    let stars = Stars::new(links, nodes);
    let mut used = vec![false; links.len()];
    let mut chains = Vec::new();
    let mut take = |start: (u32, bool), used: &mut Vec<bool>| {
        let mut steps = Vec::new();
        let mut step = Some(start);
        while let Some((link, reversed)) = step.filter(|&(link, _)| !used[link as usize]) {
            used[link as usize] = true;
            steps.push((link, reversed));
            step = stars.onward(links, (link, reversed));
        }
        let [left, right] = links[start.0 as usize].sides(start.1);
        chains.push(Chain { steps, left, right });
    };
    for i in 0..links.len() as u32 {
        for reversed in [false, true] {
            // A chain starts where nothing leads into it.
            if !used[i as usize] && stars.onward(links, (i, !reversed)).is_none() {
                take((i, reversed), &mut used);
            }
        }
    }
    for i in 0..links.len() as u32 {
        if !used[i as usize] {
            take((i, false), &mut used);
        }
    }
    chains
}

/// Walks the links around each area, the area on the left.
pub(super) fn rings(links: &[Link], areas: usize) -> Vec<Vec<Ring>> {
    let mut steps: Vec<(AreaNo, u32, ArcUse)> = Vec::with_capacity(links.len() * 2);
    for (arc, link) in (0..).zip(links) {
        for reversed in [false, true] {
            if let Some(area) = link.sides(reversed)[0] {
                steps.push((area, link.from(reversed), ArcUse { arc, reversed }));
            }
        }
    }
    steps.sort_unstable_by_key(|&(area, node, step)| (area, node, step.arc, step.reversed));
    let mut rings = vec![Vec::new(); areas];
    for around in steps.chunk_by(|a, b| a.0 == b.0) {
        if let Some(rings) = rings.get_mut(around[0].0 as usize) {
            *rings = rings_of_one(links, around);
        }
    }
    rings
}

/// The rings of one area from its steps, which are sorted by the node that they start from.
fn rings_of_one(links: &[Link], steps: &[(AreaNo, u32, ArcUse)]) -> Vec<Ring> {
    let mut used = vec![false; steps.len()];
    let mut rings = Vec::new();
    for start in 0..steps.len() {
        // The walk so far: each step with the node that it starts from.
        let mut walk: Vec<(u32, ArcUse)> = Vec::new();
        let mut at = (!used[start]).then_some(start);
        while let Some(i) = at {
            used[i] = true;
            let (_, node, step) = steps[i];
            walk.push((node, step));
            let end = links[step.arc as usize].to(step.reversed);
            // Back at a node of the walk: what lies between is a ring, so that rings touch themselves nowhere.
            if let Some(first) = walk.iter().position(|&(node, _)| node == end) {
                rings.push(walk.drain(first..).map(|(_, step)| step).collect());
            }
            let from = steps.partition_point(|&(_, node, _)| node < end);
            at = (from..steps.len()).take_while(|&i| steps[i].1 == end).find(|&i| !used[i]);
            if walk.is_empty() {
                at = None;
            }
        }
    }
    rings
}
