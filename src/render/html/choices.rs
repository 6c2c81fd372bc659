//! The things that a question may have meant, each with what one needs to tell it from the others.

use maud::{Markup, html};

use super::{Site, answer::is_choice, icon};
use crate::{
    lookup::{Answer, Choice, Status, Subject},
    render::json,
};

/// A choice with its own answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The choice.
    pub choice: Choice,
    /// What is answered to who chooses it.
    pub answer: Answer,
}

/// The choices of an answer, each with where it is and who serves it.
pub fn choices(asked: &Answer, offers: &[Offer], site: &Site) -> Markup {
    let heading = if is_choice(asked) { "step-choose" } else { "heading-choices" };
    html! {
        @if !offers.is_empty() {
            section.choices aria-labelledby="choices" {
                h2 #choices { (site.words().text(heading)) }
                ul.offers { @for offer in offers { li { (line(offer, site)) } } }
            }
        }
    }
}

fn line(Offer { choice, answer }: &Offer, site: &Site) -> Markup {
    let status = answer.status;
    html! {
        a href=(site.way.search(&choice.ask)) { (choice.label) }
        @if let Some(county) = county(answer).filter(|county| !choice.label.contains(county)) { " " span.where { (county) } }
        " " span class={ "standing is-" (json::status(status)) } { (icon::of(status)) " " (standing(answer, site)) }
    }
}

/// The county of a town, without its state.
fn county(answer: &Answer) -> Option<&str> {
    let Some(Subject::Place(_, Some(county))) = &answer.query.subject else { return None };
    Some(county.split_once(", ").map_or(&**county, |(name, _)| name))
}

/// Who serves it; else the status.
fn standing(answer: &Answer, site: &Site) -> String {
    let words = site.words();
    match answer.partners.as_slice() {
        [] => words.status(answer.status),
        partners if answer.status == Status::Covered => {
            words.short_list(&partners.iter().map(|partner| &*partner.name).collect::<Vec<_>>(), MOST_NAMED)
        }
        _ => words.status(answer.status),
    }
}

/// How many partners are named beside a choice.
const MOST_NAMED: usize = 2;
