use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::{
    comparison::{AssignmentChange, Comparison, Edition, PartnerChange, PlaceChange, RegionChange, Shift},
    domain::Generation,
};

fn who(id: &str) -> Who {
    Who { id: id.parse().unwrap(), name: id.to_uppercase().into() }
}

fn sample() -> Comparison {
    let edition = |digit: u8, covered| Edition {
        generation: Generation::from_digest(&[digit; 8]),
        day: date(2026, 11, 21),
        people: 4_000,
        covered,
        zips: 3,
        counties: 4,
    };
    let name = |text: &str| -> Arc<str> { text.into() };
    let held = |status, ids: &[&str]| {
        let ids: Vec<_> = ids.iter().map(|id| id.parse().unwrap()).collect();
        Some(Held { status, leads: ids.clone(), partners: ids })
    };
    let county: crate::domain::RegionId = "county:01001".parse().unwrap();
    Comparison {
        before: edition(0xaa, 2_000),
        after: edition(0xbb, 1_000),
        regions: vec![RegionChange {
            region: "region:hills".parse().unwrap(),
            name: name("Hills"),
            change: RegionChangeKind::Moved(0.125),
        }],
        partners: vec![PartnerChange { partner: who("hub"), change: PartnerChangeKind::Renamed(name("=Old")) }],
        assignments: vec![
            AssignmentChange { region: county.clone(), name: name("Ash"), change: AssignmentChangeKind::Ended(who("hub")) },
            AssignmentChange {
                region: "zip:02139".parse().unwrap(),
                name: name("ZIP 02139"),
                change: AssignmentChangeKind::HandedOver { from: vec![who("hub")], to: vec![who("lab"), who("net")] },
            },
        ],
        shifts: vec![Shift {
            before: Some(Status::Covered),
            after: Some(Status::Open),
            counties: 1,
            county_people: 1_000,
            zips: 0,
            zip_people: 0,
        }],
        counties: vec![PlaceChange {
            region: county,
            name: name("Ash County, Alphaland"),
            people: Some(1_000),
            before: held(Status::Covered, &["hub"]),
            after: held(Status::Open, &[]),
        }],
        zips: Vec::new(),
    }
}

#[test]
fn the_sum_comes_first_and_each_change_has_its_line() {
    let expected = "\
Before  aaaaaaaaaaaaaaaa, 21 November 2026: 2,000 of 4,000 people have a partner
After   bbbbbbbbbbbbbbbb, 21 November 2026: 1,000 of 4,000 people have a partner

people with a partner: 1,000 (1,000 fewer, 50.0%)
regions: 1 moved
partners: 1 renamed
assignments: 1 ended, 1 handed over
other answers: 1 county (1,000 people)

Answers by status
  covered → open: 1 county (1,000 people), 0 ZIPs (0 people)

Regions
  region:hills (Hills): moved by 12.5% of its area

Partners
  hub (HUB): renamed, before: =Old

Assignments
  county:01001 (Ash): HUB ended
  zip:02139 (ZIP 02139): HUB handed over to LAB and NET

Counties
  Ash County, Alphaland (1,000 people): covered: hub → open
";
    assert_eq!(text(&sample()), expected);
}

#[test]
fn a_table_has_a_row_for_each_change_and_no_formulas() {
    let expected = "\
what,change,id,name,before,after,people,moved_share
region,moved,region:hills,Hills,,,,0.125
partner,renamed,hub,HUB,'=Old,,,
assignment,ended,county:01001,Ash,hub,,,
assignment,handed_over,zip:02139,ZIP 02139,hub,lab|net,,
county,answer,county:01001,\"Ash County, Alphaland\",covered: hub,open,1000,
";
    assert_eq!(csv(&sample()).unwrap(), expected);
}

#[test]
fn data_names_both_sides_of_a_place() {
    let json: serde_json::Value = serde_json::from_str(&json(&sample()).unwrap()).unwrap();
    assert_eq!(json["counties"][0]["before"]["partners"][0], "hub");
    assert_eq!(json["counties"][0]["after"]["status"], "open");
    assert_eq!(json["assignments"][1]["to"][1]["id"], "net");
    assert_eq!(json["regions"][0]["moved_share"], 0.125);
}

#[test]
fn where_nothing_changes_the_headline_says_so() {
    let same = Comparison {
        regions: Vec::new(),
        partners: Vec::new(),
        assignments: Vec::new(),
        shifts: Vec::new(),
        counties: Vec::new(),
        ..sample()
    };
    assert_eq!(headline(&same), ["no answer changes"]);
}
