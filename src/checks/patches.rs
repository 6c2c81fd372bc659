//! Parts and holes of what a partner serves.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    geometry::topology::Topology,
    snapshot::{Held, PartnerIx, Roster, Snapshot, UnitIx},
};

/// The connected parts of what a partner serves, and the holes in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patches {
    /// The partner.
    pub partner: PartnerIx,
    /// Units that hang together by common borders, the larger parts first; more than one where a part is detached.
    pub parts: Vec<Vec<UnitIx>>,
    /// Units of others, or of nobody, with the partner's all around them.
    pub holes: Vec<Vec<UnitIx>>,
}

/// The parts and holes of every partner that serves some unit's ground, by partner.
///
/// A unit is a partner's when more of its ground is than anybody's; ZIPs are not looked at. `units` is the topology
/// of all units, in their order.
pub fn patches(snapshot: &Snapshot, roster: &Roster, units: &Topology) -> Vec<Patches> {
    let neighbours = Neighbourhood::new(units, snapshot.land().units().len());
    let mut held: BTreeMap<PartnerIx, BTreeSet<u32>> = BTreeMap::new();
    for unit in snapshot.land().units() {
        let Some((Held::Served(claim), _)) = roster.unit(unit).ground.first() else { continue };
        for duty in roster.claim(*claim).duties.iter().filter_map(|row| snapshot.duty(*row)) {
            held.entry(duty.partner).or_default().insert(unit.0);
        }
    }
    held.into_iter()
        .map(|(partner, own)| {
            let others = (0..neighbours.of.len() as u32).filter(|unit| !own.contains(unit)).collect();
            let enclosed = |part: &Vec<UnitIx>| part.iter().all(|unit| !neighbours.on_the_edge.contains(&unit.0));
            let holes = neighbours.parts(&others).into_iter().filter(enclosed).collect();
            Patches { partner, parts: neighbours.parts(&own), holes }
        })
        .collect()
}

/// Which units share borders, and which have nothing beyond theirs.
struct Neighbourhood {
    of: Vec<Vec<u32>>,
    on_the_edge: BTreeSet<u32>,
}

impl Neighbourhood {
    fn new(units: &Topology, count: usize) -> Self {
        let mut of = vec![Vec::new(); count];
        for [a, b] in units.adjacency() {
            of[a as usize].push(b);
            of[b as usize].push(a);
        }
        let outer = units.arcs().iter().filter(|arc| arc.left.is_none() || arc.right.is_none());
        Self { of, on_the_edge: outer.filter_map(|arc| arc.left.or(arc.right)).collect() }
    }

    /// The connected parts of some units, the larger first.
    fn parts(&self, units: &BTreeSet<u32>) -> Vec<Vec<UnitIx>> {
        let mut left = units.clone();
        let mut parts = Vec::new();
        while let Some(first) = left.pop_first() {
            let (mut part, mut open) = (vec![first], vec![first]);
            while let Some(unit) = open.pop() {
                let next: Vec<_> = self.of[unit as usize].iter().copied().filter(|other| left.remove(other)).collect();
                part.extend(&next);
                open.extend(next);
            }
            part.sort_unstable();
            parts.push(part.into_iter().map(UnitIx).collect::<Vec<_>>());
        }
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        parts
    }
}
