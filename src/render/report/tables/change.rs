use super::{
    super::{
        Cell, Report, Shape, Table,
        plan::{COUNTY, ColumnPlan, Columns, Kind, PARTNER_ID, REGION, ReportPlan, TablePlan},
    },
    COURSE, GENERATION, facts,
    measures::{GAINED, LOST, TALLIES, WEIGHTS, amount_cells, heading, tally_cells, weights_table},
};
use crate::{
    domain::{Generation, RegionId},
    gaps::{Change, CountyChange, TotalChange},
    render::{
        json, schema,
        words::{Words, count, thousands},
    },
};

/// The report of who gains and who loses.
pub static PLAN: ReportPlan = ReportPlan {
    name: "change",
    schema: "ChangeReport",
    about: "Who gains and who loses a partner between two days, or by a change that is tried; `as_of` is the day after",
    facts: &[
        COURSE,
        GENERATION,
        ColumnPlan::full("before", "Before", Kind::Day, "The day before", "2026-11-21"),
        ColumnPlan::full("after", "After", Kind::Day, "The day after; the same day in a what-if", "2027-07-01"),
    ],
    tables: &[&COUNTIES, &STATES, &WEIGHTS],
};

static COUNTIES: TablePlan = TablePlan {
    name: "counties",
    title: "Counties whose answer changes",
    row: "CountyChange",
    about: "A county whose answer changes, those with the most people who gain or lose a partner first",
    columns: &[
        Columns::Plain(&[
            ColumnPlan::brief("region", "County", COUNTY, "The typed id of the county", "county:53033"),
            ColumnPlan::brief("name", "Name", Kind::Text, "Its full name", "King County, Washington"),
            ColumnPlan::full("state", "State", Kind::Text, "The code of its state", "WA"),
            ColumnPlan::brief("before", "Before", Kind::Word(schema::status), "Its status before", "covered"),
            ColumnPlan::brief("partners_before", "Led by", LEADS, "Who led there before, by ids", "puget-sound-cs-hub"),
            ColumnPlan::brief("after", "After", Kind::Word(schema::status), "Its status after", "open"),
            ColumnPlan::brief("partners_after", "Led by", LEADS, "Who leads there after, by ids", "puget-sound-cs-hub"),
        ]),
        Columns::Weights(&[GAINED]),
        Columns::Weights(&[LOST]),
    ],
    places: true,
    id: Some("region"),
};

const LEADS: Kind = Kind::Ids(PARTNER_ID);

static STATES: TablePlan = TablePlan {
    name: "states",
    title: "By state",
    row: "StateChange",
    about: "The country, then each state in which people gain or lose a partner",
    columns: &[
        Columns::Plain(&[
            ColumnPlan::brief("region", "State", REGION, "The typed id of the state", "state:WA").or_none("for the country"),
            ColumnPlan::brief("name", "Name", Kind::Text, "Its name", "Washington"),
        ]),
        Columns::Weights(&[GAINED]),
        Columns::Weights(&[LOST]),
        Columns::At("before", TALLIES),
        Columns::At("after", TALLIES),
    ],
    places: false,
    id: Some("region"),
};

/// The report of who gains and who loses; `shape` says where a county is.
pub fn change(
    change: &Change,
    generation: &Generation,
    title: String,
    words: &Words,
    shape: impl Fn(&RegionId) -> Shape,
) -> Report {
    let mut facts = facts(change.after.course.as_ref(), generation);
    facts.push(Cell::Day(change.before.as_of));
    facts.push(Cell::Day(change.after.as_of));
    Report {
        plan: &PLAN,
        title,
        summary: summary(change, words),
        as_of: change.after.as_of,
        facts,
        tables: vec![counties(change, shape), totals(change), weights_table(&change.measures)],
    }
}

fn summary(change: &Change, words: &Words) -> Vec<String> {
    let days = if change.before.as_of == change.after.as_of {
        format!("On {}", words.day(change.after.as_of))
    } else {
        format!("From {} to {}", words.day(change.before.as_of), words.day(change.after.as_of))
    };
    let answers = match change.counties.len() {
        0 => "no county’s answer changes".to_owned(),
        1 => "the answer of 1 county changes".to_owned(),
        many => format!("the answers of {} change", count(many, "county", "counties")),
    };
    let (measure, whole) = match (change.measures.first(), change.totals.first()) {
        (Some(measure), Some(whole)) => (heading(measure).to_lowercase(), whole),
        _ => return vec![format!("{days} {answers}.")],
    };
    let number = |amounts: &[Option<u64>]| thousands(amounts.first().copied().flatten().unwrap_or(0));
    let [lost, gained] = [number(&whole.lost), number(&whole.gained)];
    vec![format!("{days} {answers}: {lost} {measure} lose their partner, {gained} get one.")]
}

fn counties(change: &Change, shape: impl Fn(&RegionId) -> Shape) -> Table {
    let row = |county: &CountyChange| {
        let ids = |ids: &[crate::domain::PartnerId]| Cell::List(ids.iter().map(ToString::to_string).collect());
        let mut row = vec![
            Cell::text(&county.region),
            Cell::text(&county.name),
            Cell::text(county.state),
            Cell::text(json::status(county.before.0)),
            ids(&county.before.1),
            Cell::text(json::status(county.after.0)),
            ids(&county.after.1),
        ];
        row.extend(amount_cells(&change.measures, &county.gained));
        row.extend(amount_cells(&change.measures, &county.lost));
        row
    };
    let shapes = change.counties.iter().map(|county| shape(&county.region)).collect();
    COUNTIES.of(&change.measures, change.counties.iter().map(row).collect()).at(shapes)
}

fn totals(change: &Change) -> Table {
    let row = |total: &TotalChange| {
        let mut row = vec![Cell::maybe(total.region.as_ref()), Cell::text(&total.name)];
        row.extend(amount_cells(&change.measures, &total.gained));
        row.extend(amount_cells(&change.measures, &total.lost));
        row.extend(tally_cells(&change.measures, &total.before));
        row.extend(tally_cells(&change.measures, &total.after));
        row
    };
    STATES.of(&change.measures, change.totals.iter().map(row).collect())
}
