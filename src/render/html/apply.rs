//! The way from "is my region open?" to the form, or to whom one talks to instead.

use maud::{Markup, html};

use super::{Site, answer, blocks};
use crate::{
    domain::Season,
    lookup::{Answer, Choice, NextStep, Part, Status},
    render::{form, links},
};

/// What somebody who thinks of applying has asked.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// What was typed.
    pub input: &'a str,
    /// The answer; `None` where the input could not be read.
    pub answer: Option<Answer>,
}

impl Asked<'_> {
    /// What stands in the field for the next try: what was typed, or the name behind an id that a link brought.
    fn kept(&self, site: &Site) -> String {
        match self.answer.as_ref().map(|answer| &answer.query) {
            Some(query) if query.subject.is_some() && self.input.contains(':') => site.words().subject(query),
            _ => self.input.to_owned(),
        }
    }

    /// Whether how to apply is of use: for regions that are open, or in part.
    pub fn may_apply(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| matches!(answer.status, Status::Open | Status::PartlyCovered))
    }
}

/// The form that asks whether a region is open.
pub fn form(site: &Site, input: &str) -> Markup {
    let (words, way) = (site.words(), &site.way);
    html! {
        form.search #region-check role="search" action=(links::prefixed(way.language, links::APPLY)) method="get"
            data-suggest=(links::SUGGEST) data-suggestions=(words.text("suggestions")) {
            label for="q" { (words.text("region-check")) }
            p.hint #q-hint { (words.text("search-hint")) }
            div.row {
                div.field {
                    input #q type="search" name="q" value=(input) autocomplete="postal-code" spellcheck="false"
                        maxlength="400" enterkeyhint="search" aria-describedby="q-hint";
                }
                @if let Some(course) = way.course { input type="hidden" name="course" value=(course); }
                @if let Some(day) = way.as_of { input type="hidden" name="as_of" value=(day); }
                button type="submit" { (words.text("search-button")) }
            }
        }
    }
}

/// The answer to what was asked, in the words of who thinks of applying, with the way on.
pub fn answered(site: &Site, asked: &Asked) -> Markup {
    html! {
        section.asked aria-labelledby="your-region" {
            @match &asked.answer {
                Some(answer) => {
                    (answer::badge(answer.status, &site.words()))
                    h2 #your-region { (site.words().verdict(answer)) }
                    (advice(site, answer))
                },
                None => {
                    h2 #your-region { (site.words().say("apply-unreadable", &[("input", &site.words().quoted(asked.input))])) }
                    p { (site.words().text("apply-try-again")) }
                },
            }
        }
        (form(site, &asked.kept(site)))
    }
}

fn advice(site: &Site, asked: &Answer) -> Markup {
    let words = site.words();
    html! {
        @match (asked.status, &asked.next_step) {
            (Status::Open, NextStep::Apply(_)) => { p { (words.text("apply-open")) } (form_button(site, asked)) },
            (Status::Open, NextStep::Wait(day)) => {
                p { (words.say("apply-wait", &[("day", &words.day(*day))])) }
                (calendar(site))
            },
            (Status::Open, _) if !asked.upcoming.is_empty() => { p { (words.text("apply-promised")) } (blocks::contact(site)) },
            (Status::Open, _) => { p { (words.text("apply-closed")) } (blocks::contact(site)) },
            (Status::Covered, _) => { p { (words.text("apply-covered")) } (answer::partners(asked, site)) },
            (Status::PartlyCovered, _) => {
                p { (words.text("apply-partly")) }
                (open_parts(site, asked))
                (answer::partners(asked, site))
            },
            (Status::Pending, _) => { p { (words.text("apply-pending")) } (blocks::contact(site)) },
            (Status::Outside, _) => { p { (words.text("apply-outside")) } (blocks::contact(site)) },
            (Status::NotFound, _) => { p { (words.text("apply-not-found")) } (choices(site, &asked.choices)) },
            (Status::Ambiguous, _) => { p { (words.text("apply-ambiguous")) } (choices(site, &asked.choices)) },
        }
    }
}

/// The way to the form, which is told the region and the course.
fn form_button(site: &Site, asked: &Answer) -> Markup {
    let words = site.words();
    let NextStep::Apply(region) = &asked.next_step else { return html! {} };
    let name = words.subject(&asked.query);
    let request = form::Request {
        region: region.as_ref(),
        name: &name,
        course: site.way.course,
        subject: words.say("apply-subject", &[("program", &site.program.name), ("region", &name)]),
    };
    html! {
        @match form::address(&site.program.applications, &request) {
            Some(address) => {
                p { a.button href=(address) { (words.say("apply-form-for", &[("region", &name)])) } }
                p.hint { (words.text("apply-form-hint")) }
            },
            None => (blocks::contact(site)),
        }
    }
}

/// The parts that are open, or in part, each with the way to apply for it.
fn open_parts(site: &Site, asked: &Answer) -> Markup {
    const SHOWN: usize = 60;
    let is_free = |part: &&Part| matches!(part.status, Status::Open | Status::PartlyCovered);
    let open: Vec<&Part> = asked.parts.iter().filter(is_free).collect();
    html! {
        @if !open.is_empty() {
            h3 #open-parts { (site.words().text("apply-open-parts")) }
            ul.links.many {
                @for part in open.iter().take(SHOWN) {
                    li { a href=(site.way.apply(Some(&part.region))) { (site.words().part_name(part, asked)) } }
                }
            }
            @if open.len() > SHOWN {
                p { a href=(site.way.search(&asked.query.input)) { (site.words().count("apply-more-parts", open.len() - SHOWN, &[])) } }
            }
        }
    }
}

fn choices(site: &Site, choices: &[Choice]) -> Markup {
    let ask = |choice: &Choice| site.way.to(&format!("{}?q={}", links::APPLY, links::encoded(&choice.ask)));
    html! {
        @if !choices.is_empty() {
            ul.links { @for choice in choices { li { a href=(ask(choice)) { (choice.label) } } } }
        }
    }
}

/// The calendar file of the day on which applications open.
fn calendar(site: &Site) -> Markup {
    html! { p { a href=(site.way.to(links::OPENING)) type="text/calendar" { (site.words().text("season-calendar")) } } }
}

/// When organisations may apply, and the way to the form for who knows already that the region is open.
pub fn season(site: &Site, asked: Option<&Asked>) -> Markup {
    let words = site.words();
    let applications = &site.program.applications;
    html! {
        section.season aria-labelledby="season" {
            h2 #season { (words.text("season")) }
            p { strong { (words.season(applications.season(site.as_of))) } }
            @match applications.season(site.as_of) {
                Season::Open(_) if asked.is_none() => p { (words.text("season-check-first")) },
                Season::Open(_) => {},
                Season::Opens(_) => (calendar(site)),
                Season::Closed => { p { (words.text("season-ask")) } (blocks::contact(site)) },
            }
        }
    }
}
