use super::{Common, Format, Outcome, Trouble, load, outcome::say, snippets};
use crate::{
    domain::{Problem, Severity},
    render::{problems, words::count},
    source::{self, CHECKS},
};

/// Lists every problem in the files.
pub fn check(common: &Common, strict: bool) -> Result<Outcome, Trouble> {
    let (geography, program) = (load::geography(common), load::program(common));
    let found = source::load(&geography, &program)?.problems;
    let text = match common.format {
        Format::Text => people(&found, &snippets::Sources::new([program, geography])),
        Format::Json => problems::json(&found).map_err(|error| Trouble::Usage(error.to_string()))?,
        Format::Csv => problems::csv(&found).map_err(|error| Trouble::Usage(error.to_string()))?,
    };
    say(&text)?;
    let counts = |problem: &&Problem| strict || problem.severity == Severity::Error;
    Ok(if found.iter().any(|problem| counts(&problem)) { Outcome::Findings } else { Outcome::Clean })
}

fn people(found: &[Problem], sources: &snippets::Sources) -> String {
    let mut text: String = found.iter().map(|problem| sources.show(problem) + "\n").collect();
    let of = |severity: Severity| found.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    text += &format!("{}, {}\n", count(errors, "error", "errors"), count(warnings, "warning", "warnings"));
    text
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
