use maud::{Markup, html};

use super::Site;
use crate::{
    atlas::{Map, Numbered},
    census::StateCode,
    render::svg::{self, Setting},
};

/// Ids within the map of a page start with this.
const PREFIX: &str = "partner-map";

/// The buttons that move a map: their names, the messages that say what they do, and what is written on them.
const MOVES: [(&str, &str, &str); 7] = [
    ("in", "map-in", "+"),
    ("out", "map-out", "−"),
    ("whole", "map-whole", "⤢"),
    ("north", "map-north", "↑"),
    ("west", "map-west", "←"),
    ("east", "map-east", "→"),
    ("south", "map-south", "↓"),
];

/// The map of a page, with its legend below it.
pub fn figure(map: &Map, site: &Site) -> Markup {
    figure_with(map, PREFIX, &site.setting())
}

/// The map of the country or of a state, on a page that may hold several.
pub fn block_figure(map: &Map, state: Option<StateCode>, site: &Site) -> Markup {
    match state {
        None => figure(map, site),
        Some(code) => figure_with(map, &format!("{PREFIX}-{code}"), &site.setting()),
    }
}

/// A map with its legend below it, all of whose ids start with a prefix. What only a script can do is hidden until one
/// shows it.
pub fn figure_with(map: &Map, prefix: &str, setting: &Setting) -> Markup {
    let words = &setting.words;
    html! {
        figure.map-figure {
            // Past more than a hundred links; in a frame it must not leave it.
            a.map-skip href={ "#" (prefix) "-legend" } target="_self" { (words.text("map-skip")) }
            div.map-view { (svg::inline(map, prefix, setting)) }
            div.map-tools role="group" aria-label=(words.text("map-tools")) hidden {
                @for (name, message, sign) in MOVES {
                    @let says = words.text(message);
                    button type="button" data-move=(name) aria-label=(says) title=(says) { span aria-hidden="true" { (sign) } }
                }
            }
            p.map-details aria-hidden="true" hidden { (words.text("map-hint")) }
            figcaption {
                ul.legend id={ (prefix) "-legend" } tabindex="-1" aria-label=(words.text("map-legend")) {
                    @for (place, shown) in map.partners.iter().enumerate() {
                        li {
                            (svg::partner_swatch(shown, prefix, setting.theme)) " "
                            (number(map, place))
                            a href=(svg::href(&shown.link, &setting.way)) target=[setting.target] { (shown.name) }
                        }
                    }
                    @for entry in &map.legend { li { (svg::swatch(*entry, prefix, setting.theme)) " " (words.legend(*entry)) } }
                }
            }
        }
    }
}

/// The number of a line of the legend, where a label on the map says no more than that.
fn number(map: &Map, place: usize) -> Markup {
    let class = match map.numbered(place) {
        None => return html! {},
        Some(Numbered::WhenNarrow) => "map-number",
        Some(Numbered::Always) => "map-number is-always",
    };
    html! { span class=(class) { (place + 1) } " " }
}
