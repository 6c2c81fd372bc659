//! Where open places are asked about: demand, joined with the people who have no partner.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::{Amounts, GapArea, Measure, areas::gap_areas, book::Book, partly::is_open, takers::Takers};
use crate::{
    census::Geoid,
    domain::{Generation, RegionId},
    lookup::Scope,
    snapshot::{Snapshot, UnitIx},
};

/// How often open counties were asked about, the highest people × questions first.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// The first and the last day of the questions.
    pub days: [Date; 2],
    /// The day and the course of what is open.
    pub scope: Scope,
    /// The data.
    pub generation: Generation,
    /// What is counted, in the order of all amounts.
    pub measures: Vec<Measure>,
    /// The counties.
    pub counties: Vec<AskedCounty>,
    /// The gaps in which they lie.
    pub gaps: Vec<AskedGap>,
    /// How many counties were asked about too seldom to be named.
    pub too_few: usize,
}

/// A county that was asked about while it was open.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedCounty {
    /// Its id.
    pub region: RegionId,
    /// Its full name.
    pub name: Arc<str>,
    /// How often, rounded down.
    pub times: u64,
    /// What is open in it now, by measure.
    pub amounts: Amounts,
}

impl AskedCounty {
    /// People without a partner times questions: where a partner is missed most.
    pub fn weight(&self) -> u64 {
        weight(&self.amounts, self.times)
    }
}

/// Open counties that hang together and were asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedGap {
    /// The gap.
    pub area: GapArea,
    /// How often its counties were asked about: the sum of their rounded numbers.
    pub times: u64,
}

impl AskedGap {
    /// People without a partner times questions: where the next partner is missed most.
    pub fn weight(&self) -> u64 {
        weight(&self.area.amounts, self.times)
    }
}

fn weight(amounts: &Amounts, times: u64) -> u64 {
    amounts.first().copied().flatten().unwrap_or(0).saturating_mul(times)
}

/// Joins how often counties were asked about with what is open in them.
pub fn demand(snapshot: &Snapshot, scope: &Scope, days: [Date; 2], (counts, too_few): (&BTreeMap<Geoid, u64>, usize)) -> Demand {
    let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
    let book = Book::new(snapshot, &roster);
    let land = snapshot.land();
    let county = |(unit, times): (UnitIx, u64)| {
        let area = land.area(book.area(unit));
        let amounts = book.of_leaves(unit, |leaf| is_open(leaf.held));
        AskedCounty { region: area.id.clone(), name: area.name.clone(), times, amounts }
    };
    let gaps = asked_gaps(&book, counts);
    let known = counts.iter().filter_map(|(geoid, times)| Some((land.unit(*geoid)?, *times)));
    let mut counties: Vec<_> = known.map(county).collect();
    counties.sort_by(|a, b| (b.weight(), b.times).cmp(&(a.weight(), a.times)).then_with(|| a.region.cmp(&b.region)));
    let measures = book.measures.list.clone();
    Demand { days, scope: scope.clone(), generation: snapshot.generation().clone(), measures, counties, gaps, too_few }
}

/// The gaps whose counties were asked about, the highest people × questions first.
fn asked_gaps(book: &Book, counts: &BTreeMap<Geoid, u64>) -> Vec<AskedGap> {
    let takers = Takers::new(book);
    let times = |area: &GapArea| {
        area.counties
            .iter()
            .filter_map(|county| match &county.region {
                RegionId::County(geoid) => counts.get(geoid),
                _ => None,
            })
            .sum()
    };
    let asked = |area: GapArea| AskedGap { times: times(&area), area };
    let mut gaps: Vec<_> = gap_areas(book, &takers, false).into_iter().map(asked).filter(|gap| gap.times > 0).collect();
    gaps.sort_by(|a, b| (b.weight(), b.times).cmp(&(a.weight(), a.times)).then_with(|| a.area.id.cmp(&b.area.id)));
    gaps
}
