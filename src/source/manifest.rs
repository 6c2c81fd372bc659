//! `manifest.toml`: what the files of a geography folder are.

use serde::Deserialize;
use toml::Spanned;

use super::{checks, file::SourceFile, problems::Problems, settings, toml_faults};

/// The name of the file.
pub const FILE: &str = "manifest.toml";

/// What a geography folder holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// What it is, in words.
    pub name: Spanned<String>,
    /// The year of its boundaries.
    pub vintage: Spanned<String>,
    /// How far its borders may be from the truth, in metres.
    pub resolution_m: Spanned<f64>,
    /// The line that names its sources.
    pub attribution: Spanned<String>,
    /// Its licence.
    pub licence: Spanned<String>,
    /// The files with boundaries.
    #[serde(default, rename = "layer")]
    pub layers: Vec<Spanned<Layer>>,
    /// The files with tables.
    #[serde(default)]
    pub tables: Tables,
}

/// A file with boundaries, and the properties that its features are read by.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// What its features are.
    pub kind: LayerKind,
    /// Name of the file within the folder.
    pub file: Spanned<String>,
    /// The property with the id.
    pub id: String,
    /// The property with the short code, of a state.
    pub code: Option<String>,
    /// The property with the name that is shown.
    pub name: String,
    /// The property with the name without its kind; `NAME` where it is not said.
    pub short_name: Option<String>,
    /// The property with the id of the state that holds it, of a county.
    pub parent: Option<String>,
}

/// What the features of a layer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LayerKind {
    /// States and territories.
    State,
    /// Counties and their equivalents.
    County,
}

/// The files with tables; one that is not named has its usual name, if it is there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// ZIPs.
    pub zips: Option<Spanned<String>>,
    /// The counties that ZIPs meet.
    pub zip_counties: Option<Spanned<String>>,
    /// Places.
    pub places: Option<Spanned<String>>,
    /// People by county.
    pub weights: Option<Spanned<String>>,
    /// Codes that are no longer in use.
    pub retired_codes: Option<Spanned<String>>,
}

/// A table of the geography.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// ZIPs.
    Zips,
    /// The counties that ZIPs meet.
    ZipCounties,
    /// Places.
    Places,
    /// People by county.
    Weights,
    /// Codes that are no longer in use.
    RetiredCodes,
}

impl TableKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Zips, Self::ZipCounties, Self::Places, Self::Weights, Self::RetiredCodes];

    /// The name that its file usually has.
    pub fn usual_name(self) -> &'static str {
        match self {
            Self::Zips => "zips.csv",
            Self::ZipCounties => "zip_counties.csv",
            Self::Places => "places.csv",
            Self::Weights => "weights.csv",
            Self::RetiredCodes => "retired_codes.csv",
        }
    }
}

impl Manifest {
    /// Reads the manifest and checks what it says about itself.
    pub fn read(file: &SourceFile, problems: &mut Problems) -> Option<Self> {
        let manifest: Self = toml_faults::read(file, problems)?;
        if problems.are_fatal() {
            return None;
        }
        let resolution = &manifest.resolution_m;
        if !(0.0..=10_000.0).contains(resolution.get_ref()) {
            let problem = settings::at(&checks::BAD_SETTING, file, resolution.span(), "invalid resolution_m");
            problems.push(problem.got(resolution.get_ref().to_string()).rule("it is in metres, from 0 to 10000"));
        }
        for (kind, name) in [(LayerKind::State, "state"), (LayerKind::County, "county")] {
            let mut layers = manifest.layers.iter().filter(|layer| layer.get_ref().kind == kind);
            match (layers.next(), layers.next()) {
                (None, _) if kind == LayerKind::State => problems.push(
                    checks::BAD_SETTING
                        .at(file.site(), "there is no layer of kind state")
                        .rule("a geography needs its states; everything else is optional"),
                ),
                (Some(_), Some(second)) => {
                    let what = format!("there is a second layer of kind {name}");
                    problems.push(settings::at(&checks::BAD_SETTING, file, second.span(), what).remedy("put both into one file"));
                }
                _ => {}
            }
        }
        for name in manifest.named_files().filter(|name| !is_plain(name.get_ref())) {
            let problem = settings::at(&checks::BAD_SETTING, file, name.span(), "invalid file name").got(name.get_ref());
            problems.push(problem.rule("files lie in the folder itself: a name without slashes"));
        }
        if problems.are_fatal() { None } else { Some(manifest) }
    }

    /// The layer of a kind.
    pub fn layer(&self, kind: LayerKind) -> Option<&Layer> {
        self.layers.iter().map(Spanned::get_ref).find(|layer| layer.kind == kind)
    }

    /// The name of a table's file, and whether the manifest names it itself.
    pub fn table(&self, kind: TableKind) -> (&str, bool) {
        let named = match kind {
            TableKind::Zips => &self.tables.zips,
            TableKind::ZipCounties => &self.tables.zip_counties,
            TableKind::Places => &self.tables.places,
            TableKind::Weights => &self.tables.weights,
            TableKind::RetiredCodes => &self.tables.retired_codes,
        };
        named.as_ref().map_or((kind.usual_name(), false), |name| (name.get_ref().as_str(), true))
    }

    fn named_files(&self) -> impl Iterator<Item = &Spanned<String>> {
        let Tables { zips, zip_counties, places, weights, retired_codes } = &self.tables;
        let tables = [zips, zip_counties, places, weights, retired_codes].into_iter().flatten();
        self.layers.iter().map(|layer| &layer.get_ref().file).chain(tables)
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0'])
}
