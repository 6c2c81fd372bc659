use super::{
    super::{Cell, Column, Report, Table},
    facts,
    gaps::gap_name,
    measures::{amount_cells, amount_columns, weights_table},
};
use crate::{
    gaps::{AskedCounty, AskedGap, Demand},
    render::words::{Words, count},
};

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
        name: "demand",
        title: "Where a partner is asked for".to_owned(),
        summary,
        as_of: demand.scope.as_of,
        facts: facts(demand.scope.course.as_ref(), &demand.generation),
        tables: vec![counties(demand), gaps(demand), weights_table(&demand.measures)],
    }
}

fn counties(demand: &Demand) -> Table {
    let mut columns =
        vec![Column::brief("region", "County"), Column::brief("name", "Name"), Column::brief("questions", "Questions, at least")];
    columns.extend(amount_columns(&demand.measures, "", "_open", ", open"));
    columns.push(Column::brief("weight", "People × questions"));
    let row = |county: &AskedCounty| {
        let mut row = vec![Cell::text(&county.region), Cell::text(&county.name), Cell::Count(county.times)];
        row.extend(amount_cells(&demand.measures, &county.amounts));
        row.push(Cell::Count(county.weight()));
        row
    };
    let rows = demand.counties.iter().map(row).collect();
    Table { name: "demand", title: "Counties, where a partner is missed most first", columns, rows, shapes: Vec::new() }
}

fn gaps(demand: &Demand) -> Table {
    let mut columns = vec![
        Column::full("gap", "Gap"),
        Column::brief("name", "Name"),
        Column::brief("counties", "Counties"),
        Column::brief("questions", "Questions, at least"),
    ];
    columns.extend(amount_columns(&demand.measures, "", "_open", ", open"));
    columns.push(Column::brief("weight", "People × questions"));
    let row = |gap: &AskedGap| {
        let counties = gap.area.counties.len() as u64;
        let mut row =
            vec![Cell::text(&gap.area.id), Cell::Text(gap_name(&gap.area)), Cell::Count(counties), Cell::Count(gap.times)];
        row.extend(amount_cells(&demand.measures, &gap.area.amounts));
        row.push(Cell::Count(gap.weight()));
        row
    };
    let rows = demand.gaps.iter().map(row).collect();
    Table { name: "gaps", title: "Gaps, where the next partner is missed most first", columns, rows, shapes: Vec::new() }
}
