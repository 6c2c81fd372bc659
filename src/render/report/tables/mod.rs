//! What the tables of each report are: their columns and what stands in them.

mod access;
mod applications;
mod calendar;
mod change;
mod coverage;
mod demand;
mod explanation;
mod gap_name;
mod gap_plan;
mod gaps;
mod measures;
mod quality;

pub use access::{AUDIT, AuditLine, TOKENS, TokenLine, audit, tokens};
pub use applications::{PLAN as APPLICATIONS, applications};
pub use calendar::{PLAN as UPCOMING, calendar, event_word};
pub use change::{PLAN as CHANGE, change};
pub use coverage::{PLAN as COVERAGE, coverage, level};
pub use demand::{PLAN as DEMAND, demand};
pub use explanation::{PLAN as EXPLANATION, explanation};
pub use gap_name::gap_name;
pub use gap_plan::{ONE as GAP, PLAN as GAPS};
pub use gaps::{gap, gaps};
pub use quality::{PLAN as OVERLAPS, quality};

use super::{
    Cell,
    plan::{ColumnPlan, Kind, ReportPlan},
};
use crate::domain::{CourseId, Generation};

/// Every report that there is.
pub static PLANS: [&ReportPlan; 11] =
    [&COVERAGE, &GAPS, &GAP, &UPCOMING, &CHANGE, &OVERLAPS, &APPLICATIONS, &DEMAND, &EXPLANATION, &AUDIT, &TOKENS];

/// The course that a report is about.
const COURSE: ColumnPlan =
    ColumnPlan::full("course", "Course", Kind::Text, "The course that it is about, by its id", "csd").or_none("for any course");

/// The data that a report was made from.
const GENERATION: ColumnPlan = ColumnPlan::full(
    "generation",
    "Data",
    Kind::Text,
    "The data that it was made from: it changes with every change of the data",
    "0a1b2c3d4e5f6071",
);

/// The facts that most reports have.
const FACTS: &[ColumnPlan] = &[COURSE, GENERATION];

/// The values of the facts that most reports have.
fn facts(course: Option<&CourseId>, generation: &Generation) -> Vec<Cell> {
    vec![Cell::maybe(course), Cell::text(generation)]
}

/// The file in which something of the program is written.
const FILE: ColumnPlan = ColumnPlan::full("file", "File", Kind::Text, "The file in which it is written", "assignments.csv");

/// Its line there.
const LINE: ColumnPlan = ColumnPlan::full("line", "Line", Kind::Count, "Its line in this file, the first being 1", "14");
