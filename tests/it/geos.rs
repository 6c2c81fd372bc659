//! Validity and areas against GEOS, by way of Shapely: thousands of polygons, good and damaged.
//!
//! `tests/oracle/geos_cases.py` writes the cases and what GEOS says of them; `tests/run oracle` runs both.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use coverage_map::{
    domain::Shape,
    geometry::measure,
    source::{Folder, load},
};
use serde_json::Value;

/// What we say of a case.
#[derive(Debug, Default)]
struct Ours {
    /// Names of the checks that found something, errors and warnings.
    checks: Vec<&'static str>,
    /// The area in square metres; `None` when the case is refused.
    area: Option<f64>,
}

/// Where we may differ from GEOS: what GEOS says, what we say of it (nothing, or one of our checks), and why.
///
/// Everything else that differs is a bug of one of the two.
const EXPLAINED: &[(&str, &str, &str)] = &[
    ("Self-intersection", "bow-tie", "a ring that crosses itself once is split in two, with a warning"),
    ("Ring Self-intersection", "bow-tie", "a ring that crosses itself at one corner is split in two, with a warning"),
    ("Self-intersection", "along", "a spike or a line run twice bounds nothing, and is told as a warning"),
    ("Ring Self-intersection", "", "a ring may pass a corner twice: the even-odd count is as it was meant"),
    ("Ring Self-intersection", "along", "a spike bounds nothing, and is told as a warning"),
    ("Self-intersection", "", "rings touch in points, without crossing: the even-odd count is as it was meant"),
    ("Interior is disconnected", "", "holes that touch cut the interior in two; every position still has one answer"),
];

fn folder(name: &str, more: Option<(&str, Vec<u8>)>) -> Folder {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bad/base").join(name);
    let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap());
    let mut files: BTreeMap<_, _> =
        files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect();
    files.extend(more.map(|(name, bytes)| (name.to_owned(), bytes)));
    Folder::Memory(Arc::new(files))
}

/// What we say of each case. Cases are refused one by one, so those that are not are loaded again without the others.
fn ours(cases: &[Value]) -> BTreeMap<String, Ours> {
    let id = |case: &Value| case["id"].as_str().unwrap().to_owned();
    let program = |cases: &[&Value]| {
        let feature = |case: &&Value| {
            let properties = format!("{{\"id\":{0},\"name\":{0}}}", case["id"]);
            format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{}}}", case["geometry"])
        };
        let features = cases.iter().map(feature).collect::<Vec<_>>().join(",\n");
        let collection = format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}");
        folder("program", Some(("regions.geojson", collection.into_bytes())))
    };
    let mut all: BTreeMap<_, _> = cases.iter().map(|case| (id(case), Ours::default())).collect();
    // A file may have 500 problems of a kind before the rest is only counted.
    let mut kept = Vec::new();
    for some in cases.chunks(200) {
        let loaded = load(&folder("geography", None), &program(&some.iter().collect::<Vec<_>>())).unwrap();
        for problem in &loaded.problems {
            let within = problem.site.within.as_deref().unwrap_or_default();
            let named = within.split_once("(id ").and_then(|(_, rest)| rest.split_once(')')).map(|(id, _)| id);
            let entry = all.get_mut(named.unwrap_or_else(|| panic!("{problem}"))).unwrap();
            entry.checks.push(problem.check);
        }
        let errors: Vec<_> = loaded.problems.iter().filter(|p| p.severity == coverage_map::domain::Severity::Error).collect();
        let is_refused = |case: &Value| {
            let name = format!("(id {})", case["id"].as_str().unwrap());
            errors.iter().any(|problem| problem.site.within.as_ref().is_some_and(|within| within.contains(&name)))
        };
        kept.extend(some.iter().filter(|case| !is_refused(case)));
    }
    let loaded = load(&folder("geography", None), &program(&kept)).unwrap();
    for region in loaded.dataset.expect("what is left has no errors").program.regions.iter() {
        if let Shape::Drawn(boundary) = &region.shape {
            all.get_mut(region.id.as_str()).unwrap().area = Some(measure::area(boundary));
        }
    }
    all
}

#[test]
#[ignore = "needs the cases that tests/oracle/geos_cases.py writes: tests/run oracle"]
fn we_refuse_what_geos_calls_invalid_but_for_what_is_explained_and_areas_agree() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/geos.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let cases: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(cases.len() >= 2000);
    let ours = ours(&cases);
    let (mut same, mut explained, mut wrong) = ([0, 0], BTreeMap::new(), Vec::new());
    for case in &cases {
        let (reason, valid) = (case["reason"].as_str().unwrap(), case["valid"].as_bool().unwrap());
        let own = &ours[case["id"].as_str().unwrap()];
        let expected = if valid { &case["area"] } else { &case["repaired"] }.as_f64().unwrap();
        let area_agrees = own.area.is_none_or(|area| (area - expected).abs() <= 1e-6 * expected.max(1.0));
        let found = own.checks.first().copied().unwrap_or_default();
        let why = EXPLAINED.iter().find(|(geos, check, _)| *geos == reason && *check == found).map(|(_, _, why)| *why);
        match (valid, own.area.is_some(), why) {
            _ if !area_agrees => wrong.push(format!("area: {expected} by GEOS, {own:?}: {case}")),
            (true, true, _) => same[0] += 1,
            (false, false, _) => same[1] += 1,
            (false, true, Some(why)) => *explained.entry((reason, found, why)).or_insert(0) += 1,
            _ => wrong.push(format!("{reason} by GEOS, {own:?}: {case}")),
        }
    }
    println!("{} valid and {} invalid in both; explained: {explained:#?}", same[0], same[1]);
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong[..wrong.len().min(10)].join("\n"));
}
