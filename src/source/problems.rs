//! The problems of one file while it is read.

use std::collections::HashMap;

use crate::domain::{Problem, Severity};

/// How many problems of one kind a file may have before the rest is only counted.
const MOST_OF_A_KIND: usize = 500;

/// Collects problems; keeps a file of rubbish from filling the memory with them.
#[derive(Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
    kinds: HashMap<&'static str, usize>,
    left_out: HashMap<&'static str, (Problem, usize)>,
}

impl Problems {
    /// One more.
    pub fn push(&mut self, problem: Problem) {
        let known = self.kinds.entry(problem.check).or_default();
        *known += 1;
        if *known <= MOST_OF_A_KIND {
            self.list.push(problem);
        } else {
            self.left_out.entry(problem.check).or_insert((problem, 0)).1 += 1;
        }
    }

    /// All of them, also of what was only counted.
    pub fn into_vec(mut self) -> Vec<Problem> {
        for (mut problem, more) in self.left_out.into_values() {
            problem.what = format!("{} ({more} of this kind from here on)", problem.what);
            self.list.push(problem);
        }
        self.list
    }

    /// Whether one of them keeps the data from being used.
    pub fn are_fatal(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }
}
