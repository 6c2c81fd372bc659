use super::{
    super::{Cell, Column, Report, Shape, Table},
    facts,
    measures::{amount_cells, amount_columns, heading, tally_cells, tally_columns, weights_table},
};
use crate::{
    domain::{Generation, RegionId},
    gaps::{Change, CountyChange, TotalChange},
    render::{
        json,
        words::{Words, count, thousands},
    },
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
    facts.push(("before", "Before", Cell::Day(change.before.as_of)));
    facts.push(("after", "After", Cell::Day(change.after.as_of)));
    Report {
        name: "change",
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
    let mut columns = vec![
        Column::brief("region", "County"),
        Column::brief("name", "Name"),
        Column::full("state", "State"),
        Column::brief("before", "Before"),
        Column::brief("partners_before", "Led by"),
        Column::brief("after", "After"),
        Column::brief("partners_after", "Led by"),
    ];
    columns.extend(amount_columns(&change.measures, "", "_gained", ", gained"));
    columns.extend(amount_columns(&change.measures, "", "_lost", ", lost"));
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
    Table {
        name: "counties",
        title: "Counties whose answer changes",
        columns,
        rows: change.counties.iter().map(row).collect(),
        shapes: change.counties.iter().map(|county| shape(&county.region)).collect(),
    }
}

fn totals(change: &Change) -> Table {
    let mut columns = vec![Column::brief("region", "State"), Column::brief("name", "Name")];
    columns.extend(amount_columns(&change.measures, "", "_gained", ", gained"));
    columns.extend(amount_columns(&change.measures, "", "_lost", ", lost"));
    let named = |prefix: &str| {
        let rename = |column: Column| Column { name: format!("{prefix}_{}", column.name), is_brief: false, ..column };
        tally_columns(&change.measures).into_iter().map(rename).collect::<Vec<_>>()
    };
    columns.extend(named("before"));
    columns.extend(named("after"));
    let row = |total: &TotalChange| {
        let mut row = vec![Cell::maybe(total.region.as_ref()), Cell::text(&total.name)];
        row.extend(amount_cells(&change.measures, &total.gained));
        row.extend(amount_cells(&change.measures, &total.lost));
        row.extend(tally_cells(&change.measures, &total.before));
        row.extend(tally_cells(&change.measures, &total.after));
        row
    };
    let rows = change.totals.iter().map(row).collect();
    Table { name: "states", title: "By state", columns, rows, shapes: Vec::new() }
}
