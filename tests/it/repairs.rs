//! What is repaired means what was meant.

use std::sync::Arc;

use coverage_map::{
    domain::Shape,
    geometry::{Boundary, Position, measure},
};

use crate::bad_inputs::load_case;

/// The drawn region of a case, which loads with warnings alone.
fn region(case: &str) -> Arc<Boundary> {
    let dataset = load_case(case).dataset.unwrap();
    match &dataset.program.regions[0].shape {
        Shape::Drawn(boundary) => Arc::clone(boundary),
        Shape::Members(members) => panic!("built from {members:?}"),
    }
}

fn holds(boundary: &Boundary, lon: f64, lat: f64) -> bool {
    boundary.holds(Position::new(lon, lat).unwrap())
}

#[test]
fn a_ring_across_the_antimeridian_holds_both_sides_of_it_and_not_the_rest_of_the_world() {
    let boundary = region("antimeridian-crossing");
    for lon in [179.5, -179.5, 180.0] {
        assert!(holds(&boundary, lon, 40.5), "{lon}");
    }
    assert!(!holds(&boundary, 0.0, 40.5) && !holds(&boundary, 178.0, 40.5));
    let (degrees, whole) = (measure::area(&boundary), measure::area(&region("good-drawn-region")));
    // Two degrees by one beside the box of the control, one by 0.6: all at nearly the same latitude.
    assert!((degrees / whole - (2.0 + 0.6) / 0.6).abs() < 0.01, "{degrees} {whole}");
}

#[test]
fn a_bow_tie_holds_its_two_halves_and_not_the_ground_between_them() {
    let boundary = region("ring-bow-tie");
    assert!(holds(&boundary, -89.4, 40.5) && holds(&boundary, -88.6, 40.5));
    assert!(!holds(&boundary, -89.0, 40.7) && !holds(&boundary, -89.0, 40.3));
    let share = measure::area(&boundary) / measure::area(&region("good-drawn-region"));
    assert!((share - 0.5).abs() < 1e-3, "{share}");
}

#[test]
fn a_hole_like_a_bow_tie_becomes_two_holes() {
    let boundary = region("hole-bow-tie");
    assert_eq!(boundary.parts()[0].interiors().len(), 2);
    assert!(!holds(&boundary, -89.2, 40.5) && holds(&boundary, -89.0, 40.7));
}

#[test]
fn an_open_ring_is_the_ring_that_was_meant() {
    assert_eq!(region("ring-open"), region("good-drawn-region"));
}

#[test]
fn a_spike_changes_no_area_and_no_answer() {
    let (spiked, plain) = (region("ring-spike"), region("good-drawn-region"));
    assert!((measure::area(&spiked) / measure::area(&plain) - 1.0).abs() < 1e-9);
    assert!(!holds(&spiked, -88.3, 40.5) && holds(&spiked, -88.7, 40.5));
}
