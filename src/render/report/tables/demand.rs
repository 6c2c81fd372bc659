use super::{
    super::{
        Cell, Report, Table,
        plan::{COUNTY, ColumnPlan, Columns, GAP, Kind, ReportPlan, TablePlan},
    },
    FACTS, facts,
    gap_name::gap_name,
    measures::{OPEN, WEIGHTS, amount_cells, weights_table},
};
use crate::{
    gaps::{AskedCounty, AskedGap, Demand},
    render::words::{Words, count},
};

/// The report of where a partner is asked for.
pub static PLAN: ReportPlan = ReportPlan {
    name: "demand",
    schema: "DemandReport",
    about: "Which counties without a partner are asked about, ranked by people × questions",
    facts: FACTS,
    tables: &[&COUNTIES, &GAPS, &WEIGHTS],
};

static COUNTIES: TablePlan = TablePlan {
    name: "demand",
    title: "Counties, where a partner is missed most first",
    row: "AskedCounty",
    about: "A county without a partner that was asked about, where a partner is missed most first",
    columns: &[
        Columns::Plain(&[
            ColumnPlan::brief("region", "County", COUNTY, "The typed id of the county", "county:41011"),
            ColumnPlan::brief("name", "Name", Kind::Text, "Its full name", "Coos County, Oregon"),
            QUESTIONS,
        ]),
        Columns::Weights(&[OPEN]),
        Columns::Plain(&[RANKED]),
    ],
    places: false,
    id: Some("region"),
};

static GAPS: TablePlan = TablePlan {
    name: "gaps",
    title: "Gaps, where the next partner is missed most first",
    row: "AskedGap",
    about: "An area of the gap report in which such counties lie, where the next partner is missed most first",
    columns: &[
        Columns::Plain(&[
            ColumnPlan::full("gap", "Gap", GAP, "The id of the gap", "gap:41011"),
            ColumnPlan::brief("name", "Name", Kind::Text, "Where it is", "southern Oregon: Coos, Curry, Douglas and 4 more"),
            ColumnPlan::brief("counties", "Counties", Kind::Count, "How many counties it has", "7"),
            QUESTIONS,
        ]),
        Columns::Weights(&[OPEN]),
        Columns::Plain(&[RANKED]),
    ],
    places: false,
    id: Some("gap"),
};

const QUESTIONS: ColumnPlan = ColumnPlan::brief(
    "questions",
    "Questions, at least",
    Kind::Count,
    "How many questions at least were asked about it, rounded down to fives",
    "15",
);

const RANKED: ColumnPlan =
    ColumnPlan::brief("weight", "People × questions", Kind::Count, "People × questions, by which it is ranked", "967500");

/// The report of how often open counties were asked about.
pub fn demand(demand: &Demand, words: &Words) -> Report {
    let [from, until] = demand.days.map(|day| words.day(day));
    let mut summary = vec![format!(
        "From {from} to {until}, {} without a partner {} asked about.",
        count(demand.counties.len(), "county", "counties"),
        if demand.counties.len() == 1 { "was" } else { "were" },
    )];
    if demand.too_few > 0 {
        let few = count(demand.too_few, "county", "counties");
        summary.push(format!("{few} more had too few questions to be named. Numbers are rounded down to fives."));
    }
    Report {
        plan: &PLAN,
        title: "Where a partner is asked for".to_owned(),
        summary,
        as_of: demand.scope.as_of,
        facts: facts(demand.scope.course.as_ref(), &demand.generation),
        tables: vec![counties(demand), gaps(demand), weights_table(&demand.measures)],
    }
}

fn counties(demand: &Demand) -> Table {
    let row = |county: &AskedCounty| {
        let mut row = vec![Cell::text(&county.region), Cell::text(&county.name), Cell::Count(county.times)];
        row.extend(amount_cells(&demand.measures, &county.amounts));
        row.push(Cell::Count(county.weight()));
        row
    };
    COUNTIES.of(&demand.measures, demand.counties.iter().map(row).collect())
}

fn gaps(demand: &Demand) -> Table {
    let row = |gap: &AskedGap| {
        let counties = gap.area.counties.len() as u64;
        let mut row =
            vec![Cell::text(&gap.area.id), Cell::Text(gap_name(&gap.area)), Cell::Count(counties), Cell::Count(gap.times)];
        row.extend(amount_cells(&demand.measures, &gap.area.amounts));
        row.push(Cell::Count(gap.weight()));
        row
    };
    GAPS.of(&demand.measures, demand.gaps.iter().map(row).collect())
}
