//! New data without a restart: watch, read, check, build, and swap one pointer. A reload never makes things worse.
//!
//! Whatever is wrong with the files, the data before them is served on, and the log and `/status` say why. Files that
//! change while they are read are read again; what changes much waits for a go-ahead; a panic ends the one reload.

#[cfg(feature = "postgis")]
mod ear;
mod go_ahead;
mod hold;
mod record;
mod watch;

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

pub use go_ahead::{GoAhead, NotAccepted};
pub use hold::{Reason, reasons};
pub use record::{Attempt, Board, Outcome};
pub use watch::{Pace, Watch, keep_looking};

use crate::{
    clock::Clock,
    comparison::{Comparison, Side, compare},
    domain::Generation,
    render::comparison::headline,
    snapshot::Snapshot,
    source::{Files, Folders, LoadError},
};

/// How often files that keep changing are read again before the reload gives up until they change next.
const MOST_READINGS: u32 = 40;

/// Takes up new data when there is some.
pub struct Reloader {
    folders: Folders,
    serving: Arc<Snapshot>,
    clock: Clock,
    board: Board,
    publish: Box<dyn Fn(Arc<Snapshot>) + Send>,
    go_ahead: Option<GoAhead>,
    settle: Duration,
    pool: Option<rayon::ThreadPool>,
    /// What was found at the last look; the same again is no news.
    seen: Option<Seen>,
    held: Option<Arc<Snapshot>>,
}

/// What a look at the folders found.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Seen {
    Files(Generation),
    Unreadable(String),
    Unsteady,
}

/// What a reloader works with.
pub struct Parts {
    /// The folders that the present data came from.
    pub folders: Folders,
    /// The present data.
    pub serving: Arc<Snapshot>,
    /// The time.
    pub clock: Clock,
    /// Where it says what came of it.
    pub board: Board,
    /// Puts new data in the place of the present one.
    pub publish: Box<dyn Fn(Arc<Snapshot>) + Send>,
    /// Where a go-ahead can be given; `None` where there is no state folder.
    pub go_ahead: Option<GoAhead>,
}

impl Reloader {
    /// A reloader that lets files rest for a while before it believes them.
    ///
    /// It works on half of the cores at most, so that there are others to answer.
    pub fn new(parts: Parts, settle: Duration) -> Self {
        let Parts { folders, serving, clock, board, publish, go_ahead } = parts;
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads((cores / 2).max(1)).build().ok();
        let seen = Some(Seen::Files(serving.generation().clone()));
        if let Some(go_ahead) = &go_ahead {
            // What an earlier process waited for is no longer of interest.
            told(go_ahead.withdraw());
        }
        Self { folders, serving, clock, board, publish, go_ahead, settle, pool, seen, held: None }
    }

    /// Looks at the folders, and takes up what they say if it is new and sound; `None` where there is nothing new.
    pub fn check(&mut self) -> Option<Outcome> {
        self.contained(Self::look)
    }

    /// The same when somebody asks for it: what was found before is found again.
    pub fn check_again(&mut self) -> Option<Outcome> {
        self.seen = None;
        self.check()
    }

    /// Does something on the reload's own threads; a panic in it ends it, and is told.
    fn contained(&mut self, work: fn(&mut Self) -> Option<Outcome>) -> Option<Outcome> {
        let started = Instant::now();
        let pool = self.pool.take();
        let done = catch_unwind(AssertUnwindSafe(|| match &pool {
            Some(pool) => pool.install(|| work(self)),
            None => work(self),
        }));
        self.pool = pool;
        let outcome = done.unwrap_or_else(|panic| Some(Outcome::Failed { message: message(&*panic) }))?;
        self.tell(outcome.clone(), started.elapsed());
        Some(outcome)
    }

    fn look(&mut self) -> Option<Outcome> {
        let mut found = self.folders.read();
        if self.seen.as_ref() == Some(&seen(&found)) {
            return self.accepted();
        }
        for _ in 0..MOST_READINGS {
            let before = seen(&found);
            thread::sleep(self.settle);
            found = self.folders.read();
            if seen(&found) == before {
                self.seen = Some(before);
                return Some(self.take(found));
            }
        }
        self.let_go();
        let news = self.seen != Some(Seen::Unsteady);
        self.seen = Some(Seen::Unsteady);
        news.then_some(Outcome::Unsteady)
    }

    fn take(&mut self, found: Result<Files, LoadError>) -> Outcome {
        let files = match found {
            Ok(files) => files,
            Err(error) => {
                self.let_go();
                return Outcome::Unreadable { message: error.to_string(), place: error.place };
            }
        };
        let generation = files.generation().clone();
        if let Some(held) = self.held.clone().filter(|held| *held.generation() == generation) {
            return self.accepted().unwrap_or_else(|| self.judged(&held).1);
        }
        self.let_go();
        if generation == *self.serving.generation() {
            return Outcome::Unchanged;
        }
        let loaded = self.folders.load(files);
        let Some(dataset) = loaded.dataset else {
            return Outcome::Refused { generation, problems: loaded.problems };
        };
        let next = Arc::new(self.serving.succeeded_by(dataset));
        let (waits, outcome) = self.judged(&next);
        if !waits {
            self.take_up(next);
            return outcome;
        }
        if let Some(go_ahead) = &self.go_ahead {
            told(go_ahead.ask_for(&generation));
        }
        self.held = Some(next);
        outcome
    }

    /// Whether data has to wait, and what there is to say in either case.
    fn judged(&self, next: &Snapshot) -> (bool, Outcome) {
        let comparison = self.compared(next);
        let (generation, headline) = (next.generation().clone(), headline(&comparison));
        let reasons = reasons(&comparison, self.serving.info().hold_if_covered_people_fall_by);
        match reasons.is_empty() {
            true => (false, Outcome::TakenUp { generation, headline }),
            false => (true, Outcome::Held { generation, reasons, headline }),
        }
    }

    fn compared(&self, next: &Snapshot) -> Comparison {
        let day = self.clock.today(&next.info().time_zone);
        compare(Side { snapshot: &self.serving, day }, Side { snapshot: next, day })
    }

    /// Takes up what waits, if it has the go-ahead.
    fn accepted(&mut self) -> Option<Outcome> {
        let held = self.held.as_ref()?;
        if !self.go_ahead.as_ref()?.is_given_to(held.generation()) {
            return None;
        }
        let (generation, headline) = (held.generation().clone(), headline(&self.compared(held)));
        let next = held.clone();
        self.let_go();
        self.take_up(next);
        Some(Outcome::TakenUp { generation, headline })
    }

    fn take_up(&mut self, next: Arc<Snapshot>) {
        (self.publish)(next.clone());
        self.serving = next;
    }

    /// Nothing waits any more.
    fn let_go(&mut self) {
        if self.held.take().is_some()
            && let Some(go_ahead) = &self.go_ahead
        {
            told(go_ahead.withdraw());
        }
    }

    fn tell(&self, outcome: Outcome, took: Duration) {
        self.board.tell(Attempt { at: self.clock.now(), took, outcome });
    }
}

fn seen(found: &Result<Files, LoadError>) -> Seen {
    match found {
        Ok(files) => Seen::Files(files.generation().clone()),
        Err(error) => Seen::Unreadable(error.to_string()),
    }
}

/// A state folder that cannot be written keeps nobody from serving.
fn told(done: std::io::Result<()>) {
    if let Err(error) = done {
        tracing::warn!(%error, "the state folder cannot be written; no go-ahead can be given");
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}
