//! Everything that is said in English about an answer, in one room: functions of typed values.
//!
//! "No partner", "no such ZIP", "outside", "several things" and "something failed" are different answers and
//! never share words.

mod failure;
pub mod label;
mod notes;
mod quantities;
mod reason;
mod site;
mod step;
mod subject;
mod verdict;

pub use failure::{failure_detail, failure_rule, failure_title};
pub use quantities::{count, day, direction, distance, list, share_in_short, share_of_people, short_list, thousands};
pub use reason::reason;
pub use site::{counts, course_label, courses_label, from_day, generation_line, nothing_served, status_label, until_day};
pub use step::{Step, step};
pub use subject::{name as subject_name, part_name, quoted, understood_as};

use crate::{
    domain::{Course, CourseId},
    lookup::{Answer, Note},
};

/// What the sentences about an answer need beyond the answer: the names of the courses.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    courses: &'a [Course],
}

impl<'a> Words<'a> {
    /// Words for a program that teaches these courses.
    pub fn new(courses: &'a [Course]) -> Self {
        Self { courses }
    }

    /// The verdict in one sentence without a full stop: heading and title of an answer.
    pub fn verdict(&self, answer: &Answer) -> String {
        verdict::verdict(answer, answer.course.as_ref().map(|id| self.course(id)))
    }

    /// A note as a sentence.
    pub fn note(&self, note: &Note) -> String {
        notes::note(note)
    }

    /// The notes of an answer as sentences.
    pub fn notes(&self, answer: &Answer) -> Vec<String> {
        answer.notes.iter().map(|note| self.note(note)).collect()
    }

    /// The name of a course; its id where the program no longer knows it.
    pub fn course<'b>(&self, id: &'b CourseId) -> &'b str
    where
        'a: 'b,
    {
        self.courses.iter().find(|course| course.id == *id).map_or(id.as_str(), |course| &course.name)
    }

    /// The names of courses as a list.
    pub fn courses(&self, ids: &[CourseId]) -> String {
        list(&ids.iter().map(|id| self.course(id)).collect::<Vec<_>>())
    }
}
