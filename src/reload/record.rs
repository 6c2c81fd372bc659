//! What a reload came to, for operators.

use std::{fmt, sync::Arc, time::Duration};

use arc_swap::ArcSwapOption;
use jiff::Timestamp;

use super::Reason;
use crate::{domain::Generation, domain::Problem};

/// A reload and what came of it.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// When it ended.
    pub at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a reload.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The new data is served.
    TakenUp {
        /// Its name.
        generation: Generation,
        /// What it answers differently, in a few lines.
        headline: Vec<String>,
    },
    /// The files say what is served already.
    Unchanged,
    /// The files have errors.
    Refused {
        /// The name that their data would have.
        generation: Generation,
        /// Everything that was found in them.
        problems: Vec<Problem>,
    },
    /// A folder or file cannot be read.
    Unreadable {
        /// Which one, without the way to its folder.
        place: String,
        /// Which one, and why.
        message: String,
    },
    /// The files kept changing while they were read.
    Unsteady,
    /// The new data waits for a go-ahead.
    Held {
        /// Its name.
        generation: Generation,
        /// Why it waits.
        reasons: Vec<Reason>,
        /// What it would answer differently, in a few lines.
        headline: Vec<String>,
    },
    /// The reload itself broke off.
    Failed {
        /// What it said.
        message: String,
    },
}

impl Outcome {
    /// Its name in logs, metrics and data.
    pub fn name(&self) -> &'static str {
        match self {
            Self::TakenUp { .. } => "taken_up",
            Self::Unchanged => "unchanged",
            Self::Refused { .. } => "refused",
            Self::Unreadable { .. } => "unreadable",
            Self::Unsteady => "unsteady",
            Self::Held { .. } => "held",
            Self::Failed { .. } => "failed",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TakenUp { generation, .. } => write!(f, "generation {generation} is served now"),
            Self::Unchanged => f.write_str("the files say what is served already"),
            Self::Refused { .. } => f.write_str("the files have errors; the data before them is served on"),
            Self::Unreadable { message, .. } => write!(f, "{message}; the data before is served on"),
            Self::Unsteady => f.write_str("the files keep changing; they are read again when they rest"),
            Self::Held { generation, .. } => {
                write!(f, "generation {generation} waits for a go-ahead; coverage-map reload --accept {generation} gives it")
            }
            Self::Failed { message } => {
                write!(f, "the reload broke off ({message}); the data before is served on until the files change")
            }
        }
    }
}

/// The last reload, for everybody to read.
#[derive(Clone, Debug, Default)]
pub struct Board(Arc<ArcSwapOption<Attempt>>);

impl Board {
    /// The last reload, if there was one.
    pub fn last(&self) -> Option<Arc<Attempt>> {
        self.0.load_full()
    }

    /// Puts up what a reload came to, and says it in the log.
    pub fn tell(&self, attempt: Attempt) {
        let Attempt { took, outcome, .. } = &attempt;
        metrics::counter!("coverage_map_reloads_total", "result" => outcome.name()).increment(1);
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        match outcome {
            Outcome::TakenUp { headline, .. } => {
                tracing::info!(result = outcome.name(), millis, "reload: {outcome}");
                headline.iter().for_each(|line| tracing::info!("reload: {line}"));
            }
            Outcome::Unchanged => tracing::info!(result = outcome.name(), millis, "reload: {outcome}"),
            Outcome::Held { reasons, headline, .. } => {
                tracing::warn!(result = outcome.name(), millis, "reload: {outcome}");
                reasons.iter().for_each(|reason| tracing::warn!("reload: {reason}"));
                headline.iter().for_each(|line| tracing::info!("reload: {line}"));
            }
            Outcome::Refused { problems, .. } => {
                tracing::error!(result = outcome.name(), millis, "reload: {outcome}");
                problems.iter().for_each(|problem| tracing::error!("reload: {}: {problem}", problem.severity));
            }
            Outcome::Unreadable { .. } | Outcome::Unsteady | Outcome::Failed { .. } => {
                tracing::error!(result = outcome.name(), millis, "reload: {outcome}");
            }
        }
        self.put(attempt);
    }

    /// Puts up what a reload came to.
    pub fn put(&self, attempt: Attempt) {
        self.0.store(Some(Arc::new(attempt)));
    }
}
