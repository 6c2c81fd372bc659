use super::{Common, Format, Outcome, Trouble, load, outcome::say, snippets};
use crate::{
    domain::{Problem, Severity},
    render::{problems, words::count},
    source::{self, CHECKS},
};

/// Lists every problem in the files.
pub fn check(common: &Common, strict: bool) -> Result<Outcome, Trouble> {
    let found = source::load(&load::geography(common), &load::program(common))?.problems;
    let text = match common.format {
        Format::Text => people(&found),
        Format::Json => problems::json(&found).map_err(|error| Trouble::Usage(error.to_string()))?,
        Format::Csv => problems::csv(&found).map_err(|error| Trouble::Usage(error.to_string()))?,
    };
    say(&text)?;
    let counts = |problem: &&Problem| strict || problem.severity == Severity::Error;
    Ok(if found.iter().any(|problem| counts(&problem)) { Outcome::Findings } else { Outcome::Clean })
}

fn people(found: &[Problem]) -> String {
    let of = |severity: Severity| found.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    format!("{}{}, {}\n", snippets::show(found), count(errors, "error", "errors"), count(warnings, "warning", "warnings"))
}

/// Lists the checks themselves.
pub fn list(format: Format) -> Result<Outcome, Trouble> {
    let width = CHECKS.iter().map(|check| check.name.len()).max().unwrap_or(0);
    let line = |check: &crate::domain::Check| format!("{:width$}  {:7}  {}\n", check.name, check.severity, check.sentence);
    say(&match format {
        Format::Text => CHECKS.iter().map(line).collect(),
        Format::Json => problems::checks_json(CHECKS).map_err(|error| Trouble::Usage(error.to_string()))?,
        Format::Csv => return Err(Trouble::Usage("--format: check --list writes text or json (got \"csv\")".to_owned())),
    })?;
    Ok(Outcome::Clean)
}
