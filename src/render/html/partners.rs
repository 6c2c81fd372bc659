use maud::{Markup, html};

use super::{Offer, Page, Search, Section, Site, answer, choices::choices, directory, parts::parts};
use crate::{
    directory::{Directory, Profile, RegionTerm},
    domain::{Partner, Role},
    lookup::{Answer, Subject},
    render::links,
};

/// The partner map page: search, map, list.
pub fn partners_page(site: &Site, search: &Search, map: &Markup, directory: &Directory, partner: Option<&str>) -> Page {
    let words = site.words();
    let body = html! {
        p.lede { (words.counts_on(directory.counts, site.way.course, site.as_of)) }
        (search.form(site))
        @if let Some(name) = partner { (standing_out(name, search, site)) }
        (map_section(map, site))
        (directory::by_state(&directory.states, site))
        @if site.geography.zips.is_some() { p.to-zips { a href=(site.way.to(links::ZIPS)) { (words.text("zips-title")) } } }
    };
    let said = [("program", &*site.program.name), ("counts", &words.counts(directory.counts))];
    let description = words.say("partners-description", &said);
    Page::new(words.text("nav-partners"), description, links::PARTNERS, body).within(Section::Partners).pictured(links::CARD)
}

/// Which partner stands out on the map, and the way back to all of them.
fn standing_out(name: &str, search: &Search, site: &Site) -> Markup {
    let words = site.words();
    html! {
        p.standing-out {
            @match search.partner {
                Some(id) => a href=(site.way.partner(id)) { (name) },
                None => (name),
            }
            " " (words.text("map-partner")) " " a href=(site.way.to(links::PARTNERS)) { (words.text("map-partner-all")) }
        }
    }
}

/// The page of an answer: the verdict is its heading and title, the input is kept for the next try.
pub fn answer_page(site: &Site, search: &Search, asked: &Answer, offers: &[Offer], canonical: String, map: &Markup) -> Page {
    let words = site.words();
    let verdict = words.verdict(asked);
    let lead = html! {
        (search.form(site))
        (answer::badge(asked.status, &words))
    };
    let body = html! {
        div.split {
            article.answer { (answer::body(asked, &choices(asked, offers, site), site)) }
            (map_section(map, site))
        }
        (parts(asked, site))
    };
    let said = [("verdict", &*verdict), ("program", &site.program.name), ("day", &words.day(asked.as_of))];
    let description = words.say("answer-description", &said);
    Page::new(verdict, description, canonical, body).within(Section::Partners).led_by(lead).pictured(card_of(asked))
}

/// A partner's own page, with the map of what it serves.
pub fn partner_page(site: &Site, profile: &Profile, map: Option<&Markup>) -> Page {
    let partner = profile.partner;
    let words = site.words();
    let courses = words.courses(&partner.courses);
    let serves = !profile.terms.is_empty();
    let body = html! {
        @if serves && profile.new_this_year { p { span.tag.new { (words.text("new")) } } }
        @if serves { (reach(partner, site)) }
        h2 { (words.text("partner-regions")) }
        @if !serves {
            p { (words.say("partner-idle", &[("partner", &partner.name), ("day", &words.day(site.as_of))])) " " (words.text("partner-idle-contact")) }
            (answer::program_contact(site))
        } @else { ul.links { @for term in &profile.terms { li { (region_term(term, site)) } } } }
        @if let Some(map) = map { (map_section(map, site)) }
        p { a href=(site.way.to(links::PARTNERS)) { (words.text("nav-partners")) } }
    };
    let said = [("partner", &*partner.name), ("program", &site.program.name), ("courses", &courses)];
    let description = words.say("partner-description", &said);
    Page::new(partner.name.to_string(), description, links::partner(&partner.id), body).within(Section::Partners)
}

/// How to reach a partner that serves, and what it teaches.
fn reach(partner: &Partner, site: &Site) -> Markup {
    let (words, contact) = (site.words(), partner.contact.as_ref().unwrap_or(&site.program.contact));
    html! {
        @if let Some(website) = &partner.website { p.step { a.button href=(website) { (words.text("website")) } " " (answer::on_paper(website, site)) } }
        dl.facts {
            div { dt { (words.text("partner-courses")) } dd { (words.courses(&partner.courses)) } }
            div {
                dt { (words.text("partner-contact")) }
                dd {
                    @if let Some(name) = &contact.name { (name) " " }
                    @if let Some(email) = &contact.email { a href=(links::mail(email)) { (email) } }
                    @if partner.contact.is_none() { " (" (words.text("program-contact")) ")" }
                }
            }
        }
    }
}

/// The picture of the state that was asked about, else of the country.
fn card_of(asked: &Answer) -> String {
    match &asked.query.subject {
        Some(Subject::State(code, _)) => format!("{}?state={code}", links::CARD),
        _ => links::CARD.to_owned(),
    }
}

pub(super) fn map_section(map: &Markup, site: &Site) -> Markup {
    html! {
        section.map aria-labelledby="map" {
            h2 #map { (site.words().text("heading-map")) }
            (map)
        }
    }
}

fn region_term(term: &RegionTerm, site: &Site) -> Markup {
    let words = site.words();
    html! {
        a href=(site.way.region(&term.region)) { (term.name) }
        @if term.role == Role::Funding { " " span.tag { (words.text("funding")) } }
        @if let Some(day) = term.starts_on { " " span.tag { (words.from_day(day)) } }
        @if let Some(day) = term.ends_on { " " span.tag { (words.until_day(day)) } }
    }
}
