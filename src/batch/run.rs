use std::io::{self, Read, Write};

use super::{
    answers::Answers,
    asked::{asked, trimmed},
    columns::{Columns, Kind, NoQuestion, added},
    records::{Record, Records},
    text::{is_utf8, push_cell},
};
use crate::{
    lookup::{Scope, Status},
    render::csv::COLUMNS,
    snapshot::Snapshot,
};

/// How much is written at once.
const CHUNK: usize = 256 << 10;

/// After how many rows it is said how far the work is.
const STEP: u64 = 1 << 12;

/// Answers tables from a snapshot.
#[derive(Clone)]
pub struct Batch<'a> {
    /// What answers.
    pub snapshot: &'a Snapshot,
    /// The day and the course of rows that do not say their own.
    pub scope: Scope,
}

/// What became of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many rows there are, without the names of the columns and blank lines.
    pub rows: u64,
    /// How many rows have which status, most frequent statuses first; rows that ask nothing are not among them.
    pub statuses: Vec<(Status, u64)>,
    /// How many rows ask nothing that can be answered.
    pub malformed: u64,
    /// What one should know about the table.
    pub remarks: Vec<Remark>,
}

/// Something about a table that one should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Its cells are parted by this sign in place of commas; so are those that were added.
    PartedBy(char),
    /// So many rows are no UTF-8 and were read as Windows-1252.
    NotUtf8(u64),
    /// Columns of these names were there already; the added ones have `coverage_` in front.
    Renamed(Vec<String>),
}

/// A table could not be answered at all.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// It could not be read.
    #[error("the table cannot be read: {0}")]
    Read(io::Error),
    /// The answers could not be written.
    #[error("the answers cannot be written: {0}")]
    Write(io::Error),
    /// It is UTF-16.
    #[error("line 1: the table is UTF-16; save it as CSV UTF-8")]
    Utf16,
    /// It has no first line.
    #[error("line 1: the table is empty; its first line names the columns, such as zip")]
    Empty,
    /// No column asks anything.
    #[error(transparent)]
    NoQuestion(#[from] NoQuestion),
}

impl Batch<'_> {
    /// Answers a table of comma-separated values, row by row; `progress` hears how many rows and bytes are done.
    ///
    /// # Errors
    /// When the table cannot be read or written, or no column asks anything. A row never makes it fail.
    pub fn csv(&self, input: impl Read, output: impl Write, mut progress: impl FnMut(u64, u64)) -> Result<Summary, Failed> {
        let mut records = Records::new(input);
        let mut sheet = Sheet { output, buffer: Vec::with_capacity(2 * CHUNK) };
        let (delimiter, line) = preamble(&mut records, &mut sheet)?;
        let mut summary = Summary::default();
        if delimiter != b',' {
            summary.remarks.push(Remark::PartedBy(char::from(delimiter)));
        }
        let names = records.next().map_err(Failed::Read)?.ok_or(Failed::Empty)?;
        let columns = Columns::read(&names, line)?;
        header(&names, delimiter, &mut sheet.buffer, &mut summary);
        let ending = if names.ending.is_empty() { b"\n".to_vec() } else { names.ending.to_vec() };
        let mut rows = Rows { answers: Answers::new(self.snapshot, self.scope.clone(), delimiter), columns, delimiter, ending };
        let (mut counts, mut not_utf8) = ([0_u64; Status::ALL.len()], 0);
        while let Some(row) = records.next().map_err(Failed::Read)? {
            if row.bytes.is_empty() {
                sheet.buffer.extend_from_slice(row.ending);
                continue;
            }
            not_utf8 += u64::from(!is_utf8(row.bytes));
            match rows.write(&row, &mut sheet.buffer) {
                Some(status) => counts[status as usize] += 1,
                None => summary.malformed += 1,
            }
            summary.rows += 1;
            sheet.flush_at(CHUNK)?;
            if summary.rows % STEP == 0 {
                progress(summary.rows, records.bytes);
            }
        }
        sheet.flush_at(0)?;
        sheet.output.flush().map_err(Failed::Write)?;
        progress(summary.rows, records.bytes);
        if not_utf8 > 0 {
            summary.remarks.push(Remark::NotUtf8(not_utf8));
        }
        summary.statuses = ranked(counts);
        Ok(summary)
    }
}

/// What is written, a chunk at a time.
struct Sheet<W> {
    output: W,
    buffer: Vec<u8>,
}

impl<W: Write> Sheet<W> {
    fn flush_at(&mut self, most: usize) -> Result<(), Failed> {
        if self.buffer.len() > most || most == 0 {
            self.output.write_all(&self.buffer).map_err(Failed::Write)?;
            self.buffer.clear();
        }
        Ok(())
    }
}

/// What all rows of a table share.
struct Rows<'a> {
    answers: Answers<'a>,
    columns: Columns,
    delimiter: u8,
    ending: Vec<u8>,
}

impl Rows<'_> {
    /// Writes a row with its answer, and says its status.
    fn write(&mut self, row: &Record<'_>, into: &mut Vec<u8>) -> Option<Status> {
        into.extend_from_slice(row.bytes);
        let missing = self.columns.width.saturating_sub(row.len());
        into.extend(std::iter::repeat_n(self.delimiter, missing));
        let status = self.answer(row, into);
        let is_last = row.ending.is_empty();
        into.extend_from_slice(if is_last { &self.ending } else { row.ending });
        status
    }

    fn answer(&mut self, row: &Record<'_>, into: &mut Vec<u8>) -> Option<Status> {
        if !row.is_closed {
            return self.answers.write_malformed("a quotation mark is not closed; close it, or leave it out", into);
        }
        if row.len() > self.columns.width {
            let reason = format!(
                "the row has {} cells and the first line {}; quote cells that hold the sign that parts them",
                row.len(),
                self.columns.width
            );
            return self.answers.write_malformed(&reason, into);
        }
        let said = |kind: Kind| self.columns.of(kind).map(|column| trimmed(row.cell(column))).unwrap_or_default();
        match self.answers.scope(&said(Kind::AsOf), &said(Kind::Course)) {
            Ok(scope) => self.answers.write(&asked(row, &self.columns), scope, into),
            Err(malformed) => self.answers.write_malformed(&malformed.to_string(), into),
        }
    }
}

/// Passes over what may stand before the names of the columns, and finds the sign that parts cells; with it the
/// line of the names.
fn preamble<R: Read, W: Write>(records: &mut Records<R>, sheet: &mut Sheet<W>) -> Result<(u8, u64), Failed> {
    let start = records.peek(3).map_err(Failed::Read)?.to_vec();
    match start.as_slice() {
        [] => return Err(Failed::Empty),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [_, 0, ..] | [0, ..] => return Err(Failed::Utf16),
        [0xEF, 0xBB, 0xBF] => {
            sheet.buffer.extend_from_slice(&start);
            records.pass(3);
        }
        _ => {}
    }
    // Excel writes and reads a first line that names the sign.
    let first = records.peek(8).map_err(Failed::Read)?.to_vec();
    if let [b's', b'e', b'p', b'=', sign, rest @ ..] = first.as_slice()
        && matches!(rest, [b'\r' | b'\n', ..])
    {
        let sign = *sign;
        let line = records.next().map_err(Failed::Read)?;
        if let Some(line) = line {
            sheet.buffer.extend_from_slice(line.bytes);
            sheet.buffer.extend_from_slice(line.ending);
        }
        records.part_by(sign);
        return Ok((sign, 2));
    }
    let head = records.peek(CHUNK).map_err(Failed::Read)?;
    let delimiter = delimiter(head);
    records.part_by(delimiter);
    Ok((delimiter, 1))
}

/// The sign that parts the cells of the first line: the most frequent outside of quotation marks; a comma if in doubt.
fn delimiter(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in head.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')) {
        is_quoted ^= *byte == b'"';
        counts.iter_mut().filter(|(sign, _)| sign == byte && !is_quoted).for_each(|(_, count)| *count += 1);
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| sign)
}

/// Writes the names of the columns, those that are added behind the others.
fn header(names: &Record<'_>, delimiter: u8, into: &mut Vec<u8>, summary: &mut Summary) {
    into.extend_from_slice(names.bytes);
    let added = added(names, &COLUMNS);
    let renamed: Vec<String> =
        COLUMNS.iter().zip(&added).filter(|(name, own)| *name != own).map(|(name, _)| (*name).to_owned()).collect();
    if !renamed.is_empty() {
        summary.remarks.push(Remark::Renamed(renamed));
    }
    added.iter().for_each(|name| push_cell(into, delimiter, name));
    into.extend_from_slice(if names.ending.is_empty() { b"\n" } else { names.ending });
}

fn ranked(counts: [u64; Status::ALL.len()]) -> Vec<(Status, u64)> {
    let mut ranked: Vec<_> = Status::ALL.into_iter().map(|status| (status, counts[status as usize])).collect();
    ranked.retain(|(_, count)| *count > 0);
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranked
}
