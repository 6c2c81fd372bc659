use super::{
    super::{Cell, Column, Report, Shape, Table},
    facts,
    measures::{heading, tally_cells, tally_columns, weights_table},
};
use crate::{
    domain::RegionId,
    gaps::{CourseCoverage, Coverage, Level, Row, UnitCounts},
    render::{
        json,
        words::{self, Words, count},
    },
};

/// The report of what is covered; `shape` says where a region is.
pub fn coverage(coverage: &Coverage, words: &Words, shape: impl Fn(&RegionId) -> Shape) -> Report {
    let course = coverage.course.as_ref().map(|course| format!(" for {}", words.course(course))).unwrap_or_default();
    Report {
        name: "coverage",
        title: format!("What is covered{course} on {}", words.day(coverage.as_of)),
        summary: vec![sentence(coverage, &coverage.whole)],
        as_of: coverage.as_of,
        facts: facts(coverage.course.as_ref(), &coverage.generation),
        tables: vec![rows(coverage, shape), courses(coverage), weights_table(&coverage.measures)],
    }
}

/// `2,918 of 3,235 counties are covered, with 308,773,035 of 333,582,354 people (92.6%).`
fn sentence(coverage: &Coverage, whole: &Row) -> String {
    let all = count(whole.counties.promised(), "county", "counties");
    let counties = format!("{} of {all} are covered", words::thousands(whole.counties.covered as u64));
    match (coverage.measures.first(), whole.tallies.first()) {
        (Some(measure), Some(Some(tally))) => format!(
            "{}: {counties}; {} of {} {} ({}).",
            whole.name,
            words::thousands(tally.covered),
            words::thousands(tally.promised()),
            heading(measure).to_lowercase(),
            tally.covered_share().map_or(Cell::Empty, Cell::Share).shown(),
        ),
        _ => format!("{}: {counties}.", whole.name),
    }
}

fn count_columns() -> Vec<Column> {
    vec![
        Column::brief("counties", "Counties"),
        Column::brief("counties_covered", "Covered"),
        Column::full("counties_partly_covered", "Partly covered"),
        Column::full("counties_pending", "Pending"),
        Column::brief("counties_open", "Open"),
        Column::full("counties_outside", "Outside"),
    ]
}

fn count_cells(counts: &UnitCounts) -> Vec<Cell> {
    let numbers = [counts.promised(), counts.covered, counts.partly_covered, counts.pending, counts.open, counts.outside];
    numbers.map(|number| Cell::Count(number as u64)).to_vec()
}

fn rows(coverage: &Coverage, shape: impl Fn(&RegionId) -> Shape) -> Table {
    let mut columns = vec![
        Column::full("level", "Level"),
        Column::brief("region", "Region"),
        Column::brief("name", "Name"),
        Column::full("state", "State"),
        Column::brief("status", "Status"),
    ];
    columns.extend(count_columns());
    columns.extend(tally_columns(&coverage.measures));
    columns.push(Column::full("estimated", "Estimated"));
    let row = |row: &Row| {
        let mut cells = vec![
            Cell::text(level(row.level)),
            Cell::maybe(row.region.as_ref()),
            Cell::text(&row.name),
            Cell::maybe(row.state),
            Cell::text(json::status(row.status)),
        ];
        cells.extend(count_cells(&row.counties));
        cells.extend(tally_cells(&coverage.measures, &row.tallies));
        cells.push(Cell::Yes(row.estimated));
        cells
    };
    Table {
        name: "coverage",
        title: "What is covered",
        columns,
        rows: coverage.rows.iter().map(row).collect(),
        shapes: coverage.rows.iter().map(|row| row.region.as_ref().and_then(&shape)).collect(),
    }
}

/// What a level is called in data.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Country => "country",
        Level::State => "state",
        Level::County => "county",
        Level::Region => "region",
    }
}

fn courses(coverage: &Coverage) -> Table {
    let mut columns = vec![Column::full("course", "Id"), Column::brief("name", "Course")];
    columns.extend(count_columns());
    columns.extend(tally_columns(&coverage.measures));
    let row = |course: &CourseCoverage| {
        let mut cells = vec![Cell::text(&course.course), Cell::text(&course.name)];
        cells.extend(count_cells(&course.counties));
        cells.extend(tally_cells(&coverage.measures, &course.tallies));
        cells
    };
    Table { name: "courses", title: "By course", columns, rows: coverage.courses.iter().map(row).collect(), shapes: Vec::new() }
}
