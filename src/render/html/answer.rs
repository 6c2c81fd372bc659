use maud::{Markup, html};

use crate::{
    domain::{PartnerId, Role},
    lookup::{Answer, ContactSource, NearBorder, Nearest, NextStep, Part, ServingPartner, Status, Upcoming},
    render::{
        json, links,
        words::{self, Words, label},
    },
};

/// What stands above the verdict: the status as a badge.
pub fn badge(status: Status) -> Markup {
    html! { p class={ "badge is-" (json::status(status)) } { span.mark aria-hidden="true" { (mark(status)) } " " (words::status_label(status)) } }
}

/// What stands below the verdict: the next step, who serves, and what else one should know.
pub fn body(answer: &Answer, words: &Words) -> Markup {
    html! {
        (understood(answer))
        (choices(answer))
        (next_step(answer))
        (partners(answer, words))
        (upcoming(answer))
        (borders(answer))
        @if let Some(nearest) = &answer.nearest { (nearest_region(nearest)) }
        (notes(answer, words))
    }
}

fn mark(status: Status) -> &'static str {
    match status {
        Status::Covered => "✓",
        Status::PartlyCovered => "◐",
        Status::Pending => "…",
        Status::Open => "○",
        Status::Outside => "⇥",
        Status::NotFound | Status::Ambiguous => "?",
    }
}

fn understood(answer: &Answer) -> Markup {
    let understood = words::understood_as(&answer.query);
    html! {
        p.understood {
            (label::ASKED) " " (words::quoted(&answer.query.input)) "."
            @if let Some(understood) = understood { " " (label::UNDERSTOOD) ": " (understood) "." }
        }
    }
}

fn next_step(answer: &Answer) -> Markup {
    let step = words::step(answer);
    let here = matches!(answer.next_step, NextStep::Choose | NextStep::CheckSpelling);
    html! {
        @match step.url {
            Some(_) if here => p { a.button href="#search" { (step.label) } },
            Some(url) => p { a.button href=(url) { (step.label) } },
            None => p { strong { (step.label) } },
        }
    }
}

fn choices(answer: &Answer) -> Markup {
    html! {
        @if !answer.choices.is_empty() {
            section.choices aria-labelledby="choices" {
                h2 #choices { (label::CHOICES) }
                ul.links {
                    @for choice in &answer.choices { li { a href=(links::keeping(links::search(&choice.ask), answer.course.as_ref())) { (choice.label) } } }
                }
            }
        }
    }
}

fn notes(answer: &Answer, words: &Words) -> Markup {
    html! {
        @if !answer.notes.is_empty() {
            section.notes aria-labelledby="notes" {
                h2 #notes { (label::NOTES) }
                ul { @for note in words.notes(answer) { li { (note) } } }
            }
        }
    }
}

fn partners(answer: &Answer, words: &Words) -> Markup {
    html! {
        @if !answer.partners.is_empty() {
            section aria-labelledby="who" {
                h2 #who { (label::WHO) }
                ul.cards { @for partner in &answer.partners { li { (card(partner, words)) } } }
            }
        }
    }
}

fn card(partner: &ServingPartner, words: &Words) -> Markup {
    html! {
        h3 { a href=(links::partner(&partner.id)) { (partner.name) } }
        p.tags {
            @if partner.role == Role::Funding { span.tag { (label::FUNDING) } " " }
            @if partner.new_this_year { span.tag.new { (label::NEW) } " " }
            @if partner.share < 1.0 { span.tag { (words::share_of_people(partner.share)) } }
        }
        p { (words::courses_label(&words.courses(&partner.courses))) }
        (contact(partner))
    }
}

fn contact(partner: &ServingPartner) -> Markup {
    html! {
        p.contact {
            @if let Some(site) = &partner.website { a href=(site) { (label::WEBSITE) } " " }
            @if let Some(email) = &partner.contact.email { a href=(links::mail(email)) { (email) } " " }
            @if let Some(name) = &partner.contact.name { (name) " " }
            @if partner.contact_source == ContactSource::Program { "(" (label::PROGRAM_CONTACT) ")" }
        }
    }
}

fn upcoming(answer: &Answer) -> Markup {
    let line = |u: &Upcoming| html! { a href=(links::partner(&u.id)) { (u.name) } ", " (words::day(u.starts_on)) };
    html! {
        @if !answer.upcoming.is_empty() {
            section aria-labelledby="upcoming" {
                h2 #upcoming { (label::UPCOMING) }
                ul { @for partner in &answer.upcoming { li { (line(partner)) } } }
            }
        }
    }
}

fn borders(answer: &Answer) -> Markup {
    let name = |border: &NearBorder| border.name.as_deref().map_or_else(|| html! { "…" }, |name| html! { (name) });
    html! {
        @if !answer.near_border.is_empty() {
            section aria-labelledby="borders" {
                h2 #borders { (label::NEAR_BORDER) }
                ul {
                    @for border in &answer.near_border {
                        li {
                            (words::distance(border.distance_m)) ": " (name(border)) ". "
                            (words::status_label(border.status)) (partner_links(&border.partners, answer))
                        }
                    }
                }
            }
        }
    }
}

fn nearest_region(nearest: &Nearest) -> Markup {
    html! {
        section aria-labelledby="nearest" {
            h2 #nearest { (label::NEAREST) }
            p {
                a href=(links::region(&nearest.region)) { (nearest.name) } ", "
                (words::distance(nearest.distance_m)) " " (words::direction(nearest.direction)) ". "
                (words::status_label(nearest.status)) "."
            }
        }
    }
}

/// The parts, where there is more than one: areas, people and partners as a table.
pub fn parts(answer: &Answer) -> Markup {
    html! {
        @if answer.parts.len() > 1 {
            section {
                h2 #parts { (label::PARTS) }
                div.wide tabindex="0" role="region" aria-labelledby="parts" {
                    table {
                        thead { tr { th scope="col" { (label::AREA) } th scope="col" { (label::PEOPLE) } th scope="col" { (label::PARTNER) } } }
                        tbody { @for part in &answer.parts { (part_row(part, answer)) } }
                    }
                }
            }
        }
    }
}

fn part_row(part: &Part, answer: &Answer) -> Markup {
    html! {
        tr {
            th scope="row" { a href=(links::keeping(links::region(&part.region), answer.course.as_ref())) { (words::part_name(part, answer)) } }
            td { (part.share.map_or_else(|| label::UNKNOWN.to_owned(), words::share_in_short)) }
            td {
                @if part.partners.is_empty() { span class={ "is-" (json::status(part.status)) } { (words::status_label(part.status)) } }
                @else { (partner_links(&part.partners, answer)) }
            }
        }
    }
}

fn partner_links(ids: &[PartnerId], answer: &Answer) -> Markup {
    let name = |id: &PartnerId| {
        answer.partners.iter().find(|p| p.id == *id).map_or_else(|| id.to_string(), |partner| partner.name.to_string())
    };
    html! { @for id in ids { " " a href=(links::partner(id)) { (name(id)) } } }
}
