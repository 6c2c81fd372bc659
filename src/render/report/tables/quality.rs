use super::{
    super::{Cell, Column, Report, Shape, Table},
    facts,
};
use crate::{
    checks::{Patchwork, Quality, SharedGround},
    domain::Problem,
    render::words::{Words, count},
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
        name: "overlaps",
        title: format!("Overlaps and quality on {}", words.day(quality.scope.as_of)),
        summary: vec![summary],
        as_of: quality.scope.as_of,
        facts: facts(quality.scope.course.as_ref(), &quality.generation),
        tables: vec![overlaps(quality, shape), findings(&quality.findings), patchworks(&quality.patchworks)],
    }
}

fn overlaps(quality: &Quality, shape: impl Fn(&SharedGround) -> Shape) -> Table {
    let columns = vec![
        Column::full("region", "Region"),
        Column::brief("region_name", "Region"),
        Column::brief("partner", "Partner"),
        Column::full("other_region", "Other region"),
        Column::brief("other_region_name", "Other region"),
        Column::brief("other_partner", "Its partner"),
        Column::brief("km2", "Shared, km²"),
        Column::brief("accepted", "Accepted"),
        Column::full("file", "File"),
        Column::full("line", "Line"),
        Column::full("other_line", "Other line"),
    ];
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
    let (rows, shapes) = (quality.overlaps.iter().map(row).collect(), quality.overlaps.iter().map(shape).collect());
    Table { name: "overlaps", title: "Program regions that share ground", columns, rows, shapes }
}

fn findings(findings: &[Problem]) -> Table {
    let columns = vec![
        Column::brief("check", "Check"),
        Column::brief("file", "File"),
        Column::brief("line", "Line"),
        Column::brief("problem", "What was found"),
    ];
    let row = |problem: &Problem| {
        let line = problem.site.line.map_or(Cell::Empty, |line| Cell::Count(line.into()));
        vec![Cell::text(problem.check), Cell::text(&problem.site.file), line, Cell::text(problem)]
    };
    let rows = findings.iter().map(row).collect();
    Table { name: "findings", title: "What checks found", columns, rows, shapes: Vec::new() }
}

fn patchworks(patchworks: &[Patchwork]) -> Table {
    let columns = vec![
        Column::brief("partner", "Partner"),
        Column::full("name", "Name"),
        Column::brief("parts", "Parts"),
        Column::brief("detached", "Detached from the largest"),
        Column::brief("holes", "Holes"),
        Column::full("hole_counties", "Counties in holes"),
    ];
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
    let rows = patchworks.iter().map(row).collect();
    Table { name: "patchworks", title: "Partners whose areas do not hang together", columns, rows, shapes: Vec::new() }
}
