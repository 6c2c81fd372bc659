//! The name of what was read.

use sha2::{Digest, Sha256};

use crate::domain::Generation;

/// A file that was read, by the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    /// `geography` or `program`.
    pub folder: &'static str,
    /// Its name within the folder.
    pub name: String,
    /// How many bytes it has.
    pub length: usize,
    /// The SHA-256 of its bytes.
    pub digest: [u8; 32],
}

impl Fingerprint {
    /// Of a file's bytes, as they are on disk.
    pub fn of(folder: &'static str, name: &str, bytes: &[u8]) -> Self {
        Self::hashed(folder, name, bytes.len(), Sha256::digest(bytes).into())
    }

    /// Of a file whose bytes were hashed already.
    pub fn hashed(folder: &'static str, name: &str, length: usize, digest: [u8; 32]) -> Self {
        Self { folder, name: name.to_owned(), length, digest }
    }
}

/// The generation of some files: a SHA-256 over the folder, name, length and digest of each, sorted.
///
/// Every file that is read counts, byte for byte; files that nothing reads do not. Each file is hashed by itself
/// first, so that all cores can work.
pub fn of(mut files: Vec<Fingerprint>) -> Generation {
    files.sort_unstable();
    let mut all = Sha256::new();
    for file in &files {
        all.update(format!("{}/{}\0{}\0", file.folder, file.name, file.length));
        all.update(file.digest);
    }
    Generation::from_digest(&all.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_files_makes_no_difference_but_every_byte_and_name_does() {
        let (a, b) = (Fingerprint::of("program", "a.csv", b"1"), Fingerprint::of("program", "b.csv", b"2"));
        let generation = of(vec![a.clone(), b.clone()]);
        assert_eq!(generation, of(vec![b.clone(), a.clone()]));
        assert_ne!(generation, of(vec![a.clone(), Fingerprint::of("program", "b.csv", b"3")]));
        assert_ne!(generation, of(vec![a, Fingerprint::of("geography", "b.csv", b"2")]));
    }
}
