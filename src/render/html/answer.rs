use maud::{Markup, html};

use super::{Site, icon};
use crate::{
    domain::Role,
    lookup::{
        Answer, Choice, ContactSource, NearBorder, NearPartner, Nearest, NextStep, Note, PartnerName, ServingPartner, Status,
        Upcoming,
    },
    render::{json, links, words::Words},
};

/// What stands above the verdict: the status as a badge.
pub fn badge(status: Status, words: &Words) -> Markup {
    html! { p class={ "badge is-" (json::status(status)) } { (icon::of(status)) " " (words.status(status)) } }
}

/// What stands below the verdict: the next step, who serves, and what else one should know.
pub fn body(answer: &Answer, choices: &Markup, site: &Site) -> Markup {
    html! {
        (understood(answer, &site.words()))
        (choices)
        (next_step(answer, site))
        (partners(answer, site))
        (near_partners(answer, site))
        (upcoming(answer, site))
        (borders(answer, site))
        @if let Some(nearest) = &answer.nearest { (nearest_region(nearest, site)) }
        (notes(answer, site))
    }
}

fn understood(answer: &Answer, words: &Words) -> Markup {
    let understood = words.understood_as(&answer.query);
    html! {
        p.understood {
            (words.say("asked", &[("input", &words.quoted(&answer.query.input))]))
            @if let Some(subject) = understood { " " (words.say("understood", &[("subject", &subject)])) }
        }
    }
}

fn next_step(answer: &Answer, site: &Site) -> Markup {
    let step = site.words().step(answer, &site.way);
    let here = matches!(answer.next_step, NextStep::Choose | NextStep::CheckSpelling);
    html! {
        @match step.url {
            // The list of choices says it in its heading.
            Some(_) if is_choice(answer) => {},
            Some(_) if here => p.step { a.button href="#search" { (step.label) } },
            Some(url) => p.step { a.button href=(url) { (step.label) } " " (on_paper(&url, site)) },
            None => p.step { strong { (step.label) } },
        }
        @if matches!(answer.next_step, NextStep::Apply(_) | NextStep::Wait(_)) {
            p.season { (site.words().season(site.program.applications.season(answer.as_of))) }
        }
        @if matches!(answer.next_step, NextStep::ContactProgram(_)) { (program_contact(site)) }
    }
}

/// Whether one thing has to be chosen among several that were understood.
pub(super) fn is_choice(answer: &Answer) -> bool {
    answer.status == Status::Ambiguous && !answer.choices.is_empty()
}

/// An address as paper shows it, where nobody can press a link.
pub(super) fn on_paper(url: &str, site: &Site) -> Markup {
    html! { span.on-paper { (links::written(url, site.public_url)) } }
}

/// Whom to write to at the program, to be read and copied as well as pressed.
pub(super) fn program_contact(site: &Site) -> Markup {
    let (words, contact) = (site.words(), &site.program.contact);
    let name = contact.name.as_deref().map_or_else(|| words.text("program-team"), str::to_owned);
    html! {
        @if let Some(email) = &contact.email {
            p.contact { (words.say("write-to", &[("name", &name)])) " " a href=(links::mail(email)) { (email) } }
        }
    }
}

fn near_partners(answer: &Answer, site: &Site) -> Markup {
    let words = site.words();
    let place = |near: &NearPartner| {
        let away = words.away(near.distance_m, near.direction);
        words.say("near-partner", &[("away", &away), ("region", &near.region_name)])
    };
    html! {
        @if !answer.nearest_partners.is_empty() {
            section aria-labelledby="near-partners" {
                h2 #near-partners { (words.text("heading-nearest-partners")) }
                ul.near {
                    @for near in &answer.nearest_partners {
                        li { a href=(site.way.partner(&near.id)) { (near.name) } " " span.where { (place(near)) } }
                    }
                }
            }
        }
    }
}

fn notes(answer: &Answer, site: &Site) -> Markup {
    let words = site.words();
    html! {
        @if !answer.notes.is_empty() {
            section.notes aria-labelledby="notes" {
                h2 #notes { (words.text("heading-notes")) }
                ul {
                    @for note in &answer.notes {
                        li {
                            (words.note(note))
                            @if let Note::AlsoNamed(others) = note { (all_of_the_name(others, site)) }
                        }
                    }
                }
            }
        }
    }
}

/// All things of a name, where the sentence about them names only the first.
fn all_of_the_name(others: &[Choice], site: &Site) -> Markup {
    let words = site.words();
    html! {
        details.also-named {
            summary { (words.say("also-named-all", &[("number", &words.number(others.len() as u64))])) }
            ul.links { @for other in others { li { a href=(site.way.search(&other.ask)) { (other.label) } } } }
        }
    }
}

pub(super) fn partners(answer: &Answer, site: &Site) -> Markup {
    html! {
        @if !answer.partners.is_empty() {
            section aria-labelledby="who" {
                h2 #who { (site.words().text("heading-who")) }
                ul.cards { @for partner in &answer.partners { li { (card(partner, site)) } } }
            }
        }
    }
}

fn card(partner: &ServingPartner, site: &Site) -> Markup {
    let words = site.words();
    html! {
        h3 { a href=(site.way.partner(&partner.id)) { (partner.name) } }
        p.tags {
            @if partner.role == Role::Funding { span.tag { (words.text("funding")) } " " }
            @if partner.new_this_year { span.tag.new { (words.text("new")) } " " }
            @if partner.share < 1.0 { span.tag { (words.share_of_people(partner.share)) } }
        }
        p { (words.courses(&partner.courses)) }
        (contact(partner, site))
    }
}

fn contact(partner: &ServingPartner, site: &Site) -> Markup {
    let words = site.words();
    html! {
        p.contact {
            @if let Some(website) = &partner.website {
                a href=(website) { (words.text("website")) } " " (on_paper(website, site)) " "
            }
            @if let Some(email) = &partner.contact.email { a href=(links::mail(email)) { (email) } " " }
            @if let Some(name) = &partner.contact.name { (name) " " }
            @if partner.contact_source == ContactSource::Program { "(" (words.text("program-contact")) ")" }
        }
    }
}

fn upcoming(answer: &Answer, site: &Site) -> Markup {
    let line = |u: &Upcoming| html! { a href=(site.way.partner(&u.id)) { (u.name) } ", " (site.words().day(u.starts_on)) };
    html! {
        @if !answer.upcoming.is_empty() {
            section aria-labelledby="upcoming" {
                h2 #upcoming { (site.words().text("heading-upcoming")) }
                ul { @for partner in &answer.upcoming { li { (line(partner)) } } }
            }
        }
    }
}

fn borders(answer: &Answer, site: &Site) -> Markup {
    let words = site.words();
    let beyond = |border: &NearBorder| {
        let distance = words.distance(border.distance_m);
        match &border.name {
            Some(name) => words.say("border-with", &[("distance", &distance), ("name", name)]),
            None => words.say("border-outside", &[("distance", &distance)]),
        }
    };
    html! {
        @if !answer.near_border.is_empty() {
            section aria-labelledby="borders" {
                h2 #borders { (words.text("heading-near-border")) }
                ul {
                    @for border in &answer.near_border {
                        li {
                            (beyond(border)) " "
                            (standing(border.status, &border.partners, site))
                        }
                    }
                }
            }
        }
    }
}

fn nearest_region(nearest: &Nearest, site: &Site) -> Markup {
    let words = site.words();
    html! {
        section aria-labelledby="nearest" {
            h2 #nearest { (words.text("heading-nearest")) }
            p {
                a href=(site.way.region(&nearest.region)) { (nearest.name) } ", "
                (words.away(nearest.distance_m, nearest.direction)) ". " (standing(nearest.status, &nearest.partners, site)) "."
            }
        }
    }
}

/// Whether somebody serves what is mentioned, and who.
fn standing(status: Status, partners: &[PartnerName], site: &Site) -> Markup {
    html! { (site.words().status(status)) @if !partners.is_empty() { ":" (partner_links(partners, site)) } }
}

pub(super) fn partner_links(partners: &[PartnerName], site: &Site) -> Markup {
    html! {
        @for (i, partner) in partners.iter().enumerate() {
            @if i > 0 { "," }
            " " a href=(site.way.partner(&partner.id)) { (partner.name) }
        }
    }
}
