//! ZIPs as people and spreadsheets write them.

use crate::census::ZipCode;

/// What somebody typed where a ZIP may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedZip {
    /// Exactly a ZIP.
    Plain(ZipCode),
    /// A ZIP with more around it, such as a ZIP+4 or a street address.
    Within(ZipCode),
    /// Fewer than five digits: leading zeros may be lost. The ZIP with its zeros back.
    Short(ZipCode),
    /// The same, where a ZIP is sure to be meant.
    Padded(ZipCode),
}

impl TypedZip {
    /// Reads a ZIP; `None` when the text holds none.
    ///
    /// `98115`, `98115-3004`, `981153004`, `ZIP 98115`, `98115.0` (a spreadsheet's number), `2139`, and a text that
    /// ends with a ZIP, such as a street address with or without the country after it.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_suffix(".0").unwrap_or(text);
        if let Ok(zip) = text.parse() {
            return Some(Self::Plain(zip));
        }
        if (3..5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
            return format!("{text:0>5}").parse().ok().map(Self::Short);
        }
        Self::within(text)
    }

    /// The ZIP that stands last in a longer text, unless the text only begins with it (a house number does).
    fn within(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
        let country =
            |word: &str| matches!(word.trim_end_matches('.').to_ascii_lowercase().as_str(), "usa" | "us" | "u.s.a" | "u.s");
        let words = match words.as_slice() {
            [rest @ .., united, states] if united.eq_ignore_ascii_case("united") && states.eq_ignore_ascii_case("states") => rest,
            [rest @ .., last] if !rest.is_empty() && country(last) => rest,
            all => all,
        };
        match words {
            // ZIP+4 with a blank in the middle.
            [.., zip, four] if four.len() == 4 && four.bytes().all(|b| b.is_ascii_digit()) && zip.len() == 5 => {
                zip.parse().ok().map(Self::Within)
            }
            [only] => zip_plus_four(only).map(Self::Within),
            [.., last] => last.parse().ok().or_else(|| zip_plus_four(last)).map(Self::Within),
            [] => None,
        }
    }
}

/// The ZIP of a ZIP+4, with or without its hyphen.
fn zip_plus_four(word: &str) -> Option<ZipCode> {
    let (zip, four) = word.split_at_checked(5)?;
    let four = four.strip_prefix(['-', '\u{2013}']).unwrap_or(four);
    (four.len() == 4 && four.bytes().all(|b| b.is_ascii_digit())).then(|| zip.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip(code: &str) -> ZipCode {
        code.parse().unwrap()
    }

    #[test]
    fn zips_are_read_as_people_write_them() {
        for (text, read) in [
            ("98115", TypedZip::Plain(zip("98115"))),
            (" 98115 ", TypedZip::Plain(zip("98115"))),
            ("98115.0", TypedZip::Plain(zip("98115"))),
            (" \n 45242-1234 \n ", TypedZip::Within(zip("45242"))),
            ("981153004", TypedZip::Within(zip("98115"))),
            ("98115 3004", TypedZip::Within(zip("98115"))),
            ("ZIP 98115", TypedZip::Within(zip("98115"))),
            ("12345 Main St, Springfield, IL 62701", TypedZip::Within(zip("62701"))),
            ("1 Main St\nBoston MA 02139-1234, USA", TypedZip::Within(zip("02139"))),
            ("1 Main St, Boston MA 02139, United States", TypedZip::Within(zip("02139"))),
            ("2139", TypedZip::Short(zip("02139"))),
            ("501", TypedZip::Short(zip("00501"))),
        ] {
            assert_eq!(TypedZip::read(text), Some(read), "{text:?}");
        }
    }

    #[test]
    fn a_house_number_is_no_zip() {
        assert_eq!(TypedZip::read("12345 Main St, Springfield, IL"), None);
    }

    #[test]
    fn other_texts_hold_no_zip() {
        for text in ["", "%", "?", "XX", "Seattle", "12", "123456", "1234567", "98115-30", "\u{1f600}98115x", "9811\u{665}"] {
            assert_eq!(TypedZip::read(text), None, "{text:?}");
        }
    }
}
