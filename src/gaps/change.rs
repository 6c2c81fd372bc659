use std::{collections::BTreeMap, sync::Arc};

use super::{Amounts, Measure, Tallies, book::Book, load::leads_of, tally::add};
use crate::{
    census::StateCode,
    domain::{PartnerId, RegionId},
    lookup::{Scope, Status},
    snapshot::{Snapshot, UnitIx},
};

/// Data with a day and a course: one of two that are compared.
#[derive(Clone, Copy)]
pub struct Standpoint<'a> {
    /// The data.
    pub snapshot: &'a Snapshot,
    /// The day and the course.
    pub scope: &'a Scope,
}

/// Who gains and who loses from one standpoint to another: in all, by state, and by county.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The standpoint before: its day and the name of its data.
    pub before: Scope,
    /// The standpoint after.
    pub after: Scope,
    /// What is counted, in the order of all amounts.
    pub measures: Vec<Measure>,
    /// The country, then the states in which anything changes, those that lose the most people first.
    pub totals: Vec<TotalChange>,
    /// The counties whose answer changes, those with the most people who gain or lose a partner first.
    pub counties: Vec<CountyChange>,
}

/// What a state, or the country, gains and loses.
#[derive(Clone, Debug, PartialEq)]
pub struct TotalChange {
    /// The state; the country has none.
    pub region: Option<RegionId>,
    /// Its name.
    pub name: Arc<str>,
    /// What it came to, by measure.
    pub before: Tallies,
    /// What it comes to.
    pub after: Tallies,
    /// What has a partner and had none, by measure.
    pub gained: Amounts,
    /// What had a partner and has none.
    pub lost: Amounts,
}

/// A county whose answer changes.
#[derive(Clone, Debug, PartialEq)]
pub struct CountyChange {
    /// Its id.
    pub region: RegionId,
    /// Its full name.
    pub name: Arc<str>,
    /// Its state.
    pub state: StateCode,
    /// Its status and who leads there, before.
    pub before: (Status, Vec<PartnerId>),
    /// The same after.
    pub after: (Status, Vec<PartnerId>),
    /// What has a partner and had none, by measure.
    pub gained: Amounts,
    /// What had a partner and has none.
    pub lost: Amounts,
}

/// Who gains and who loses from one standpoint to another.
///
/// Both must stand on a geography with the same counties; what only one of them has is left out.
pub fn change(before: Standpoint<'_>, after: Standpoint<'_>) -> Change {
    let roster = |side: Standpoint<'_>| side.snapshot.roster(side.scope.as_of, side.scope.course.as_ref());
    let (old, new) = (roster(before), roster(after));
    let sides = Sides { before: &Book::new(before.snapshot, &old), after: &Book::new(after.snapshot, &new) };
    let mut by_state: BTreeMap<StateCode, TotalChange> = BTreeMap::new();
    let land = after.snapshot.land();
    let mut whole = sides.empty(None, land.geography().name.clone());
    let mut counties = Vec::new();
    for (was, is) in sides.units() {
        let state = land.state_of(is);
        let area = land.area(land.state_area(state));
        let total =
            by_state.entry(land.state_code(state)).or_insert_with(|| sides.empty(Some(area.id.clone()), area.name.clone()));
        let county = sides.county(was, is);
        for sum in [&mut whole, total] {
            add(&mut sum.before, &sides.before.tallies(was));
            add(&mut sum.after, &sides.after.tallies(is));
            add(&mut sum.gained, &county.gained);
            add(&mut sum.lost, &county.lost);
        }
        counties.extend((county.before != county.after || some(&county.gained) || some(&county.lost)).then_some(county));
    }
    counties.sort_by(|a, b| moved(b).cmp(&moved(a)).then_with(|| a.region.cmp(&b.region)));
    let mut states: Vec<_> = by_state.into_values().filter(|state| some(&state.gained) || some(&state.lost)).collect();
    states.sort_by(|a, b| b.lost.cmp(&a.lost).then_with(|| b.gained.cmp(&a.gained)).then_with(|| a.name.cmp(&b.name)));
    let totals = std::iter::once(whole).chain(states).collect();
    let measures = sides.after.measures.list.clone();
    Change { before: before.scope.clone(), after: after.scope.clone(), measures, totals, counties }
}

fn some(amounts: &Amounts) -> bool {
    amounts.iter().flatten().any(|amount| *amount > 0)
}

fn moved(county: &CountyChange) -> u64 {
    let people = |amounts: &Amounts| amounts.first().copied().flatten().unwrap_or(0);
    people(&county.gained) + people(&county.lost)
}

/// The books of both standpoints.
struct Sides<'a> {
    before: &'a Book<'a>,
    after: &'a Book<'a>,
}

impl Sides<'_> {
    /// The units that both sides have, by their number on each.
    fn units(&self) -> impl Iterator<Item = (UnitIx, UnitIx)> + '_ {
        let (old, new) = (self.before.snapshot.land(), self.after.snapshot.land());
        new.units().filter_map(move |is| {
            let was = old.find(&new.area(new.unit_area(is)).id).and_then(|area| old.as_unit(area))?;
            Some((was, is))
        })
    }

    fn empty(&self, region: Option<RegionId>, name: Arc<str>) -> TotalChange {
        let (before, after) = (self.before, self.after);
        TotalChange {
            region,
            name,
            before: before.nothing(),
            after: after.nothing(),
            gained: after.nothing(),
            lost: after.nothing(),
        }
    }

    fn county(&self, was: UnitIx, is: UnitIx) -> CountyChange {
        let served = |book: &Book<'_>, unit: UnitIx| book.of_leaves(unit, |leaf| leaf.held.is_served());
        let (had, has) = (served(self.before, was), served(self.after, is));
        let rise = |from: &Amounts, to: &Amounts| -> Amounts {
            to.iter().enumerate().map(|(i, to)| Some(to.as_ref()?.saturating_sub(from.get(i).copied().flatten()?))).collect()
        };
        let land = self.after.snapshot.land();
        let area = land.area(self.after.area(is));
        CountyChange {
            region: area.id.clone(),
            name: area.name.clone(),
            state: land.state_code(land.state_of(is)),
            before: (self.before.account(was).status, leads(self.before, was)),
            after: (self.after.account(is).status, leads(self.after, is)),
            gained: rise(&had, &has),
            lost: rise(&has, &had),
        }
    }
}

/// Who leads somewhere in a unit, by id.
fn leads(book: &Book<'_>, unit: UnitIx) -> Vec<PartnerId> {
    let leads = book.leaves(unit).iter().flat_map(|leaf| leads_of(book, leaf.held));
    let mut ids: Vec<_> = leads.map(|partner| book.snapshot.partner_at(partner).id.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
