//! The order of rows and features changes no answer, and two processes make the same bytes of the same files.

use std::collections::BTreeMap;

use coverage_map::{
    lookup::{Question, Scope, answer},
    render::{json, words::Words},
    snapshot::Snapshot,
    source::{Embedded, Folder, load},
};
use jiff::civil::date;

use crate::{
    loading::{Dice, load_changed, shuffled},
    served::Served,
    world::TODAY,
};

/// The answers to some questions on some days, without the name of the data, which follows every byte.
pub fn answers(snapshot: &Snapshot, questions: &[String]) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    for question in questions {
        for day in [TODAY, date(2026, 6, 30), date(2027, 7, 1)] {
            let scope = Scope { as_of: day, course: None };
            let answer = answer(snapshot, &Question::text(question).unwrap(), &scope);
            let text = json::answer(&answer, &Words::new(&snapshot.info().courses), None).unwrap();
            answers.insert(format!("{question} on {day}"), text.replace(snapshot.generation().as_str(), "…"));
        }
    }
    answers
}

/// Everything that has a name in a snapshot, and a net of positions over it.
pub fn questions(snapshot: &Snapshot, every: usize) -> Vec<String> {
    let geography = snapshot.land().geography();
    let areas = snapshot.land().areas().iter().map(|area| area.id.to_string());
    let partners = snapshot.program().partners.iter().map(|partner| partner.id.to_string());
    let places = geography.places.iter().flatten().map(|place| format!("{}, {}", place.name, place.state));
    let zips = geography.zips.iter().flatten().map(|zip| zip.zip.to_string());
    let net = (0..400).map(|i| format!("{}, {}", 39.8 + f64::from(i / 20) * 0.22, 9.8 + f64::from(i % 20) * 0.22));
    areas.chain(partners).chain(places).chain(zips).chain(net).step_by(every).collect()
}

#[test]
fn the_order_of_rows_and_features_changes_no_answer_about_the_toy_atlas() {
    let plain = Snapshot::new(load_changed("toy", |_, bytes| bytes).dataset.unwrap());
    let questions = questions(&plain, 1);
    let expected = answers(&plain, &questions);
    for seed in 1..=12 {
        let mut dice = Dice(seed * 0x9e37_79b9);
        let mixed = Snapshot::new(load_changed("toy", |name, bytes| shuffled(name, bytes, &mut dice)).dataset.unwrap());
        assert_ne!(plain.generation(), mixed.generation());
        assert_eq!(answers(&mixed, &questions), expected, "seed {seed}");
    }
}

#[test]
fn the_order_of_rows_changes_no_answer_of_the_shipped_program() {
    let shipped = &*crate::three_roads::SHIPPED;
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(77);
    for file in ["program.toml", "partners.csv", "assignments.csv", "regions.csv", "regions.geojson"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("regions/sample-program").join(file);
        let bytes = std::fs::read(path).unwrap();
        let bytes = if file.ends_with(".csv") { shuffled(file, bytes, &mut dice) } else { bytes };
        std::fs::write(folder.path().join(file), bytes).unwrap();
    }
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Directory(folder.path().to_owned())).unwrap();
    let mixed = shipped.succeeded_by(loaded.dataset.unwrap());
    let questions = questions(shipped, 31);
    assert!(questions.len() > 2_000);
    let (expected, found) = (answers(shipped, &questions), answers(&mixed, &questions));
    for (question, answer) in &expected {
        assert_eq!(found[question], *answer, "{question}");
    }
}

#[test]
fn two_processes_make_the_same_bytes() {
    // Tables that are hashed are in another order in each process.
    let (one, other) = (Served::built_in(), Served::built_in());
    for path in [
        "/",
        "/partners",
        "/partners?q=springfield",
        "/partners/puget-sound-cs-hub",
        "/states/CA",
        "/counties/53033",
        "/zips/98101",
        "/fragment/map",
        "/map.svg",
        "/map.svg?state=TX",
        "/api/v1/coverage?state=WA",
        "/api/v1/coverage?q=portland",
        "/api/v1/coverage?lat=36.527&lon=-89.51",
    ] {
        assert!(one.get(path) == other.get(path), "{path} differs between two processes");
    }
}
