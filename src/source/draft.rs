//! Changes to `assignments.csv` that are tried before anybody makes them: the file's bytes in, other bytes out.
//!
//! Rows that a change is not about keep their bytes. Nothing on disk is touched, and whether the draft is sound is for
//! the same checks to say that every file goes through.

use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use jiff::civil::Date;

use crate::{
    census::ZipCode,
    domain::{PartnerId, RegionId},
};

/// A change of `assignments.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Another file takes its place.
    With(Vec<u8>),
    /// A partner serves nothing any more: from a day on, or at all.
    Without(PartnerId, Option<Date>),
    /// All that a partner serves goes to another one: from a day on, or at all.
    HandOver(PartnerId, PartnerId, Option<Date>),
    /// ZIPs go from a partner to another one: from a day on, or at all. ZIPs that the first does not hold by rows of
    /// their own, but through a wider region, become rows of the other.
    Move(Vec<ZipCode>, PartnerId, PartnerId, Option<Date>),
    /// A partner takes on regions, beside whoever may have them: from a day on, or at all.
    Give(Vec<RegionId>, PartnerId, Option<Date>),
}

/// ZIPs in a text, parted by commas or blanks.
///
/// # Errors
/// With the first word that is no ZIP.
pub fn zips_in(text: &str) -> Result<Vec<ZipCode>, String> {
    listed(text).map(|word| word.trim_start_matches("zip:").parse().map_err(|_| word.to_owned())).collect()
}

/// Typed ids of regions in a text, parted by commas or blanks.
///
/// # Errors
/// With the first word that is none.
pub fn regions_in(text: &str) -> Result<Vec<RegionId>, String> {
    listed(text).map(|word| word.parse().map_err(|_| word.to_owned())).collect()
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '|']).filter(|word| !word.is_empty())
}

/// A draft cannot be made from a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoDraft {
    /// It has no such column.
    #[error(
        "assignments.csv:1: the column {0} is missing; the first line names the columns partner, region and, for days, starts_on and ends_on"
    )]
    Column(&'static str),
    /// The partner has no row.
    #[error("assignments.csv: {0} has no assignment that lasts; nothing would change")]
    Nothing(PartnerId),
    /// The file is no table.
    #[error("assignments.csv: the file cannot be read as a table; run check")]
    NoTable,
}

/// The bytes of a draft.
///
/// # Errors
/// When the file is no table, a column is missing, or the change would change nothing.
pub fn draft(assignments: &[u8], edit: &Edit) -> Result<Vec<u8>, NoDraft> {
    match edit {
        Edit::With(bytes) => Ok(bytes.clone()),
        Edit::Without(partner, day) => Table::read(assignments)?.passed_on(partner, None, *day, |_| true),
        Edit::HandOver(from, to, day) => Table::read(assignments)?.passed_on(from, Some(to), *day, |_| true),
        Edit::Give(regions, to, day) => Table::read(assignments)?.given(regions, to, *day),
        Edit::Move(zips, from, to, day) => Table::read(assignments)?.moved(zips, from, to, *day),
    }
}

/// The rows of a file, with their bytes.
struct Table<'a> {
    /// What stands before the names of the columns: a byte order mark.
    mark: &'a [u8],
    rows: Vec<(ByteRecord, &'a [u8])>,
    columns: Columns,
    line_feed: &'static [u8],
}

struct Columns {
    partner: usize,
    region: usize,
    starts_on: Option<usize>,
    ends_on: Option<usize>,
    width: usize,
}

impl Edit {
    /// What is tried, in a few words: `a leaves from 2027-07-01 on`.
    pub fn said(&self) -> String {
        let from = |day: &Option<Date>| day.map(|day| format!(" from {day} on")).unwrap_or_default();
        match self {
            Self::With(_) => "the assignments are those of another file".to_owned(),
            Self::Without(partner, day) => format!("{partner} leaves{}", from(day)),
            Self::HandOver(a, b, day) => format!("{a} gives all to {b}{}", from(day)),
            Self::Move(zips, a, b, day) => {
                let zips: Vec<_> = zips.iter().map(ToString::to_string).collect();
                format!("{a} gives {} to {b}{}", few(&zips, "ZIPs"), from(day))
            }
            Self::Give(regions, to, day) => {
                let regions: Vec<_> = regions.iter().map(ToString::to_string).collect();
                format!("{to} takes on {}{}", few(&regions, "regions"), from(day))
            }
        }
    }
}

/// The items, or how many they are.
fn few(items: &[String], what: &str) -> String {
    if items.len() > 5 { format!("{} {what}", items.len()) } else { items.join(", ") }
}

impl<'a> Table<'a> {
    fn read(file: &'a [u8]) -> Result<Self, NoDraft> {
        let bytes = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let (mut rows, mut record) = (Vec::new(), ByteRecord::new());
        let mut start = 0;
        while reader.read_byte_record(&mut record).map_err(|_| NoDraft::NoTable)? {
            let read = usize::try_from(reader.position().byte()).unwrap_or(bytes.len()).min(bytes.len());
            // The reader takes the line feed of CRLF for a part of the next row.
            let is_between = read > 0 && bytes[read - 1] == b'\r' && bytes.get(read) == Some(&b'\n');
            let end = read + usize::from(is_between);
            rows.push((record.clone(), &bytes[start..end]));
            start = end;
        }
        let names = rows.first().map(|(names, _)| names.clone()).ok_or(NoDraft::NoTable)?;
        let find = |name: &str| names.iter().position(|own| own.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
        let columns = Columns {
            partner: find("partner").ok_or(NoDraft::Column("partner"))?,
            region: find("region").ok_or(NoDraft::Column("region"))?,
            starts_on: find("starts_on"),
            ends_on: find("ends_on"),
            width: names.len(),
        };
        let line_feed: &[u8] = if bytes.windows(2).any(|pair| pair == b"\r\n") { b"\r\n" } else { b"\n" };
        Ok(Self { mark: &file[..file.len() - bytes.len()], rows, columns, line_feed })
    }

    /// The file with the rows of a partner that are wanted ended or gone, and taken over by another where one is named.
    fn passed_on(
        &self,
        from: &PartnerId,
        to: Option<&PartnerId>,
        day: Option<Date>,
        wanted: impl Fn(&ByteRecord) -> bool,
    ) -> Result<Vec<u8>, NoDraft> {
        let mut draft = self.start();
        let mut is_changed = false;
        for (i, (row, bytes)) in self.rows.iter().enumerate() {
            let is_own = i > 0 && cell(row, self.columns.partner) == from.as_str() && wanted(row);
            if !is_own || self.is_over(row, day) {
                draft.extend_from_slice(bytes);
                continue;
            }
            is_changed = true;
            self.turn(row, to, day, &mut draft)?;
        }
        if is_changed { Ok(draft) } else { Err(NoDraft::Nothing(from.clone())) }
    }

    /// The file with ZIPs taken from a partner and given to another.
    fn moved(&self, zips: &[ZipCode], from: &PartnerId, to: &PartnerId, day: Option<Date>) -> Result<Vec<u8>, NoDraft> {
        let named = |row: &ByteRecord| zip_in(&cell(row, self.columns.region)).filter(|zip| zips.contains(zip));
        let own: Vec<ZipCode> = self
            .rows
            .iter()
            .skip(1)
            .filter(|(row, _)| cell(row, self.columns.partner) == from.as_str() && !self.is_over(row, day))
            .filter_map(|(row, _)| named(row))
            .collect();
        let mut draft =
            if own.is_empty() { self.all() } else { self.passed_on(from, Some(to), day, |row| named(row).is_some())? };
        let missing = zips.iter().filter(|zip| !own.contains(zip)).map(|zip| RegionId::Zip(*zip));
        self.add(&mut draft, missing, to, day)?;
        Ok(draft)
    }

    /// The file with rows by which a partner has regions.
    fn given(&self, regions: &[RegionId], to: &PartnerId, day: Option<Date>) -> Result<Vec<u8>, NoDraft> {
        let mut draft = self.all();
        self.add(&mut draft, regions.iter().cloned(), to, day)?;
        Ok(draft)
    }

    /// The file as it is.
    fn all(&self) -> Vec<u8> {
        let mut all = self.start();
        self.rows.iter().for_each(|(_, bytes)| all.extend_from_slice(bytes));
        all
    }

    /// Adds a row for each region.
    fn add(
        &self,
        draft: &mut Vec<u8>,
        regions: impl Iterator<Item = RegionId>,
        to: &PartnerId,
        day: Option<Date>,
    ) -> Result<(), NoDraft> {
        for region in regions {
            let mut cells = vec![String::new(); self.columns.width];
            cells[self.columns.partner] = to.to_string();
            cells[self.columns.region] = region.to_string();
            if let Some(day) = day {
                cells[self.columns.starts_on.ok_or(NoDraft::Column("starts_on"))?] = day.to_string();
            }
            self.push(draft, cells.iter().map(String::as_bytes))?;
        }
        Ok(())
    }

    /// What stands before the first row.
    fn start(&self) -> Vec<u8> {
        self.mark.to_vec()
    }

    /// Whether a row has ended before a day, or ends with the day before anyway.
    fn is_over(&self, row: &ByteRecord, day: Option<Date>) -> bool {
        let ends = self.columns.ends_on.and_then(|column| cell(row, column).parse::<Date>().ok());
        matches!((ends, day), (Some(ends), Some(day)) if ends < day)
    }

    /// Writes what becomes of a row: nothing or the other partner's, or both with a day between them.
    fn turn(&self, row: &ByteRecord, to: Option<&PartnerId>, day: Option<Date>, draft: &mut Vec<u8>) -> Result<(), NoDraft> {
        let mut cells: Vec<Vec<u8>> = row.iter().map(<[u8]>::to_vec).collect();
        cells.resize(self.columns.width.max(cells.len()), Vec::new());
        let column = |column: Option<usize>, name| column.ok_or(NoDraft::Column(name));
        let mut has_begun = true;
        if let Some(day) = day {
            let starts = self.columns.starts_on.and_then(|column| cell(row, column).parse::<Date>().ok());
            // What would start on the day or later starts with the other partner only.
            has_begun = starts.is_none_or(|starts| starts < day);
            if has_begun {
                let mut old = cells.clone();
                old[column(self.columns.ends_on, "ends_on")?] = day.yesterday().unwrap_or(day).to_string().into_bytes();
                self.push(draft, old.iter().map(Vec::as_slice))?;
            }
        }
        let Some(to) = to else { return Ok(()) };
        cells[self.columns.partner] = to.to_string().into_bytes();
        if let Some(day) = day.filter(|_| has_begun) {
            cells[column(self.columns.starts_on, "starts_on")?] = day.to_string().into_bytes();
        }
        self.push(draft, cells.iter().map(Vec::as_slice))
    }

    /// Adds a row, on a line of its own.
    fn push<'c>(&self, draft: &mut Vec<u8>, cells: impl Iterator<Item = &'c [u8]>) -> Result<(), NoDraft> {
        if draft.last().is_some_and(|last| *last != b'\n' && *last != b'\r') {
            draft.extend_from_slice(self.line_feed);
        }
        let mut row = WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        row.write_record(cells).map_err(|_| NoDraft::NoTable)?;
        let mut bytes = row.into_inner().map_err(|_| NoDraft::NoTable)?;
        bytes.pop();
        draft.extend_from_slice(&bytes);
        draft.extend_from_slice(self.line_feed);
        Ok(())
    }
}

fn cell(row: &ByteRecord, column: usize) -> String {
    String::from_utf8_lossy(row.get(column).unwrap_or_default()).trim().to_owned()
}

/// The ZIP of a region's id; a spreadsheet may have eaten its zeros.
fn zip_in(region: &str) -> Option<ZipCode> {
    let code = region.strip_prefix("zip:")?.trim();
    format!("{code:0>5}").parse().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const FILE: &str = "partner,region,starts_on,ends_on,notes\n\
                        a,state:WA,2024-07-01,,\"x, y\"\n\
                        a,zip:02139,,,\n\
                        b,zip:98101,,2026-01-31,\n";

    fn id(text: &str) -> PartnerId {
        text.parse().unwrap()
    }

    fn made(edit: &Edit) -> String {
        String::from_utf8(draft(FILE.as_bytes(), edit).unwrap()).unwrap()
    }

    #[test]
    fn without_a_partner_its_rows_are_gone_and_the_others_keep_their_bytes() {
        assert_eq!(made(&Edit::Without(id("a"), None)), "partner,region,starts_on,ends_on,notes\nb,zip:98101,,2026-01-31,\n");
    }

    #[test]
    fn a_partner_who_leaves_on_a_day_serves_until_the_day_before() {
        let draft = made(&Edit::Without(id("a"), Some(date(2026, 6, 30))));
        assert!(
            draft.contains("a,state:WA,2024-07-01,2026-06-29,\"x, y\"\n") && draft.contains("a,zip:02139,,2026-06-29,\n"),
            "{draft}"
        );
        assert_eq!(draft.lines().count(), 4);
    }

    #[test]
    fn a_hand_over_ends_one_row_and_starts_another() {
        let draft = made(&Edit::HandOver(id("a"), id("c"), Some(date(2027, 7, 1))));
        assert!(draft.contains("a,state:WA,2024-07-01,2027-06-30,\"x, y\"\nc,state:WA,2027-07-01,,\"x, y\"\n"), "{draft}");
    }

    #[test]
    fn zips_move_by_their_own_rows_and_out_of_wider_regions() {
        let zips = vec!["02139".parse().unwrap(), "98104".parse().unwrap()];
        let draft = made(&Edit::Move(zips, id("a"), id("c"), None));
        assert!(
            draft.contains("\nc,zip:02139,,,\n") && draft.ends_with("\nc,zip:98104,,,\n") && draft.contains("a,state:WA"),
            "{draft}"
        );
        assert!(!draft.contains("a,zip:02139"));
    }

    #[test]
    fn what_has_ended_stays_as_it_is() {
        let nothing = draft(FILE.as_bytes(), &Edit::Without(id("b"), Some(date(2026, 6, 1))));
        assert_eq!(nothing, Err(NoDraft::Nothing(id("b"))));
        assert!(draft(FILE.as_bytes(), &Edit::Without(id("nobody"), None)).is_err());
    }

    #[test]
    fn marks_and_line_ends_of_a_spreadsheet_stay() {
        let file = b"\xEF\xBB\xBFpartner,region\r\na,state:WA\r\nb,state:OR";
        let zips = vec!["98101".parse().unwrap()];
        let made = draft(file, &Edit::Move(zips, id("a"), id("c"), None)).unwrap();
        assert_eq!(String::from_utf8(made).unwrap(), "\u{feff}partner,region\r\na,state:WA\r\nb,state:OR\r\nc,zip:98101\r\n");
        let without = draft(file, &Edit::Without(id("a"), None)).unwrap();
        assert_eq!(String::from_utf8(without).unwrap(), "\u{feff}partner,region\r\nb,state:OR");
    }
}
