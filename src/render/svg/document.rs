//! A map as a document of its own, with its legend and sources.

use maud::{Markup, html};

use super::{
    Pen, defs, layers,
    paint::{ALL, INK, LINE, PAPER, Palette},
};
use crate::{
    atlas::Map,
    render::{links::Way, number::Number, words::Words},
};

/// Ids of the document start with this.
const PREFIX: &str = "map";
/// Height of the headline, of a row of the legend and of the line below it, in units.
const HEADLINE: i32 = 64;
const ROW: i32 = 40;
const FOOT: i32 = 44;
/// Columns of the legend.
const COLUMNS: i32 = 3;

/// The map as an SVG document: with its title, legend and attribution, plain colours, and dark ones where the
/// viewer prefers them.
pub fn document(map: &Map, words: &Words, way: &Way) -> Markup {
    let pen = Pen { prefix: PREFIX, palette: Palette::Plain, words, way };
    let [width, height] = map.size;
    let rows = ((map.partners.len() + map.legend.len()) as i32 + COLUMNS - 1) / COLUMNS;
    let total = HEADLINE + height + rows * ROW + FOOT;
    let pixels = |units: i32| Number::new(f64::from(units) / 2.0, 1);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (total) } width=(pixels(width)) height=(pixels(total))
            role="group" lang=(words.language().tag()) aria-labelledby="map-title" aria-describedby="map-desc" font-family="system-ui,sans-serif" {
            title id="map-title" { (words.map_title(map)) }
            desc id="map-desc" { (words.map_description(map)) }
            style { (dark_style()) }
            (defs::patterns(map, PREFIX, Palette::Plain))
            rect.map-paper-ground width=(width) height=(total) fill=(PAPER.light) {}
            text.map-ink x="24" y="42" font-size="30" font-weight="600" fill=(INK.light) { (words.map_title(map)) }
            g transform={ "translate(0 " (HEADLINE) ")" } { (layers::all(map, &pen)) }
            g transform={ "translate(0 " (HEADLINE + height + 8) ")" } { (legend(map, width, words)) }
            text.map-line x="24" y=(total - 16) font-size="18" fill=(LINE.light) {
                (words.map_foot(map))
            }
        }
    }
}

fn legend(map: &Map, width: i32, words: &Words) -> Markup {
    let column = (width - 48) / COLUMNS;
    let place = |i: usize| (24 + column * (i as i32 % COLUMNS), ROW * (i as i32 / COLUMNS));
    html! {
        g.map-ink font-size="20" fill=(INK.light) {
            @for (i, shown) in map.partners.iter().enumerate() {
                @let (x, y) = place(i);
                g transform={ "translate(" (x) " " (y) ")" } {
                    (defs::partner_sample(shown.look, PREFIX, Palette::Plain))
                    text x="48" y="19" { (shown.name) }
                }
            }
            @for (i, entry) in (map.partners.len()..).zip(&map.legend) {
                @let (x, y) = place(i);
                g transform={ "translate(" (x) " " (y) ")" } {
                    (defs::sample(*entry, PREFIX, Palette::Plain))
                    text x="48" y="19" { (words.legend(*entry)) }
                }
            }
        }
    }
}

/// Rules that exchange every colour for its dark one; attributes give way to them.
fn dark_style() -> String {
    let rules = ALL.iter().flat_map(|paint| {
        let of = |attribute: &str| format!("[{attribute}=\"{}\"]{{{attribute}:{}}}", paint.light, paint.dark);
        [of("fill"), of("stroke")]
    });
    format!("@media (prefers-color-scheme:dark){{{}}}", rules.collect::<String>())
}
