//! Names the sources of the program, so that what one build of it has rendered is not taken for another's; and builds anew when
//! a language is added: the compiler sees changed files of messages, but no new ones.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What pages depend on.
const SOURCES: [&str; 4] = ["src", "static", "Cargo.lock", "build.rs"];

fn main() -> io::Result<()> {
    let mut name = Name::default();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        name.add(Path::new(source))?;
    }
    println!("cargo:rustc-env=COVERAGE_MAP_SOURCES={:016x}", name.0);
    Ok(())
}

/// A hash (FNV-1a, 64 bits): it is the same wherever the same sources are compiled.
struct Name(u64);

impl Default for Name {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Name {
    /// Adds a file, or all files of a folder in the order of their names.
    fn add(&mut self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            let mut entries: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
            entries.sort();
            return entries.iter().try_for_each(|entry| self.add(entry));
        }
        self.bytes(path.to_string_lossy().as_bytes());
        self.bytes(&fs::read(path)?);
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) {
        // The length keeps what follows one another apart.
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
