//! A map as a card: the picture that stands beside a link that somebody shares.

use maud::{Markup, html};

use super::{
    Pen, Setting, defs, layers,
    paint::{INK, LINE, PAPER, Palette},
};
use crate::atlas::Map;

/// Ids of the document start with this.
const PREFIX: &str = "card";
/// Width and height, in pixels: what the large social networks cut nothing off.
pub const CARD: [u32; 2] = [1200, 630];
/// Where the map is on it: left end, upper end, width, height.
const ROOM: [u32; 4] = [380, 24, 796, 582];
/// Letters in a line of the headline, and of the text below it.
const HEADLINE: usize = 15;
const TEXT: usize = 30;

/// The map as a card of 1200 by 630 pixels, as an SVG document: beside it the program, the place within the country
/// that it is about, and its counts.
pub fn card(map: &Map, within: Option<&str>, setting: &Setting) -> Markup {
    let Setting { words, way, theme, target } = setting;
    let palette = Palette::Plain(*theme);
    let pen = Pen { prefix: PREFIX, palette, words, way, target: *target };
    let ([width, height], [x, y, room_width, room_height]) = (CARD, ROOM);
    let headline = broken(&map.program, HEADLINE);
    let place = within.map(|place| broken(place, TEXT)).unwrap_or_default();
    let below = 104 + 50 * headline.len();
    let text = below + 40 * place.len();
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height)
            font-family="system-ui,sans-serif" fill=(palette.colour(INK)) {
            title { (words.map_title(map)) }
            (defs::patterns(map, PREFIX, palette))
            rect width=(width) height=(height) fill=(palette.colour(PAPER)) {}
            g font-size="42" font-weight="700" { (lines(&headline, 84, 50)) }
            g font-size="30" font-weight="700" { (lines(&place, below, 40)) }
            g font-size="24" { (lines(&broken(&words.map_card(map), TEXT), text, 34)) }
            text x="40" y="594" font-size="17" fill=(palette.colour(LINE)) { (words.map_day(map)) }
            svg x=(x) y=(y) width=(room_width) height=(room_height) viewBox={ "0 0 " (map.size[0]) " " (map.size[1]) } {
                (layers::all(map, &pen))
            }
        }
    }
}

fn lines(lines: &[String], first: usize, step: usize) -> Markup {
    html! { @for (y, line) in (first..).step_by(step).zip(lines) { text x="40" y=(y) { (line) } } }
}

/// Text in lines of no more than so many letters, where its words allow it.
fn broken(text: &str, most: usize) -> Vec<String> {
    text.split_whitespace().fold(Vec::new(), |mut lines: Vec<String>, word| {
        match lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < most) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
        lines
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words_alone() {
        assert_eq!(broken("Regional Partner Program (sample)", 17), ["Regional Partner", "Program (sample)"]);
        assert_eq!(broken("Donaudampfschifffahrt ahoi", 5), ["Donaudampfschifffahrt", "ahoi"]);
    }
}
