use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use arc_swap::ArcSwap;
use axum::body::Bytes;
use jiff::{Timestamp, civil::Date};
use sha2::{Digest, Sha256};

use super::{
    Desk, FrameAncestor, Meter, PublicUrl,
    assets::Files,
    grounds::Grounds,
    policy::Policy,
    prepared::{self, Prepared},
    queue::Queue,
};
use crate::{
    atlas::{self, Atlas, Map},
    clock::Clock,
    domain::Course,
    lookup::Scope,
    release::Followed,
    reload::{Attempt, Board},
    render::{html::Site, links::Way},
    snapshot::{Recent, Snapshot},
};

/// How many drawn maps of other days, courses and places are kept.
const MAPS_KEPT: usize = 80;

/// For how many prefixes of ZIPs the answers are kept that are not prepared: of other days and courses.
const PREFIXES_KEPT: usize = 100;

/// What the service serves from: the present generation, and the day.
pub struct App {
    current: ArcSwap<Current>,
    clock: Clock,
    public_url: Option<PublicUrl>,
    ready: AtomicBool,
    origin: Option<Origin>,
    meter: Option<Meter>,
    frame_ancestors: Vec<FrameAncestor>,
    desk: Option<Desk>,
}

/// Where the data comes from, and how that goes.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The last name of the folder with the geography.
    pub geography: String,
    /// The last name of the folder with the program.
    pub program: String,
    /// Whether changes are taken up.
    pub watched: bool,
    /// What the last reload came to.
    pub board: Board,
    /// How a replica stands that follows a depot; `None` where the data comes from folders.
    pub followed: Option<Followed>,
}

/// The kinds of work that take a core for long. Prepared pages and answers pass them by.
#[derive(Debug)]
pub(super) struct Queues {
    /// Maps of rare days and places, and pictures.
    pub drawing: Queue,
    /// Reports about the whole country, and what would be if …
    pub reports: Queue,
    /// Tables of questions.
    pub tables: Queue,
}

impl Default for Queues {
    /// One of each kind at once: a core each, and others to answer. A table may wait for a client that takes it slowly, so
    /// that others must not wait for it.
    fn default() -> Self {
        Self { drawing: Queue::new("drawing", 1, 16), reports: Queue::new("report", 1, 8), tables: Queue::new("table", 4, 4) }
    }
}

/// One generation, with what is made from it once.
pub struct Current {
    /// The data.
    pub snapshot: Arc<Snapshot>,
    /// Since when it is served.
    pub loaded_at: Option<Timestamp>,
    /// The files beside the pages, in the program's colours.
    pub files: Files,
    /// Drawn when it is first needed, and kept as long as the land is the same.
    pub(super) atlas: Arc<OnceLock<Atlas>>,
    /// The maps of the country and the states for the day, and those of other days, courses and places.
    pub(super) standing_maps: Recent<(atlas::Scope, Scope), Map>,
    pub(super) maps: Recent<(atlas::Scope, Scope), Map>,
    /// The answers of all ZIPs with the same three digits, where they are not prepared.
    pub(super) zip_answers: Recent<(String, Scope), Option<String>>,
    /// Answers for positions, by the ground that they stand on.
    pub(super) grounds: Grounds,
    /// What is ready to be sent.
    pub(super) prepared: Prepared,
    /// A short name for what is told to the service beside the data and stands in its pages, for their tags.
    pub(super) told: OnceLock<String>,
    /// Whose turn it is to do what takes long.
    pub(super) queues: Arc<Queues>,
}

impl App {
    /// Serves from a snapshot; on a fixed day for previews and tests, else on the present day.
    pub fn new(snapshot: Arc<Snapshot>, fixed_day: Option<Date>) -> Self {
        Self::with_clock(snapshot, fixed_day.map_or_else(Clock::system, Clock::on))
    }

    /// Makes everything from a snapshot at once, on a day: nobody waits for one thing while another is made.
    pub(super) fn unhurried(snapshot: Arc<Snapshot>, day: Date) -> Self {
        let app = Self::new(snapshot.clone(), Some(day));
        let queues = Arc::new(Queues { drawing: Queue::new("drawing", usize::MAX, 0), ..Queues::default() });
        app.current.store(Arc::new(Current { queues, ..Current::new(snapshot) }));
        app.current().prepared.begin(day);
        app
    }

    /// Serves from a snapshot, on the day that a clock shows.
    pub fn with_clock(snapshot: Arc<Snapshot>, clock: Clock) -> Self {
        let current = Current { loaded_at: Some(clock.now()), ..Current::new(snapshot) };
        say_generation(None, &current);
        Self {
            current: ArcSwap::from_pointee(current),
            clock,
            ready: AtomicBool::new(true),
            origin: None,
            public_url: None,
            meter: None,
            frame_ancestors: Vec::new(),
            desk: None,
        }
    }

    /// With where the data comes from.
    #[must_use]
    pub fn with_origin(self, origin: Origin) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// Where the data comes from, where that was said.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The last reload, if there was one.
    pub fn last_reload(&self) -> Option<Arc<Attempt>> {
        self.origin.as_ref().and_then(|origin| origin.board.last())
    }

    /// With what the staff area stands on.
    #[must_use]
    pub fn with_desk(self, desk: Desk) -> Self {
        Self { desk: Some(desk), ..self }
    }

    /// What the staff area stands on, where there is one.
    pub fn desk(&self) -> Option<&Desk> {
        self.desk.as_ref()
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// With the address by which the world knows it.
    #[must_use]
    pub fn at(mut self, public_url: Option<PublicUrl>) -> Self {
        let told = public_url.as_ref().map_or_else(String::new, |url| format!("-{}", short_name(url.as_str())));
        // It is said once, before anything is served.
        let _ = self.current().told.set(told);
        self.public_url = public_url;
        self
    }

    /// The address by which the world knows it, where that has been said.
    pub fn public_url(&self) -> Option<&PublicUrl> {
        self.public_url.as_ref()
    }

    /// With the sites that may show embeds in a frame; all where none is named.
    #[must_use]
    pub fn framed_by(self, frame_ancestors: Vec<FrameAncestor>) -> Self {
        Self { frame_ancestors, ..self }
    }

    /// What browsers may do with its responses.
    pub(super) fn policy(&self) -> Policy {
        Policy::new(&self.frame_ancestors, self.public_url())
    }

    /// With what is counted, for operators to read.
    #[must_use]
    pub fn metered(self, meter: Option<Meter>) -> Self {
        Self { meter, ..self }
    }

    /// What is counted, where anything is.
    pub(super) fn meter(&self) -> Option<&Meter> {
        self.meter.as_ref()
    }

    /// For how long the present generation has been served.
    pub(super) fn age(&self) -> Option<Duration> {
        let loaded_at = self.current().loaded_at?;
        Duration::try_from(self.clock.now().duration_since(loaded_at)).ok()
    }

    /// The present generation.
    pub fn current(&self) -> Arc<Current> {
        self.current.load_full()
    }

    /// Puts a new generation in the place of the present one; requests under way keep theirs.
    ///
    /// The map that is asked for most is drawn before, so that nobody waits for it.
    pub fn swap(&self, snapshot: Arc<Snapshot>) {
        self.swap_with(snapshot, None);
    }

    /// The same, with the pages that were rendered where the snapshot was built.
    pub fn swap_with(&self, snapshot: Arc<Snapshot>, pages: Option<Bytes>) {
        let next = Current { loaded_at: Some(self.clock.now()), ..self.current().succeeded_by(snapshot) };
        // Where too many wait for maps already, it is drawn when it is asked for.
        let _ = next.map(atlas::Scope::Country, &Scope { as_of: self.today(&next), course: None });
        if let Some(pages) = pages {
            prepared::stock(self, &next, pages);
        }
        say_generation(Some(&self.current()), &next);
        self.current.store(Arc::new(next));
    }

    /// Puts a generation in its place as it is.
    #[cfg(test)]
    pub(super) fn put(&self, current: Current) {
        self.current.store(Arc::new(current));
    }

    /// Whether new requests are welcome.
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Relaxed)
    }

    /// Says that no new requests are welcome, because the service is about to stop.
    pub fn close(&self) {
        self.ready.store(false, Ordering::Relaxed);
    }

    /// Today in the program's time zone.
    pub fn today(&self, current: &Current) -> Date {
        self.clock.today(&current.snapshot.info().time_zone)
    }
}

/// Says which generation is served, for dashboards.
fn say_generation(before: Option<&Current>, next: &Current) {
    let name = |current: &Current| current.snapshot.generation().to_string();
    if let Some(before) = before {
        metrics::gauge!("coverage_map_generation_info", "generation" => name(before)).set(0.0);
    }
    metrics::gauge!("coverage_map_generation_info", "generation" => name(next)).set(1.0);
    let loaded_at = next.loaded_at.map_or(0.0, |at| at.as_second() as f64);
    metrics::gauge!("coverage_map_generation_loaded_timestamp_seconds").set(loaded_at);
}

impl Current {
    /// Makes from a snapshot what is made from it once.
    pub fn new(snapshot: Arc<Snapshot>) -> Self {
        Self::drawn_from(snapshot, Arc::default(), Arc::default())
    }

    /// The same for the next snapshot; what was drawn of the land is kept where the land is the same.
    pub fn succeeded_by(&self, snapshot: Arc<Snapshot>) -> Self {
        let same_land = Arc::ptr_eq(self.snapshot.land(), snapshot.land());
        let atlas = if same_land { self.atlas.clone() } else { Arc::default() };
        Self { told: self.told.clone(), ..Self::drawn_from(snapshot, atlas, self.queues.clone()) }
    }

    fn drawn_from(snapshot: Arc<Snapshot>, atlas: Arc<OnceLock<Atlas>>, queues: Arc<Queues>) -> Self {
        // Two days of them: around midnight both are asked for.
        let standing = (snapshot.land().geography().states.len() + 1) * 2;
        Self {
            files: Files::new(&snapshot.info().theme),
            snapshot,
            loaded_at: None,
            atlas,
            standing_maps: Recent::new(standing),
            maps: Recent::new(MAPS_KEPT),
            zip_answers: Recent::new(PREFIXES_KEPT),
            grounds: Grounds::default(),
            prepared: Prepared::default(),
            told: OnceLock::new(),
            queues,
        }
    }

    /// What the program teaches.
    pub fn courses(&self) -> &[Course] {
        &self.snapshot.info().courses
    }

    /// What every page says on a day, to who came on this way and asked for this path and query.
    pub fn site<'a>(&'a self, as_of: Date, way: Way<'a>, address: &'a str) -> Site<'a> {
        Site {
            program: self.snapshot.info(),
            geography: self.snapshot.land().geography(),
            generation: self.snapshot.generation(),
            as_of,
            stylesheet: &self.files.stylesheet.path,
            script: &self.files.script.path,
            icon: super::assets::ICON_PATH,
            way,
            address,
            public_url: "",
        }
    }

    /// The tag of a form of what is said about a scope.
    pub fn tag(&self, scope: &Scope, form: &str) -> String {
        // Another version of the program may say the same in other words.
        let (sources, told) = (env!("COVERAGE_MAP_SOURCES"), self.told.get().map_or("", String::as_str));
        format!("{}-{}-{form}-{sources}{told}", self.snapshot.generation(), scope.as_of)
    }
}

/// Eight digits that stand for a text: another text has others, as good as always.
fn short_name(text: &str) -> String {
    Sha256::digest(text).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
