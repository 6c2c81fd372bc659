//! A builder that stays: it builds whenever the program changes and when a day begins, and outlives whatever goes away.

use std::{io, process, thread};

use jiff::{civil::Date, tz::TimeZone};
use tokio::{
    runtime::Builder as Runtime,
    signal::unix::{SignalKind, signal},
};

use super::{
    Common, Outcome, Serving, Trouble,
    build::{Wanted, built},
    load, log,
    release::{activate, trouble},
};
use crate::{
    domain::{Generation, Severity},
    release::{self, Depot, SnapshotId},
    reload::{Pace, keep_looking},
    source::{Files, Folders, LoadError},
};

/// How often files that keep changing are read again before they are left alone for a while.
const MOST_READINGS: u32 = 40;

struct Builder<'a> {
    common: &'a Common,
    depot: &'a dyn Depot,
    wanted: &'a Wanted,
    serving: &'a Serving,
    folders: Folders,
    done: Option<Done>,
    /// What went wrong the last time: the same again is no news.
    fault: Option<String>,
}

/// What was dealt with: this data, on this day.
struct Done {
    generation: Generation,
    zone: TimeZone,
    day: Date,
}

/// Builds now, and from then on whenever there is something new, until it is told to stop.
pub fn keep_building(common: &Common, depot: &dyn Depot, wanted: &Wanted, serving: &Serving) -> Result<Outcome, Trouble> {
    let _log = log::begin(serving.log.as_deref(), serving.log_format.unwrap_or_default());
    end_when_told().map_err(|error| Trouble::Io("the signals to stop".to_owned(), error))?;
    let folders = load::folders(common);
    let mut builder = Builder { common, depot, wanted, serving, folders, done: None, fault: None };
    keep_looking(&load::folders(common), Pace::default(), || builder.look());
    Ok(Outcome::Clean)
}

/// Ends the process when it is told to stop, whatever is under way: half of a snapshot is none. The first process of a container
/// would not end by itself.
fn end_when_told() -> io::Result<()> {
    let runtime = Runtime::new_current_thread().enable_all().build()?;
    let signals = {
        let _entered = runtime.enter();
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    let wait = move || {
        let (mut interrupt, mut terminate) = signals;
        runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        });
        process::exit(0)
    };
    thread::Builder::new().name("stop".to_owned()).spawn(wait).map(drop)
}

impl Builder<'_> {
    /// Builds where there is something new; what goes wrong is said once, and tried again at the next look.
    fn look(&mut self) {
        match self.step() {
            Ok(()) => {
                if self.fault.take().is_some() {
                    tracing::info!("nothing is wrong any more");
                }
            }
            Err(trouble) => {
                let fault = told(&trouble);
                if self.fault.as_ref() != Some(&fault) {
                    tracing::error!("nothing is built, what is served stays: {fault}");
                }
                self.fault = Some(fault);
            }
        }
    }

    fn step(&mut self) -> Result<(), Trouble> {
        let Some(files) = self.news()? else { return Ok(()) };
        let generation = files.generation().clone();
        let (id, snapshot) = built(self.common, self.depot, self.wanted, self.serving, &mut self.folders, files)?;
        if self.wanted.activate && !self.is_served(&id)? {
            activate(self.common, self.depot, id, self.wanted.go_ahead)?;
        }
        let zone = snapshot.info().time_zone.clone();
        self.done = Some(Done { generation, day: load::day(self.common, snapshot.info()), zone });
        Ok(())
    }

    /// The files, once they rest; none where they were dealt with today.
    fn news(&self) -> Result<Option<Files>, Trouble> {
        let mut found = self.folders.read()?;
        if self.done.as_ref().is_some_and(|done| self.is_done(done, &found)) {
            return Ok(None);
        }
        for _ in 0..MOST_READINGS {
            thread::sleep(Pace::default().settle);
            let again = self.folders.read()?;
            if again.generation() == found.generation() {
                return Ok(Some(again));
            }
            found = again;
        }
        Err(Trouble::Usage("the files keep changing; they are read again later".to_owned()))
    }

    fn is_done(&self, done: &Done, files: &Files) -> bool {
        done.generation == *files.generation() && load::clock(self.common).today(&done.zone) == done.day
    }

    /// Whether somebody, or an earlier builder, has activated it already: then nothing has to move.
    fn is_served(&self, id: &SnapshotId) -> Result<bool, Trouble> {
        let pointer = release::current(self.depot).map_err(trouble)?.pointer;
        Ok(pointer.is_some_and(|pointer| pointer.snapshot() == id))
    }
}

/// What went wrong, in a line of the log.
fn told(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Load(LoadError { path, error, rule, .. }) => format!("{path}: {error}; {rule}"),
        Trouble::Refused(problems) => {
            let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
            let first = errors.first().map(ToString::to_string).unwrap_or_default();
            format!("{first} (errors: {}; coverage-map check lists them)", errors.len())
        }
        other => other.to_string().trim().trim_start_matches("error: ").to_owned(),
    }
}
