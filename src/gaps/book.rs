use rayon::prelude::*;

use super::{
    measure::Measures,
    tally::{Amounts, Tallies, Tally, add, among, apportion},
};
use crate::{
    lookup::{self, Status, UnitShare},
    snapshot::{AreaIx, Leaf, Roster, Snapshot, UnitIx},
};

/// The accounts of all units on a day: each unit's people shared out among those who hold it, once for all reports.
pub(super) struct Book<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) roster: &'a Roster,
    pub(super) measures: Measures,
    accounts: Vec<Account>,
}

/// The account of a unit.
pub(super) struct Account {
    /// The unit's status, as its answer says it.
    pub(super) status: Status,
    /// What each of the unit's leaves has, by measure; `None` where nobody counted.
    amounts: Vec<Option<Vec<u64>>>,
}

impl<'a> Book<'a> {
    /// Opens the book of a day and a course.
    pub(super) fn new(snapshot: &'a Snapshot, roster: &'a Roster) -> Self {
        let land = snapshot.land();
        let measures = Measures::new(land);
        let units: Vec<UnitIx> = land.units().collect();
        let account = |unit: &UnitIx| {
            let status = lookup::tenure(snapshot, roster, land.unit_area(*unit)).status;
            let leaves = &roster.unit(*unit).leaves;
            let amounts = measures.of(*unit).map(|amount| amount.map(|amount| among(amount, leaves))).collect();
            Account { status, amounts }
        };
        let accounts = units.par_iter().map(account).collect();
        Self { snapshot, roster, measures, accounts }
    }

    /// A unit's leaves: who holds how much of it.
    pub(super) fn leaves(&self, unit: UnitIx) -> &[Leaf] {
        &self.roster.unit(unit).leaves
    }

    /// A unit's account.
    pub(super) fn account(&self, unit: UnitIx) -> &Account {
        &self.accounts[unit.at()]
    }

    /// What each measure comes to in a unit, by who serves it.
    pub(super) fn tallies(&self, unit: UnitIx) -> Tallies {
        let leaves = self.leaves(unit);
        self.account(unit).amounts.iter().map(|amounts| amounts.as_deref().map(|amounts| tally(amounts, leaves))).collect()
    }

    /// What some of the leaves of a unit have together, by measure.
    pub(super) fn of_leaves(&self, unit: UnitIx, wanted: impl Fn(&Leaf) -> bool) -> Amounts {
        let sum =
            |amounts: &Vec<u64>| amounts.iter().zip(self.leaves(unit)).filter(|(_, leaf)| wanted(leaf)).map(|(n, _)| n).sum();
        self.account(unit).amounts.iter().map(|amounts| amounts.as_ref().map(sum)).collect()
    }

    /// What each measure comes to in a program region; its part of a unit that it cuts is estimated by area.
    pub(super) fn region(&self, parts: &[UnitShare]) -> Tallies {
        let mut sums = self.nothing();
        for part in parts {
            let inside = |amount: u64| apportion(amount, &[part.fraction, 1.0 - part.fraction]).first().copied().unwrap_or(0);
            let shared = self.measures.of(part.unit).map(|amount| amount.map(|amount| among(inside(amount), &part.leaves)));
            let own: Tallies = shared.map(|amounts| amounts.map(|amounts| tally(&amounts, &part.leaves))).collect();
            add(&mut sums, &own);
        }
        sums
    }

    /// No sum yet, by measure.
    pub(super) fn nothing<T: Clone>(&self) -> Vec<Option<T>> {
        vec![None; self.measures.list.len()]
    }

    /// Whether a unit's people had to be shared out by estimate between different statuses.
    pub(super) fn is_estimated(&self, unit: UnitIx) -> bool {
        is_split(self.leaves(unit))
    }

    /// A unit as an area.
    pub(super) fn area(&self, unit: UnitIx) -> AreaIx {
        self.snapshot.land().unit_area(unit)
    }
}

/// Whether leaves with people differ in more than who serves them.
pub(super) fn is_split(leaves: &[Leaf]) -> bool {
    let mut kinds = leaves.iter().filter(|leaf| leaf.share > 0.0).map(|leaf| std::mem::discriminant(&leaf.held));
    let first = kinds.next();
    kinds.any(|kind| Some(kind) != first)
}

fn tally(amounts: &[u64], leaves: &[Leaf]) -> Tally {
    let mut tally = Tally::default();
    for (amount, leaf) in amounts.iter().zip(leaves) {
        tally.count(leaf.held, *amount);
    }
    tally
}
