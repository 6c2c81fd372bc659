//! A map as a document of its own, with its legend and sources.

use maud::{Markup, html};

use super::{
    Pen, Setting, defs, layers,
    paint::{ALL, INK, LINE, PAPER, Palette, Theme},
};
use crate::{
    atlas::{Map, Numbered},
    render::number::Number,
};

/// Ids of the document start with this.
const PREFIX: &str = "map";
/// Height of the headline, of a row of the legend and of the line below it, in units.
const HEADLINE: i32 = 64;
const ROW: i32 = 40;
const FOOT: i32 = 44;
/// Columns of the legend.
const COLUMNS: i32 = 3;

/// The map as an SVG document: with its title, legend and attribution, in plain colours; where the theme leaves it
/// open, in dark ones for viewers who prefer them.
pub fn document(map: &Map, setting: &Setting) -> Markup {
    let Setting { words, way, theme, target } = setting;
    let palette = Palette::Plain(*theme);
    let pen = Pen { prefix: PREFIX, palette, words, way, target: *target };
    let [width, height] = map.size;
    let rows = ((map.partners.len() + map.legend.len()) as i32 + COLUMNS - 1) / COLUMNS;
    let total = HEADLINE + height + rows * ROW + FOOT;
    let pixels = |units: i32| Number::new(f64::from(units) / 2.0, 1);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (total) } width=(pixels(width)) height=(pixels(total))
            role="group" lang=(words.language().tag()) aria-labelledby="map-title" aria-describedby="map-desc" font-family="system-ui,sans-serif" {
            title id="map-title" { (words.map_title(map)) }
            desc id="map-desc" { (words.map_description(map)) }
            @if *theme == Theme::Auto { style { (dark_style()) } }
            (defs::patterns(map, PREFIX, palette))
            rect.map-paper-ground width=(width) height=(total) fill=(palette.colour(PAPER)) {}
            text.map-ink x="24" y="42" font-size="30" font-weight="600" fill=(palette.colour(INK)) { (words.map_title(map)) }
            g transform={ "translate(0 " (HEADLINE) ")" } { (layers::all(map, &pen)) }
            g transform={ "translate(0 " (HEADLINE + height + 8) ")" } { (legend(map, width, &pen)) }
            text.map-line x="24" y=(total - 16) font-size="18" fill=(palette.colour(LINE)) {
                (words.map_foot(map))
            }
        }
    }
}

fn legend(map: &Map, width: i32, pen: &Pen) -> Markup {
    let palette = pen.palette;
    let column = (width - 48) / COLUMNS;
    let place = |i: usize| (24 + column * (i as i32 % COLUMNS), ROW * (i as i32 / COLUMNS));
    html! {
        g.map-ink font-size="20" fill=(palette.colour(INK)) {
            @for (i, shown) in map.partners.iter().enumerate() {
                @let (x, y) = place(i);
                g transform={ "translate(" (x) " " (y) ")" } {
                    (defs::partner_sample(shown.look, PREFIX, palette))
                    text x="48" y="19" { @if map.numbered(i) == Some(Numbered::Always) { (i + 1) " · " } (shown.name) }
                }
            }
            @for (i, entry) in (map.partners.len()..).zip(&map.legend) {
                @let (x, y) = place(i);
                g transform={ "translate(" (x) " " (y) ")" } {
                    (defs::sample(*entry, PREFIX, palette))
                    text x="48" y="19" { (pen.words.legend(*entry)) }
                }
            }
        }
    }
}

/// Rules that exchange every colour for its dark one; attributes give way to them.
pub fn dark_style() -> String {
    let rules = ALL.iter().flat_map(|paint| {
        let of = |attribute: &str| format!("[{attribute}=\"{}\"]{{{attribute}:{}}}", paint.light, paint.dark);
        [of("fill"), of("stroke")]
    });
    format!("@media (prefers-color-scheme:dark){{{}}}", rules.collect::<String>())
}
