//! The languages of the pages: one for each file in `static/languages`, chosen by the address alone.

use std::{collections::HashMap, sync::LazyLock};

use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, static_loader};

static_loader! {
    static MESSAGES = {
        locales: "./static/languages",
        fallback_language: "en",
        // No marks that nobody sees: names are compared, copied and searched for.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// All languages, the fallback first, then by tag.
static ALL: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut known: Vec<_> = MESSAGES.locales().map(|id| Known { tag: id.to_string(), id: id.clone() }).collect();
    known.sort_by_key(|language| (language.id != *MESSAGES.fallback(), language.tag.clone()));
    known
});

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Known {
    tag: String,
    id: LanguageIdentifier,
}

/// A language that the pages speak.
///
/// ```
/// use coverage_map::render::Language;
/// let (language, path) = Language::of_path("/es/partners");
/// assert_eq!((language.tag(), path), ("es", "/partners"));
/// assert_eq!(Language::of_path("/partners"), (Language::default(), "/partners"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static Known);

impl Default for Language {
    /// English: the language of the addresses without a prefix, and of everything that is missing in another one.
    fn default() -> Self {
        Self(&ALL[0])
    }
}

impl Language {
    /// All languages, English first.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(Self)
    }

    /// The tag of the language (BCP 47).
    pub fn tag(self) -> &'static str {
        &self.0.tag
    }

    /// What stands before every path in this language: `/es`; nothing in English.
    pub fn prefix(self) -> String {
        if self == Self::default() { String::new() } else { format!("/{}", self.tag()) }
    }

    /// The language of a path, and the path without its prefix.
    pub fn of_path(path: &str) -> (Self, &str) {
        let first = path.strip_prefix('/').and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let other = Self::all().skip(1).find(|language| language.tag() == first);
        match other.map(|language| (language, &path[1 + first.len()..])) {
            Some((language, "")) => (language, "/"),
            Some(found) => found,
            None => (Self::default(), path),
        }
    }

    /// A message with its values put in; the English one where this language has none.
    pub(super) fn message(self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let values: HashMap<&str, FluentValue<'_>> = values.iter().cloned().collect();
        let of = |language: Self| MESSAGES.lookup_single_language(&language.0.id, id, Some(&values)).ok();
        of(self).or_else(|| of(Self::default())).unwrap_or_else(|| id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_comes_first_and_has_no_prefix() {
        let all: Vec<_> = Language::all().map(|language| (language.tag(), language.prefix())).collect();
        assert_eq!(all[..2], [("en", String::new()), ("es", "/es".to_owned())]);
    }

    #[test]
    fn only_a_whole_first_step_of_a_path_is_a_language() {
        let spanish = Language::of_path("/es").0;
        assert_eq!(spanish.tag(), "es");
        for (path, language, rest) in [
            ("/es", spanish, "/"),
            ("/es/", spanish, "/"),
            ("/es/partners", spanish, "/partners"),
            ("/es/es", spanish, "/es"),
            ("/estates", Language::default(), "/estates"),
            ("/en/partners", Language::default(), "/en/partners"),
            ("es", Language::default(), "es"),
            ("", Language::default(), ""),
        ] {
            assert_eq!(Language::of_path(path), (language, rest), "{path}");
        }
    }
}
