use super::{
    super::{Cell, Column, Report, Shape, Table},
    facts,
};
use crate::{
    domain::{Generation, RegionId},
    lookup::{Considered, Explanation},
    render::words::{self, Words},
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
    facts.push(("asked", "Asked", Cell::text(&answer.query.input)));
    facts.push(("taken_for", "Taken for", Cell::maybe(words.understood_as(&answer.query))));
    Report {
        name: "explain",
        title: words.verdict(answer),
        summary: words.notes(answer),
        as_of: answer.as_of,
        facts,
        tables: vec![assignments(&explained.considered, shape), counties(explained)],
    }
}

fn assignments(considered: &[Considered], shape: impl Fn(&RegionId) -> Shape) -> Table {
    let columns = vec![
        Column::brief("file", "File"),
        Column::brief("line", "Line"),
        Column::full("partner", "Partner"),
        Column::brief("name", "Name"),
        Column::brief("region", "Region"),
        Column::full("square_km", "km²"),
        Column::brief("reason", "What became of it"),
    ];
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
    Table { name: "assignments", title: "Assignments, the most specific region first", columns, rows, shapes }
}

fn counties(explained: &Explanation) -> Table {
    let columns =
        vec![Column::full("region", "Region"), Column::brief("name", "County"), Column::brief("share", "Share of its people")];
    let row = |(id, name, share): &(RegionId, _, Option<f64>)| {
        vec![Cell::text(id), Cell::text(name), share.map_or(Cell::Empty, Cell::Share)]
    };
    let rows = explained.counties.iter().map(row).collect();
    Table { name: "counties", title: "Counties that it meets", columns, rows, shapes: Vec::new() }
}
