//! The layers of a map, from the ground up.

use maud::{Markup, html};

use super::{
    Pen, defs,
    paint::{Fill, INK, LAND, LINE, PAPER, Palette, fill_of},
    path::{Rings, Strokes},
};
use crate::{
    atlas::{Frame, GridPoint, Label, LabelKind, Lines, Map, MapArea, Narrow, Rect, Shape, Town, ZipDot},
    render::number::Number,
};

/// Size of letters, in units.
const STATE_LETTERS: i32 = 22;
const PARTNER_LETTERS: i32 = 25;
const TOWN_LETTERS: i32 = 21;

/// A layer's stroke: width in pixels, opacity.
struct Stroke {
    class: &'static str,
    colour: super::paint::Paint,
    width: &'static str,
}

/// Everything that is drawn.
pub(super) fn all(map: &Map, pen: &Pen) -> Markup {
    let palette = pen.palette;
    let drawn = html! {
        (ground(&map.surroundings, palette))
        @for area in &map.areas { (area_link(area, pen)) }
        (some_zips(&map.some_zips, pen))
        (borders(map, palette))
        @if let Some(focus) = &map.focus { (veil(focus, map.size, palette)) (outline(focus, palette)) }
    };
    html! {
        // Where a page makes the map wider than its sheet, what lies beyond the sheet is not to be seen.
        @if map.is_whole { (drawn) } @else { g clip-path=(pen.reference("sheet")) { (drawn) } }
        @for frame in &map.frames { (frame_of(frame, pen)) }
        (zips(&map.zips, pen))
        (towns(&map.towns, palette))
        (labels(&map.labels, pen))
        @if let Some([x, y]) = map.pin {
            g.map-pin transform={ "translate(" (x) " " (y) ")" } pointer-events="none" { (defs::pin(palette)) }
        }
        @for mark in &map.marks {
            g.map-mark transform={ "translate(" (mark.at[0]) " " (mark.at[1]) ")" } pointer-events="none" {
                (defs::mark(mark.kind, palette))
            }
        }
    }
}

fn ground(shape: &Shape, palette: Palette) -> Markup {
    html! {
        @if !shape.rings.is_empty() { path.map-land fill=(palette.colour(LAND)) d=(Rings(&shape.rings)) {} }
    }
}

fn area_link(area: &MapArea, pen: &Pen) -> Markup {
    let text = pen.words.map_area(area);
    let shape = html! { title { (text) } path d=(Rings(&area.shape.rings)) {} };
    let link = pen.href(&area.link);
    html! {
        @match fill_of(area.look) {
            Fill::Colour(paint) => {
                a class={ "map-area map-" (paint.name) } href=(link) target=[pen.target] aria-label=(text) fill=(pen.palette.colour(paint)) { (shape) }
            }
            Fill::Pattern(name) => {
                a class={ "map-area map-" (name) } href=(link) target=[pen.target] aria-label=(text) fill=(pen.reference(&name)) { (shape) }
            }
        }
    }
}

fn some_zips(shape: &Shape, pen: &Pen) -> Markup {
    html! {
        @if !shape.rings.is_empty() {
            path.map-zips fill=(pen.reference("zips")) stroke=(pen.palette.colour(INK)) stroke-width="2" stroke-dasharray="3 4"
                pointer-events="none" d=(Rings(&shape.rings)) {}
        }
    }
}

fn borders(map: &Map, palette: Palette) -> Markup {
    let borders = &map.borders;
    let thin = |class, width| Stroke { class, colour: LINE, width };
    let casing = |class, width| Stroke { class, colour: PAPER, width };
    html! {
        g.map-borders fill="none" stroke-linejoin="round" stroke-linecap="round" pointer-events="none" {
            (strokes(&borders.county, &thin("map-county", "0.4"), palette))
            (strokes(&borders.state, &thin("map-state", "0.8"), palette))
            // A border between partners is a light band with a line in it: on hatching, too, it is one.
            (strokes(&borders.partner, &casing("map-casing", "3"), palette))
            (strokes(&borders.partner, &thin("map-partner", "1"), palette))
            (strokes(&borders.partner_and_state, &thin("map-both", "1.2"), palette))
            (strokes(&borders.outer, &thin("map-outer", "0.8"), palette))
        }
    }
}

/// Lines of one rank. In a page their width does not change with the size of the map.
fn strokes(lines: &Lines, stroke: &Stroke, palette: Palette) -> Markup {
    let colour = palette.colour(stroke.colour);
    html! {
        @if !lines.is_empty() {
            @match palette {
                Palette::Themed(_) => {
                    path class=(stroke.class) stroke=(colour) stroke-width=(stroke.width) vector-effect="non-scaling-stroke"
                        d=(Strokes(lines)) {}
                }
                Palette::Plain(_) => {
                    path class=(stroke.class) stroke=(colour) stroke-width=(doubled(stroke.width)) d=(Strokes(lines)) {}
                }
            }
        }
    }
}

/// Pixels as units.
fn doubled(pixels: &str) -> Number {
    Number::new(pixels.parse().unwrap_or(1.0) * 2.0, 1)
}

/// What makes everything pale that does not stand out.
fn veil(shape: &Shape, [width, height]: [i32; 2], palette: Palette) -> Markup {
    html! {
        path.map-veil fill=(palette.colour(PAPER)) fill-opacity="0.55" fill-rule="evenodd" pointer-events="none"
            d={ "M0 0H" (width) "V" (height) "H0zM0 0" (Rings(&shape.rings)) } {}
    }
}

/// A dot for each ZIP with a partner of its own; they are no targets, the counties below them are.
fn zips(zips: &[ZipDot], pen: &Pen) -> Markup {
    html! {
        @if !zips.is_empty() {
            g.map-zip-dots {
                @for zip in zips {
                    g transform={ "translate(" (zip.at[0]) " " (zip.at[1]) ")" } {
                        title { (pen.words.map_zip(zip)) }
                        (defs::zip_dot(zip.look, pen.palette))
                    }
                }
            }
        }
    }
}

/// Towns, for those who see the map: they are no part of what it says.
fn towns(towns: &[Town], palette: Palette) -> Markup {
    html! {
        @if !towns.is_empty() {
            g.map-towns aria-hidden="true" pointer-events="none" font-size=(TOWN_LETTERS) fill=(palette.colour(INK))
                stroke=(palette.colour(PAPER)) stroke-width="4" stroke-opacity="0.7" stroke-linejoin="round" paint-order="stroke" {
                @for town in towns { (town_of(town)) }
            }
        }
    }
}

fn town_of(town: &Town) -> Markup {
    let ([x, y], rect) = (town.at, &town.rect);
    let (anchor, at, height, shift) = match (rect.x > x, rect.x + rect.width < x, rect.y < y) {
        (true, ..) => ("start", rect.x, y, "0.35em"),
        (_, true, _) => ("end", rect.x + rect.width, y, "0.35em"),
        (.., true) => ("middle", x, rect.y + rect.height, "-0.2em"),
        (.., false) => ("middle", x, rect.y, "0.9em"),
    };
    html! {
        g.map-tight[!town.has_room_when_narrow] {
            circle cx=(x) cy=(y) r="4" {}
            text x=(at) y=(height) dy=(shift) text-anchor=(anchor) { (town.name) }
        }
    }
}

fn outline(shape: &Shape, palette: Palette) -> Markup {
    html! {
        path.map-focus fill="none" stroke=(palette.colour(INK)) stroke-width="2" vector-effect="non-scaling-stroke"
            stroke-linejoin="round" pointer-events="none"
            d=(Rings(&shape.rings)) {}
    }
}

fn frame_of(frame: &Frame, pen: &Pen) -> Markup {
    let palette = pen.palette;
    let rect = &frame.rect;
    let name = html! {
        @for (y, line) in (rect.y + 24..).step_by(22).zip(&frame.lines) { text.map-wide x=(rect.x + 12) y=(y) font-size="18" { (line) } }
        g.map-narrow font-size="50" font-weight="600" display="none" aria-hidden="true" {
            @for (y, line) in (frame.codes_at[1] + 42..).step_by(50).zip(&frame.codes) { text x=(frame.codes_at[0]) y=(y) { (line) } }
        }
    };
    html! {
        g.map-frame fill=(palette.colour(INK)) {
            rect x=(rect.x) y=(rect.y) width=(rect.width) height=(rect.height) rx="8" fill="none"
                stroke=(palette.colour(LINE)) stroke-opacity="0.55" stroke-width="1.5" pointer-events="none" {}
            @if let Some(link) = &frame.link { a href=(pen.href(link)) target=[pen.target] aria-label=(named_with(&frame.codes.join(" "), &frame.name)) { (name) } } @else { (name) }
        }
    }
}

fn labels(labels: &[Label], pen: &Pen) -> Markup {
    let palette = pen.palette;
    html! {
        g.map-labels text-anchor="middle" fill=(palette.colour(INK)) stroke=(palette.colour(PAPER)) stroke-width="4"
            stroke-opacity="0.7" stroke-linejoin="round" paint-order="stroke" {
            @for label in labels { (label_link(label, pen)) }
        }
    }
}

fn label_link(label: &Label, pen: &Pen) -> Markup {
    let (size, weight, kind) = match label.kind {
        LabelKind::State => (STATE_LETTERS, "600", "map-state-label"),
        LabelKind::Partner => (PARTNER_LETTERS, "500", "map-partner-label"),
    };
    let tier = match label.narrow {
        Narrow::Hidden => "map-tight",
        Narrow::Whole => "map-roomy",
        Narrow::Number => "map-numbered",
        Narrow::Beyond { .. } => "map-moved",
    };
    let rect = &label.rect;
    html! {
        a class={ (kind) " " (tier) } href=(pen.href(&label.link)) target=[pen.target] aria-label=(spoken(label)) font-size=(size) font-weight=(weight) {
            @if let Some([[x0, y0], [x1, y1]]) = label.leader {
                path.map-leader d={ "M" (x0) " " (y0) "L" (x1) " " (y1) } stroke=(pen.palette.colour(LINE)) stroke-width="1.5"
                    stroke-opacity="1" {}
            }
            rect x=(rect.x) y=(rect.y) width=(rect.width) height=(rect.height) fill="none" stroke="none" pointer-events="all" {}
            (letters_of(label))
            @if let Narrow::Beyond { rect, line } = label.narrow { (beyond(label, &rect, line, pen)) }
        }
    }
}

/// A label as a narrow screen shows it beyond the land; a stylesheet makes box and letters large.
fn beyond(label: &Label, rect: &Rect, [[x0, y0], [x1, y1]]: [GridPoint; 2], pen: &Pen) -> Markup {
    let (x, y, own) = (rect.x + rect.width / 2, rect.y + rect.height / 2, &label.rect);
    html! {
        g.map-beyond display="none" {
            path d={ "M" (x0) " " (y0) "L" (x1) " " (y1) } stroke=(pen.palette.colour(LINE)) stroke-width="3" stroke-opacity="1" {}
            rect x=(x - own.width / 2) y=(y - own.height / 2) width=(own.width) height=(own.height) fill="none" stroke="none" pointer-events="all" {}
            text x=(x) y=(y) dy="0.35em" { (label.lines.join(" ")) }
        }
    }
}

/// The name of a label, and its number where a narrow screen shows that instead.
fn letters_of(label: &Label) -> Markup {
    let rect = &label.rect;
    let (x, y) = (rect.x + rect.width / 2, rect.y + rect.height / 2);
    // Lines are apart by their letters' size, so that a stylesheet can make them larger.
    let first = Number::new(0.35 - 0.6 * (label.lines.len() as f64 - 1.0), 2);
    let is_named = !label.lines.is_empty();
    html! {
        @if is_named {
            text x=(x) y=(y) {
                @for (i, line) in label.lines.iter().enumerate() {
                    // The blank keeps the words of two lines apart for those who do not see them.
                    @if i == 0 { tspan x=(x) dy={ (first) "em" } { (line) } }
                    @else { " " tspan x=(x) dy="1.2em" { (line) } }
                }
            }
        }
        @if let Some(number) = label.number.filter(|_| !is_named || label.narrow == Narrow::Number) {
            text.map-number x=(x) y=(y) dy="0.35em" font-weight="700" display=[is_named.then_some("none")] { (number) }
        }
    }
}

/// The name of a link that says its own letters first, so that who sees "AL" can ask for it by voice (WCAG 2.5.3).
fn spoken(label: &Label) -> String {
    let name = named_with(&label.lines.join(" "), &label.name);
    match label.number {
        Some(number) => format!("{number}, {name}"),
        None => name,
    }
}

/// A name that has in it what is seen: the letters first, where they are not a part of it.
fn named_with(seen: &str, name: &str) -> String {
    if name.contains(seen) { name.to_owned() } else { format!("{seen}, {name}") }
}
