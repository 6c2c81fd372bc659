use std::{
    collections::BTreeMap,
    fmt,
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter, clock::Clock as _};
use jiff::Timestamp;

use crate::{
    source::Folders,
    store::{Asked, Broken, Entry, Outcome, Store},
};

/// How many refused tries a minute get a row of their own in the audit log; more are counted together. Tokens cannot be
/// guessed, but the log must not fill the disk.
const ROWS_A_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(29);

/// What the staff area stands on: the state, the folders on which drafts are tried, and what is counted until it is written.
pub struct Desk {
    store: Option<Store>,
    /// Whether there is a state that cannot be used.
    pub(super) is_broken: bool,
    /// Drafts are tried on these.
    pub(in crate::http) folders: Option<Mutex<Folders>>,
    /// Open counties that were asked about; `None` where that is not counted.
    pub(in crate::http) asked: Option<Asked>,
    rows: DefaultDirectRateLimiter,
    uncounted: Mutex<BTreeMap<&'static str, (Outcome, u64)>>,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("open", &self.store.is_some()).finish_non_exhaustive()
    }
}

impl Desk {
    /// A staff area on a state; closed without one.
    pub fn new(store: Option<Store>) -> Self {
        let rows = RateLimiter::direct(Quota::per_minute(ROWS_A_MINUTE));
        Self { store, is_broken: false, folders: None, asked: None, rows, uncounted: Mutex::default() }
    }

    /// A staff area whose state cannot be used: nobody is let in.
    pub fn broken() -> Self {
        Self { is_broken: true, ..Self::new(None) }
    }

    /// With folders on which drafts can be tried.
    #[must_use]
    pub fn with_folders(self, folders: Folders) -> Self {
        Self { folders: Some(Mutex::new(folders)), ..self }
    }

    /// With a count of the open counties that are asked about.
    #[must_use]
    pub fn counting_demand(self) -> Self {
        Self { asked: self.store.is_some().then(Asked::default), ..self }
    }

    /// The state, where there is one.
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// Writes what was counted in memory.
    pub fn flush(&self, now: Timestamp) {
        let Some(store) = &self.store else { return };
        let demand = self.asked.as_ref().map_or(Ok(()), |asked| asked.flush(store));
        let written = demand.and_then(|()| self.note_uncounted(store, now));
        if let Err(error) = written {
            tracing::error!(%error, "the state cannot be written");
        }
    }

    /// Notes a try that was refused. While there are too many of them, they are counted together, and those who try
    /// wrong tokens are told how many seconds to wait.
    pub(super) fn refused(&self, entry: Entry) -> Option<u64> {
        let store = self.store.as_ref()?;
        if let Err(wait) = self.rows.check() {
            let mut uncounted = self.uncounted.lock().unwrap_or_else(PoisonError::into_inner);
            uncounted.entry(entry.outcome.name()).or_insert((entry.outcome, 0)).1 += 1;
            let seconds = wait.wait_time_from(governor::clock::DefaultClock::default().now()).as_secs() + 1;
            return Some(seconds);
        }
        if let Err(error) = store.note(&entry) {
            tracing::error!(%error, "the audit log cannot be written");
        }
        None
    }

    fn note_uncounted(&self, store: &Store, at: Timestamp) -> Result<(), Broken> {
        let counted = std::mem::take(&mut *self.uncounted.lock().unwrap_or_else(PoisonError::into_inner));
        counted.into_values().try_for_each(|(outcome, times)| {
            let what = "several addresses".to_owned();
            store.note(&Entry { at, who: None, what, outcome, detail: None, times, generation: None })
        })
    }
}
