//! What happens in the next days, and what would happen if.

use std::fs;

use coverage_map::{
    domain::{Assignment, Standing},
    gaps::{self, EventKind, Standpoint},
    lookup::{Scope, Status},
};
use jiff::civil::{Date, date};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    cli::{coverage_map, said},
    site::toy_folder,
    three_roads::SHIPPED,
    world::{TODAY, World},
};

fn on(as_of: Date) -> Scope {
    Scope { as_of, course: None }
}

fn from(day: Date) -> impl FnOnce(&mut Assignment) {
    move |row| row.term.starts_on = Some(day)
}

fn until(day: Date) -> impl FnOnce(&mut Assignment) {
    move |row| row.term.ends_on = Some(day)
}

#[test]
fn a_hand_over_names_both_and_changes_nobodys_coverage() {
    let snapshot = World::new()
        .assign_with("old", "state:AA", until(date(2026, 12, 31)))
        .assign_with("new", "state:AA", from(date(2027, 1, 1)))
        .snapshot();
    let calendar = gaps::calendar(&snapshot, &on(TODAY), 90);
    let events: Vec<_> =
        calendar.events.iter().map(|event| (event.kind, event.partner.as_str(), event.others[0].as_str())).collect();
    assert_eq!(events, [(EventKind::Ends, "old", "new"), (EventKind::Starts, "new", "old")]);
    assert_eq!(calendar.days, []);
}

#[test]
fn the_people_who_lose_their_partner_are_counted_on_the_day_after_the_last() {
    let snapshot = World::new().assign_with("old", "state:AA", until(date(2026, 12, 31))).snapshot();
    let days = gaps::calendar(&snapshot, &on(TODAY), 90).days;
    let [change] = days.as_slice() else { panic!("{days:?}") };
    assert_eq!((change.day, &change.lost, &change.gained), (date(2027, 1, 1), &vec![Some(2_000)], &vec![Some(0)]));
    assert_eq!(gaps::calendar(&snapshot, &on(TODAY), 30).events, []);
}

#[test]
fn reviews_are_due_or_overdue_and_those_of_what_has_ended_are_neither() {
    let review = |day: Date| move |row: &mut Assignment| row.review_by = Some(day);
    let ended = |row: &mut Assignment| (row.review_by, row.term.ends_on) = (Some(date(2026, 1, 1)), Some(date(2026, 1, 1)));
    let snapshot = World::new()
        .assign_with("late", "county:01001", review(date(2026, 11, 20)))
        .assign_with("soon", "county:01002", review(TODAY))
        .assign_with("gone", "county:02001", ended)
        .snapshot();
    let events = gaps::calendar(&snapshot, &on(TODAY), 10).events;
    let found: Vec<_> = events.iter().map(|event| (event.partner.as_str(), event.kind)).collect();
    assert_eq!(found, [("late", EventKind::ReviewOverdue), ("soon", EventKind::ReviewDue)]);
}

#[test]
fn two_days_of_the_same_data_are_compared_by_state_and_county() {
    let snapshot = World::new()
        .assign_with("old", "state:AA", until(date(2026, 12, 31)))
        .assign_with("new", "county:02001", from(date(2027, 1, 1)))
        .snapshot();
    let [before, after] = [on(TODAY), on(date(2027, 1, 1))];
    let standpoint = |scope| Standpoint { snapshot: &snapshot, scope };
    let change = gaps::change(standpoint(&before), standpoint(&after));
    let totals: Vec<_> = change.totals.iter().map(|total| (&*total.name, total.lost[0], total.gained[0])).collect();
    let expected =
        [("A row of four", Some(2_000), Some(1_000)), ("Alphaland", Some(2_000), Some(0)), ("Betaland", Some(0), Some(1_000))];
    assert_eq!(totals, expected);
    let first = &change.counties[0];
    assert_eq!((first.before.0, first.before.1[0].as_str(), first.after.0), (Status::Covered, "old", Status::Open));
    assert_eq!(change.counties.len(), 3);
}

#[test]
fn the_change_is_the_difference_of_both_coverage_reports() {
    let [before, after] = [on(date(2026, 6, 30)), on(date(2027, 7, 1))];
    let standpoint = |scope| Standpoint { snapshot: &SHIPPED, scope };
    let change = gaps::change(standpoint(&before), standpoint(&after));
    let covered = |scope: &Scope| gaps::coverage(&SHIPPED, scope).whole.tallies[0].unwrap().covered;
    let whole = &change.totals[0];
    assert_eq!(covered(&before) + whole.gained[0].unwrap() - whole.lost[0].unwrap(), covered(&after));
    let sum = |of: fn(&gaps::TotalChange) -> u64| change.totals[1..].iter().map(of).sum::<u64>();
    assert_eq!(sum(|total| total.lost[0].unwrap()), whole.lost[0].unwrap());
    assert_eq!(sum(|total| total.gained[0].unwrap()), whole.gained[0].unwrap());
}

#[test]
fn a_pending_application_never_counts_as_a_start() {
    let pending = |row: &mut Assignment| (row.standing, row.term.starts_on) = (Standing::Pending, Some(date(2027, 1, 1)));
    let snapshot = World::new().assign_with("asks", "state:AA", pending).snapshot();
    assert_eq!(gaps::calendar(&snapshot, &on(TODAY), 90).events, []);
}

/// The bytes of the toy country's assignments.
fn present() -> Vec<u8> {
    fs::read(toy_folder("program").join("assignments.csv")).unwrap()
}

#[test]
fn what_if_says_who_loses_writes_the_draft_and_leaves_the_file_alone() {
    let folder = TempDir::new().unwrap();
    let draft = folder.path().join("draft.csv");
    let before = present();
    let arguments = ["what-if", "--without", "cedar-works", "--on", "2027-01-01", "--format", "json", "--draft"];
    let run = coverage_map().args(arguments).arg(&draft).output().unwrap();
    let report: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(report["report"], "change");
    assert!(report["states"][0]["population_lost"].as_u64().unwrap() > 0, "{report}");
    let written = fs::read_to_string(&draft).unwrap();
    assert!(written.contains("cedar-works,region:two-rivers,,,,2025-07-01,2026-12-31,,"), "{written}");
    assert_eq!(present(), before);
    // The draft, taken for the file, says the same.
    let again = coverage_map().args(["what-if", "--format", "json", "--as-of", "2027-01-01", "--with"]).arg(&draft).output();
    let again: Value = serde_json::from_slice(&again.unwrap().stdout).unwrap();
    assert_eq!(again["counties"], report["counties"]);
}

#[test]
fn a_draft_that_fails_its_checks_is_refused_whole() {
    let folder = TempDir::new().unwrap();
    let bad = folder.path().join("bad.csv");
    fs::write(&bad, "partner,region\nalder-hub,zip:ABC\nnobody,zip:123456\nalder-hub,state:WE\n").unwrap();
    let draft = folder.path().join("draft.csv");
    let run = coverage_map().args(["what-if", "--with"]).arg(&bad).arg("--draft").arg(&draft).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(said.contains("assignments.csv:2") && said.contains("assignments.csv:3"), "{said}");
    assert!(!draft.exists());
}

#[test]
fn zips_move_and_only_they_change_hands() {
    let (text, code) = said(&["what-if", "--move", "01213", "--from", "alder-hub", "--to", "birch-center", "--format", "json"]);
    let report: Value = serde_json::from_str(&text).unwrap();
    let counties: Vec<_> =
        report["counties"].as_array().unwrap().iter().map(|county| county["region"].as_str().unwrap()).collect();
    assert_eq!((counties, code), (vec!["county:01002"], 0));
    assert_eq!(report["states"][0]["population_lost"], 0);
}

#[test]
fn what_cannot_be_tried_is_said_with_its_rule() {
    for (arguments, message) in [
        (&["what-if"][..], "nothing to try"),
        (&["what-if", "--without", "kelp-society"], "kelp-society has no assignment that lasts"),
        (&["what-if", "--move", "1", "--from", "alder-hub", "--to", "birch-center"], "no ZIP (got \"1\")"),
    ] {
        let run = coverage_map().args(arguments).output().unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(2) && said.contains(message), "{arguments:?}: {said}");
    }
}
