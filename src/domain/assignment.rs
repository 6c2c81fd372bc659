use std::{fmt, sync::Arc};

use jiff::civil::Date;

use super::{CourseId, PartnerId, RegionId, Site};

/// A row of `assignments.csv`: a partner serves a region, for some or all courses, for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// Who serves.
    pub partner: PartnerId,
    /// What is served.
    pub region: RegionId,
    /// For which courses; empty means all that the partner offers.
    pub courses: Vec<CourseId>,
    /// Whether the partner leads or funds.
    pub role: Role,
    /// Whether it is in force or under review.
    pub standing: Standing,
    /// The days on which it holds.
    pub term: Term,
    /// When staff want to look at it again.
    pub review_by: Option<Date>,
    /// Remarks of staff; never public.
    pub notes: Option<Arc<str>>,
    /// Where it is written.
    pub origin: Origin,
}

/// What a partner does in a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Runs the program there; an empty role.
    Lead,
    /// Pays, and joins the lead; never serves alone.
    Funding,
}

/// Whether an assignment is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// In force; an empty status.
    Active,
    /// An application under review.
    Pending,
}

/// A span of days; both ends belong to it, either may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Term {
    /// The first day; open when absent.
    pub starts_on: Option<Date>,
    /// The last day; open when absent.
    pub ends_on: Option<Date>,
}

/// A line of a file of the program, or a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Name of the file within the program's folder, or of the table.
    pub file: Arc<str>,
    /// Line, counted from 1; the header is line 1. Of a row of a table, its number in the order of keys, counted likewise.
    pub line: u32,
    /// The key of the row; `None` in files.
    pub row: Option<Arc<str>>,
}

impl Term {
    /// Whether the day belongs to the span.
    ///
    /// ```
    /// use coverage_map::domain::Term;
    /// use jiff::civil::date;
    /// let term = Term { starts_on: None, ends_on: Some(date(2026, 6, 30)) };
    /// assert!(term.holds(date(2026, 6, 30)) && !term.holds(date(2026, 7, 1)));
    /// ```
    pub fn holds(&self, day: Date) -> bool {
        self.starts_on.is_none_or(|first| first <= day) && self.ends_on.is_none_or(|last| day <= last)
    }

    /// The days that belong to both spans; may be empty (then it holds no day).
    pub fn and(&self, other: &Self) -> Self {
        Self {
            starts_on: self.starts_on.max(other.starts_on),
            ends_on: match (self.ends_on, other.ends_on) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    /// Whether no day belongs to the span.
    pub fn is_empty(&self) -> bool {
        matches!((self.starts_on, self.ends_on), (Some(first), Some(last)) if last < first)
    }

    /// Whether some day belongs to both spans.
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.and(other).is_empty()
    }
}

impl Origin {
    /// The line or row as the place of a problem.
    pub fn site(&self) -> Site {
        match &self.row {
            None => Site::line(self.file.clone(), self.line),
            Some(key) => Site::row(self.file.clone(), key),
        }
    }

    /// Where it is within its file or table, as people say it: `line 14`.
    pub fn here(&self) -> String {
        match &self.row {
            None => format!("line {}", self.line),
            Some(key) => format!("row '{key}'"),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.site().fmt(f)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Lead => "lead",
            Self::Funding => "funding",
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn term(starts: Option<Date>, ends: Option<Date>) -> Term {
        Term { starts_on: starts, ends_on: ends }
    }

    #[test]
    fn both_ends_belong_to_a_span() {
        let june = term(Some(date(2026, 6, 1)), Some(date(2026, 6, 30)));
        assert!(june.holds(date(2026, 6, 1)) && june.holds(date(2026, 6, 30)));
        assert!(!june.holds(date(2026, 5, 31)) && !june.holds(date(2026, 7, 1)));
    }

    #[test]
    fn a_hand_over_on_the_next_day_does_not_overlap_and_one_on_the_same_day_does() {
        let old = term(None, Some(date(2026, 6, 30)));
        assert!(!old.overlaps(&term(Some(date(2026, 7, 1)), None)));
        assert!(old.overlaps(&term(Some(date(2026, 6, 30)), None)));
    }

    #[test]
    fn an_open_end_is_no_end() {
        let both = term(Some(date(2026, 1, 1)), None).and(&term(None, Some(date(2026, 2, 1))));
        assert_eq!(both, term(Some(date(2026, 1, 1)), Some(date(2026, 2, 1))));
        assert!(term(None, None).and(&term(None, None)).holds(Date::MIN));
    }
}
