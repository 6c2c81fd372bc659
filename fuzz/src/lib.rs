//! What the fuzz targets do with any bytes: a small world in memory is asked, or has one of its files replaced, and what
//! always holds is checked. tests/it/mutations.rs runs the same functions, without a fuzzer.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Arc, LazyLock},
};

use axum::{body::Body, http::Request};
use coverage_map::{
    domain::{Problem, Severity, Shape},
    http::{App, Front, router},
    lookup::{Question, Scope, answer},
    snapshot::Snapshot,
    source::{Folder, Loaded, load},
};
use jiff::civil::{Date, date};
use tower::ServiceExt;

/// The tables; the first byte of an input says which.
pub const TABLES: [&str; 9] = [
    "partners.csv",
    "assignments.csv",
    "regions.csv",
    "accepted.csv",
    "zips.csv",
    "zip_counties.csv",
    "places.csv",
    "weights.csv",
    "retired_codes.csv",
];

/// The settings; the first byte of an input says which.
pub const SETTINGS: [&str; 2] = ["program.toml", "manifest.toml"];

/// The addresses that are asked; the first byte of an input says which.
pub const ROUTES: [&str; 4] = ["/api/v1/coverage?", "/partners?", "/fragment/map?", "/map.svg?"];

const TODAY: Date = date(2026, 11, 21);

type Files = BTreeMap<String, Vec<u8>>;

/// The files of the two folders that the bad inputs of the tests start from.
static BASE: LazyLock<[Files; 2]> = LazyLock::new(|| {
    ["geography", "program"].map(|folder| {
        let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|path| path.join("tests/data/bad/base"));
        let path = above.find(|path| path.is_dir()).expect("the base world is part of the repository").join(folder);
        let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())).collect()
    })
});

static WORLD: LazyLock<Arc<Snapshot>> =
    LazyLock::new(|| Arc::new(Snapshot::new(load_with("unread.txt", b"").dataset.expect("the base world has no errors"))));

static SERVICE: LazyLock<Front> = LazyLock::new(|| router(Arc::new(App::new(WORLD.clone(), Some(TODAY)))));

static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));

/// `regions.geojson` of any bytes.
pub fn geojson(bytes: &[u8]) {
    load_with("regions.geojson", bytes);
}

/// One of the [`TABLES`] of any bytes.
pub fn tables(bytes: &[u8]) {
    if let Some((which, rest)) = bytes.split_first() {
        load_with(TABLES[usize::from(*which) % TABLES.len()], rest);
    }
}

/// One of the [`SETTINGS`] of any bytes.
pub fn settings(bytes: &[u8]) {
    if let Some((which, rest)) = bytes.split_first() {
        load_with(SETTINGS[usize::from(*which) % SETTINGS.len()], rest);
    }
}

/// Free text and coordinates, as people type them: every question has an answer, and the same one twice.
pub fn questions(text: &str) {
    let scope = Scope { as_of: TODAY, course: None };
    let (first, second) = text.split_once(',').unwrap_or((text, ""));
    let questions = [
        Question::text(text),
        Question::at(first, second),
        Question::zip(text),
        Question::state(text),
        Question::county(text),
        Question::place(text),
        Question::region(text),
    ];
    for question in questions.into_iter().flatten() {
        let told = answer(&WORLD, &question, &scope);
        assert_eq!(told, answer(&WORLD, &question, &scope));
        let fair = |share: f64| (0.0..=1.0).contains(&share);
        assert!(told.parts.iter().filter_map(|part| part.share).all(fair), "{told:?}");
        assert!(told.partners.iter().all(|partner| fair(partner.share)), "{told:?}");
    }
}

/// A query string of any bytes, for one of the [`ROUTES`]: the service never fails.
pub fn queries(bytes: &[u8]) {
    let Some((which, query)) = bytes.split_first() else { return };
    // Any byte may come in a query, but not raw: those that may not are percent-encoded.
    let query: String =
        query
            .iter()
            .map(|&b| {
                if b.is_ascii_graphic() && !b"\"<>#{}|\\^`".contains(&b) {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02x}")
                }
            })
            .collect();
    let uri = format!("{}{query}", ROUTES[usize::from(*which) % ROUTES.len()]);
    let Ok(request) = Request::get(&uri).body(Body::empty()) else { return };
    let response = RUNTIME.block_on(SERVICE.clone().oneshot(request)).expect("the service never fails");
    assert!(response.status().as_u16() < 500, "{} for {uri}", response.status());
}

/// Loads the world with one file replaced or added, and checks what always holds.
fn load_with(file: &str, bytes: &[u8]) -> Loaded {
    let [mut geography, mut program] = BASE.clone();
    let home = if geography.contains_key(file) { &mut geography } else { &mut program };
    home.insert(file.to_owned(), bytes.to_vec());
    let loaded = load(&Folder::Memory(Arc::new(geography)), &Folder::Memory(Arc::new(program))).expect("memory can be read");
    check(&loaded);
    loaded
}

fn check(loaded: &Loaded) {
    let refused = loaded.problems.iter().any(|problem| problem.severity == Severity::Error);
    assert_eq!(refused, loaded.dataset.is_none(), "a data set is made exactly when there is no error");
    assert!(loaded.problems.is_sorted(), "problems are sorted");
    loaded.problems.iter().for_each(check_problem);
    let Some(dataset) = &loaded.dataset else { return };
    for region in &dataset.program.regions {
        if let Shape::Drawn(boundary) = &region.shape {
            let area = coverage_map::geometry::measure::area(boundary);
            assert!(area.is_finite() && area > 0.0, "region {} was taken with an area of {area}", region.id);
        }
    }
    for row in &dataset.program.assignments {
        assert!(dataset.program.partners.iter().any(|partner| partner.id == row.partner), "{row:?} is nobody's");
        assert!(!row.term.is_empty(), "{row:?} holds on no day");
    }
}

fn check_problem(problem: &Problem) {
    let text = problem.to_string();
    assert!(!problem.what.is_empty() && text.len() < 10_000, "a message says something, and not too much: {text}");
    assert!(
        coverage_map::source::CHECKS.iter().any(|check| check.name == problem.check && check.severity == problem.severity),
        "{text} is of no listed check"
    );
    if let Some(excerpt) = &problem.excerpt {
        assert!(excerpt.start <= excerpt.end && excerpt.text.get(excerpt.start..excerpt.end).is_some(), "{excerpt:?}");
    }
}
