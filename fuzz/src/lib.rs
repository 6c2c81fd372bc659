//! What all fuzz targets share: a small world in memory, one file of which is made of the fuzzer's bytes, and what has
//! to hold whatever they are.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Arc, LazyLock},
};

use coverage_map::{
    domain::{Problem, Severity, Shape},
    source::{Folder, Loaded, load},
};

type Files = BTreeMap<String, Vec<u8>>;

/// The files of the two folders that the bad inputs of the tests start from.
static BASE: LazyLock<[Files; 2]> = LazyLock::new(|| {
    ["geography", "program"].map(|folder| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/bad/base").join(folder);
        let entries = fs::read_dir(path).expect("the base world is part of the repository").map(|entry| entry.unwrap().path());
        entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())).collect()
    })
});

/// Loads the world with one file replaced or added, and checks what always holds.
pub fn load_with(file: &str, bytes: &[u8]) -> Loaded {
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
