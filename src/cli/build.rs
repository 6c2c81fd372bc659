//! Building a snapshot from the files.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{
    Common, Outcome, Serving, Trouble, builder,
    export::written_at,
    load,
    outcome::say,
    release::{GoAhead, activate, described, trouble},
};
use crate::{
    http::{self, Effort, PublicUrl},
    release::{self, Depot, SnapshotId},
    snapshot::Snapshot,
    source::{Files, Folders},
};

/// How a snapshot is built.
#[derive(Debug, Args)]
pub struct Wanted {
    /// Put the public site of the day into it, too: files that nginx or a store can serve by themselves
    #[arg(long)]
    site: bool,
    /// How much work goes into the pages of the day that it brings along, so that no replica has to render them
    #[arg(long, value_name = "EFFORT", env = "COVERAGE_MAP_PAGES", default_value = "best")]
    pages: PageEffort,
    /// Address by which the world knows the site: the same as that of the replicas
    #[arg(long, value_name = "URL", env = "COVERAGE_MAP_PUBLIC_URL")]
    public_url: Option<PublicUrl>,
    /// Activate it at once
    #[arg(long)]
    pub activate: bool,
    /// Stay, and build again whenever the program changes and when a day begins
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    pub go_ahead: GoAhead,
}

/// How much work goes into pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PageEffort {
    /// Rendered, and compressed as small as they are served all day
    Best,
    /// Rendered, and compressed quickly: some fifth larger in brotli
    Fast,
    /// None: each replica renders them
    None,
}

/// Builds a snapshot; stays and builds more where that is wanted.
pub fn build(common: &Common, depot: &dyn Depot, wanted: &Wanted, serving: &Serving) -> Result<Outcome, Trouble> {
    if wanted.watch {
        return builder::keep_building(common, depot, wanted, serving);
    }
    let mut folders = load::folders(common);
    let files = folders.read()?;
    let (id, _) = built(common, depot, wanted, serving, &mut folders, files)?;
    if wanted.activate { activate(common, depot, id, wanted.go_ahead) } else { Ok(Outcome::Clean) }
}

/// Builds a snapshot of files that were read, keeps it in the depot, and says so; with what is in it.
pub fn built(
    common: &Common,
    depot: &dyn Depot,
    wanted: &Wanted,
    serving: &Serving,
    folders: &mut Folders,
    files: Files,
) -> Result<(SnapshotId, Arc<Snapshot>), Trouble> {
    let sources = files.fingerprints().to_vec();
    let loaded = folders.load(files);
    let dataset = loaded.dataset.ok_or(Trouble::Refused(loaded.problems))?;
    let snapshot = Arc::new(Snapshot::new(dataset.clone()));
    let further = further(common, &snapshot, wanted, serving)?;
    let built = release::build_on(snapshot.land(), &dataset, &sources, further).map_err(trouble)?;
    let id = release::publish(depot, &built).map_err(trouble)?;
    say(&format!("snapshot {id}\n{}", described(&built.manifest)))?;
    Ok((id, snapshot))
}

/// What a snapshot brings along besides what lookups need: pages and the site of the day.
fn further(
    common: &Common,
    snapshot: &Arc<Snapshot>,
    wanted: &Wanted,
    serving: &Serving,
) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let effort = match wanted.pages {
        PageEffort::Best => Some(Effort::Best),
        PageEffort::Fast => Some(Effort::Fast),
        PageEffort::None => None,
    };
    let day = load::day(common, snapshot.info());
    let setting = written_at(serving, wanted.public_url.clone());
    let mut files = if wanted.site { site(snapshot.clone(), day, &setting)? } else { Vec::new() };
    if let Some(effort) = effort {
        let pages = http::press(snapshot.clone(), day, setting.public_url, effort);
        files.push((release::PAGES.to_owned(), pages.map_err(|error| Trouble::Io("the pages".to_owned(), error))?));
    }
    Ok(files)
}

/// The public site of the day, as files of a snapshot.
fn site(snapshot: Arc<Snapshot>, day: Date, setting: &http::Setting) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let files = Mutex::new(Vec::new());
    let put = |path: &str, bytes: &[u8]| {
        files.lock().map_err(|_| std::io::Error::other("another thread broke off"))?.push((path.to_owned(), bytes.to_vec()));
        Ok(())
    };
    let at = PathBuf::from("/srv/coverage-map");
    http::export(snapshot, day, setting, &at, put).map_err(trouble)?;
    Ok(files.into_inner().unwrap_or_default())
}
