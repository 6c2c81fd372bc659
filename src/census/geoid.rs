use std::{cmp::Ordering, fmt, str::FromStr};

/// Longest code that is accepted; Census codes are 2 to 15 digits, other countries' codes are no longer.
const MAX_LEN: usize = 15;

/// A geographic identifier of a state or county, such as the GEOID `06037` (Los Angeles County).
///
/// One to fifteen ASCII letters, digits, hyphens or dots, kept as text: leading zeros count.
/// United States county GEOIDs are five digits (two of the state, three of the county;
/// <https://www.census.gov/programs-surveys/geography/guidance/geo-identifiers.html>).
///
/// ```
/// use coverage_map::census::Geoid;
/// let county: Geoid = "06037".parse()?;
/// assert_eq!(county.as_str(), "06037");
/// assert!("06 037".parse::<Geoid>().is_err());
/// # Ok::<(), coverage_map::census::InvalidGeoid>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Geoid {
    bytes: [u8; MAX_LEN],
    len: u8,
}

/// The text is no geographic identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid geographic id (got {0:?}); ids are 1 to 15 letters, digits, hyphens or dots, such as 06037")]
pub struct InvalidGeoid(pub String);

impl Geoid {
    /// Its letters with zeros behind them.
    fn padded(&self) -> [u8; MAX_LEN + 1] {
        let mut padded = [0; MAX_LEN + 1];
        padded[..MAX_LEN].copy_from_slice(&self.bytes);
        padded
    }

    /// The identifier as it is written in files and URLs.
    pub fn as_str(&self) -> &str {
        // Only ASCII bytes ever get in, so this cannot fail.
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

/// The order of the texts: one comparison of numbers, for there are many of them.
impl Ord for Geoid {
    fn cmp(&self, other: &Self) -> Ordering {
        u128::from_be_bytes(self.padded()).cmp(&u128::from_be_bytes(other.padded()))
    }
}

impl PartialOrd for Geoid {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Geoid {
    type Err = InvalidGeoid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
        if text.is_empty() || text.len() > MAX_LEN || !text.bytes().all(allowed) {
            return Err(InvalidGeoid(text.to_owned()));
        }
        let mut bytes = [0; MAX_LEN];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self { bytes, len: text.len() as u8 })
    }
}

impl fmt::Display for Geoid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Geoid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Geoid({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_texts() {
        let texts = ["0", "01", "01001", "01001-A", "0100100000000AB", "02", "A", "a", "a."];
        let mut geoids: Vec<Geoid> = texts.iter().rev().map(|text| text.parse().unwrap()).collect();
        geoids.sort();
        let sorted: Vec<&str> = geoids.iter().map(Geoid::as_str).collect();
        let mut expected = texts;
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn leading_zeros_are_kept() {
        assert_eq!("06037".parse::<Geoid>().unwrap().to_string(), "06037");
    }

    #[test]
    fn empty_long_and_foreign_text_is_refused_with_the_value_in_the_message() {
        for bad in ["", "0603 7", "0603\u{e9}", "1234567890123456"] {
            let error = bad.parse::<Geoid>().unwrap_err();
            assert!(error.to_string().contains(&format!("{bad:?}")), "{error}");
        }
    }

    #[test]
    fn shorter_codes_sort_before_longer_ones_with_the_same_start() {
        let (short, long): (Geoid, Geoid) = ("06".parse().unwrap(), "06037".parse().unwrap());
        assert!(short < long);
    }
}
