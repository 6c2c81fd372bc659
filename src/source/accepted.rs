//! `accepted.csv`: overlaps of program regions that are known and meant.

use std::sync::Arc;

use super::{
    checks,
    file::SourceFile,
    firsts::Firsts,
    problems::Problems,
    region_refs::Regions,
    table::{self, Cell, Column, Further, shortened},
};
use crate::domain::{AcceptedOverlap, RegionId, Slug};

/// The name of the file.
pub const FILE: &str = "accepted.csv";

const COLUMNS: &[Column] = &[Column::required("region"), Column::required("other"), Column::required("reason")];

/// The accepted overlaps, sorted by their regions; every one has a reason.
pub fn read(file: &SourceFile, regions: &Regions<'_>, problems: &mut Problems) -> Vec<AcceptedOverlap> {
    let (mut accepted, mut lines) = (Vec::new(), Firsts::default());
    table::read(file, COLUMNS, Further::Unknown, problems, |row, problems| {
        let [one, other, reason] = std::array::from_fn(|i| row.cell(i));
        let pair = [program_region(&one, regions, problems), program_region(&other, regions, problems)];
        if reason.text.is_empty() {
            let problem = reason.problem(&checks::EMPTY_CELL, "reason is empty");
            problems.push(problem.rule("an overlap is accepted for a reason").remedy("say why the two regions may overlap"));
        }
        let (reason, [Some(one), Some(second)]) = (reason.shown(problems), pair) else { return };
        if one == second {
            let problem = other.problem(&checks::BAD_CODE, "the region stands twice in the row");
            problems.push(problem.rule("two different regions overlap"));
            return;
        }
        let regions = if one <= second { [one, second] } else { [second, one] };
        let names = regions.clone().map(|slug| slug.to_string()).join(" and ");
        if !lines.had(names, &other, row, problems)
            && let Some(reason) = reason
        {
            accepted.push(AcceptedOverlap { regions, reason: Arc::clone(&reason), site: row.site() });
        }
    });
    accepted.sort_by(|a: &AcceptedOverlap, b| a.regions.cmp(&b.regions));
    accepted
}

/// The program region that a cell names; a problem and `None` when it names something else.
fn program_region(cell: &Cell<'_>, regions: &Regions<'_>, problems: &mut Problems) -> Option<Slug> {
    let text = cell.needed(problems)?;
    match regions.resolve(text, cell, problems)? {
        RegionId::Region(slug) => Some(slug),
        _ => {
            let problem = cell.problem(&checks::BAD_CODE, "not a program region").got(shortened(text));
            problems.push(problem.rule("only program regions overlap without a rule that says who serves there"));
            None
        }
    }
}
