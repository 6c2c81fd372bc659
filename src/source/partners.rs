//! `partners.csv`.

use std::sync::Arc;

use super::{
    checks,
    file::SourceFile,
    firsts::Firsts,
    problems::Problems,
    suggest,
    table::{self, Cell, Column, Further, shortened},
    values,
};
use crate::domain::{Contact, Course, CourseId, Partner, PartnerId};

/// The name of the file.
pub const FILE: &str = Partner::FILE;

const COLUMNS: &[Column] = &[
    Column::required("id"),
    Column::required("name"),
    Column::optional("website"),
    Column::optional("contact_name"),
    Column::optional("contact_email"),
    Column::optional("based_in"),
    Column::optional("courses"),
    Column::optional("starts_on"),
    Column::optional("ends_on"),
    Column::optional("notes"),
];

/// The partners, sorted by id.
pub fn read(file: &SourceFile, program: &[Course], problems: &mut Problems) -> Vec<Partner> {
    let (mut partners, mut lines) = (Vec::new(), Firsts::default());
    table::read(file, COLUMNS, Further::Unknown, problems, |row, problems| {
        let [id, name, website, contact_name, contact_email, based_in, courses, starts_on, ends_on, notes] =
            std::array::from_fn(|i| row.cell(i));
        let partner = partner_id(&id, problems);
        let name = name.needed(problems).and_then(|_| name.shown(problems));
        let website = link(&website, problems);
        let contact = Contact { name: contact_name.shown(problems), email: email(&contact_email, problems) };
        let courses = course_ids(&courses, program, problems);
        let term = values::term(starts_on, ends_on, problems);
        let Some(partner) = partner else { return };
        if lines.had(partner.clone(), &id, row, problems) {
            return;
        }
        // Without a name it is refused, but its assignments need not be told that it does not exist.
        partners.push(Partner {
            name: name.unwrap_or_else(|| partner.as_str().into()),
            id: partner,
            website,
            contact: (contact.name.is_some() || contact.email.is_some()).then_some(contact),
            based_in: based_in.shown(problems),
            courses,
            term,
            notes: notes.filled().map(Arc::from),
            origin: row.origin(),
        });
    });
    partners.sort_unstable_by(|a: &Partner, b| a.id.cmp(&b.id));
    partners
}

/// A partner's id; upper case letters are put right with a warning.
pub fn partner_id(cell: &Cell<'_>, problems: &mut Problems) -> Option<PartnerId> {
    let text = cell.text;
    if let (Err(_), Ok(id)) = (text.parse::<PartnerId>(), text.to_ascii_lowercase().parse::<PartnerId>()) {
        problems.push(
            cell.problem(&checks::CODE_SPELLING, format!("{} has upper case letters", cell.column))
                .rule(format!("it is read as {id}")),
        );
        return Some(id);
    }
    cell.parsed(problems)
}

/// A list of courses of the program; any, where the program lists none.
pub fn course_ids(cell: &Cell<'_>, program: &[Course], problems: &mut Problems) -> Vec<CourseId> {
    let mut courses: Vec<CourseId> = Vec::new();
    for item in cell.items() {
        let known = |id: &CourseId| program.is_empty() || program.iter().any(|course| course.id == *id);
        match item.to_ascii_lowercase().parse::<CourseId>() {
            Ok(id) if known(&id) => courses.push(id),
            _ => {
                let ids = || program.iter().map(|course| course.id.as_str());
                let problem = cell.problem(&checks::UNKNOWN_COURSE, "course does not exist").got(shortened(item));
                let problem = problem.rule(format!("the courses of program.toml are {}", ids().collect::<Vec<_>>().join(", ")));
                problems.push(match suggest::nearest(item, ids()) {
                    Some(near) => problem.remedy(format!("did you mean {near}?")),
                    None => problem,
                });
            }
        }
    }
    // In the order of program.toml, whatever the order in the cell.
    courses.sort_by_cached_key(|id| (program.iter().position(|course| course.id == *id), id.clone()));
    courses.dedup();
    courses
}

fn link(cell: &Cell<'_>, problems: &mut Problems) -> Option<Arc<str>> {
    let text = cell.filled()?;
    match values::link_fault(text, false) {
        None => Some(text.into()),
        Some(rule) => {
            problems.push(cell.problem(&checks::BAD_LINK, format!("invalid {}", cell.column)).rule(rule));
            None
        }
    }
}

fn email(cell: &Cell<'_>, problems: &mut Problems) -> Option<Arc<str>> {
    let text = cell.filled()?;
    if values::is_email(text) {
        return Some(text.into());
    }
    let problem = cell.problem(&checks::BAD_EMAIL, format!("invalid {}", cell.column));
    problems.push(problem.rule("addresses have the form name@host, without mailto:"));
    None
}
