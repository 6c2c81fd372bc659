use super::Words;
use crate::{
    lookup::{Answer, NextStep, Note, Status, Subject},
    render::links::{self, Way},
};

/// What to do now, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is called in data: `contact_partner`.
    pub action: &'static str,
    /// What a button says.
    pub label: String,
    /// Where it leads; `None` where nobody gave an address.
    pub url: Option<String>,
}

impl Words<'_> {
    /// What to do after an answer, on the way of who asked.
    pub fn step(&self, answer: &Answer, way: &Way<'_>) -> Step {
        let again = || Some(way.search(&answer.query.input));
        let (action, label, url) = match &answer.next_step {
            NextStep::ContactPartner { name, website, email } => {
                let url = website.as_ref().map(|site| site.to_string()).or_else(|| email.as_deref().map(links::mail));
                ("contact_partner", self.say("step-contact", &[("partner", name)]), url)
            }
            NextStep::Apply(region) => ("apply", self.text("step-apply"), Some(way.apply(region.as_ref()))),
            NextStep::Wait(opens_on) => ("wait", self.say("step-wait", &[("day", &self.day(*opens_on))]), Some(way.apply(None))),
            NextStep::ContactProgram(email) if is_closed(answer) => {
                ("contact_program", self.text("step-closed"), email.as_deref().map(links::mail))
            }
            NextStep::ContactProgram(email) if answer.status == Status::Pending => {
                ("contact_program", self.text("step-pending"), email.as_deref().map(links::mail))
            }
            NextStep::ContactProgram(email) => ("contact_program", self.text("step-program"), email.as_deref().map(links::mail)),
            NextStep::Choose if answer.status == Status::Ambiguous => ("choose", self.text("step-choose"), again()),
            NextStep::Choose => ("choose", self.text("step-zip"), again()),
            NextStep::CheckSpelling if answer.notes.contains(&Note::StreetAlone) => {
                ("check_spelling", self.text("step-street"), again())
            }
            NextStep::CheckSpelling => ("check_spelling", self.text("step-spelling"), again()),
        };
        Step { action, label, url }
    }
}

/// Whether one could apply for a place in another season.
fn is_closed(answer: &Answer) -> bool {
    let promised = answer.notes.iter().any(|note| matches!(note, Note::Promised(..)));
    let of_partner = matches!(answer.query.subject, Some(Subject::Partner(..)));
    answer.status == Status::Open && !promised && !of_partner
}
