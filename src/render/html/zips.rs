//! ZIPs by their first digits: the way to an answer that needs neither a script nor a question in an address.

use maud::{Markup, html};

use super::{Page, Search, Section, Site, answer};
use crate::{
    lookup::{Answer, Subject},
    render::links,
};

/// The first digits of all ZIPs, each with the way to its list.
pub fn zip_index(site: &Site, prefixes: &[String]) -> Page {
    let words = site.words();
    let body = html! {
        p.lede { (words.text("zips-lede")) }
        ul.zip-prefixes { @for prefix in prefixes { li { a href=(site.way.to(&links::zips_with(prefix))) { (prefix) "…" } } } }
    };
    Page::new(words.text("zips-title"), words.text("zips-lede"), links::ZIPS, body).within(Section::Partners)
}

/// The answers of all ZIPs that begin with some digits; an anchor that is a ZIP shows that one alone.
pub fn zip_list(site: &Site, search: &Search, prefix: &str, answers: &[Answer]) -> Page {
    let (words, path) = (site.words(), links::zips_with(prefix));
    let said = [("digits", prefix)];
    let body = html! {
        p.notice #absent hidden { (words.text("zips-absent")) }
        ul.zip-answers { @for one in answers { (entry(one, site)) } }
        p { a href=(site.way.to(&format!("{path}#content"))) { (words.say("zips-all", &said)) } }
        p { a href=(site.way.to(links::ZIPS)) { (words.text("zips-title")) } }
    };
    let description = words.say("zips-description", &said);
    Page::new(words.say("zips-with", &said), description, path, body).within(Section::Partners).led_by(search.form(site))
}

fn entry(one: &Answer, site: &Site) -> Markup {
    let words = site.words();
    let Some(Subject::Zip(zip, ..)) = &one.query.subject else { return html! {} };
    let step = words.step(one, &site.way);
    html! {
        li id=(zip) {
            (answer::badge(one.status, &words))
            h2 { (words.verdict(one)) }
            @match step.url {
                Some(url) => p { a.button href=(url) { (step.label) } },
                None => p { strong { (step.label) } },
            }
            @if !one.partners.is_empty() {
                p { @for partner in &one.partners { a href=(site.way.partner(&partner.id)) { (partner.name) } " " } }
            }
            @for note in words.notes(one) { p { (note) } }
        }
    }
}
