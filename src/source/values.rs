//! Cells to values: dates, numbers, words, names and links.

use std::{str::FromStr, sync::Arc};

use jiff::civil::Date;

use super::{checks, problems::Problems, table::Cell};
use crate::domain::Term;

impl<'r> Cell<'r> {
    /// Its text; `None` when it is empty.
    pub fn filled(&self) -> Option<&'r str> {
        Some(self.text).filter(|text| !text.is_empty())
    }

    /// Its text; a problem and `None` when it is empty.
    pub fn needed(&self, problems: &mut Problems) -> Option<&'r str> {
        if self.text.is_empty() {
            let problem = self.problem(&checks::EMPTY_CELL, format!("{} is empty", self.column));
            problems.push(problem.remedy("fill it in, or remove the row"));
        }
        self.filled()
    }

    /// Whatever can be read from its text, such as a code; a problem and `None` when it is empty or malformed.
    pub fn parsed<T: FromStr<Err: std::fmt::Display>>(&self, problems: &mut Problems) -> Option<T> {
        match self.needed(problems)?.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let rule = error.to_string();
                // The errors of codes read "what (got value); rule", and the value is the cell's.
                let rule = rule.split_once("; ").map_or(rule.as_str(), |(_, rule)| rule).to_owned();
                problems.push(self.problem(&checks::BAD_CODE, format!("invalid {}", self.column)).rule(rule));
                None
            }
        }
    }

    /// A decimal number within a range; `None` when it is empty.
    pub fn number(&self, least: f64, most: f64, problems: &mut Problems) -> Option<f64> {
        let text = self.filled()?;
        let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
        match text.parse::<f64>() {
            Ok(number) if plain && (least..=most).contains(&number) => Some(number + 0.0),
            _ => {
                let range = if most == f64::INFINITY { format!("{least} or more") } else { format!("from {least} to {most}") };
                let problem = self.problem(&checks::BAD_NUMBER, format!("invalid {}", self.column));
                problems.push(problem.rule(format!("it is a plain decimal number, {range}")));
                None
            }
        }
    }

    /// A count; `None` when it is empty.
    pub fn count(&self, problems: &mut Problems) -> Option<u64> {
        let text = self.filled()?;
        let plain = text.bytes().all(|b| b.is_ascii_digit());
        // No country has more people; sums of such counts stay exact in floating point.
        match text.parse::<u64>() {
            Ok(number) if plain && number <= 100_000_000_000 => Some(number),
            _ => {
                let problem = self.problem(&checks::BAD_NUMBER, format!("invalid {}", self.column));
                problems.push(problem.rule("it is a whole number without separators"));
                None
            }
        }
    }

    /// A date; `None` when it is empty.
    pub fn date(&self, problems: &mut Problems) -> Option<Date> {
        let text = self.filled()?;
        match date(text) {
            Ok(date) => Some(date),
            Err(rule) => {
                problems.push(self.problem(&checks::BAD_DATE, format!("invalid {}", self.column)).rule(rule));
                None
            }
        }
    }

    /// Text that is shown to people; `None` when it is empty.
    pub fn shown(&self, problems: &mut Problems) -> Option<Arc<str>> {
        let text = self.filled()?;
        if let Some(unseen) = text.chars().find(|&c| is_unseen(c)) {
            let what = format!("{} has the character U+{:04X}, which is not seen", self.column, u32::from(unseen));
            problems.push(self.problem(&checks::BAD_TEXT, what).remedy("type it anew"));
            return None;
        }
        if text.starts_with(['=', '+', '@']) || (text.starts_with('-') && text.len() > 1) {
            let problem = self.problem(&checks::FORMULA, format!("{} starts like a formula", self.column));
            problems.push(problem.rule("spreadsheets run such cells; it is kept as text"));
        }
        Some(text.into())
    }

    /// A list, separated by vertical bars; each item with its text.
    pub fn items(&self) -> impl Iterator<Item = &'r str> {
        self.text.split('|').map(str::trim).filter(|item| !item.is_empty())
    }
}

/// A day from `YYYY-MM-DD`, or the rule that the text breaks.
pub fn date(text: &str) -> Result<Date, String> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    if form {
        return text.parse().map_err(|_| "there is no such day in the calendar".to_owned());
    }
    let slashed = text.contains('/') && text.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    Err(if slashed {
        "dates are written YYYY-MM-DD; day and month cannot be told apart in other forms".to_owned()
    } else {
        "dates are written YYYY-MM-DD, such as 2026-07-01".to_owned()
    })
}

/// The days from one cell to another.
pub fn term(starts_on: Cell<'_>, ends_on: Cell<'_>, problems: &mut Problems) -> Term {
    let term = Term { starts_on: starts_on.date(problems), ends_on: ends_on.date(problems) };
    if term.is_empty() {
        let what = format!("{} lies before {}", ends_on.column, starts_on.column);
        problems.push(ends_on.problem(&checks::TERM, what).rule(format!("{} is {}", starts_on.column, starts_on.text)));
    }
    term
}

/// Whether a character is not seen, or changes the direction of those around it.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}')
}

/// The rule that a link breaks, if it breaks one; `mailto` where somebody may be written to.
pub fn link_fault(link: &str, mailto: bool) -> Option<&'static str> {
    let rule = if mailto { "links start with https://, http:// or mailto:" } else { "links start with https:// or http://" };
    let lower = link.to_ascii_lowercase();
    if let Some(address) = lower.strip_prefix("mailto:") {
        return if mailto && is_email(address) { None } else { Some(rule) };
    }
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let Some(rest) = rest else { return Some(rule) };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || host.starts_with('.') {
        return Some("links name a host, such as https://example.org");
    }
    if host.contains('@') {
        return Some("links carry no user name");
    }
    link.chars()
        .any(|c| c.is_whitespace() || is_unseen(c) || matches!(c, '<' | '>' | '"' | '\\' | '`' | '{' | '}'))
        .then_some("links have no blanks, quotes or brackets")
}

/// Whether text has the form of an address for e-mail: one `@`, a name before it, a host with a dot behind it.
pub fn is_email(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_.~".contains(c);
    text.len() <= 254
        && text.split_once('@').is_some_and(|(name, host)| {
            let labels =
                || host.split('.').map(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
            !name.is_empty() && name.chars().all(allowed) && labels().count() > 1 && labels().all(|fine| fine)
        })
}
