//! Looks at the folders when something happens in them, when somebody asks, and now and then.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf, absolute},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, NoCache, new_debouncer_opt,
    notify::{
        Config, EventKind, RecommendedWatcher, RecursiveMode,
        event::{AccessKind, AccessMode},
    },
};

use super::{Reloader, go_ahead};
use crate::source::Folders;

/// How fast a change is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Events that come within this time are one.
    pub debounce: Duration,
    /// Files are believed when they stay the same for this time.
    pub settle: Duration,
    /// The folders are looked at this often even if nothing is heard of them: networks tell nothing of changes.
    pub poll: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { debounce: Duration::from_millis(200), settle: Duration::from_millis(300), poll: Duration::from_secs(15) }
    }
}

/// A thread that looks at the folders; it ends when this is dropped.
pub struct Watch {
    wake: Sender<Wake>,
}

pub(super) enum Wake {
    Changed,
    Asked,
    Stop,
}

impl Watch {
    /// Begins to look, at once and from then on.
    ///
    /// # Errors
    /// When there can be no thread for it.
    pub fn start(reloader: Reloader, pace: Pace) -> io::Result<Self> {
        let (wake, wakes) = channel();
        let own = wake.clone();
        let look = move || {
            let accepted = reloader.go_ahead.as_ref().map(|go_ahead| go_ahead.folder().to_owned());
            let senses = Senses::new(&reloader.folders, accepted.as_deref(), &own, pace);
            let mut reloader = reloader;
            run(senses, &wakes, pace, |Asked(asked)| _ = if asked { reloader.check_again() } else { reloader.check() });
        };
        thread::Builder::new().name("reload".to_owned()).spawn(look)?;
        Ok(Self { wake })
    }

    /// Asks to look now, and to say what is found even if it is known.
    pub fn ask(&self) {
        // A thread that is gone has said why.
        let _ = self.wake.send(Wake::Asked);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.wake.send(Wake::Stop);
    }
}

/// Looks at folders now, whenever something happens in them, and now and then; it does not end.
pub fn keep_looking(folders: &Folders, pace: Pace, mut look: impl FnMut()) {
    let (wake, wakes) = channel();
    let senses = Senses::new(folders, None, &wake, pace);
    run(senses, &wakes, pace, |_| look());
}

/// Looks at once and whenever it is woken, until it is told to stop.
fn run(mut senses: Senses, wakes: &Receiver<Wake>, pace: Pace, mut look: impl FnMut(Asked)) {
    look(Asked(false));
    loop {
        senses.eyes.follow();
        let first = match wakes.recv_timeout(pace.poll) {
            Ok(wake) => wake,
            Err(RecvTimeoutError::Timeout) => Wake::Changed,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let mut asked = false;
        for wake in [first].into_iter().chain(wakes.try_iter()) {
            match wake {
                Wake::Stop => return,
                Wake::Asked => asked = true,
                Wake::Changed => {}
            }
        }
        look(Asked(asked));
    }
}

/// Whether somebody asked for a look.
struct Asked(bool);

/// What tells of changes in folders.
struct Senses {
    eyes: Eyes,
    #[cfg(feature = "postgis")]
    _ear: Option<super::ear::Ear>,
}

impl Senses {
    fn new(folders: &Folders, accepted: Option<&Path>, wake: &Sender<Wake>, pace: Pace) -> Self {
        Self {
            eyes: Eyes::new(folders, accepted, wake, pace),
            #[cfg(feature = "postgis")]
            _ear: super::ear::Ear::new(folders.program(), wake.clone()),
        }
    }
}

/// What is watched: the folders, and the places where they could be replaced as a whole.
struct Eyes {
    debouncer: Option<Debouncer<RecommendedWatcher, NoCache>>,
    places: Vec<Place>,
}

/// A folder that is watched, or is to be.
struct Place {
    path: PathBuf,
    mode: RecursiveMode,
    /// The device and number of the folder that is watched.
    watched: Option<(u64, u64)>,
}

impl Eyes {
    fn new(folders: &Folders, accepted: Option<&Path>, wake: &Sender<Wake>, pace: Pace) -> Self {
        let folders = [folders.geography(), folders.program()];
        let folders: Vec<PathBuf> =
            folders.into_iter().filter_map(|folder| folder.path()).filter_map(|p| absolute(p).ok()).collect();
        let accepted = accepted.and_then(|folder| absolute(folder).ok());
        let mut places: Vec<Place> = folders.iter().map(|path| Place::new(path, RecursiveMode::Recursive)).collect();
        let above = folders.iter().filter_map(|folder| folder.parent()).chain(accepted.as_deref());
        for path in above {
            if places.iter().all(|place| place.path != path) {
                places.push(Place::new(path, RecursiveMode::NonRecursive));
            }
        }
        let mut of_interest = folders;
        of_interest.extend(accepted.map(|folder| folder.join(go_ahead::ACCEPTED)));
        Self { debouncer: debouncer(of_interest, wake.clone(), pace.debounce), places }
    }

    /// Watches what is not watched yet, and what has taken the place of what was.
    fn follow(&mut self) {
        let Some(debouncer) = &mut self.debouncer else { return };
        for place in &mut self.places {
            let there = fs::metadata(&place.path).ok().map(|found| (found.dev(), found.ino()));
            if there == place.watched {
                continue;
            }
            if place.watched.take().is_some() {
                // What is gone is watched no longer by itself.
                let _ = debouncer.unwatch(&place.path);
            }
            if there.is_some() {
                match debouncer.watch(&place.path, place.mode) {
                    Ok(()) => place.watched = there,
                    Err(error) => tracing::warn!(%error, "a folder cannot be watched; it is looked at now and then"),
                }
            }
        }
    }
}

impl Place {
    fn new(path: &Path, mode: RecursiveMode) -> Self {
        Self { path: path.to_owned(), mode, watched: None }
    }
}

fn debouncer(
    of_interest: Vec<PathBuf>,
    wake: Sender<Wake>,
    debounce: Duration,
) -> Option<Debouncer<RecommendedWatcher, NoCache>> {
    let heard = move |events: DebounceEventResult| {
        let news = events.as_ref().map_or(true, |events| events.iter().any(|event| is_news(event, &of_interest)));
        if news {
            // Nobody listens any more: the watch has ended.
            let _ = wake.send(Wake::Changed);
        }
    };
    match new_debouncer_opt(debounce, None, heard, NoCache::new(), Config::default()) {
        Ok(debouncer) => Some(debouncer),
        Err(error) => {
            tracing::warn!(%error, "folders cannot be watched; they are looked at now and then");
            None
        }
    }
}

/// Whether something was written, moved or removed; reading is no news, or a reload would wake itself.
fn is_news(event: &DebouncedEvent, of_interest: &[PathBuf]) -> bool {
    let only_read = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
    let concerns = |path: &PathBuf| of_interest.iter().any(|place| path.starts_with(place));
    !only_read && (event.paths.is_empty() || event.paths.iter().any(concerns))
}
