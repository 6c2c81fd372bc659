//! Borders near a position, against every edge of every area.

use coverage_map::{
    geometry::{Position, measure},
    snapshot::{Area, AreaKind, AreaSet, Locator},
};
use geo::Coord;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{mosaic, random::Random, shipped};

const REACH_M: f64 = 250.0;

fn at(x: f64, y: f64) -> Position {
    Position::new(x, y).unwrap()
}

/// How far each area's border is from a position, in the plane that touches the Earth there; `None` beyond 300 m.
fn distances(areas: &[Area], p: Position) -> Vec<Option<f64>> {
    let near = |edge: &[Coord<f64>; 2]| edge[0].y.min(edge[1].y) < p.lat() + 0.003 && edge[0].y.max(edge[1].y) > p.lat() - 0.003;
    let distance = |area: &Area| {
        let edges = area.boundary.as_ref().unwrap().edges().filter(near);
        edges.map(|[a, b]| measure::nearest_on_edge(p, a, b).1).min_by(f64::total_cmp).filter(|m| *m < 300.0)
    };
    areas.iter().map(distance).collect()
}

/// Every area that does not hold the position and is near is named with its distance, and no other is.
fn assert_borders(areas: &[Area], locator: &Locator, p: Position) {
    let borders = locator.borders_within(p, REACH_M);
    let own = locator.locate(p);
    assert!(borders.is_sorted_by(|a, b| a.distance_m <= b.distance_m), "{p:?}: {borders:?}");
    for (area, brute) in areas.iter().zip(distances(areas, p)).enumerate().map(|(i, (_, brute))| (i, brute)) {
        let names = |set: &AreaSet| set.iter().any(|a| a.at() == area);
        if names(&own) {
            continue;
        }
        let ours = borders.iter().find(|border| names(&border.beyond)).map(|border| border.distance_m);
        match (ours, brute) {
            (Some(ours), Some(brute)) => {
                assert!((ours - brute).abs() <= 0.01 * brute + 0.02, "{p:?}: area {area} at {ours} m, by brute force {brute} m")
            }
            (None, Some(brute)) => {
                assert!(brute > REACH_M * 0.99, "{p:?}: area {area}, {brute} m away, is missing in {borders:?}")
            }
            (Some(ours), None) => panic!("{p:?}: area {area} is not near, but {ours} m are said"),
            (None, None) => {}
        }
    }
}

#[test]
fn borders_are_those_that_every_edge_gives() {
    let areas = shipped::areas();
    let locator = Locator::new(&areas);
    let mut random = Random::seeded(21);
    let edges: Vec<_> = areas.iter().flat_map(|area| area.boundary.as_ref().unwrap().edges()).collect();
    let positions: Vec<_> = (0..400)
        .map(|_| {
            let [a, _] = edges[random.below(edges.len())];
            at(a.x + random.between(-0.003, 0.003), a.y + random.between(-0.003, 0.003))
        })
        .collect();
    positions.par_iter().for_each(|p| assert_borders(&areas, &locator, *p));
}

#[test]
fn at_the_corner_of_four_areas_all_three_others_are_named() {
    let square = |i: usize, x: f64, y: f64| {
        mosaic::area(
            i,
            AreaKind::County,
            vec![[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(dx, dy)| Coord { x: x + dx, y: y + dy }).to_vec()],
        )
    };
    let areas: Vec<_> = [(-1.0, 36.0), (0.0, 36.0), (-1.0, 37.0), (0.0, 37.0)]
        .into_iter()
        .enumerate()
        .map(|(i, (x, y))| square(i, x, y))
        .collect();
    let locator = Locator::new(&areas);
    for (x, y) in [(-0.001, 36.999), (0.001, 36.999), (-0.001, 37.001), (0.001, 37.001), (-0.001, 37.0), (0.0, 37.0)] {
        assert_borders(&areas, &locator, at(x, y));
        assert_eq!(locator.borders_within(at(x, y), REACH_M).len(), 3, "{x} {y}");
    }
}

#[test]
fn where_thin_wedges_meet_every_one_of_them_is_named() {
    let rim = |i: usize| {
        let angle = (i % 40) as f64 / 40.0 * std::f64::consts::TAU;
        Coord { x: 7.01 + 0.1 * angle.cos(), y: 45.03 + 0.1 * angle.sin() }
    };
    let wedge = |i| mosaic::area(i, AreaKind::County, vec![vec![Coord { x: 7.01, y: 45.03 }, rim(i), rim(i + 1)]]);
    let areas: Vec<_> = (0..40).map(wedge).collect();
    let locator = Locator::new(&areas);
    let p = at(7.0101, 45.0305);
    assert_borders(&areas, &locator, p);
    assert_eq!(locator.borders_within(p, REACH_M).len(), 39);
}

#[test]
fn a_border_across_the_antimeridian_is_near() {
    let square = |i: usize, west: f64| {
        mosaic::area(
            i,
            AreaKind::County,
            vec![[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(dx, dy)| Coord { x: west + dx, y: 51.0 + dy }).to_vec()],
        )
    };
    let areas = [square(0, 179.0), square(1, -180.0)];
    let locator = Locator::new(&areas);
    for (lon, other) in [(179.999, 1), (-179.999, 0)] {
        let borders = locator.borders_within(at(lon, 51.5), REACH_M);
        assert_eq!(borders.len(), 1, "{lon}: {borders:?}");
        assert!(borders[0].beyond.iter().any(|a| a.at() == other) && (borders[0].distance_m - 69.4).abs() < 0.7, "{borders:?}");
    }
}

#[test]
fn a_shore_has_nothing_behind_it_and_a_middle_no_border() {
    let areas = shipped::areas();
    let locator = Locator::new(&areas);
    let kansas = at(-98.35, 38.5);
    assert!(!locator.locate(kansas).is_empty() && locator.borders_within(kansas, REACH_M).is_empty());
    let outer = areas[0].boundary.as_ref().unwrap().edges().next().unwrap()[0];
    let all = locator.borders_within(at(outer.x, outer.y), REACH_M);
    assert!(!all.is_empty());
}
