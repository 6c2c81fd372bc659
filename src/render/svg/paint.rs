//! Colours: a name, by which a page can set its own, and a value for light and for dark surroundings.

use maud::Render;

use crate::atlas::{AreaStatus, COLOURS, Look, PartnerLook};

/// A colour with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// Its custom property is `--map-` and this.
    pub name: &'static str,
    /// Its value on light pages.
    pub light: &'static str,
    /// Its value on dark pages.
    pub dark: &'static str,
}

const fn paint(name: &'static str, light: &'static str, dark: &'static str) -> Paint {
    Paint { name, light, dark }
}

/// Partner areas: any two can be told apart with normal sight, protanopia, deuteranopia and tritanopia.
pub const AREAS: [Paint; COLOURS] = [
    paint("area-1", "#58a07a", "#4b5f1a"),
    paint("area-2", "#a2dffe", "#4d6da8"),
    paint("area-3", "#a086c3", "#54204e"),
    paint("area-4", "#d3dc9a", "#925e67"),
    paint("area-5", "#bea7e8", "#743c64"),
    paint("area-6", "#77c19b", "#264305"),
];
/// Ground of open areas, below their hatching.
pub const OPEN: Paint = paint("open", "#fff7ea", "#2a2017");
/// Hatching of open areas.
pub const OPEN_LINE: Paint = paint("open-line", "#d9822b", "#c98238");
/// Ground of areas with an application under review, below their dots.
pub const PENDING: Paint = paint("pending", "#fffbe0", "#26240f");
/// Dots of areas with an application under review.
pub const PENDING_DOT: Paint = paint("pending-dot", "#8a6d00", "#d9bd4a");
/// Areas that the program does not promise to serve.
pub const OUTSIDE: Paint = paint("outside", "#e3e6e8", "#2b3338");
/// Land around what a map is about.
pub const LAND: Paint = paint("land", "#eceff1", "#20282d");
/// Letters and strong lines.
pub const INK: Paint = paint("ink", "#1b2a33", "#eef3f5");
/// The halo of letters and the light side of borders.
pub const PAPER: Paint = paint("paper", "#ffffff", "#12191d");
/// State and county lines, frames and leaders.
pub const LINE: Paint = paint("line", "#5b6b75", "#9fb0ba");

/// All paints.
pub const ALL: [Paint; COLOURS + 9] = {
    let [a, b, c, d, e, f] = AREAS;
    [a, b, c, d, e, f, OPEN, OPEN_LINE, PENDING, PENDING_DOT, OUTSIDE, LAND, INK, PAPER, LINE]
};

/// Which colours a map has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// As the surroundings are, or the viewer prefers; light where neither says anything.
    #[default]
    Auto,
    /// Light, whatever surrounds it.
    Light,
    /// Dark, whatever surrounds it.
    Dark,
}

/// How colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Palette {
    /// As custom properties with a fallback, for a page that may set them.
    Themed(Theme),
    /// As plain values, for a document of its own.
    Plain(Theme),
}

/// A colour as an attribute says it.
pub(super) struct Colour(Paint, Palette);

impl Palette {
    pub(super) fn colour(self, paint: Paint) -> Colour {
        Colour(paint, self)
    }
}

impl Render for Colour {
    fn render_to(&self, out: &mut String) {
        let Self(Paint { name, light, dark }, palette) = self;
        let value = |theme: &Theme| if *theme == Theme::Dark { *dark } else { *light };
        match palette {
            Palette::Plain(theme) => out.push_str(value(theme)),
            Palette::Themed(theme) => {
                for part in ["var(--map-", name, ",", value(theme), ")"] {
                    out.push_str(part);
                }
            }
        }
    }
}

/// The colour of a partner's area.
pub(super) fn colour_of(look: PartnerLook) -> Paint {
    AREAS[usize::from(look.colour) % COLOURS]
}

/// What fills an area: a colour, or a pattern that lives in the `defs` of its SVG.
pub(super) enum Fill {
    Colour(Paint),
    Pattern(String),
}

pub(super) fn fill_of(look: Look) -> Fill {
    match look {
        Look::Partner(look) if look.texture == 0 => Fill::Colour(colour_of(look)),
        Look::Partner(look) => Fill::Pattern(texture_name(look)),
        Look::Status(AreaStatus::Covered) => Fill::Colour(AREAS[0]),
        Look::Status(AreaStatus::Outside) => Fill::Colour(OUTSIDE),
        Look::Status(AreaStatus::Open) => Fill::Pattern("open".to_owned()),
        Look::Status(AreaStatus::PartlyCovered) => Fill::Pattern("partly".to_owned()),
        Look::Status(AreaStatus::Pending) => Fill::Pattern("pending".to_owned()),
    }
}

/// The name of the pattern of a textured colour.
pub(super) fn texture_name(look: PartnerLook) -> String {
    format!("{}-{}", colour_of(look).name, look.texture)
}

#[cfg(test)]
mod tests;
