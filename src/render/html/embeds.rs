use maud::{DOCTYPE, Markup, html};

use super::{Site, figure::figure_with};
use crate::{
    atlas::Map,
    render::{
        links,
        svg::{Setting, Theme},
    },
};

/// What a piece for other people's pages has in it, besides the map.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// All ids in it start with this.
    pub prefix: &'a str,
    /// Light or dark.
    pub theme: Theme,
    /// Whether a search form stands above the map.
    pub search: bool,
    /// Whether it fetches its style.
    pub styled: bool,
    /// Where the links of the map open, where that is not the page that it is in: `<base>` says nothing to SVG.
    pub target: Option<&'static str>,
}

/// The map and its legend without a page around them, to be put into other pages.
pub fn fragment(map: &Map, piece: &Piece, site: &Site) -> Markup {
    let Piece { prefix, theme, .. } = *piece;
    let setting = Setting { theme, target: piece.target, ..site.setting() };
    let words = &setting.words;
    let theme = named(theme);
    html! {
        section.coverage-map lang=(words.language().tag()) data-theme=[theme] aria-label=(words.text("heading-map")) {
            @if piece.styled { link rel="stylesheet" href={ (site.way.base) (links::EMBED_STYLE) }; }
            @if piece.search { (search(prefix, site)) }
            (figure_with(map, prefix, &setting))
            p.map-source {
                a href=(site.way.to(links::PARTNERS)) { (words.text("map-open")) } ". "
                (site.geography.attribution) " " (words.as_of(site.as_of, site.generation))
            }
        }
    }
}

/// A theme by its name, where it is said.
fn named(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::Auto => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    }
}

/// A search form whose answer is a page of this site.
fn search(prefix: &str, site: &Site) -> Markup {
    let words = site.words();
    let (way, id) = (&site.way, format!("{prefix}-q"));
    html! {
        form.search role="search" action={ (way.base) (links::prefixed(way.language, links::PARTNERS)) } method="get" {
            label for=(id) { (words.text("search")) }
            div.field {
                input id=(id) type="search" name="q" autocomplete="postal-code" spellcheck="false" maxlength="400"
                    enterkeyhint="search" placeholder=(words.text("search-zip"));
            }
            @if let Some(course) = way.course { input type="hidden" name="course" value=(course); }
            @if let Some(day) = way.as_of { input type="hidden" name="as_of" value=(day); }
            button type="submit" { (words.text("search-button")) }
        }
        p.map-answer role="status" data-more=(words.text("search-more")) {}
    }
}

/// The map as a document for frames: its links lead out of them.
pub fn frame(map: &Map, piece: &Piece, site: &Site) -> Markup {
    let words = site.words();
    html! {
        (DOCTYPE)
        html.map-frame-page lang=(words.language().tag()) data-theme=[named(piece.theme)] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (words.map_title(map)) }
                meta name="robots" content="noindex";
                meta name="color-scheme" content=(named(piece.theme).unwrap_or("light dark"));
                base target="_top";
                link rel="icon" type="image/svg+xml" href=(site.icon);
                link rel="stylesheet" href=(links::EMBED_STYLE);
                script src=(site.script) defer {}
            }
            body { main { (fragment(map, piece, site)) } }
        }
    }
}
