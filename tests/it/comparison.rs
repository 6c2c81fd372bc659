//! What two data sets, or two days, answer differently: held against the answers themselves.

use std::{collections::BTreeMap, sync::Arc};

use coverage_map::{
    comparison::{
        AssignmentChangeKind as Assigned, Comparison, Held, PartnerChangeKind, RegionChangeKind as Ground, Side, Who, compare,
    },
    domain::{RegionId, Role, Standing, Term},
    lookup::{Question, Scope, Status, answer},
    snapshot::Snapshot,
    source::{Folder, load},
};
use jiff::civil::{Date, date};

use crate::{
    cli::coverage_map,
    reload::copy,
    site::toy_folder,
    three_roads::SHIPPED,
    world::{TODAY, World, rectangle},
};

fn compared(before: World, after: World) -> Comparison {
    let (before, after) = (before.snapshot(), after.snapshot());
    compare(Side { snapshot: &before, day: TODAY }, Side { snapshot: &after, day: TODAY })
}

fn between(snapshot: &Snapshot, from: Date, to: Date) -> Comparison {
    compare(Side { snapshot, day: from }, Side { snapshot, day: to })
}

fn who(ids: &[&Who]) -> String {
    ids.iter().map(|who| who.id.as_str()).collect::<Vec<_>>().join("+")
}

/// The changes of assignments in short: `county:01001 a ends`.
fn assigned(comparison: &Comparison) -> Vec<String> {
    let line = |change: &Assigned| match change {
        Assigned::Started(a) => format!("{} starts", a.id),
        Assigned::Ended(a) => format!("{} ends", a.id),
        Assigned::HandedOver { from, to } => {
            format!("{} to {}", who(&from.iter().collect::<Vec<_>>()), who(&to.iter().collect::<Vec<_>>()))
        }
        Assigned::Altered(a) => format!("{} altered", a.id),
        Assigned::Announced(a, day) => format!("{} announced for {day}", a.id),
        Assigned::Withdrawn(a, day) => format!("{} withdrawn for {day}", a.id),
    };
    comparison.assignments.iter().map(|row| format!("{} {}", row.region, line(&row.change))).collect()
}

fn until(day: Date) -> Term {
    Term { starts_on: None, ends_on: Some(day) }
}

fn from(day: Date) -> Term {
    Term { starts_on: Some(day), ends_on: None }
}

#[test]
fn the_same_data_on_the_same_day_has_no_changes() {
    let world = || World::new().assign("a", "state:AA").zip("00601", "01001", 40);
    assert!(compared(world(), world()).is_empty());
}

#[test]
fn a_region_that_changes_hands_is_one_change_and_not_two() {
    let before = World::new().assign("a", "county:01001").assign("b", "county:01002").assign("c", "county:02001");
    let after = World::new().assign("b", "county:01001").assign("b", "county:01002").assign("d", "county:02002");
    let comparison = compared(before.partner("d", |_| {}), after.partner("a", |_| {}).partner("c", |_| {}));
    assert_eq!(assigned(&comparison), ["county:01001 a to b", "county:02001 c ends", "county:02002 d starts"]);
    assert!(comparison.partners.is_empty(), "all are partners on both sides");
    assert_eq!(comparison.people_handed_over(), 1_000);
}

#[test]
fn between_two_days_terms_run_out_and_begin() {
    let world = World::new()
        .assign_with("a", "county:01001", |row| row.term = until(date(2026, 12, 31)))
        .assign_with("b", "county:01001", |row| row.term = from(date(2027, 1, 1)))
        .assign_with("c", "county:02001", |row| row.term = until(date(2026, 12, 31)));
    let snapshot = world.snapshot();
    let comparison = between(&snapshot, date(2026, 12, 31), date(2027, 1, 1));
    assert_eq!(assigned(&comparison), ["county:01001 a to b", "county:02001 c ends"]);
    assert_eq!((comparison.before.covered, comparison.after.covered), (2_000, 1_000));
    assert!(between(&snapshot, date(2027, 1, 1), date(2027, 6, 30)).is_empty());
}

#[test]
fn what_is_to_come_is_announced_and_withdrawn() {
    let later = |day| World::new().partner("a", |_| {}).assign_with("a", "county:01001", move |row| row.term = from(day));
    let without = || World::new().partner("a", |_| {});
    let (july, august) = (date(2027, 7, 1), date(2027, 8, 1));
    assert_eq!(assigned(&compared(without(), later(july))), ["county:01001 a announced for 2027-07-01"]);
    assert_eq!(assigned(&compared(later(july), without())), ["county:01001 a withdrawn for 2027-07-01"]);
    assert_eq!(assigned(&compared(later(july), later(august))), ["county:01001 a announced for 2027-08-01"]);
}

#[test]
fn other_courses_or_another_last_day_are_other_terms() {
    let plain = || World::new().assign("a", "county:01001");
    let one = World::new().assign_with("a", "county:01001", |row| row.courses = vec!["one".parse().unwrap()]);
    assert_eq!(assigned(&compared(plain(), one)), ["county:01001 a altered"]);
    let ends = World::new().assign_with("a", "county:01001", |row| row.term = until(date(2027, 1, 1)));
    assert_eq!(assigned(&compared(plain(), ends)), ["county:01001 a altered"]);
}

#[test]
fn partners_come_go_and_are_renamed_and_applicants_are_never_named() {
    let before = World::new().assign("a", "county:01001").assign("b", "county:01002");
    let after = World::new()
        .assign("a", "county:01001")
        .partner("a", |partner| partner.name = "Another name".into())
        .assign("c", "county:01002")
        .assign_with("applicant", "county:02001", |row| row.standing = Standing::Pending);
    let comparison = compared(before, after);
    let changes: Vec<_> = comparison.partners.iter().map(|p| (p.partner.id.as_str(), &p.change)).collect();
    let renamed = PartnerChangeKind::Renamed("Partner a".into());
    assert_eq!(changes, [("a", &renamed), ("b", &PartnerChangeKind::Removed), ("c", &PartnerChangeKind::Added)]);
    assert!(!format!("{comparison:?}").contains("applicant"), "{comparison:#?}");
    let pending = comparison.counties.iter().find(|county| county.region.to_string() == "county:02001").unwrap();
    assert_eq!(pending.after, Some(Held { status: Status::Pending, partners: Vec::new(), leads: Vec::new() }));
}

#[test]
fn ground_that_moves_is_told_as_a_share_of_what_was_there() {
    // A quarter of a degree of one degree at the same latitude: a quarter of the area comes, none goes.
    let before = World::new().drawn("box", rectangle(0.0, 0.0, 1.0, 1.0)).built("two", &["county:01001", "county:01002"]);
    let after = World::new().drawn("box", rectangle(0.0, 0.0, 1.25, 1.0)).built("two", &["county:01001", "county:02001"]);
    let comparison = compared(before.drawn("gone", rectangle(2.0, 0.0, 3.0, 1.0)), after.built("new", &["county:02002"]));
    let changes: BTreeMap<_, _> = comparison.regions.iter().map(|r| (r.region.to_string(), &r.change)).collect();
    let moved = |id: &str| match changes[id] {
        Ground::Moved(share) => *share,
        other => panic!("{other:?}"),
    };
    assert!((moved("region:box") - 0.25).abs() < 1e-6);
    assert!((moved("region:two") - 1.0).abs() < 1e-6, "one of two counties goes, and one comes");
    assert_eq!((changes["region:gone"], changes["region:new"]), (&Ground::Removed, &Ground::Added));
    assert_eq!(changes.len(), 4);
}

#[test]
fn places_that_are_not_known_on_one_side_are_changes_of_their_own() {
    let before = World::new().zip("00601", "01001", 40).zip("00602", "01001", 2);
    let comparison = compared(before, World::new().zip("00602", "01001", 2).zip("00603", "01001", 5));
    let zips: Vec<_> = comparison.zips.iter().map(|zip| (zip.region.to_string(), zip.before.is_some())).collect();
    assert_eq!(zips, [("zip:00601".to_owned(), true), ("zip:00603".to_owned(), false)], "the one with more people first");
    assert_eq!((comparison.before.zips, comparison.after.zips), (2, 2));
}

/// Status and partners of an answer.
fn asked(snapshot: &Snapshot, region: &RegionId, day: Date) -> Held {
    let answer = answer(snapshot, &Question::about(region), &Scope { as_of: day, course: None });
    let by_id: BTreeMap<_, _> = answer.partners.into_iter().map(|partner| (partner.id.to_string(), partner)).collect();
    let leads = by_id.values().filter(|partner| partner.role == Role::Lead).map(|partner| partner.id.clone());
    Held { status: answer.status, leads: leads.collect(), partners: by_id.values().map(|partner| partner.id.clone()).collect() }
}

/// The comparison lists a place exactly where its answers differ, with what they say.
fn agrees_with_answers(snapshot: &Snapshot, days: [Date; 2], regions: impl Iterator<Item = RegionId>) -> usize {
    let comparison = between(snapshot, days[0], days[1]);
    let places = comparison.counties.iter().chain(&comparison.zips);
    let listed: BTreeMap<_, _> = places.map(|place| (&place.region, [place.before.clone(), place.after.clone()])).collect();
    let mut changed = 0;
    for region in regions {
        let [before, after] = days.map(|day| Some(asked(snapshot, &region, day)));
        let expected = (before != after).then_some([before, after]);
        assert_eq!(listed.get(&region), expected.as_ref(), "{region}");
        changed += usize::from(expected.is_some());
    }
    changed
}

#[test]
fn exactly_the_places_whose_answers_differ_are_listed() {
    let folder = |name| Folder::Directory(toy_folder(name));
    let toy = Arc::new(Snapshot::new(load(&folder("geography"), &folder("program")).unwrap().dataset.unwrap()));
    let counties = |snapshot: &Snapshot| -> Vec<_> {
        snapshot.land().geography().counties.iter().map(|county| RegionId::County(county.geoid)).collect()
    };
    let zips = |snapshot: &Snapshot| -> Vec<_> { snapshot.land().zips().all().map(|(_, zip)| RegionId::Zip(zip.zip)).collect() };
    let all = counties(&toy).into_iter().chain(zips(&toy));
    assert!(agrees_with_answers(&toy, [date(2026, 6, 30), date(2027, 7, 1)], all) > 4);
    let some = counties(&SHIPPED).into_iter().chain(zips(&SHIPPED).into_iter().step_by(23));
    assert!(agrees_with_answers(&SHIPPED, [date(2026, 6, 30), date(2027, 7, 1)], some) > 100);
}

#[test]
fn people_with_a_partner_are_those_of_the_counties_answers() {
    let comparison = between(&SHIPPED, TODAY, TODAY);
    let land = SHIPPED.land();
    let scope = Scope { as_of: TODAY, course: None };
    let mut covered = 0.0;
    for (unit, county) in land.units().zip(&land.geography().counties) {
        let answer = answer(&SHIPPED, &Question::about(&RegionId::County(county.geoid)), &scope);
        covered += land.people(unit).unwrap_or(0) as f64 * answer.covered_share.unwrap_or(0.0);
    }
    assert!((comparison.after.covered as f64 - covered).abs() < land.units().len() as f64 / 2.0, "rounded county by county");
}

#[test]
fn folders_and_days_are_compared_on_the_command_line() {
    let edited = tempfile::tempdir().unwrap();
    copy(&toy_folder("program"), edited.path());
    let rows = std::fs::read_to_string(edited.path().join("assignments.csv")).unwrap();
    std::fs::write(edited.path().join("assignments.csv"), rows.replace("birch-center,county:01003", "iris-school,county:01003"))
        .unwrap();
    let said = |arguments: &[&str]| {
        let output = coverage_map().arg("diff").args(arguments).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
    };
    let (old, new) = (toy_folder("program"), edited.path().to_owned());
    let (text, code) = said(&[old.to_str().unwrap(), new.to_str().unwrap()]);
    assert!(text.contains("county:01003 (B2 County, West): Birch Center handed over to Iris School"), "{text}");
    assert_eq!(code, 1);
    assert_eq!(said(&[old.to_str().unwrap(), old.to_str().unwrap()]).1, 0);
    let (text, code) = said(&["--from", "2026-06-30", "--to", "2026-07-01"]);
    assert!(text.contains("Hazel House ended") && text.contains("Birch Center started") && code == 1, "{text}");
    let (csv, _) = said(&["--from", "2026-06-30", "--to", "2026-07-01", "--format", "csv"]);
    assert!(csv.starts_with("what,change,id,name,before,after,people,moved_share\n"), "{csv}");
    for unclear in [&[][..], &[old.to_str().unwrap()], &["/nowhere", "/nowhere"]] {
        assert_eq!(said(unclear).1, 2, "{unclear:?}");
    }
}

/// A folder in which something of every kind has changed since the toy program.
fn edited_in_many_ways() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&toy_folder("program"), folder.path());
    let edit = |file: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(text.contains(from), "{file} no longer has {from}");
        std::fs::write(folder.path().join(file), text.replace(from, to)).unwrap();
    };
    edit("partners.csv", "Iris School", "=Iris College");
    edit("partners.csv", "kelp-society,Kelp Society", "mallow-trust,Mallow Trust");
    edit("assignments.csv", "birch-center,county:01003", "iris-school,county:01003");
    edit("assignments.csv", "larch-lab,region:south-coast,csp,,,2025-07-01", "larch-lab,region:south-coast,csp,,,2027-07-01");
    edit("assignments.csv", "juniper-group,zip:03404,,,,2025-07-01,,,\n", "mallow-trust,region:open-range,,,,,,,\n");
    edit("regions.geojson", "[13.25,42.5],[13.25,43.5]", "[13.5,42.5],[13.5,43.5]");
    edit("regions.csv", "South Coast", "Southern Coast");
    folder
}

#[test]
fn comparisons_are_written_as_people_and_spreadsheets_have_come_to_know_them() {
    let (old, edited) = (toy_folder("program"), edited_in_many_ways());
    let folders = [old.to_str().unwrap(), edited.path().to_str().unwrap()];
    for (name, arguments) in [("folders", &folders[..]), ("days", &["--from", "2026-06-30", "--to", "2026-07-01"])] {
        for (format, end) in [("text", "txt"), ("csv", "csv"), ("json", "json")] {
            let (said, code) = crate::cli::said(&[&["diff", "--format", format], arguments].concat());
            crate::golden::check(&format!("diff/{name}.{end}"), &said);
            assert_eq!(code, 1, "something changes");
        }
    }
}
