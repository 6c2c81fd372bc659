use super::{
    super::{
        Cell, Report, Shape, Table,
        plan::{ColumnPlan, Columns, Kind, REGION, ReportPlan, TablePlan},
    },
    FACTS, facts,
    measures::{TALLIES, WEIGHTS, heading, tally_cells, weights_table},
};
use crate::{
    domain::RegionId,
    gaps::{CourseCoverage, Coverage, Level, Row, UnitCounts},
    render::{
        json, schema,
        words::{self, Words, count},
    },
};

/// The report of what is covered.
pub static PLAN: ReportPlan = ReportPlan {
    name: "coverage",
    schema: "CoverageReport",
    about: "How much is covered, by county, state and program region, and by course",
    facts: FACTS,
    tables: &[&ROWS, &COURSES, &WEIGHTS],
};

static ROWS: TablePlan = TablePlan {
    name: "coverage",
    title: "What is covered",
    row: "CoverageRow",
    about: "How much of the country, a state, a county or a program region is covered; states sum to the country and counties to \
            their state, program regions to nothing",
    columns: &[
        Columns::Plain(&[
            ColumnPlan::full("level", "Level", Kind::Word(schema::level), "What the row is about", "county"),
            ColumnPlan::brief("region", "Region", REGION, "Its typed id", "county:53033").or_none("for the country"),
            ColumnPlan::brief("name", "Name", Kind::Text, "Its full name", "King County, Washington"),
            ColumnPlan::full("state", "State", Kind::Text, "The code of its state", "WA")
                .or_none("for the country and for program regions"),
            ColumnPlan::brief("status", "Status", Kind::Word(schema::status), "The status of its answer", "covered"),
        ]),
        Columns::Plain(COUNTS),
        Columns::Weights(TALLIES),
        Columns::Plain(&[ColumnPlan::full(
            "estimated",
            "Estimated",
            Kind::Yes,
            "Whether a county of it was split by estimate",
            "false",
        )]),
    ],
    places: true,
    id: Some("region"),
};

static COURSES: TablePlan = TablePlan {
    name: "courses",
    title: "By course",
    row: "CourseCoverage",
    about: "How much of the country is covered for a course",
    columns: &[
        Columns::Plain(&[
            ColumnPlan::full("course", "Id", Kind::Text, "The id of the course", "csd"),
            ColumnPlan::brief("name", "Course", Kind::Text, "Its name", "CS Discoveries"),
        ]),
        Columns::Plain(COUNTS),
        Columns::Weights(TALLIES),
    ],
    places: false,
    id: Some("course"),
};

const COUNTS: &[ColumnPlan] = &[
    ColumnPlan::brief("counties", "Counties", Kind::Count, "How many counties of it the program promises to serve", "39"),
    ColumnPlan::brief("counties_covered", "Covered", Kind::Count, "How many of these are covered", "31"),
    ColumnPlan::full("counties_partly_covered", "Partly covered", Kind::Count, "How many of these are partly covered", "1"),
    ColumnPlan::full("counties_pending", "Pending", Kind::Count, "How many of these wait for a decision on an application", "2"),
    ColumnPlan::brief("counties_open", "Open", Kind::Count, "How many of these nobody serves", "5"),
    ColumnPlan::full("counties_outside", "Outside", Kind::Count, "How many counties of it are not promised", "0"),
];

/// The report of what is covered; `shape` says where a region is.
pub fn coverage(coverage: &Coverage, words: &Words, shape: impl Fn(&RegionId) -> Shape) -> Report {
    let course = coverage.course.as_ref().map(|course| format!(" for {}", words.course(course))).unwrap_or_default();
    Report {
        plan: &PLAN,
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

fn count_cells(counts: &UnitCounts) -> Vec<Cell> {
    let numbers = [counts.promised(), counts.covered, counts.partly_covered, counts.pending, counts.open, counts.outside];
    numbers.map(|number| Cell::Count(number as u64)).to_vec()
}

fn rows(coverage: &Coverage, shape: impl Fn(&RegionId) -> Shape) -> Table {
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
    let shapes = coverage.rows.iter().map(|row| row.region.as_ref().and_then(&shape)).collect();
    ROWS.of(&coverage.measures, coverage.rows.iter().map(row).collect()).at(shapes)
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
    let row = |course: &CourseCoverage| {
        let mut cells = vec![Cell::text(&course.course), Cell::text(&course.name)];
        cells.extend(count_cells(&course.counties));
        cells.extend(tally_cells(&coverage.measures, &course.tallies));
        cells
    };
    COURSES.of(&coverage.measures, coverage.courses.iter().map(row).collect())
}
