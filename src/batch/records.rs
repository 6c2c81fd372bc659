use std::{
    io::{self, Read},
    ops::Range,
};

/// How many bytes are looked through for the end of a quoted cell; a quotation mark that is not closed within them is
/// taken for a letter, so that it cannot swallow the rest of the table.
pub const LONGEST_QUOTED: usize = 256 << 10;

/// How many bytes a line may have; what is longer is no table.
pub const LONGEST_LINE: usize = 4 << 20;

/// How much is read at once.
const CHUNK: usize = 256 << 10;

/// Splits a table into records without changing a byte of it.
pub(super) struct Records<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where the next record begins.
    at: usize,
    is_at_end: bool,
    delimiter: u8,
    cells: Vec<Range<usize>>,
    /// Bytes read so far.
    pub(super) bytes: u64,
}

/// A record of a table.
pub(super) struct Record<'a> {
    /// All of it, without the end of its line.
    pub(super) bytes: &'a [u8],
    /// The end of its line; empty at the end of a table that has none.
    pub(super) ending: &'a [u8],
    /// Whether all of its quotation marks are closed.
    pub(super) is_closed: bool,
    cells: &'a [Range<usize>],
}

/// What was found from the start of a record on.
struct Scanned {
    end: usize,
    ending: usize,
    is_closed: bool,
}

impl Record<'_> {
    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell as it is written; empty where there is none.
    pub(super) fn cell(&self, column: usize) -> &[u8] {
        self.cells.get(column).map_or(&[], |cell| &self.bytes[cell.clone()])
    }

    /// All cells as they are written.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.iter().map(|cell| &self.bytes[cell.clone()])
    }
}

impl<R: Read> Records<R> {
    /// The records of a table whose cells are parted by commas, until [`Self::part_by`] says otherwise.
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            buffer: Vec::with_capacity(2 * CHUNK),
            at: 0,
            is_at_end: false,
            delimiter: b',',
            cells: Vec::new(),
            bytes: 0,
        }
    }

    /// Parts the cells of the next records by a sign.
    pub(super) fn part_by(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// The bytes that come next, at most so many, without taking them.
    pub(super) fn peek(&mut self, most: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < most && !self.is_at_end {
            self.fill()?;
        }
        Ok(&self.buffer[self.at..self.buffer.len().min(self.at + most)])
    }

    /// Passes over bytes that were peeked at.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.buffer.len());
    }

    /// The next record; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Record<'_>>> {
        let Some(Scanned { end, ending, is_closed }) = self.find()? else { return Ok(None) };
        let start = std::mem::replace(&mut self.at, end + ending);
        Ok(Some(Record {
            bytes: &self.buffer[start..end],
            ending: &self.buffer[end..end + ending],
            is_closed,
            cells: &self.cells,
        }))
    }

    fn find(&mut self) -> io::Result<Option<Scanned>> {
        loop {
            if self.at == self.buffer.len() && self.is_at_end {
                return Ok(None);
            }
            if let Some(found) = self.scan(true).or_else(|| self.give_up()) {
                return Ok(Some(found));
            }
            if self.buffer.len() - self.at > LONGEST_LINE {
                let rule = format!("a line of a table has at most {} MB", LONGEST_LINE >> 20);
                return Err(io::Error::new(io::ErrorKind::InvalidData, rule));
            }
            self.fill()?;
        }
    }

    /// Takes the first line for a record whose quotation mark is not closed in a reasonable distance.
    fn give_up(&mut self) -> Option<Scanned> {
        let is_hopeless = self.is_at_end || self.buffer.len() - self.at > LONGEST_QUOTED;
        is_hopeless.then(|| self.scan(false).map(|found| Scanned { is_closed: false, ..found }))?
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.at > 0 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.buffer[filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(filled + *read.as_ref().unwrap_or(&0));
        let read = read?;
        self.bytes += read as u64;
        self.is_at_end = read == 0;
        Ok(())
    }

    /// Looks for the end of the record that begins here, noting its cells (RFC 4180); `None` where it is not in sight.
    ///
    /// A quotation mark opens a cell only at its start, and where `quotes` count at all; elsewhere it is a letter.
    fn scan(&mut self, quotes: bool) -> Option<Scanned> {
        let (start, bytes, delimiter) = (self.at, &self.buffer[..], self.delimiter);
        self.cells.clear();
        let (mut at, mut cell) = (start, start);
        loop {
            if quotes && at == cell && bytes.get(at) == Some(&b'"') {
                at = end_of_quoted(bytes, at + 1)?;
            }
            // The rest of the cell; behind a closed quotation mark there should be none.
            let rest = bytes[at..].iter().position(|byte| *byte == delimiter || *byte == b'\n' || *byte == b'\r');
            let end = match rest {
                Some(rest) => at + rest,
                None if self.is_at_end => bytes.len(),
                None => return None,
            };
            self.cells.push(cell - start..end - start);
            match bytes.get(end..) {
                Some([sign, ..]) if *sign == delimiter => (at, cell) = (end + 1, end + 1),
                Some([b'\r']) if !self.is_at_end => return None,
                Some([b'\r', b'\n', ..]) => return Some(Scanned { end, ending: 2, is_closed: true }),
                Some([]) | None => return Some(Scanned { end, ending: 0, is_closed: true }),
                Some(_) => return Some(Scanned { end, ending: 1, is_closed: true }),
            }
        }
    }
}

/// Where a quoted cell ends that is open at a place; `None` where its end is not in sight.
fn end_of_quoted(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes[at..].iter().position(|byte| *byte == b'"')?;
        match bytes.get(at + 1) {
            Some(b'"') => at += 2,
            _ => return Some(at + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that gives one byte at a time, so that every record lies across reads.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            into[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn split(input: impl Read) -> Vec<(Vec<String>, String, bool)> {
        let mut records = Records::new(input);
        let mut all = Vec::new();
        while let Some(record) = records.next().unwrap() {
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            all.push((record.cells().map(text).collect(), text(record.ending), record.is_closed));
        }
        all
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        split(Drip(text.as_bytes())).into_iter().map(|(cells, ..)| cells).collect()
    }

    #[test]
    fn cells_are_split_as_they_are_written() {
        assert_eq!(
            cells("a,b\n\"x, y\",\"say \"\"no\"\"\"\r\nlast,"),
            [vec!["a", "b"], vec!["\"x, y\"", "\"say \"\"no\"\"\""], vec!["last", ""],]
        );
        assert_eq!(cells("one\rtwo\r\r\n"), [vec!["one"], vec!["two"], vec![""]]);
        assert_eq!(cells("5\" pipe,x\ny"), [vec!["5\" pipe", "x"], vec!["y"]]);
        assert_eq!(cells(""), [] as [Vec<&str>; 0]);
    }

    #[test]
    fn a_line_break_in_quotation_marks_belongs_to_its_cell() {
        assert_eq!(cells("\"a\nb\",c\nd\n"), [vec!["\"a\nb\"", "c"], vec!["d"]]);
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_ends_with_its_line() {
        let found = split("\"open,1\nnext,2\n".as_bytes());
        let shown: Vec<_> = found.iter().map(|(cells, _, is_closed)| (cells.join("|"), *is_closed)).collect();
        assert_eq!(shown, [("\"open|1".to_owned(), false), ("next|2".to_owned(), true)]);
    }

    #[test]
    fn a_line_that_never_ends_is_no_table() {
        let endless = io::repeat(b'x');
        assert_eq!(Records::new(endless).next().err().map(|error| error.kind()), Some(io::ErrorKind::InvalidData));
    }

    proptest::proptest! {
        #[test]
        fn all_bytes_come_out_again_in_order(text in "[a\",;\r\n\u{e9}]{0,200}") {
            let mut records = Records::new(Drip(text.as_bytes()));
            let mut whole = Vec::new();
            while let Some(record) = records.next().unwrap() {
                whole.extend_from_slice(record.bytes);
                whole.extend_from_slice(record.ending);
            }
            proptest::prop_assert_eq!(whole, text.as_bytes());
        }

        #[test]
        fn well_formed_tables_are_read_as_the_csv_library_reads_them(
            rows in proptest::collection::vec(proptest::collection::vec("[a\", \n]{0,6}", 3), 1..8)
        ) {
            let mut table = csv::WriterBuilder::new().from_writer(Vec::new());
            rows.iter().for_each(|row| table.write_record(row).unwrap());
            let table = table.into_inner().unwrap();
            let mut records = Records::new(table.as_slice());
            for row in &rows {
                let record = records.next().unwrap().unwrap();
                let own: Vec<String> = record.cells().map(|cell| super::super::text::value(cell).into_owned()).collect();
                proptest::prop_assert_eq!(&own, row);
            }
        }
    }
}
