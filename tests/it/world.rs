//! Worlds for tests, built in code: a row of square counties, and whatever a test adds to it.
//!
//! ```text
//!            state AA          state BB
//!        ┌───────┬───────┬───────┬───────┐  lat 1
//!        │ 01001 │ 01002 │ 02001 │ 02002 │
//!        └───────┴───────┴───────┴───────┘  lat 0
//!     lon 0      1       2       3       4
//! ```
//!
//! Each county has 1,000 people. ZIPs, partners and assignments are a test's own.

use std::{collections::BTreeMap, sync::Arc};

use coverage_map::{
    census::{Geoid, StateCode},
    domain::{
        AcceptedOverlap, ApplicationWindow, Assignment, Contact, County, Course, CourseId, Dataset, Generation, Geography,
        LayerFiles, Origin, Partner, Program, ProgramInfo, ProgramRegion, ProgramYear, RegionId, Role, ServiceArea, Shape, Site,
        Standing, State, Term, Weights, Zip, ZipCounty, ZipKind,
    },
    geometry::{Boundary, Position},
    lookup::{Answer, Question, Scope, answer},
    snapshot::Snapshot,
};
use geo::{MultiPolygon, polygon};
use jiff::civil::{Date, date};

/// The day that tests ask about.
pub const TODAY: Date = date(2026, 11, 21);

/// A data set in the making.
pub struct World {
    geography: Geography,
    program: Program,
}

pub fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Arc<Boundary> {
    let ring = polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north), (x: west, y: south)];
    Arc::new(Boundary::new(MultiPolygon(vec![ring])).unwrap())
}

fn region_site(id: &str) -> Site {
    Site::file("regions.geojson").within(format!("feature (id {id})"))
}

impl World {
    pub fn new() -> Self {
        let geoid = |text: &str| text.parse::<Geoid>().unwrap();
        let code = |text: &str| text.parse::<StateCode>().unwrap();
        let state = |id: &str, short: &str, name: &str, west: f64| State {
            geoid: geoid(id),
            code: code(short),
            name: name.into(),
            boundary: rectangle(west, 0.0, west + 2.0, 1.0),
        };
        let county = |id: &str, name: &str, short: &str, west: f64| County {
            geoid: geoid(id),
            name: format!("{name} County").into(),
            short_name: Some(name.into()),
            state: code(short),
            boundary: rectangle(west, 0.0, west + 1.0, 1.0),
        };
        let counties = vec![
            county("01001", "Ash", "AA", 0.0),
            county("01002", "Birch", "AA", 1.0),
            county("02001", "Cedar", "BB", 2.0),
            county("02002", "Date", "BB", 3.0),
        ];
        let people = counties.iter().map(|c| (c.geoid, 1_000)).collect();
        let geography = Geography {
            name: "A row of four".into(),
            vintage: "2026".into(),
            resolution_m: 100.0,
            attribution: "made up".into(),
            licence: "none".into(),
            states: vec![state("01", "AA", "Alphaland", 0.0), state("02", "BB", "Betaland", 2.0)],
            layer_files: LayerFiles { states: "states.geojson".into(), counties: "counties.geojson".into() },
            counties,
            zips: Some(Vec::new()),
            zip_counties: Some(Vec::new()),
            places: None,
            weights: Some(Weights { population: people, source: BTreeMap::new(), further: BTreeMap::new() }),
            retired: Vec::new(),
        };
        let course = |id: &str| Course { id: id.parse().unwrap(), name: id.into(), grades: None };
        let info = ProgramInfo {
            name: "Test program".into(),
            organisation: "Test organisation".into(),
            scope: "tests".into(),
            time_zone: jiff::tz::TimeZone::UTC,
            year: Some(ProgramYear { label: "2026-27".into(), starts_on: date(2026, 7, 1), ends_on: date(2027, 6, 30) }),
            courses: vec![course("one"), course("two")],
            applications: ApplicationWindow {
                term: Some(Term { starts_on: Some(date(2026, 10, 1)), ends_on: Some(date(2027, 2, 28)) }),
                form_url: Some("https://example.org/apply".into()),
                ..ApplicationWindow::default()
            },
            contact: Contact { name: Some("Program".into()), email: Some("program@example.org".into()) },
            links: BTreeMap::new(),
            service_area: ServiceArea::Country,
            theme: BTreeMap::new(),
            hold_if_covered_people_fall_by: 0.05,
            redirects: Vec::new(),
            pages: Default::default(),
        };
        let program = Program { info, partners: Vec::new(), assignments: Vec::new(), regions: Vec::new(), accepted: Vec::new() };
        Self { geography, program }
    }

    /// A ZIP with an area and people, wholly in one county.
    pub fn zip(self, zip: &str, county: &str, people: u64) -> Self {
        self.zip_of_kind(zip, &[(county, 1.0)], Some(people), ZipKind::Area)
    }

    /// A ZIP of any kind; the first county is its main one.
    pub fn zip_of_kind(mut self, zip: &str, counties: &[(&str, f64)], population: Option<u64>, kind: ZipKind) -> Self {
        let county = |geoid: &str| geoid.parse::<Geoid>().unwrap();
        let state = counties.first().map_or("AE", |(geoid, _)| if geoid.starts_with("01") { "AA" } else { "BB" });
        let zips = self.geography.zips.as_mut().unwrap();
        zips.push(Zip {
            zip: zip.parse().unwrap(),
            state: state.parse().unwrap(),
            county: counties.first().map(|(geoid, _)| county(geoid)),
            place: format!("Town {zip}").into(),
            position: None,
            kind,
            population,
        });
        zips.sort_by_key(|zip| zip.zip);
        let rows = self.geography.zip_counties.as_mut().unwrap();
        rows.extend(counties.iter().map(|(geoid, share)| ZipCounty {
            zip: zip.parse().unwrap(),
            county: county(geoid),
            share: *share,
        }));
        rows.sort_by_key(|row| (row.zip, row.county));
        self
    }

    /// A program region that is drawn.
    pub fn drawn(mut self, id: &str, boundary: Arc<Boundary>) -> Self {
        self.program.regions.push(ProgramRegion {
            id: id.parse().unwrap(),
            name: id.into(),
            shape: Shape::Drawn(boundary),
            site: region_site(id),
        });
        self.program.regions.sort_by(|a, b| a.id.cmp(&b.id));
        self
    }

    /// A program region that is built from others.
    pub fn built(mut self, id: &str, members: &[&str]) -> Self {
        let members = members.iter().map(|member| member.parse().unwrap()).collect();
        self.program.regions.push(ProgramRegion {
            id: id.parse().unwrap(),
            name: id.into(),
            shape: Shape::Members(members),
            site: region_site(id),
        });
        self.program.regions.sort_by(|a, b| a.id.cmp(&b.id));
        self
    }

    /// Two regions may overlap.
    pub fn accept(mut self, one: &str, other: &str) -> Self {
        let regions = [one.parse().unwrap(), other.parse().unwrap()];
        let site = Site::line("accepted.csv", self.program.accepted.len() as u32 + 2);
        self.program.accepted.push(AcceptedOverlap { regions, reason: "agreed".into(), site });
        self
    }

    /// Changes what the program says of itself.
    pub fn info(mut self, change: impl FnOnce(&mut ProgramInfo)) -> Self {
        change(&mut self.program.info);
        self
    }

    /// Changes the geography.
    pub fn geography(mut self, change: impl FnOnce(&mut Geography)) -> Self {
        change(&mut self.geography);
        self
    }

    /// Changes a partner; it is made when it is first named.
    pub fn partner(mut self, id: &str, change: impl FnOnce(&mut Partner)) -> Self {
        let number = self.partner_number(id);
        change(&mut self.program.partners[number]);
        self
    }

    fn partner_number(&mut self, id: &str) -> usize {
        let partners = &mut self.program.partners;
        if let Some(number) = partners.iter().position(|partner| partner.id.as_str() == id) {
            return number;
        }
        let contact = Contact { name: None, email: Some(format!("{id}@example.org").into()) };
        partners.push(Partner {
            id: id.parse().unwrap(),
            name: format!("Partner {id}").into(),
            website: Some(format!("https://example.org/{id}").into()),
            contact: Some(contact),
            based_in: None,
            courses: Vec::new(),
            term: Term::default(),
            notes: None,
            origin: Origin { file: "partners.csv".into(), line: 2, row: None },
        });
        partners.len() - 1
    }

    /// A partner leads in a region, for all courses, at any time.
    pub fn assign(self, partner: &str, region: &str) -> Self {
        self.assign_with(partner, region, |_| {})
    }

    /// An assignment with further properties.
    pub fn assign_with(mut self, partner: &str, region: &str, change: impl FnOnce(&mut Assignment)) -> Self {
        self.partner_number(partner);
        let line = self.program.assignments.len() as u32 + 2;
        let mut row = Assignment {
            partner: partner.parse().unwrap(),
            region: region.parse().unwrap(),
            courses: Vec::new(),
            role: Role::Lead,
            standing: Standing::Active,
            term: Term::default(),
            review_by: None,
            notes: None,
            origin: Origin { file: "assignments.csv".into(), line, row: None },
        };
        change(&mut row);
        self.program.assignments.push(row);
        self
    }

    pub fn snapshot(mut self) -> Snapshot {
        self.program.partners.sort_by(|a, b| a.id.cmp(&b.id));
        Snapshot::new(Dataset {
            geography: Arc::new(self.geography),
            program: Arc::new(self.program),
            generation: Generation::from_digest(&[0; 8]),
            warnings: Vec::new(),
        })
    }
}

/// An answer today, for any course.
pub fn ask(snapshot: &Snapshot, question: Question) -> Answer {
    ask_on(snapshot, question, TODAY)
}

/// An answer on a day, for any course.
pub fn ask_on(snapshot: &Snapshot, question: Question, as_of: Date) -> Answer {
    answer(snapshot, &question, &Scope { as_of, course: None })
}

/// An answer today, for one course.
pub fn ask_for(snapshot: &Snapshot, question: Question, course: &str) -> Answer {
    let course: CourseId = course.parse().unwrap();
    answer(snapshot, &question, &Scope { as_of: TODAY, course: Some(course) })
}

/// A question about a position, latitude first.
pub fn at(lat: f64, lon: f64) -> Question {
    Question::position(Position::new(lon, lat).unwrap())
}

/// A question in free text.
pub fn text(text: &str) -> Question {
    Question::text(text).unwrap()
}

/// The ids of an answer's partners, in order.
pub fn partners(answer: &Answer) -> Vec<&str> {
    answer.partners.iter().map(|partner| partner.id.as_str()).collect()
}

/// An answer's parts: region, status, partners.
pub fn parts(answer: &Answer) -> Vec<String> {
    let part = |part: &coverage_map::lookup::Part| {
        let partners: Vec<_> = part.partners.iter().map(|partner| partner.id.as_str()).collect();
        format!("{} {:?} {}", part.region, part.status, partners.join("+")).trim_end().to_owned()
    };
    answer.parts.iter().map(part).collect()
}

/// A typed id.
pub fn region(id: &str) -> RegionId {
    id.parse().unwrap()
}
