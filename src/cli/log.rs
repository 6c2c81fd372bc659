use std::io::{IsTerminal, stderr};

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

/// What is logged where nothing is said.
const USUAL: &str = "coverage_map=info";

/// How lines of the log are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs: a JSON object a line.
    Json,
}

/// Reads what is to be logged.
pub fn filter(text: &str) -> Result<String, String> {
    let read = EnvFilter::try_new(text);
    read.map(|_| text.to_owned()).map_err(|error| format!("{error}; a filter is written coverage_map=debug"))
}

/// Begins to log to the standard error.
///
/// A log that cannot be written (its disk is full, its reader is gone) is no reason to stop answering: lines are lost.
pub fn begin(wanted: Option<&str>, format: LogFormat) {
    let filter = EnvFilter::new(wanted.unwrap_or(USUAL));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).log_internal_errors(false);
    // A second subscriber in the same process is refused; the first one stays.
    let _ = match format {
        LogFormat::Text => log.with_ansi(stderr().is_terminal()).try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
    };
}
