//! The way of an organisation that starts from nothing: new, edit, check, serve.

use std::{fs, path::Path};

use assert_cmd::Command;
use coverage_map::source::{Embedded, Folder, load};

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coverage-map"));
    let output = command.args(arguments).current_dir(folder).env("COVERAGE_MAP_AS_OF", "2026-11-21").output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.code(), said)
}

#[test]
fn a_new_program_is_clean_says_what_comes_next_and_answers_once_it_is_edited() {
    let home = tempfile::tempdir().unwrap();
    let (code, said) = run(home.path(), &["new", "my-program"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.ends_with("Next:\n  coverage-map check --program my-program\n  coverage-map --program my-program\n"), "{said}");
    assert_eq!(run(home.path(), &["check", "--program", "my-program"]).0, Some(0));

    let program = home.path().join("my-program");
    for (file, from, to) in
        [("partners.csv", "Example Partner", "Green Mountain Schools"), ("pages/faq.md", "Write here what you answer.", "Yes.")]
    {
        let text = fs::read_to_string(program.join(file)).unwrap();
        fs::write(program.join(file), text.replace(from, to)).unwrap();
    }
    let said = run(home.path(), &["lookup", "Burlington, VT", "--program", "my-program"]).1;
    assert!(said.contains("Green Mountain Schools"), "{said}");
}

#[test]
fn every_file_of_a_new_program_is_read_and_holds_what_the_settings_name() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(run(home.path(), &["new", "."]).0, Some(0));
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Directory(home.path().to_owned())).unwrap();
    let own = loaded.problems.iter().filter(|problem| home.path().join(&*problem.site.file).exists());
    assert_eq!(own.collect::<Vec<_>>(), Vec::<&coverage_map::domain::Problem>::new());
    let program = loaded.dataset.unwrap().program;
    assert_eq!((program.partners.len(), program.assignments.len(), program.regions.len()), (1, 2, 1));
    assert_eq!(program.info.pages.navigation("en").len(), 3);
}

#[test]
fn nobodys_files_are_written_over() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("partners.csv"), "mine").unwrap();
    let (code, said) = run(home.path(), &["new", "."]);
    assert_eq!((code, fs::read_dir(home.path()).unwrap().count()), (Some(2), 1), "{said}");
    assert!(said.contains(".: there are files already; a new program needs a folder that is new or empty"), "{said}");
    assert_eq!(fs::read_to_string(home.path().join("partners.csv")).unwrap(), "mine");
    assert_eq!(run(home.path(), &["new", "partners.csv"]).0, Some(2));
}

#[test]
fn a_folder_with_blanks_in_its_name_is_shown_as_a_shell_takes_it() {
    let home = tempfile::tempdir().unwrap();
    assert!(run(home.path(), &["new", "our program's"]).1.contains("check --program 'our program'\\''s'"));
}
