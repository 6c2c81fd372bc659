use std::{fs, path::PathBuf, sync::Arc};

use clap::Args;
use jiff::civil::Date;

use super::{
    Common, Outcome, Trouble, load,
    reports::{self, Written},
};
use crate::{
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
    #[arg(long, value_name = "PARTNER", conflicts_with_all = ["with", "zips", "from", "give"])]
    without: Option<PartnerId>,
    /// Another assignments.csv
    #[arg(long, value_name = "FILE", conflicts_with_all = ["zips", "from", "to", "on", "give"])]
    with: Option<PathBuf>,
    /// ZIPs that move, parted by commas; or all that a partner serves
    #[arg(long = "move", value_name = "ZIPS|all", requires = "from", requires = "to")]
    zips: Option<String>,
    /// The partner that they move from
    #[arg(long, value_name = "PARTNER", requires = "zips")]
    from: Option<PartnerId>,
    /// Regions that a partner takes on beside what it has, by their typed ids, parted by commas
    #[arg(long, value_name = "REGIONS", requires = "to", conflicts_with_all = ["zips", "from"])]
    give: Option<String>,
    /// The partner that they move to
    #[arg(long, value_name = "PARTNER")]
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
    let title = format!("What if {}", edit.said());
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
        let nothing = "what-if: nothing to try; say --without, --with, --give with --to, or --move with --from and --to";
        let nothing = || Trouble::Usage(nothing.to_owned());
        if let Some(path) = &self.with {
            return fs::read(path).map(Edit::With).map_err(|error| Trouble::Io(path.display().to_string(), error));
        }
        if let Some(partner) = &self.without {
            return Ok(Edit::Without(partner.clone(), self.on));
        }
        let to = self.to.clone().ok_or_else(nothing)?;
        match (&self.zips, &self.from, &self.give) {
            (Some(zips), Some(from), _) if zips == "all" => Ok(Edit::HandOver(from.clone(), to, self.on)),
            (Some(zips), Some(from), _) => {
                let bad = |got| format!("--move: no ZIP (got {got:?}); write five digits each, parted by commas, or all");
                let zips = source::zips_in(zips).map_err(|got| Trouble::Usage(bad(got)))?;
                Ok(Edit::Move(zips, from.clone(), to, self.on))
            }
            (.., Some(regions)) => {
                let bad =
                    |got| format!("--give: no region (got {got:?}); write typed ids, such as county:41011, parted by commas");
                let regions = source::regions_in(regions).map_err(|got| Trouble::Usage(bad(got)))?;
                Ok(Edit::Give(regions, to, self.on))
            }
            _ => Err(nothing()),
        }
    }

    fn draft(&self, folders: &Folders, edit: &Edit) -> Result<Vec<u8>, Trouble> {
        let present = folders.program().read("assignments.csv")?.unwrap_or_default();
        source::draft(&present, edit).map_err(|error| Trouble::Usage(error.to_string()))
    }
}
