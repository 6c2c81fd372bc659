//! What the service fills into the pages of the program.

use maud::{Markup, html};

use super::{
    Search, Site, apply,
    article::{Filling, address},
    directory, versions,
};
use crate::{
    domain::{Block, ProgramPage, Target},
    render::links,
};

/// What a block puts on the page.
pub fn block(block: &Block, site: &Site, filling: &Filling) -> Markup {
    let words = site.words();
    html! {
        @match block {
            Block::PartnerMap(state) => @for (_, map) in filling.maps.iter().filter(|(of, _)| of == state) { (map) },
            Block::PartnerList => @if let Some(directory) = &filling.directory { (directory::by_state(&directory.states, site)) },
            Block::Counts => @if let Some(directory) = &filling.directory {
                p.counts { (words.counts_on(directory.counts, None, site.as_of)) }
            },
            Block::Search => (Search::default().form(site)),
            Block::RegionCheck => @if filling.asked.is_none() { (apply::form(site, "")) },
            Block::Season => (apply::season(site, filling.asked.as_ref())),
            Block::Contact => (contact(site)),
            Block::Versions => @if let Some(page) = filling.page { (versions::list(site, page)) },
            Block::Top => p.to-top { a href="#top" { (words.text("to-top")) } },
            Block::Anchor(name) => span #(name) {},
            Block::Button(to, text) => p { a.button href=(address(to, site)) { (text) } },
            Block::Video(to, text) => (video(to, text, site)),
        }
    }
}

/// What was asked on the way to apply, and its answer: above everything else.
pub fn answered(site: &Site, page: &ProgramPage, filling: &Filling) -> Markup {
    html! {
        @if let Some(asked) = filling.asked.as_ref().filter(|_| page.name.as_str() == links::APPLY.trim_start_matches('/')) {
            (apply::answered(site, asked))
        }
    }
}

/// Whether what the page says is of use to who asked: how to apply, say, for a region that is open.
pub fn leaves_room(filling: &Filling) -> bool {
    filling.asked.as_ref().is_none_or(apply::Asked::may_apply)
}

/// Whom to ask.
pub fn contact(site: &Site) -> Markup {
    let contact = &site.program.contact;
    let team = site.words().text("program-team");
    html! {
        p.contact {
            @match (&contact.name, &contact.email) {
                (Some(name), Some(email)) => { (name) ": " a href=(links::mail(email)) { (email) } },
                (None, Some(email)) => a href=(links::mail(email)) { (email) },
                (name, None) => (name.as_deref().unwrap_or(&team)),
            }
        }
    }
}

/// A picture of our own that leads to the site of the video: nothing is loaded from there before.
fn video(to: &Target, text: &str, site: &Site) -> Markup {
    let address = address(to, site);
    let host = address.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned());
    html! {
        p.video {
            a href=(address) {
                svg.poster viewBox="0 0 320 180" aria-hidden="true" focusable="false" {
                    rect.poster-back width="320" height="180" rx="10" {}
                    circle.poster-disc cx="160" cy="90" r="38" {}
                    path.poster-sign d="M147 68v44l38-22z" {}
                }
                span { (text) @if let Some(host) = &host { " " span.hint { "(" (host) ")" } } }
            }
        }
    }
}
