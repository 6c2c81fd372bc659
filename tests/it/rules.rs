//! Who serves a place: the rules, each in the smallest world that shows it.

use coverage_map::{
    domain::{Role, Term, ZipKind},
    lookup::{NextStep, Note, Question, Status},
};
use jiff::civil::date;

use crate::world::{World, ask, ask_for, ask_on, at, partners, parts, rectangle, region, text};

/// A position in Ash County.
pub fn in_ash() -> Question {
    at(0.5, 0.5)
}

pub fn share(answer: &coverage_map::lookup::Answer, partner: &str) -> f64 {
    answer.partners.iter().find(|p| p.id.as_str() == partner).map(|p| p.share).unwrap()
}

// --- What is filtered out shadows nothing.

#[test]
fn an_ended_carve_out_falls_back_to_the_wider_partner() {
    let ended = Term { starts_on: None, ends_on: Some(date(2026, 6, 30)) };
    let world = World::new().assign("wide", "state:AA").assign_with("narrow", "county:01001", |row| row.term = ended).snapshot();
    assert_eq!(partners(&ask(&world, in_ash())), ["wide"]);
    assert_eq!(partners(&ask_on(&world, in_ash(), date(2026, 6, 30))), ["narrow"]);
}

#[test]
fn a_partners_own_dates_must_hold_too() {
    let world = World::new().assign("a", "state:AA").partner("a", |p| p.term.ends_on = Some(date(2026, 6, 30))).snapshot();
    assert_eq!(ask(&world, in_ash()).status, Status::Open);
}

#[test]
fn a_partner_without_the_course_does_not_serve_its_region_for_it() {
    let world = World::new()
        .assign("wide", "state:AA")
        .assign("narrow", "county:01001")
        .partner("narrow", |p| p.courses = vec!["one".parse().unwrap()])
        .snapshot();
    assert_eq!(partners(&ask_for(&world, in_ash(), "one")), ["narrow"]);
    assert_eq!(partners(&ask_for(&world, in_ash(), "two")), ["wide"]);
    assert_eq!(partners(&ask(&world, in_ash())), ["narrow"]);
}

// --- The most specific region wins.

#[test]
fn of_the_regions_that_hold_a_place_the_smallest_wins() {
    let world = World::new()
        .drawn("half", rectangle(0.0, 0.0, 1.0, 0.5))
        .assign("state", "state:AA")
        .assign("county", "county:01001")
        .assign("half", "region:half")
        .snapshot();
    assert_eq!(partners(&ask(&world, at(0.25, 0.5))), ["half"]);
    assert_eq!(partners(&ask(&world, at(0.75, 0.5))), ["county"]);
    assert_eq!(partners(&ask(&world, at(0.75, 1.5))), ["state"]);
}

#[test]
fn a_county_comes_before_a_region_of_the_same_size() {
    let world =
        World::new().built("same", &["county:01001"]).assign("region", "region:same").assign("county", "county:01001").snapshot();
    assert_eq!(partners(&ask(&world, in_ash())), ["county"]);
}

#[test]
fn an_explicit_zip_beats_every_area() {
    let world = World::new()
        .zip("11111", "01001", 500)
        .zip("22222", "01001", 500)
        .assign("wide", "state:AA")
        .assign("county", "county:01001")
        .assign("zip", "zip:11111")
        .snapshot();
    assert_eq!(partners(&ask(&world, text("11111"))), ["zip"]);
    assert_eq!(partners(&ask(&world, text("22222"))), ["county"]);
}

// --- Joint partnerships.

#[test]
fn a_lead_and_its_fund_serve_together_the_lead_first_whatever_courses_the_fund_lists() {
    let world = World::new()
        .assign_with("a-fund", "state:AA", |row| {
            row.role = Role::Funding;
            row.courses = vec!["two".parse().unwrap()];
        })
        .assign("z-lead", "state:AA")
        .snapshot();
    assert_eq!(partners(&ask_for(&world, in_ash(), "one")), ["z-lead", "a-fund"]);
}

#[test]
fn a_fund_alone_serves_nothing() {
    let world = World::new().assign_with("fund", "state:AA", |row| row.role = Role::Funding).snapshot();
    assert_eq!(ask(&world, in_ash()).status, Status::Open);
}

#[test]
fn two_leads_on_one_region_are_both_named_by_id() {
    let world = World::new().assign("b", "state:AA").assign("a", "state:AA").snapshot();
    assert_eq!(partners(&ask(&world, in_ash())), ["a", "b"]);
}

// --- Drawn regions that cut through counties.

#[test]
fn a_region_that_splits_a_county_splits_its_people_by_area_and_says_so() {
    let world = World::new().drawn("west", rectangle(0.0, 0.0, 0.25, 1.0)).assign("a", "region:west").snapshot();
    let answer = ask(&world, Question::county("01001").unwrap());
    assert_eq!(answer.status, Status::PartlyCovered);
    assert!((share(&answer, "a") - 0.25).abs() < 1e-6, "{}", share(&answer, "a"));
    assert!(answer.notes.iter().any(|note| matches!(note, Note::SplitByArea(..))), "{:?}", answer.notes);
}

#[test]
fn a_region_holds_a_county_whole_from_99_per_cent_on_and_not_at_all_up_to_1() {
    let world = World::new().drawn("most", rectangle(0.0, 0.0, 1.005, 1.0)).assign("a", "region:most").snapshot();
    assert_eq!(ask(&world, Question::county("01001").unwrap()).status, Status::Covered);
    assert_eq!(ask(&world, Question::county("01002").unwrap()).status, Status::Open);
    assert_eq!(ask(&world, at(0.5, 1.004)).status, Status::Covered, "positions are decided by the geometry itself");
}

// --- ZIP assignments change their counties.

#[test]
fn a_county_whose_every_zip_has_the_same_partners_is_theirs_with_every_position_and_zip_part_in_it() {
    let world = World::new()
        .zip("11111", "01001", 500)
        .zip("11112", "01001", 500)
        .zip_of_kind("11113", &[("01001", 1.0)], None, ZipKind::Point)
        .zip_of_kind("22222", &[("01002", 0.6), ("01001", 0.4)], Some(100), ZipKind::Area)
        .assign("wide", "state:AA")
        .assign("zips", "zip:11111")
        .assign("zips", "zip:11112")
        .snapshot();
    for question in [in_ash(), Question::county("01001").unwrap(), text("11113")] {
        assert_eq!(partners(&ask(&world, question)), ["zips"]);
    }
    assert_eq!(parts(&ask(&world, text("22222"))), ["county:01001 Covered zips", "county:01002 Covered wide"]);
}

#[test]
fn an_open_county_whose_zips_have_different_partners_is_covered_by_them_together() {
    let world = World::new()
        .zip("11111", "01001", 750)
        .zip("11112", "01001", 250)
        .assign("a", "zip:11111")
        .assign("b", "zip:11112")
        .snapshot();
    let county = ask(&world, Question::county("01001").unwrap());
    assert_eq!((county.status, partners(&county)), (Status::Covered, vec!["a", "b"]));
    assert_eq!((share(&county, "a"), share(&county, "b")), (0.75, 0.25));
    assert_eq!(parts(&county), ["zip:11111 Covered a", "zip:11112 Covered b"], "nobody lives on what is left of it");
    let position = ask(&world, in_ash());
    assert_eq!((position.status, parts(&position).len()), (Status::Covered, 2));
}

#[test]
fn an_open_county_with_some_assigned_zips_is_partly_covered_and_asks_for_the_zip() {
    let world = World::new().zip("11111", "01001", 4).zip("11112", "01001", 996).assign("a", "zip:11111").snapshot();
    for question in [Question::county("01001").unwrap(), in_ash()] {
        let answer = ask(&world, question);
        assert_eq!(answer.status, Status::PartlyCovered, "however few people the ZIP has");
        assert_eq!(answer.next_step, NextStep::Choose);
        assert_eq!(partners(&answer), ["a"]);
        assert_eq!(answer.partners[0].via, region("zip:11111"));
        assert_eq!(parts(&answer), ["zip:11111 Covered a", "county:01001 Open"]);
        assert!(answer.notes.iter().any(|note| matches!(note, Note::SomeZips(_, 1))));
    }
    assert_eq!(ask(&world, text("11112")).status, Status::Open, "the other ZIP is known to be open");
}

#[test]
fn a_served_county_with_some_assigned_zips_keeps_its_answer_and_names_the_other() {
    let world = World::new()
        .zip("11111", "01001", 100)
        .zip("11112", "01001", 900)
        .assign("wide", "state:AA")
        .assign("a", "zip:11111")
        .snapshot();
    for question in [Question::county("01001").unwrap(), in_ash()] {
        let answer = ask(&world, question);
        assert_eq!((answer.status, partners(&answer)), (Status::Covered, vec!["wide", "a"]));
        assert_eq!(answer.next_step, NextStep::Choose);
    }
    let state = ask(&world, Question::state("AA").unwrap());
    assert_eq!((state.status, partners(&state)), (Status::Covered, vec!["wide", "a"]));
    assert!(parts(&state).contains(&"county:01001 Covered wide+a".to_owned()), "{:?}", parts(&state));
}

#[test]
fn a_county_question_counts_zips_by_their_main_county_only() {
    let world = World::new()
        .zip("11111", "01001", 500)
        .zip_of_kind("22222", &[("01002", 0.6), ("01001", 0.4)], Some(1000), ZipKind::Area)
        .assign("a", "zip:22222")
        .snapshot();
    assert_eq!(ask(&world, Question::county("01001").unwrap()).status, Status::Open);
    assert_eq!(ask(&world, Question::county("01002").unwrap()).status, Status::Covered);
}

// --- A ZIP answers for every county that it meets.

#[test]
fn a_zip_in_two_states_answers_for_both() {
    let world = World::new()
        .zip_of_kind("11111", &[("01002", 0.7), ("02001", 0.3)], Some(100), ZipKind::Area)
        .assign("a", "state:AA")
        .snapshot();
    let answer = ask(&world, text("11111"));
    assert_eq!(answer.status, Status::PartlyCovered);
    assert_eq!(share(&answer, "a"), 0.7);
    assert_eq!(parts(&answer), ["county:01002 Covered a", "county:02001 Open"]);
}

#[test]
fn parts_under_one_per_cent_together_are_listed_and_named_but_do_not_change_the_status() {
    let world = World::new()
        .zip_of_kind("11111", &[("01002", 0.995), ("02001", 0.005)], Some(100), ZipKind::Area)
        .zip_of_kind("22222", &[("01002", 0.985), ("02001", 0.008), ("02002", 0.007)], Some(100), ZipKind::Area)
        .assign("b", "state:BB")
        .snapshot();
    let small = ask(&world, text("11111"));
    assert_eq!((small.status, partners(&small)), (Status::Open, vec!["b"]));
    assert!(matches!(small.next_step, NextStep::Apply(_)), "the next step follows the status: {:?}", small.next_step);
    assert!(small.notes.contains(&Note::SmallParts));
    assert_eq!(ask(&world, text("22222")).status, Status::PartlyCovered, "one and a half per cent together");
}

#[test]
fn a_point_zip_answers_like_its_county_without_the_zip_carve_outs() {
    let world = World::new()
        .zip("11111", "01001", 100)
        .zip("11112", "01001", 900)
        .zip_of_kind("11113", &[("01001", 1.0)], None, ZipKind::Point)
        .assign("a", "zip:11111")
        .snapshot();
    let answer = ask(&world, text("11113"));
    assert_eq!(answer.status, Status::Open);
    assert!(answer.notes.iter().any(|note| matches!(note, Note::PointZip(_))));
}

#[test]
fn a_military_zip_is_outside_unless_it_is_assigned() {
    let world = World::new().zip_of_kind("09012", &[], None, ZipKind::Military).snapshot();
    let answer = ask(&world, text("09012"));
    assert_eq!(answer.status, Status::Outside);
    assert_eq!(answer.notes, [Note::MilitaryZip]);
    assert!(matches!(answer.next_step, NextStep::ContactProgram(_)));
    let world = World::new().zip_of_kind("09012", &[], None, ZipKind::Military).assign("a", "zip:09012").snapshot();
    assert_eq!(partners(&ask(&world, text("09012"))), ["a"]);
}

#[test]
fn shares_are_0_or_1_only_when_they_are_exact() {
    let world = World::new()
        .geography(|g| {
            let people = g.weights.as_mut().unwrap().population.values_mut();
            people.zip([1_000_000, 1, 0, 1]).for_each(|(people, n)| *people = n);
        })
        .assign("a", "county:01001")
        .assign("b", "county:01002")
        .assign("c", "county:02001")
        .assign("d", "county:02002")
        .snapshot();
    let alpha = ask(&world, Question::state("AA").unwrap());
    assert!(share(&alpha, "a") < 1.0 && share(&alpha, "b") > 0.0);
    let beta = ask(&world, Question::state("BB").unwrap());
    assert_eq!((share(&beta, "c"), share(&beta, "d")), (0.0, 1.0), "nobody lives in Cedar County");
}
