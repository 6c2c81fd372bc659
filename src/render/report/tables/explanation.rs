use super::{
    super::{
        Cell, Report, Shape, Table,
        plan::{ColumnPlan, Columns, Kind, PARTNER, REGION, ReportPlan, TablePlan},
    },
    COURSE, GENERATION, facts,
};
use crate::{
    domain::{Generation, RegionId},
    lookup::{Considered, Explanation},
    render::words::{self, Words},
};

/// The report of why an answer is what it is: in JSON it has a form of its own.
pub static PLAN: ReportPlan = ReportPlan {
    name: "explain",
    schema: "ExplanationReport",
    about: "Why an answer is what it is",
    facts: &[
        COURSE,
        GENERATION,
        ColumnPlan::full("asked", "Asked", Kind::Text, "The question as it was asked", "98101"),
        ColumnPlan::full("taken_for", "Taken for", Kind::Text, "What it was taken for", "ZIP 98101, Seattle, Washington")
            .or_none("when nothing was found or there is a choice"),
    ],
    tables: &[&ASSIGNMENTS, &COUNTIES],
};

static ASSIGNMENTS: TablePlan = TablePlan {
    name: "assignments",
    title: "Assignments, the most specific region first",
    row: "ConsideredRow",
    about: "An assignment that was looked at, the most specific region first",
    columns: &[Columns::Plain(&[
        ColumnPlan::brief("file", "File", Kind::Text, "The file in which it is written", "assignments.csv"),
        ColumnPlan::brief("line", "Line", Kind::Count, "Its line in this file, the first being 1", "977"),
        ColumnPlan::full("partner", "Partner", PARTNER, "Whose assignment it is, by its id", "puget-sound-cs-hub"),
        ColumnPlan::brief("name", "Name", Kind::Text, "The name of this partner", "Puget Sound CS Hub (sample)"),
        ColumnPlan::brief("region", "Region", REGION, "The typed id of the assigned region", "region:puget-sound"),
        ColumnPlan::full("square_km", "km²", Kind::Number("square kilometres"), "How large this region is", "10073.4")
            .or_none("for a ZIP"),
        ColumnPlan::brief("reason", "What became of it", Kind::Text, "What became of it, in words", "serves"),
    ])],
    places: true,
    id: None,
};

static COUNTIES: TablePlan = TablePlan {
    name: "counties",
    title: "Counties that it meets",
    row: "MetCounty",
    about: "A county that the question meets",
    columns: &[Columns::Plain(&[
        ColumnPlan::full("region", "Region", REGION, "The typed id of the county", "county:53033"),
        ColumnPlan::brief("name", "County", Kind::Text, "Its full name", "King County, Washington"),
        ColumnPlan::brief("share", "Share of its people", Kind::Share, "The share of the people that it has", "1")
            .or_none("where nobody counted"),
    ])],
    places: false,
    id: Some("region"),
};

/// The report of why an answer is what it is; `shape` says where a region is.
pub fn explanation(
    explained: &Explanation,
    generation: &Generation,
    words: &Words,
    shape: impl Fn(&RegionId) -> Shape,
) -> Report {
    let answer = &explained.answer;
    let mut facts = facts(answer.course.as_ref(), generation);
    facts.push(Cell::text(&answer.query.input));
    facts.push(Cell::maybe(words.understood_as(&answer.query)));
    Report {
        plan: &PLAN,
        title: words.verdict(answer),
        summary: words.notes(answer),
        as_of: answer.as_of,
        facts,
        tables: vec![assignments(&explained.considered, shape), counties(explained)],
    }
}

fn assignments(considered: &[Considered], shape: impl Fn(&RegionId) -> Shape) -> Table {
    let row = |row: &Considered| {
        vec![
            Cell::text(&row.origin.file),
            Cell::Count(row.origin.line.into()),
            Cell::text(&row.partner),
            Cell::text(&row.name),
            Cell::text(&row.region),
            row.square_km.map_or(Cell::Empty, |km| Cell::Number(km, 1)),
            Cell::text(words::reason(&row.reason)),
        ]
    };
    let (rows, shapes) = considered.iter().map(|considered| (row(considered), shape(&considered.region))).unzip();
    ASSIGNMENTS.of(&[], rows).at(shapes)
}

fn counties(explained: &Explanation) -> Table {
    let row = |(id, name, share): &(RegionId, _, Option<f64>)| {
        vec![Cell::text(id), Cell::text(name), share.map_or(Cell::Empty, Cell::Share)]
    };
    COUNTIES.of(&[], explained.counties.iter().map(row).collect())
}
