//! Questions and their answers: pure functions of a snapshot, a question, a day and a course.

mod answer;
mod question;

pub use answer::{
    Answer, Choice, Compass, ContactSource, NearBorder, Nearest, NextStep, Note, Part, Query, QueryKind, ServingPartner, Status,
    Subject, Upcoming,
};
pub use question::{Question, Scope};
