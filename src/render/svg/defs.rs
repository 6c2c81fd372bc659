//! Patterns, marks and swatches: what says by shape what colour alone must not say.

use maud::{Markup, html};

use super::{
    paint::{
        AREAS, INK, LAND, LINE, OPEN, OPEN_LINE, OUTSIDE, PAPER, PENDING, PENDING_DOT, Paint, Palette, colour_of, texture_name,
    },
    reference,
};
use crate::atlas::{AreaStatus, LegendEntry, Look, Map, MarkKind, PartnerLook};

/// The patterns that areas are filled with; their ids start with the prefix. Those of partners are there where
/// the map has them.
pub(super) fn patterns(map: &Map, prefix: &str, palette: Palette) -> Markup {
    let of_areas = map.areas.iter().filter_map(|area| match area.look {
        Look::Partner(look) => Some(look),
        Look::Status(_) => None,
    });
    let mut textured: Vec<PartnerLook> = of_areas.chain(map.zips.iter().map(|zip| zip.look)).collect();
    textured.retain(|look| look.texture > 0);
    textured.sort_unstable();
    textured.dedup();
    let id = |name: &str| format!("{prefix}-{name}");
    let [width, height] = map.size;
    html! {
        defs {
            @if !map.is_whole { clipPath id=(id("sheet")) { rect width=(width) height=(height) {} } }
            pattern id=(id("open")) width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect width="12" height="12" fill=(palette.colour(OPEN)) {}
                rect width="2.6" height="12" fill=(palette.colour(OPEN_LINE)) {}
            }
            pattern id=(id("partly")) width="24" height="24" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect width="24" height="24" fill=(palette.colour(OPEN)) {}
                rect width="3" height="24" fill=(palette.colour(OPEN_LINE)) {}
            }
            pattern id=(id("pending")) width="14" height="14" patternUnits="userSpaceOnUse" {
                rect width="14" height="14" fill=(palette.colour(PENDING)) {}
                circle cx="4" cy="4" r="2.2" fill=(palette.colour(PENDING_DOT)) {}
                circle cx="11" cy="11" r="2.2" fill=(palette.colour(PENDING_DOT)) {}
            }
            pattern id=(id("zips")) width="16" height="16" patternUnits="userSpaceOnUse" {
                path d="M8 4v8M4 8h8" stroke=(palette.colour(INK)) stroke-width="1.6" {}
            }
            @for look in textured { (texture(look, &id(&texture_name(look)), palette)) }
        }
    }
}

/// A colour with light lines or dots in it.
fn texture(look: PartnerLook, id: &str, palette: Palette) -> Markup {
    let (ground, light) = (palette.colour(colour_of(look)), palette.colour(PAPER));
    html! {
        pattern id=(id) width="18" height="18" patternUnits="userSpaceOnUse" {
            rect width="18" height="18" fill=(ground) {}
            @if look.texture == 1 { path d="M0 9h18" stroke=(light) stroke-width="4" stroke-opacity="0.5" {} }
            @else { circle cx="9" cy="9" r="4" fill=(light) fill-opacity="0.6" {} }
        }
    }
}

/// A dot around the origin for a ZIP with a partner of its own.
pub(super) fn zip_dot(look: PartnerLook, palette: Palette) -> Markup {
    dot(colour_of(look), palette)
}

fn dot(paint: Paint, palette: Palette) -> Markup {
    html! { circle r="6" fill=(palette.colour(paint)) stroke=(palette.colour(INK)) stroke-width="2" {} }
}

/// A sample of how partners look, as large as those of the legend.
pub(super) fn partner_sample(look: PartnerLook, prefix: &str, palette: Palette) -> Markup {
    let line = palette.colour(LINE);
    html! {
        @if look.texture == 0 {
            rect x="1" y="1" width="34" height="22" rx="3" fill=(palette.colour(colour_of(look))) stroke=(line) stroke-width="1.5" {}
        } @else {
            rect x="1" y="1" width="34" height="22" rx="3" fill=(reference(prefix, &texture_name(look))) stroke=(line) stroke-width="1.5" {}
        }
    }
}

/// A mark around the origin: a star for what is new, an hourglass for what ends, two rings for
/// several together, a clock for what starts later.
pub(super) fn mark(kind: MarkKind, palette: Palette) -> Markup {
    let (paper, ink) = (palette.colour(PAPER), palette.colour(INK));
    html! {
        @match kind {
            MarkKind::NewThisYear => {
                path d="M0-12 3.5-3.5 12 0 3.5 3.5 0 12-3.5 3.5-12 0-3.5-3.5z" fill=(paper) stroke=(ink) stroke-width="2"
                    stroke-linejoin="round" {}
            }
            MarkKind::EndsSoon => {
                path d="M-8-11H8V-8L2 0 8 8v3H-8V8l6-8-6-8z" fill=(paper) stroke=(ink) stroke-width="2" stroke-linejoin="round" {}
                path d="M-4 8 0 3 4 8z" fill=(ink) {}
            }
            MarkKind::Together => {
                g fill=(paper) stroke=(ink) stroke-width="2" {
                    circle cx="-5" r="7" {}
                    circle cx="5" r="7" {}
                    circle cx="-5" r="7" fill="none" {}
                }
            }
            MarkKind::StartsLater => {
                g fill=(paper) stroke=(ink) stroke-width="2" {
                    circle r="9" {}
                    path d="M0-5V0l4 2" fill="none" stroke-linecap="round" stroke-linejoin="round" {}
                }
            }
        }
    }
}

/// A pin whose tip is at the origin.
pub(super) fn pin(palette: Palette) -> Markup {
    html! {
        path d="M0 0C-4-14-14-20-14-32a14 14 0 0 1 28 0C14-20 4-14 0 0z" fill=(palette.colour(INK)) stroke=(palette.colour(PAPER))
            stroke-width="3" {}
        circle cy="-32" r="5" fill=(palette.colour(PAPER)) {}
    }
}

/// A sample of what a line of the legend is about, 36 by 24 units with its corner at the origin; the patterns of
/// the prefix must be in the same document.
pub(super) fn sample(entry: LegendEntry, prefix: &str, palette: Palette) -> Markup {
    let framed = |fill: &str| {
        html! { rect x="1" y="1" width="34" height="22" rx="3" fill=(fill) stroke=(palette.colour(LINE)) stroke-width="1.5" {} }
    };
    let pattern = |name: &str| framed(&reference(prefix, name));
    html! {
        @match entry {
            LegendEntry::Status(AreaStatus::Covered) => {
                @for (i, paint) in AREAS.iter().take(3).enumerate() {
                    rect x=(i * 12) y="1" width="12" height="22" fill=(palette.colour(*paint)) {}
                }
                rect x="1" y="1" width="34" height="22" rx="3" fill="none" stroke=(palette.colour(LINE)) stroke-width="1.5" {}
            }
            LegendEntry::Status(AreaStatus::PartlyCovered) => { (pattern("partly")) (pattern("zips")) }
            LegendEntry::Status(AreaStatus::Pending) => (pattern("pending")),
            LegendEntry::Status(AreaStatus::Open) => (pattern("open")),
            LegendEntry::Status(AreaStatus::Outside) => {
                rect x="1" y="1" width="34" height="22" rx="3" fill=(palette.colour(OUTSIDE)) {}
            }
            LegendEntry::SomeZips => {
                rect x="1" y="1" width="34" height="22" rx="3" fill=(palette.colour(LAND)) {}
                (pattern("zips"))
            }
            LegendEntry::ZipDot => g transform="translate(18 12)" { (dot(PAPER, palette)) },
            LegendEntry::Mark(kind) => g transform="translate(18 12)" { (mark(kind, palette)) },
        }
    }
}
