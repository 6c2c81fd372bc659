use std::{fs, path::Path};

use super::{Common, Outcome, Trouble, load, outcome::say};
use crate::{
    census::StateCode,
    http::Current,
    render::{
        links::Way,
        svg::{self, Theme},
    },
};

/// Writes the map of the country, or of a state, as SVG.
pub fn map(common: &Common, of: Option<&str>, output: Option<&Path>, course: Option<&str>) -> Result<Outcome, Trouble> {
    let code = of.map(str::parse::<StateCode>).transpose().map_err(|error| Trouble::Usage(error.to_string()))?;
    let current = Current::new(load::snapshot(common)?);
    let scope = load::scope(common, current.snapshot.info(), course)?;
    let map =
        current.map_of(code, &scope).ok().flatten().ok_or_else(|| {
            Trouble::Usage(format!("no such state (got {:?}); write a code such as WA", of.unwrap_or_default()))
        })?;
    let picture = svg::document(&map, &current.setting(Way::default(), Theme::Auto)).into_string();
    match output {
        None => say(&picture)?,
        Some(path) => fs::write(path, picture).map_err(|error| Trouble::Io(path.display().to_string(), error))?,
    }
    Ok(Outcome::Clean)
}
