use std::{fmt, str::FromStr, sync::Arc};

use crate::census::{Geoid, StateCode, ZipCode};

/// A lower-case name for use in ids and URLs: letters, digits and single hyphens, at most 80 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

/// Id of a partner, such as `puget-sound-cs-hub`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartnerId(Slug);

/// Id of a course, such as `csp`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CourseId(Slug);

/// Typed id of a region, written `state:CA`, `county:06037`, `region:western-pennsylvania` or `zip:02139`.
///
/// The type in front keeps zeros from being eaten and ZIPs from being taken for counties.
///
/// ```
/// use coverage_map::domain::RegionId;
/// let id: RegionId = "county:06037".parse()?;
/// assert_eq!(id.to_string(), "county:06037");
/// assert!("06037".parse::<RegionId>().is_err());
/// # Ok::<(), coverage_map::domain::InvalidId>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionId {
    /// A state or territory, by its short code.
    State(StateCode),
    /// A county, by its GEOID.
    County(Geoid),
    /// A program region, drawn or built from counties.
    Region(Slug),
    /// A ZIP Code.
    Zip(ZipCode),
}

/// The text is no id of the kind that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidId {
    /// Not a lower-case name with hyphens.
    #[error("invalid id (got {0:?}); ids are lower-case letters, digits and single hyphens, such as puget-sound")]
    Slug(String),
    /// No known type before the colon.
    #[error("invalid region id (got {0:?}); write state:CA, county:06037, region:name or zip:02139")]
    Kind(String),
    /// The type is known, the code after it is not of its form.
    #[error("invalid region id (got {got:?}): {reason}")]
    Code {
        /// The whole id as it was given.
        got: String,
        /// What is wrong with the code.
        reason: String,
    },
}

impl Slug {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let hyphens_stand_between = !text.starts_with('-') && !text.ends_with('-') && !text.contains("--");
        if text.is_empty() || text.len() > 80 || !text.bytes().all(allowed) || !hyphens_stand_between {
            return Err(InvalidId::Slug(text.to_owned()));
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

macro_rules! slug_id {
    ($id:ident) => {
        impl $id {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl FromStr for $id {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

slug_id!(PartnerId);
slug_id!(CourseId);

impl RegionId {
    /// The type before the colon.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::State(_) => "state",
            Self::County(_) => "county",
            Self::Region(_) => "region",
            Self::Zip(_) => "zip",
        }
    }

    /// The code after the colon.
    pub fn code(&self) -> String {
        match self {
            Self::State(code) => code.to_string(),
            Self::County(geoid) => geoid.to_string(),
            Self::Region(slug) => slug.to_string(),
            Self::Zip(zip) => zip.to_string(),
        }
    }
}

impl FromStr for RegionId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, code) = text.split_once(':').ok_or_else(|| InvalidId::Kind(text.to_owned()))?;
        let invalid = |reason: String| InvalidId::Code { got: text.to_owned(), reason };
        match kind {
            "state" => code.parse().map(Self::State).map_err(|e| invalid(format!("{e}"))),
            "county" => code.parse().map(Self::County).map_err(|e| invalid(format!("{e}"))),
            "region" => code.parse().map(Self::Region).map_err(|e| invalid(format!("{e}"))),
            "zip" => code.parse().map(Self::Zip).map_err(|e| invalid(format!("{e}"))),
            _ => Err(InvalidId::Kind(text.to_owned())),
        }
    }
}

impl fmt::Display for RegionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}:{}", self.kind(), self.code()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_what_it_writes() {
        for id in ["state:CA", "county:06037", "region:western-pennsylvania", "zip:02139"] {
            assert_eq!(id.parse::<RegionId>().unwrap().to_string(), id);
        }
    }

    #[test]
    fn a_bare_code_and_an_unknown_kind_are_refused_with_the_forms_that_exist() {
        for bad in ["02139", "city:seattle", ""] {
            let message = bad.parse::<RegionId>().unwrap_err().to_string();
            assert!(message.contains("county:06037") && message.contains(&format!("{bad:?}")), "{message}");
        }
    }

    #[test]
    fn slugs_are_lower_case_with_single_hyphens() {
        for bad in ["", "Puget", "puget sound", "-a", "a-", "a--b", "caf\u{e9}"] {
            assert!(bad.parse::<Slug>().is_err(), "{bad:?}");
        }
    }
}
