//! Cells as text, and text as cells.

use std::borrow::Cow;

/// What a cell says: without its quotation marks; bytes that are no UTF-8 are read as Windows does in the West.
pub(super) fn value(cell: &[u8]) -> Cow<'_, str> {
    match cell.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) {
        Some(inner) => {
            let text = decoded(inner);
            if text.contains("\"\"") { text.replace("\"\"", "\"").into() } else { text }
        }
        None => decoded(cell),
    }
}

/// Whether bytes are UTF-8.
pub(super) fn is_utf8(bytes: &[u8]) -> bool {
    bytes.is_ascii() || std::str::from_utf8(bytes).is_ok()
}

fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes.iter().map(|byte| western(*byte)).collect::<String>().into(),
    }
}

/// A letter of Windows-1252; of the signs that it puts in the place of control characters only those of names.
fn western(byte: u8) -> char {
    match byte {
        0x8A => 'Š',
        0x8E => 'Ž',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x9A => 'š',
        0x9E => 'ž',
        other => char::from(other),
    }
}

/// Writes a text as a cell behind a sign that parts cells.
pub(super) fn push_cell(into: &mut Vec<u8>, delimiter: u8, text: &str) {
    into.push(delimiter);
    if !text.bytes().any(|byte| byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r')) {
        into.extend_from_slice(text.as_bytes());
        return;
    }
    into.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            into.push(b'"');
        }
        into.push(byte);
    }
    into.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_without_their_quotation_marks_and_in_either_encoding() {
        assert_eq!(value(b"\"say \"\"no\"\"\""), "say \"no\"");
        assert_eq!(value("Doña Ana".as_bytes()), "Doña Ana");
        assert_eq!(value(b"Do\xf1a Ana, O\x92Fallon"), "Doña Ana, O’Fallon");
        assert_eq!(value(b"\""), "\"");
    }

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        let written = |text: &str| {
            let mut cell = Vec::new();
            push_cell(&mut cell, b';', text);
            String::from_utf8(cell).unwrap()
        };
        assert_eq!([written("a,b"), written("a;b"), written("a\"b")], [";a,b", ";\"a;b\"", ";\"a\"\"b\""]);
    }
}
