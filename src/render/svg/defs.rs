//! Patterns, marks and swatches: what says by shape what colour alone must not say.

use maud::{Markup, html};

use super::{
    paint::{AREAS, INK, LINE, OPEN, OPEN_LINE, OUTSIDE, PAPER, PENDING, PENDING_DOT, Palette},
    reference,
};
use crate::atlas::{AreaStatus, LegendEntry, MarkKind};

/// The patterns that areas are filled with; their ids start with the prefix.
pub(super) fn patterns(prefix: &str, palette: Palette) -> Markup {
    let id = |name: &str| format!("{prefix}-{name}");
    html! {
        defs {
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
        }
    }
}

/// A mark around the origin: a star for what is new, a clock for what starts later.
pub(super) fn mark(kind: MarkKind, palette: Palette) -> Markup {
    let (paper, ink) = (palette.colour(PAPER), palette.colour(INK));
    html! {
        @match kind {
            MarkKind::NewThisYear => {
                path d="M0-12 3.5-3.5 12 0 3.5 3.5 0 12-3.5 3.5-12 0-3.5-3.5z" fill=(paper) stroke=(ink) stroke-width="2"
                    stroke-linejoin="round" {}
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
                rect x="1" y="1" width="34" height="22" rx="3" fill=(palette.colour(AREAS[1])) {}
                (pattern("zips"))
            }
            LegendEntry::Mark(kind) => g transform="translate(18 12)" { (mark(kind, palette)) },
        }
    }
}
