use super::{
    super::{Cell, Column, Report, Table},
    facts,
    measures::{amount_cells, amount_columns, weights_table},
};
use crate::{
    gaps::{Calendar, DayChange, Event, EventKind, event_counts},
    render::words::{Words, count},
};

/// The report of what starts, ends, is handed over and is to be looked at again.
pub fn calendar(calendar: &Calendar, words: &Words) -> Report {
    let said = |kind: EventKind, one: &str, many: &str| {
        let number = event_counts(&calendar.events).get(&kind).copied().unwrap_or(0);
        count(number, one, many)
    };
    let summary = format!(
        "{}, {}, {}; {}.",
        said(EventKind::Starts, "assignment starts", "assignments start"),
        said(EventKind::Ends, "ends", "end"),
        said(EventKind::ReviewDue, "review is due", "reviews are due"),
        said(EventKind::ReviewOverdue, "is overdue", "are overdue"),
    );
    let mut facts = facts(None, &calendar.generation);
    facts.push(("until", "Until", Cell::Day(calendar.until)));
    Report {
        name: "upcoming",
        title: format!("What happens from {} to {}", words.day(calendar.as_of), words.day(calendar.until)),
        summary: vec![summary],
        as_of: calendar.as_of,
        facts,
        tables: vec![events(calendar), days(calendar), weights_table(&calendar.measures)],
    }
}

fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::ReviewOverdue => "review_overdue",
        EventKind::ReviewDue => "review_due",
        EventKind::Ends => "ends",
        EventKind::Starts => "starts",
    }
}

fn events(calendar: &Calendar) -> Table {
    let columns = vec![
        Column::brief("day", "Day"),
        Column::brief("event", "What"),
        Column::brief("partner", "Partner"),
        Column::full("name", "Name"),
        Column::brief("region", "Region"),
        Column::brief("region_name", "Its name"),
        Column::brief("handed_over", "To or from"),
        Column::full("file", "File"),
        Column::full("line", "Line"),
    ];
    let row = |event: &Event| {
        vec![
            Cell::Day(event.day),
            Cell::text(kind(event.kind)),
            Cell::text(&event.partner),
            Cell::text(&event.name),
            Cell::text(&event.region),
            Cell::text(&event.region_name),
            Cell::List(event.others.iter().map(ToString::to_string).collect()),
            Cell::text(&event.origin.file),
            Cell::Count(u64::from(event.origin.line)),
        ]
    };
    let rows = calendar.events.iter().map(row).collect();
    Table { name: "events", title: "What happens", columns, rows, shapes: Vec::new() }
}

fn days(calendar: &Calendar) -> Table {
    let mut columns = vec![Column::brief("day", "From")];
    columns.extend(amount_columns(&calendar.measures, "", "_gained", ", gained"));
    columns.extend(amount_columns(&calendar.measures, "", "_lost", ", lost"));
    columns.extend(amount_columns(&calendar.measures, "", "_covered", ", covered then"));
    let row = |change: &DayChange| {
        let mut row = vec![Cell::Day(change.day)];
        for amounts in [&change.gained, &change.lost, &change.covered] {
            row.extend(amount_cells(&calendar.measures, amounts));
        }
        row
    };
    let rows = calendar.days.iter().map(row).collect();
    Table { name: "changes", title: "What it changes", columns, rows, shapes: Vec::new() }
}
