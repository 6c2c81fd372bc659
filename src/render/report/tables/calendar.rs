use super::{
    super::{
        Cell, Report, Table,
        plan::{ColumnPlan, Columns, Kind, PARTNER, PARTNER_ID, REGION, ReportPlan, TablePlan},
    },
    COURSE, FILE, GENERATION, LINE, facts,
    measures::{COVERED, GAINED, LOST, WEIGHTS, amount_cells, weights_table},
};
use crate::{
    gaps::{Calendar, DayChange, Event, EventKind, event_counts},
    render::{
        schema,
        words::{Words, count},
    },
};

/// The report of what happens in the next days.
pub static PLAN: ReportPlan = ReportPlan {
    name: "upcoming",
    schema: "UpcomingReport",
    about: "What starts, ends and is handed over in the next days, what is to be reviewed, and whom it changes something for",
    facts: &[
        COURSE,
        GENERATION,
        ColumnPlan::full("until", "Until", Kind::Day, "The last day that it is about; `as_of` is the first", "2027-02-19"),
    ],
    tables: &[&EVENTS, &CHANGES, &WEIGHTS],
};

static EVENTS: TablePlan = TablePlan {
    name: "events",
    title: "What happens",
    row: "Event",
    about: "Something that happens to an assignment, by day",
    columns: &[Columns::Plain(&[
        ColumnPlan::brief("day", "Day", Kind::Day, "The day; of an end the last day of service", "2027-06-30"),
        ColumnPlan::brief("event", "What", Kind::Word(schema::event), "What happens", "ends"),
        ColumnPlan::brief("partner", "Partner", PARTNER, "Whose assignment it is, by its id", "connecticut-cs-hub"),
        ColumnPlan::full("name", "Name", Kind::Text, "The name of this partner", "Connecticut CS Hub (sample)"),
        ColumnPlan::brief("region", "Region", REGION, "Of which region, by its typed id", "state:CT"),
        ColumnPlan::brief("region_name", "Its name", Kind::Text, "The name of this region", "Connecticut"),
        ColumnPlan::brief(
            "handed_over",
            "To or from",
            Kind::Ids(PARTNER_ID),
            "Of an end who starts there on the next day, of a start who ended on the day before, by their ids",
            "connecticut-cs-hub",
        ),
        FILE,
        LINE,
    ])],
    places: false,
    id: None,
};

static CHANGES: TablePlan = TablePlan {
    name: "changes",
    title: "What it changes",
    row: "DayOfChange",
    about: "A day from which on somebody gains or loses a partner",
    columns: &[
        Columns::Plain(&[ColumnPlan::brief("day", "From", Kind::Day, "The first day on which it holds", "2027-07-01")]),
        Columns::Weights(&[GAINED]),
        Columns::Weights(&[LOST]),
        Columns::Weights(&[COVERED]),
    ],
    places: false,
    id: Some("day"),
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
    facts.push(Cell::Day(calendar.until));
    Report {
        plan: &PLAN,
        title: format!("What happens from {} to {}", words.day(calendar.as_of), words.day(calendar.until)),
        summary: vec![summary],
        as_of: calendar.as_of,
        facts,
        tables: vec![events(calendar), days(calendar), weights_table(&calendar.measures)],
    }
}

/// What an event is called in data.
pub fn event_word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::ReviewOverdue => "review_overdue",
        EventKind::ReviewDue => "review_due",
        EventKind::Ends => "ends",
        EventKind::Starts => "starts",
    }
}

fn events(calendar: &Calendar) -> Table {
    let row = |event: &Event| {
        vec![
            Cell::Day(event.day),
            Cell::text(event_word(event.kind)),
            Cell::text(&event.partner),
            Cell::text(&event.name),
            Cell::text(&event.region),
            Cell::text(&event.region_name),
            Cell::List(event.others.iter().map(ToString::to_string).collect()),
            Cell::text(&event.origin.file),
            Cell::Count(u64::from(event.origin.line)),
        ]
    };
    EVENTS.of(&[], calendar.events.iter().map(row).collect())
}

fn days(calendar: &Calendar) -> Table {
    let row = |change: &DayChange| {
        let mut row = vec![Cell::Day(change.day)];
        for amounts in [&change.gained, &change.lost, &change.covered] {
            row.extend(amount_cells(&calendar.measures, amounts));
        }
        row
    };
    CHANGES.of(&calendar.measures, calendar.days.iter().map(row).collect())
}
