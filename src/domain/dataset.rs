use std::{fmt, sync::Arc};

use super::{Geography, Problem, Program};

/// Everything that was loaded, checked and complete: nothing about it can fail any more.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// The geography.
    pub geography: Arc<Geography>,
    /// The program.
    pub program: Arc<Program>,
    /// The name of this data: a hash of all files that were read.
    pub generation: Generation,
    /// What somebody should know about the files, warnings only: errors keep a dataset from being made.
    pub warnings: Vec<Problem>,
}

/// The name of one loaded data set: a hash of its inputs, in hexadecimal.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Generation(Arc<str>);

impl Generation {
    /// How many hexadecimal digits name a generation.
    pub const LEN: usize = 16;

    /// The name from a digest of the inputs: its first eight bytes.
    pub fn from_digest(digest: &[u8]) -> Self {
        Self(digest.iter().take(Self::LEN / 2).map(|byte| format!("{byte:02x}")).collect::<String>().into())
    }

    /// The name in a text; `None` when it is none.
    ///
    /// ```
    /// use coverage_map::domain::Generation;
    /// assert_eq!(Generation::named("0123456789abcdef").map(|name| name.to_string()).as_deref(), Some("0123456789abcdef"));
    /// assert_eq!(Generation::named("0123456789ABCDEF"), None);
    /// ```
    pub fn named(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == Self::LEN && text.bytes().all(is_digit)).then(|| Self(text.into()))
    }

    /// The hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Generation({self})")
    }
}
