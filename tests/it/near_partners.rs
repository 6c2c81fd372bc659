//! The partners near a place that nobody serves are those whom a walk through all counties finds.

use std::sync::Arc;

use coverage_map::{
    domain::{Dataset, Program},
    geometry::Position,
    lookup::{Scope, near_partners},
    snapshot::Snapshot,
};
use jiff::civil::date;
use rayon::prelude::*;

use crate::{point_location::random::Random, three_roads::SHIPPED};

/// The ids of the nearest partners, the counties in which they are nearest, and how far those are.
type Near = Vec<(String, String, f64)>;

/// Outward through all counties, with nothing found before; of leads of the same county any may stand first.
fn walked(snapshot: &Snapshot, position: Position, scope: &Scope) -> Near {
    let (land, roster) = (snapshot.land(), snapshot.roster(scope.as_of, scope.course.as_ref()));
    let own = land.areas_at(position);
    let mut outward = land.locator().outward(position);
    let (mut named, mut near) = (Vec::new(), Near::new());
    while near.len() < 3 {
        let leads = |area| land.as_unit(area).filter(|_| !own.contains(&area)).map_or(&[][..], |unit| roster.leads(unit));
        let Some(found) = outward.next_of(|area, _| leads(area).iter().any(|lead| !named.contains(lead))) else { break };
        for lead in leads(found.area) {
            if !named.contains(lead) {
                named.push(*lead);
                let partner = snapshot.partner_at(*lead).id.to_string();
                near.push((partner, land.area(found.area).id.to_string(), found.distance_m));
            }
        }
    }
    near
}

/// The shipped program with one in so many of its assignments.
fn thinned(every: usize) -> Snapshot {
    let program = SHIPPED.program();
    let assignments = program.assignments.iter().step_by(every).cloned().collect();
    let program = Arc::new(Program { assignments, ..program.clone() });
    let (generation, geography) = (SHIPPED.generation().clone(), Arc::new(SHIPPED.land().geography().clone()));
    Snapshot::on(SHIPPED.land().clone(), Dataset { generation, geography, program, warnings: Vec::new() })
}

fn positions(count: usize, seed: u64) -> Vec<Position> {
    let mut random = Random::seeded(seed);
    let mut near = |west: f64, south: f64, east: f64, north: f64| {
        Position::new(random.between(west, east), random.between(south, north)).unwrap()
    };
    let mut positions: Vec<_> = (0..count).map(|_| near(-125.0, 24.0, -66.0, 49.0)).collect();
    // Alaska with the antimeridian, Hawaii, Guam and Samoa; few to a cell, and many in the same.
    positions.extend((0..count / 8).map(|_| near(-180.0, 51.0, -129.0, 72.0)));
    positions.extend((0..count / 8).map(|_| near(-161.0, 18.0, -154.0, 23.0)));
    positions.extend((0..20).map(|_| near(144.5, 13.1, 145.0, 13.7)));
    positions.extend((0..20).map(|_| near(-171.0, -14.5, -169.0, -14.0)));
    positions.extend((0..count / 4).map(|_| near(-107.0, 38.0, -106.0, 39.0)));
    positions.extend([(0.0, 90.0), (0.0, -90.0), (-180.0, 52.0), (179.999, -89.99)].map(|(x, y)| Position::new(x, y).unwrap()));
    positions
}

#[test]
fn what_a_cell_remembers_is_what_a_walk_through_all_counties_finds() {
    let scope = Scope { as_of: date(2026, 11, 21), course: None };
    let course = SHIPPED.info().courses.first().map(|course| course.id.clone());
    let (sparse, lonely) = (thinned(40), thinned(200));
    let cases: [(&Snapshot, Scope, usize); 4] = [
        (&SHIPPED, scope.clone(), 800),
        (&SHIPPED, Scope { course, ..scope.clone() }, 200),
        (&sparse, scope.clone(), 200),
        (&lonely, scope, 40),
    ];
    for (snapshot, scope, count) in &cases {
        positions(*count, 41).par_iter().for_each(|position| {
            let near = near_partners(snapshot, *position, scope);
            let walked = walked(snapshot, *position, scope);
            assert_eq!(near.len(), walked.len().min(3), "{position}");
            for near in near {
                let own = (near.id.to_string(), near.region.to_string(), near.distance_m);
                assert!(walked.contains(&own), "{position}: {own:?} is not among {walked:?}");
            }
        });
    }
}

/// Every unit on the way outward, with nothing found before, to the first.
#[test]
fn the_nearest_unit_that_a_cell_remembers_is_the_first_on_the_way_outward() {
    let land = SHIPPED.land();
    let mut random = Random::seeded(43);
    let mut near = |west: f64, south: f64, east: f64, north: f64| {
        Position::new(random.between(west, east), random.between(south, north)).unwrap()
    };
    let mut all = positions(400, 42);
    // A coast of many edges, few positions to a cell and many; the rest of the world.
    all.extend((0..300).map(|_| near(-77.0, 36.0, -75.0, 38.0)));
    all.extend((0..100).map(|_| near(-76.32, 36.98, -76.30, 37.0)));
    all.extend((0..40).map(|_| near(-180.0, -90.0, 180.0, 90.0)));
    all.par_iter().for_each(|position| {
        let walked = land.locator().outward(*position).next_of(|area, _| land.as_unit(area).is_some());
        assert_eq!(land.nearest_unit(*position), walked, "{position}");
    });
}
