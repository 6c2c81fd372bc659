//! The log of the service, on the standard error.

use std::{
    io::{BufWriter, IsTerminal, stderr},
    time::Duration,
};

use clap::ValueEnum;
use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
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

/// How many lines may wait to be written; what comes beyond them is lost, and counted.
const MOST_WAITING: usize = 1 << 16;

/// How often it is looked whether lines were lost.
const LOOK: Duration = Duration::from_secs(5);

/// A log that is written by a thread of its own; what waits is written when this is dropped.
pub struct Log {
    lost: ErrorCounter,
    _writer: WorkerGuard,
}

/// Begins to log to the standard error.
///
/// A log that cannot be written (its disk is full, its reader is gone or reads no more) is no reason to stop answering: lines
/// are lost then.
pub fn begin(wanted: Option<&str>, format: LogFormat) -> Log {
    let filter = EnvFilter::new(wanted.unwrap_or(USUAL));
    // Written when nothing more waits, so that many lines cost one call.
    let (out, writer) = NonBlockingBuilder::default().buffered_lines_limit(MOST_WAITING).finish(BufWriter::new(stderr()));
    let lost = out.error_counter();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(out).log_internal_errors(false);
    // A second subscriber in the same process is refused; the first one stays.
    let _ = match format {
        LogFormat::Text => log.with_ansi(stderr().is_terminal()).try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
    };
    Log { lost, _writer: writer }
}

impl Log {
    /// Says from time to time how many lines were lost: in the log, when it can be written again, and to who counts.
    pub fn losses(&self) -> impl Future<Output = ()> + Send + 'static {
        let lost = self.lost.clone();
        async move {
            let mut told = 0;
            loop {
                tokio::time::sleep(LOOK).await;
                let all = lost.dropped_lines();
                metrics::counter!("coverage_map_log_lines_lost_total").absolute(all as u64);
                if all > told {
                    tracing::warn!(lines = all - told, "lines of the log came faster than they could be written, and are lost");
                    told = all;
                }
            }
        }
    }
}
