use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The form of manifests; others are refused.
const FORM: u32 = 1;

/// Longer manifests are none.
pub const LONGEST: usize = 4 << 20;

/// The name of a built snapshot: the SHA-256 of its manifest, in hexadecimal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId(String);

/// Says what a snapshot consists of. Nothing in it depends on when and where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of this manifest.
    form: u32,
    /// The name of the data: the hash of its sources.
    pub generation: String,
    /// The name of the program.
    pub program: String,
    /// The name of the geography.
    pub geography: String,
    /// How many there are of what.
    pub counts: BTreeMap<String, u64>,
    /// The files that it was built from, without the way to their folders.
    pub sources: Vec<Entry>,
    /// The files that it consists of.
    pub files: Vec<Entry>,
}

/// A file, by the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its path: within the snapshot, or its folder's name and its own for a source.
    pub path: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Why something is no snapshot, or not the one that it is called.
#[derive(Debug, thiserror::Error)]
pub enum NotASnapshot {
    /// There is none of that name.
    #[error("snapshot {0}: not there; coverage-map list names those that are")]
    Absent(SnapshotId),
    /// The manifest is not the one that the name stands for.
    #[error("snapshot {0}: the manifest is damaged (its hash is not the snapshot's name); publish the snapshot again")]
    Manifest(SnapshotId),
    /// The manifest cannot be read by this program.
    #[error("snapshot {id}: the manifest cannot be read ({what}); build it with the program that serves it")]
    Form {
        /// The snapshot.
        id: SnapshotId,
        /// What is wrong.
        what: String,
    },
    /// A file of it is gone.
    #[error("snapshot {id}: {path}: not there; publish the snapshot again")]
    FileAbsent {
        /// The snapshot.
        id: SnapshotId,
        /// The file.
        path: String,
    },
    /// A file has other bytes than the manifest says.
    #[error("snapshot {id}: {path}: damaged ({what}); publish the snapshot again")]
    FileDamaged {
        /// The snapshot.
        id: SnapshotId,
        /// The file.
        path: String,
        /// What is wrong with it.
        what: String,
    },
}

/// A text that is no name of a snapshot.
#[derive(Debug, thiserror::Error)]
#[error(
    "no name of a snapshot (got {0:?}); names are the 64 hexadecimal digits that coverage-map list prints, or a beginning of them where it is told so"
)]
pub struct InvalidId(String);

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl SnapshotId {
    /// The name of the snapshot with a manifest.
    pub fn of(manifest: &[u8]) -> Self {
        Self(sha256(manifest))
    }

    /// The hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// So many digits as people compare.
    pub fn short(&self) -> &str {
        &self.0[..12]
    }

    /// The path of one of its files.
    pub fn path(&self, file: &str) -> String {
        format!("snapshots/{self}/{file}")
    }

    /// The path of its manifest.
    pub fn manifest(&self) -> String {
        self.path("manifest.json")
    }
}

impl FromStr for SnapshotId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() == 64 && text.bytes().all(is_digit) { Ok(Self(text.to_owned())) } else { Err(InvalidId(text.to_owned())) }
    }
}

impl fmt::Display for SnapshotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for SnapshotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SnapshotId({self})")
    }
}

impl Entry {
    /// Of bytes at a path.
    pub fn of(path: impl Into<String>, bytes: &[u8]) -> Self {
        Self { path: path.into(), bytes: bytes.len() as u64, sha256: sha256(bytes) }
    }
}

impl Manifest {
    /// A manifest of this form.
    pub fn new(
        generation: String,
        [program, geography]: [String; 2],
        counts: BTreeMap<String, u64>,
        sources: Vec<Entry>,
        files: Vec<Entry>,
    ) -> Self {
        Self { form: FORM, generation, program, geography, counts, sources, files }
    }

    /// Its bytes: the same for the same content.
    ///
    /// # Errors
    /// Never in practice: texts and numbers are always JSON.
    pub fn bytes(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec_pretty(self).map(|mut bytes| {
            bytes.push(b'\n');
            bytes
        })
    }

    /// The manifest of a snapshot, in bytes that somebody else kept.
    ///
    /// # Errors
    /// When the bytes are not those that the name stands for, or of another form.
    pub fn read(id: &SnapshotId, bytes: &[u8]) -> Result<Self, NotASnapshot> {
        if SnapshotId::of(bytes) != *id {
            return Err(NotASnapshot::Manifest(id.clone()));
        }
        let form = |what: String| NotASnapshot::Form { id: id.clone(), what };
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| form(error.to_string()))?;
        let strays = |entry: &&Entry| !is_plain(&entry.path);
        match (manifest.form, manifest.files.iter().find(strays)) {
            (FORM, None) => Ok(manifest),
            (FORM, Some(entry)) => Err(form(format!("no path of a file (got {:?})", entry.path))),
            (other, _) => Err(form(format!("it has the form {other}, this program reads {FORM}"))),
        }
    }

    /// What it says of a file.
    pub fn file(&self, path: &str) -> Option<&Entry> {
        self.files.iter().find(|entry| entry.path == path)
    }
}

/// Whether a path stays where it is put: names of letters, digits and a few signs, none of them hidden.
fn is_plain(path: &str) -> bool {
    let is_name = |name: &str| {
        let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.=,@+".contains(&byte);
        !name.is_empty() && !name.starts_with('.') && name.bytes().all(sign)
    };
    path.split('/').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(path: &str) -> Manifest {
        let names = ["Program", "Land"].map(str::to_owned);
        Manifest::new("0123456789abcdef".into(), names, BTreeMap::new(), Vec::new(), vec![Entry::of(path, b"x")])
    }

    #[test]
    fn a_manifest_is_named_by_its_bytes_and_by_nothing_else() {
        let bytes = manifest("program.bin").bytes().unwrap();
        let id = SnapshotId::of(&bytes);
        assert_eq!(Manifest::read(&id, &bytes).unwrap(), manifest("program.bin"));
        let mut damaged = bytes.clone();
        damaged[40] ^= 1;
        assert!(matches!(Manifest::read(&id, &damaged), Err(NotASnapshot::Manifest(_))));
    }

    #[test]
    fn a_manifest_that_leads_out_of_its_folder_is_refused_though_its_hash_is_right() {
        for path in ["../CURRENT", "/etc/passwd", "a//b", ".hidden", "a\\b", "a\0", "é", ""] {
            let bytes = manifest(path).bytes().unwrap();
            let error = Manifest::read(&SnapshotId::of(&bytes), &bytes).unwrap_err();
            assert!(error.to_string().contains("no path of a file"), "{path:?}: {error}");
        }
    }

    #[test]
    fn names_of_snapshots_are_64_digits_and_no_way_out_of_a_folder() {
        for bad in ["", "abc", "../../../etc/passwd", &"A".repeat(64), &"0".repeat(63)] {
            assert!(bad.parse::<SnapshotId>().is_err(), "{bad}");
        }
        assert!("0".repeat(64).parse::<SnapshotId>().is_ok());
    }
}
