use super::quantities::day;
use crate::{
    lookup::{Answer, NextStep, Status},
    render::links,
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

/// What to do after an answer.
pub fn step(answer: &Answer) -> Step {
    let kept = |path: String| Some(links::keeping(path, answer.course.as_ref()));
    let again = || kept(links::search(&answer.query.input));
    let (action, label, url) = match &answer.next_step {
        NextStep::ContactPartner { name, website, email } => {
            let url = website.as_ref().map(|site| site.to_string()).or_else(|| email.as_deref().map(links::mail));
            ("contact_partner", format!("Contact {name}"), url)
        }
        NextStep::Apply(region) => ("apply", "Apply to become the partner here".to_owned(), kept(links::apply(region.as_ref()))),
        NextStep::Wait(opens_on) => {
            ("wait", format!("Applications open on {}: see how to apply", day(*opens_on)), kept(links::APPLY.to_owned()))
        }
        NextStep::ContactProgram(email) => {
            ("contact_program", "Ask the program team".to_owned(), email.as_deref().map(links::mail))
        }
        NextStep::Choose if answer.status == Status::Ambiguous => ("choose", "Say which one you mean".to_owned(), again()),
        NextStep::Choose => ("choose", "Enter the ZIP of the school".to_owned(), again()),
        NextStep::CheckSpelling => ("check_spelling", "Check the spelling and try again".to_owned(), again()),
    };
    Step { action, label, url }
}
