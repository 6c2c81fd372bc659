use super::{
    super::{
        Cell, Report, Shape, Table,
        plan::{ColumnPlan, Columns, Kind, PARTNER, REGION, ReportPlan, TablePlan},
    },
    FACTS, FILE, LINE, facts,
};
use crate::{
    checks::{Patchwork, Quality, SharedGround},
    domain::Problem,
    render::words::{Words, count},
};

/// The report of overlaps and of how good the data is.
pub static PLAN: ReportPlan = ReportPlan {
    name: "overlaps",
    schema: "OverlapsReport",
    about: "Program regions that share ground, what checks found, and areas that do not hang together",
    facts: FACTS,
    tables: &[&OVERLAPS, &FINDINGS, &PATCHWORKS],
};

static OVERLAPS: TablePlan = TablePlan {
    name: "overlaps",
    title: "Program regions that share ground",
    row: "Overlap",
    about: "Two program regions of different partners that share ground, neither inside the other",
    columns: &[Columns::Plain(&[
        ColumnPlan::full("region", "Region", REGION, "The typed id of the one region", "region:puget-sound"),
        ColumnPlan::brief("region_name", "Region", Kind::Text, "Its name", "Puget Sound"),
        ColumnPlan::brief("partner", "Partner", PARTNER, "Its partner, by its id", "puget-sound-cs-hub"),
        ColumnPlan::full("other_region", "Other region", REGION, "The typed id of the other region", "region:cascades"),
        ColumnPlan::brief("other_region_name", "Other region", Kind::Text, "Its name", "The Cascades"),
        ColumnPlan::brief(
            "other_partner",
            "Its partner",
            PARTNER,
            "The partner of the other region, by its id",
            "oregon-cs-network",
        ),
        ColumnPlan::brief("km2", "Shared, km²", Kind::Number("square kilometres"), "How much ground they share", "120.5"),
        ColumnPlan::brief("accepted", "Accepted", Kind::Yes, "Whether `accepted.csv` says that it is meant", "false"),
        FILE,
        LINE,
        ColumnPlan::full("other_line", "Other line", Kind::Count, "The line of the other region in this file", "15"),
    ])],
    places: true,
    id: None,
};

static FINDINGS: TablePlan = TablePlan {
    name: "findings",
    title: "What checks found",
    row: "Finding",
    about: "What a check found in the files of the program, or in the data as a whole",
    columns: &[Columns::Plain(&[
        ColumnPlan::brief("check", "Check", Kind::Text, "The name of the check", "review-overdue"),
        ColumnPlan::brief("file", "File", Kind::Text, "The file in which it is", "assignments.csv"),
        ColumnPlan::brief("line", "Line", Kind::Count, "Its line in this file, the first being 1", "7")
            .or_none("where it is about the file as a whole"),
        ColumnPlan::brief(
            "problem",
            "What was found",
            Kind::Text,
            "What was found, where, and what to do about it",
            "partners.csv:4: partner cascades-cs-hub has no region",
        ),
    ])],
    places: false,
    id: None,
};

static PATCHWORKS: TablePlan = TablePlan {
    name: "patchworks",
    title: "Partners whose areas do not hang together",
    row: "Patchwork",
    about: "A partner whose counties do not hang together, or have holes",
    columns: &[Columns::Plain(&[
        ColumnPlan::brief("partner", "Partner", PARTNER, "The id of the partner", "hawaii-cs-network"),
        ColumnPlan::full("name", "Name", Kind::Text, "Its name", "Hawaii CS Network (sample)"),
        ColumnPlan::brief("parts", "Parts", Kind::Count, "How many parts there are that do not touch each other", "4"),
        ColumnPlan::brief(
            "detached",
            "Detached from the largest",
            Kind::Texts,
            "The names of the counties in all parts but the largest one",
            "Kauai County, Hawaii",
        ),
        ColumnPlan::brief("holes", "Holes", Kind::Count, "How many holes there are in it", "0"),
        ColumnPlan::full(
            "hole_counties",
            "Counties in holes",
            Kind::Texts,
            "The names of the counties in holes",
            "Lee County, Iowa",
        ),
    ])],
    places: false,
    id: Some("partner"),
};

/// The report of overlaps and of how good the data is; `shape` says where shared ground is.
pub fn quality(quality: &Quality, words: &Words, shape: impl Fn(&SharedGround) -> Shape) -> Report {
    let unaccepted = quality.overlaps.iter().filter(|shared| !shared.is_accepted).count();
    let summary = format!(
        "{} of program regions of different partners, {unaccepted} not accepted; {} with detached parts or holes; {}.",
        count(quality.overlaps.len(), "overlap", "overlaps"),
        count(quality.patchworks.len(), "partner", "partners"),
        count(quality.findings.len(), "finding", "findings"),
    );
    Report {
        plan: &PLAN,
        title: format!("Overlaps and quality on {}", words.day(quality.scope.as_of)),
        summary: vec![summary],
        as_of: quality.scope.as_of,
        facts: facts(quality.scope.course.as_ref(), &quality.generation),
        tables: vec![overlaps(quality, shape), findings(&quality.findings), patchworks(&quality.patchworks)],
    }
}

fn overlaps(quality: &Quality, shape: impl Fn(&SharedGround) -> Shape) -> Table {
    let row = |shared: &SharedGround| {
        let [a, b] = &shared.sides;
        vec![
            Cell::text(&a.region),
            Cell::text(&a.name),
            Cell::text(&a.partner),
            Cell::text(&b.region),
            Cell::text(&b.name),
            Cell::text(&b.partner),
            Cell::Number(shared.square_metres / 1e6, 1),
            Cell::Yes(shared.is_accepted),
            Cell::text(&a.origin.file),
            Cell::Count(a.origin.line.into()),
            Cell::Count(b.origin.line.into()),
        ]
    };
    OVERLAPS.of(&[], quality.overlaps.iter().map(row).collect()).at(quality.overlaps.iter().map(shape).collect())
}

fn findings(findings: &[Problem]) -> Table {
    let row = |problem: &Problem| {
        let line = problem.site.line.map_or(Cell::Empty, |line| Cell::Count(line.into()));
        vec![Cell::text(problem.check), Cell::text(&problem.site.file), line, Cell::text(problem)]
    };
    FINDINGS.of(&[], findings.iter().map(row).collect())
}

fn patchworks(patchworks: &[Patchwork]) -> Table {
    let row = |own: &Patchwork| {
        let names = |groups: &[Vec<std::sync::Arc<str>>]| groups.iter().flatten().map(ToString::to_string).collect();
        vec![
            Cell::text(&own.partner),
            Cell::text(&own.name),
            Cell::Count(own.parts.len() as u64),
            Cell::List(names(own.parts.get(1..).unwrap_or_default())),
            Cell::Count(own.holes.len() as u64),
            Cell::List(names(&own.holes)),
        ]
    };
    PATCHWORKS.of(&[], patchworks.iter().map(row).collect())
}
