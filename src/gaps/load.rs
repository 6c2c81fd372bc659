use std::collections::BTreeMap;

use super::{
    book::Book,
    tally::{Amounts, add},
};
use crate::{
    domain::Role,
    snapshot::{Held, PartnerIx, UnitIx},
};

/// What a partner has to do already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// What it serves, by measure; what it serves together with others counts for each of them.
    pub amounts: Amounts,
    /// In how many counties it serves.
    pub counties: usize,
}

/// What each leading partner serves, and in which units, in ascending order.
pub(super) fn loads(book: &Book) -> BTreeMap<PartnerIx, (Load, Vec<UnitIx>)> {
    let mut loads: BTreeMap<PartnerIx, (Load, Vec<UnitIx>)> = BTreeMap::new();
    for unit in book.snapshot.land().units() {
        let mut leads: Vec<PartnerIx> = book.leaves(unit).iter().flat_map(|leaf| leads(book, leaf.held)).collect();
        leads.sort_unstable();
        leads.dedup();
        for partner in leads {
            let own = book.of_leaves(unit, |leaf| leads_of(book, leaf.held).any(|lead| lead == partner));
            let (load, units) = loads.entry(partner).or_default();
            load.amounts.resize(own.len(), None);
            add(&mut load.amounts, &own);
            load.counties += 1;
            units.push(unit);
        }
    }
    loads
}

fn leads(book: &Book, held: Held) -> Vec<PartnerIx> {
    leads_of(book, held).collect()
}

/// The partners who lead where something is held so: who only funds can take on nothing alone.
pub(super) fn leads_of<'b>(book: &'b Book, held: Held) -> impl Iterator<Item = PartnerIx> + 'b {
    let claim = match held {
        Held::Served(claim) => Some(book.roster.claim(claim)),
        Held::Pending(_) | Held::Open | Held::Outside => None,
    };
    let duties = claim.into_iter().flat_map(|claim| &claim.duties).filter_map(|duty| book.snapshot.duty(*duty));
    duties.filter(|duty| duty.role == Role::Lead).map(|duty| duty.partner)
}
