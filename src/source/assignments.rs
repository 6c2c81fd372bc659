//! `assignments.csv`.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    checks,
    file::SourceFile,
    partners::{course_ids, partner_id},
    problems::Problems,
    region_refs::Regions,
    suggest,
    table::{self, Cell, Column, Further},
    values,
};
use crate::domain::{Assignment, Course, Partner, PartnerId, Problem, Role, Standing};

/// The name of the file.
pub const FILE: &str = "assignments.csv";

/// Of so many further rows with the same fault the lines are named; the rest is counted.
const MOST_NAMED: usize = 5;

const COLUMNS: &[Column] = &[
    Column::required("partner"),
    Column::required("region"),
    Column::optional("courses"),
    Column::optional("role"),
    Column::optional("status"),
    Column::optional("starts_on"),
    Column::optional("ends_on"),
    Column::optional("review_by"),
    Column::optional("notes"),
];

/// The assignments, sorted by region, then partner, then all else: never by line, which is but where they stand.
pub fn read(
    file: &SourceFile,
    program: &[Course],
    partners: Option<&[Partner]>,
    regions: &Regions<'_>,
    problems: &mut Problems,
) -> Vec<Assignment> {
    let (mut assignments, mut strangers) = (Vec::new(), Strangers::default());
    table::read(file, COLUMNS, Further::Unknown, problems, |row, problems| {
        let [partner, region, courses, role, status, starts_on, ends_on, review_by, notes] = std::array::from_fn(|i| row.cell(i));
        let partner = known_partner(&partner, partners, &mut strangers, problems);
        let region = region.needed(problems).and_then(|text| regions.resolve(text, &region, problems));
        let courses = course_ids(&courses, program, problems);
        let role = word(&role, &[("", Role::Lead), ("lead", Role::Lead), ("funding", Role::Funding)], problems);
        let states = [("", Standing::Active), ("active", Standing::Active), ("pending", Standing::Pending)];
        let standing = word(&status, &states, problems);
        let term = values::term(starts_on, ends_on, problems);
        let review_by = review_by.date(problems);
        if let (Some(partner), Some(region), Some(role), Some(standing)) = (partner, region, role, standing) {
            let origin = row.origin();
            let notes = notes.filled().map(Arc::from);
            assignments.push(Assignment { partner, region, courses, role, standing, term, review_by, notes, origin });
        }
    });
    strangers.report(problems);
    assignments.sort_by_cached_key(|a: &Assignment| {
        let days = (a.term.starts_on, a.term.ends_on, a.review_by);
        (a.region.clone(), a.partner.clone(), a.role, a.standing, days, a.courses.clone(), a.notes.clone())
    });
    assignments
}

/// A partner that exists; any may, where `partners.csv` could not be read, which has been reported.
fn known_partner(
    cell: &Cell<'_>,
    partners: Option<&[Partner]>,
    strangers: &mut Strangers,
    problems: &mut Problems,
) -> Option<PartnerId> {
    let id = partner_id(cell, problems)?;
    let Some(partners) = partners else { return Some(id) };
    if partners.binary_search_by(|partner| partner.id.cmp(&id)).is_ok() {
        return Some(id);
    }
    strangers.add(id, cell, partners);
    None
}

/// Partners that do not exist, each reported once: one misspelt name may stand in hundreds of rows.
#[derive(Default)]
struct Strangers(BTreeMap<PartnerId, (Problem, usize)>);

impl Strangers {
    fn add(&mut self, id: PartnerId, cell: &Cell<'_>, partners: &[Partner]) {
        if let Some((problem, rows)) = self.0.get_mut(&id) {
            *rows += 1;
            problem.related.push(cell.site());
            problem.related.truncate(MOST_NAMED);
            return;
        }
        let near = suggest::nearest(id.as_str(), partners.iter().map(|partner| partner.id.as_str()));
        let problem = cell.problem(&checks::UNKNOWN_PARTNER, "partner does not exist");
        let problem = problem.rule("a partner is named by its id in partners.csv").remedy(match near {
            Some(near) => format!("did you mean {near}?"),
            None => "correct the id, or add the partner to partners.csv".to_owned(),
        });
        self.0.insert(id, (problem, 1));
    }

    fn report(self, problems: &mut Problems) {
        for (mut problem, rows) in self.0.into_values() {
            if rows > 1 {
                problem.what = format!("{}, here and in {} more rows", problem.what, rows - 1);
            }
            problems.push(problem);
        }
    }
}

/// One of some words; a problem and `None` for any other.
fn word<T: Copy>(cell: &Cell<'_>, words: &[(&str, T)], problems: &mut Problems) -> Option<T> {
    if let Some((_, value)) = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(cell.text)) {
        return Some(*value);
    }
    let known: Vec<_> = words.iter().map(|(word, _)| *word).filter(|word| !word.is_empty()).collect();
    let problem = cell.problem(&checks::BAD_WORD, format!("invalid {}", cell.column));
    problems.push(problem.rule(format!("it is {}, or empty", known.join(" or "))));
    None
}
