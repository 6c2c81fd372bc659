use super::{
    Words,
    subject::{funders, leads},
};
use crate::lookup::{Answer, Note, QueryKind, Status, Subject};

impl Words<'_> {
    /// The verdict in one sentence without a full stop: heading and title of an answer.
    pub fn verdict(&self, answer: &Answer) -> String {
        let course = answer.course.as_ref().map(|id| self.course(id));
        let for_course = course.map(|name| self.say("for-course", &[("course", name)])).unwrap_or_default();
        let name = self.subject(&answer.query);
        let verdict = Verdict { words: self, answer, about: [("name", &name), ("for-course", &for_course)] };
        if let Some(Subject::Partner(..)) = &answer.query.subject {
            return verdict.of_partner();
        }
        match answer.status {
            Status::Covered => verdict.covered(),
            Status::PartlyCovered => verdict.partly(),
            Status::Pending => verdict.say("verdict-pending", &[]),
            Status::Open => verdict.open(),
            Status::Outside => verdict.outside(&name),
            Status::NotFound => verdict.not_found(),
            Status::Ambiguous => verdict.ambiguous(),
        }
    }
}

/// A verdict in the making: what every sentence of it knows.
struct Verdict<'a> {
    words: &'a Words<'a>,
    answer: &'a Answer,
    about: [(&'static str, &'a str); 2],
}

impl Verdict<'_> {
    fn say(&self, id: &str, more: &[(&'static str, &str)]) -> String {
        self.words.say(id, &[&self.about, more].concat())
    }

    fn covered(&self) -> String {
        let (leads, funders) = (leads(self.answer), funders(self.answer));
        let [partners, money] = [&leads, &funders].map(|names| self.words.partner_list(names));
        match (leads.len(), funders.len()) {
            (1, 0) => self.say("verdict-covered", &[("partners", &partners)]),
            (1, _) => self.say("verdict-covered-funded", &[("partners", &partners), ("funders", &money)]),
            (several, _) => {
                let number = self.words.count("partners", several, &[]);
                self.say("verdict-covered-several", &[("number", &number), ("partners", &partners)])
            }
        }
    }

    fn partly(&self) -> String {
        match self.answer.covered_share.filter(|share| *share > 0.0) {
            Some(share) => self.say("verdict-partly", &[("share", &self.words.share_of_people(share))]),
            None => self.say("verdict-partly-somewhere", &[]),
        }
    }

    fn open(&self) -> String {
        let promised = self.answer.notes.iter().find_map(|note| match note {
            Note::Promised(partner, starts_on) => Some((partner, *starts_on)),
            _ => None,
        });
        match promised {
            Some((partner, starts_on)) => {
                self.say("verdict-open-until", &[("partner", partner), ("day", &self.words.day(starts_on))])
            }
            None => self.say("verdict-open", &[]),
        }
    }

    fn outside(&self, name: &str) -> String {
        let by_note = self.answer.notes.iter().find_map(|note| match note {
            Note::MilitaryZip => Some(self.say("verdict-military", &[])),
            Note::OutsideServiceArea(state) if **state == *name => Some(self.say("verdict-state-outside", &[])),
            Note::OutsideServiceArea(state) => Some(self.say("verdict-outside-in", &[("state", state)])),
            _ => None,
        });
        by_note.unwrap_or_else(|| self.say("verdict-outside", &[]))
    }

    fn not_found(&self) -> String {
        let id = match self.answer.query.kind {
            QueryKind::Zip => "verdict-no-zip",
            QueryKind::State => "verdict-no-state",
            QueryKind::County => "verdict-no-county",
            QueryKind::Region => "verdict-no-region",
            QueryKind::Partner => "verdict-no-partner",
            QueryKind::Position | QueryKind::Place | QueryKind::Text => "verdict-nothing",
        };
        self.words.say(id, &[("input", &self.words.quoted(&self.answer.query.input))])
    }

    fn ambiguous(&self) -> String {
        let input = self.words.quoted(&self.answer.query.input);
        match self.answer.choices.as_slice() {
            [only] => self.words.say("verdict-did-you-mean", &[("input", &input), ("choice", &only.label)]),
            _ => self.words.say("verdict-several", &[("input", &input)]),
        }
    }

    fn of_partner(&self) -> String {
        let upcoming = self.answer.upcoming.first().map(|coming| coming.starts_on);
        match (self.answer.status, upcoming) {
            (Status::Covered | Status::PartlyCovered, _) => {
                let regions = self.words.count("regions", self.answer.parts.len().max(1), &[]);
                self.say("verdict-partner-serves", &[("regions", &regions)])
            }
            (_, Some(starts_on)) => self.say("verdict-partner-starts", &[("day", &self.words.day(starts_on))]),
            _ => self.say("verdict-partner-idle", &[("day", &self.words.day(self.answer.as_of))]),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;
    use crate::{
        domain::Role,
        lookup::Choice,
        render::{
            Language,
            fixture::{bare, boise, courses, partner, seattle, text},
            words::Words,
        },
    };

    fn said(answer: &Answer) -> String {
        Words::default().verdict(answer)
    }

    fn louisiana(status: Status) -> Answer {
        bare(QueryKind::State, "LA", Some(Subject::State("LA".parse().unwrap(), text("Louisiana"))), status)
    }

    #[test]
    fn a_joint_partnership_names_the_lead_and_who_funds() {
        let mut joint = seattle();
        joint.partners.push(crate::lookup::ServingPartner { role: Role::Funding, ..partner("bank", "Book Bank", 1.0) });
        assert_eq!(
            said(&joint),
            "ZIP 98101 (Seattle, Washington) has a partner: Puget Sound CS Hub, with funding from Book Bank"
        );
    }

    #[test]
    fn several_partners_are_counted_and_three_of_them_named() {
        let mut many = louisiana(Status::Covered);
        many.partners = ["A", "B", "C", "D"].map(|name| partner(&name.to_lowercase(), name, 0.25)).into();
        assert_eq!(said(&many), "Louisiana has 4 partners: A, B, C and 1 more");
    }

    #[test]
    fn a_partly_covered_state_says_how_far_its_partners_reach() {
        let mut partly = louisiana(Status::PartlyCovered);
        partly.covered_share = Some(0.12);
        assert_eq!(said(&partly), "Louisiana is partly covered: about 12% of the people have a partner");
    }

    #[test]
    fn a_course_that_nobody_offers_is_no_partner_for_that_course() {
        let mut csp = boise();
        csp.course = Some("csp".parse().unwrap());
        assert_eq!(Words::new(&courses()).verdict(&csp), "Boise, Idaho has no partner for CS Principles yet");
    }

    #[test]
    fn a_promised_region_says_by_whom_and_when() {
        let mut promised = boise();
        promised.notes = vec![Note::Promised(text("Idaho Hub"), date(2027, 7, 1))];
        assert_eq!(said(&promised), "Boise, Idaho has no partner until 1 July 2027, when Idaho Hub starts");
    }

    #[test]
    fn no_partner_no_such_zip_and_outside_share_no_words_in_any_language() {
        for language in Language::all() {
            let speaking = Words::default().in_language(language);
            let words = |answer: &Answer| -> BTreeSet<String> {
                let rest = speaking.verdict(answer).replace(&speaking.subject(&answer.query), "");
                rest.split_whitespace().filter(|word| word.len() > 3).map(str::to_lowercase).collect()
            };
            let none = words(&boise());
            let no_such = words(&bare(QueryKind::Zip, "11111", None, Status::NotFound));
            let outside = words(&bare(QueryKind::Position, "0, 0", None, Status::Outside));
            let apart = none.is_disjoint(&no_such) && none.is_disjoint(&outside) && no_such.is_disjoint(&outside);
            assert!(apart, "{}: {none:?} {no_such:?} {outside:?}", language.tag());
        }
    }

    #[test]
    fn a_lone_choice_is_a_question_back() {
        let mut short = bare(QueryKind::Zip, "2139", None, Status::Ambiguous);
        short.choices = vec![Choice { label: text("ZIP 02139"), kind: QueryKind::Zip, ask: "02139".to_owned(), region: None }];
        assert_eq!(said(&short), "“2139” is not quite clear: did you mean ZIP 02139?");
    }

    #[test]
    fn long_and_strange_input_is_cut_in_the_sentence() {
        let answer = bare(QueryKind::Text, &"x\u{0}".repeat(5000), None, Status::NotFound);
        assert!(said(&answer).chars().count() < 120, "{}", said(&answer));
    }
}
