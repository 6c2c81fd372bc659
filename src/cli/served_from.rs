//! Where a service has its data from: two folders that are watched, or a depot of snapshots that is followed.

use std::{path::Path, sync::Arc, time::Duration};

use axum::body::Bytes;

use super::{Common, Serving, Trouble, load, release};
use crate::{
    clock::Clock,
    http::{App, Desk, Origin},
    release::{self as snapshots, Follower},
    reload::{self, Board, GoAhead, Pace, Reloader},
    snapshot::Snapshot,
    source::Folders,
};

/// Where the data comes from.
pub enum Source {
    /// From folders; gone once they are watched.
    Folders(Names, Option<Box<Folders>>),
    /// From a depot; gone once it is followed.
    Depot(Names, Option<Box<Follower>>),
}

/// What people are told of the places.
pub struct Names {
    geography: String,
    program: String,
}

/// What looks for new data; it ends when this is dropped.
pub enum Watching {
    /// Nothing: the data is built in.
    Nothing,
    /// The folders.
    Folders(reload::Watch),
    /// The depot.
    Depot(snapshots::Watch),
}

impl Source {
    /// Loads the data for the first time.
    pub fn open(common: &Common, serving: &Serving) -> Result<(Self, Arc<Snapshot>), Trouble> {
        if common.snapshots.is_none() {
            let mut folders = load::folders(common);
            let snapshot = load::snapshot_of(&mut folders)?;
            let names = Names { geography: load::geography(common).to_string(), program: load::program(common).to_string() };
            return Ok((Self::Folders(names, Some(Box::new(folders))), snapshot));
        }
        let depot = release::depot(common)?;
        let follower = Follower::begin(depot, serving.snapshots_cache.clone(), load::clock(common)).map_err(release::trouble)?;
        let (snapshot, place) = (follower.snapshot().clone(), follower.place().to_owned());
        let beat = follower.followed().beat();
        let id = beat.map_or_else(String::new, |beat| beat.serving.short().to_owned());
        Ok((Self::Depot(Names { geography: place, program: format!("snapshot {id}") }, Some(Box::new(follower))), snapshot))
    }

    /// Where the geography is, for people.
    pub fn geography(&self) -> &str {
        let (Self::Folders(names, _) | Self::Depot(names, _)) = self;
        &names.geography
    }

    /// Where the program is, for people.
    pub fn program(&self) -> &str {
        let (Self::Folders(names, _) | Self::Depot(names, _)) = self;
        &names.program
    }

    /// What operators are told; of folders, only those on disk can change.
    pub fn origin(&self) -> Origin {
        let of = |geography: String, program: String, watched| Origin {
            geography,
            program,
            watched,
            board: Board::default(),
            followed: None,
        };
        match self {
            Self::Folders(_, Some(folders)) => {
                let [geography, program] = [folders.geography(), folders.program()];
                let watched = geography.can_change() || program.can_change();
                of(geography.name().into_owned(), program.name().into_owned(), watched)
            }
            Self::Depot(_, Some(follower)) => Origin {
                board: follower.board().clone(),
                followed: Some(follower.followed().clone()),
                ..of(String::new(), String::new(), true)
            },
            Self::Folders(_, None) | Self::Depot(_, None) => of(String::new(), String::new(), false),
        }
    }

    /// The staff area, with the folders that drafts are tried on; a replica has none.
    pub fn desk(&self, desk: Desk, common: &Common) -> Desk {
        match self {
            Self::Folders(..) => desk.with_folders(load::folders(common)),
            Self::Depot(..) => desk,
        }
    }

    /// What fetches the pages that were rendered where the first snapshot was built.
    pub fn pages(&self) -> Box<dyn FnOnce() -> Option<Bytes> + Send> {
        match self {
            Self::Depot(_, Some(follower)) => {
                let fetch = follower.pages();
                Box::new(move || fetch().map(Bytes::from))
            }
            _ => Box::new(|| None),
        }
    }

    /// Begins to look for new data.
    pub fn watch(
        &mut self,
        app: &Arc<App>,
        state: Option<&Path>,
        origin: &Origin,
        clock: Clock,
        poll: Duration,
    ) -> Result<Watching, Trouble> {
        let publisher = app.clone();
        let failed = |error| Trouble::Io("the thread that looks for new data".to_owned(), error);
        match self {
            Self::Folders(_, folders) => match folders.take().filter(|_| origin.watched) {
                Some(folders) => {
                    let serving = app.current().snapshot.clone();
                    let (board, go_ahead) = (origin.board.clone(), state.map(GoAhead::new));
                    let publish = Box::new(move |snapshot| publisher.swap(snapshot));
                    let parts = reload::Parts { folders: *folders, serving, clock, board, publish, go_ahead };
                    let pace = Pace::default();
                    reload::Watch::start(Reloader::new(parts, pace.settle), pace).map(Watching::Folders).map_err(failed)
                }
                None => Ok(Watching::Nothing),
            },
            Self::Depot(_, follower) => match follower.take() {
                Some(follower) => {
                    let publish = move |snapshot, pages: Option<Vec<u8>>| publisher.swap_with(snapshot, pages.map(Bytes::from));
                    snapshots::follow(*follower, poll, publish).map(Watching::Depot).map_err(failed)
                }
                None => Ok(Watching::Nothing),
            },
        }
    }
}

impl Watching {
    /// Looks now.
    pub fn ask(&self) {
        match self {
            Self::Nothing => tracing::info!("nothing to reload: the data is built in"),
            Self::Folders(watch) => watch.ask(),
            Self::Depot(watch) => watch.ask(),
        }
    }
}
