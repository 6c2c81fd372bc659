use std::fmt::{self, Write};

use sha2::{Digest, Sha256};

use super::Broken;

/// How many random bytes a secret has: too many to be guessed, so that a fast hash is enough.
const BYTES: usize = 24;

/// Something that only its holder knows. It is shown once and stored as its hash; its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one that begins with a text by which it can be recognised.
    pub(super) fn new(beginning: &str) -> Result<Self, Broken> {
        Ok(Self(format!("{beginning}{}", digits(&random::<BYTES>()?))))
    }

    /// What its holder must be shown.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is stored of a secret.
pub(super) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Random bytes of the operating system.
pub(super) fn random<const N: usize>() -> Result<[u8; N], Broken> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// Bytes in hexadecimal.
pub(super) fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
