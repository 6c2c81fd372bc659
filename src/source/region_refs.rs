//! Cells that name a region by its typed id, and what spreadsheets and people make of them.

use std::{cell::RefCell, collections::BTreeMap};

use super::{
    checks,
    codes::Codes,
    problems::Problems,
    suggest,
    table::{Cell, shortened},
};
use crate::{
    census::{Geoid, ZipCode},
    domain::{RegionId, Site, Slug},
};

/// Everything that a typed id can name.
pub struct Regions<'c> {
    /// States, counties and ZIPs.
    pub codes: &'c Codes,
    /// Names of program regions by id.
    pub program: &'c BTreeMap<Slug, String>,
    /// The file of regions that could not be read whole.
    torn: Option<&'static str>,
    /// Where the first region is named that may have stood in it, and how many are.
    unchecked: RefCell<Option<(Site, usize)>>,
}

/// What a text turned out to name.
struct Named {
    id: RegionId,
    /// What was put right, in words.
    repaired: Option<&'static str>,
}

/// Why a text names nothing.
struct Unknown {
    check: &'static crate::domain::Check,
    what: String,
    rule: Option<String>,
    remedy: Option<String>,
}

const FORMS: &str = "region ids are written state:CA, county:06037, region:name or zip:02139";

impl<'c> Regions<'c> {
    /// The regions of a geography and a program, of which one file may be torn.
    pub fn new(codes: &'c Codes, program: &'c BTreeMap<Slug, String>, torn: Option<&'static str>) -> Self {
        Self { codes, program, torn, unchecked: RefCell::default() }
    }

    /// Says once that regions were named which nobody could look up.
    pub fn report_unchecked(&self, problems: &mut Problems) {
        if let (Some((site, count)), Some(torn)) = (self.unchecked.take(), self.torn) {
            let what = format!("{count} program regions that are named from here on could not be looked up");
            let rule = format!("{torn} could not be read whole");
            problems.push(checks::UNCHECKED.at(site, what).rule(rule).remedy(format!("mend {torn} first")));
        }
    }

    /// Whether a region may have stood in the file that is torn; counts it.
    fn is_unchecked(&self, text: &str, cell: &Cell<'_>) -> bool {
        let kind = text.split_once(':').map(|(kind, _)| kind.trim());
        if self.torn.is_none() || !kind.is_some_and(|kind| kind.eq_ignore_ascii_case("region")) {
            return false;
        }
        self.unchecked.borrow_mut().get_or_insert_with(|| (cell.site(), 0)).1 += 1;
        true
    }

    /// The region that a text in a cell names; a problem and `None` when it names none.
    pub fn resolve(&self, text: &str, cell: &Cell<'_>, problems: &mut Problems) -> Option<RegionId> {
        match self.named(text) {
            Ok(Named { id, repaired: None }) => Some(id),
            Ok(Named { id, repaired: Some(what) }) => {
                let check = if what == RETIRED { &checks::RETIRED_COUNTY } else { &checks::CODE_SPELLING };
                problems.push(cell.problem(check, what).got(shortened(text)).rule(format!("it is read as {id}")));
                Some(id)
            }
            Err(_) if self.is_unchecked(text, cell) => None,
            Err(Unknown { check, what, rule, remedy }) => {
                let mut problem = cell.problem(check, what).got(shortened(text));
                (problem.rule, problem.remedy) = (rule, remedy);
                problems.push(problem);
                None
            }
        }
    }

    fn named(&self, text: &str) -> Result<Named, Unknown> {
        let Some((kind, code)) = text.split_once(':') else { return Err(self.bare(text)) };
        let (kind, code) = (kind.trim(), code.trim());
        let lower = kind.to_ascii_lowercase();
        let mut named = match lower.as_str() {
            "state" => self.state(code),
            "county" => self.county(code),
            "region" => self.region(code),
            "zip" => self.zip(code),
            _ => Err(Unknown {
                check: &checks::BAD_CODE,
                what: "unknown kind of region".into(),
                rule: Some(FORMS.into()),
                remedy: Some("write one of these kinds before the colon".into()),
            }),
        }?;
        if kind != lower || text.split_once(':') != Some((kind, code)) {
            named.repaired = named.repaired.or(Some("the region id has blanks or upper case letters in its kind"));
        }
        Ok(named)
    }

    fn bare(&self, text: &str) -> Unknown {
        let candidates = ["state", "county", "region", "zip"].map(|kind| format!("{kind}:{text}"));
        let fitting: Vec<_> =
            candidates.into_iter().filter(|id| matches!(self.named(id), Ok(Named { repaired: None, .. }))).collect();
        let remedy = match fitting[..] {
            [] => "write the kind and a colon in front".into(),
            _ => format!("did you mean {}?", fitting.join(" or ")),
        };
        let (what, rule) = ("the region id has no kind".into(), Some(FORMS.into()));
        Unknown { check: &checks::BAD_CODE, what, rule, remedy: Some(remedy) }
    }

    fn state(&self, code: &str) -> Result<Named, Unknown> {
        if let Some(state) = code.parse().ok().filter(|state| self.codes.has_state(*state)) {
            let repaired = (code != state.as_str()).then_some("the code of the state has lower case letters");
            return Ok(Named { id: RegionId::State(state), repaired });
        }
        let by_name = self.codes.states.iter().find(|(_, name)| name.eq_ignore_ascii_case(code));
        if let Some((state, _)) = by_name {
            return Ok(Named { id: RegionId::State(*state), repaired: Some("the state is named, not coded") });
        }
        let near = suggest::nearest(code, self.codes.states.values().map(AsRef::as_ref));
        let near = near.and_then(|near| self.codes.states.iter().find(|(_, name)| ***name == *near));
        Err(Unknown {
            check: &checks::UNKNOWN_STATE,
            what: "state does not exist".into(),
            rule: Some("states are named by their short codes".into()),
            remedy: near.map(|(state, name)| format!("did you mean state:{state} ({name})?")),
        })
    }

    fn county(&self, code: &str) -> Result<Named, Unknown> {
        if !self.codes.with_counties {
            return Err(Unknown {
                check: &checks::UNKNOWN_COUNTY,
                what: "the geography has no counties".into(),
                rule: Some("the manifest names no layer of kind county".into()),
                remedy: None,
            });
        }
        if let Ok(geoid) = code.parse::<Geoid>() {
            if self.codes.has_county(geoid) {
                return Ok(Named { id: RegionId::County(geoid), repaired: None });
            }
            if let Some(padded) = self.codes.padded_county(code) {
                return Ok(Named { id: RegionId::County(padded), repaired: Some("the county has lost a leading zero") });
            }
            if let Some(named) = self.retired(geoid) {
                return named;
            }
        }
        Err(Unknown {
            check: &checks::UNKNOWN_COUNTY,
            what: "county does not exist".into(),
            rule: Some("ids are the GEOIDs of the geography's counties".into()),
            remedy: Some(self.codes.instead_of_county(code)),
        })
    }

    fn retired(&self, geoid: Geoid) -> Option<Result<Named, Unknown>> {
        let retired = self.codes.retired.get(&geoid)?;
        if let [(only, _)] = retired.successors[..] {
            return Some(Ok(Named { id: RegionId::County(only), repaired: Some(RETIRED) }));
        }
        let name = |geoid: &Geoid| self.codes.counties.get(geoid).map_or_else(String::new, |name| format!(" ({name})"));
        let successors: Vec<_> = retired.successors.iter().map(|(geoid, _)| format!("county:{geoid}{}", name(geoid))).collect();
        Some(Err(Unknown {
            check: &checks::SPLIT_COUNTY,
            what: format!("{} was split on {}", retired.name, retired.effective),
            rule: Some("nobody but you knows which part is meant".into()),
            remedy: Some(format!("name those that are: {}", successors.join(", "))),
        }))
    }

    fn region(&self, code: &str) -> Result<Named, Unknown> {
        let slug = code.parse::<Slug>().or_else(|_| code.to_ascii_lowercase().replace([' ', '_'], "-").parse::<Slug>());
        if let Some(slug) = slug.ok().filter(|slug| self.program.contains_key(slug)) {
            let repaired = (slug.as_str() != code).then_some("the region's id has blanks or upper case letters");
            return Ok(Named { id: RegionId::Region(slug), repaired });
        }
        let near = suggest::nearest(code, self.program.keys().map(Slug::as_str));
        Err(Unknown {
            check: &checks::UNKNOWN_REGION,
            what: "program region does not exist".into(),
            rule: Some("program regions are listed in regions.geojson and regions.csv".into()),
            remedy: Some(match near {
                Some(near) => format!("did you mean region:{near}?"),
                None => "correct the id, or add the region to one of the two".into(),
            }),
        })
    }

    fn zip(&self, code: &str) -> Result<Named, Unknown> {
        let (digits, repaired) = match code.split_once('-') {
            Some((five, four)) if four.len() == 4 && four.bytes().all(|b| b.is_ascii_digit()) => {
                (five.to_owned(), Some("the ZIP has four further digits"))
            }
            _ if (3..5).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()) => {
                (format!("{code:0>5}"), Some("the ZIP has lost its leading zeros"))
            }
            _ => (code.to_owned(), None),
        };
        let Ok(zip) = digits.parse::<ZipCode>() else {
            let number = code.parse::<f64>().is_ok() && !code.bytes().all(|b| b.is_ascii_digit());
            let remedy = number.then(|| "a spreadsheet made a number of it: format the column as text".to_owned());
            let rule = Some("a ZIP Code is exactly five digits, such as 02139".to_owned());
            return Err(Unknown { check: &checks::BAD_CODE, what: "invalid ZIP".into(), rule, remedy });
        };
        if self.codes.zips.as_ref().is_some_and(|zips| zips.binary_search(&zip).is_err()) {
            return Err(Unknown {
                check: &checks::UNKNOWN_ZIP,
                what: "ZIP does not exist".into(),
                rule: Some("ZIPs are listed in the geography's file of ZIPs".into()),
                remedy: Some("correct the ZIP; or, where it is new, add it to that file".into()),
            });
        }
        Ok(Named { id: RegionId::Zip(zip), repaired })
    }
}

const RETIRED: &str = "the county's code is no longer in use";
