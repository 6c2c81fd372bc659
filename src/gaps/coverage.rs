use std::sync::Arc;

use jiff::civil::Date;

use super::{
    Measure, Tallies, UnitCounts,
    book::{Book, is_split},
    tally::add,
};
use crate::{
    census::StateCode,
    domain::{CourseId, Generation, RegionId},
    lookup::{self, Scope, Status},
    snapshot::{AreaIx, Snapshot, StateIx, UnitIx},
};

/// How much of everything is covered on a day: the country, each state, county and program region.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The day.
    pub as_of: Date,
    /// The course; `None` means any.
    pub course: Option<CourseId>,
    /// The data that it was counted from.
    pub generation: Generation,
    /// What is counted, in the order of [`Row::tallies`].
    pub measures: Vec<Measure>,
    /// The country.
    pub whole: Row,
    /// The country, then the states, then the counties, then the program regions, each by id.
    pub rows: Vec<Row>,
    /// The country for each course that the program teaches, in its order.
    pub courses: Vec<CourseCoverage>,
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// All of the geography.
    Country,
    /// A state or territory.
    State,
    /// A county.
    County,
    /// A program region; they may overlap, so that they do not sum to anything.
    Region,
}

/// How much of one area is covered.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is.
    pub level: Level,
    /// Its id; the country has none.
    pub region: Option<RegionId>,
    /// Its full name.
    pub name: Arc<str>,
    /// The state that it is or lies in.
    pub state: Option<StateCode>,
    /// Its status, as its answer says it.
    pub status: Status,
    /// The counties in it by status; of a region those that it holds or cuts.
    pub counties: UnitCounts,
    /// What it comes to, by measure.
    pub tallies: Tallies,
    /// Whether the people of some county were shared out by estimate.
    pub estimated: bool,
}

/// How much of the country is covered for one course.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseCoverage {
    /// The course.
    pub course: CourseId,
    /// Its name.
    pub name: Arc<str>,
    /// The counties by status.
    pub counties: UnitCounts,
    /// What it comes to, by measure.
    pub tallies: Tallies,
}

impl Coverage {
    /// Keeps only the rows of some levels.
    #[must_use]
    pub fn only(mut self, levels: &[Level]) -> Self {
        self.rows.retain(|row| levels.contains(&row.level));
        self
    }
}

/// Counts what is covered on a day, for a course.
pub fn coverage(snapshot: &Snapshot, scope: &Scope) -> Coverage {
    let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
    let book = Book::new(snapshot, &roster);
    let land = snapshot.land();
    let states: Vec<Row> = land.states().map(|state| state_row(&book, state)).collect();
    let whole = country(&book, &states);
    let mut rows = vec![whole.clone()];
    rows.extend(states);
    if !land.geography().counties.is_empty() {
        rows.extend(land.units().map(|unit| county_row(&book, unit)));
    }
    rows.extend(land.regions().map(|region| region_row(&book, region)));
    let courses = snapshot.info().courses.iter().map(|course| {
        let roster = snapshot.roster(scope.as_of, Some(&course.id));
        let book = Book::new(snapshot, &roster);
        let (counties, tallies) = sum(&book, land.units());
        CourseCoverage { course: course.id.clone(), name: course.name.clone(), counties, tallies }
    });
    let courses = courses.collect();
    Coverage {
        as_of: scope.as_of,
        course: scope.course.clone(),
        generation: snapshot.generation().clone(),
        measures: book.measures.list,
        whole,
        rows,
        courses,
    }
}

fn sum(book: &Book, units: impl Iterator<Item = UnitIx>) -> (UnitCounts, Tallies) {
    let (mut counts, mut sums) = (UnitCounts::default(), book.nothing());
    for unit in units {
        counts.count(book.account(unit).status);
        add(&mut sums, &book.tallies(unit));
    }
    (counts, sums)
}

fn country(book: &Book, states: &[Row]) -> Row {
    let (mut counties, mut tallies) = (UnitCounts::default(), book.nothing());
    for state in states {
        counties += state.counties;
        add(&mut tallies, &state.tallies);
    }
    Row {
        level: Level::Country,
        region: None,
        name: book.snapshot.land().geography().name.clone(),
        state: None,
        status: lookup::status_of_whole(states.iter().map(|state| state.status)),
        counties,
        tallies,
        estimated: states.iter().any(|state| state.estimated),
    }
}

fn state_row(book: &Book, state: StateIx) -> Row {
    let land = book.snapshot.land();
    let units = land.units_of(state);
    let (counties, tallies) = sum(book, units.iter().copied());
    let estimated = units.iter().any(|unit| book.is_estimated(*unit));
    let status = lookup::tenure(book.snapshot, book.roster, land.state_area(state)).status;
    Row { counties, tallies, estimated, ..row(book, Level::State, land.state_area(state), Some(state), status) }
}

fn county_row(book: &Book, unit: UnitIx) -> Row {
    let (counties, tallies) = sum(book, std::iter::once(unit));
    let (status, state) = (book.account(unit).status, book.snapshot.land().state_of(unit));
    Row {
        counties,
        tallies,
        estimated: book.is_estimated(unit),
        ..row(book, Level::County, book.area(unit), Some(state), status)
    }
}

fn region_row(book: &Book, region: AreaIx) -> Row {
    let tenure = lookup::tenure(book.snapshot, book.roster, region);
    let mut counties = UnitCounts::default();
    tenure.units.iter().for_each(|part| counties.count(book.account(part.unit).status));
    let estimated = tenure.units.iter().any(|part| part.fraction < 1.0 || is_split(&part.leaves));
    let tallies = book.region(&tenure.units);
    Row { counties, tallies, estimated, ..row(book, Level::Region, region, None, tenure.status) }
}

/// A row without its numbers.
fn row(book: &Book, level: Level, area: AreaIx, state: Option<StateIx>, status: Status) -> Row {
    let land = book.snapshot.land();
    let known = land.area(area);
    Row {
        level,
        region: Some(known.id.clone()),
        name: known.name.clone(),
        state: state.map(|state| land.state_code(state)),
        status,
        counties: UnitCounts::default(),
        tallies: Vec::new(),
        estimated: false,
    }
}
