use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use crate::{
    census::{Geoid, StateCode, ZipCode},
    geometry::{Boundary, Position},
};

/// Everything that a geography folder says: areas, ZIPs, places and people, and nothing about partners.
#[derive(Clone, Debug)]
pub struct Geography {
    /// What it is, in words.
    pub name: Arc<str>,
    /// The year of its boundaries.
    pub vintage: Arc<str>,
    /// How far its borders may be from the truth, in metres.
    pub resolution_m: f64,
    /// The line that names its sources; shown wherever the data is shown.
    pub attribution: Arc<str>,
    /// Its licence.
    pub licence: Arc<str>,
    /// States and territories, sorted by GEOID.
    pub states: Vec<State>,
    /// Names of the files with states and with counties, for who has to mend them.
    pub layer_files: LayerFiles,
    /// Counties, sorted by GEOID; empty where the geography has none.
    pub counties: Vec<County>,
    /// ZIPs, sorted; `None` where the file is missing.
    pub zips: Option<Vec<Zip>>,
    /// The counties that each ZIP meets, sorted by ZIP, then county; `None` where the file is missing.
    pub zip_counties: Option<Vec<ZipCounty>>,
    /// Places, sorted by name, state and county; `None` where the file is missing.
    pub places: Option<Vec<Place>>,
    /// People by county; `None` where the file is missing.
    pub weights: Option<Weights>,
    /// Codes of counties that are no more, sorted by code.
    pub retired: Vec<RetiredCounty>,
}

/// Names of the files with boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerFiles {
    /// The file with the states.
    pub states: Arc<str>,
    /// The file with the counties; empty where there is none.
    pub counties: Arc<str>,
}

/// A state or territory.
#[derive(Clone, Debug)]
pub struct State {
    /// Its code in the files.
    pub geoid: Geoid,
    /// Its short code, as in `state:CA`.
    pub code: StateCode,
    /// Its name.
    pub name: Arc<str>,
    /// Its boundary; edge-matched with the other states and with the counties.
    pub boundary: Arc<Boundary>,
}

/// A county, parish, borough, municipio, planning region or independent city.
#[derive(Clone, Debug)]
pub struct County {
    /// Its GEOID.
    pub geoid: Geoid,
    /// Its name with its kind, as it is shown: `King County`.
    pub name: Arc<str>,
    /// Its name without its kind, where the file has one: `King`.
    pub short_name: Option<Arc<str>>,
    /// The state that it belongs to.
    pub state: StateCode,
    /// Its boundary; edge-matched with the other counties.
    pub boundary: Arc<Boundary>,
}

/// What a ZIP is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ZipKind {
    /// It covers an area of its own.
    Area,
    /// A post office box or a single building: it lies within another ZIP's area.
    Point,
    /// Military or diplomatic mail: it lies in no county.
    Military,
}

/// A ZIP Code.
#[derive(Clone, Debug)]
pub struct Zip {
    /// The code.
    pub zip: ZipCode,
    /// State of its post office, as its file says; `AA`, `AE` and `AP` for military mail.
    pub state: StateCode,
    /// The county where most of its people live; `None` for military mail.
    pub county: Option<Geoid>,
    /// Its postal place name.
    pub place: Arc<str>,
    /// A position within it, where it has one.
    pub position: Option<Position>,
    /// What it is.
    pub kind: ZipKind,
    /// Its people; `None` where nobody counted.
    pub population: Option<u64>,
}

/// The part of a ZIP that lies in a county.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZipCounty {
    /// The ZIP.
    pub zip: ZipCode,
    /// The county.
    pub county: Geoid,
    /// Share of the ZIP's people who live in this county, 0 to 1; the shares of a ZIP sum to 1.
    pub share: f64,
}

/// A town, city or village.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name.
    pub name: Arc<str>,
    /// Its state.
    pub state: StateCode,
    /// Its county.
    pub county: Geoid,
    /// Its middle.
    pub position: Position,
    /// Its people.
    pub population: Option<u64>,
    /// Other names that people use.
    pub alt_names: Vec<Arc<str>>,
}

/// People, and other things that can be counted, by county.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// People by county.
    pub population: BTreeMap<Geoid, u64>,
    /// Where the numbers of people come from, by county, where the file says so.
    pub source: BTreeMap<Geoid, Arc<str>>,
    /// Further numeric columns, by name; a county without a number is absent.
    pub further: BTreeMap<Arc<str>, BTreeMap<Geoid, f64>>,
}

/// A county code that is no longer in use, and what took its place.
#[derive(Clone, Debug)]
pub struct RetiredCounty {
    /// The old GEOID.
    pub geoid: Geoid,
    /// The old name.
    pub name: Arc<str>,
    /// Its state.
    pub state: StateCode,
    /// The counties that took its place, each with the share of the old county's people where it is known.
    pub successors: Vec<(Geoid, Option<f64>)>,
    /// The day of the change.
    pub effective: Date,
    /// What happened, in words.
    pub note: Arc<str>,
}
