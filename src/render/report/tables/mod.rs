//! What the tables of each report are: their columns and what stands in them.

mod calendar;
mod change;
mod coverage;
mod gaps;
mod measures;

pub use calendar::calendar;
pub use change::change;
pub use coverage::{coverage, level};
pub use gaps::{gap_name, gaps};

use super::Cell;
use crate::domain::{CourseId, Generation};

/// The facts that every report has.
fn facts(course: Option<&CourseId>, generation: &Generation) -> Vec<(&'static str, &'static str, Cell)> {
    vec![("course", "Course", Cell::maybe(course)), ("generation", "Data", Cell::text(generation))]
}
