use jiff::civil::Date;

use super::{
    GapArea, Measure, PartGap, Tallies, UnitCounts, areas::gap_areas, book::Book, partly::part_gaps, takers::Takers, tally::add,
};
use crate::{
    census::StateCode,
    domain::{CourseId, Generation, RegionId},
    lookup::Scope,
    snapshot::{Snapshot, UnitIx},
};

/// What a gap report is to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// Whether open counties of different states hang together.
    pub across_states: bool,
    /// Only gaps in this state.
    pub state: Option<StateCode>,
}

/// Where nobody serves, and who could.
#[derive(Clone, Debug, PartialEq)]
pub struct Gaps {
    /// The day.
    pub as_of: Date,
    /// The course; `None` means any.
    pub course: Option<CourseId>,
    /// The data.
    pub generation: Generation,
    /// What was asked for.
    pub wanted: Wanted,
    /// What is counted, in the order of all amounts.
    pub measures: Vec<Measure>,
    /// The country or the state: what is open in it is the sum of all areas and parts, exactly, unless a gap lies
    /// across the state's border.
    pub whole: Tallies,
    /// Its counties by status.
    pub counties: UnitCounts,
    /// Open counties that hang together, the most people first.
    pub areas: Vec<GapArea>,
    /// What is open within counties that are not open as a whole, the most people first.
    pub parts: Vec<PartGap>,
}

/// A gap of a report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gap<'a> {
    /// Open counties that hang together.
    Area(&'a GapArea),
    /// What is open within a county.
    Part(&'a PartGap),
}

impl Gaps {
    /// All gaps, the most people first.
    pub fn ranked(&self) -> Vec<Gap<'_>> {
        let amounts = |gap: &Gap<'_>| match gap {
            Gap::Area(area) => area.amounts.first().copied().flatten(),
            Gap::Part(part) => part.amounts.first().copied().flatten(),
        };
        let mut all: Vec<_> = self.areas.iter().map(Gap::Area).chain(self.parts.iter().map(Gap::Part)).collect();
        all.sort_by_key(|gap| std::cmp::Reverse(amounts(gap)));
        all
    }
}

/// Where nobody serves on a day, for a course.
pub fn gaps(snapshot: &Snapshot, scope: &Scope, wanted: Wanted) -> Gaps {
    let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
    let book = Book::new(snapshot, &roster);
    let takers = Takers::new(&book);
    let land = snapshot.land();
    let here = |unit: UnitIx| wanted.state.is_none_or(|state| land.state_code(land.state_of(unit)) == state);
    let mut areas = gap_areas(&book, &takers, wanted.across_states);
    areas.retain(|area| area.units.iter().any(|unit| here(*unit)));
    let mut parts = part_gaps(&book);
    parts.retain(|part| match &part.region {
        RegionId::County(geoid) => land.unit(*geoid).is_some_and(here),
        id => land.find(id).and_then(|area| land.as_unit(area)).is_some_and(here),
    });
    let (mut counties, mut whole) = (UnitCounts::default(), book.nothing());
    for unit in land.units().filter(|unit| here(*unit)) {
        counties.count(book.account(unit).status);
        add(&mut whole, &book.tallies(unit));
    }
    drop(takers);
    Gaps {
        as_of: scope.as_of,
        course: scope.course.clone(),
        generation: snapshot.generation().clone(),
        wanted,
        measures: book.measures.list,
        whole,
        counties,
        areas,
        parts,
    }
}
