use super::{Common, Format, Outcome, Trouble, load, outcome::say, snippets};
use crate::{
    checks,
    domain::{Check, Problem, Severity},
    render::{
        problems::{self, Findings},
        words::count,
    },
    snapshot::Snapshot,
    source::{self, Embedded, Folder},
};

/// Lists every problem in the files, and every finding about the data as a whole.
pub fn check(common: &Common, strict: bool, all: bool) -> Result<Outcome, Trouble> {
    let (geography, program) = (load::geography(common), load::program(common));
    let loaded = source::load(&geography, &program)?;
    let mut found = loaded.problems;
    let is_refused = loaded.dataset.is_none();
    if let Some(dataset) = loaded.dataset {
        let day = load::day(common, &dataset.program.info);
        found.extend(checks::findings(&Snapshot::new(dataset), day));
        source::quote(&mut found, &program)?;
        found.sort_unstable();
    }
    // What is odd about the geography that is built in is not for every program to mend.
    let is_silent = !all && geography == Folder::Embedded(Embedded::UnitedStates);
    let known = found.len();
    found.retain(|problem| !is_silent || source::is_of_program(problem) || problem.severity == Severity::Error);
    let findings = Findings { problems: &found, not_shown: known - found.len() };
    say(&match common.format {
        Format::Text => people(&findings, is_refused),
        Format::Json => problems::json(&findings).map_err(|error| Trouble::Usage(error.to_string()))?,
        Format::Csv => problems::csv(&found).map_err(|error| Trouble::Usage(error.to_string()))?,
        Format::Geojson => return Err(Trouble::Usage("--format: check writes text, json or csv (got \"geojson\")".to_owned())),
    })?;
    let counts = |problem: &Problem| strict || problem.severity == Severity::Error;
    Ok(if found.iter().any(counts) { Outcome::Findings } else { Outcome::Clean })
}

fn people(findings: &Findings<'_>, is_refused: bool) -> String {
    let of = |severity: Severity| findings.problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let mut text = snippets::show(findings.problems);
    if is_refused {
        text += "Overlaps, slivers and days that have passed are looked for once there are no errors.\n";
    }
    if findings.not_shown > 0 {
        let hidden = count(findings.not_shown, "warning", "warnings");
        text += &format!("{hidden} about the geography that is built in not shown; coverage-map check --all shows them\n");
    }
    text + &format!("{}, {}\n", count(errors, "error", "errors"), count(warnings, "warning", "warnings"))
}

/// Every check there is: those of the files, then those of the data as a whole.
fn table() -> impl Iterator<Item = &'static Check> {
    source::CHECKS.iter().chain(checks::CHECKS)
}

/// Lists the checks themselves.
pub fn list(format: Format) -> Result<Outcome, Trouble> {
    let width = table().map(|check| check.name.len()).max().unwrap_or(0);
    let line = |check: &Check| format!("{:width$}  {:7}  {}\n", check.name, check.severity, check.sentence);
    say(&match format {
        Format::Text => table().map(line).collect(),
        Format::Json => problems::checks_json(table()).map_err(|error| Trouble::Usage(error.to_string()))?,
        Format::Csv | Format::Geojson => {
            return Err(Trouble::Usage("--format: check --list writes text or json".to_owned()));
        }
    })?;
    Ok(Outcome::Clean)
}
