//! The codes that exist, for everything that names one.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{checks, problems::Problems, suggest, table::Cell};
use crate::{
    census::{Geoid, StateCode, ZipCode},
    domain::{Geography, RetiredCounty},
};

/// States, counties and ZIPs by code.
#[derive(Debug, Default)]
pub struct Codes {
    /// Names of states by code.
    pub states: BTreeMap<StateCode, Arc<str>>,
    /// Full names of counties by GEOID; empty where the geography has no counties.
    pub counties: BTreeMap<Geoid, Arc<str>>,
    /// Whether the geography is meant to have counties, whatever became of its file.
    pub with_counties: bool,
    /// ZIPs, sorted; `None` where the geography has none.
    pub zips: Option<Vec<ZipCode>>,
    /// Codes of counties that are no more.
    pub retired: HashMap<Geoid, RetiredCounty>,
}

impl Codes {
    /// The same, with the ZIPs and retired codes of the tables.
    #[must_use]
    pub fn with_zips_and_retired(mut self, geography: &Geography) -> Self {
        self.zips = geography.zips.as_ref().map(|zips| zips.iter().map(|zip| zip.zip).collect());
        self.retired = geography.retired.iter().map(|county| (county.geoid, county.clone())).collect();
        self
    }

    /// Whether a state exists; any may, where there is none at all, which has been reported.
    pub fn has_state(&self, code: StateCode) -> bool {
        self.states.is_empty() || self.states.contains_key(&code)
    }

    /// Whether a county exists; any may, where the geography has no counties.
    pub fn has_county(&self, geoid: Geoid) -> bool {
        self.counties.is_empty() || self.counties.contains_key(&geoid)
    }

    /// The county that a cell names; a problem and `None` when it does not exist.
    ///
    /// A code that lost its leading zero gets it back, with a warning.
    pub fn county(&self, cell: &Cell<'_>, problems: &mut Problems) -> Option<Geoid> {
        let geoid: Geoid = cell.parsed(problems)?;
        if self.has_county(geoid) {
            return Some(geoid);
        }
        if let Some(padded) = self.padded_county(cell.text) {
            problems.push(
                cell.problem(&checks::CODE_SPELLING, "the county has lost a leading zero")
                    .rule(format!("it is read as {padded}")),
            );
            return Some(padded);
        }
        let problem = cell.problem(&checks::UNKNOWN_COUNTY, "county does not exist");
        problems.push(problem.rule("it is the id of a county of this geography").remedy(self.instead_of_county(cell.text)));
        None
    }

    /// The county that a code of four digits means when a spreadsheet ate its zero.
    pub fn padded_county(&self, code: &str) -> Option<Geoid> {
        if code.len() != 4 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        format!("0{code}").parse().ok().filter(|geoid| self.counties.contains_key(geoid))
    }

    /// What to write instead of a county that does not exist.
    pub fn instead_of_county(&self, code: &str) -> String {
        match suggest::nearest_code(code, self.counties.iter().map(|(geoid, name)| (geoid.as_str(), name))) {
            Some((geoid, name)) => format!("did you mean {geoid} ({name})?"),
            None => "look the code up in the geography's file of counties".to_owned(),
        }
    }

    /// The state that a cell names; a problem and `None` when it does not exist.
    pub fn state(&self, cell: &Cell<'_>, problems: &mut Problems) -> Option<StateCode> {
        let code: StateCode = cell.parsed(problems)?;
        if self.has_state(code) {
            return Some(code);
        }
        problems.push(
            cell.problem(&checks::UNKNOWN_STATE, "state does not exist")
                .rule("it is the short code of a state of this geography"),
        );
        None
    }
}
