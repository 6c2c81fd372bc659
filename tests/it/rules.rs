//! Who serves a place: the rules, each in the smallest world that shows it.

use coverage_map::{
    domain::{Role, ServiceArea, Standing, Term, ZipKind},
    lookup::{NextStep, Note, Question, Status},
};
use jiff::civil::date;

use crate::world::{TODAY, World, ask, ask_for, ask_on, at, partners, parts, rectangle, region, text};

/// A position in Ash County.
fn in_ash() -> Question {
    at(0.5, 0.5)
}

fn share(answer: &coverage_map::lookup::Answer, partner: &str) -> f64 {
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
