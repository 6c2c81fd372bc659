use jiff::civil::Date;

use super::quantities::{count, day};
use crate::{
    directory::Counts,
    domain::{Course, Generation},
    lookup::Status,
};

/// What a status is called where there is no room for a sentence.
pub fn status_label(status: Status) -> &'static str {
    match status {
        Status::Covered => "Has a partner",
        Status::PartlyCovered => "Partly covered",
        Status::Pending => "Application under review",
        Status::Open => "No partner yet",
        Status::Outside => "Outside",
        Status::NotFound => "Not found",
        Status::Ambiguous => "Several meanings",
    }
}

/// The counts as a phrase: `71 partners in 47 states and territories`.
pub fn counts(counts: Counts) -> String {
    let Counts { partners, states } = counts;
    format!("{} in {}", count(partners, "partner", "partners"), count(states, "state or territory", "states and territories"))
}

/// A course with its grades: `CS Principles (grades 9-12)`.
pub fn course_label(course: &Course) -> String {
    match &course.grades {
        Some(grades) => format!("{} (grades {})", course.name, grades.replace('-', "–")),
        None => course.name.to_string(),
    }
}

/// What a list of courses is called when it is empty, or their names.
pub fn courses_label(names: &str) -> &str {
    if names.is_empty() { "all courses" } else { names }
}

/// The line that says which day and which data a page is about.
pub fn generation_line(as_of: Date, generation: &Generation) -> String {
    format!("As of {}, data {generation}.", day(as_of))
}

/// A partner that serves nothing on a day.
pub fn nothing_served(partner: &str, as_of: Date) -> String {
    format!("{partner} serves no region on {}.", day(as_of))
}

/// A first day that is still to come: `from 1 July 2027`.
pub fn from_day(first: Date) -> String {
    format!("from {}", day(first))
}

/// A last day: `until 30 June 2027`.
pub fn until_day(last: Date) -> String {
    format!("until {}", day(last))
}
