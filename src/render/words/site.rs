use jiff::civil::Date;

use super::Words;
use crate::{
    directory::Counts,
    domain::{Course, CourseId, Generation, Season},
    lookup::Status,
};

impl Words<'_> {
    /// What a status is called where there is no room for a sentence.
    pub fn status(&self, status: Status) -> String {
        self.text(match status {
            Status::Covered => "status-covered",
            Status::PartlyCovered => "status-partly",
            Status::Pending => "status-pending",
            Status::Open => "status-open",
            Status::Outside => "status-outside",
            Status::NotFound => "status-not-found",
            Status::Ambiguous => "status-ambiguous",
        })
    }

    /// The counts as a phrase: `71 partners in 47 states and territories`.
    pub fn counts(&self, counts: Counts) -> String {
        let (partners, states) = (self.count("partners", counts.partners, &[]), self.count("states", counts.states, &[]));
        self.say("counts", &[("partners", &partners), ("states", &states)])
    }

    /// The counts on a day as a sentence.
    pub fn counts_on(&self, counts: Counts, course: Option<&CourseId>, day: Date) -> String {
        let (counts, day) = (self.counts(counts), self.day(day));
        match course {
            None => self.say("counts-as-of", &[("counts", &counts), ("day", &day)]),
            Some(id) => self.say("counts-for-course", &[("counts", &counts), ("course", self.course(id)), ("day", &day)]),
        }
    }

    /// A course with its grades: `CS Principles (grades 9–12)`.
    pub fn course_with_grades(&self, course: &Course) -> String {
        match &course.grades {
            Some(grades) => self.say("course-grades", &[("course", &course.name), ("grades", &grades.replace('-', "–"))]),
            None => course.name.to_string(),
        }
    }

    /// The line that says which day and which data a page is about.
    pub fn as_of(&self, day: Date, generation: &Generation) -> String {
        self.say("as-of", &[("day", &self.day(day)), ("generation", generation.as_str())])
    }

    /// Whether applications are open, as a sentence.
    pub fn season(&self, season: Season) -> String {
        match season {
            Season::Open(Some(until)) => self.say("season-open-until", &[("day", &self.day(until))]),
            Season::Open(None) => self.text("season-open"),
            Season::Opens(day) => self.say("season-opens", &[("day", &self.day(day))]),
            Season::Closed => self.text("season-closed"),
        }
    }

    /// A first day that is still to come: `from 1 July 2027`.
    pub fn from_day(&self, first: Date) -> String {
        self.say("from-day", &[("day", &self.day(first))])
    }

    /// A last day: `until 30 June 2027`.
    pub fn until_day(&self, last: Date) -> String {
        self.say("until-day", &[("day", &self.day(last))])
    }
}
