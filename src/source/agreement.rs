//! Rows against each other: who shares a region, since when, for which courses.

use std::collections::{BTreeMap, HashMap};

use super::{checks, problems::Problems};
use crate::domain::{Assignment, Check, CourseId, Partner, PartnerId, Problem, RegionId, Role, Site, Standing, Term};

/// Holds all assignments and partners against each other.
///
/// What is missing is reported only when the files are `complete`: rows that were refused are no gaps.
pub fn check(partners: &[Partner], assignments: &[Assignment], complete: bool, problems: &mut Problems) {
    let by_id: HashMap<&PartnerId, &Partner> = partners.iter().map(|partner| (&partner.id, partner)).collect();
    let mut by_region: BTreeMap<&RegionId, Vec<Row<'_>>> = BTreeMap::new();
    for assignment in assignments {
        if let Some(partner) = by_id.get(&assignment.partner) {
            let row = Row { assignment, partner, term: assignment.term.and(&partner.term) };
            row.check_alone(problems);
            by_region.entry(&assignment.region).or_default().push(row);
        }
    }
    for rows in by_region.values_mut() {
        // Pairs are named by line, the later one as the problem.
        rows.sort_by_key(|row| row.assignment.origin.line);
        for (i, later) in rows.iter().enumerate() {
            for earlier in &rows[..i] {
                later.check_with(earlier, problems);
            }
            if complete {
                later.check_lead(rows, problems);
            }
        }
    }
    for partner in partners.iter().filter(|_| complete) {
        check_partner(partner, assignments, problems);
    }
}

fn check_partner(partner: &Partner, assignments: &[Assignment], problems: &mut Problems) {
    let at = |check: &Check, what: String| check.at(partner.site(), what).got(partner.id.as_str());
    if assignments.iter().all(|assignment| assignment.partner != partner.id) {
        problems.push(
            at(&checks::NO_REGION, "the partner has no region".into())
                .remedy("add a row to assignments.csv, or remove the partner"),
        );
    }
    if partner.contact.is_none() {
        problems.push(
            at(&checks::NO_CONTACT, "the partner has no contact".into())
                .rule("the program's contact stands in for it")
                .remedy("fill in contact_email"),
        );
    }
}

/// An assignment with its partner, and the days on which both hold.
struct Row<'a> {
    assignment: &'a Assignment,
    partner: &'a Partner,
    term: Term,
}

impl Row<'_> {
    fn problem(&self, check: &Check, what: impl Into<String>) -> Problem {
        check.at(self.site(), what)
    }

    fn site(&self) -> Site {
        self.assignment.origin.site()
    }

    fn here(&self) -> String {
        self.assignment.origin.here()
    }

    fn check_alone(&self, problems: &mut Problems) {
        let (own, partner) = (&self.assignment.term, &self.partner.term);
        let early = own.starts_on.zip(partner.starts_on).filter(|(row, partner)| row < partner);
        let late = own.ends_on.zip(partner.ends_on).filter(|(row, partner)| row > partner);
        let days = early.map(|(row, partner)| ("starts", row, partner)).or(late.map(|(row, partner)| ("ends", row, partner)));
        if own.is_empty() {
            // The dates themselves have been reported.
        } else if self.term.is_empty() {
            let what = format!("{} is no partner on any day of this row", self.partner.id);
            problems.push(self.problem(&checks::OUTSIDE_TERM, what).rule("the partner's own dates must hold too").remedy(
                format!(
                    "correct one of the two; the partner stands in {} {}",
                    self.partner.origin.file,
                    self.partner.origin.here()
                ),
            ));
        } else if let Some((verb, row, partner)) = days {
            let what = format!("the row {verb} on {row}, but {} {verb} to be a partner on {partner}", self.partner.id);
            problems.push(
                self.problem(&checks::OUTSIDE_TERM, what.replace("ends to be", "ceases to be"))
                    .rule("the partner's own dates must hold too"),
            );
        }
        let offered = |id: &&CourseId| !self.partner.courses.is_empty() && !self.partner.courses.contains(id);
        for course in self.assignment.courses.iter().filter(offered).filter(|_| self.assignment.role == Role::Lead) {
            let what = format!("{} does not offer the course {course}", self.partner.id);
            problems
                .push(self.problem(&checks::NOT_OFFERED, what).rule("a course that the partner does not offer is not served"));
        }
    }

    /// Whether some course is meant by both.
    fn shares_course(&self, other: &Self) -> bool {
        let courses = |row: &Self| match row.assignment.courses.is_empty() {
            true => row.partner.courses.clone(),
            false => row.assignment.courses.clone(),
        };
        let (own, others) = (courses(self), courses(other));
        own.is_empty() || others.is_empty() || own.iter().any(|course| others.contains(course))
    }

    fn check_with(&self, earlier: &Self, problems: &mut Problems) {
        let (own, other) = (self.assignment, earlier.assignment);
        if !self.term.overlaps(&earlier.term) || self.term.is_empty() || earlier.term.is_empty() || own.standing != other.standing
        {
            return;
        }
        if own.partner == other.partner {
            if self.shares_course(earlier) {
                let what = format!("{} stands twice for {}, first in {}", own.partner, own.region, earlier.here());
                let problem = self.problem(&checks::DUPLICATE_ROW, what).related(earlier.site());
                problems
                    .push(problem.rule("a partner stands once for a region, time and course").remedy("remove one of the rows"));
            }
            return;
        }
        let leads = own.role == Role::Lead && other.role == Role::Lead && own.standing == Standing::Active;
        if !leads || !self.shares_course(earlier) {
            return;
        }
        let both = self.term.and(&earlier.term);
        if let (Some(day), true) = (both.starts_on, both.starts_on == both.ends_on) {
            let what = format!("{} and {} ({}) both hold {} on {day}", own.partner, other.partner, earlier.here(), own.region);
            let problem = self.problem(&checks::HAND_OVER, what).related(earlier.site());
            problems.push(problem.rule("first and last day both count").remedy("let one end on the day before the other starts"));
        } else {
            let what = format!("{} and {} ({}) both lead {}", own.partner, other.partner, earlier.here(), own.region);
            let problem = self.problem(&checks::TWO_LEADS, what).related(earlier.site());
            problems.push(
                problem
                    .rule("one leads and others are funding")
                    .remedy("give one the role funding, other courses, or other dates"),
            );
        }
    }

    /// Reports a funding row that no lead joins.
    fn check_lead(&self, rows: &[Row<'_>], problems: &mut Problems) {
        let own = self.assignment;
        let joins = |row: &&Row<'_>| {
            row.assignment.role == Role::Lead && row.term.overlaps(&self.term) && row.assignment.standing == own.standing
        };
        if own.role == Role::Funding && own.standing == Standing::Active && !rows.iter().any(|row| joins(&row)) {
            let what = format!("{} funds {}, where nobody leads", own.partner, own.region);
            problems.push(
                self.problem(&checks::FUNDING_ALONE, what).rule("funding joins a lead on the same region and never serves alone"),
            );
        }
    }
}
