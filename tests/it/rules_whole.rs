//! The status of a whole, the service area, positions, time: the rules, each in the smallest world that shows it.

use coverage_map::{
    domain::{Role, ServiceArea, Standing, Term, ZipKind},
    lookup::{NextStep, Note, Question, Status},
};
use jiff::civil::date;

use crate::{
    rules::{in_ash, share},
    world::{TODAY, World, ask, ask_on, at, partners, parts, rectangle, region, text},
};

// --- The status of a whole.

#[test]
fn a_state_is_covered_partly_covered_pending_or_open_by_its_counties() {
    let pending = |world: World, region: &str| world.assign_with("p", region, |row| row.standing = Standing::Pending);
    let state = |world: World| ask(&world.snapshot(), Question::state("AA").unwrap()).status;
    assert_eq!(state(World::new()), Status::Open);
    assert_eq!(state(World::new().assign("a", "county:01001")), Status::PartlyCovered);
    assert_eq!(state(World::new().assign("a", "county:01001").assign("b", "county:01002")), Status::Covered);
    assert_eq!(state(pending(World::new(), "state:AA")), Status::Pending);
    assert_eq!(state(pending(World::new(), "county:01001")), Status::Open);
}

#[test]
fn a_pending_application_inside_a_served_area_changes_nothing_but_a_note() {
    let world =
        World::new().assign("a", "state:AA").assign_with("p", "county:01001", |row| row.standing = Standing::Pending).snapshot();
    let answer = ask(&world, in_ash());
    assert_eq!((answer.status, partners(&answer)), (Status::Covered, vec!["a"]));
    assert_eq!(answer.notes, [Note::PendingInside]);
}

#[test]
fn a_pending_applicant_is_never_named() {
    let world = World::new().assign_with("secret", "county:01001", |row| row.standing = Standing::Pending).snapshot();
    for question in [in_ash(), Question::county("01001").unwrap(), Question::state("AA").unwrap(), text("Ash County, AA")] {
        let answer = ask(&world, question);
        assert!(!format!("{answer:?}").contains("secret"), "{answer:?}");
    }
}

#[test]
fn a_partner_that_starts_later_leaves_a_place_open_and_nobody_applies_for_what_is_promised() {
    let later = Term { starts_on: Some(date(2027, 7, 1)), ends_on: None };
    let world = World::new().assign_with("a", "county:01001", |row| row.term = later).snapshot();
    let answer = ask(&world, in_ash());
    assert_eq!(answer.status, Status::Open);
    assert_eq!(answer.upcoming[0].id.as_str(), "a");
    assert!(matches!(answer.next_step, NextStep::ContactProgram(_)));
    assert!(answer.notes.iter().any(|note| matches!(note, Note::Promised(_, day) if *day == date(2027, 7, 1))));
    let state = ask(&world, Question::state("AA").unwrap());
    assert_eq!(state.upcoming.len(), 1);
    assert!(matches!(state.next_step, NextStep::Apply(_)), "the rest of the state is not promised: {:?}", state.next_step);
}

#[test]
fn a_row_that_continues_a_partnership_is_no_beginning() {
    let until = Term { starts_on: None, ends_on: Some(date(2027, 6, 30)) };
    let from = Term { starts_on: Some(date(2027, 7, 1)), ends_on: None };
    let world = World::new()
        .assign_with("a", "state:AA", |row| row.term = until)
        .assign_with("a", "state:AA", |row| row.term = from)
        .snapshot();
    assert!(ask(&world, in_ash()).upcoming.is_empty());
}

// --- The service area.

#[test]
fn a_place_outside_the_service_area_is_outside_and_never_open() {
    let world = World::new().info(|info| info.service_area = ServiceArea::States(vec!["BB".parse().unwrap()])).snapshot();
    let answer = ask(&world, in_ash());
    assert_eq!(answer.status, Status::Outside);
    assert!(matches!(&answer.notes[..], [Note::OutsideServiceArea(name)] if &**name == "Alphaland"));
    assert_eq!(ask(&world, at(0.5, 2.5)).status, Status::Open);
}

// --- Positions.

#[test]
fn a_position_outside_names_the_nearest_region_its_distance_and_its_answer() {
    let world = World::new().assign("a", "county:01001").snapshot();
    let answer = ask(&world, at(1.1, 0.5));
    assert_eq!(answer.status, Status::Outside);
    let nearest = answer.nearest.unwrap();
    assert_eq!((nearest.region, nearest.status), (region("county:01001"), Status::Covered));
    assert!((nearest.distance_m / 11_057.0 - 1.0).abs() < 0.01, "{}", nearest.distance_m);
}

#[test]
fn within_the_resolution_of_a_region_a_position_gets_its_answer_and_is_told_so() {
    let world = World::new().assign("a", "county:01001").snapshot();
    let answer = ask(&world, at(1.0005, 0.5));
    assert_eq!((answer.status, partners(&answer)), (Status::Covered, vec!["a"]));
    assert!(answer.notes.iter().any(|note| matches!(note, Note::WithinResolution(..))));
    assert_eq!(ask(&world, at(1.0015, 0.5)).status, Status::Outside);
}

#[test]
fn near_a_border_at_which_the_answer_changes_the_other_side_is_named() {
    let world = World::new().assign("a", "state:AA").assign("b", "state:BB").snapshot();
    let answer = ask(&world, at(0.5, 1.999));
    let [near] = &answer.near_border[..] else { panic!("{:?}", answer.near_border) };
    assert_eq!(near.region, Some(region("county:02001")));
    assert_eq!(near.partners.iter().map(|partner| partner.id.as_str()).collect::<Vec<_>>(), ["b"]);
    assert!((near.distance_m / 111.3 - 1.0).abs() < 0.01, "{}", near.distance_m);
    assert!(ask(&world, at(0.5, 0.999)).near_border.is_empty(), "both counties have the same partner");
    assert!(ask(&world, at(0.5, 1.99)).near_border.is_empty(), "more than a kilometre away");
}

#[test]
fn a_region_built_from_counties_holds_their_positions() {
    let world = World::new().built("both", &["county:01002", "county:02001"]).assign("a", "region:both").snapshot();
    for (lon, status) in [(0.5, Status::Open), (1.5, Status::Covered), (2.5, Status::Covered), (3.5, Status::Open)] {
        assert_eq!(ask(&world, at(0.5, lon)).status, status, "{lon}");
    }
    let region = ask(&world, Question::region("both").unwrap());
    assert_eq!(parts(&region), ["county:01002 Covered a", "county:02001 Covered a"]);
}

// --- The order of rows.

#[test]
fn the_answer_never_depends_on_the_order_of_rows() {
    let rows = [("b", "state:AA"), ("a", "state:AA"), ("c", "zip:11111"), ("c", "zip:11112"), ("d", "county:01002")];
    let build = |rows: &[(&str, &str)]| {
        let base = World::new().zip("11111", "01001", 600).zip("11112", "01001", 300).zip("11113", "01001", 100);
        rows.iter().fold(base, |world, (partner, region)| world.assign(partner, region)).snapshot()
    };
    let (forward, backward) = (build(&rows), build(&rows.iter().rev().copied().collect::<Vec<_>>()));
    for question in [in_ash(), text("11111"), Question::state("AA").unwrap(), Question::county("01001").unwrap()] {
        assert_eq!(ask(&forward, question.clone()), ask(&backward, question));
    }
}

#[test]
fn the_application_window_follows_the_day_asked_about() {
    let world = World::new().snapshot();
    let step = |day| ask_on(&world, in_ash(), day).next_step;
    assert_eq!(step(date(2026, 9, 30)), NextStep::Wait(date(2026, 10, 1)));
    assert!(matches!(step(TODAY), NextStep::Apply(Some(_))));
    assert!(matches!(step(date(2027, 2, 28)), NextStep::Apply(_)), "the closing day is still open");
    assert!(matches!(step(date(2027, 3, 1)), NextStep::ContactProgram(_)));
}

#[test]
fn shares_of_a_county_count_the_people_of_zips_with_another_main_county_too() {
    let some = || {
        let world = World::new().zip("11111", "01001", 250).zip("11112", "01001", 50);
        let foreign = &[("01002", 0.9), ("01001", 0.1)];
        world.zip_of_kind("22222", foreign, Some(7_000), ZipKind::Area).assign("wide", "state:AA").assign("a", "zip:11111")
    };
    let county = ask(&some().snapshot(), Question::county("01001").unwrap());
    assert_eq!((share(&county, "a"), share(&county, "wide")), (0.25, 0.75));
    let each = ask(&some().assign("b", "zip:11112").snapshot(), Question::county("01001").unwrap());
    assert!((share(&each, "wide") - 0.7).abs() < 1e-9, "the people of 22222 are served by the state's partner");
}

#[test]
fn a_position_in_a_county_whose_every_zip_is_under_review_is_pending_like_the_county() {
    let world =
        World::new().zip("11111", "01001", 300).assign_with("p", "zip:11111", |row| row.standing = Standing::Pending).snapshot();
    for question in [Question::county("01001").unwrap(), in_ash(), text("11111")] {
        assert_eq!(ask(&world, question).status, Status::Pending);
    }
}

#[test]
fn a_region_is_covered_though_the_county_that_it_cuts_is_open_elsewhere() {
    let world = World::new()
        .zip("11111", "01001", 1)
        .zip("11112", "01001", 999)
        .drawn("west", rectangle(0.0, 0.0, 0.3, 1.0))
        .assign("a", "region:west")
        .assign("b", "zip:11111")
        .snapshot();
    assert_eq!(ask(&world, Question::region("west").unwrap()).status, Status::Covered);
}

#[test]
fn leads_are_named_before_a_fund_of_several_leads() {
    let fund = |world: World, region: &str| world.assign_with("fund", region, |row| row.role = Role::Funding);
    let world = World::new().assign("z1", "county:01001").assign("z2", "county:01002");
    let state = ask(&fund(fund(world, "county:01001"), "county:01002").snapshot(), Question::state("AA").unwrap());
    assert_eq!(partners(&state), ["z1", "z2", "fund"]);
}
