//! Millions of seeded positions, most of them where mistakes are likely.

use std::collections::HashSet;

use coverage_map::{
    geometry::Position,
    snapshot::{Area, AreaKind, AreaSet, Locator},
};
use geo::{Contains, Coord};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{generated, oracle::Oracle, random::Random, shipped};

fn at(x: f64, y: f64) -> Position {
    Position::new(x, y).unwrap()
}

fn numbers(set: &AreaSet) -> Vec<u32> {
    set.iter().map(|area| area.at() as u32).collect()
}

/// What the oracle says, with the two documented bends of the rule: at the north pole the hair goes south, and on
/// the antimeridian a layer that has nothing on its east is looked up on its west.
fn expected(oracle: &Oracle, kinds: &[AreaKind], p: Position) -> Vec<u32> {
    let y = p.lat().min(90.0_f64.next_down());
    let mut found = oracle.holders([p.lon(), y]);
    if p.lon() == -180.0 {
        let kind = |i: &u32| kinds[*i as usize];
        let east: Vec<AreaKind> = found.iter().map(kind).collect();
        let west = oracle.holders([180.0_f64.next_down(), y]);
        found.extend(west.into_iter().filter(|i| kind(i) == AreaKind::Region || !east.contains(&kind(i))));
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// Compares the index with the oracle, one by one and in a batch, and prints the first positions that differ.
fn assert_agree(name: &str, locator: &Locator, oracle: &Oracle, kinds: &[AreaKind], positions: &[Position]) {
    let batch = locator.locate_many(positions);
    let pairs: Vec<_> = positions.iter().zip(batch).collect();
    let wrong: Vec<String> = pairs
        .par_iter()
        .filter_map(|(p, many)| {
            let (one, right) = (numbers(&locator.locate(**p)), expected(oracle, kinds, **p));
            (one != right || numbers(many) != right).then(|| format!("{p:?}: one {one:?}, many {many:?}, right {right:?}"))
        })
        .collect();
    let first = wrong.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{name}: {} of {} positions differ:\n{first}", wrong.len(), positions.len());
}

fn kinds(areas: &[Area]) -> Vec<AreaKind> {
    areas.iter().map(|area| area.kind).collect()
}

fn edges(areas: &[Area]) -> Vec<[Coord<f64>; 2]> {
    areas.iter().filter_map(|area| area.boundary.as_ref()).flat_map(|boundary| boundary.edges()).collect()
}

/// Positions near edges, from a hundredth of a degree to the last bit.
fn near_edges(edges: &[[Coord<f64>; 2]], n: usize, random: &mut Random) -> Vec<Position> {
    let mut near = || {
        let [a, b] = edges[random.below(edges.len())];
        let t = random.between(0.0, 1.0);
        let size = 10.0_f64.powf(random.between(-14.5, -2.0));
        let off = |random: &mut Random| random.between(-size, size);
        let x = a.x + t * (b.x - a.x) + off(random);
        let y = a.y + t * (b.y - a.y) + off(random);
        at(x.clamp(-180.0, 180.0), y.clamp(-90.0, 90.0))
    };
    (0..n).map(|_| near()).collect()
}

#[test]
fn a_million_positions_on_the_shipped_layers_have_the_areas_that_whole_numbers_say() {
    let areas = shipped::areas();
    let (locator, mut oracle) = (Locator::new(&areas), Oracle::default());
    for (layer, (file, _)) in shipped::LAYERS.iter().enumerate() {
        oracle.add_file(layer as u8, &shipped::path(file));
    }
    let (kinds, edges, zips) = (kinds(&areas), edges(&areas), shipped::zips());
    for seed in 1..=millions() {
        let mut random = Random::seeded(seed);
        let country: Vec<_> = (0..300_000).map(|_| at(random.between(-125.0, -66.0), random.between(24.0, 50.0))).collect();
        let world: Vec<_> = (0..100_000).map(|_| at(random.between(-180.0, 180.0), random.between(-20.0, 75.0))).collect();
        let near = near_edges(&edges, 400_000, &mut random);
        let people: Vec<_> = (0..250_000)
            .map(|i| zips[i % zips.len()])
            .map(|p| at(p.lon() + random.between(-0.02, 0.02), p.lat() + random.between(-0.02, 0.02)))
            .collect();
        for (name, positions) in [("country", country), ("world", world), ("near borders", near), ("people", people)] {
            assert_agree(&format!("{name}, seed {seed}"), &locator, &oracle, &kinds, &positions);
        }
    }
}

/// How many millions of positions are compared: one, unless `POSITION_MILLIONS` says more.
fn millions() -> u64 {
    std::env::var("POSITION_MILLIONS").map_or(1, |text| text.parse().unwrap())
}

#[test]
fn every_vertex_and_edge_midpoint_of_a_shared_border_has_one_county_and_one_state() {
    let areas = shipped::areas();
    let locator = Locator::new(&areas);
    let count = |p: Position, kind: AreaKind| locator.locate(p).iter().filter(|area| areas[area.at()].kind == kind).count();
    let mut keys: Vec<[u64; 4]> = Vec::new();
    for [a, b] in areas.iter().filter(|a| a.kind == AreaKind::County).flat_map(|a| a.boundary.as_ref().unwrap().edges()) {
        let [a, b] = if (a.x, a.y) < (b.x, b.y) { [a, b] } else { [b, a] };
        keys.push([a.x, a.y, b.x, b.y].map(f64::to_bits));
    }
    keys.sort_unstable();
    let edges = || keys.chunk_by(|a, b| a == b).map(|same| ([[same[0][0], same[0][1]], [same[0][2], same[0][3]]], same.len()));
    let outer: HashSet<[u64; 2]> = edges().filter(|(_, owners)| *owners == 1).flat_map(|(ends, _)| ends).collect();
    let (mut inner, mut shore) = (0, 0);
    for (ends, owners) in edges() {
        let [a, b] = ends.map(|end| end.map(f64::from_bits));
        let middle = (at((a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0), owners == 2);
        for (p, is_inner) in ends
            .map(|end| (at(f64::from_bits(end[0]), f64::from_bits(end[1])), !outer.contains(&end)))
            .into_iter()
            .chain([middle])
        {
            let (counties, states) = (count(p, AreaKind::County), count(p, AreaKind::State));
            if is_inner {
                assert_eq!((counties, states), (1, 1), "{p:?} lies on a border that two counties share");
                inner += 1;
            } else {
                assert!(counties <= 1 && states == counties, "{p:?} lies on the outer boundary");
                shore += 1;
            }
        }
    }
    assert!(inner > 400_000 && shore > 100_000, "{inner} {shore}");
}

#[test]
fn damaged_overlapping_holed_and_polar_layers_are_decided_as_exactly() {
    for world in generated::worlds() {
        let (locator, mut oracle) = (Locator::new(&world.areas), Oracle::default());
        for area in &world.areas {
            let rings: Vec<Vec<[f64; 2]>> =
                area.boundary.as_ref().unwrap().rings().map(|ring| ring.0.iter().map(|c| [c.x, c.y]).collect()).collect();
            oracle.add(0, &rings);
        }
        let mut random = Random::seeded(world.name.len() as u64);
        let [west, south, east, north] = world.extent;
        let mut positions: Vec<_> = (0..20_000).map(|_| at(random.between(west, east), random.between(south, north))).collect();
        let edges = edges(&world.areas);
        positions.extend(near_edges(&edges, 20_000, &mut random));
        positions.extend([west, east].into_iter().flat_map(|x| [south, north].map(|y| at(x, y))));
        positions.extend((0..2000).map(|_| at(180.0, random.between(south, north))));
        positions.extend(edges.iter().take(40_000).flat_map(|[a, b]| [at(a.x, a.y), at((a.x + b.x) / 2.0, (a.y + b.y) / 2.0)]));
        // Whole numbers of 2⁻⁵², which the oracle needs.
        let fine = (1_u64 << 52) as f64;
        let positions: Vec<_> =
            positions.iter().map(|p| at((p.lon() * fine).round() / fine, (p.lat() * fine).round() / fine)).collect();
        assert_agree(world.name, &locator, &oracle, &kinds(&world.areas), &positions);
    }
}

#[test]
fn away_from_borders_the_index_says_what_geo_says() {
    let areas = shipped::areas();
    let locator = Locator::new(&areas);
    let mut random = Random::seeded(5);
    let positions: Vec<_> = (0..20_000).map(|_| at(random.between(-125.0, -66.0), random.between(24.0, 50.0))).collect();
    positions.par_iter().for_each(|p| {
        let point = geo::Point::from(*p);
        let holds = |area: &Area| {
            let boundary = area.boundary.as_ref().unwrap();
            boundary.envelope().holds(point.0) && boundary.as_multi_polygon().contains(&point)
        };
        let naive: Vec<u32> = (0..).zip(&areas).filter(|(_, area)| holds(area)).map(|(i, _)| i).collect();
        assert_eq!(numbers(&locator.locate(*p)), naive, "{p:?}");
    });
}
