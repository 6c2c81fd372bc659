use std::{
    fs,
    path::{PathBuf, absolute},
};

use clap::Subcommand;

use super::{Common, Outcome, Serving, Trouble, load, new::refuse_what_is_there, outcome::say};
use crate::{
    http::{self, PublicUrl},
    render::words::thousands,
};

/// What is written.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// All pages, maps, embeds and ZIPs of the public site on one day
    Static {
        /// Folder to write to; it must be new or empty
        folder: PathBuf,
        /// Address by which the world knows the site, such as https://map.example.org
        #[arg(long, value_name = "URL", env = "COVERAGE_MAP_PUBLIC_URL")]
        public_url: Option<PublicUrl>,
    },
}

/// Writes the public site as files: beside the folder first, so that a half-written one never has its name.
pub fn export(common: &Common, verb: &Verb, serving: &Serving) -> Result<Outcome, Trouble> {
    let Verb::Static { folder, public_url } = verb;
    refuse_what_is_there(folder, "an export")?;
    let snapshot = load::snapshot(common)?;
    let day = load::day(common, snapshot.info());
    let setting = written_at(serving, public_url.clone());
    let failed = |error| Trouble::Io(folder.display().to_string(), error);
    let (place, aside) = (absolute(folder).map_err(failed)?, folder.with_added_extension("part"));
    refuse_what_is_there(&aside, "what is written of an export")?;
    let put = |path: &str, bytes: &[u8]| {
        let path = aside.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes))
    };
    let exported = http::export(snapshot, day, &setting, &place, put).map_err(|error| Trouble::Usage(error.to_string()))?;
    fs::rename(&aside, folder).map_err(failed)?;
    say(&format!(
        "{} addresses ({} MB) of {day} are files in {}; nginx.conf there serves them.\n",
        thousands(exported.addresses as u64),
        exported.bytes >> 20,
        folder.display()
    ))?;
    Ok(Outcome::Clean)
}

/// What the site is told about the world.
pub fn written_at(serving: &Serving, public_url: Option<PublicUrl>) -> http::Setting {
    http::Setting {
        public_url: public_url.or_else(|| serving.public_url.clone()),
        frame_ancestors: serving.frame_ancestors.clone().unwrap_or_default(),
    }
}
