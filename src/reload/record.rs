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

    /// Puts up what a reload came to.
    pub fn put(&self, attempt: Attempt) {
        self.0.store(Some(Arc::new(attempt)));
    }
}
