//! Built snapshots: making them, looking at them, and saying which one is served.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::{Common, Outcome, Serving, Trouble, export::written_at, load, outcome::say};
use crate::{
    domain::Dataset,
    http::{self, Effort},
    release::{self, Depot, Judged, Manifest, NotPublished, Pointer, SnapshotId},
    render::{comparison, words::thousands},
    snapshot::Snapshot,
};

/// What to do with built snapshots.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Build a snapshot from the files, for replicas to serve; prints its name
    #[command(after_help = BUILD_EXAMPLES)]
    Build(Wanted),
    /// Read every byte of a snapshot and load it as a replica would
    Verify {
        /// Name of the snapshot, or a beginning of it [default: the one that is served]
        snapshot: Option<String>,
    },
    /// List the snapshots that there are
    List,
    /// Say that a snapshot is served from now on; shows what changes, and holds back what takes the partner from many people
    Activate {
        /// Name of the snapshot, or a beginning of it
        snapshot: String,
        #[command(flatten)]
        go_ahead: GoAhead,
    },
    /// Say that the snapshot before the present one is served again
    Rollback,
}

/// How a snapshot is built.
#[derive(Debug, Args)]
pub struct Wanted {
    /// Put the public site of the day into it, too: files that nginx or a store can serve by themselves
    #[arg(long)]
    site: bool,
    /// How much work goes into the pages of the day that it brings along, so that no replica has to render them
    #[arg(long, value_name = "EFFORT", env = "COVERAGE_MAP_PAGES", default_value = "best")]
    pages: PageEffort,
    /// Activate it at once
    #[arg(long)]
    activate: bool,
    #[command(flatten)]
    go_ahead: GoAhead,
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

/// Leave for what would wait.
#[derive(Clone, Copy, Debug, Args)]
pub struct GoAhead {
    /// Activate it though it takes the partner from many people
    #[arg(long)]
    accept: bool,
}

const BUILD_EXAMPLES: &str = "\
Examples:
  coverage-map build --program my-program --snapshots /srv/snapshots
  coverage-map build --program my-program --snapshots s3://bucket/map --activate
  coverage-map serve --snapshots /srv/snapshots

Exit codes: 0 done, 1 built, but it waits for --accept, 2 could not run.";

/// Does it.
pub fn release(common: &Common, verb: &Verb, serving: &Serving) -> Result<Outcome, Trouble> {
    let depot = depot(common)?;
    match verb {
        Verb::Build(wanted) => build(common, &*depot, wanted, serving),
        Verb::Verify { snapshot } => verify(&*depot, snapshot.as_deref()),
        Verb::List => list(&*depot),
        Verb::Activate { snapshot, go_ahead } => activate(common, &*depot, named(&*depot, snapshot)?, *go_ahead),
        Verb::Rollback => rollback(&*depot),
    }
}

/// The depot that was named.
pub fn depot(common: &Common) -> Result<Box<dyn Depot>, Trouble> {
    let unnamed = || "--snapshots: missing; it names the folder, or the store as s3://bucket/prefix, that snapshots are kept in";
    let place = common.snapshots.as_deref().ok_or_else(|| Trouble::Usage(unnamed().to_owned()))?;
    release::open(place).map_err(trouble)
}

/// The data that is served from the depot that was named.
pub fn served(common: &Common) -> Result<Arc<Snapshot>, Trouble> {
    let depot = depot(common)?;
    let id = current(&*depot)?;
    release::load(&*depot, &id).map(Arc::new).map_err(trouble)
}

/// The snapshot that is served.
fn current(depot: &dyn Depot) -> Result<SnapshotId, Trouble> {
    let pointer = release::current(depot).map_err(trouble)?.pointer;
    let none = || NotPublished::NothingActive(depot.place().to_owned());
    Ok(pointer.ok_or_else(none).map_err(trouble)?.snapshot().clone())
}

/// What went wrong, for the person at the command line.
pub fn trouble(error: impl std::fmt::Display) -> Trouble {
    Trouble::Usage(error.to_string())
}

fn build(common: &Common, depot: &dyn Depot, wanted: &Wanted, serving: &Serving) -> Result<Outcome, Trouble> {
    let mut folders = load::folders(common);
    let files = folders.read()?;
    let sources = files.fingerprints().to_vec();
    let loaded = folders.load(files);
    let dataset = loaded.dataset.ok_or(Trouble::Refused(loaded.problems))?;
    let further = further(common, &dataset, wanted, serving)?;
    let built = release::build(&dataset, &sources, further).map_err(trouble)?;
    let id = release::publish(depot, &built).map_err(trouble)?;
    say(&format!("snapshot {id}\n{}", described(&built.manifest)))?;
    if wanted.activate { activate(common, depot, id, wanted.go_ahead) } else { Ok(Outcome::Clean) }
}

/// What a snapshot brings along besides what lookups need: pages and the site of the day.
fn further(common: &Common, dataset: &Dataset, wanted: &Wanted, serving: &Serving) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let effort = match wanted.pages {
        PageEffort::Best => Some(Effort::Best),
        PageEffort::Fast => Some(Effort::Fast),
        PageEffort::None => None,
    };
    if effort.is_none() && !wanted.site {
        return Ok(Vec::new());
    }
    let snapshot = Arc::new(Snapshot::new(dataset.clone()));
    let day = load::day(common, snapshot.info());
    let mut files = if wanted.site { site(snapshot.clone(), day, serving)? } else { Vec::new() };
    if let Some(effort) = effort {
        let pages = http::press(snapshot, day, serving.public_url.clone(), effort);
        files.push((release::PAGES.to_owned(), pages.map_err(|error| Trouble::Io("the pages".to_owned(), error))?));
    }
    Ok(files)
}

/// The public site of the day, as files of a snapshot.
fn site(snapshot: Arc<Snapshot>, day: Date, serving: &Serving) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let files = Mutex::new(Vec::new());
    let put = |path: &str, bytes: &[u8]| {
        files.lock().map_err(|_| std::io::Error::other("another thread broke off"))?.push((path.to_owned(), bytes.to_vec()));
        Ok(())
    };
    let at = PathBuf::from("/srv/coverage-map");
    http::export(snapshot, day, &written_at(serving, None), &at, put).map_err(trouble)?;
    Ok(files.into_inner().unwrap_or_default())
}

fn described(manifest: &Manifest) -> String {
    let count = |name: &str| thousands(manifest.counts.get(name).copied().unwrap_or(0));
    let bytes: u64 = manifest.files.iter().map(|entry| entry.bytes).sum();
    format!(
        "  generation  {}\n  program     {}: {} partners, {} assignments, {} regions\n  geography   {}: {} counties, {} ZIPs\n  \
         files       {}, {} KB\n",
        manifest.generation,
        manifest.program,
        count("partners"),
        count("assignments"),
        count("regions"),
        manifest.geography,
        count("counties"),
        count("zips"),
        thousands(manifest.files.len() as u64),
        thousands(bytes >> 10),
    )
}

fn verify(depot: &dyn Depot, snapshot: Option<&str>) -> Result<Outcome, Trouble> {
    let id = match snapshot {
        Some(text) => named(depot, text)?,
        None => current(depot)?,
    };
    match release::verify(depot, &id) {
        Ok(manifest) => {
            if let Some(fault) = fault_of_pages(depot, &id)? {
                say(&format!("snapshot {id}: {}: {fault}\n", release::PAGES))?;
                return Ok(Outcome::Findings);
            }
            say(&format!("snapshot {id} is whole\n{}", described(&manifest)))?;
            Ok(Outcome::Clean)
        }
        Err(NotPublished::Snapshot(fault)) => {
            say(&format!("{fault}\n"))?;
            Ok(Outcome::Findings)
        }
        Err(error) => Err(trouble(error)),
    }
}

/// Why the pages that a snapshot brings along cannot be served, if it does and they cannot.
fn fault_of_pages(depot: &dyn Depot, id: &SnapshotId) -> Result<Option<String>, Trouble> {
    let pages = release::pages(depot, id).map_err(trouble)?;
    Ok(pages.and_then(|pages| http::check_pages(pages).err()).map(|fault| fault.to_string()))
}

fn list(depot: &dyn Depot) -> Result<Outcome, Trouble> {
    let pointer = release::current(depot).map_err(trouble)?.pointer;
    for id in ids(depot)? {
        let mark = if pointer.as_ref().is_some_and(|pointer| *pointer.snapshot() == id) { "*" } else { " " };
        let line = match release::manifest(depot, &id) {
            Ok((manifest, _)) => format!("{mark} {id}  {}  {}\n", manifest.generation, manifest.program),
            Err(NotPublished::Snapshot(release::NotASnapshot::Absent(_))) => continue,
            Err(NotPublished::Snapshot(fault)) => format!("{mark} {id}  {fault}\n"),
            Err(error) => return Err(trouble(error)),
        };
        say(&line)?;
    }
    match &pointer {
        Some(pointer) => say(&format!("* is served since {} (moved {} times)\n", pointer.activated_at, pointer.sequence))?,
        None => say("no snapshot is activated\n")?,
    }
    Ok(Outcome::Clean)
}

fn activate(common: &Common, depot: &dyn Depot, id: SnapshotId, go_ahead: GoAhead) -> Result<Outcome, Trouble> {
    let day = |snapshot: &Snapshot| load::day(common, snapshot.info());
    let Judged { comparison, reasons, seen } = release::judge(depot, &id, day).map_err(trouble)?;
    if let Some(comparison) = &comparison {
        say(&comparison::text(comparison))?;
    }
    if !reasons.is_empty() && !go_ahead.accept {
        let reasons: String = reasons.iter().map(|reason| format!("  {reason}\n")).collect();
        say(&format!(
            "snapshot {id} waits:\n{reasons}coverage-map activate {} --accept activates it all the same\n",
            id.short()
        ))?;
        return Ok(Outcome::Findings);
    }
    let pointer = release::activate(depot, &seen, id, load::clock(common).now()).map_err(trouble)?;
    activated(&pointer)
}

fn rollback(depot: &dyn Depot) -> Result<Outcome, Trouble> {
    activated(&release::rollback(depot, jiff::Timestamp::now()).map_err(trouble)?)
}

fn activated(pointer: &Pointer) -> Result<Outcome, Trouble> {
    say(&format!("snapshot {} is served now\n", pointer.snapshot()))?;
    Ok(Outcome::Clean)
}

fn ids(depot: &dyn Depot) -> Result<Vec<SnapshotId>, Trouble> {
    Ok(depot.names().map_err(trouble)?.iter().filter_map(|name| name.parse().ok()).collect())
}

/// The one snapshot whose name is, or begins with, a text.
fn named(depot: &dyn Depot, text: &str) -> Result<SnapshotId, Trouble> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let known = ids(depot)?;
    let mut fitting = known.iter().filter(|id| text.len() >= 6 && id.as_str().starts_with(text));
    match (fitting.next(), fitting.next()) {
        (Some(id), None) => Ok(id.clone()),
        (Some(_), Some(_)) => Err(Trouble::Usage(format!("several snapshots begin so (got {text:?}); write more of the name"))),
        (None, _) => Err(Trouble::Usage(format!(
            "no snapshot begins so (got {text:?}); six digits or more of a name that coverage-map list prints"
        ))),
    }
}
