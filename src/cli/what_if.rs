use std::{fs, path::PathBuf, sync::Arc};

use clap::Args;
use jiff::civil::Date;

use super::{
    Common, Outcome, Trouble, load,
    reports::{self, Written},
};
use crate::{
    census::ZipCode,
    domain::PartnerId,
    gaps::{self, Standpoint},
    lookup::Scope,
    render::{report::tables, words::Words},
    snapshot::Snapshot,
    source::{self, Edit, Folders},
};

/// What is tried.
#[derive(Debug, Args)]
#[group(skip)]
pub struct Tried {
    /// A partner that leaves
    #[arg(long, value_name = "PARTNER", conflicts_with_all = ["with", "zips", "from"])]
    without: Option<PartnerId>,
    /// Another assignments.csv
    #[arg(long, value_name = "FILE", conflicts_with_all = ["zips", "from", "to", "on"])]
    with: Option<PathBuf>,
    /// ZIPs that move, parted by commas; or all that a partner serves
    #[arg(long = "move", value_name = "ZIPS|all", requires = "from", requires = "to")]
    zips: Option<String>,
    /// The partner that they move from
    #[arg(long, value_name = "PARTNER", requires = "zips")]
    from: Option<PartnerId>,
    /// The partner that they move to
    #[arg(long, value_name = "PARTNER", requires = "zips")]
    to: Option<PartnerId>,
    /// The first day on which it holds [default: as if it had always been so]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// File to write the changed assignments.csv to
    #[arg(long, value_name = "FILE")]
    draft: Option<PathBuf>,
}

/// Tries a change of the assignments and reports who gains and who loses; nothing that is there is changed.
pub fn what_if(common: &Common, tried: &Tried, written: &Written) -> Result<Outcome, Trouble> {
    let form = written.form(common)?;
    let edit = tried.edit()?;
    let mut folders = load::folders(common);
    let (before, draft) = (load::snapshot_of(&mut folders)?, tried.draft(&folders, &edit)?);
    let after = drafted(&mut folders, &before, draft.clone())?;
    let scope = load::scope(common, before.info(), written.course())?;
    let scope = Scope { as_of: tried.on.unwrap_or(scope.as_of), ..scope };
    let change = gaps::change(Standpoint { snapshot: &before, scope: &scope }, Standpoint { snapshot: &after, scope: &scope });
    if let Some(path) = &tried.draft {
        fs::write(path, &draft).map_err(|error| Trouble::Io(path.display().to_string(), error))?;
    }
    let words = Words::new(&after.info().courses);
    let title = format!("What if {}", tried.said());
    let shape = reports::outlines(form, &after);
    written.write(&tables::change(&change, after.generation(), title, &words, shape), form)
}

/// The data with a draft in the place of its assignments, checked like any other.
fn drafted(folders: &mut Folders, before: &Snapshot, draft: Vec<u8>) -> Result<Arc<Snapshot>, Trouble> {
    let files = folders.read_draft(draft)?;
    let loaded = folders.load(files);
    let dataset = loaded.dataset.ok_or(Trouble::Refused(loaded.problems))?;
    Ok(Arc::new(Snapshot::on(before.land().clone(), dataset)))
}

impl Tried {
    fn edit(&self) -> Result<Edit, Trouble> {
        match (&self.without, &self.with, &self.zips, &self.from, &self.to) {
            (Some(partner), ..) => Ok(Edit::Without(partner.clone(), self.on)),
            (_, Some(path), ..) => fs::read(path).map(Edit::With).map_err(|error| Trouble::Io(path.display().to_string(), error)),
            (.., Some(zips), Some(from), Some(to)) if zips == "all" => Ok(Edit::HandOver(from.clone(), to.clone(), self.on)),
            (.., Some(zips), Some(from), Some(to)) => Ok(Edit::Move(codes(zips)?, from.clone(), to.clone(), self.on)),
            _ => Err(Trouble::Usage("what-if: nothing to try; say --without, --with or --move with --from and --to".to_owned())),
        }
    }

    fn draft(&self, folders: &Folders, edit: &Edit) -> Result<Vec<u8>, Trouble> {
        let present = folders.program().read("assignments.csv")?.unwrap_or_default();
        source::draft(&present, edit).map_err(|error| Trouble::Usage(error.to_string()))
    }

    fn said(&self) -> String {
        let day = self.on.map(|day| format!(" from {day} on")).unwrap_or_default();
        match (&self.without, &self.with, &self.zips, &self.from, &self.to) {
            (Some(partner), ..) => format!("{partner} leaves{day}"),
            (.., Some(zips), Some(from), Some(to)) => format!("{from} gives {zips} to {to}{day}"),
            (_, Some(path), ..) => format!("the assignments are those of {}", path.display()),
            _ => String::new(),
        }
    }
}

fn codes(text: &str) -> Result<Vec<ZipCode>, Trouble> {
    let words = text.split([',', ' ', '|']).map(str::trim).filter(|word| !word.is_empty());
    let code = |word: &str| {
        let bad = || Trouble::Usage(format!("--move: no ZIP (got {word:?}); write five digits each, parted by commas, or all"));
        word.trim_start_matches("zip:").parse().map_err(|_| bad())
    };
    words.map(code).collect()
}
