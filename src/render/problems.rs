//! Problems of the data and the checks that find them, for programs and spreadsheets.

use serde::Serialize;

use crate::domain::{Check, Problem, Severity, Site};

/// What `check` found.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The problems, sorted by place.
    pub problems: &'a [Problem],
    /// How many more there are that are not for the reader to mend.
    pub not_shown: usize,
}

#[derive(Serialize)]
struct ProblemsWire<'a> {
    errors: usize,
    warnings: usize,
    not_shown: usize,
    problems: Vec<ProblemWire<'a>>,
}

#[derive(Serialize)]
struct ProblemWire<'a> {
    severity: String,
    check: &'a str,
    site: SiteWire<'a>,
    what: &'a str,
    got: Option<&'a str>,
    rule: Option<&'a str>,
    remedy: Option<&'a str>,
    related: Vec<SiteWire<'a>>,
}

#[derive(Serialize)]
struct SiteWire<'a> {
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    within: Option<&'a str>,
}

#[derive(Serialize)]
struct CheckWire<'a> {
    name: &'a str,
    severity: String,
    sentence: &'a str,
}

fn site(site: &Site) -> SiteWire<'_> {
    SiteWire { file: &site.file, line: site.line, column: site.column, within: site.within.as_deref() }
}

fn problem(problem: &Problem) -> ProblemWire<'_> {
    ProblemWire {
        severity: problem.severity.to_string(),
        check: problem.check,
        site: site(&problem.site),
        what: &problem.what,
        got: problem.got.as_deref(),
        rule: problem.rule.as_deref(),
        remedy: problem.remedy.as_deref(),
        related: problem.related.iter().map(site).collect(),
    }
}

/// Problems as JSON, with how many there are; `docs/checks.md` describes the shape.
///
/// # Errors
/// Never in practice: the wire shape holds only text and numbers.
pub fn json(&Findings { problems, not_shown }: &Findings<'_>) -> Result<String, serde_json::Error> {
    let of = |severity: Severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let wire = ProblemsWire {
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        not_shown,
        problems: problems.iter().map(problem).collect(),
    };
    serde_json::to_string_pretty(&wire).map(|json| json + "\n")
}

/// Problems as a table.
///
/// # Errors
/// Never in practice: it is written to memory.
pub fn csv(problems: &[Problem]) -> Result<String, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["severity", "check", "file", "line", "problem"])?;
    for problem in problems {
        let line = problem.site.line.map(|line| line.to_string()).unwrap_or_default();
        let (severity, whole) = (problem.severity.to_string(), super::csv::neutral(problem.to_string()));
        table.write_record([severity.as_str(), problem.check, &problem.site.file, &line, &whole])?;
    }
    let bytes = table.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The checks as JSON.
///
/// # Errors
/// Never in practice: the wire shape holds only text.
pub fn checks_json<'a>(checks: impl IntoIterator<Item = &'a Check>) -> Result<String, serde_json::Error> {
    let wire: Vec<_> = checks
        .into_iter()
        .map(|check| CheckWire { name: check.name, severity: check.severity.to_string(), sentence: check.sentence })
        .collect();
    serde_json::to_string_pretty(&wire).map(|json| json + "\n")
}
