use geo::{LineString, MultiPolygon, Polygon};

use super::*;

fn c(x: f64, y: f64) -> Coord<f64> {
    Coord { x, y }
}

/// A boundary of one ring for each list of corners; holes have to be given as polygons of their own.
fn area(rings: &[&[(f64, f64)]]) -> Boundary {
    let polygon = |ring: &&[(f64, f64)]| Polygon::new(LineString::from(ring.to_vec()), vec![]);
    Boundary::new(MultiPolygon(rings.iter().map(polygon).collect())).unwrap()
}

fn square(x: f64, y: f64) -> Boundary {
    area(&[&[(x, y), (x + 1.0, y), (x + 1.0, y + 1.0), (x, y + 1.0)]])
}

fn doubled_area(line: &[Coord<f64>]) -> f64 {
    line.windows(2).map(|w| w[0].x * w[1].y - w[1].x * w[0].y).sum()
}

fn areas_of(topology: &Topology) -> Vec<f64> {
    (0..topology.areas() as u32)
        .map(|a| topology.rings(a).iter().map(|ring| doubled_area(&topology.ring_line(ring))).sum::<f64>() / 2.0)
        .collect()
}

#[test]
fn two_neighbours_have_three_arcs_and_share_one() {
    let topology = Topology::new([&square(0.0, 0.0), &square(1.0, 0.0)]);
    assert_eq!(topology.arcs().len(), 3);
    let shared: Vec<_> = topology.arcs().iter().filter(|arc| arc.left.is_some() && arc.right.is_some()).collect();
    assert_eq!(shared.len(), 1);
    assert_eq!(areas_of(&topology), [1.0, 1.0]);
    assert_eq!(topology.adjacency(), [[0, 1]]);
}

#[test]
fn winding_makes_no_difference() {
    let clockwise = area(&[&[(1.0, 0.0), (1.0, 1.0), (2.0, 1.0), (2.0, 0.0)]]);
    let topology = Topology::new([&square(0.0, 0.0), &clockwise]);
    assert_eq!(areas_of(&topology), [1.0, 1.0]);
    assert_eq!(topology, Topology::new([&square(0.0, 0.0), &square(1.0, 0.0)]));
}

#[test]
fn an_island_in_a_hole_shares_one_closed_arc_with_what_surrounds_it() {
    let mut around = square(0.0, 0.0).parts()[0].clone();
    let inner = [(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75), (0.25, 0.25)];
    around.interiors_push(LineString::from(inner.to_vec()));
    let island = area(&[&inner]);
    let topology = Topology::new([&Boundary::new(MultiPolygon(vec![around])).unwrap(), &island]);
    assert_eq!(topology.arcs().len(), 2);
    assert_eq!(topology.rings(0).len(), 2);
    assert_eq!(areas_of(&topology), [0.75, 0.25]);
}

#[test]
fn dissolving_drops_what_lies_between_and_joins_the_rest() {
    let squares: Vec<_> = (0..9).map(|i| square(f64::from(i % 3), f64::from(i / 3))).collect();
    let grid = Topology::new(&squares);
    let ring = grid.dissolve(2, |i| Some(u32::from(i == 4)));
    assert_eq!(areas_of(&ring), [8.0, 1.0]);
    assert_eq!(ring.arcs().len(), 2, "the outer border, and the one of the hole");
    let nothing_inside = grid.dissolve(1, |i| (i != 4).then_some(0));
    assert_eq!(areas_of(&nothing_inside), [8.0]);
    let columns = grid.dissolve(3, |i| Some(i % 3));
    assert_eq!((columns.arcs().len(), areas_of(&columns)), (6, vec![3.0; 3]));
    assert_eq!(columns.adjacency(), [[0, 1], [1, 2]]);
}

#[test]
fn rings_that_touch_at_a_corner_stay_apart() {
    let squares = [square(0.0, 0.0), square(1.0, 0.0), square(0.0, 1.0), square(1.0, 1.0)];
    let checkers = Topology::new(&squares).dissolve(2, |i| Some(u32::from(i == 0 || i == 3)));
    for colour in 0..2 {
        assert_eq!(checkers.rings(colour).len(), 2);
    }
    assert_eq!(areas_of(&checkers), [2.0, 2.0]);
}

#[test]
fn a_cut_at_the_antimeridian_is_no_border() {
    let cut = area(&[
        &[(179.0, 0.0), (180.0, 0.0), (180.0, 1.0), (179.0, 1.0)],
        &[(-180.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (-180.0, 1.0)],
    ]);
    let topology = Topology::new([&cut]);
    assert_eq!((topology.arcs().len(), topology.rings(0).len()), (1, 1));
    assert!(topology.arcs()[0].line.windows(2).all(|w| w[0].x != -180.0 || w[1].x != -180.0));
}

#[test]
fn a_third_owner_of_an_edge_still_gets_a_closed_border() {
    let topology = Topology::new([&square(0.0, 0.0), &square(1.0, 0.0), &square(1.0, 0.0)]);
    assert_eq!(areas_of(&topology), [1.0, 1.0, 1.0]);
    let matching = Matching::of([&square(0.0, 0.0), &square(1.0, 0.0), &square(1.0, 0.0)], 1.0);
    assert_eq!(matching.faults.iter().filter(|f| f.kind == FaultKind::TooManyOwners).count(), 4);
}

#[test]
fn common_borders_are_measured_in_metres() {
    let [pair] = Topology::new([&square(0.0, 0.0), &square(1.0, 0.0)]).neighbours()[..] else { panic!() };
    // One degree of the meridian at the equator: 110,574 m.
    assert!((pair.metres - 110_574.0).abs() < 1.0, "{pair:?}");
}

#[test]
fn matched_borders_have_no_fault_and_a_missing_vertex_is_found_with_its_place() {
    let (west, south, north) = (
        area(&[&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]),
        area(&[&[(1.0, 0.0), (2.0, 0.0), (2.0, 0.4), (1.0, 0.4)]]),
        area(&[&[(1.0, 0.4), (2.0, 0.4), (2.0, 1.0), (1.0, 1.0)]]),
    );
    let fine = Matching::of([&square(0.0, 0.0), &square(1.0, 0.0)], 5.0);
    assert_eq!((fine.inner, fine.outer, fine.faults.len()), (1, 6, 0));
    let faults = Matching::of([&west, &south, &north], 5.0).faults;
    let junction = Fault { kind: FaultKind::TJunction, place: c(1.0, 0.4), areas: vec![0, 1] };
    assert!(faults.contains(&junction), "{faults:?}");
}

#[test]
fn a_gap_narrower_than_the_tolerance_is_an_unmatched_edge() {
    let beside = area(&[&[(1.00001, -0.5), (2.0, -0.5), (2.0, 1.5), (1.00001, 1.5)]]);
    let found = |tolerance| Matching::of([&square(0.0, 0.0), &beside], tolerance).faults;
    assert!(found(2.0).iter().any(|f| f.kind == FaultKind::UnmatchedEdge && f.areas == [0, 1]));
    assert!(found(0.5).is_empty(), "a metre is no fault at half a metre");
}

#[test]
fn neighbours_stay_joined_when_simplified() {
    let squares: Vec<_> = (0..9).map(|i| square(f64::from(i % 3), f64::from(i / 3))).collect();
    let wavy = Topology::new(&squares).with_lines(|_, arc| {
        let [a, b] = [arc.line[0], arc.line[arc.line.len() - 1]];
        let wave = (1..20).map(|i| {
            let t = f64::from(i) / 20.0;
            let off = 0.05 * (t * 25.0).sin();
            c(a.x + t * (b.x - a.x) + off * (b.y - a.y), a.y + t * (b.y - a.y) + off * (b.x - a.x))
        });
        std::iter::once(a).chain(wave).chain([b]).collect()
    });
    let simple = simplify(&wavy, 0.5);
    let vertices = |t: &Topology| t.arcs().iter().map(|arc| arc.line.len()).sum::<usize>();
    assert!(vertices(&simple) < vertices(&wavy) / 2);
    let total = |t: &Topology| areas_of(t).iter().sum::<f64>();
    let outline = simple.dissolve(1, |_| Some(0));
    assert!((total(&simple) - total(&outline)).abs() < 1e-9, "no gap and no overlap: the parts sum to the whole");
    assert!(crossings(&simple).is_empty());
}

#[test]
fn no_ring_becomes_a_line_however_coarse_the_drawing() {
    // A lens between two nodes, and an island of its own.
    let lens = area(&[&[(0.0, 0.0), (1.0, 0.1), (2.0, 0.0), (1.0, -0.1)]]);
    let above = area(&[&[(0.0, 0.0), (1.0, 0.1), (2.0, 0.0), (1.0, 3.0)]]);
    let below = area(&[&[(0.0, 0.0), (1.0, -0.1), (2.0, 0.0), (1.0, -3.0)]]);
    let island = area(&[&[(8.0, 0.0), (9.0, 0.0), (9.0, 0.5), (9.0, 1.0), (8.0, 1.0)]]);
    let coarse = simplify(&Topology::new([&lens, &above, &below, &island]), 100.0);
    assert!(areas_of(&coarse).iter().all(|&area| area > 0.0), "{:?}", areas_of(&coarse));
}

/// A bay that is small enough to go, and an island whose tip reaches into it.
fn bay_and_island() -> Topology {
    let bay = area(&[&[(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (5.5, 5.0), (5.0, 1.0), (4.5, 5.0), (0.0, 5.0)]]);
    let island = area(&[&[(5.0, 4.5), (8.0, 20.0), (5.0, 30.0), (2.0, 20.0)]]);
    Topology::new([&bay, &island])
}

#[test]
fn a_vertex_stays_where_lines_would_cross_without_it() {
    let simple = simplify(&bay_and_island(), 3.0);
    assert!(crossings(&simple).is_empty());
    assert_eq!(simple.arcs().iter().map(|arc| arc.line.len()).sum::<usize>(), 13, "nothing could go");
    let alone = simplify(&bay_and_island().dissolve(1, |area| (area == 0).then_some(0)), 3.0);
    assert_eq!(alone.arcs()[0].line.len(), 5, "without the island the bay goes");
}

#[test]
fn on_the_grid_nothing_crosses_or_touches_that_did_not_before() {
    // Thin strips side by side, narrower than the grid, and islands between them.
    let strip = |x: f64| area(&[&[(x, 0.0), (x + 0.3, 0.1), (x + 0.35, 4.2), (x + 0.5, 9.0), (x, 9.2), (x - 0.1, 5.0)]]);
    let island = |x: f64| area(&[&[(x, 2.0), (x + 0.2, 2.0), (x + 0.1, 2.3)]]);
    let areas: Vec<_> = (0..6).flat_map(|i| [strip(f64::from(i) * 0.9), island(f64::from(i) * 0.9 + 0.6)]).collect();
    let (grid, crowded) = simplify_to_grid(&Topology::new(&areas), 0.0);
    assert_eq!(crowded, 0);
    assert!(crossings(&grid).is_empty());
    assert!(areas_of(&grid).iter().all(|area| *area > 0.0), "{:?}", areas_of(&grid));
    let vertices: Vec<_> = grid.arcs().iter().flat_map(|arc| arc.line[1..].iter()).collect();
    assert!(vertices.iter().all(|c| c.x.fract() == 0.0 && c.y.fract() == 0.0));
    let mut apart: Vec<_> = vertices.iter().map(|c| (c.x as i32, c.y as i32)).collect();
    apart.sort_unstable();
    assert!(apart.windows(2).all(|w| w[0] != w[1]), "no two vertices in one place");
}

#[test]
fn specks_go_but_never_the_largest_piece_of_an_area() {
    let two = area(&[&[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0)], &[(20.0, 0.0), (20.5, 0.0), (20.5, 0.5)]]);
    let tiny = area(&[&[(30.0, 0.0), (30.1, 0.0), (30.1, 0.1)]]);
    let left = Topology::new([&two, &tiny]).without_specks(1.0);
    assert_eq!((left.rings(0).len(), left.rings(1).len()), (1, 1));
}

#[test]
fn a_crossing_is_found_and_a_common_end_is_none() {
    let arc = |line: Vec<Coord<f64>>, nodes| Arc { line, nodes, left: None, right: None };
    let arcs = vec![
        arc(vec![c(0.0, 0.0), c(2.0, 2.0)], [0, 1]),
        arc(vec![c(0.0, 2.0), c(2.0, 0.0)], [2, 3]),
        arc(vec![c(2.0, 2.0), c(3.0, 0.0)], [1, 3]),
    ];
    assert_eq!(crossings(&Topology::of_arcs(arcs, 0)), [[0, 1]]);
}
