use maud::{Markup, html};

use super::{Page, Site};
use crate::render::{links, svg};

/// What a page says about itself to those who show links to it: Open Graph data with a picture of the map, and where the map
/// in it can be had.
///
/// Where the site's own address is not known, what needs a whole one is left out: a page is the same whoever asks for it, so the
/// address of a request is no part of it.
pub fn head(page: &Page, site: &Site) -> Markup {
    let base = site.public_url;
    let own = page.address(site, site.way.language);
    let picture = page.picture.as_deref().unwrap_or(links::CARD);
    let [width, height] = svg::CARD;
    html! {
        meta property="og:type" content="website";
        meta property="og:site_name" content=(site.program.name);
        meta property="og:title" content=(page.title);
        meta property="og:description" content=(page.description);
        meta property="og:locale" content=(site.way.language.tag());
        @if !base.is_empty() { meta property="og:url" content=(own); }
        @if !base.is_empty() {
            meta property="og:image" content={ (base) (site.way.to(picture)) };
            meta property="og:image:width" content=(width);
            meta property="og:image:height" content=(height);
            meta property="og:image:alt" content=(site.words().text("heading-map"));
            meta name="twitter:card" content="summary_large_image";
        }
        @if page.picture.is_some() && !base.is_empty() {
            @for (form, media_type) in [("json", "application/json+oembed"), ("xml", "text/xml+oembed")] {
                link rel="alternate" type=(media_type) title=(page.title) href=(oembed(&own, form));
            }
        }
    }
}

fn oembed(url: &str, form: &str) -> String {
    format!("{}?url={}&format={form}", links::OEMBED, links::encoded(url))
}
