//! Pictures made of pixels, for whoever shows no SVG: cards of social networks, mails, old word processors.

use std::sync::{Arc, LazyLock};

use resvg::{
    render,
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

/// What an SVG document could not be made into, and why.
#[derive(Debug, thiserror::Error)]
#[error("picture: {0}")]
pub struct Unpaintable(String);

/// The letters of pictures; the machine's own fonts are left alone, so that the same map is the same bytes anywhere.
static LETTERS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut letters = Database::new();
    letters.load_font_data(include_bytes!("../../static/fonts/roboto-Regular.ttf").to_vec());
    letters.load_font_data(include_bytes!("../../static/fonts/roboto-Bold.ttf").to_vec());
    letters.set_sans_serif_family("Roboto");
    Arc::new(letters)
});

/// An SVG document as PNG, as wide as is said, in pixels.
///
/// # Errors
/// When the text is no SVG, or the picture would be larger than can be held.
pub fn png(document: &str, width: u32) -> Result<Vec<u8>, Unpaintable> {
    let options = Options { fontdb: LETTERS.clone(), font_family: "Roboto".to_owned(), ..Options::default() };
    let tree = Tree::from_str(document, &options).map_err(|error| Unpaintable(error.to_string()))?;
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).round() as u32;
    let too_large = || Unpaintable(format!("{width}x{height} pixels cannot be held"));
    let mut pixels = Pixmap::new(width, height).ok_or_else(too_large)?;
    render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| Unpaintable(error.to_string()))
}

/// Width and height that a PNG says it has, in pixels (ISO/IEC 15948 §11.2.2).
pub fn size_of(png: &[u8]) -> Option<[u32; 2]> {
    let number = |at: usize| png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
    png.starts_with(b"\x89PNG\r\n\x1a\n").then(|| Some([number(16)?, number(20)?])).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='5' font-family='system-ui,sans-serif'>\
                          <text x='1' y='4' font-size='5'>Ñ</text></svg>";

    #[test]
    fn a_picture_has_the_width_that_is_asked_for_and_keeps_its_shape() {
        assert_eq!(size_of(&png(SQUARE, 40).unwrap()), Some([40, 20]));
    }

    #[test]
    fn letters_are_drawn_on_a_machine_without_fonts_and_the_same_everywhere() {
        let blank = SQUARE.replace('Ñ', " ");
        assert_ne!(png(SQUARE, 40).unwrap(), png(&blank, 40).unwrap());
        assert_eq!(png(SQUARE, 40).unwrap(), png(SQUARE, 40).unwrap());
    }

    #[test]
    fn what_is_no_picture_is_said_to_be_none() {
        assert!(png("hello", 40).unwrap_err().to_string().starts_with("picture: "));
        assert!(png(SQUARE, u32::MAX).is_err());
        assert_eq!(size_of(b"GIF89a"), None);
    }
}
