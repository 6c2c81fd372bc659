use std::{collections::BTreeMap, sync::Arc};

use super::{
    Load,
    book::Book,
    graph::{self, Vector},
    load::leads_of,
};
use crate::{
    domain::PartnerId,
    geometry::{Position, measure},
    snapshot::{Leaf, PartnerIx, UnitIx},
};

/// How many partners are named at least, where there are so many: those that touch the gap, then the nearest.
const NAMED: usize = 3;

/// A partner who could take a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Taker {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Arc<str>,
    /// How much border its regions and the gap have in common, in metres; 0 where they do not touch. Estimated
    /// where a neighbouring county is shared: by the share of its area or people that the partner has.
    pub border_m: f64,
    /// From the middle of the gap to the middle of the nearest county in which it serves, in metres.
    pub distance_m: f64,
    /// What it has to do already.
    pub load: Load,
}

/// Finds who could take what, for all gaps of a report.
pub(super) struct Takers<'a> {
    book: &'a Book<'a>,
    loads: BTreeMap<PartnerIx, (Load, Vec<UnitIx>)>,
    middles: Vec<Option<Vector>>,
}

impl<'a> Takers<'a> {
    pub(super) fn new(book: &'a Book<'a>) -> Self {
        let land = book.snapshot.land();
        let middles = land.units().map(|unit| land.neighbourhood().middle(unit).map(graph::vector)).collect();
        Self { book, loads: super::load::loads(book), middles }
    }

    /// What a partner has to do already.
    pub(super) fn load(&self, partner: PartnerIx) -> Option<&Load> {
        self.loads.get(&partner).map(|(load, _)| load)
    }

    /// Those who touch some units (in ascending order), the longest border first; then the nearest, until some are named.
    pub(super) fn of(&self, units: &[UnitIx]) -> Vec<Taker> {
        let borders = self.borders(units);
        let Some(middle) = graph::middle(self.book.snapshot.land(), units) else { return Vec::new() };
        let here = graph::vector(middle);
        let mut ranked: Vec<(f64, f64, PartnerIx, UnitIx)> = self
            .loads
            .iter()
            .filter_map(|(partner, (_, own))| {
                let near = |unit: &UnitIx| Some((graph::nearness(here, self.middles[unit.at()]?), *unit));
                let (nearness, unit) = own.iter().filter_map(near).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
                Some((borders.get(partner).copied().unwrap_or(0.0), nearness, *partner, unit))
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        let touching = ranked.iter().filter(|(border, ..)| *border > 0.0).count();
        ranked.truncate(touching.max(NAMED));
        ranked.into_iter().map(|(border, _, partner, nearest)| self.taker(partner, border, middle, nearest)).collect()
    }

    fn taker(&self, partner: PartnerIx, border_m: f64, middle: Position, nearest: UnitIx) -> Taker {
        let known = self.book.snapshot.partner_at(partner);
        let there = self.book.snapshot.land().neighbourhood().middle(nearest);
        Taker {
            id: known.id.clone(),
            name: known.name.clone(),
            border_m,
            distance_m: there.map_or(0.0, |there| measure::distance(middle, there)),
            load: self.load(partner).cloned().unwrap_or_default(),
        }
    }

    /// The border that each leading partner's regions have in common with some units.
    fn borders(&self, units: &[UnitIx]) -> BTreeMap<PartnerIx, f64> {
        let mut borders = BTreeMap::new();
        for unit in units {
            let beyond = self.book.snapshot.land().neighbourhood().of(*unit).iter();
            for neighbour in beyond.filter(|neighbour| units.binary_search(&neighbour.unit).is_err()) {
                for (partner, share) in self.shares(neighbour.unit) {
                    *borders.entry(partner).or_default() += neighbour.metres * share;
                }
            }
        }
        borders
    }

    /// The leading partners of a unit, with their shares of its ground; of its people where all of it goes by ZIP.
    fn shares(&self, unit: UnitIx) -> BTreeMap<PartnerIx, f64> {
        let cover = self.book.roster.unit(unit);
        let by_ground = cover.leaves.iter().any(|leaf| leaf.zip.is_none() && leaf.share > 0.0)
            && !matches!(cover.leaves[..], [Leaf { zip: None, .. }]);
        let held: Vec<_> =
            if by_ground { cover.ground.clone() } else { cover.leaves.iter().map(|leaf| (leaf.held, leaf.share)).collect() };
        let mut shares = BTreeMap::new();
        for (held, share) in held.into_iter().filter(|(_, share)| *share > 0.0) {
            for partner in leads_of(self.book, held) {
                *shares.entry(partner).or_default() += share;
            }
        }
        shares
    }
}
