use std::{collections::BTreeMap, sync::Arc};

use jiff::{civil::Date, tz::TimeZone};

use super::{Assignment, Contact, CourseId, Pages, Partner, RegionId, Site, Slug, Term};
use crate::{census::StateCode, geometry::Boundary};

/// Everything that an organisation owns: its program, partners, assignments and regions.
#[derive(Clone, Debug)]
pub struct Program {
    /// What `program.toml` says.
    pub info: ProgramInfo,
    /// Partners, sorted by id.
    pub partners: Vec<Partner>,
    /// Assignments, sorted by region, then partner: never by where they stand.
    pub assignments: Vec<Assignment>,
    /// Program regions, sorted by id.
    pub regions: Vec<ProgramRegion>,
    /// Overlaps of program regions that are known and meant, sorted by their regions.
    pub accepted: Vec<AcceptedOverlap>,
}

/// The program itself: names, calendar, courses, applications, contact and look.
#[derive(Clone, Debug)]
pub struct ProgramInfo {
    /// Name of the program.
    pub name: Arc<str>,
    /// The organisation that runs it.
    pub organisation: Arc<str>,
    /// What the program is about, in a few words.
    pub scope: Arc<str>,
    /// Where "today" changes.
    pub time_zone: TimeZone,
    /// The present program year, where it is given.
    pub year: Option<ProgramYear>,
    /// What is taught; empty where the program does not tell courses apart.
    pub courses: Vec<Course>,
    /// When and where organisations may apply.
    pub applications: ApplicationWindow,
    /// Whom to ask when a partner names nobody.
    pub contact: Contact,
    /// Further links for the pages, by name; `http`, `https` or `mailto`.
    pub links: BTreeMap<Arc<str>, Arc<str>>,
    /// The area that the program promises to cover.
    pub service_area: ServiceArea,
    /// Colours and other looks, by name.
    pub theme: BTreeMap<Arc<str>, Arc<str>>,
    /// A reload that takes coverage from more than this share of the people waits for a go-ahead.
    pub hold_if_covered_people_fall_by: f64,
    /// Old addresses and where they lead.
    pub redirects: Vec<Redirect>,
    /// The pages around the map.
    pub pages: Pages,
}

/// A year of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramYear {
    /// Its name: `2026-27`.
    pub label: Arc<str>,
    /// Its first day.
    pub starts_on: Date,
    /// Its last day.
    pub ends_on: Date,
}

/// Something that is taught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Its id.
    pub id: CourseId,
    /// Its name.
    pub name: Arc<str>,
    /// The grades that it is for.
    pub grades: Option<Arc<str>>,
}

/// When organisations may apply, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationWindow {
    /// The days on which the form is open; the closing day is still open. `None`: there is no season.
    pub term: Option<Term>,
    /// The form; `http`, `https` or `mailto`.
    pub form_url: Option<Arc<str>>,
    /// What the form calls the region that one applies for.
    pub region_parameter: Arc<str>,
    /// What the form calls the course that one applies for.
    pub course_parameter: Arc<str>,
    /// Name of the page with the terms.
    pub terms_page: Option<Arc<str>>,
}

/// The area that a program promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceArea {
    /// Every state of the geography.
    Country,
    /// These states.
    States(Vec<StateCode>),
}

/// A program region: drawn, or built from counties and states.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramRegion {
    /// Its id, as in `region:western-pennsylvania`.
    pub id: Slug,
    /// Its name.
    pub name: Arc<str>,
    /// What it covers.
    pub shape: Shape,
    /// Where it is written.
    pub site: Site,
}

/// A row of `accepted.csv`: two program regions overlap, and that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedOverlap {
    /// The two regions, in the order of their ids.
    pub regions: [Slug; 2],
    /// Why it is meant.
    pub reason: Arc<str>,
    /// Where it is written.
    pub site: Site,
}

/// What a program region covers.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A boundary of its own, from `regions.geojson`.
    Drawn(Arc<Boundary>),
    /// The counties and states that it is built from, from `regions.csv`.
    Members(Vec<RegionId>),
}

/// An old address and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old path; a `*` at its end stands for everything below.
    pub from: Arc<str>,
    /// The path that it leads to, on this site.
    pub to: Arc<str>,
}

/// Where the year stands with applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// Organisations may apply, until the end of this day where there is one.
    Open(Option<Date>),
    /// They may from this day on.
    Opens(Date),
    /// They may not, and nobody knows when they may again.
    Closed,
}

impl Default for ApplicationWindow {
    /// No season, and no form.
    fn default() -> Self {
        let (region_parameter, course_parameter) = ("region".into(), "course".into());
        Self { term: None, form_url: None, region_parameter, course_parameter, terms_page: None }
    }
}

impl ApplicationWindow {
    /// Where a day stands; the closing day itself is still open.
    ///
    /// ```
    /// use coverage_map::domain::{ApplicationWindow, Season, Term};
    /// use jiff::civil::date;
    /// let term = Term { starts_on: Some(date(2026, 10, 1)), ends_on: Some(date(2027, 2, 28)) };
    /// let window = ApplicationWindow { term: Some(term), ..ApplicationWindow::default() };
    /// assert_eq!(window.season(date(2026, 9, 30)), Season::Opens(date(2026, 10, 1)));
    /// assert_eq!(window.season(date(2027, 2, 28)), Season::Open(term.ends_on));
    /// assert_eq!(window.season(date(2027, 3, 1)), Season::Closed);
    /// ```
    pub fn season(&self, day: Date) -> Season {
        match self.term {
            Some(term) if term.holds(day) => Season::Open(term.ends_on),
            Some(Term { starts_on: Some(first), .. }) if day < first => Season::Opens(first),
            _ => Season::Closed,
        }
    }
}

impl Redirect {
    /// Where a path leads by this rule; `None` where the rule is about other paths.
    ///
    /// ```
    /// use coverage_map::domain::Redirect;
    /// let old = Redirect { from: "/old/*".into(), to: "/terms".into() };
    /// assert_eq!(old.leads("/old/terms/2016"), Some("/terms"));
    /// assert_eq!(old.leads("/older"), None);
    /// ```
    pub fn leads(&self, path: &str) -> Option<&str> {
        let matches = match self.from.strip_suffix('*') {
            Some(above) => path.starts_with(above),
            None => path == &*self.from,
        };
        matches.then_some(&*self.to)
    }
}

impl ServiceArea {
    /// Whether the program promises to cover the state.
    pub fn holds(&self, state: StateCode) -> bool {
        match self {
            Self::Country => true,
            Self::States(states) => states.contains(&state),
        }
    }
}
