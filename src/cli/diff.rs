use std::{path::PathBuf, sync::Arc};

use clap::Args;
use jiff::civil::Date;

use super::{Common, Format, Outcome, Trouble, load, outcome::say, program::Programs};
use crate::{
    comparison::{Side, compare},
    render::comparison as render,
    snapshot::Snapshot,
    source::{Folder, Folders},
};

/// What to compare.
#[derive(Debug, Args)]
pub struct Compared {
    /// Folder with the program before [default: --program]
    #[arg(requires = "new", value_parser = Programs)]
    old: Option<Folder>,
    /// Folder with the program after
    #[arg(value_parser = Programs)]
    new: Option<Folder>,
    /// The day before [default: --as-of]
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The day after [default: --as-of]
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Folder with the geography before [default: the same as after, --geography]
    #[arg(long, value_name = "DIR")]
    old_geography: Option<PathBuf>,
}

/// Says what two folders, or two days, answer differently.
pub fn diff(common: &Common, compared: &Compared) -> Result<Outcome, Trouble> {
    let Compared { old, new, from, to, old_geography } = compared;
    if old.is_none() && old_geography.is_none() && from.is_none() && to.is_none() {
        let rule = "diff: nothing to compare; name two program folders, or two days with --from and --to";
        return Err(Trouble::Usage(rule.to_owned()));
    }
    let after = loaded(common, new.clone(), None)?;
    let differs = old.is_some() || old_geography.is_some();
    let before = if differs { loaded(common, old.clone(), old_geography.clone())? } else { after.clone() };
    let side = |snapshot: &Arc<Snapshot>, day: Option<Date>| day.unwrap_or_else(|| load::day(common, snapshot.info()));
    let comparison =
        compare(Side { snapshot: &before, day: side(&before, *from) }, Side { snapshot: &after, day: side(&after, *to) });
    say(&match common.format {
        Format::Text => render::text(&comparison),
        Format::Json => render::json(&comparison).map_err(|error| Trouble::Usage(error.to_string()))?,
        Format::Csv => render::csv(&comparison).map_err(|error| Trouble::Usage(error.to_string()))?,
        Format::Geojson => return Err(Trouble::Usage("--format: diff writes text, json or csv (got \"geojson\")".to_owned())),
    })?;
    Ok(if comparison.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

fn loaded(common: &Common, program: Option<Folder>, geography: Option<PathBuf>) -> Result<Arc<Snapshot>, Trouble> {
    let geography = geography.map_or_else(|| load::geography(common), Folder::Directory);
    let program = program.unwrap_or_else(|| load::program(common));
    load::snapshot_of(&mut Folders::new(geography, program))
}
