//! What must hold on the shipped data: neighbours stay joined, nobody is missing, the same bytes every time.

use std::{collections::BTreeSet, sync::LazyLock};

use jiff::civil::{Date, date};

use super::*;
use crate::{
    domain::RegionId,
    geometry::topology::{Matching, Topology},
    source::{Embedded, Folder, load},
};

const TODAY: Date = date(2026, 11, 21);

static SHIPPED: LazyLock<(Snapshot, Atlas)> = LazyLock::new(|| {
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram)).unwrap();
    let snapshot = Snapshot::new(loaded.dataset.unwrap());
    let atlas = Atlas::new(snapshot.land());
    (snapshot, atlas)
});

fn country() -> Map {
    SHIPPED.1.map(&SHIPPED.0, Scope::Country, TODAY, None)
}

fn state(code: &str) -> Scope {
    Scope::State(SHIPPED.0.land().state(code.parse().unwrap()).unwrap())
}

fn area_within(topology: &Topology, area: u32) -> f64 {
    let doubled = |ring| {
        let line = topology.ring_line(ring);
        line.windows(2).map(|w| w[0].x * w[1].y - w[1].x * w[0].y).sum::<f64>()
    };
    topology.rings(area).iter().map(doubled).sum::<f64>() / 2.0
}

#[test]
fn simplified_states_leave_no_gap_and_no_overlap() {
    let land = SHIPPED.0.land();
    for panel in &SHIPPED.1.country.panels {
        let states = panel.dissolve(land.states().len(), |unit| Some(land.state_of(unit).0));
        for arc in states.arcs() {
            assert!(arc.left != arc.right, "an arc lies between two areas, or an area and the outside");
        }
        let mut uses = vec![BTreeSet::new(); states.arcs().len()];
        for state in 0..states.areas() as u32 {
            for step in states.rings(state).iter().flatten() {
                assert!(uses[step.arc as usize].insert(state), "an area runs through an arc once");
            }
        }
        for (arc, uses) in states.arcs().iter().zip(&uses) {
            let sides: BTreeSet<u32> = [arc.left, arc.right].into_iter().flatten().collect();
            assert_eq!(*uses, sides, "exactly the areas on its sides run through an arc");
        }
        // By another road: what all states cover is what the outline of all covers.
        let parts: f64 = (0..states.areas() as u32).map(|state| area_within(&states, state)).sum();
        let whole = area_within(&states.dissolve(1, |_| Some(0)), 0);
        assert!((parts - whole).abs() < 1e-6 * whole.abs(), "{parts} {whole}");
    }
}

/// Pairs of edges that have a place in common other than an end of both, found with whole numbers.
fn touching(topology: &Topology) -> usize {
    type Place = [i64; 2];
    let whole = |c: geo::Coord<f64>| -> Place {
        assert!(c.x.fract() == 0.0 && c.y.fract() == 0.0, "{c:?} is on the grid");
        [c.x as i64, c.y as i64]
    };
    let side = |a: Place, b: Place, c: Place| ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])).signum();
    let on =
        |a: Place, b: Place, p: Place| side(a, b, p) == 0 && (0..2).all(|i| a[i].min(b[i]) <= p[i] && p[i] <= a[i].max(b[i]));
    let mut edges: Vec<[Place; 2]> =
        topology.arcs().iter().flat_map(|arc| arc.line.windows(2)).map(|w| [whole(w[0]), whole(w[1])]).collect();
    edges.sort_by_key(|[a, b]| a[0].min(b[0]));
    let mut found = 0;
    for (i, &[a, b]) in edges.iter().enumerate() {
        assert_ne!(a, b, "an edge has a length");
        for &[c, d] in edges[i + 1..].iter().take_while(|[c, d]| c[0].min(d[0]) <= a[0].max(b[0])) {
            let crossing = side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
            let touch = |p: Place, a: Place, b: Place| p != a && p != b && on(a, b, p);
            let same = (a == c && b == d) || (a == d && b == c);
            found += usize::from(crossing || same || touch(c, a, b) || touch(d, a, b) || touch(a, c, d) || touch(b, c, d));
        }
    }
    found
}

#[test]
fn no_line_of_the_country_crosses_or_touches_another_at_any_level() {
    let land = SHIPPED.0.land();
    let faces = face::Faces::of(&SHIPPED.0, &SHIPPED.1.tiles, TODAY, None).faces;
    let mut looks: Vec<_> = faces.iter().collect();
    looks.sort_unstable();
    looks.dedup();
    for panel in &SHIPPED.1.country.panels {
        let name = panel.frame.as_ref().map_or("main", |frame| &*frame.name);
        assert_eq!(touching(&panel.topology), 0, "counties, {name}");
        let states = panel.dissolve(land.states().len(), |unit| Some(land.state_of(unit).0));
        assert_eq!(touching(&states), 0, "states, {name}");
        let partners =
            panel.dissolve_tiles(looks.len(), |tile| looks.binary_search(&&faces[tile as usize]).ok().map(|i| i as u32));
        assert_eq!(touching(&partners), 0, "partners, {name}");
    }
}

#[test]
fn no_line_of_a_state_crosses_or_touches_another() {
    let land = SHIPPED.0.land();
    for code in ["WA", "MD", "AK", "HI", "LA", "MI", "VA", "MP", "TX", "FL"] {
        let state = land.state(code.parse().unwrap()).unwrap();
        let canvas = Canvas::around(land, &SHIPPED.1.tiles, land.units_of(state));
        for panel in &canvas.panels {
            assert_eq!(touching(&panel.topology), 0, "{code}");
        }
    }
}

#[test]
fn counties_match_edge_for_edge_and_so_do_states_with_them() {
    let land = SHIPPED.0.land();
    let boundary = |area| land.area(area).boundary.as_deref();
    let counties: Vec<_> = land.units().filter_map(|unit| boundary(land.unit_area(unit))).collect();
    let matching = Matching::of(counties.iter().copied(), 1.0);
    assert!(matching.inner > 160_000 && matching.faults.len() <= 2, "{:?}", matching.faults);
    // States dissolved from counties have the area that their own boundaries have.
    let counties = Topology::new(counties);
    let dissolved = counties.dissolve(land.states().len(), |unit| Some(land.state_of(UnitIx(unit)).0));
    let own = Topology::new(land.states().filter_map(|state| boundary(land.state_area(state))));
    for state in land.states() {
        let [a, b] = [area_within(&dissolved, state.0), area_within(&own, state.0)];
        assert!((a - b).abs() < 1e-9, "{}: {a} {b}", land.state_code(state));
    }
}

#[test]
fn every_state_is_named_and_every_partner_has_ground() {
    let map = country();
    let titled = map.frames.iter().filter_map(|frame| frame.link.as_ref());
    let named: BTreeSet<&Link> = map.labels.iter().map(|label| &label.link).chain(titled).collect();
    for state in &SHIPPED.0.land().geography().states {
        assert!(named.contains(&Link::Region(RegionId::State(state.code))), "{}", state.name);
    }
    let drawn = map.areas.iter().flat_map(|area| &area.partners).map(|partner| SHIPPED.0.partner(&partner.id).unwrap());
    let faces = face::Faces::of(&SHIPPED.0, &SHIPPED.1.tiles, TODAY, None);
    let shown: BTreeSet<_> = drawn.chain(faces.zips.iter().flat_map(|(.., partners)| partners.iter().copied())).collect();
    assert_eq!(shown.len(), map.counts.partners, "those who serve nothing but ZIPs count, too");
    assert!(map.areas.iter().all(|area| area.shape.rings.iter().all(|ring| ring.len() > 2)));
    assert_eq!(map.frames.len(), 5);
}

/// Everything that is written on a map, and where: at its own size, or as a narrow screen shows it.
fn written(map: &Map, is_narrow: bool) -> Vec<(String, Rect)> {
    let label = |label: &Label| {
        let rect = if is_narrow { lettering::when_narrow(label, map.is_whole) } else { Some(label.rect) };
        Some((label.name.to_string(), rect?))
    };
    let town = |town: &Town| (!is_narrow || town.has_room_when_narrow).then(|| (town.name.to_string(), town.rect));
    map.labels.iter().filter_map(label).chain(map.towns.iter().filter_map(town)).collect()
}

fn around([x, y]: GridPoint, half: i32) -> Rect {
    Rect { x: x - half, y: y - half, width: 2 * half, height: 2 * half }
}

fn lies_in(inner: &Rect, outer: &Rect) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

#[test]
fn nothing_that_is_written_meets_another_name_a_mark_a_frame_or_the_edge_of_the_sheet() {
    let states = SHIPPED.0.land().geography().states.iter().map(|of| state(of.code.as_str()));
    for scope in std::iter::once(Scope::Country).chain(states) {
        let map = SHIPPED.1.map(&SHIPPED.0, scope, TODAY, None);
        let sheet = Rect { x: 0, y: 0, width: map.size[0], height: map.size[1] };
        for is_narrow in [false, true] {
            let boxes = written(&map, is_narrow);
            for (i, (name, rect)) in boxes.iter().enumerate() {
                let of = format!("{}{}: {name} {rect:?}", map.subject, if is_narrow { ", narrow" } else { "" });
                assert!(lies_in(rect, &sheet), "{of} is not on the sheet");
                if let Some((other, there)) = boxes[i + 1..].iter().find(|(_, other)| meet(other, rect)) {
                    panic!("{of} meets {other} {there:?}");
                }
                for frame in &map.frames {
                    assert!(!meet(&frame.rect, rect) || lies_in(rect, &frame.rect), "{of} crosses the frame of {}", frame.name);
                }
                let half = if is_narrow { 18 } else { 10 };
                if let Some(mark) = map.marks.iter().find(|mark| meet(&around(mark.at, half), rect)) {
                    panic!("{of} meets a mark {mark:?}");
                }
            }
        }
    }
}

#[test]
fn names_of_partners_stand_within_their_own_ground_and_numbers_where_they_do_not_fit() {
    let mut numbered = 0;
    for code in ["WA", "CA", "FL", "TX", "NY", "IL"] {
        let map = SHIPPED.1.map(&SHIPPED.0, state(code), TODAY, None);
        for label in map.labels.iter().filter(|label| label.kind == LabelKind::Partner) {
            let r = label.rect;
            let corners = [[r.x, r.y], [r.x + r.width, r.y], [r.x, r.y + r.height], [r.x + r.width, r.y + r.height]];
            let own = |area: &&MapArea| compose::joined(&area.partners) == label.name;
            let ground: Vec<_> = map.areas.iter().filter(own).flat_map(|area| &area.shape.rings).collect();
            for corner in corners {
                assert!(ground.iter().any(|ring| holds(ring, corner)), "{code}: {} {corner:?}", label.name);
            }
        }
        for (place, shown) in map.partners.iter().enumerate().filter(|(place, _)| map.numbered(*place).is_some()) {
            let labels = map.labels.iter().filter(|label| label.number == Some(place as u32 + 1));
            assert!(labels.clone().count() > 0 && labels.clone().all(|label| label.name == shown.name), "{code}: {}", shown.name);
            numbered += 1;
        }
    }
    assert!(numbered >= 6, "{numbered}");
}

/// Whether a ring holds a point: a ray to the east crosses it an odd number of times.
fn holds(ring: &[GridPoint], [x, y]: GridPoint) -> bool {
    let crossed = ring.iter().zip(ring.iter().cycle().skip(1)).filter(|([ax, ay], [bx, by])| {
        (*ay > y) != (*by > y) && f64::from(x) < f64::from(bx - ax) * f64::from(y - ay) / f64::from(by - ay) + f64::from(*ax)
    });
    crossed.count() % 2 == 1
}

#[test]
fn the_codes_of_a_frame_stand_on_no_land_of_it() {
    let map = country();
    let hawaii = map.frames.iter().find(|frame| &*frame.name == "Hawaii").unwrap();
    let codes = Rect { x: hawaii.codes_at[0], y: hawaii.codes_at[1], width: 80, height: 50 };
    assert!(lies_in(&codes, &hawaii.rect));
    for [x, y] in map.areas.iter().flat_map(|area| area.shape.rings.iter().flatten()) {
        assert!(!meet(&codes, &Rect { x: *x, y: *y, width: 1, height: 1 }), "{x} {y}");
    }
}

fn meet(a: &Rect, b: &Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

#[test]
fn every_state_and_territory_is_named_at_every_width() {
    let map = country();
    let named: Vec<&str> = map.labels.iter().flat_map(|label| label.lines.iter().map(|line| &**line)).collect();
    let narrow = map.labels.iter().filter(|label| lettering::when_narrow(label, true).is_some());
    let in_frames = map.frames.iter().flat_map(|frame| frame.codes.iter().flat_map(|line| line.split(", ")));
    let named_when_narrow: Vec<&str> =
        narrow.map(|label| &*label.lines[0]).chain(in_frames.map(|code| code.trim_matches(','))).collect();
    for state in &SHIPPED.0.land().geography().states {
        let code = state.code.as_str();
        // A frame of one state bears its name, and its page.
        let titled = map.frames.iter().any(|frame| frame.link == Some(Link::Region(RegionId::State(state.code))));
        assert!(titled || named.contains(&code), "{code} at full width");
        assert!(named_when_narrow.contains(&code), "{code} on a narrow screen");
    }
}

#[test]
fn names_beyond_the_land_stand_off_it_and_their_lines_cross_nothing() {
    let map = country();
    let beyond = |label: &Label| match label.narrow {
        Narrow::Beyond { rect, line } => Some((label.name.clone(), rect, line)),
        _ => None,
    };
    let moved: Vec<_> = map.labels.iter().filter_map(beyond).collect();
    assert!(moved.len() >= 8, "{moved:?}");
    let along =
        |[[ax, ay], [bx, by]]: [GridPoint; 2]| (0..=200).map(move |i| [ax + (bx - ax) * i / 200, ay + (by - ay) * i / 200]);
    for (name, rect, line) in &moved {
        let shapes = map.areas.iter().map(|area| &area.shape.rings).chain([&map.surroundings.rings]);
        let corner = shapes.flatten().flatten().find(|[x, y]| meet(&around([*x, *y], 1), rect));
        assert_eq!(corner, None, "{name} stands on land");
        for other in map.labels.iter().filter(|other| other.name != *name) {
            let Some(box_of_other) = lettering::when_narrow(other, true) else { continue };
            let inside = Rect {
                x: box_of_other.x + 2,
                y: box_of_other.y + 2,
                width: box_of_other.width - 4,
                height: box_of_other.height - 4,
            };
            assert!(!along(*line).any(|at| meet(&around(at, 1), &inside)), "the line of {name} runs through {}", other.name);
        }
    }
}

#[test]
fn large_letters_on_a_narrow_screen_do_not_collide_and_name_most_of_what_has_room() {
    let map = country();
    let large: Vec<Rect> = map.labels.iter().filter(|label| label.narrow == Narrow::Whole).map(|label| label.rect).collect();
    assert!(large.len() > 25, "{}", large.len());
    let middle = |r: &Rect| [r.x + r.width / 2, r.y + r.height / 2];
    for (i, a) in large.iter().enumerate() {
        for b in &large[i + 1..] {
            let [[ax, ay], [bx, by]] = [middle(a), middle(b)];
            // Two letters of 57 units are 90 units wide.
            assert!((ax - bx).abs() >= 90 || (ay - by).abs() >= 57, "{a:?} {b:?}");
        }
    }
}

#[test]
fn towns_stand_beside_their_dots_and_collide_with_nothing() {
    for code in ["ID", "CA", "DE", "AK"] {
        let map = SHIPPED.1.map(&SHIPPED.0, state(code), TODAY, None);
        let rects: Vec<&Rect> = map.labels.iter().map(|l| &l.rect).chain(map.towns.iter().map(|t| &t.rect)).collect();
        assert!(map.towns.len() >= 3, "{code}");
        for (i, a) in rects.iter().enumerate() {
            assert!(rects[i + 1..].iter().all(|b| !meet(a, b)), "{code} {a:?}");
        }
    }
    let idaho = SHIPPED.1.map(&SHIPPED.0, state("ID"), TODAY, None);
    let boise = idaho.towns.iter().find(|town| &*town.name == "Boise").unwrap();
    let at = SHIPPED.1.point(SHIPPED.0.land(), state("ID"), Position::new(-116.2, 43.61).unwrap()).unwrap();
    assert!((boise.at[0] - at[0]).abs() < 20 && (boise.at[1] - at[1]).abs() < 20, "{boise:?} {at:?}");
}

#[test]
fn every_partner_of_a_state_has_a_look_of_its_own_there() {
    for code in ["CA", "FL", "TX", "NY", "IL", "WA"] {
        let map = SHIPPED.1.map(&SHIPPED.0, state(code), TODAY, None);
        let looks: BTreeSet<_> = map.partners.iter().map(|shown| shown.look).collect();
        assert_eq!(looks.len(), map.partners.len(), "{code}: {:?}", map.partners);
        assert!(!map.legend.contains(&LegendEntry::Status(AreaStatus::Covered)), "they are listed by name instead");
    }
}

#[test]
fn a_partner_has_a_map_of_its_own_with_what_it_serves_in_focus() {
    let partner = |id: &str| Scope::Partner(SHIPPED.0.partner(&id.parse().unwrap()).unwrap());
    let map = SHIPPED.1.map(&SHIPPED.0, partner("puget-sound-cs-hub"), TODAY, None);
    assert!(!map.is_whole && !map.focus.as_ref().unwrap().rings.is_empty());
    assert_eq!(&*map.subject, "Puget Sound CS Hub (sample)");
    let zips_alone = SHIPPED.1.map(&SHIPPED.0, partner("chicago-cs-hub"), TODAY, None);
    assert!(!zips_alone.is_whole && !zips_alone.zips.is_empty() && !zips_alone.focus.unwrap().rings.is_empty());
    let before = SHIPPED.1.map(&SHIPPED.0, partner("puget-sound-cs-hub"), date(2001, 1, 1), None);
    assert!(before.is_whole && before.focus.is_none(), "whoever serves nothing has none");
}

#[test]
fn zips_with_a_partner_of_their_own_are_dots_in_their_county() {
    let map = SHIPPED.1.map(&SHIPPED.0, state("IL"), TODAY, None);
    assert!(map.zips.len() > 5, "{}", map.zips.len());
    let land = SHIPPED.0.land();
    for dot in &map.zips {
        let zip = land.zips().zip(land.zips().find(dot.zip).unwrap());
        let at = SHIPPED.1.point(land, state("IL"), zip.position.unwrap()).unwrap();
        assert!((0..2).all(|i| (at[i] - dot.at[i]).abs() <= 1), "{dot:?} {at:?}");
        assert!(dot.partners.iter().all(|partner| partner.id.as_str() == "chicago-cs-hub"), "{dot:?}");
    }
    assert!(country().zips.is_empty(), "on the map of the country their counties are hinted at");
}

#[test]
fn neighbours_of_different_partners_look_different() {
    let map = country();
    let looks: std::collections::BTreeMap<_, _> = map.areas.iter().map(|area| (&area.partners, area.look)).collect();
    let faces = face::Faces::of(&SHIPPED.0, &SHIPPED.1.tiles, TODAY, None).faces;
    let named = |tile: TileNo| -> Vec<Named> {
        let partners = faces[tile as usize].partners.iter().map(|partner| SHIPPED.0.partner_at(*partner));
        partners.map(|partner| Named { id: partner.id.clone(), name: partner.name.clone() }).collect()
    };
    for [a, b] in &SHIPPED.1.adjacency {
        let [a, b] = [named(*a), named(*b)];
        let colour = |partners: &Vec<Named>| match looks[partners] {
            Look::Partner(look) => look.colour,
            Look::Status(_) => u8::MAX,
        };
        assert!(a == b || a.is_empty() || b.is_empty() || colour(&a) != colour(&b), "{a:?} {b:?}");
    }
}

#[test]
fn the_same_question_draws_the_same_map() {
    let again = Atlas::new(SHIPPED.0.land());
    assert_eq!(country(), again.map(&SHIPPED.0, Scope::Country, TODAY, None));
    assert_eq!(SHIPPED.1.map(&SHIPPED.0, state("NY"), TODAY, None), again.map(&SHIPPED.0, state("NY"), TODAY, None));
}

#[test]
fn a_position_is_found_in_the_frame_that_shows_its_state() {
    let land = SHIPPED.0.land();
    let at = |lon, lat| SHIPPED.1.point(land, Scope::Country, Position::new(lon, lat).unwrap()).unwrap();
    let frame = |name: &str| country().frames.iter().find(|frame| &*frame.name == name).unwrap().rect;
    let within = |[x, y]: GridPoint, r: Rect| r.x <= x && x <= r.x + r.width && r.y <= y && y <= r.y + r.height;
    assert!(within(at(-149.9, 61.2), frame("Alaska")), "Anchorage");
    assert!(within(at(-157.86, 21.31), frame("Hawaii")), "Honolulu");
    assert!(within(at(144.79, 13.47), frame("Guam and Northern Marianas")));
    assert!(within(at(-170.7, -14.28), frame("American Samoa")), "Pago Pago");
    let [seattle, miami] = [at(-122.33, 47.6), at(-80.2, 25.8)];
    assert!(seattle[0] < miami[0] && seattle[1] < miami[1]);
    assert_eq!(SHIPPED.1.point(land, state("WA"), Position::new(-80.2, 25.8).unwrap()), None);
}
