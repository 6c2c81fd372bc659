//! The nearest area, against places sampled on every edge.

use coverage_map::{
    geometry::{Envelope, Position, measure},
    snapshot::{Area, AreaIx, AreaKind, Locator},
};
use geo::{Distance, Haversine, Point};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{
    mosaic::{Shape, mosaic},
    random::Random,
    shipped,
};

const SAMPLES: u32 = 40;

fn at(x: f64, y: f64) -> Position {
    Position::new(x, y).unwrap()
}

/// The distance to the nearest place sampled on the border of each area, in metres; far areas are passed over.
fn sampled(areas: &[Area], p: Position) -> Vec<f64> {
    let from = Point::from(p);
    let rough = |area: &Area| {
        area.boundary.as_ref().unwrap().edges().map(|[a, _]| Haversine.distance(from, Point(a))).fold(f64::INFINITY, f64::min)
    };
    let roughs: Vec<f64> = areas.iter().map(rough).collect();
    let least = roughs.iter().copied().fold(f64::INFINITY, f64::min);
    let fine = |area: &Area| {
        let edges = area.boundary.as_ref().unwrap().edges();
        let near = edges.filter(|[a, b]| {
            Haversine.distance(from, Point(*a)) - Haversine.distance(Point(*a), Point(*b)) <= least * 1.02 + 1.0
        });
        let places = near.flat_map(|[a, b]| {
            (0..=SAMPLES)
                .map(move |i| f64::from(i) / f64::from(SAMPLES))
                .map(move |t| at(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)))
        });
        places.map(|place| measure::distance(p, place)).fold(f64::INFINITY, f64::min)
    };
    areas.iter().map(fine).collect()
}

fn assert_nearest(areas: &[Area], locator: &Locator, kind: AreaKind, p: Position) {
    let of_kind: Vec<Area> = areas.iter().filter(|area| area.kind == kind).cloned().collect();
    let first = areas.iter().position(|area| area.kind == kind).unwrap();
    let sampled = sampled(&of_kind, p);
    let least = sampled.iter().copied().fold(f64::INFINITY, f64::min);
    let found = locator.nearest(p, kind).unwrap();
    assert!(found.distance_m <= least * 1.000_01 + 0.01, "{p:?}: {found:?}, but a place {least} m away was sampled");
    let own = sampled[found.area.at() - first];
    assert!(own <= least * 1.001 + 50.0, "{p:?}: {found:?}, but its border is {own} m away, another's {least} m");
    assert!((measure::distance(p, found.at) - found.distance_m).abs() < 1e-6, "{found:?}");
}

#[test]
fn the_nearest_county_and_state_of_the_shipped_layers_are_those_that_sampling_finds() {
    let areas = shipped::areas();
    let locator = Locator::new(&areas);
    let mut random = Random::seeded(31);
    let mut positions: Vec<_> = (0..24).map(|_| at(random.between(-180.0, 180.0), random.between(-90.0, 90.0))).collect();
    positions.extend((0..24).map(|_| at(random.between(-130.0, -60.0), random.between(20.0, 50.0))));
    positions.extend([at(-180.0, 52.0), at(179.99, 51.0), at(0.0, 90.0), at(12.0, -90.0), at(-179.9, 71.0), at(-156.0, 89.0)]);
    positions.par_iter().for_each(|p| {
        assert_nearest(&areas, &locator, AreaKind::County, *p);
        assert_nearest(&areas, &locator, AreaKind::State, *p);
    });
}

#[test]
fn the_way_outward_gives_each_area_once_the_nearer_first_as_if_each_were_looked_for_alone() {
    let areas = shipped::areas();
    let locator = Locator::new(&areas);
    let mut counties = locator.in_window(&Envelope { min: [-180.0, -90.0], max: [180.0, 90.0] });
    counties.retain(|area| areas[area.at()].kind == AreaKind::County);
    // In the midst of many, on a coast of many edges, across the antimeridian, and far from all.
    [at(-98.5, 39.8), at(-76.0, 37.5), at(179.9, 51.5), at(-40.0, 30.0)].par_iter().for_each(|p| {
        let alone = |county: &AreaIx| locator.outward(*p).next_of(|area, _| area == *county).unwrap();
        let mut expected: Vec<_> = counties.iter().map(alone).map(|found| (found.distance_m, found.area)).collect();
        expected.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (mut outward, mut given) = (locator.outward(*p), Vec::new());
        for _ in 0..40 {
            let taken: Vec<AreaIx> = given.iter().map(|(_, area)| *area).collect();
            let next = outward.next_of(|area, kind| kind == AreaKind::County && !taken.contains(&area)).unwrap();
            given.push((next.distance_m, next.area));
        }
        assert_eq!(given, expected[..40], "{p:?}");
    });
}

#[test]
fn nearest_is_right_around_poles_and_across_the_antimeridian() {
    let mut random = Random::seeded(32);
    for extent in [[-180.0, 84.0, -60.0, 89.9], [170.0, -2.0, 180.0, 3.0], [-180.0, -90.0, 180.0, -86.0]] {
        let areas = mosaic(34, Shape(5, 5, 8), extent, AreaKind::County);
        let locator = Locator::new(&areas);
        let positions: Vec<_> = (0..60).map(|_| at(random.between(-180.0, 180.0), random.between(-90.0, 90.0))).collect();
        positions.par_iter().for_each(|p| assert_nearest(&areas, &locator, AreaKind::County, *p));
    }
}

#[test]
fn where_there_is_no_area_of_a_kind_none_is_nearest() {
    let areas = mosaic(1, Shape(1, 1, 1), [0.0, 0.0, 1.0, 1.0], AreaKind::County);
    let locator = Locator::new(&areas);
    assert!(
        locator.nearest(at(5.0, 5.0), AreaKind::State).is_none() && locator.nearest(at(5.0, 5.0), AreaKind::County).is_some()
    );
}

#[test]
fn windows_list_the_areas_whose_parts_they_meet() {
    let areas = shipped::areas();
    let locator = Locator::new(&areas);
    let window = coverage_map::geometry::Envelope { min: [-98.4, 38.4], max: [-98.3, 38.6] };
    let names: Vec<&str> = locator.in_window(&window).iter().map(|a| &*areas[a.at()].name).collect();
    assert!(names.contains(&"Kansas") && !names.contains(&"Alaska"), "{names:?}");
}
