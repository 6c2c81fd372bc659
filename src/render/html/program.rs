use maud::{Markup, html};

use super::{Page, Search, Section, Site, answer};
use crate::{
    domain::Season,
    lookup::{Answer, NextStep, Status},
    render::{Language, links},
};

/// Who applies: for which region, if they have said so.
pub type ApplyFor<'a> = Option<&'a Answer>;

/// How to apply; for a region that is served, whom to talk to instead.
pub fn apply(site: &Site, region: ApplyFor) -> Page {
    let taken = region.filter(|answer| matches!(answer.status, Status::Covered | Status::Pending | Status::Outside));
    let body = match (taken, region) {
        (Some(answer), _) => instead(answer, site),
        (None, region) => how_to_apply(region, site),
    };
    let description =
        format!("How an organisation becomes a partner of the {}: the steps, the season and the form.", site.program.name);
    Page::new("Apply to become a partner", description, links::APPLY, body).written_in(Language::default())
}

fn instead(asked: &Answer, site: &Site) -> Markup {
    let words = site.words();
    html! {
        (answer::badge(asked.status, &site.words()))
        p.lede { (words.verdict(asked)) "." }
        p { "Only regions without a partner are open for applications." }
        (answer::body(asked, site))
        p { a href=(site.way.to(links::PARTNERS)) { "Check another region" } }
    }
}

fn how_to_apply(region: ApplyFor, site: &Site) -> Markup {
    html! {
        @if let Some(asked) = region {
            (answer::badge(asked.status, &site.words()))
            p.lede { (site.words().verdict(asked)) "." }
        }
        (season(site, region))
        section aria-labelledby="steps" {
            h2 #steps { "The steps" }
            ol {
                li { a href=(site.way.to(links::PARTNERS)) { "Check the map" } ": only regions without a partner are open." }
                li { a href=(site.way.to(links::TERMS)) { "Read the terms" } "." }
                li { "Fill in the form." }
                li { "Talk with us: an interview." }
                li { "We ask those who know your work." }
            }
        }
        @if region.is_none() {
            section aria-labelledby="first" {
                h2 #first { "First: is your region open?" }
                (Search::default().form(site))
            }
        }
        (questions(site))
    }
}

fn season(site: &Site, region: ApplyFor) -> Markup {
    let applications = &site.program.applications;
    html! {
        section.season aria-labelledby="season" {
            h2 #season { "When" }
            @match applications.season(site.as_of) {
                Season::Open(until) => {
                    p { strong { "Applications are open" } @if let Some(day) = until { " until " (site.words().day(day)) ", that day included" } "." }
                    @if let Some(form) = &applications.form_url {
                        p { a.button href=(form_address(form, region)) { "Fill in the form" } }
                    } @else { (contact(site)) }
                }
                Season::Opens(day) => { p { strong { "Applications open on " (site.words().day(day)) "." } } }
                Season::Closed => { p { strong { "Applications are closed." } } (contact(site)) }
            }
        }
    }
}

/// The form, told for which region.
fn form_address(form: &str, region: ApplyFor) -> String {
    let NextStep::Apply(Some(id)) = region.map_or(&NextStep::Choose, |answer| &answer.next_step) else {
        return form.to_owned();
    };
    let joint = if form.contains('?') { '&' } else { '?' };
    let name = if form.starts_with("mailto:") { "subject" } else { "region" };
    format!("{form}{joint}{name}={}", links::encoded(&id.to_string()))
}

/// Questions and answers.
pub fn faq(site: &Site) -> Page {
    let body = html! {
        p.lede #top { "What organisations ask before they apply." }
        @for (heading, questions) in groups(site) {
            section {
                h2 { (heading) }
                @for (anchor, question, answer) in questions {
                    section.question {
                        h3 #(anchor) { (question) }
                        p { (answer) }
                    }
                }
                p { a href="#top" { "Back to the top" } }
            }
        }
        (questions(site))
    };
    let description = format!("Questions about becoming a partner of the {}, and their answers.", site.program.name);
    Page::new("Questions and answers", description, links::FAQ, body).within(Section::Faq).written_in(Language::default())
}

type Group = (&'static str, Vec<(&'static str, &'static str, Markup)>);

fn groups(site: &Site) -> Vec<Group> {
    vec![("General", general(site)), ("Workshops in person", workshops(site)), ("Budget", budget(site))]
}

fn general(site: &Site) -> Vec<(&'static str, &'static str, Markup)> {
    vec![
        (
            "map",
            "My region has a partner already. Can I apply?",
            html! { "No, only regions without a partner are open. " a href=(site.way.to(links::PARTNERS)) { "The map" } " tells you who your partner is and how to reach it." },
        ),
        (
            "pm",
            "What does a program manager do?",
            html! { (linked(site, "job_description", "See an example of a job description")) "." },
        ),
        (
            "press",
            "May we write a press release?",
            html! { "Yes. You take the lead; please let the program read it before it goes out." },
        ),
        ("cs", "May we also offer other workshops in computer science?", html! { "Yes, they are welcome." }),
        (
            "joint",
            "Can two organisations apply together?",
            html! { "Yes. Often one of them brings the money and the other one teaches." },
        ),
    ]
}

fn workshops(site: &Site) -> Vec<(&'static str, &'static str, Markup)> {
    vec![
        (
            "facilitators",
            "Do we have to bring our own facilitators?",
            html! { "No. You contract accredited facilitators who live near you." },
        ),
        ("recruit", "Do we recruit the teachers?", html! { "Yes, from the districts around you, for the courses of that year." }),
        (
            "ca",
            "What are the workshops for counsellors and administrators?",
            html! { (linked(site, "counselor_sessions", "Read what these sessions are about")) "." },
        ),
    ]
}

fn budget(site: &Site) -> Vec<(&'static str, &'static str, Markup)> {
    vec![(
        "pay",
        "What does the budget look like in detail?",
        html! { (linked(site, "example_budget", "See an example of a budget")) "." },
    )]
}

/// A link of `program.toml`, or its text alone where there is none.
fn linked(site: &Site, name: &str, text: &str) -> Markup {
    html! {
        @match site.program.links.get(name) {
            Some(url) => a href=(url) { (text) },
            None => (text),
        }
    }
}

fn questions(site: &Site) -> Markup {
    html! {
        section aria-labelledby="questions" {
            h2 #questions { "Still have questions?" }
            (contact(site))
        }
    }
}

fn contact(site: &Site) -> Markup {
    let contact = &site.program.contact;
    html! {
        p {
            (contact.name.as_deref().map_or_else(|| site.words().text("program-team"), str::to_owned))
            @if let Some(email) = &contact.email { ": " a href=(links::mail(email)) { (email) } }
            "."
        }
    }
}
