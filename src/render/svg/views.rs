//! How a map was projected, as an attribute: whoever clicks on it can be told the place.

use std::fmt::Write;

use maud::Render;

use crate::{
    atlas::{Rect, View},
    render::number::Number,
};

/// The frames of a map, joined by `;`: each its rectangle (x y width height), the meridian, n, C and ρ₀ of its
/// projection, then the scale and shift of the sheet, all joined by blanks. A ten thousandth of a unit is kept.
pub(super) struct Views<'a>(pub(super) &'a [(Rect, View)]);

/// Decimals of the meridian, n, C, ρ₀, the scale, and the shift to the right and down.
const DECIMALS: [usize; 7] = [5, 10, 10, 1, 12, 3, 3];

impl Render for Views<'_> {
    fn render_to(&self, out: &mut String) {
        for (i, (rect, view)) in self.0.iter().enumerate() {
            let Rect { x, y, width, height } = rect;
            // Writing to a String cannot fail.
            let _ = write!(out, "{}{x} {y} {width} {height}", if i > 0 { ";" } else { "" });
            for (value, decimals) in view.parameters().into_iter().zip(DECIMALS) {
                let _ = write!(out, " {}", Number::new(value, decimals));
            }
        }
    }
}
