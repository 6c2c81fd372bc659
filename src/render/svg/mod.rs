//! A map as SVG: inside a page, or as a document of its own.
//!
//! No `style=`, no script: colours are presentation attributes, and inside a page custom properties with a
//! fallback (`fill="var(--map-area-1,#79a3d9)"`), so that it works under a strict Content-Security-Policy and a
//! page can set its own. Links and tooltips need no JavaScript.

mod defs;
mod document;
mod layers;
pub mod paint;
mod path;
pub mod words;

use maud::{Markup, html};

pub use self::document::document;
use self::paint::Palette;
use crate::{
    atlas::{LegendEntry, Link, Map},
    render::links,
};

/// The map as an element of a page; all ids in it start with the prefix.
pub fn inline(map: &Map, prefix: &str) -> Markup {
    let [width, height] = map.size;
    let (title, description) = (format!("{prefix}-title"), format!("{prefix}-desc"));
    html! {
        svg.partner-map id=(prefix) xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } role="group"
            aria-labelledby=(title) aria-describedby=(description)
            font-family="system-ui,sans-serif" {
            title id=(title) { (words::title(map)) }
            desc id=(description) { (words::description(map)) }
            (defs::patterns(prefix, Palette::Themed))
            (layers::all(map, prefix, Palette::Themed))
        }
    }
}

/// A sample for a line of the legend, as an element of a page that has the map with this prefix in it.
pub fn swatch(entry: LegendEntry, prefix: &str) -> Markup {
    html! {
        svg.map-swatch viewBox="0 0 36 24" width="36" height="24" aria-hidden="true" focusable="false" {
            (defs::sample(entry, prefix, Palette::Themed))
        }
    }
}

/// A reference to something in the `defs` of the map with a prefix.
fn reference(prefix: &str, name: &str) -> String {
    format!("url(#{prefix}-{name})")
}

/// The address of a page on this site.
fn href(link: &Link) -> String {
    match link {
        Link::Partner(id) => links::partner(id),
        Link::Region(id) => links::region(id),
    }
}
