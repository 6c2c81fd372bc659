//! The map as a reader gets it: valid, linked, scoped, and the same bytes every time.

use std::collections::BTreeSet;

use coverage_map::{
    atlas::{AreaStatus, Atlas, LegendEntry, Link, Look, Map, MarkKind, Scope},
    directory::directory,
    domain::{RegionId, Role, Standing},
    render::{
        svg::{self, Setting},
        words::Words,
    },
    snapshot::Snapshot,
    source::{Embedded, Folder, load},
};
use jiff::civil::date;
use roxmltree::{Document, Node};

use crate::{
    site::get,
    world::{TODAY, World, rectangle},
};

fn country(snapshot: &Snapshot) -> Map {
    Atlas::new(snapshot.land()).map(snapshot, Scope::Country, TODAY, None)
}

fn state(snapshot: &Snapshot, code: &str) -> Map {
    let state = snapshot.land().state(code.parse().unwrap()).unwrap();
    Atlas::new(snapshot.land()).map(snapshot, Scope::State(state), TODAY, None)
}

fn links<'a>(document: &'a Document<'a>) -> Vec<(&'a str, &'a str)> {
    let links = document.descendants().filter(|node| node.has_tag_name("a") || node.tag_name().name() == "a");
    links.map(|a| (a.attribute("href").unwrap(), a.attribute("aria-label").unwrap())).collect()
}

fn area<'a>(map: &'a Map, name: &str) -> &'a coverage_map::atlas::MapArea {
    map.areas.iter().find(|area| &*area.name == name).unwrap_or_else(|| panic!("no {name} in {:#?}", map.areas))
}

#[test]
fn partners_are_areas_and_what_nobody_serves_is_open_by_state() {
    let world = World::new().assign("a", "state:AA").assign("b", "county:02001").snapshot();
    let map = country(&world);
    assert_eq!(map.areas.len(), 3);
    assert_eq!(area(&map, "Partner a").link, Link::Partner("a".parse().unwrap()));
    let open = area(&map, "Betaland");
    assert_eq!((open.status, open.look), (AreaStatus::Open, Look::Status(AreaStatus::Open)));
    assert_eq!(open.link, Link::Region("state:BB".parse().unwrap()));
    assert_ne!(area(&map, "Partner a").look, area(&map, "Partner b").look, "neighbours differ");
    assert_eq!(map.borders.partner_and_state.len(), 1, "between a and b");
    assert_eq!(map.borders.partner.len(), 1, "between b and the open rest of its state");
    assert!(map.borders.state.is_empty());
}

#[test]
fn a_partner_of_two_states_is_one_area_with_a_state_border_in_it() {
    let world = World::new().assign("a", "state:AA").assign("a", "state:BB").snapshot();
    let map = country(&world);
    assert_eq!((map.areas.len(), map.borders.state.len(), map.borders.partner_and_state.len()), (1, 1, 0));
    assert_eq!(map.areas[0].shape.rings.len(), 1);
}

#[test]
fn pending_upcoming_and_zip_carve_outs_are_told_apart() {
    let world = World::new()
        .zip("10001", "01001", 500)
        .zip("10002", "01001", 500)
        .zip("10003", "01002", 500)
        .assign("z", "zip:10001")
        .assign_with("p", "county:01002", |row| row.standing = Standing::Pending)
        .assign_with("later", "county:02001", |row| row.term.starts_on = Some(date(2027, 7, 1)))
        .snapshot();
    let map = country(&world);
    let statuses: BTreeSet<_> = map.areas.iter().map(|area| area.status).collect();
    assert_eq!(statuses, [AreaStatus::PartlyCovered, AreaStatus::Pending, AreaStatus::Open].into());
    assert_eq!(map.some_zips.rings.len(), 1);
    let promised = map.areas.iter().find_map(|area| area.upcoming.as_ref()).unwrap();
    assert_eq!((promised.starts_on, promised.partners.len()), (date(2027, 7, 1), 1));
    assert!(map.marks.iter().any(|mark| mark.kind == MarkKind::StartsLater));
    assert!(map.legend.contains(&LegendEntry::Status(AreaStatus::PartlyCovered)));
    assert!(!map.legend.contains(&LegendEntry::SomeZips), "that is about ground with a partner");
    assert!(
        map.areas.iter().all(|area| area.partners.iter().all(|partner| partner.id.as_str() != "p")),
        "applicants are not named"
    );
}

#[test]
fn what_ends_soon_and_who_serves_together_is_marked() {
    let world = World::new()
        .assign_with("ends", "county:01001", |row| row.term.ends_on = Some(date(2027, 1, 31)))
        .assign_with("renewed", "county:01002", |row| row.term.ends_on = Some(date(2027, 1, 31)))
        .assign_with("renewed", "county:01002", |row| row.term.starts_on = Some(date(2027, 2, 1)))
        .assign_with("last", "county:02002", |row| row.term.ends_on = Some(date(2027, 6, 30)))
        .assign("lead", "county:02001")
        .assign_with("pays", "county:02001", |row| row.role = Role::Funding)
        .snapshot();
    let map = country(&world);
    let until: Vec<_> = map.areas.iter().map(|area| (&*area.name, area.until)).collect();
    let ends = Some(date(2027, 1, 31));
    assert_eq!(
        until,
        [("Partner ends", ends), ("Partner last", None), ("Partner lead + Partner pays", None), ("Partner renewed", None)]
    );
    let marks: Vec<_> = map.marks.iter().map(|mark| (mark.kind, &*map.areas[mark.area].name)).collect();
    assert_eq!(marks, [(MarkKind::EndsSoon, "Partner ends"), (MarkKind::Together, "Partner lead + Partner pays")]);
    assert!(map.legend.contains(&LegendEntry::Mark(MarkKind::EndsSoon)));
    let words = Words::default();
    assert_eq!(words.map_area(area(&map, "Partner ends")), "Partner ends: covered, until 31 January 2027");
}

#[test]
fn the_map_of_a_state_speaks_of_that_state_alone() {
    let world = World::new().assign("a", "county:01001").assign("b", "state:BB").snapshot();
    let said = Words::default().map_description(&state(&world, "AA"));
    let expected =
        "Alphaland: 1 partner as of 21 November 2026. Counties: 2; with a partner: 1, in part: 0, without a partner: 1.";
    assert!(said.starts_with(expected), "{said}");
}

#[tokio::test]
async fn the_place_that_was_asked_about_is_pinned() {
    assert!(get("/partners?q=01212").await.body.contains("map-pin"));
    assert!(!get("/states/ea").await.body.contains("map-pin"));
}

/// The built-in data.
fn shipped() -> Snapshot {
    let [geography, program] = [Embedded::UnitedStates, Embedded::SampleProgram].map(Folder::Embedded);
    Snapshot::new(load(&geography, &program).unwrap().dataset.unwrap())
}

#[test]
fn map_and_list_of_a_state_name_the_same_partners() {
    let snapshot = shipped();
    let atlas = Atlas::new(snapshot.land());
    let scope = coverage_map::lookup::Scope { as_of: TODAY, course: None };
    for entry in directory(&snapshot, &scope).states {
        let RegionId::State(code) = entry.region else { panic!("{:?} is no state", entry.region) };
        let map = atlas.map(&snapshot, Scope::State(snapshot.land().state(code).unwrap()), TODAY, None);
        let drawn = map.areas.iter().flat_map(|area| &area.partners).chain(map.zips.iter().flat_map(|zip| &zip.partners));
        let drawn: BTreeSet<_> = drawn.map(|partner| partner.id.clone()).collect();
        let listed: BTreeSet<_> = entry.partners.iter().map(|partner| partner.id.clone()).collect();
        assert_eq!(drawn, listed, "{code}");
    }
}

#[test]
fn the_map_of_the_country_is_light_enough() {
    let snapshot = shipped();
    let text = svg::inline(&country(&snapshot), "map", &Setting::default()).into_string();
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    assert!(packed.len() <= 40_000, "{} bytes, {} packed", text.len(), packed.len());
}

#[test]
fn a_drawn_region_that_cuts_through_a_county_is_drawn_as_it_is() {
    let world = World::new().drawn("half", rectangle(0.5, 0.0, 1.5, 1.0)).assign("a", "region:half").snapshot();
    let map = country(&world);
    let served: Vec<_> = map.areas.iter().filter(|area| area.status == AreaStatus::Covered).collect();
    assert_eq!((served.len(), served[0].shape.rings.len()), (1, 1), "one area with one ring, across the county line");
    let width = |area: &coverage_map::atlas::MapArea| {
        let x = || area.shape.rings.iter().flatten().map(|p| p[0]);
        f64::from(x().max().unwrap() - x().min().unwrap())
    };
    let share = width(served[0]) / width(area(&map, "Alphaland"));
    assert!((share - 0.5).abs() < 0.01, "a degree of two: {share}");
}

#[test]
fn a_state_map_links_its_counties_and_hints_at_what_is_around() {
    let world = World::new().assign("a", "county:01001").snapshot();
    let map = state(&world, "AA");
    let linked: Vec<_> = map.areas.iter().map(|area| area.link.clone()).collect();
    let county = |id: &str| Link::Region(id.parse::<RegionId>().unwrap());
    assert_eq!(linked, [county("county:01001"), county("county:01002")]);
    assert!(!map.surroundings.rings.is_empty(), "Betaland is in sight");
}

#[test]
fn the_svg_is_xml_with_unique_prefixed_ids_and_no_style_attribute() {
    let world = World::new().assign("a", "state:AA").partner("a", |p| p.name = "A & B <\"Labs\">".into()).snapshot();
    let map = country(&world);
    let text = svg::inline(&map, "m7", &Setting::default()).into_string();
    let document = Document::parse(&text).unwrap();
    let ids: Vec<_> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    assert!(ids.iter().all(|id| id.starts_with("m7")), "{ids:?}");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(document.descendants().all(|node| node.attribute("style").is_none() && node.tag_name().name() != "style"));
    assert_eq!(document.root_element().attribute("role"), Some("group"));
    let links = links(&document);
    assert!(links.contains(&("/partners/a", "A & B <\"Labs\">: covered")), "{links:?}");
    assert!(links.contains(&("/states/bb", "Betaland: open, no partner yet")), "{links:?}");
    assert!(links.contains(&("/states/aa", "AA, Alphaland")), "{links:?}");
}

#[test]
fn every_reference_leads_to_something_in_the_same_svg() {
    let world = World::new().assign("a", "county:01001").snapshot();
    let map = country(&world);
    for text in
        [svg::inline(&map, "x", &Setting::default()).into_string(), svg::document(&map, &Setting::default()).into_string()]
    {
        let document = Document::parse(&text).unwrap();
        let ids: BTreeSet<_> = document.descendants().filter_map(|node: Node| node.attribute("id")).collect();
        let attributes = document.descendants().flat_map(|node| node.attributes());
        let referred: BTreeSet<&str> =
            attributes.filter_map(|a| a.value().strip_prefix("url(#").and_then(|rest| rest.strip_suffix(')'))).collect();
        assert!(!referred.is_empty() && referred.is_subset(&ids), "{referred:?} {ids:?}");
    }
}

#[test]
fn the_document_has_a_size_its_legend_and_its_sources() {
    let world = World::new().assign("a", "state:AA").snapshot();
    let text = svg::document(&country(&world), &Setting::default()).into_string();
    let document = Document::parse(&text).unwrap();
    let root = document.root_element();
    assert!(root.attribute("width").is_some() && root.attribute("height").is_some());
    for expected in ["Open: no partner yet", "made up", "21 November 2026", "prefers-color-scheme:dark"] {
        assert!(text.contains(expected), "{expected}");
    }
    assert!(!text.contains("var(--"), "a document of its own has plain colours");
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let draw = || {
        let world = World::new().assign("a", "state:AA").assign("b", "county:02001").snapshot();
        svg::inline(&country(&world), "m", &Setting::default()).into_string()
    };
    assert_eq!(draw(), draw());
}
