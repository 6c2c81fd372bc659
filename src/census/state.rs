use std::{fmt, str::FromStr};

/// The short code of a state or territory, in upper case: `CA`, `PR`; the USPS code in the United States.
///
/// One to six ASCII letters or digits. Parsing folds lower case.
///
/// ```
/// use coverage_map::census::StateCode;
/// assert_eq!("wa".parse::<StateCode>()?.as_str(), "WA");
/// # Ok::<(), coverage_map::census::InvalidStateCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateCode {
    bytes: [u8; Self::MAX_LEN],
    len: u8,
}

/// The text is no state code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid state code (got {0:?}); codes are 1 to 6 letters or digits, such as CA")]
pub struct InvalidStateCode(pub String);

impl StateCode {
    const MAX_LEN: usize = 6;

    /// The code in upper case.
    pub fn as_str(&self) -> &str {
        // Only ASCII bytes ever get in, so this cannot fail.
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl FromStr for StateCode {
    type Err = InvalidStateCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() || text.len() > Self::MAX_LEN || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(InvalidStateCode(text.to_owned()));
        }
        let mut bytes = [0; Self::MAX_LEN];
        bytes[..text.len()].copy_from_slice(text.to_ascii_uppercase().as_bytes());
        Ok(Self { bytes, len: text.len() as u8 })
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StateCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_is_folded() {
        assert_eq!("wA".parse::<StateCode>().unwrap().to_string(), "WA");
    }

    #[test]
    fn names_blanks_and_nothing_are_refused_with_the_value_in_the_message() {
        for bad in ["", "W A", "California", "W\u{c5}"] {
            let error = bad.parse::<StateCode>().unwrap_err();
            assert!(error.to_string().contains(&format!("{bad:?}")), "{error}");
        }
    }
}
