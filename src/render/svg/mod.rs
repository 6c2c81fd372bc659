//! A map as SVG: inside a page, or as a document of its own.
//!
//! No `style=`, no script: colours are presentation attributes, and inside a page custom properties with a
//! fallback (`fill="var(--map-area-1,#79a3d9)"`), so that it works under a strict Content-Security-Policy and a
//! page can set its own. Links and tooltips need no JavaScript.

mod card;
mod defs;
mod document;
mod layers;
pub mod paint;
mod path;
mod views;

use maud::{Markup, html};

use self::paint::Palette;
pub use self::{
    card::{CARD, card},
    document::{dark_style, document},
    paint::Theme,
};
use crate::{
    atlas::{LegendEntry, Link, Map, Shown},
    render::{links::Way, words::Words},
};

/// Where a map is put: the words of that place, where its links lead, and its colours.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting<'a> {
    /// The words.
    pub words: Words<'a>,
    /// What the links keep.
    pub way: Way<'a>,
    /// Light or dark.
    pub theme: Theme,
    /// Where its links open, where that is not the document that it is in.
    pub target: Option<&'static str>,
}

/// What a map is drawn with, besides the map: how its ids start, its colours, its words and where its links lead.
#[derive(Clone, Copy)]
struct Pen<'a> {
    prefix: &'a str,
    palette: Palette,
    words: &'a Words<'a>,
    way: &'a Way<'a>,
    target: Option<&'static str>,
}

impl Pen<'_> {
    /// A reference to something in the `defs` of the map.
    fn reference(&self, name: &str) -> String {
        reference(self.prefix, name)
    }

    /// The address of a page on this site.
    fn href(&self, link: &Link) -> String {
        href(link, self.way)
    }
}

/// The address of the page that a link of a map leads to.
pub fn href(link: &Link, way: &Way) -> String {
    match link {
        Link::Partner(id) => way.partner(id),
        Link::Region(id) => way.region(id),
    }
}

/// The map as an element of a page; all ids in it start with the prefix.
pub fn inline(map: &Map, prefix: &str, setting: &Setting) -> Markup {
    let Setting { words, way, theme, target } = setting;
    let pen = Pen { prefix, palette: Palette::Themed(*theme), words, way, target: *target };
    let [width, height] = map.size;
    let (title, description) = (format!("{prefix}-title"), format!("{prefix}-desc"));
    html! {
        svg class={ "partner-map " (if map.is_whole { "map-whole" } else { "map-zoomed" }) } id=(prefix) xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } role="group"
            aria-labelledby=(title) aria-describedby=(description)
            font-family="system-ui,sans-serif" data-views=(views::Views(&map.views)) {
            title id=(title) { (words.map_title(map)) }
            desc id=(description) { (words.map_description(map)) }
            (defs::patterns(map, prefix, pen.palette))
            (layers::all(map, &pen))
        }
    }
}

/// A sample for a line of the legend, as an element of a page that has the map with this prefix in it.
pub fn swatch(entry: LegendEntry, prefix: &str, theme: Theme) -> Markup {
    html! {
        svg.map-swatch viewBox="0 0 36 24" width="36" height="24" aria-hidden="true" focusable="false" {
            (defs::sample(entry, prefix, Palette::Themed(theme)))
        }
    }
}

/// A sample of how partners look, as an element of a page that has the map with this prefix in it.
pub fn partner_swatch(shown: &Shown, prefix: &str, theme: Theme) -> Markup {
    html! {
        svg.map-swatch viewBox="0 0 36 24" width="36" height="24" aria-hidden="true" focusable="false" {
            (defs::partner_sample(shown.look, prefix, Palette::Themed(theme)))
        }
    }
}

/// A reference to something in the `defs` of the map with a prefix.
fn reference(prefix: &str, name: &str) -> String {
    format!("url(#{prefix}-{name})")
}
