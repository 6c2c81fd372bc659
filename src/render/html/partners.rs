use maud::{Markup, html};

use super::{Page, Search, Section, Site, answer, directory};
use crate::{
    directory::{Directory, Profile, RegionTerm},
    domain::Role,
    lookup::Answer,
    render::{
        links,
        words::{self, label},
    },
};

/// The partner map page: search, map, list.
pub fn partners_page(site: &Site, search: &Search, map: &Markup, directory: &Directory) -> Page {
    let program = &site.program.name;
    let said = words::counts(directory.counts);
    let body = html! {
        p.lede { (said) ", as of " (words::day(site.as_of)) "." }
        (search.form(&site.program.courses))
        (map_section(map))
        (directory::by_state(&directory.states))
    };
    let description = format!("The map of the {program}: {said}. Find out whether a school, town, ZIP or county has a partner.");
    Page::new(label::PARTNERS, description, links::PARTNERS, body).within(Section::Partners)
}

/// The page of an answer: the verdict is its heading and title, the input is kept for the next try.
pub fn answer_page(site: &Site, search: &Search, asked: &Answer, canonical: String, map: &Markup) -> Page {
    let words = site.words();
    let verdict = words.verdict(asked);
    let lead = html! {
        (search.form(&site.program.courses))
        (answer::badge(asked.status))
    };
    let body = html! {
        div.split {
            article.answer { (answer::body(asked, &words)) }
            (map_section(map))
        }
        (answer::parts(asked))
        (about_data(site))
    };
    let description = format!("{verdict}. {}, as of {}.", site.program.name, words::day(asked.as_of));
    Page::new(verdict, description, canonical, body).within(Section::Partners).led_by(lead)
}

/// A partner's own page.
pub fn partner_page(site: &Site, profile: &Profile) -> Page {
    let partner = profile.partner;
    let courses = site.words().courses(&partner.courses);
    let contact = partner.contact.as_ref().unwrap_or(&site.program.contact);
    let body = html! {
        @if profile.new_this_year { p { span.tag.new { (label::NEW) } } }
        @if let Some(website) = &partner.website { p { a.button href=(website) { (label::WEBSITE) } } }
        dl.facts {
            div { dt { (label::COURSES) } dd { (words::courses_label(&courses)) } }
            div {
                dt { (label::CONTACT) }
                dd {
                    @if let Some(name) = &contact.name { (name) " " }
                    @if let Some(email) = &contact.email { a href=(links::mail(email)) { (email) } }
                    @if partner.contact.is_none() { " (" (label::PROGRAM_CONTACT) ")" }
                }
            }
        }
        h2 { (label::REGIONS) }
        @if profile.terms.is_empty() { p { (words::nothing_served(&partner.name, site.as_of)) } }
        @else { ul.links { @for term in &profile.terms { li { (region_term(term)) } } } }
        p { a href=(links::PARTNERS) { (label::PARTNERS) } }
    };
    let description = format!("{}: a partner of the {}. {}.", partner.name, site.program.name, words::courses_label(&courses));
    Page::new(partner.name.to_string(), description, links::partner(&partner.id), body).within(Section::Partners)
}

/// The map and its legend without a page around them, to be put into other pages.
pub fn fragment(map: &Markup, site: &Site) -> Markup {
    html! {
        section.embedded-map {
            (map)
            p { (site.geography.attribution) " " (words::generation_line(site.as_of, site.generation)) }
        }
    }
}

pub(super) fn map_section(map: &Markup) -> Markup {
    html! {
        section.map aria-labelledby="map" {
            h2 #map { (label::MAP) }
            (map)
        }
    }
}

fn about_data(site: &Site) -> Markup {
    html! {
        p.source { (label::DATA) ": " (site.geography.name) ". " (words::generation_line(site.as_of, site.generation)) }
    }
}

fn region_term(term: &RegionTerm) -> Markup {
    html! {
        a href=(links::region(&term.region)) { (term.name) }
        @if term.role == Role::Funding { " " span.tag { (label::FUNDING) } }
        @if let Some(day) = term.starts_on { " " span.tag { (words::from_day(day)) } }
        @if let Some(day) = term.ends_on { " " span.tag { (words::until_day(day)) } }
    }
}
