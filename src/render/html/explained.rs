use maud::{Markup, html};

use super::{Site, answer};
use crate::{
    lookup::{Considered, Explanation},
    render::{
        links,
        words::{self, thousands},
    },
};

/// Why an answer is what it is: what it was taken for, its counties, and every assignment that was looked at.
pub fn explained(chain: &Explanation, site: &Site) -> Markup {
    let (answer, words) = (&chain.answer, site.words());
    html! {
        (answer::badge(answer.status, &words))
        dl.facts {
            div { dt { "Asked" } dd { (answer.query.input) } }
            div { dt { "Taken for" } dd { (words.understood_as(&answer.query).unwrap_or_else(|| "nothing that is known".to_owned())) } }
            div { dt { "Day" } dd { (words.day(answer.as_of)) } }
            @if let Some(course) = &answer.course { div { dt { "Course" } dd { (words.course(course)) } } }
        }
        @if !answer.choices.is_empty() {
            h2 { "It can mean" }
            ul { @for choice in &answer.choices {
                li { a href={ (links::report("explain")) "?q=" (links::encoded(&choice.ask)) } { (choice.label) } }
            } }
        }
        @if !chain.considered.is_empty() {
            h2 #considered { "Assignments that were looked at, the most specific first" }
            div.scroll role="region" aria-labelledby="considered" tabindex="0" { table {
                thead { tr { @for name in ["Where it is written", "Partner", "Region", "km²", "What became of it"] { th scope="col" { (name) } } } }
                tbody { @for row in &chain.considered { (considered(row)) } }
            } }
        }
        @if !chain.counties.is_empty() {
            h2 #counties { "Its counties" }
            ul { @for (region, name, share) in &chain.counties {
                li { a href=(links::region(region)) { (name) } @if let Some(share) = share { ", " (words.share_of_people(*share)) } }
            } }
        }
        @let notes = words.notes(answer);
        @if !notes.is_empty() { h2 { "Notes" } ul { @for note in &notes { li { (note) } } } }
    }
}

fn considered(row: &Considered) -> Markup {
    html! {
        tr {
            td { code { (row.origin) } }
            td { a href=(links::partner(&row.partner)) { (row.name) } }
            td { a href=(links::region(&row.region)) { (row.region) } }
            td.number { @if let Some(km) = row.square_km { (thousands(km.round() as u64)) } }
            td { (words::reason(&row.reason)) }
        }
    }
}
