//! What the tables of each report are: their columns and what stands in them.

mod access;
mod applications;
mod calendar;
mod change;
mod coverage;
mod demand;
mod explanation;
mod gaps;
mod measures;
mod quality;

pub use access::{AuditLine, TokenLine, audit, tokens};
pub use applications::applications;
pub use calendar::calendar;
pub use change::change;
pub use coverage::{coverage, level};
pub use demand::demand;
pub use explanation::explanation;
pub use gaps::{gap, gap_name, gaps};
pub use quality::quality;

use super::Cell;
use crate::domain::{CourseId, Generation};

/// The facts that every report has.
fn facts(course: Option<&CourseId>, generation: &Generation) -> Vec<(&'static str, &'static str, Cell)> {
    vec![("course", "Course", Cell::maybe(course)), ("generation", "Data", Cell::text(generation))]
}
