//! Everything that is said about an answer, in the language of who reads it: functions of typed values.
//!
//! The sentences stand in `static/languages`; here is which of them is said when, and with which values.
//! "No partner", "no such ZIP", "outside", "several things" and "something failed" are different answers and
//! never share words.

mod english;
mod failure;
mod map;
mod meaning;
mod notes;
mod quantities;
mod site;
mod step;
mod subject;
#[cfg(test)]
mod tests;
mod verdict;

use fluent_templates::fluent_bundle::FluentValue;
use jiff::civil::Date;

pub use english::{count, failure_rule, reason, thousands};
pub use meaning::{meaning, remedy};
pub use step::Step;

use super::{Language, links::Way};
use crate::domain::{Course, CourseId};

/// What all sentences need: the language, and the names of the courses.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    language: Language,
    courses: &'a [Course],
}

impl<'a> Words<'a> {
    /// English words for a program that teaches these courses.
    pub fn new(courses: &'a [Course]) -> Self {
        Self { language: Language::default(), courses }
    }

    /// The same in a language.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A message that needs no values.
    pub fn text(&self, id: &str) -> String {
        self.language.message(id, &[])
    }

    /// A message with texts put in.
    pub fn say(&self, id: &str, values: &[(&'static str, &str)]) -> String {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.language.message(id, &values)
    }

    /// A message about a number of things, with texts put in.
    pub fn count(&self, id: &str, count: usize, values: &[(&'static str, &str)]) -> String {
        let number = self.number(count as u64);
        let mut all = vec![("count", FluentValue::from(count)), ("number", FluentValue::from(number))];
        all.extend(values.iter().map(|(name, value)| (*name, FluentValue::from(*value))));
        self.language.message(id, &all)
    }

    /// The name of a course; its id where the program no longer knows it.
    pub fn course<'b>(&self, id: &'b CourseId) -> &'b str
    where
        'a: 'b,
    {
        self.courses.iter().find(|course| course.id == *id).map_or(id.as_str(), |course| &course.name)
    }

    /// The names of courses as a list; that all are meant, where it is empty.
    pub fn courses(&self, ids: &[CourseId]) -> String {
        match ids {
            [] => self.text("all-courses"),
            ids => self.list(&ids.iter().map(|id| self.course(id)).collect::<Vec<_>>()),
        }
    }

    /// The way to pages in this language about a course, on a day where one was asked for.
    pub fn way<'b>(&self, course: Option<&'b CourseId>, as_of: Option<Date>) -> Way<'b> {
        Way { language: self.language, course, as_of, ..Way::default() }
    }
}
