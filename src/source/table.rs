//! CSV tables: rows with named cells, every one of which knows where it stands.

use std::borrow::Cow;

use csv::StringRecord;

pub use super::header::{Column, Further};
use super::{checks, file::SourceFile, header::Header, problems::Problems};
use crate::domain::{Check, Origin, Problem, Site};

/// Longer cells are refused: no name, link or list of a real table is as long.
const MAX_CELL_BYTES: usize = 20_000;

/// A row of a table.
pub struct Row<'t> {
    file: &'t SourceFile,
    header: &'t Header,
    record: &'t StringRecord,
    start: usize,
    /// Line of the file, counted from 1.
    pub line: u32,
}

/// A cell of a row, without blanks around it.
#[derive(Clone, Copy)]
pub struct Cell<'r> {
    row: &'r Row<'r>,
    field: Option<usize>,
    /// The name of its column.
    pub column: &'r str,
    /// What it says; empty where the table has no such column.
    pub text: &'r str,
}

/// Reads a table row by row.
///
/// Rows that are no rows (ragged, over-long) are reported and left out; an unusable header ends the reading.
pub fn read(
    file: &SourceFile,
    columns: &'static [Column],
    further: Further,
    problems: &mut Problems,
    mut each: impl FnMut(&Row<'_>, &mut Problems),
) {
    let file = &*with_line_feeds(file, problems);
    if let Some(at) = open_quote(&file.text) {
        problems.push(
            checks::OPEN_QUOTE
                .at(file.place(at), "a quoted cell is never closed")
                .rule("a quote at the start of a cell needs one at its end, and quotes within it are doubled"),
        );
        return;
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.text.as_bytes());
    let mut record = StringRecord::new();
    let mut lines = Lines { text: &file.text, offset: 0, line: 1 };
    let mut header = None;
    // Reading from valid UTF-8 in memory, with rows of any width allowed, has no way to fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let (start, line) = lines.row_at(start);
        let Some(header) = &header else {
            header = Header::read(file, &record, start, columns, further, problems);
            if header.is_none() {
                return;
            }
            continue;
        };
        let row = Row { file, header, record: &record, start, line };
        if row.is_whole(problems) {
            each(&row, problems);
        }
    }
}

/// Old Mac line ends as line feeds, so that lines can be counted.
fn with_line_feeds<'f>(file: &'f SourceFile, problems: &mut Problems) -> Cow<'f, SourceFile> {
    if !file.text.contains('\r') || file.text.contains('\n') {
        return Cow::Borrowed(file);
    }
    problems.push(checks::LINE_ENDS.at(file.site(), "lines end with a carriage return alone").rule("they are read as line ends"));
    Cow::Owned(SourceFile { name: file.name.clone(), keys: None, text: file.text.replace('\r', "\n") })
}

/// Where a quoted cell opens that is never closed.
fn open_quote(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find('"')).map(|at| from + at) {
        // A quote within a cell that starts without one is a letter like any other.
        let starts_cell = at == 0 || matches!(bytes[at - 1], b',' | b'\n' | b'\r');
        from = match starts_cell.then(|| cell_end(bytes, at)) {
            Some((_, false)) => return Some(at),
            Some((end, true)) => end,
            None => at + 1,
        };
    }
    None
}

/// Where the cell ends that starts here (at a comma, a line end or the end), and whether its quotes are closed.
fn cell_end(bytes: &[u8], start: usize) -> (usize, bool) {
    let mut quoted = bytes.get(start) == Some(&b'"');
    let mut at = start + usize::from(quoted);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' if quoted && bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' => quoted = false,
            b',' | b'\n' | b'\r' if !quoted => break,
            _ => {}
        }
        at += 1;
    }
    (at, !quoted)
}

/// Counts lines, forwards only.
struct Lines<'f> {
    text: &'f str,
    offset: usize,
    line: usize,
}

impl Lines<'_> {
    /// Where a row that was read from an offset on really starts, behind empty lines, and on which line.
    fn row_at(&mut self, offset: usize) -> (usize, u32) {
        let blanks = self.text[offset..].len() - self.text[offset..].trim_start_matches(['\r', '\n']).len();
        let start = offset + blanks;
        self.line += self.text.as_bytes()[self.offset..start].iter().filter(|&&b| b == b'\n').count();
        self.offset = start;
        (start, super::file::count(self.line))
    }
}

impl<'t> Row<'t> {
    /// The cell of a column, by its number among the columns that the table was read with.
    pub fn cell(&'t self, column: usize) -> Cell<'t> {
        let field = self.header.fields.get(column).copied().flatten();
        let text = field.and_then(|field| self.record.get(field)).unwrap_or_default().trim();
        Cell { row: self, field, column: self.header.columns.get(column).map_or("", |c| c.name), text }
    }

    /// The cells of columns that are not known by name.
    pub fn further(&'t self) -> impl Iterator<Item = Cell<'t>> {
        self.header.further.iter().map(|(field, name)| Cell {
            row: self,
            field: Some(*field),
            column: name,
            text: self.record.get(*field).unwrap_or_default().trim(),
        })
    }

    /// Where the row stands.
    pub fn site(&self) -> Site {
        self.origin().site()
    }

    /// Where it is written.
    pub fn origin(&self) -> Origin {
        self.origin_of_line(self.line)
    }

    /// Another line of the same file.
    pub fn origin_of_line(&self, line: u32) -> Origin {
        self.file.origin(line)
    }

    /// A problem of the row as a whole.
    pub fn problem(&self, check: &Check, what: impl Into<String>) -> Problem {
        let end = self.file.text[self.start..].find('\n').map_or(self.file.text.len(), |at| self.start + at);
        let mut problem = check.at(self.site(), what);
        problem.excerpt = Some(self.file.excerpt(self.start, end));
        problem
    }

    /// Whether it has the right number of cells, none of them endless.
    fn is_whole(&self, problems: &mut Problems) -> bool {
        let seen = Seen::of(self.record);
        if seen.last_filled.is_none() {
            problems.push(self.problem(&checks::BLANK_ROW, "the row is blank").rule("it is left out"));
            return false;
        }
        let (width, expected) = (self.record.len(), self.header.width);
        if width < expected || seen.last_filled.is_some_and(|last| last >= expected) {
            let what = format!("the row has {width} cells, but the header has {expected}");
            let remedy = "put a cell with a comma in it into double quotes, and leave missing cells empty";
            problems.push(self.problem(&checks::RAGGED_ROW, what).remedy(remedy));
            return false;
        }
        if seen.has_blanks {
            problems.push(self.problem(&checks::BLANKS, "a cell has blanks around it").rule("they are left out"));
        }
        if let Some(bytes) = seen.too_long {
            let what = format!("a cell has {bytes} bytes");
            problems.push(self.problem(&checks::LONG_CELL, what).rule(format!("cells have at most {MAX_CELL_BYTES}")));
            return false;
        }
        true
    }
}

/// What one look at all cells of a row finds.
#[derive(Default)]
struct Seen {
    /// The number of the last cell with anything in it.
    last_filled: Option<usize>,
    /// Whether there are blanks around a cell.
    has_blanks: bool,
    /// The bytes of the first cell that is too long.
    too_long: Option<usize>,
}

impl Seen {
    fn of(record: &StringRecord) -> Self {
        let mut seen = Self::default();
        for (number, cell) in record.iter().enumerate() {
            let trimmed = cell.trim();
            if !trimmed.is_empty() {
                seen.last_filled = Some(number);
            }
            seen.has_blanks |= trimmed.len() != cell.len();
            if cell.len() > MAX_CELL_BYTES {
                seen.too_long = seen.too_long.or(Some(cell.len()));
            }
        }
        seen
    }
}

impl Cell<'_> {
    /// Where the cell stands.
    pub fn site(&self) -> Site {
        match self.span() {
            Some((start, _)) if self.row.file.keys.is_none() => Site { line: Some(self.row.line), ..self.row.file.place(start) },
            _ => self.row.site(),
        }
    }

    /// A problem of the cell, with its text as the value that was found.
    pub fn problem(&self, check: &Check, what: impl Into<String>) -> Problem {
        let mut problem = check.at(self.site(), what);
        if !self.text.is_empty() {
            problem.got = Some(shortened(self.text));
        }
        problem.excerpt = self.span().map(|(start, end)| self.row.file.excerpt(start, end));
        problem
    }

    /// The bytes of the cell in the file.
    fn span(&self) -> Option<(usize, usize)> {
        let bytes = self.row.file.text.as_bytes();
        let mut start = self.row.start;
        for _ in 0..self.field? {
            let (end, _) = cell_end(bytes, start);
            bytes.get(end).filter(|&&b| b == b',')?;
            start = end + 1;
        }
        Some((start, cell_end(bytes, start).0))
    }
}

/// Text short enough to stand in a message.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
