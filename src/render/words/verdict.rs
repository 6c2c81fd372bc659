use super::{
    quantities::{count, day, share_of_people},
    subject::{funders, leads, name, partner_list, quoted},
};
use crate::lookup::{Answer, Note, QueryKind, Status, Subject};

/// The verdict in one sentence without a full stop, for a course by its name where one is asked about.
pub fn verdict(answer: &Answer, course: Option<&str>) -> String {
    let for_course = course.map(|name| format!(" for {name}")).unwrap_or_default();
    if let Some(Subject::Partner(_, name)) = &answer.query.subject {
        return of_partner(answer, name, &for_course);
    }
    let name = name(&answer.query);
    match answer.status {
        Status::Covered => covered(answer, &name, &for_course),
        Status::PartlyCovered => partly(answer, &name, &for_course),
        Status::Pending => format!("{name} has no partner{for_course} yet: an application is under review"),
        Status::Open => open(answer, &name, &for_course),
        Status::Outside => outside(answer, &name),
        Status::NotFound => not_found(answer),
        Status::Ambiguous => ambiguous(answer),
    }
}

fn covered(answer: &Answer, name: &str, for_course: &str) -> String {
    let (leads, funders) = (leads(answer), funders(answer));
    match (leads.as_slice(), funders.as_slice()) {
        ([lead], []) => format!("{name} has a partner{for_course}: {lead}"),
        ([lead], funders) => format!("{name} has a partner{for_course}: {lead}, with funding from {}", partner_list(funders)),
        (leads, _) => format!("{name} has {}{for_course}: {}", count(leads.len(), "partner", "partners"), partner_list(leads)),
    }
}

fn partly(answer: &Answer, name: &str, for_course: &str) -> String {
    match answer.covered_share {
        Some(share) if share > 0.0 => {
            format!("{name} is partly covered: {} have a partner{for_course}", share_of_people(share))
        }
        _ => format!("{name} is partly covered: only a part of it has a partner{for_course}"),
    }
}

fn open(answer: &Answer, name: &str, for_course: &str) -> String {
    let promised = answer.notes.iter().find_map(|note| match note {
        Note::Promised(partner, starts_on) => Some((partner, *starts_on)),
        _ => None,
    });
    match promised {
        Some((partner, starts_on)) => {
            format!("{name} has no partner{for_course} until {}, when {partner} starts", day(starts_on))
        }
        None => format!("{name} has no partner{for_course} yet"),
    }
}

fn outside(answer: &Answer, name: &str) -> String {
    answer
        .notes
        .iter()
        .find_map(|note| match note {
            Note::MilitaryZip => Some(format!("{name} is military or diplomatic mail and lies in no region")),
            Note::OutsideServiceArea(state) if **state == *name => Some(format!("{name} is outside the program’s service area")),
            Note::OutsideServiceArea(state) => Some(format!("{name} lies in {state}, outside the program’s service area")),
            _ => None,
        })
        .unwrap_or_else(|| format!("{name} lies outside every region on the map"))
}

fn not_found(answer: &Answer) -> String {
    let input = quoted(&answer.query.input);
    match answer.query.kind {
        QueryKind::Zip => format!("The ZIP {input} does not exist"),
        QueryKind::State => format!("The state {input} was not found"),
        QueryKind::County => format!("The county {input} was not found"),
        QueryKind::Region => format!("The region {input} was not found"),
        QueryKind::Partner => format!("The organisation {input} was not found"),
        QueryKind::Position | QueryKind::Place | QueryKind::Text => format!("{input} was not found"),
    }
}

fn ambiguous(answer: &Answer) -> String {
    let input = quoted(&answer.query.input);
    match answer.choices.as_slice() {
        [only] => format!("{input} is not quite clear: did you mean {}?", only.label),
        _ => format!("{input} can mean several things: choose one"),
    }
}

fn of_partner(answer: &Answer, name: &str, for_course: &str) -> String {
    let upcoming = answer.upcoming.first().map(|u| u.starts_on);
    match (answer.status, upcoming) {
        (Status::Covered | Status::PartlyCovered, _) => {
            let regions = count(answer.parts.len().max(1), "region", "regions");
            format!("{name} serves {regions}{for_course}")
        }
        (_, Some(starts_on)) => format!("{name} starts on {}", day(starts_on)),
        _ => format!("{name} serves no region{for_course} on {}", day(answer.as_of)),
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
    fn no_partner_no_such_zip_and_outside_share_no_words() {
        let words = |answer: &Answer| -> BTreeSet<String> {
            let subject = super::name(&answer.query);
            let rest = said(answer).replace(&subject, "");
            rest.split_whitespace().filter(|word| word.len() > 3).map(str::to_lowercase).collect()
        };
        let none = words(&boise());
        let no_such = words(&bare(QueryKind::Zip, "11111", None, Status::NotFound));
        let outside = words(&bare(QueryKind::Position, "0, 0", None, Status::Outside));
        assert!(none.is_disjoint(&no_such) && none.is_disjoint(&outside) && no_such.is_disjoint(&outside));
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
