//! Answers made by hand: the smallest ones that show what a renderer does.

use std::sync::Arc;

use jiff::civil::date;

use crate::{
    domain::{Contact, Course, Generation, Role},
    lookup::{Answer, ContactSource, NextStep, Part, PartnerName, Query, QueryKind, ServingPartner, Status, Subject},
};

pub fn text(text: &str) -> Arc<str> {
    text.into()
}

pub fn courses() -> Vec<Course> {
    [("csd", "CS Discoveries"), ("csp", "CS Principles")]
        .map(|(id, name)| Course { id: id.parse().unwrap(), name: name.into(), grades: None })
        .into()
}

/// An answer with nothing in it.
pub fn bare(kind: QueryKind, input: &str, subject: Option<Subject>, status: Status) -> Answer {
    Answer {
        query: Query { input: input.to_owned(), kind, subject },
        status,
        as_of: date(2026, 11, 21),
        course: None,
        covered_share: None,
        partners: Vec::new(),
        parts: Vec::new(),
        upcoming: Vec::new(),
        near_border: Vec::new(),
        nearest: None,
        nearest_partners: Vec::new(),
        choices: Vec::new(),
        notes: Vec::new(),
        next_step: NextStep::CheckSpelling,
        generation: Generation::from_digest(&[0xab; 8]),
    }
}

pub fn partner(id: &str, name: &str, share: f64) -> ServingPartner {
    ServingPartner {
        id: id.parse().unwrap(),
        name: name.into(),
        website: Some(format!("https://example.org/{id}").into()),
        contact: Contact { name: Some("Program manager".into()), email: Some(format!("{id}@example.org").into()) },
        contact_source: ContactSource::Partner,
        courses: vec!["csd".parse().unwrap()],
        role: Role::Lead,
        since: Some(date(2026, 7, 1)),
        new_this_year: true,
        via: "region:puget-sound".parse().unwrap(),
        share,
    }
}

/// ZIP 98101, which one partner serves.
pub fn seattle() -> Answer {
    let hub = partner("puget-sound-cs-hub", "Puget Sound CS Hub", 1.0);
    let subject = Subject::Zip("98101".parse().unwrap(), text("Seattle"), Some(text("Washington")));
    Answer {
        parts: vec![Part {
            region: "county:53033".parse().unwrap(),
            name: text("King County, Washington"),
            share: Some(1.0),
            status: Status::Covered,
            partners: vec![PartnerName { id: hub.id.clone(), name: hub.name.clone() }],
            via: Some(hub.via.clone()),
        }],
        next_step: NextStep::ContactPartner {
            name: hub.name.clone(),
            website: hub.website.clone(),
            email: hub.contact.email.clone(),
        },
        partners: vec![hub],
        covered_share: Some(1.0),
        ..bare(QueryKind::Zip, "98101", Some(subject), Status::Covered)
    }
}

/// Boise, which nobody serves.
pub fn boise() -> Answer {
    let subject = Subject::Place(text("Boise, Idaho"), Some(text("Ada County, Idaho")));
    Answer {
        covered_share: Some(0.0),
        next_step: NextStep::Apply(Some("county:16001".parse().unwrap())),
        ..bare(QueryKind::Place, "boise", Some(subject), Status::Open)
    }
}
