//! How the service is, for operators: what it serves, since when, and what the last reload came to.

use std::time::Duration;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::domain::{Check, Generation, Problem, Severity};

/// How the service is.
#[derive(Clone, Debug)]
pub struct Status<'a> {
    /// The data that is served.
    pub generation: &'a Generation,
    /// Since when.
    pub loaded_at: Option<Timestamp>,
    /// The day that answers are about.
    pub as_of: Date,
    /// How a replica stands that follows a depot.
    pub snapshot: Option<Followed<'a>>,
    /// Where the data comes from; `None` where nobody said.
    pub folders: Option<Folders<'a>>,
    /// How much there is of what, by name.
    pub counts: Vec<(&'static str, usize)>,
    /// The last reload, if there was one.
    pub reload: Option<Reload<'a>>,
}

/// How a replica stands that follows built snapshots.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Followed<'a> {
    /// The snapshot that is served.
    pub id: &'a str,
    /// How often it was decided what is served, when this was.
    pub sequence: u64,
    /// The snapshot that should be served, where that is another one.
    pub wanted: Option<&'a str>,
    /// For how long it should have been, in seconds.
    pub lag_seconds: u64,
    /// When the depot was last looked at.
    #[serde(serialize_with = "as_moment")]
    pub looked_at: Timestamp,
    /// Whether what is served is this machine's own copy, because the depot was away.
    pub from_cache: bool,
    /// What is wrong with the depot, or with the snapshot that should be served.
    pub fault: Option<&'a str>,
}

fn as_moment<S: serde::Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&moment(*at))
}

/// The folders that the data comes from, by their last names alone: where they are is nobody's business.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Folders<'a> {
    /// The folder with the geography.
    pub geography: &'a str,
    /// The folder with the program.
    pub program: &'a str,
    /// Whether changes in them are taken up.
    pub watched: bool,
}

/// A reload and what came of it.
#[derive(Clone, Debug)]
pub struct Reload<'a> {
    /// When it ended.
    pub at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// What came of it, in a word.
    pub result: &'static str,
    /// What came of it, in a sentence.
    pub message: String,
    /// The data that waits for a go-ahead.
    pub waiting: Option<&'a Generation>,
    /// Why it waits.
    pub reasons: Vec<String>,
    /// What changes, in a few lines.
    pub changes: &'a [String],
    /// What was found in the files.
    pub problems: &'a [Problem],
    /// How much is told of each problem.
    pub detail: Detail<'a>,
}

/// How much is told of a problem: its words may quote what is not public, such as an applicant's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail<'a> {
    /// The place, and the rule that is broken as `check --list` prints it.
    Rule(&'a [Check]),
    /// All of it.
    Full,
}

impl Detail<'_> {
    /// A problem in one line.
    pub fn line(&self, problem: &Problem) -> String {
        match self {
            Self::Full => problem.to_string(),
            Self::Rule(checks) => {
                let rule = checks.iter().find(|check| check.name == problem.check).map_or(problem.check, |check| check.sentence);
                let site = &problem.site;
                let numbers = [site.line, site.column].into_iter().flatten().map(|number| format!(":{number}"));
                format!("{}{}: {}: {rule}", site.file, numbers.collect::<String>(), problem.check)
            }
        }
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    generation: &'a str,
    loaded_at: Option<String>,
    as_of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<Followed<'a>>,
    folders: Option<Folders<'a>>,
    counts: serde_json::Map<String, serde_json::Value>,
    waiting: Option<&'a str>,
    reload: Option<ReloadWire<'a>>,
}

#[derive(Serialize)]
struct ReloadWire<'a> {
    at: String,
    took_ms: u64,
    result: &'a str,
    message: &'a str,
    reasons: &'a [String],
    changes: &'a [String],
    errors: usize,
    warnings: usize,
    problems: Vec<String>,
}

/// How the service is, as JSON.
///
/// # Errors
/// Never in practice: the wire shape holds only text and whole numbers.
pub fn json(status: &Status) -> Result<String, serde_json::Error> {
    let wire = Wire {
        generation: status.generation.as_str(),
        loaded_at: status.loaded_at.map(moment),
        as_of: status.as_of.to_string(),
        snapshot: status.snapshot,
        folders: status.folders,
        counts: status.counts.iter().map(|(name, number)| ((*name).to_owned(), (*number).into())).collect(),
        waiting: status.reload.as_ref().and_then(|reload| reload.waiting).map(Generation::as_str),
        reload: status.reload.as_ref().map(reload),
    };
    serde_json::to_string_pretty(&wire).map(|json| json + "\n")
}

fn reload<'a>(reload: &'a Reload<'_>) -> ReloadWire<'a> {
    let of = |severity: Severity| reload.problems.iter().filter(|problem| problem.severity == severity).count();
    ReloadWire {
        at: moment(reload.at),
        took_ms: u64::try_from(reload.took.as_millis()).unwrap_or(u64::MAX),
        result: reload.result,
        message: &reload.message,
        reasons: &reload.reasons,
        changes: reload.changes,
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        problems: reload
            .problems
            .iter()
            .map(|problem| format!("{}: {}", problem.severity, reload.detail.line(problem)))
            .collect(),
    }
}

/// A moment to the second, in UTC (RFC 3339).
pub fn moment(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}
