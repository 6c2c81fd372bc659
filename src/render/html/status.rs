use maud::{Markup, html};

use super::Page;
use crate::render::{
    Language,
    status::{Reload, Status, moment},
    words::{count, thousands},
};

/// How the service is, for people who run it.
pub fn status(status: &Status) -> Page {
    let body = html! {
        dl.facts {
            (fact("Generation", &html! { code { (status.generation) } }))
            @if let Some(at) = status.loaded_at { (fact("Loaded", &html! { time datetime=(moment(at)) { (moment(at)) } })) }
            (fact("Answers for", &html! { (status.as_of) }))
            @if let Some(followed) = &status.snapshot {
                (fact("Snapshot", &html! { code { (followed.id) } }))
                (fact("Moved", &html! { (count(usize::try_from(followed.sequence).unwrap_or(usize::MAX), "time", "times")) }))
                (fact("Looked at", &html! { time datetime=(moment(followed.looked_at)) { (moment(followed.looked_at)) } }))
                @if let Some(wanted) = followed.wanted {
                    (fact("Wanted", &html! { code { (wanted) } ", for " (followed.lag_seconds) " s" }))
                }
                @if followed.from_cache { (fact("Origin", &html! { "this machine’s own copy" })) }
                @if let Some(fault) = followed.fault { (fact("Fault", &html! { (fault) })) }
            }
            @if let Some(folders) = status.folders {
                (fact("Geography", &html! { (folders.geography) }))
                (fact("Program", &html! { (folders.program) }))
                (fact("Changes", &html! { @if folders.watched { "are taken up by themselves" } @else { "need a restart" } }))
            }
            @for (name, number) in &status.counts { (fact(name, &html! { (thousands(*number as u64)) })) }
        }
        h2 { "Last reload" }
        @match &status.reload {
            Some(last) => (reload(last)),
            None => p { "There was none since the start." },
        }
    };
    Page::new("Status", "Which data is served, since when, and what the last reload came to.", "/status", body)
        .written_in(Language::default())
        .only_here()
}

fn fact(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn reload(reload: &Reload) -> Markup {
    html! {
        p { strong { (reload.result.replace('_', " ")) } ", " time datetime=(moment(reload.at)) { (moment(reload.at)) } ": " (reload.message) "." }
        @if !reload.reasons.is_empty() { ul { @for reason in &reload.reasons { li { (reason) } } } }
        @if !reload.changes.is_empty() {
            h3 { "What changes" }
            ul { @for line in reload.changes { li { (line) } } }
        }
        @if !reload.problems.is_empty() {
            h3 { (count(reload.problems.len(), "problem", "problems")) }
            ul { @for problem in reload.problems { li { (problem.severity) ": " (reload.detail.line(problem)) } } }
        }
    }
}
