//! The tables of a geography: ZIPs, the counties that they meet, places, people and retired codes.

use super::{
    checks,
    codes::Codes,
    file::SourceFile,
    firsts::Firsts,
    problems::Problems,
    table::{self, Cell, Column, Further},
};
use crate::{
    census::{Geoid, StateCode, ZipCode},
    domain::{Place, RetiredCounty, Weights, Zip, ZipCounty, ZipKind},
    geometry::Position,
};

/// Shares of a whole may miss 1 by this, for they are written with a few decimals.
const SHARE_TOLERANCE: f64 = 0.005;

/// The first line of each ZIP in a table, sorted by ZIP.
pub type ZipLines = Vec<(ZipCode, u32)>;

/// `zips.csv`, sorted by ZIP.
pub fn zips(file: &SourceFile, codes: &Codes, problems: &mut Problems) -> Vec<Zip> {
    const COLUMNS: &[Column] = &[
        Column::required("zip"),
        Column::required("state"),
        Column::required("county"),
        Column::required("place"),
        Column::required("lat"),
        Column::required("lon"),
        Column::required("kind"),
        Column::optional("population"),
    ];
    let (mut zips, mut lines) = (Vec::new(), Firsts::default());
    table::read(file, COLUMNS, Further::Unknown, problems, |row, problems| {
        let [zip, state, county, place, lat, lon, kind, population] = std::array::from_fn(|i| row.cell(i));
        let Some(code) = zip_code(&zip, problems) else { return };
        if lines.had(code, &zip, row, problems) {
            return;
        }
        let kind = zip_kind(&kind, problems);
        let military = kind == Some(ZipKind::Military);
        let state = if military { military_state(&state, code, problems) } else { codes.state(&state, problems) };
        let county = if military && county.text.is_empty() { Some(None) } else { codes.county(&county, problems).map(Some) };
        let position = position(&lat, &lon, problems);
        let place = place.shown(problems).unwrap_or_default();
        let population = population.count(problems);
        if let (Some(kind), Some(state), Some(county)) = (kind, state, county) {
            zips.push(Zip { zip: code, state, county, place, position, kind, population });
        }
    });
    zips.sort_unstable_by_key(|zip| zip.zip);
    zips
}

/// `zip_counties.csv`, sorted by ZIP, then county, and the first line of each ZIP, sorted by ZIP.
pub fn zip_counties(file: &SourceFile, codes: &Codes, problems: &mut Problems) -> (Vec<ZipCounty>, ZipLines) {
    const COLUMNS: &[Column] = &[Column::required("zip"), Column::required("county"), Column::required("share")];
    let (mut rows, mut lines) = (Vec::new(), Firsts::default());
    table::read(file, COLUMNS, Further::Unknown, problems, |row, problems| {
        let [zip, county, share] = std::array::from_fn(|i| row.cell(i));
        let code = zip_code(&zip, problems);
        let geoid = codes.county(&county, problems);
        let share = share.needed(problems).and_then(|_| share.number(0.0, 1.0, problems));
        let (Some(code), Some(geoid)) = (code, geoid) else { return };
        if lines.had((code, geoid), &zip, row, problems) {
            return;
        }
        rows.extend(share.map(|share| ZipCounty { zip: code, county: geoid, share }));
    });
    rows.sort_unstable_by_key(|row| (row.zip, row.county));
    let lines = lines.into_sorted();
    let of_zips = lines.chunk_by(|a, b| a.0.0 == b.0.0);
    let firsts: Vec<_> = of_zips.map(|rows| (rows[0].0.0, rows.iter().map(|row| row.1).min().unwrap_or(1))).collect();
    for of_zip in rows.chunk_by(|a, b| a.zip == b.zip) {
        let (zip, sum) = (of_zip[0].zip, of_zip.iter().map(|row| row.share).sum::<f64>());
        if (sum - 1.0).abs() > SHARE_TOLERANCE {
            let first = firsts.binary_search_by_key(&zip, |first| first.0).map_or(1, |at| firsts[at].1);
            let site = file.origin(first).site();
            problems.push(checks::SHARES.at(site, format!("the shares of ZIP {zip} sum to {sum:.3}")).rule("they sum to 1"));
        }
    }
    (rows, firsts)
}

/// `places.csv`, in a fixed order that does not depend on the order of rows.
pub fn places(file: &SourceFile, codes: &Codes, problems: &mut Problems) -> Vec<Place> {
    const COLUMNS: &[Column] = &[
        Column::required("name"),
        Column::required("state"),
        Column::required("county"),
        Column::required("lat"),
        Column::required("lon"),
        Column::optional("population"),
        Column::optional("alt_names"),
    ];
    let mut places = Vec::new();
    table::read(file, COLUMNS, Further::Unknown, problems, |row, problems| {
        let [name, state, county, lat, lon, population, alt_names] = std::array::from_fn(|i| row.cell(i));
        let name = name.needed(problems).and_then(|_| name.shown(problems));
        let state = codes.state(&state, problems);
        let county = codes.county(&county, problems);
        let position = lat.needed(problems).and(lon.needed(problems)).and_then(|_| position(&lat, &lon, problems));
        let population = population.count(problems);
        let alt_names = alt_names.items().map(Into::into).collect();
        if let (Some(name), Some(state), Some(county), Some(position)) = (name, state, county, position) {
            places.push(Place { name, state, county, position, population, alt_names });
        }
    });
    let key = |place: &Place| {
        (place.name.clone(), place.state, place.county, place.position.lon().to_bits(), place.position.lat().to_bits())
    };
    places.sort_by_cached_key(key);
    places
}

/// `weights.csv`: people, and any further numbers, by county.
pub fn weights(file: &SourceFile, codes: &Codes, problems: &mut Problems) -> Weights {
    const COLUMNS: &[Column] =
        &[Column::required("county"), Column::required("population"), Column::optional("population_source")];
    let (mut weights, mut lines) = (Weights::default(), Firsts::default());
    table::read(file, COLUMNS, Further::Wanted, problems, |row, problems| {
        let [county, population, source] = std::array::from_fn(|i| row.cell(i));
        let Some(geoid) = codes.county(&county, problems) else { return };
        if lines.had(geoid, &county, row, problems) {
            return;
        }
        weights.population.extend(population.count(problems).map(|people| (geoid, people)));
        weights.source.extend(source.filled().map(|source| (geoid, source.into())));
        for cell in row.further() {
            if let Some(number) = cell.number(0.0, f64::INFINITY, problems) {
                weights.further.entry(cell.column.into()).or_default().insert(geoid, number);
            }
        }
    });
    weights
}

/// `retired_codes.csv`, sorted by code.
pub fn retired(file: &SourceFile, codes: &Codes, problems: &mut Problems) -> Vec<RetiredCounty> {
    const COLUMNS: &[Column] = &[
        Column::required("old_county"),
        Column::required("old_name"),
        Column::required("state"),
        Column::required("new_counties"),
        Column::optional("shares"),
        Column::required("effective"),
        Column::optional("note"),
    ];
    let (mut retired, mut lines) = (Vec::new(), Firsts::default());
    table::read(file, COLUMNS, Further::Unknown, problems, |row, problems| {
        let [old, name, state, new, shares, effective, note] = std::array::from_fn(|i| row.cell(i));
        let Some(geoid) = old.parsed::<Geoid>(problems) else { return };
        if lines.had(geoid, &old, row, problems) {
            return;
        }
        if codes.counties.contains_key(&geoid) {
            problems.push(
                old.problem(&checks::DUPLICATE_ID, "the retired county is one of today's counties").remedy("remove the row"),
            );
        }
        let name = name.needed(problems).and_then(|_| name.shown(problems));
        let state = codes.state(&state, problems);
        let effective = effective.needed(problems).and_then(|_| effective.date(problems));
        let successors = successors(&new, &shares, codes, problems);
        if let (Some(name), Some(state), Some(effective), Some(successors)) = (name, state, effective, successors) {
            let note = note.shown(problems).unwrap_or_default();
            retired.push(RetiredCounty { geoid, name, state, successors, effective, note });
        }
    });
    retired.sort_unstable_by_key(|county| county.geoid);
    retired
}

/// The counties that took the place of another, each with its share where shares are given.
fn successors(new: &Cell<'_>, shares: &Cell<'_>, codes: &Codes, problems: &mut Problems) -> Option<Vec<(Geoid, Option<f64>)>> {
    new.needed(problems)?;
    let mut counties = Vec::new();
    for item in new.items() {
        match item.parse::<Geoid>() {
            Ok(geoid) if codes.has_county(geoid) => counties.push(geoid),
            _ => {
                let problem = new.problem(&checks::UNKNOWN_COUNTY, "county does not exist").got(item);
                problems.push(problem.remedy(codes.instead_of_county(item)));
                return None;
            }
        }
    }
    if shares.text.is_empty() {
        return Some(counties.into_iter().map(|county| (county, None)).collect());
    }
    let numbers: Vec<f64> =
        shares.items().filter_map(|item| item.parse().ok()).filter(|share| (0.0..=1.0).contains(share)).collect();
    let sum: f64 = numbers.iter().sum();
    if numbers.len() != shares.items().count() || numbers.len() != counties.len() || (sum - 1.0).abs() > SHARE_TOLERANCE {
        let rule = format!("there is one from 0 to 1 for each of the {} counties, and they sum to 1", counties.len());
        problems.push(shares.problem(&checks::SHARES, "invalid shares").rule(rule));
        return None;
    }
    Some(counties.into_iter().zip(numbers.into_iter().map(Some)).collect())
}

/// A ZIP; one that lost its leading zeros gets them back, with a warning.
fn zip_code(cell: &Cell<'_>, problems: &mut Problems) -> Option<ZipCode> {
    if (3..5).contains(&cell.text.len()) && cell.text.bytes().all(|b| b.is_ascii_digit()) {
        let padded = format!("{:0>5}", cell.text);
        problems.push(
            cell.problem(&checks::CODE_SPELLING, "the ZIP has lost its leading zeros").rule(format!("it is read as {padded}")),
        );
        return padded.parse().ok();
    }
    cell.parsed(problems)
}

/// The state of a military ZIP, which is none of the geography's; where it is left out, the ZIP tells it.
fn military_state(cell: &Cell<'_>, zip: ZipCode, problems: &mut Problems) -> Option<StateCode> {
    let usual = match zip.prefix() {
        340 => "AA",
        90..=98 => "AE",
        962..=966 => "AP",
        _ => return cell.parsed(problems),
    };
    if cell.text.is_empty() {
        let problem = cell.problem(&checks::CODE_SPELLING, format!("the military ZIP {zip} has no state"));
        problems.push(problem.rule(format!("it is read as {usual}, which ZIPs with these digits belong to")));
        return usual.parse().ok();
    }
    cell.parsed(problems)
}

fn zip_kind(cell: &Cell<'_>, problems: &mut Problems) -> Option<ZipKind> {
    match cell.text {
        "area" => Some(ZipKind::Area),
        "point" => Some(ZipKind::Point),
        "military" => Some(ZipKind::Military),
        _ => {
            problems.push(cell.problem(&checks::BAD_WORD, "invalid kind").rule("a ZIP is area, point or military"));
            None
        }
    }
}

fn position(lat: &Cell<'_>, lon: &Cell<'_>, problems: &mut Problems) -> Option<Position> {
    let (y, x) = (lat.number(-90.0, 90.0, problems), lon.number(-180.0, 180.0, problems));
    Position::new(x?, y?).ok()
}
