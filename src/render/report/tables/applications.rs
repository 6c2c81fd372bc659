use super::{
    super::{
        Cell, Report, Table,
        plan::{ColumnPlan, Columns, Kind, PARTNER, REGION, ReportPlan, TablePlan},
    },
    FACTS, FILE, LINE, facts,
};
use crate::{
    gaps::{Application, Applications},
    render::words::{Words, count},
};

/// The report of applications under review.
pub static PLAN: ReportPlan = ReportPlan {
    name: "applications",
    schema: "ApplicationsReport",
    about: "Applications under review, by name",
    facts: FACTS,
    tables: &[&ROWS],
};

static ROWS: TablePlan = TablePlan {
    name: "applications",
    title: "Applications, the most urgent first",
    row: "Application",
    about: "An application under review",
    columns: &[Columns::Plain(&[
        ColumnPlan::brief("partner", "Applicant", PARTNER, "Who applies, by its id", "delaware-cs-collaborative"),
        ColumnPlan::full("name", "Name", Kind::Text, "Its name", "Delaware CS Collaborative (sample)"),
        ColumnPlan::full("region", "Region", REGION, "For which region, by its typed id", "state:DE"),
        ColumnPlan::brief("region_name", "For", Kind::Text, "The name of this region", "Delaware"),
        ColumnPlan::brief("population", "People", Kind::Count, "The people in it", "986809").or_none("where nobody counted"),
        ColumnPlan::brief("starts_on", "Would start", Kind::Day, "The first day of its service", "2027-07-01")
            .or_none("where it is not said"),
        ColumnPlan::brief("review_by", "Decide by", Kind::Day, "The day by which it is to be decided", "2026-12-31")
            .or_none("where it is not said"),
        ColumnPlan::brief("late", "Late", Kind::Yes, "Whether one of these two days has passed", "false"),
        ColumnPlan::brief(
            "notes",
            "Notes",
            Kind::Texts,
            "What staff wrote about it and about the applicant",
            "Application received 2026-10-02",
        ),
        FILE,
        LINE,
    ])],
    places: false,
    id: None,
};

/// The report of applications under review, by name.
pub fn applications(applications: &Applications, words: &Words) -> Report {
    let late = applications.rows.iter().filter(|row| row.is_late).count();
    Report {
        plan: &PLAN,
        title: format!("Applications under review on {}", words.day(applications.as_of)),
        summary: vec![format!("{}, {late} of them late.", count(applications.rows.len(), "application", "applications"))],
        as_of: applications.as_of,
        facts: facts(None, &applications.generation),
        tables: vec![table(&applications.rows)],
    }
}

fn table(rows: &[Application]) -> Table {
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
    ROWS.of(&[], rows.iter().map(row).collect())
}
