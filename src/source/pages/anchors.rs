//! The ids of a page: what its headings are called, and what its blocks bring.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::{
    domain::Site,
    source::{checks, file::SourceFile, problems::Problems, settings},
};

/// The ids that the frame of every page has.
const FRAME: [&str; 2] = ["content", "top"];

/// The ids of a page so far, and where each first stood.
#[derive(Debug, Default)]
pub struct Anchors(BTreeMap<Arc<str>, Site>);

impl Anchors {
    /// One more; a problem where it stood before, or is the frame's.
    pub fn add(&mut self, name: &str, at: Range<usize>, file: &SourceFile, problems: &mut Problems) {
        let frame = FRAME.contains(&name);
        if name.is_empty() || name.contains(char::is_whitespace) || (frame || self.0.contains_key(name)) {
            let what =
                if name.is_empty() { "the heading has no letters to make an anchor of" } else { "the anchor stands twice" };
            let mut problem = settings::at(&checks::DUPLICATE_ANCHOR, file, at, what).got(name);
            problem = match self.0.get(name) {
                Some(first) => problem.related(first.clone()),
                None if frame => problem.rule(format!("{} belong to the frame of every page", FRAME.join(" and "))),
                None => problem,
            };
            problems.push(problem.remedy("name the heading by {#another-name} at its end"));
            return;
        }
        self.0.insert(name.into(), file.place(at.start));
    }

    /// All of them, with those of the frame.
    pub fn into_vec(self) -> Vec<Arc<str>> {
        self.0.into_keys().chain(FRAME.map(Arc::from)).collect()
    }
}

/// The anchor of a heading that names none: its letters and digits, stable as long as its words are.
pub fn of_text(text: &str) -> Arc<str> {
    let plain = deunicode::deunicode(text).to_ascii_lowercase();
    let words: Vec<_> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_plain_letters_and_digits() {
        assert_eq!(&*of_text("¿Qué hace un socio?"), "que-hace-un-socio");
        assert_eq!(&*of_text("Year 1: four workshops"), "year-1-four-workshops");
    }
}
