use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use rust_embed::Embed;

use super::{Outcome, Trouble, outcome::say};

/// The files of a program that begins.
#[derive(Embed)]
#[folder = "static/new-program/"]
struct Beginning;

/// Writes the files of a new program into a folder that is not there yet, or is empty.
pub fn new(folder: &Path) -> Result<Outcome, Trouble> {
    refuse_what_is_there(folder, "a new program")?;
    let mut names: Vec<_> = Beginning::iter().collect();
    names.sort_unstable();
    for name in &names {
        let Some(file) = Beginning::get(name) else { continue };
        let path = folder.join(&**name);
        written(&path, &file.data).map_err(|error| Trouble::Io(path.display().to_string(), error))?;
    }
    let shown = quoted(folder);
    say(&format!(
        "{} files are written to {shown}. README.md there says what each of them is.\n\nNext:\n  coverage-map check --program \
         {shown}\n  coverage-map --program {shown}\n",
        names.len()
    ))?;
    Ok(Outcome::Clean)
}

/// Somebody's files are not written over.
pub(super) fn refuse_what_is_there(folder: &Path, what: &str) -> Result<(), Trouble> {
    let failed = |error| Trouble::Io(folder.display().to_string(), error);
    let is_free = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(failed(error)),
    };
    let rule = || format!("{}: there are files already; {what} needs a folder that is new or empty", folder.display());
    if is_free { Ok(()) } else { Err(Trouble::Usage(rule())) }
}

fn written(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    // What appeared meanwhile is not written over either.
    fs::File::create_new(path)?.write_all(bytes)
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b)) && !text.starts_with('-');
    if plain { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
