//! Bytes to text: what is no UTF-8 text is recognised and named.

use super::{checks, file::SourceFile, problems::Problems};
use crate::domain::{Problem, Site};

/// The file as text; `None`, and a problem, where it is none.
pub fn decode(name: &str, bytes: Vec<u8>, needed: bool, problems: &mut Problems) -> Option<SourceFile> {
    if let Some(problem) = foreign(name, &bytes) {
        problems.push(problem);
        return None;
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            problems.push(not_utf8(name, &error));
            return None;
        }
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
        problems
            .push(checks::BYTE_ORDER_MARK.at(Site::file(name), "the file starts with a byte order mark").rule("it is ignored"));
    }
    let file = SourceFile { name: name.into(), text, keys: None };
    if let Some(at) = file.text.find('\0') {
        problems.push(
            checks::NUL_BYTE
                .at(file.place(at), "the file has a NUL byte")
                .rule("files are plain text in UTF-8")
                .remedy("export it again"),
        );
        return None;
    }
    if file.text.trim().is_empty() {
        let remedy = if needed { "restore it: there is no data without it" } else { "restore it, or remove it" };
        problems.push(checks::EMPTY_FILE.at(file.site(), "the file is empty").remedy(remedy));
        return None;
    }
    if let Some((what, remedy)) = markup(&file.text) {
        problems.push(checks::NOT_TEXT.at(file.place(0), what).rule("files are GeoJSON, CSV or TOML").remedy(remedy));
        return None;
    }
    Some(file)
}

/// What text in angle brackets is.
fn markup(text: &str) -> Option<(&'static str, &'static str)> {
    let start: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    if !start.starts_with('<') {
        return None;
    }
    let html = start.starts_with("<!doctype html") || start.contains("<html");
    Some(match html {
        true => ("the file is a web page", "it may be what a failed download left: fetch it again"),
        false => ("the file is XML, such as KML or GML", "convert it"),
    })
}

/// A problem for bytes that are recognised as something else than text in UTF-8.
fn foreign(name: &str, bytes: &[u8]) -> Option<Problem> {
    const UTF_8: &str = "save it as UTF-8 (in a spreadsheet: CSV UTF-8)";
    let (what, remedy) = match bytes {
        [0x1f, 0x8b, ..] => ("the file is compressed with gzip", "unpack it"),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            ("the file is a ZIP archive or a spreadsheet (.xlsx)", "unpack it, or save the sheet as CSV UTF-8")
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => ("the file is an old spreadsheet (.xls)", "save the sheet as CSV UTF-8"),
        [b'%', b'P', b'D', b'F', ..] => ("the file is a PDF", "export the data as text"),
        [0, 0, 0x27, 0x0a, ..] => ("the file is a shapefile", "convert it to GeoJSON in longitude and latitude (WGS 84)"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => ("the file is UTF-16", UTF_8),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => ("the file is UTF-16", UTF_8),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => ("the file is UTF-16", UTF_8),
        _ => return None,
    };
    Some(checks::NOT_TEXT.at(Site::file(name), what).rule("files are plain text in UTF-8").remedy(remedy))
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> Problem {
    let bytes = error.as_bytes();
    let valid = error.utf8_error().valid_up_to();
    let before = SourceFile { name: name.into(), keys: None, text: String::from_utf8_lossy(&bytes[..valid]).into_owned() };
    let rest = &bytes[valid.min(bytes.len())..];
    let bad = rest.first().copied().unwrap_or_default();
    let seen = rest.iter().take_while(|b| !b.is_ascii()).take(4).map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(" ");
    let problem = checks::NOT_UTF_8.at(before.place(valid), "the text is not UTF-8").got(seen);
    // In the code pages of western spreadsheets these bytes are letters with accents, dashes and quotes.
    let problem = if bad >= 0x80 { problem.rule("it looks like Windows-1252 or Latin-1") } else { problem };
    problem.remedy("save it as UTF-8 (in a spreadsheet: CSV UTF-8)")
}
