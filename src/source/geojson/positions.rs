//! Positions that are not on the Earth, and what they look like instead.

use geo::Coord;

use super::report::Reporter;
use crate::source::checks;

/// Whether every position is on the Earth; one problem for a feature, with the first that is not.
pub fn are_on_earth(parts: &[Vec<Vec<Coord<f64>>>], report: &mut Reporter<'_>) -> bool {
    let all = || parts.iter().flatten().flatten().copied();
    let mut bad = all().filter(|c| !is_on_earth(*c));
    let Some(first) = bad.next() else { return true };
    let count = 1 + bad.count();
    let what = match count {
        1 => "a position is not on the Earth".to_owned(),
        _ => format!("{count} positions are not on the Earth, among them this one"),
    };
    report.add(&checks::BAD_POSITION, what, |problem| {
        let problem = problem.got(format!("[{}, {}]", first.x, first.y));
        let problem = problem.rule("a position is a longitude from -180 to 180, then a latitude from -90 to 90, in degrees");
        match likeness(count, all) {
            Some(remedy) => problem.remedy(remedy),
            None => problem,
        }
    });
    false
}

fn is_on_earth(c: Coord<f64>) -> bool {
    (-180.0..=180.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y)
}

/// What positions look like that are not on the Earth.
fn likeness<I: Iterator<Item = Coord<f64>>>(bad: usize, all: impl Fn() -> I) -> Option<&'static str> {
    if all().any(|c| c.x.abs() > 1000.0 || c.y.abs() > 1000.0) {
        return Some("these look like metres: convert them to WGS 84 (EPSG:4326)");
    }
    // One latitude of 95 among good ones is a slip; where most are wrong, and none would be, the axes are exchanged.
    if bad * 2 > all().count() && all().all(|c| is_on_earth(Coord { x: c.y, y: c.x })) {
        return Some("latitude and longitude look exchanged: write the longitude first");
    }
    if all().all(|c| (0.0..=360.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y)) {
        return Some("these look like longitudes from 0 to 360: take 360 from those above 180");
    }
    None
}
