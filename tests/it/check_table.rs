//! The page about checks is made from the table of the code: `BLESS=1 cargo test --test it check_table`.

use std::{fmt::Write, fs, path::PathBuf};

use coverage_map::{checks, domain::Check, source};

use crate::{cli::said, reload::copy, site::toy_folder};

const START: &str = "<!-- The tables from here on are made from the code: BLESS=1 cargo test --test it check_table -->\n";

fn rows(checks: &[Check]) -> String {
    let mut text = "| check | severity | what it holds |\n|---|---|---|\n".to_owned();
    for check in checks {
        writeln!(text, "| `{}` | {} | {} |", check.name, check.severity, check.sentence.replace('|', "\\|")).unwrap();
    }
    text
}

#[test]
fn the_page_about_checks_lists_the_table_of_the_code() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
    let page = fs::read_to_string(&path).unwrap();
    let (prose, _) = page.split_once(START).expect("the page has a place for the tables");
    let made = format!(
        "{prose}{START}\n## Of the files\n\n{}\n## Of the data as a whole\n\n{}",
        rows(source::CHECKS),
        rows(checks::CHECKS)
    );
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), made, "docs/checks.md differs from the table; BLESS=1 writes it anew");
}

#[test]
fn no_two_checks_of_all_layers_have_the_same_name() {
    let mut names: Vec<_> = source::CHECKS.iter().chain(checks::CHECKS).map(|check| check.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_example_on_the_page_about_checks_is_what_the_toy_atlas_says() {
    let page = include_str!("../../docs/checks.md");
    let example = page.split_once("```json\n").unwrap().1.split_once("```").unwrap().0;
    let example: serde_json::Value = serde_json::from_str(example).unwrap();
    let mut real: serde_json::Value = serde_json::from_str(&said(&["check", "--format", "json"]).0).unwrap();
    let shown = &example["problems"][0];
    real["problems"].as_array_mut().unwrap().retain(|problem| problem["check"] == shown["check"]);
    assert_eq!(example, real);
}

#[test]
fn an_overlap_that_the_page_lists_as_meant_is_silent() {
    let page = include_str!("../../docs/checks.md");
    let table = page.split_once("```csv\n").unwrap().1.split_once("```").unwrap().0;
    let folder = tempfile::tempdir().unwrap();
    copy(&toy_folder("program"), folder.path());
    let check = || said(&["check", "--program", folder.path().to_str().unwrap()]).0;
    assert!(check().contains("warning[overlap]"));
    fs::write(folder.path().join("accepted.csv"), table).unwrap();
    assert!(!check().contains("overlap]") && !check().contains("stale-acceptance"), "{}", check());
}
