use maud::{Markup, html};

use super::{Page, Search, Section, Site, partners::map_section};
use crate::{
    directory::Counts,
    render::{Language, links},
};

/// The overview: what the program is, and the map.
pub fn overview(site: &Site, map: &Markup, counts: Counts) -> Page {
    let program = &site.program.name;
    let body = html! {
        p.lede {
            "Schools learn best from people nearby. The " (program) " chooses one organisation in each region and helps it to bring "
            (site.program.scope) " to the schools around it, until it can do so on its own."
        }
        (Search::default().form(site))
        section aria-labelledby="partners" {
            // Older links lead to #locations.
            span #locations {}
            h2 #partners { (site.words().text("nav-partners")) }
            p { strong { (site.words().counts_on(counts, site.as_of)) } " " a href=(site.way.to(links::PARTNERS)) { "See the list." } }
            (map)
        }
        (who_fits())
        (exchange())
        section.call aria-labelledby="start" {
            h2 #start { "How to start" }
            ol {
                li { a href="#partners" { "Check the map" } ": does your region need a partner?" }
                li { "If it does, " a href=(site.way.to(links::TERMS)) { "read the terms" } "." }
                li { "Then " a href=(site.way.to(links::APPLY)) { "apply" } "." }
            }
            p { "To share: " a href=(site.way.to(links::SUMMARY)) { "the program on one page" } "." }
        }
    };
    let description =
        format!("{program}: local organisations that bring {} to schools. See who serves your region.", site.program.scope);
    Page::new(program.to_string(), description, links::HOME, body)
        .within(Section::Home)
        .titled("Overview")
        .written_in(Language::default())
}

/// The program on one page, for sharing and printing.
pub fn summary(site: &Site, map: &Markup, counts: Counts) -> Page {
    let body = html! {
        p.lede { (site.program.name) ": " (site.words().counts_on(counts, site.as_of)) }
        (map_section(map, site))
        (who_fits())
        (exchange())
        p { "Does your region need a partner? " a href=(site.way.to(links::PARTNERS)) { (site.words().text("search")) } }
    };
    let description = format!("The {} on one page: the map, what partners do, and what they get.", site.program.name);
    Page::new("The program on one page", description, links::SUMMARY, body).written_in(Language::default())
}

fn who_fits() -> Markup {
    html! {
        section aria-labelledby="who-fits" {
            h2 #who-fits { "Who makes a good partner" }
            p {
                "A regional education office, a non-profit or a university in the United States that knows the school districts "
                "around it well. It names a program manager, who begins by coming to a partner summit. Money follows need that is shown."
            }
        }
    }
}

fn exchange() -> Markup {
    html! {
        div.columns {
            section aria-labelledby="partners-do" {
                h2 #partners-do { "What partners do" }
                ul {
                    li { "give a program manager at least half of a full-time post; colleagues may share it" }
                    li { "come to two summits a year, in September and in February, and to a five-day teacher conference" }
                    li { "agree with districts that these will send teachers" }
                    li { "run good local workshops for middle and high school with accredited facilitators" }
                    li { "bring computer science teachers of the region together" }
                    li { "find money of their own over time" }
                    li { "report numbers: teachers, students, courses, diversity and quality" }
                }
            }
            section aria-labelledby="partners-get" {
                h2 #partners-get { "What partners get" }
                ul {
                    li { "money by need for staff on site, facilitators, food and rooms in the first years" }
                    li { "the name of official partner of the region, and promotion under it" }
                    li { "a regional manager of their own" }
                    li { "coaching and tools for recruiting, facilitators, funding, growth and community" }
                }
            }
        }
    }
}
