use std::{fmt, sync::Arc};

/// A fact about the data that somebody has to know: what is wrong, where, by which rule, and what to do.
///
/// Its text reads *where: what (got value); rule; remedy*, lower case, without a full stop:
///
/// ```
/// use coverage_map::domain::{Problem, Severity, Site};
/// let problem = Problem::new("unknown-region", Severity::Error, Site::line("assignments.csv", 14), "county does not exist")
///     .got("42999").rule("ids are five-digit GEOIDs").remedy("did you mean 42099 (Perry County, Pennsylvania)?");
/// assert_eq!(
///     problem.to_string(),
///     "assignments.csv:14: county does not exist (got \"42999\"); ids are five-digit GEOIDs; \
///      did you mean 42099 (Perry County, Pennsylvania)?"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub site: Site,
    /// The name of the check that found it, as `check --list` prints it.
    pub check: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub what: String,
    /// The value that was found.
    pub got: Option<String>,
    /// The rule that it breaks.
    pub rule: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
    /// Other places that belong to it, such as the first of two duplicates.
    pub related: Vec<Site>,
    /// The source line that it is about, for people to look at.
    pub excerpt: Option<Excerpt>,
}

/// A line of a file, and the part of it that a problem is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    /// The line, without its end; a window of it when it is very long.
    pub text: String,
    /// Where the part begins, as a byte offset into `text`.
    pub start: usize,
    /// Where the part ends, as a byte offset into `text`; never before `start`.
    pub end: usize,
}

/// A rule that data is held to, with the name under which its problems are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name, as `check --list` prints it.
    pub name: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// The rule in one sentence.
    pub sentence: &'static str,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The data cannot be used as it is.
    Error,
    /// The data can be used, and somebody should look.
    Warning,
}

/// How the place of a row within its table begins.
const ROW: &str = "row '";

/// A place in a file, or in a table of a database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// Name of the file within its folder, or of the table.
    pub file: Arc<str>,
    /// Line, counted from 1.
    pub line: Option<u32>,
    /// Column, counted in characters from 1.
    pub column: Option<u32>,
    /// A place within a structured file, `feature 12 (id 06037), ring 0`, or a row of a table, `row 'puget-sound-cs-hub'`.
    pub within: Option<String>,
}

impl Problem {
    /// A problem with no more than its place and its name.
    pub fn new(check: &'static str, severity: Severity, site: Site, what: impl Into<String>) -> Self {
        Self { site, check, severity, what: what.into(), got: None, rule: None, remedy: None, related: Vec::new(), excerpt: None }
    }

    /// With the value that was found.
    #[must_use]
    pub fn got(mut self, value: impl Into<String>) -> Self {
        self.got = Some(value.into());
        self
    }

    /// With the rule that is broken.
    #[must_use]
    pub fn rule(mut self, rule: impl Into<String>) -> Self {
        self.rule = Some(rule.into());
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// With another place that belongs to it.
    #[must_use]
    pub fn related(mut self, site: Site) -> Self {
        self.related.push(site);
        self
    }
}

/// A table of checks: a constant for each, and the list of all of them as `CHECKS`.
macro_rules! table_of_checks {
    ($($constant:ident $severity:ident $name:literal $sentence:literal)*) => {
        $(
            #[doc = $sentence]
            pub const $constant: $crate::domain::Check = $crate::domain::Check {
                name: $name,
                severity: $crate::domain::Severity::$severity,
                sentence: $sentence,
            };
        )*

        /// Every check of this layer, in the order of the table.
        pub const CHECKS: &[$crate::domain::Check] = &[$($constant),*];
    };
}

pub(crate) use table_of_checks;

impl Check {
    /// A problem that this check found.
    pub fn at(&self, site: Site, what: impl Into<String>) -> Problem {
        Problem::new(self.name, self.severity, site, what)
    }
}

impl Site {
    /// A file as a whole.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), line: None, column: None, within: None }
    }

    /// A line of a file.
    pub fn line(file: impl Into<Arc<str>>, line: u32) -> Self {
        Self { line: Some(line), ..Self::file(file) }
    }

    /// A row of a table in a database, by its key: such tables have no lines.
    pub fn row(table: impl Into<Arc<str>>, key: &str) -> Self {
        Self { within: Some(format!("{ROW}{key}'")), ..Self::file(table) }
    }

    /// A place within a structured file.
    #[must_use]
    pub fn within(mut self, place: impl Into<String>) -> Self {
        let place = place.into();
        self.within = Some(match self.within.filter(|within| within.starts_with(ROW)) {
            Some(row) => format!("{row}, {place}"),
            None => place,
        });
        self
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        let Some(within) = &self.within else { return Ok(()) };
        let between = if within.starts_with(ROW) { " " } else { ": " };
        write!(f, "{between}{within}")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.site, self.what)?;
        if let Some(got) = &self.got {
            write!(f, " (got {got:?})")?;
        }
        for part in [&self.rule, &self.remedy].into_iter().flatten() {
            write!(f, "; {part}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}
