//! Values of TOML files: every one of them knows where it stands.

use std::{ops::Range, sync::Arc};

use jiff::civil::Date;
use toml::Spanned;

use super::{checks, file::SourceFile, problems::Problems, values};
use crate::domain::{Check, Problem};

/// A problem of a stretch of a settings file.
pub fn at(check: &Check, file: &SourceFile, span: Range<usize>, what: impl Into<String>) -> Problem {
    let mut problem = check.at(file.place(span.start), what);
    problem.excerpt = Some(file.excerpt(span.start, span.end));
    problem
}

/// Text that is shown to people; a problem and `None` when it has characters that are not seen.
pub fn shown(file: &SourceFile, key: &str, value: &Spanned<String>, problems: &mut Problems) -> Option<Arc<str>> {
    let text = value.get_ref().trim();
    if let Some(unseen) = text.chars().find(|&c| values::is_unseen(c)) {
        let what = format!("{key} has the character U+{:04X}, which is not seen", u32::from(unseen));
        problems.push(at(&checks::BAD_TEXT, file, value.span(), what).remedy("type it anew"));
        return None;
    }
    Some(text.into())
}

/// A day, as TOML's own local date or as text; a problem and `None` when it is none.
pub fn date(file: &SourceFile, key: &str, value: &Spanned<toml::Value>, problems: &mut Problems) -> Option<Date> {
    let text = match value.get_ref() {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match values::date(&text) {
        Ok(date) => Some(date),
        Err(rule) => {
            let problem = at(&checks::BAD_DATE, file, value.span(), format!("invalid {key}"));
            problems.push(problem.got(text).rule(rule));
            None
        }
    }
}

/// A link that may be followed; a problem and `None` when it may not.
pub fn link(file: &SourceFile, key: &str, value: &Spanned<String>, problems: &mut Problems) -> Option<Arc<str>> {
    let text = value.get_ref().trim();
    if let Some(rule) = values::link_fault(text, true) {
        problems.push(at(&checks::BAD_LINK, file, value.span(), format!("invalid link {key}")).got(text).rule(rule));
        return None;
    }
    Some(text.into())
}
