//! The parts of an answer as a table, and how many of them have which status.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Site, answer::partner_links, icon};
use crate::{
    lookup::{Answer, Part, Status},
    render::{json, words::Words},
};

/// On paper, smaller shares of the people are not told.
const LEAST_SHARE: f64 = 0.01;
/// More parts than these can be folded away.
const MOST_UNFOLDED: usize = 12;

/// The parts, where there is more than one: areas, people and partners as a table, all of them.
pub fn parts(answer: &Answer, site: &Site) -> Markup {
    let words = site.words();
    let count = answer.parts.len();
    html! {
        @if count > 1 {
            section.parts aria-labelledby="parts" {
                h2 #parts { (words.text("heading-parts")) }
                @if count <= MOST_UNFOLDED { (table(answer, site)) } @else {
                    (by_status(answer, site))
                    details open {
                        summary { (words.say("parts-all", &[("number", &words.number(count as u64))])) }
                        (table(answer, site))
                    }
                    (by_holder(answer, site))
                }
            }
        }
    }
}

/// How many parts have which status.
fn by_status(answer: &Answer, site: &Site) -> Markup {
    let words = site.words();
    let mut counts: BTreeMap<Status, u64> = BTreeMap::new();
    for part in &answer.parts {
        *counts.entry(part.status).or_default() += 1;
    }
    html! {
        ul.tally {
            @for (status, count) in counts {
                li class={ "is-" (json::status(status)) } {
                    (icon::of(status)) " "
                    (words.say("parts-by-status", &[("status", &words.status(status)), ("number", &words.number(count))]))
                }
            }
        }
    }
}

/// The parts as paper has room for them: a paragraph for all that have the same status and partners.
fn by_holder(answer: &Answer, site: &Site) -> Markup {
    let words = site.words();
    let mut groups: Vec<(&Part, Vec<String>)> = Vec::new();
    for part in &answer.parts {
        let name = named_with_share(part, answer, &words);
        match groups.iter_mut().find(|(first, _)| first.status == part.status && first.partners == part.partners) {
            Some((_, names)) => names.push(name),
            None => groups.push((part, vec![name])),
        }
    }
    html! {
        div.on-paper {
            @for (first, names) in &groups {
                p {
                    b { @if first.partners.is_empty() { (words.status(first.status)) } @else { (words.list(&called(first))) } }
                    " (" (words.number(names.len() as u64)) "): " (names.join(", "))
                }
            }
        }
    }
}

fn called(part: &Part) -> Vec<&str> {
    part.partners.iter().map(|partner| &*partner.name).collect()
}

/// The name of a part, and how many of the people are in it where that is not hardly anybody.
fn named_with_share(part: &Part, answer: &Answer, words: &Words) -> String {
    let name = words.part_name(part, answer);
    match part.share.filter(|share| *share >= LEAST_SHARE) {
        Some(share) => format!("{name} ({})", words.share_in_short(share)),
        None => name,
    }
}

fn table(answer: &Answer, site: &Site) -> Markup {
    html! {
        table {
            thead { tr { @for column in ["column-area", "column-people", "column-partner"] { th scope="col" { (site.words().text(column)) } } } }
            tbody { @for part in &answer.parts { (row(part, answer, site)) } }
        }
    }
}

fn row(part: &Part, answer: &Answer, site: &Site) -> Markup {
    let words = site.words();
    html! {
        tr {
            th scope="row" { a href=(site.way.region(&part.region)) { (words.part_name(part, answer)) } }
            td { (part.share.map_or_else(|| words.text("share-unknown"), |share| words.share_in_short(share))) }
            td {
                @if part.partners.is_empty() { span class={ "is-" (json::status(part.status)) } { (words.status(part.status)) } }
                @else { (partner_links(&part.partners, site)) }
            }
        }
    }
}
