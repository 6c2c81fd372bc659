use std::{fmt, str::FromStr};

/// A five-digit ZIP Code: a delivery route, not an area. It may meet several counties and several states.
///
/// Parsing is strict (exactly five ASCII digits); what people type is read by [`crate::lookup`], what
/// spreadsheets do to ZIPs by [`crate::source`].
///
/// ```
/// use coverage_map::census::ZipCode;
/// let zip: ZipCode = "02139".parse()?;
/// assert_eq!(zip.to_string(), "02139");
/// assert!("2139".parse::<ZipCode>().is_err());
/// # Ok::<(), coverage_map::census::InvalidZipCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZipCode(u32);

/// The text is no ZIP Code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid ZIP Code (got {0:?}); a ZIP Code is exactly five digits, such as 02139")]
pub struct InvalidZipCode(pub String);

impl ZipCode {
    /// The first three digits, 0 to 999: the sectional centre.
    pub fn prefix(self) -> u32 {
        self.0 / 100
    }
}

impl FromStr for ZipCode {
    type Err = InvalidZipCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidZipCode(text.to_owned());
        if text.len() != 5 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(invalid());
        }
        text.parse().map(ZipCode).map_err(|_| invalid())
    }
}

impl fmt::Display for ZipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}", self.0)
    }
}

impl fmt::Debug for ZipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ZipCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_in_front_are_written_again() {
        assert_eq!("00501".parse::<ZipCode>().unwrap().to_string(), "00501");
    }

    #[test]
    fn anything_but_five_digits_is_refused_with_the_value_in_the_message() {
        for bad in ["", "2139", "021390", "0213a", " 2139", "+2139", "\u{664}2139"] {
            let error = bad.parse::<ZipCode>().unwrap_err();
            assert!(error.to_string().contains(&format!("{bad:?}")), "{error}");
        }
    }

    #[test]
    fn the_prefix_is_the_first_three_digits() {
        assert_eq!("02139".parse::<ZipCode>().unwrap().prefix(), 21);
    }
}
