//! Coordinates as programs write them, in one go.
//!
//! Nearly all of a file is numbers, and nearly all of them are written plainly: pairs in nested arrays, no more than
//! fifteen digits, no exponent. These are read here, several times faster than by a reader for all of JSON; whatever is
//! written in another way is left to that one, which also says what is wrong with it.

use geo::Coord;

use super::coordinates::Coordinates;

/// So many digits are a whole number that a float holds exactly, as are the powers of ten: a quotient of the two is
/// rounded once, and so is the float nearest to what is written.
const MOST_DIGITS: usize = 15;

const POWERS_OF_TEN: [f64; MOST_DIGITS + 1] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The coordinates in some text; `None` where they are not written plainly, or not as JSON.
pub fn coordinates(json: &str) -> Option<Coordinates> {
    let mut text = Text { rest: json.as_bytes() };
    let depth = json.bytes().filter(|byte| !is_blank(*byte)).take_while(|byte| *byte == b'[').count();
    let coordinates = match depth {
        1 => Coordinates::Position(text.position()?),
        2 => Coordinates::Line(text.line()?),
        3 => Coordinates::Lines(text.list(Text::line)?),
        4 => Coordinates::Polygons(text.list(|text| text.list(Text::line))?),
        _ => return None,
    };
    text.next().is_none().then_some(coordinates)
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// What was not read yet.
struct Text<'t> {
    rest: &'t [u8],
}

impl Text<'_> {
    /// The next byte that is no blank.
    fn next(&mut self) -> Option<u8> {
        while let [first, rest @ ..] = self.rest {
            self.rest = rest;
            if !is_blank(*first) {
                return Some(*first);
            }
        }
        None
    }

    fn skip(&mut self, wanted: u8) -> Option<()> {
        self.next().filter(|byte| *byte == wanted).map(drop)
    }

    /// An array of one thing or more.
    fn list<T>(&mut self, element: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.skip(b'[')?;
        let mut list = Vec::new();
        loop {
            list.push(element(self)?);
            match self.next()? {
                b',' => {}
                b']' => return Some(list),
                _ => return None,
            }
        }
    }

    fn line(&mut self) -> Option<Vec<Coord<f64>>> {
        self.list(Self::position)
    }

    fn position(&mut self) -> Option<Coord<f64>> {
        self.skip(b'[')?;
        let x = self.number()?;
        self.skip(b',')?;
        let y = self.number()?;
        self.skip(b']')?;
        // Adding zero turns -0.0 into 0.0: equal positions have equal bits.
        Some(Coord { x: x + 0.0, y: y + 0.0 })
    }

    fn number(&mut self) -> Option<f64> {
        while let [blank, rest @ ..] = self.rest
            && is_blank(*blank)
        {
            self.rest = rest;
        }
        let negative = self.rest.first() == Some(&b'-');
        let digits = &self.rest[usize::from(negative)..];
        let (mut whole, mut point, mut length) = (0_u64, None, 0);
        for byte in digits {
            match byte {
                b'0'..=b'9' => whole = whole.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')),
                b'.' if point.is_none() => point = Some(length),
                _ => break,
            }
            length += 1;
        }
        let (before_point, behind_point) = (point.unwrap_or(length), point.map_or(0, |at| length - at - 1));
        let is_json = before_point > 0 && (before_point == 1 || digits[0] != b'0') && (point.is_none() || behind_point > 0);
        if !is_json || before_point + behind_point > MOST_DIGITS {
            return None;
        }
        self.rest = &digits[length..];
        let number = whole as f64 / POWERS_OF_TEN[behind_point];
        Some(if negative { -number } else { number })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::DeserializeSeed;

    use super::{super::coordinates::Nested, *};

    fn by_serde(json: &str) -> Coordinates {
        Nested.deserialize(&mut serde_json::Deserializer::from_str(json)).unwrap()
    }

    #[test]
    fn every_depth_is_read_as_a_reader_for_all_of_json_reads_it() {
        for json in
            ["[1,-2.5]", "[[0.1,-0],[1,2]]", " [ [[1,2] ,\n[3,4.25]],[[5,6]]] ", "[[[[-179.99999,51.2],[7,8]]],[[[1,1]]]]"]
        {
            assert_eq!(coordinates(json), Some(by_serde(json)), "{json}");
        }
    }

    #[test]
    fn what_is_not_written_plainly_is_left_to_a_reader_for_all_of_json() {
        for json in [
            "1",
            "[]",
            "[1]",
            "[1,2,3]",
            "[[]]",
            "[[1,2],[]]",
            "[[1,2],3]",
            "[[1,2],[[3,4]]]",
            "[[[[[1,2]]]]]",
            "[1e2,3]",
            "[1.2345678901234567,3]",
            "[null,3]",
            "[\"1\",3]",
            "[{},3]",
            "[true,false]",
            "[01,2]",
            "[1.,2]",
            "[.5,2]",
            "[-,2]",
            "[+1,2]",
            "[1.2.3,4]",
            "[1 2,3]",
            "[1,2",
            "[1,2]]",
            "[1,2],",
        ] {
            assert_eq!(coordinates(json), None, "{json}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_the_float_nearest_to_what_is_written(whole in -180_i64..=180, digits in "[0-9]{0,12}") {
            let json = if digits.is_empty() { format!("[{whole},0]") } else { format!("[{whole}.{digits},0]") };
            prop_assert_eq!(coordinates(&json), Some(by_serde(&json)));
        }
    }
}
