//! Where the problems of one feature go.

use super::ring::RingName;
use crate::{
    domain::{Check, Problem},
    source::file::SourceFile,
};

/// Takes the problems of one feature.
pub struct Reporter<'f> {
    /// The file.
    pub file: &'f SourceFile,
    /// Where the feature starts, in bytes.
    pub offset: usize,
    /// The feature, in words.
    pub within: String,
    /// The ring that is looked at.
    pub ring: Option<RingName>,
    /// What was found.
    pub found: Vec<Problem>,
}

impl Reporter<'_> {
    /// One more problem, with whatever else there is to say about it.
    pub fn add(&mut self, check: &Check, what: impl Into<String>, more: impl FnOnce(Problem) -> Problem) {
        let within = self.ring.map_or(self.within.clone(), |ring| format!("{}, {ring}", self.within));
        let mut problem = more(check.at(self.file.place(self.offset).within(within), what));
        problem.excerpt = Some(self.file.excerpt(self.offset, self.offset + 1));
        self.found.push(problem);
    }

    /// One more problem, of a ring.
    pub fn add_to(&mut self, ring: RingName, check: &Check, what: impl Into<String>, more: impl FnOnce(Problem) -> Problem) {
        self.ring = Some(ring);
        self.add(check, what, more);
        self.ring = None;
    }
}
