//! `regions.geojson` and `regions.csv`: the program's own regions.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{
    checks,
    codes::Codes,
    file::SourceFile,
    geojson,
    problems::Problems,
    region_refs::Regions,
    table::{self, Column, Further},
    values,
};
use crate::domain::{ProgramRegion, Shape, Site, Slug};

/// The name of the file with drawn regions.
pub const DRAWN: &str = "regions.geojson";
/// The name of the file with regions that are built from others.
pub const BUILT: &str = "regions.csv";

/// Both of them.
pub const FILES: [&str; 2] = [DRAWN, BUILT];

/// Regions, and where the first of each id stands.
#[derive(Default)]
pub struct Found {
    /// The regions, in the order in which they were found.
    pub regions: Vec<ProgramRegion>,
    sites: HashMap<Slug, Site>,
    /// Names of regions that were refused: it has been reported, and whatever names them need not be told that they do
    /// not exist.
    refused: BTreeMap<Slug, String>,
    /// A file that could not be read whole, so that nobody knows which regions it was to have.
    pub torn: Option<&'static str>,
}

impl Found {
    fn add(&mut self, region: ProgramRegion, problems: &mut Problems) {
        let site = region.site.clone();
        if let Some(first) = self.sites.get(&region.id) {
            let problem = checks::DUPLICATE_ID.at(site, "the region's id stands twice").got(region.id.as_str());
            problems.push(problem.related(first.clone()).remedy("an id stands once in the two files of regions"));
            return;
        }
        self.sites.insert(region.id.clone(), site);
        self.regions.push(region);
    }

    /// Names by id, also of regions that were refused.
    pub fn names(&self) -> BTreeMap<Slug, String> {
        let kept = self.regions.iter().map(|region| (region.id.clone(), region.name.to_string()));
        self.refused.clone().into_iter().chain(kept).collect()
    }

    /// The regions, sorted by id.
    pub fn sorted(mut self) -> Vec<ProgramRegion> {
        self.regions.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        self.regions
    }
}

/// Drawn regions.
pub fn drawn(file: &SourceFile, found: &mut Found, problems: &mut Problems) {
    let outlines = geojson::read(file, "id", problems);
    if !outlines.whole {
        found.torn = Some(DRAWN);
    }
    for outline in outlines.list {
        let site = outline.site(file);
        let name = outline.needed("name", file, problems).map(Arc::<str>::from);
        let Ok(id) = outline.id.parse::<Slug>() else {
            let problem = checks::BAD_CODE.at(site, "invalid region id").got(&*outline.id);
            problems.push(problem.rule("ids are lower-case letters, digits and single hyphens, such as puget-sound"));
            continue;
        };
        if let Some(unseen) = name.as_ref().and_then(|name| name.chars().find(|&c| values::is_unseen(c))) {
            let what = format!("the name has the character U+{:04X}, which is not seen", u32::from(unseen));
            problems.push(checks::BAD_TEXT.at(site.clone(), what).remedy("type it anew"));
        }
        if let (Some(name), Some(boundary)) = (name, outline.boundary) {
            found.add(ProgramRegion { id, name, shape: Shape::Drawn(Arc::new(boundary)), site }, problems);
        } else {
            found.refused.insert(id.clone(), id.to_string());
        }
    }
}

/// Regions that are built from counties and states.
pub fn built(file: &SourceFile, codes: &Codes, found: &mut Found, problems: &mut Problems) {
    const COLUMNS: &[Column] = &[Column::required("id"), Column::required("name"), Column::required("members")];
    let none = BTreeMap::new();
    let regions = Regions::new(codes, &none, None);
    table::read(file, COLUMNS, Further::Unknown, problems, |row, problems| {
        let [id, name, members] = std::array::from_fn(|i| row.cell(i));
        let slug = id.parsed::<Slug>(problems);
        let name = name.needed(problems).and_then(|_| name.shown(problems));
        members.needed(problems);
        let mut built = Vec::new();
        for item in members.items() {
            if item.to_ascii_lowercase().starts_with("zip:") || item.to_ascii_lowercase().starts_with("region:") {
                let problem = members.problem(&checks::BAD_CODE, "the region cannot be a member").got(item);
                problems.push(problem.rule("a region is built from counties and states"));
                continue;
            }
            built.extend(regions.resolve(item, &members, problems));
        }
        built.sort_unstable();
        built.dedup();
        match (slug, name) {
            (Some(id), Some(name)) => {
                found.add(ProgramRegion { id, name, shape: Shape::Members(built), site: row.site() }, problems);
            }
            (Some(id), None) => _ = found.refused.insert(id.clone(), id.to_string()),
            (None, _) => {}
        }
    });
}
