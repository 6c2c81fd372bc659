use maud::{Markup, html};

use super::{Page, Section, Site};
use crate::render::{Language, links};

/// The terms of a partnership in the present year.
pub fn terms(site: &Site) -> Page {
    let year = site.program.year.as_ref().map(|year| format!(" {}", year.label)).unwrap_or_default();
    let body = html! {
        p.lede {
            "What a partner and the program promise each other. This page is no contract, and the terms may change from year to year."
        }
        section aria-labelledby="partner" { h2 #partner { "What the partner promises" } (partner_promises()) }
        section aria-labelledby="program" { h2 #program { "What the program promises" } (program_promises()) }
        section aria-labelledby="both" { h2 #both { "What both work towards" } (joint_promises()) }
        p { a.button href=(site.way.to(links::APPLY)) { "Apply now" } }
    };
    let description = format!("What a partner and the {} promise each other{year}.", site.program.name);
    Page::new(format!("Terms{year}"), description, links::TERMS, body).within(Section::Terms).written_in(Language::default())
}

fn partner_promises() -> Markup {
    html! {
        ul {
            li { strong { "Staff. " } "A program manager, who meets the outreach manager every month and comes to the events in spring and fall." }
            li { strong { "Workshops. " } "Local workshops, virtual or in person, in summer and through the school year, for teachers who represent the region." }
            li { strong { "Outreach. " } "Growth into schools that have had little computer science, and agreements with districts that commit teachers for the next year." }
            li { strong { "Facilitators. " } "Recruit, review and employ accredited facilitators." }
            li { strong { "Community. " } "Meet-ups of teachers, and the Hour of Code." }
            li { strong { "Funding. " } "Carry costs up front, make a plan for raising money each year, and help to find teachers for scholarships." }
            li { strong { "Numbers. " } "Count teachers, students and courses, diversity and quality, and report once a year." }
        }
    }
}

fn program_promises() -> Markup {
    html! {
        ul {
            li { strong { "People. " } "An outreach manager for each partner, and a summit twice a year." }
            li { strong { "Facilitators. " } "A way to apply, training and support." }
            li { strong { "Promotion. " } "Materials, introductions to districts, coaching in recruiting, and the right to use the logo." }
            li { strong { "Community. " } "A place online for partners to learn from each other." }
            li { strong { "Funding. " } "Money for elementary and for middle and high school, by need and equity." }
            li { strong { "Curriculum. " } "Free, kept up to date, with a store of free materials." }
            li { strong { "Evaluation. " } "By the numbers that both sides share." }
        }
    }
}

fn joint_promises() -> Markup {
    html! {
        ul {
            li { "certified credits for teachers who take part" }
            li { "facilitators in good standing" }
            li { "work on policy within the law" }
            li { "funding that comes from the region itself in the end" }
        }
    }
}
