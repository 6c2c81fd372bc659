//! Built snapshots: making them, looking at them, and saying which one is served.

use std::sync::Arc;

use clap::{Args, Subcommand};

use super::{
    Common, Outcome, Serving, Trouble,
    build::{Wanted, build},
    load,
    outcome::say,
};
use crate::{
    http,
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

/// Leave for what would wait.
#[derive(Clone, Copy, Debug, Args)]
pub struct GoAhead {
    /// Activate it though it takes the partner from many people
    #[arg(long)]
    pub accept: bool,
}

const BUILD_EXAMPLES: &str = "\
Examples:
  coverage-map build --program my-program --snapshots /srv/snapshots
  coverage-map build --program my-program --snapshots s3://bucket/map --activate
  coverage-map build --program 'postgres://reader@localhost/partners' --snapshots /srv/snapshots --activate --watch
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

/// What a snapshot consists of, for people.
pub fn described(manifest: &Manifest) -> String {
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
            if let Some(fault) = fault_of_pages(depot, &id, &manifest)? {
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
fn fault_of_pages(depot: &dyn Depot, id: &SnapshotId, manifest: &Manifest) -> Result<Option<String>, Trouble> {
    let pages = manifest.file(release::PAGES).map(|entry| release::file(depot, id, entry)).transpose().map_err(trouble)?;
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

/// Shows what a snapshot changes, and has it served, unless it should wait.
pub fn activate(common: &Common, depot: &dyn Depot, id: SnapshotId, go_ahead: GoAhead) -> Result<Outcome, Trouble> {
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
