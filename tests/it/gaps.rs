//! Staff reports: what is covered, where nobody serves, and who could.

use std::sync::Arc;

use coverage_map::{
    domain::{RegionId, ServiceArea, Term, ZipKind},
    gaps::{self, Coverage, Gap, Gaps, Level, Row, Tally, Wanted, Whereabouts},
    lookup::{Compass, Question, Scope, Status, answer},
    render::report::tables::gap_name,
    snapshot::Snapshot,
    source::{Folder, load},
};
use jiff::civil::date;

use crate::{
    site::toy_folder,
    three_roads::SHIPPED,
    world::{TODAY, World, rectangle, region},
};

fn scope() -> Scope {
    Scope { as_of: TODAY, course: None }
}

fn coverage(snapshot: &Snapshot) -> Coverage {
    gaps::coverage(snapshot, &scope())
}

fn found(snapshot: &Snapshot) -> Gaps {
    gaps::gaps(snapshot, &scope(), Wanted::default())
}

fn across(snapshot: &Snapshot) -> Gaps {
    gaps::gaps(snapshot, &scope(), Wanted { across_states: true, state: None })
}

fn names(gaps: &Gaps) -> Vec<String> {
    gaps.areas.iter().map(gap_name).collect()
}

fn toy() -> Arc<Snapshot> {
    let [geography, program] = ["geography", "program"].map(|name| Folder::Directory(toy_folder(name)));
    Arc::new(Snapshot::new(load(&geography, &program).unwrap().dataset.unwrap()))
}

fn sums<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Tally> {
    let mut sums: Vec<Tally> = Vec::new();
    for row in rows {
        sums.resize(row.tallies.len(), Tally::default());
        for (sum, tally) in sums.iter_mut().zip(&row.tallies) {
            *sum = *sum + tally.unwrap_or_default();
        }
    }
    sums
}

#[test]
fn totals_are_the_sums_of_their_parts_exactly() {
    for snapshot in [toy(), SHIPPED.clone()] {
        let report = coverage(&snapshot);
        let level = |level: Level| report.rows.iter().filter(move |row| row.level == level);
        let whole = sums(level(Level::Country));
        assert_eq!((sums(level(Level::State)), sums(level(Level::County))), (whole.clone(), whole.clone()));
        for state in level(Level::State) {
            let own = level(Level::County).filter(|county| county.state == state.state);
            assert_eq!(sums(own), sums([state].into_iter()), "{}", state.name);
        }
        for wanted in [false, true] {
            let gaps = gaps::gaps(&snapshot, &scope(), Wanted { across_states: wanted, state: None });
            let ranked = gaps.ranked();
            let people = ranked.iter().map(|gap| match gap {
                Gap::Area(area) => area.amounts[0].unwrap_or(0),
                Gap::Part(part) => part.amounts[0].unwrap_or(0),
            });
            let open_while_pending = level(Level::County).filter(|county| county.status == Status::Pending);
            let rest: u64 = sums(open_while_pending).first().map_or(0, |tally| tally.open);
            assert_eq!(people.sum::<u64>() + rest, whole[0].open);
            assert_eq!(gaps.whole[0].unwrap(), whole[0]);
        }
    }
}

#[test]
fn all_people_of_the_weights_are_counted_once() {
    let whole = coverage(&SHIPPED).whole.tallies[0].unwrap();
    let people = SHIPPED.land().geography().weights.as_ref().unwrap().population.values().sum::<u64>();
    assert_eq!(whole.total(), people);
}

#[test]
fn each_row_has_the_status_of_its_answer() {
    let snapshot = toy();
    for row in coverage(&snapshot).rows.iter().filter_map(|row| row.region.as_ref().map(|region| (region, row.status))) {
        assert_eq!(answer(&snapshot, &Question::about(row.0), &scope()).status, row.1, "{}", row.0);
    }
}

#[test]
fn open_counties_that_share_a_border_are_one_gap_and_state_lines_part_them_unless_told_otherwise() {
    let snapshot = World::new().assign("one", "county:01001").snapshot();
    assert_eq!(names(&found(&snapshot)), ["Betaland", "Birch County, Alphaland"]);
    let joined = across(&snapshot);
    assert_eq!(
        names(&joined),
        ["Betaland and eastern Alphaland: Birch, Cedar, Date"]
            .map(|name| name.replace("Birch, Cedar, Date", "Birch, Cedar and Date"))
    );
    assert_eq!(joined.areas[0].amounts, [Some(3_000)]);
}

#[test]
fn a_pending_county_is_no_gap_and_parts_its_neighbours() {
    let pending = |row: &mut coverage_map::domain::Assignment| row.standing = coverage_map::domain::Standing::Pending;
    let snapshot = World::new().assign_with("one", "county:01002", pending).snapshot();
    assert_eq!(across(&snapshot).areas.len(), 2);
    assert_eq!(coverage(&snapshot).whole.tallies[0], Some(Tally { covered: 0, pending: 1_000, open: 3_000, outside: 0 }));
}

#[test]
fn counties_that_meet_in_a_corner_are_two_gaps() {
    let snapshot = World::new()
        .geography(|geography| {
            geography.counties[1].boundary = rectangle(1.0, 1.0, 2.0, 2.0);
            geography.states[0].boundary = rectangle(0.0, 0.0, 2.0, 2.0);
        })
        .assign("one", "state:BB")
        .snapshot();
    assert_eq!(found(&snapshot).areas.len(), 2);
}

#[test]
fn an_ended_assignment_is_a_gap_and_restoring_it_closes_it() {
    let ends = |row: &mut coverage_map::domain::Assignment| row.term.ends_on = Some(date(2026, 11, 20));
    let ended = World::new().assign_with("one", "state:AA", ends).assign("two", "state:BB").snapshot();
    assert_eq!(names(&found(&ended)), ["Alphaland"]);
    let restored = World::new().assign("one", "state:AA").assign("two", "state:BB").snapshot();
    assert_eq!(names(&found(&restored)), [] as [&str; 0]);
}

#[test]
fn outside_the_service_area_there_is_no_gap() {
    let snapshot = World::new().info(|info| info.service_area = ServiceArea::States(vec!["AA".parse().unwrap()])).snapshot();
    assert_eq!(names(&found(&snapshot)), ["Alphaland"]);
    let whole = coverage(&snapshot).whole;
    assert_eq!(whole.tallies[0], Some(Tally { covered: 0, pending: 0, open: 2_000, outside: 2_000 }));
    assert_eq!((whole.counties.promised(), whole.counties.outside), (2, 2));
}

#[test]
fn those_who_touch_a_gap_are_named_by_the_length_of_the_common_border() {
    let snapshot =
        World::new().assign("near", "county:01001").assign("also", "county:02001").assign("far", "county:02002").snapshot();
    let takers = &found(&snapshot).areas[0].takers;
    let ids: Vec<_> = takers.iter().map(|taker| taker.id.as_str()).collect();
    assert_eq!(ids[2], "far");
    let border: Vec<_> = takers.iter().map(|taker| taker.border_m.round()).collect();
    // One degree of a meridian from the equator: 110,574 m (WGS 84).
    assert!(border[..2].iter().all(|metres| (metres - 110_574.0).abs() < 20.0) && border[2] == 0.0, "{border:?}");
    // One degree and two degrees of a parallel half a degree from the equator.
    assert!((takers[0].distance_m - 111_316.0).abs() < 50.0 && (takers[2].distance_m - 222_632.0).abs() < 100.0);
    assert_eq!((takers[0].load.counties, takers[0].load.amounts.clone()), (1, vec![Some(1_000)]));
}

#[test]
fn who_only_funds_could_not_take_a_gap() {
    let funds = |row: &mut coverage_map::domain::Assignment| row.role = coverage_map::domain::Role::Funding;
    let snapshot = World::new().assign("lead", "county:01001").assign_with("fund", "county:01001", funds).snapshot();
    let gaps = found(&snapshot);
    assert!(gaps.areas.iter().flat_map(|area| &area.takers).all(|taker| taker.id.as_str() == "lead"));
}

#[test]
fn open_zips_of_a_partly_covered_county_are_listed_with_their_people() {
    let snapshot = World::new()
        .zip("10001", "01001", 300)
        .zip("10002", "01001", 200)
        .zip_of_kind("10003", &[("01001", 0.5), ("01002", 0.5)], Some(1_000), ZipKind::Area)
        .zip_of_kind("10004", &[("01001", 1.0)], None, ZipKind::Point)
        .assign("one", "zip:10001")
        .snapshot();
    let gaps = found(&snapshot);
    let [part] = gaps.parts.as_slice() else { panic!("{:?}", gaps.parts) };
    // Of 1,000 people 300 in 1,000 live in the ZIP that is served; the others are 700, by ZIP population × share.
    assert_eq!((part.region.to_string().as_str(), part.amounts.clone()), ("county:01001", vec![Some(700)]));
    let zips: Vec<_> = part.zips.iter().map(|zip| (zip.zip.to_string(), zip.people)).collect();
    assert_eq!(zips, [("10003".to_owned(), 500), ("10002".to_owned(), 200)]);
}

#[test]
fn a_region_that_cuts_a_county_leaves_its_rest_as_a_part() {
    let snapshot = World::new()
        .drawn("west", rectangle(0.0, 0.0, 0.25, 1.0))
        .assign("one", "region:west")
        .assign("two", "state:BB")
        .snapshot();
    let gaps = found(&snapshot);
    assert_eq!(gaps.parts[0].amounts, [Some(750)]);
    let rows = coverage(&snapshot).rows;
    let row = rows.iter().find(|row| row.region == Some(region("region:west"))).unwrap();
    assert_eq!((row.tallies[0].unwrap().covered, row.estimated), (250, true));
}

#[test]
fn what_nobody_counted_is_nothing_and_not_zero() {
    let snapshot = World::new().geography(|geography| geography.weights = None).snapshot();
    assert_eq!(coverage(&snapshot).measures.len(), 0);
    let snapshot = World::new()
        .geography(|geography| {
            let weights = geography.weights.as_mut().unwrap();
            weights.further.insert("pupils".into(), [("01001".parse().unwrap(), 12.5)].into());
        })
        .snapshot();
    let report = coverage(&snapshot);
    assert_eq!((report.measures[1].decimals, report.measures[1].uncounted), (3, 3));
    let betaland = report.rows.iter().find(|row| row.region == Some(region("state:BB"))).unwrap();
    assert_eq!(betaland.tallies[1], None);
    assert_eq!(report.whole.tallies[1].unwrap().open, 12_500);
}

#[test]
fn a_course_has_gaps_of_its_own() {
    let one = |row: &mut coverage_map::domain::Assignment| row.courses = vec!["one".parse().unwrap()];
    let snapshot = World::new().assign_with("a", "state:AA", one).assign("b", "state:BB").snapshot();
    let scope = Scope { as_of: TODAY, course: Some("two".parse().unwrap()) };
    assert_eq!(names(&gaps::gaps(&snapshot, &scope, Wanted::default())), ["Alphaland"]);
    let report = coverage(&snapshot);
    let covered: Vec<_> = report.courses.iter().map(|course| course.tallies[0].unwrap().covered).collect();
    assert_eq!(covered, [4_000, 2_000]);
}

#[test]
fn gaps_are_named_by_the_part_of_the_state_in_which_they_lie() {
    let gaps = found(&SHIPPED);
    let place = |id: &str| gaps.areas.iter().find(|area| area.id == id).unwrap().places[0].part;
    assert_eq!(place("gap:30053"), Whereabouts::Toward(Compass::NorthWest));
    assert_eq!((place("gap:05001"), place("gap:72001")), (Whereabouts::Whole, Whereabouts::Most));
    assert!(names(&gaps).contains(&"northwestern Montana: Lincoln, Sanders and Mineral".to_owned()));
}

#[test]
fn only_gaps_in_the_state_that_is_asked_for_are_listed() {
    let wanted = Wanted { across_states: false, state: Some("MT".parse().unwrap()) };
    let gaps = gaps::gaps(&SHIPPED, &scope(), wanted);
    assert!(
        gaps.areas.len() > 1 && gaps.areas.iter().flat_map(|area| &area.counties).all(|county| county.state.as_str() == "MT")
    );
    let sum: u64 = gaps.areas.iter().map(|area| area.amounts[0].unwrap()).sum();
    assert_eq!(sum, gaps.whole[0].unwrap().open);
}

#[test]
fn a_partner_with_dates_of_its_own_serves_until_its_last_day() {
    let ends = Term { starts_on: None, ends_on: Some(TODAY) };
    let snapshot = World::new().assign("one", "state:AA").partner("one", |partner| partner.term = ends).snapshot();
    let on = |as_of| gaps::gaps(&snapshot, &Scope { as_of, course: None }, Wanted::default()).areas.len();
    assert_eq!((on(TODAY), on(TODAY.tomorrow().unwrap())), (1, 2));
}

#[test]
fn the_outline_of_a_gap_is_that_of_its_counties() {
    let gaps = found(&SHIPPED);
    let arkansas = gaps.areas.iter().find(|area| area.id == "gap:05001").unwrap();
    let state: RegionId = region("state:AR");
    let area = |geometry: geo::Geometry<f64>| {
        use geo::Area;
        geometry.unsigned_area()
    };
    let [own, known] = [arkansas.outline(SHIPPED.land()), SHIPPED.land().outline(&state).unwrap()].map(area);
    assert!((own / known - 1.0).abs() < 1e-9, "{own} {known}");
}
