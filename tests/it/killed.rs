//! A process that is killed at any time leaves nothing to repair, and one that is asked to reload does.

use std::{fs, path::Path, thread, time::Duration};

use coverage_map::reload::{GoAhead, NotAccepted};

use crate::{reload::copy, served::Served, site::toy_folder};

fn toy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["geography", "program"] {
        copy(&toy_folder(name), &folder.path().join(name));
    }
    fs::create_dir(folder.path().join("state")).unwrap();
    folder
}

fn rename_partner(folder: &Path, name: &str) {
    let path = folder.join("program/partners.csv");
    let text = fs::read_to_string(toy_folder("program").join("partners.csv")).unwrap();
    fs::write(path, text.replace("Iris School", name)).unwrap();
}

fn partner(served: &Served) -> String {
    served.json("/api/v1/coverage?zip=01212")["partners"][0]["name"].as_str().unwrap().to_owned()
}

fn until(holds: impl Fn() -> bool) {
    while !holds() {
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_process_that_is_killed_in_the_middle_of_a_reload_starts_again_with_what_the_folder_says() {
    let folder = toy();
    for round in 0..6 {
        let served = Served::on(folder.path());
        rename_partner(folder.path(), &format!("Iris {round}"));
        // Before the change is seen, while the files settle, while they are read, after the swap.
        thread::sleep(Duration::from_millis(120 * round));
        drop(served);
        assert_eq!(partner(&Served::on(folder.path())), format!("Iris {round}"));
    }
}

#[test]
fn a_process_that_is_killed_while_data_waits_leaves_no_go_ahead_behind() {
    let folder = toy();
    let served = Served::on(folder.path());
    let path = folder.path().join("program/assignments.csv");
    let rows = fs::read_to_string(&path).unwrap();
    let without_west: String = rows.lines().filter(|row| !row.contains("state:WE")).map(|row| row.to_owned() + "\n").collect();
    fs::write(&path, without_west).unwrap();
    until(|| served.json("/status")["waiting"].is_string());
    let waiting = served.json("/status")["waiting"].as_str().unwrap().to_owned();
    drop(served);
    fs::write(&path, rows).unwrap();
    let served = Served::on(folder.path());
    until(|| !folder.path().join("state/waiting-generation").exists());
    let refused = GoAhead::new(folder.path().join("state")).accept(&waiting);
    assert!(matches!(refused, Err(NotAccepted::NothingWaits(_))), "{refused:?}");
    assert_eq!(partner(&served), "Iris School");
}

#[test]
fn a_hang_up_reloads_and_never_ends_the_process() {
    let folder = toy();
    let mut served = Served::on(folder.path());
    served.signal("HUP");
    until(|| served.json("/status")["reload"]["result"] == "unchanged");
    rename_partner(folder.path(), "Iris College");
    served.signal("HUP");
    until(|| partner(&served) == "Iris College");
    assert!(served.lives());
}

#[test]
fn who_accepts_on_the_command_line_is_told_what_waits() {
    let folder = toy();
    let accept = |generation: &str| {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_coverage-map"));
        command.env_clear().args(["reload", "--accept", generation, "--state"]).arg(folder.path().join("state"));
        let output = command.output().unwrap();
        (String::from_utf8(output.stderr).unwrap(), output.status.code())
    };
    let (said, code) = accept("0123456789abcdef");
    assert!(said.contains("no generation waits") && code == Some(2), "{said}");
    fs::write(folder.path().join("state/waiting-generation"), "fedcba9876543210\n").unwrap();
    let (said, code) = accept("0123456789abcdef");
    assert!(said.contains("generation fedcba9876543210 waits") && code == Some(2), "{said}");
    assert_eq!(accept("fedcba9876543210").1, Some(0));
    let accepted = fs::read_to_string(folder.path().join("state/accepted-generation")).unwrap();
    assert_eq!(accepted, "fedcba9876543210\n");
}
