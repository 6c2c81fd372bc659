use super::{
    super::{Cell, Column, Report, Table},
    facts,
};
use crate::{
    gaps::{Application, Applications},
    render::words::{Words, count},
};

/// The report of applications under review, by name.
pub fn applications(applications: &Applications, words: &Words) -> Report {
    let late = applications.rows.iter().filter(|row| row.is_late).count();
    Report {
        name: "applications",
        title: format!("Applications under review on {}", words.day(applications.as_of)),
        summary: vec![format!("{}, {late} of them late.", count(applications.rows.len(), "application", "applications"))],
        as_of: applications.as_of,
        facts: facts(None, &applications.generation),
        tables: vec![table(&applications.rows)],
    }
}

fn table(rows: &[Application]) -> Table {
    let columns = vec![
        Column::brief("partner", "Applicant"),
        Column::full("name", "Name"),
        Column::full("region", "Region"),
        Column::brief("region_name", "For"),
        Column::brief("population", "People"),
        Column::brief("starts_on", "Would start"),
        Column::brief("review_by", "Decide by"),
        Column::brief("late", "Late"),
        Column::brief("notes", "Notes"),
        Column::full("file", "File"),
        Column::full("line", "Line"),
    ];
    let day = |day: Option<jiff::civil::Date>| day.map_or(Cell::Empty, Cell::Day);
    let row = |row: &Application| {
        vec![
            Cell::text(&row.partner),
            Cell::text(&row.name),
            Cell::text(&row.region),
            Cell::text(&row.region_name),
            row.people.map_or(Cell::Empty, Cell::Count),
            day(row.starts_on),
            day(row.review_by),
            Cell::Yes(row.is_late),
            Cell::List(row.notes.iter().map(ToString::to_string).collect()),
            Cell::text(&row.origin.file),
            Cell::Count(row.origin.line.into()),
        ]
    };
    let rows = rows.iter().map(row).collect();
    Table { name: "applications", title: "Applications, the most urgent first", columns, rows, shapes: Vec::new() }
}
