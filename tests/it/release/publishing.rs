//! Publishers: one at a time, on the command line, and what a depot has to do for them.

use std::fs;

use coverage_map::release::{self, Conflict, NotASnapshot, NotPublished, activate, current, judge, open, publish};
use jiff::Timestamp;

use super::{Publisher, Replica};
use crate::world::TODAY;

#[test]
fn of_two_publishers_one_wins_and_the_other_is_told() {
    let publisher = Publisher::new();
    publisher.release();
    let depot = publisher.depot();
    let (mine, theirs) = (current(&*depot).unwrap(), current(&*depot).unwrap());
    publisher.rename_partner("Lily School");
    let id = publish(&*depot, &publisher.built().1).unwrap();
    activate(&*depot, &theirs, id.clone(), Timestamp::now()).unwrap();
    let error = activate(&*depot, &mine, id, Timestamp::now()).unwrap_err();
    assert!(matches!(error, NotPublished::Lost(Conflict::Lost)) && error.to_string().contains("somebody else"), "{error}");
}

#[test]
fn a_publisher_that_is_killed_leaves_nothing_that_is_served_or_listed() {
    let publisher = Publisher::new();
    let first = publisher.release();
    publisher.rename_partner("Lily School");
    let (_, built) = publisher.built();
    // All files but the manifest, which is written last.
    for (path, bytes) in &built.files {
        publisher.depot().add(&built.id.path(path), bytes).unwrap();
    }
    let mut replica = Replica::begin(&publisher, None).unwrap();
    replica.look();
    assert_eq!(replica.serving(), first);
    assert!(matches!(judge(&*publisher.depot(), &built.id, |_| TODAY), Err(NotPublished::Snapshot(NotASnapshot::Absent(_)))));
    let (code, said) = publisher.run(&["list"]);
    assert!(code == 0 && said.contains(first.as_str()) && !said.contains(built.id.as_str()), "{said}");
}

#[test]
fn the_command_line_builds_shows_what_changes_holds_back_a_fall_and_goes_back() {
    let publisher = Publisher::new();
    let (code, said) = publisher.run(&["build", "--activate"]);
    assert!(code == 0 && said.contains("is served now"), "{said}");
    let first = said.split_whitespace().nth(1).unwrap().to_owned();
    publisher.rename_partner("Lily School");
    let (_, said) = publisher.run(&["lookup", "01212"]);
    assert!(said.contains("Iris School"), "what is served answers, not what the files say by now: {said}");
    let (code, said) = publisher.run(&["build"]);
    assert_eq!(code, 0, "{said}");
    let second = said.split_whitespace().nth(1).unwrap().to_owned();
    let (code, said) = publisher.run(&["activate", &second[..10]]);
    assert!(code == 0 && said.contains("Lily School"), "{said}");
    publisher.edit("assignments.csv", |text| text.lines().next().unwrap().to_owned() + "\n");
    let (code, said) = publisher.run(&["build", "--activate"]);
    assert!(code == 1 && said.contains("waits:") && said.contains("would have a partner"), "{said}");
    let (_, listed) = publisher.run(&["list"]);
    assert!(listed.contains(&format!("* {second}")) && listed.contains(&first), "{listed}");
    let (code, said) = publisher.run(&["build", "--activate", "--accept"]);
    assert!(code == 0 && said.contains("is served now"), "{said}");
    let (code, said) = publisher.run(&["rollback"]);
    assert!(code == 0 && said.contains(&format!("snapshot {second} is served now")), "{said}");
    assert_eq!(publisher.run(&["verify"]).0, 0);
    fs::write(publisher.file(&second.parse().unwrap(), "program.bin"), "x").unwrap();
    let (code, said) = publisher.run(&["verify", &second]);
    assert!(code == 1 && said.contains("program.bin: damaged"), "{said}");
    let (code, said) = publisher.run(&["activate", "000000"]);
    assert!(code == 2 && said.contains("no snapshot begins so"), "{said}");
}

#[test]
fn a_depot_that_nobody_can_use_is_named_without_what_is_secret() {
    let publisher = Publisher::new();
    for (place, expected) in
        [("ftp://user:secret@example.org/x", "nobody here speaks ftp"), ("s3://key:secret@bucket/x", "s3://")]
    {
        let error = open(place).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(expected) && !error.contains("secret"), "{error}");
    }
    fs::write(publisher.place(), "a file").unwrap();
    let (code, said) = publisher.run(&["build"]);
    assert!(code == 2 && said.contains("cannot be written"), "{said}");
}

#[test]
fn a_current_that_nobody_understands_is_left_alone_and_the_way_out_that_is_named_is_one() {
    let publisher = Publisher::new();
    let first = publisher.release();
    let mut replica = Replica::begin(&publisher, None).unwrap();
    fs::write(publisher.place().join("CURRENT"), "half of someth").unwrap();
    for verb in [&["activate", first.as_str()][..], &["rollback"], &["list"], &["build", "--pages", "none", "--activate"]] {
        let (code, said) = publisher.run(verb);
        assert!(code == 2 && said.contains("CURRENT: cannot be read") && said.contains("remove CURRENT"), "{verb:?}: {said}");
    }
    assert_eq!(fs::read_to_string(publisher.place().join("CURRENT")).unwrap(), "half of someth");
    fs::remove_file(publisher.place().join("CURRENT")).unwrap();
    replica.look();
    assert!(replica.serving() == first && replica.fault().is_some());
    assert_eq!(publisher.run(&["activate", first.as_str()]).0, 0);
    replica.look();
    assert_eq!((replica.serving(), replica.fault()), (first, None));
}

/// What every depot has to do; over a store, too, where one is named.
#[test]
fn a_depot_keeps_its_contract() {
    let folder = tempfile::tempdir().unwrap();
    let store = std::env::var("COVERAGE_MAP_TEST_STORE").ok();
    let places = [folder.path().join("depot").to_str().unwrap().to_owned()].into_iter().chain(store);
    for depot in places.map(|place| open(&place).unwrap()) {
        let place = depot.place().to_owned();
        assert_eq!(depot.read("snapshots/a/x").unwrap(), None, "{place}");
        assert_eq!(depot.names().unwrap(), [""; 0], "{place}");
        for path in ["snapshots/a/x", "snapshots/b/y=1,z/index.html", "snapshots/b/x"] {
            depot.add(path, path.as_bytes()).unwrap();
            depot.add(path, path.as_bytes()).unwrap();
            assert_eq!(depot.read(path).unwrap().as_deref(), Some(path.as_bytes()), "{place}");
        }
        assert_eq!(depot.names().unwrap(), ["a", "b"], "{place}");
        assert_eq!(depot.current(None).unwrap(), release::Current::Absent, "{place}");
        depot.move_current(None, b"first").unwrap();
        assert!(matches!(depot.move_current(None, b"late"), Err(Conflict::Lost)), "{place}");
        let release::Current::Changed(bytes, first) = depot.current(None).unwrap() else { panic!("{place}: nothing is there") };
        assert_eq!(bytes, b"first");
        assert_eq!(depot.current(Some(&first)).unwrap(), release::Current::Unchanged, "{place}");
        depot.move_current(Some(&first), b"second").unwrap();
        assert!(matches!(depot.move_current(Some(&first), b"late"), Err(Conflict::Lost)), "{place}");
        let release::Current::Changed(bytes, _) = depot.current(Some(&first)).unwrap() else { panic!("{place}: it has moved") };
        assert_eq!(bytes, b"second", "{place}");
    }
}
