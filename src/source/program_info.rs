//! `program.toml`: the program itself.

use std::{collections::BTreeMap, sync::Arc};

use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use super::{checks, codes::Codes, file::SourceFile, problems::Problems, settings, suggest, toml_faults, values};
use crate::{
    census::StateCode,
    domain::{ApplicationWindow, Contact, Course, CourseId, Pages, ProgramInfo, ProgramYear, Redirect, ServiceArea, Term},
};

/// The name of the file.
pub const FILE: &str = "program.toml";

/// A reload that takes coverage from a larger share of the people waits, where the file does not say otherwise.
const HOLD: f64 = 0.05;

type Text = Option<Spanned<String>>;
type Day = Option<Spanned<toml::Value>>;
type Texts = BTreeMap<String, Spanned<String>>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    name: Text,
    organisation: Text,
    scope: Text,
    timezone: Text,
    service_area: Option<Vec<Spanned<String>>>,
    program_year: Option<Spanned<Year>>,
    course: Vec<Spanned<CourseEntry>>,
    applications: Applications,
    contact: ContactEntry,
    links: Texts,
    theme: Texts,
    reload: Reload,
    redirects: Texts,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    label: Spanned<String>,
    starts_on: Spanned<toml::Value>,
    ends_on: Spanned<toml::Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CourseEntry {
    id: Spanned<String>,
    name: Spanned<String>,
    grades: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Applications {
    opens_on: Day,
    closes_on: Day,
    form_url: Text,
    region_parameter: Text,
    course_parameter: Text,
    terms_page: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ContactEntry {
    name: Text,
    email: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Reload {
    hold_if_covered_people_fall_by: Option<Spanned<f64>>,
}

/// What holds where there is no `program.toml`: the folder's name, UTC, the whole country, no courses, no season.
pub fn defaults(folder: &str) -> ProgramInfo {
    ProgramInfo {
        name: folder.into(),
        organisation: folder.into(),
        scope: "".into(),
        time_zone: TimeZone::UTC,
        year: None,
        courses: Vec::new(),
        applications: ApplicationWindow::default(),
        contact: Contact { name: None, email: None },
        links: BTreeMap::new(),
        service_area: ServiceArea::Country,
        theme: BTreeMap::new(),
        hold_if_covered_people_fall_by: HOLD,
        redirects: Vec::new(),
        pages: Pages::default(),
    }
}

/// What the file says, and the defaults for what it does not.
pub fn read(file: &SourceFile, folder: &str, codes: &Codes, problems: &mut Problems) -> ProgramInfo {
    let usual = defaults(folder);
    let Some(settings) = toml_faults::read::<Settings>(file, problems) else { return usual };
    let mut reader = Reader { file, problems };
    let name = reader.text("name", &settings.name).unwrap_or(usual.name);
    ProgramInfo {
        organisation: reader.text("organisation", &settings.organisation).unwrap_or_else(|| Arc::clone(&name)),
        name,
        scope: reader.text("scope", &settings.scope).unwrap_or(usual.scope),
        time_zone: reader.time_zone(&settings.timezone),
        year: reader.year(settings.program_year.as_ref()),
        courses: reader.courses(&settings.course),
        applications: reader.applications(&settings.applications),
        contact: Contact {
            name: reader.text("contact.name", &settings.contact.name),
            email: reader.email(&settings.contact.email),
        },
        links: reader.links(&settings.links),
        service_area: reader.service_area(settings.service_area.as_deref(), codes),
        theme: reader.theme(&settings.theme),
        hold_if_covered_people_fall_by: reader.hold(&settings.reload),
        redirects: reader.redirects(&settings.redirects),
        pages: usual.pages,
    }
}

struct Reader<'r> {
    file: &'r SourceFile,
    problems: &'r mut Problems,
}

impl Reader<'_> {
    fn refuse<T>(&mut self, key: &str, value: &Spanned<T>, got: impl Into<String>, rule: impl Into<String>) {
        let problem = settings::at(&checks::BAD_SETTING, self.file, value.span(), format!("invalid {key}"));
        self.problems.push(problem.got(got).rule(rule));
    }

    fn text(&mut self, key: &str, value: &Text) -> Option<Arc<str>> {
        settings::shown(self.file, key, value.as_ref()?, self.problems).filter(|text| !text.is_empty())
    }

    fn email(&mut self, value: &Text) -> Option<Arc<str>> {
        let value = value.as_ref()?;
        let text = value.get_ref().trim();
        if !values::is_email(text) {
            let problem = settings::at(&checks::BAD_EMAIL, self.file, value.span(), "invalid contact.email");
            self.problems.push(problem.got(text).rule("addresses have the form name@host, without mailto:"));
            return None;
        }
        Some(text.into())
    }

    fn time_zone(&mut self, value: &Text) -> TimeZone {
        let Some(value) = value else { return TimeZone::UTC };
        TimeZone::get(value.get_ref()).unwrap_or_else(|_| {
            self.refuse(
                "timezone",
                value,
                value.get_ref(),
                "it is a name of the IANA time zone database, such as America/New_York",
            );
            TimeZone::UTC
        })
    }

    fn term(&mut self, keys: [&str; 2], days: [Option<&Spanned<toml::Value>>; 2]) -> Term {
        let [starts_on, ends_on] =
            std::array::from_fn(|i| days[i].and_then(|day| settings::date(self.file, keys[i], day, self.problems)));
        let term = Term { starts_on, ends_on };
        if let (true, Some(end)) = (term.is_empty(), days[1]) {
            let what = format!("{} lies before {}", keys[1], keys[0]);
            self.problems
                .push(settings::at(&checks::TERM, self.file, end.span(), what).rule("an end does not lie before its start"));
        }
        term
    }

    fn year(&mut self, year: Option<&Spanned<Year>>) -> Option<ProgramYear> {
        let Year { label, starts_on, ends_on } = year?.get_ref();
        let label = settings::shown(self.file, "program_year.label", label, self.problems)?;
        let term = self.term(["program_year.starts_on", "program_year.ends_on"], [Some(starts_on), Some(ends_on)]);
        Some(ProgramYear { label, starts_on: term.starts_on?, ends_on: term.ends_on? })
    }

    fn courses(&mut self, entries: &[Spanned<CourseEntry>]) -> Vec<Course> {
        let mut courses: Vec<Course> = Vec::with_capacity(entries.len());
        for CourseEntry { id: id_text, name, grades } in entries.iter().map(Spanned::get_ref) {
            let Ok(id) = id_text.get_ref().parse::<CourseId>() else {
                let rule = "ids are lower-case letters, digits and single hyphens, such as csp";
                self.refuse("course id", id_text, id_text.get_ref(), rule);
                continue;
            };
            if courses.iter().any(|course| course.id == id) {
                let problem = settings::at(&checks::DUPLICATE_ID, self.file, id_text.span(), "the course stands twice");
                self.problems.push(problem.got(id.as_str()).remedy("remove one of them"));
                continue;
            }
            let name = settings::shown(self.file, "course name", name, self.problems);
            let grades = self.text("course grades", grades);
            courses.extend(name.map(|name| Course { id, name, grades }));
        }
        courses
    }

    fn applications(&mut self, entry: &Applications) -> ApplicationWindow {
        let days = [entry.opens_on.as_ref(), entry.closes_on.as_ref()];
        let term = self.term(["applications.opens_on", "applications.closes_on"], days);
        let form = entry.form_url.as_ref();
        let usual = ApplicationWindow::default();
        ApplicationWindow {
            region_parameter: self.parameter("region_parameter", &entry.region_parameter).unwrap_or(usual.region_parameter),
            course_parameter: self.parameter("course_parameter", &entry.course_parameter).unwrap_or(usual.course_parameter),
            term: (days != [None, None]).then_some(term),
            form_url: form.and_then(|link| settings::link(self.file, "form_url", link, self.problems)),
            terms_page: self.text("applications.terms_page", &entry.terms_page),
        }
    }

    /// The name of a parameter of an address; a problem and `None` where it cannot be one.
    fn parameter(&mut self, key: &str, value: &Text) -> Option<Arc<str>> {
        let value = value.as_ref()?;
        let name = value.get_ref().trim();
        let sound = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.[]".contains(&b));
        if !sound {
            self.refuse(key, value, name, "it is a name of letters, digits, hyphens, dots, brackets and underscores");
        }
        sound.then(|| name.into())
    }

    fn links(&mut self, links: &Texts) -> BTreeMap<Arc<str>, Arc<str>> {
        let file = self.file;
        links
            .iter()
            .filter_map(|(key, link)| Some((key.as_str().into(), settings::link(file, key, link, self.problems)?)))
            .collect()
    }

    fn service_area(&mut self, entries: Option<&[Spanned<String>]>, codes: &Codes) -> ServiceArea {
        let entries = entries.unwrap_or_default();
        if entries.iter().any(|entry| entry.get_ref() == "country") || entries.is_empty() {
            return ServiceArea::Country;
        }
        let mut states: Vec<StateCode> = Vec::new();
        for entry in entries {
            let text = entry.get_ref().trim();
            match text.strip_prefix("state:").unwrap_or(text).parse() {
                Ok(state) if codes.has_state(state) => states.push(state),
                _ => {
                    let near = suggest::nearest(text, codes.states.keys().map(StateCode::as_str));
                    let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                    self.refuse("service_area", entry, text, format!("it is country, or ids of states{hint}"));
                }
            }
        }
        states.sort_unstable();
        states.dedup();
        ServiceArea::States(states)
    }

    /// Colours and the like end up in style sheets: they are plain words, numbers and `#` colours.
    fn theme(&mut self, theme: &Texts) -> BTreeMap<Arc<str>, Arc<str>> {
        let plain = |text: &str| text.len() <= 80 && text.chars().all(|c| c.is_ascii_alphanumeric() || " #.,%()-".contains(c));
        let mut looks = BTreeMap::new();
        for (key, value) in theme {
            if plain(value.get_ref()) && plain(key) {
                looks.insert(key.as_str().into(), value.get_ref().as_str().into());
            } else {
                self.refuse(&format!("theme.{key}"), value, value.get_ref(), "it is a plain value of a style, such as #00767c");
            }
        }
        looks
    }

    fn hold(&mut self, reload: &Reload) -> f64 {
        let Some(share) = &reload.hold_if_covered_people_fall_by else { return HOLD };
        if (0.0..=1.0).contains(share.get_ref()) {
            return *share.get_ref();
        }
        self.refuse("hold_if_covered_people_fall_by", share, share.get_ref().to_string(), "it is a share from 0 to 1");
        HOLD
    }

    fn redirects(&mut self, entries: &Texts) -> Vec<Redirect> {
        let plain =
            |path: &str| path.starts_with('/') && path.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
        let mut redirects = Vec::new();
        for (from, to) in entries {
            let star = from.find('*').is_none_or(|at| at + 1 == from.len() && from.ends_with("/*"));
            // Two slashes in front would lead to another host.
            if plain(from) && star && plain(to.get_ref()) && !to.get_ref().starts_with("//") && !to.get_ref().contains('*') {
                redirects.push(Redirect { from: from.as_str().into(), to: to.get_ref().as_str().into() });
            } else {
                let rule = "both are paths on this site that start with one slash; a * may end the old one";
                self.refuse("redirect", to, format!("{from} = {}", to.get_ref()), rule);
            }
        }
        redirects
    }
}
