//! Every file of `tests/data/bad` with the whole of what is said about it.
//!
//! Each folder there is one case: its files replace those of `base`, those that `missing.txt` names are taken away,
//! and `expected.txt` holds every problem with its excerpt. `BLESS=1 cargo test bad_inputs` writes them anew.

use std::{
    collections::BTreeSet,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use coverage_map::{
    domain::{Problem, Severity},
    source::{CHECKS, Folder, Loaded, load},
};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bad")
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(cases()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "base");
    names.sort();
    names
}

/// The base with a case laid over it.
pub fn load_case(name: &str) -> Loaded {
    let world = tempfile::tempdir().unwrap();
    let mut homes = Vec::new();
    for folder in ["geography", "program"] {
        fs::create_dir(world.path().join(folder)).unwrap();
        for file in fs::read_dir(cases().join("base").join(folder)).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), world.path().join(folder).join(file.file_name())).unwrap();
            homes.push((file.file_name().into_string().unwrap(), folder));
        }
    }
    let place = |file: &str| {
        let home = homes.iter().find(|(known, _)| known == file).map_or("program", |(_, folder)| folder);
        world.path().join(home).join(file)
    };
    for file in fs::read_dir(cases().join(name)).unwrap() {
        let file = file.unwrap();
        match file.file_name().to_str().unwrap() {
            "expected.txt" => {}
            "pages" => copy_folder(&file.path(), &world.path().join("program/pages")),
            "missing.txt" => {
                fs::read_to_string(file.path()).unwrap().lines().for_each(|gone| fs::remove_file(place(gone)).unwrap())
            }
            other => drop(fs::copy(file.path(), place(other)).unwrap()),
        }
    }
    load(&Folder::Directory(world.path().join("geography")), &Folder::Directory(world.path().join("program"))).unwrap()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(file.file_name());
        if file.path().is_dir() {
            copy_folder(&file.path(), &target);
        } else {
            fs::copy(file.path(), target).unwrap();
        }
    }
}

/// A problem as the golden files show it: its name, its message, the line that it is about.
fn shown(problem: &Problem) -> String {
    let mut text = format!("{} {}\n{problem}\n", problem.severity, problem.check);
    for site in &problem.related {
        writeln!(text, "  see {site}").unwrap();
    }
    if let Some(excerpt) = &problem.excerpt {
        let indent = excerpt.text[..excerpt.start].chars().count();
        let width = excerpt.text[excerpt.start..excerpt.end].chars().count().max(1);
        writeln!(
            text,
            "  | {}\n  | {}{}",
            excerpt.text.replace(['\t', '\u{202e}', '\u{200b}'], "?"),
            " ".repeat(indent),
            "^".repeat(width)
        )
        .unwrap();
    }
    text
}

#[test]
fn every_bad_input_gets_exactly_the_messages_that_stand_beside_it() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for name in names() {
        let problems = load_case(&name).problems;
        let found = problems.iter().map(shown).collect::<Vec<_>>().join("\n");
        let path = cases().join(&name).join("expected.txt");
        if bless {
            fs::write(&path, &found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            wrong.push(format!("== {name}\n-- expected\n{expected}\n-- found\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ; BLESS=1 accepts them\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn good_controls_load_without_a_word_and_bad_ones_never_do() {
    for name in names() {
        let loaded = load_case(&name);
        let silent = loaded.problems.is_empty();
        assert_eq!(silent, name.starts_with("good-") || SILENT.contains(&&*name), "{name}: {:?}", loaded.problems);
        assert!(!silent || loaded.dataset.is_some(), "{name}");
    }
}

/// Controls that belong beside the bad case that they are the good side of.
const SILENT: &[&str] = &[
    "assignment-two-leads-different-courses",
    "assignment-two-leads-one-pending",
    "assignment-funding-joins",
    "assignment-hand-over-next-day",
];

#[test]
fn every_check_has_an_input_that_breaks_it_and_every_problem_is_a_listed_check() {
    let listed: BTreeSet<_> = CHECKS.iter().map(|check| check.name).collect();
    assert_eq!(listed.len(), CHECKS.len(), "names of checks are unique");
    let mut seen = BTreeSet::new();
    for problem in names().iter().flat_map(|name| load_case(name).problems) {
        let check = CHECKS
            .iter()
            .find(|check| check.name == problem.check)
            .unwrap_or_else(|| panic!("{problem:?} is of no listed check"));
        assert_eq!(check.severity, problem.severity, "{problem}");
        seen.insert(check.name);
    }
    // A tangle takes ten thousand edges: the sweep's own tests make one.
    seen.insert("tangle");
    let untried: Vec<_> = listed.difference(&seen).collect();
    assert!(untried.is_empty(), "no bad input breaks {untried:?}");
}

#[test]
fn messages_read_as_sentences_without_a_capital_or_a_full_stop() {
    for problem in names().iter().flat_map(|name| load_case(name).problems) {
        for text in [Some(&problem.what), problem.rule.as_ref(), problem.remedy.as_ref()].into_iter().flatten() {
            assert!(!text.ends_with('.') && !text.is_empty() && !text.contains('\n'), "{problem}");
        }
    }
}

#[test]
fn every_error_says_what_to_do_or_by_which_rule() {
    for problem in names().iter().flat_map(|name| load_case(name).problems) {
        let helps = problem.rule.is_some() || problem.remedy.is_some();
        assert!(helps || problem.severity == Severity::Warning, "{problem}");
    }
}
