use jiff::civil::Date;

use crate::{domain::CourseId, geometry::Position};

/// A well-formed question; whether there is such a thing is for the answer to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Who serves this position?
    Position(Position),
    /// A ZIP Code as it was typed.
    Zip(String),
    /// A state's code, name or typed id.
    State(String),
    /// A county's GEOID, name with state, or typed id.
    County(String),
    /// The name of a place, with or without its state.
    Place(String),
    /// A program region's id or name, or the typed id of any region.
    Region(String),
    /// Anything that a person types.
    Text(String),
}

/// The day and the course that a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The day.
    pub as_of: Date,
    /// The course; `None` means any.
    pub course: Option<CourseId>,
}
