//! Findings about the data as a whole, each in the smallest world that shows it.

use std::sync::Arc;

use coverage_map::{
    checks::{findings, overlaps, patches},
    domain::{Problem, Standing, Term},
    geometry::{Boundary, topology::Topology},
    snapshot::Snapshot,
    source::{Embedded, Folder, load},
};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use jiff::civil::date;

use crate::world::{TODAY, World, rectangle};

/// The findings of one check, as their messages.
fn found(world: World, check: &str) -> Vec<String> {
    of_check(findings(&world.snapshot(), TODAY), check)
}

fn of_check(problems: Vec<Problem>, check: &str) -> Vec<String> {
    problems.iter().filter(|problem| problem.check == check).map(ToString::to_string).collect()
}

/// Region `west` from longitude 0 to 1.5 and region `east` from 1 to 3, of different partners.
fn two_that_overlap() -> World {
    let world = World::new().drawn("west", rectangle(0.0, 0.0, 1.5, 1.0)).drawn("east", rectangle(1.0, 0.0, 3.0, 1.0));
    world.assign("wren", "region:west").assign("emu", "region:east")
}

#[test]
fn regions_of_different_partners_that_overlap_are_found_with_the_area_that_both_hold() {
    // Half a cell of one degree at the equator: 12,308.8 km² by Karney's geodesic area, halved.
    let expected = "assignments.csv:3: region:east (emu) and region:west (wren) share 6154 km²; \
                    a place that both hold is answered by the smaller region alone; \
                    draw one border for both, or list the two in accepted.csv with a reason";
    assert_eq!(found(two_that_overlap(), "overlap"), [expected]);
}

#[test]
fn a_region_within_another_is_a_carve_out_and_one_beside_it_no_overlap() {
    let inside = World::new().drawn("wide", rectangle(0.0, 0.0, 2.0, 1.0)).drawn("narrow", rectangle(0.5, 0.2, 1.0, 0.8));
    assert!(found(inside.assign("a", "region:wide").assign("b", "region:narrow"), "overlap").is_empty());
    let beside = World::new().drawn("west", rectangle(0.0, 0.0, 1.5, 1.0)).drawn("east", rectangle(1.5, 0.0, 3.0, 1.0));
    assert!(found(beside.assign("a", "region:west").assign("b", "region:east"), "overlap").is_empty());
}

#[test]
fn an_overlap_of_one_partner_or_of_different_courses_or_times_is_none() {
    let regions = || World::new().drawn("west", rectangle(0.0, 0.0, 1.5, 1.0)).drawn("east", rectangle(1.0, 0.0, 3.0, 1.0));
    assert!(found(regions().assign("a", "region:west").assign("a", "region:east"), "overlap").is_empty());
    let course = |id: &str| vec![id.parse().unwrap()];
    let courses =
        regions()
            .assign_with("a", "region:west", |row| row.courses = course("one"))
            .assign_with("b", "region:east", |row| row.courses = course("two"));
    assert!(found(courses, "overlap").is_empty());
    let until = Term { starts_on: None, ends_on: Some(date(2026, 12, 31)) };
    let from = Term { starts_on: Some(date(2027, 1, 1)), ends_on: None };
    let handed_over =
        regions().assign_with("a", "region:west", |row| row.term = until).assign_with("b", "region:east", |row| row.term = from);
    assert!(found(handed_over, "overlap").is_empty());
    let over = Term { starts_on: None, ends_on: Some(date(2026, 11, 20)) };
    let ended = regions().assign_with("a", "region:west", |row| row.term = over).assign("b", "region:east");
    assert!(found(ended, "overlap").is_empty(), "what has ended matters no more");
    let pending = regions().assign_with("a", "region:west", |row| row.standing = Standing::Pending).assign("b", "region:east");
    assert!(found(pending, "overlap").is_empty(), "an application holds nothing yet");
}

#[test]
fn a_region_that_is_built_from_counties_overlaps_a_drawn_one() {
    let world = World::new().built("south", &["county:01001", "county:01002"]).drawn("east", rectangle(1.5, 0.0, 3.0, 1.0));
    let snapshot = world.assign("a", "region:south").assign("b", "region:east").snapshot();
    let [overlap] = &overlaps(&snapshot, TODAY)[..] else { panic!("one overlap") };
    assert!((overlap.square_metres / 1e6 - 6154.4).abs() < 0.5, "{overlap:?}");
}

#[test]
fn an_accepted_overlap_is_silent_and_an_acceptance_of_none_is_told() {
    let accepted = findings(&two_that_overlap().accept("east", "west").snapshot(), TODAY);
    assert!(accepted.iter().all(|problem| !["overlap", "stale-acceptance"].contains(&problem.check)), "{accepted:?}");
    let apart = World::new().drawn("west", rectangle(0.0, 0.0, 1.0, 1.0)).drawn("east", rectangle(2.0, 0.0, 3.0, 1.0));
    let told = found(apart.assign("a", "region:west").assign("b", "region:east").accept("east", "west"), "stale-acceptance");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("accepted.csv:2: region:east and region:west do not overlap"), "{told:?}");
}

/// A border from south to north in ten steps, some way to the east of longitude 1.5.
fn wavy(east_by: f64) -> impl Iterator<Item = Coord<f64>> + Clone {
    (0..=10).map(move |i| Coord { x: 1.5 + east_by + 0.05 * f64::from(i % 2), y: f64::from(i) / 10.0 })
}

fn region(ring: impl Iterator<Item = Coord<f64>>) -> Arc<Boundary> {
    Arc::new(Boundary::new(MultiPolygon(vec![Polygon::new(LineString::from_iter(ring), vec![])])).unwrap())
}

#[test]
fn a_border_that_was_drawn_twice_is_a_sliver_and_no_overlap() {
    let corner = |x: f64, y: f64| std::iter::once(Coord { x, y });
    let west = |by: f64| region(corner(0.0, 0.0).chain(wavy(by)).chain(corner(0.0, 1.0)).chain(corner(0.0, 0.0)));
    let east: Vec<_> = corner(3.0, 1.0).chain(wavy(0.0).collect::<Vec<_>>().into_iter().rev()).collect();
    let east = region(corner(3.0, 0.0).chain(east).chain(corner(3.0, 0.0)));
    let world = |by: f64| {
        let world = World::new().drawn("west", west(by)).drawn("east", Arc::clone(&east));
        world.assign("a", "region:west").assign("b", "region:east")
    };
    // 0.0003 degrees are 33 m at the equator: an overlap to the east, a gap to the west.
    for by in [0.0003, -0.0003] {
        assert_eq!(found(world(by), "sliver").len(), 1, "{by}");
        assert!(found(world(by), "overlap").is_empty(), "{by}");
    }
    assert!(found(world(0.0), "sliver").is_empty(), "the same border");
    assert!(found(world(0.01), "sliver").is_empty() && found(world(0.01), "overlap").len() == 1, "1.1 km is an overlap");
}

#[test]
fn a_review_is_overdue_from_the_next_day_on_until_the_assignment_ends() {
    let review = |by, ends_on| {
        World::new().assign_with("a", "state:AA", |row| {
            (row.review_by, row.term.ends_on) = (Some(by), ends_on);
        })
    };
    let told = found(review(date(2026, 11, 20), None), "review-overdue");
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("the review of a in state:AA has been due since 2026-11-20"), "{told:?}");
    assert!(found(review(TODAY, None), "review-overdue").is_empty());
    assert!(found(review(date(2026, 1, 1), Some(date(2026, 6, 30))), "review-overdue").is_empty());
}

#[test]
fn an_application_is_late_on_the_day_on_which_it_would_start_and_one_without_any_day_is_told() {
    let pending = |starts_on, review_by| {
        World::new().assign_with("a", "state:AA", |row| {
            (row.standing, row.term.starts_on, row.review_by) = (Standing::Pending, starts_on, review_by);
        })
    };
    assert_eq!(found(pending(Some(TODAY), None), "pending-late").len(), 1);
    assert!(found(pending(Some(date(2026, 11, 22)), None), "pending-late").is_empty());
    assert_eq!(found(pending(None, None), "pending-undated").len(), 1);
    assert!(found(pending(None, Some(date(2027, 1, 1))), "pending-undated").is_empty());
}

#[test]
fn a_serving_partner_without_a_website_and_a_region_without_a_partner_are_told() {
    let world = || World::new().drawn("west", rectangle(0.0, 0.0, 1.5, 1.0)).partner("a", |partner| partner.website = None);
    assert_eq!(found(world().assign("a", "state:AA"), "no-website").len(), 1);
    assert!(found(world(), "no-website").is_empty(), "who serves nothing needs none");
    assert_eq!(found(world(), "unassigned-region").len(), 1);
    assert!(found(world().assign("a", "region:west"), "unassigned-region").is_empty());
}

#[test]
fn borders_of_counties_that_do_not_match_are_told_with_their_place() {
    let world = World::new().geography(|land| land.counties[1].boundary = rectangle(1.00005, 0.0, 2.0, 1.0));
    let told = found(world, "unmatched-border");
    assert!(told.iter().any(|text| text.contains("Ash County (01001) and Birch County (01002)")), "{told:?}");
    assert!(found(World::new(), "unmatched-border").is_empty());
}

#[test]
fn a_state_whose_border_is_not_that_of_its_counties_is_told() {
    // States of this world are rectangles without a vertex where their counties meet.
    assert_eq!(found(World::new(), "state-border").len(), 2);
    let corners = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
    let matched = region(corners.into_iter().map(|(x, y)| Coord { x, y }));
    let told = found(World::new().geography(|land| land.states[0].boundary = matched), "state-border");
    assert!(told.len() == 1 && told[0].contains("Betaland"), "{told:?}");
}

#[test]
fn the_shipped_counties_have_one_border_that_does_not_match() {
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram)).unwrap();
    let problems = findings(&Snapshot::new(loaded.dataset.unwrap()), TODAY);
    let told = of_check(problems, "unmatched-border");
    assert!(!told.is_empty() && told.iter().all(|text| text.contains("Chugach Census Area (02063)")), "{told:?}");
    assert!(told.iter().any(|text| text.contains("60.4394, -148.6659")), "{told:?}");
}

#[test]
fn a_partner_with_two_counties_apart_has_two_parts_and_one_around_a_county_a_hole() {
    let units = |snapshot: &Snapshot| {
        let land = snapshot.land();
        let boundaries: Vec<_> = land.units().map(|unit| land.area(land.unit_area(unit)).boundary.clone().unwrap()).collect();
        Topology::new(boundaries.iter().map(AsRef::as_ref))
    };
    let snapshot = World::new().assign("a", "county:01001").assign("a", "county:02001").assign("b", "state:BB").snapshot();
    let found = patches(&snapshot, &snapshot.roster(TODAY, None), &units(&snapshot));
    let parts: Vec<_> = found.iter().map(|patches| patches.parts.len()).collect();
    assert_eq!(parts, [2, 1], "a holds the first and the third county of the row, b the fourth");
    assert!(found.iter().all(|patches| patches.holes.is_empty()));

    let hole = rectangle(1.4, 0.4, 1.6, 0.6);
    let around =
        Polygon::new(rectangle(1.0, 0.0, 2.0, 1.0).parts()[0].exterior().clone(), vec![hole.parts()[0].exterior().clone()]);
    let snapshot = World::new()
        .geography(|land| {
            land.counties[1].boundary = Arc::new(Boundary::new(MultiPolygon(vec![around])).unwrap());
            land.counties[2].boundary = hole;
        })
        .assign("a", "county:01002")
        .snapshot();
    let found = patches(&snapshot, &snapshot.roster(TODAY, None), &units(&snapshot));
    assert_eq!((found[0].parts.len(), found[0].holes.len()), (1, 1));
}
