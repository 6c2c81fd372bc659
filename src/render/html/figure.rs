use maud::{Markup, html};

use crate::{
    atlas::Map,
    render::{svg, words::label},
};

/// Ids within the map start with this.
const PREFIX: &str = "partner-map";

/// A map with its legend below it.
pub fn figure(map: &Map) -> Markup {
    html! {
        figure.map-figure {
            (svg::inline(map, PREFIX))
            figcaption {
                ul.legend aria-label=(label::LEGEND) {
                    @for entry in &map.legend { li { (svg::swatch(*entry, PREFIX)) " " (svg::words::legend(*entry)) } }
                }
            }
        }
    }
}
