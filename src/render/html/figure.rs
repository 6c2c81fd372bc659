use maud::{Markup, html};

use super::Site;
use crate::{atlas::Map, render::svg};

/// Ids within the map start with this.
const PREFIX: &str = "partner-map";

/// A map with its legend below it.
pub fn figure(map: &Map, site: &Site) -> Markup {
    let words = site.words();
    html! {
        figure.map-figure {
            (svg::inline(map, PREFIX, &words, &site.way))
            figcaption {
                ul.legend aria-label=(words.text("map-legend")) {
                    @for shown in &map.partners {
                        li { (svg::partner_swatch(shown, PREFIX)) " " a href=(svg::href(&shown.link, &site.way)) { (shown.name) } }
                    }
                    @for entry in &map.legend { li { (svg::swatch(*entry, PREFIX)) " " (words.legend(*entry)) } }
                }
            }
        }
    }
}
