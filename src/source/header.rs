//! Header rows: which field is which column.

use csv::StringRecord;

use super::{checks, file::SourceFile, problems::Problems, suggest, table::shortened};
use crate::domain::{Problem, Site};

/// A column that a table has, or may have.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the header row.
    pub name: &'static str,
    /// Whether the table is of no use without it.
    pub required: bool,
}

/// The header row: at which field each known column stands, and what else there is.
pub struct Header {
    /// The columns that the table is read with.
    pub columns: &'static [Column],
    /// At which field each of them stands.
    pub fields: Vec<Option<usize>>,
    /// Fields and names of other columns that are wanted.
    pub further: Vec<(usize, String)>,
    /// How many fields there are.
    pub width: usize,
}

impl Column {
    /// A column that must be there.
    pub const fn required(name: &'static str) -> Self {
        Self { name, required: true }
    }

    /// A column that may be absent.
    pub const fn optional(name: &'static str) -> Self {
        Self { name, required: false }
    }
}

/// Whether a table may have columns that are not known by name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Further {
    /// They are ignored with a warning.
    Unknown,
    /// They are read.
    Wanted,
}

impl Header {
    /// The header of a table; problems and `None` when the table cannot be read with it.
    pub fn read(
        file: &SourceFile,
        record: &StringRecord,
        start: usize,
        columns: &'static [Column],
        further: Further,
        problems: &mut Problems,
    ) -> Option<Self> {
        let site = file.place(start);
        if let Some(problem) = foreign_separator(record, columns, &site) {
            problems.push(problem);
            return None;
        }
        let mut header = Self { columns, fields: vec![None; columns.len()], further: Vec::new(), width: record.len() };
        let mut usable = true;
        for (field, raw) in record.iter().enumerate() {
            usable &= header.place(field, raw, &site, further, problems);
        }
        for (column, _) in columns.iter().zip(&header.fields).filter(|(c, field)| c.required && field.is_none()) {
            let problem = checks::MISSING_COLUMN.at(site.clone(), format!("column {} is missing", column.name)).got(seen(record));
            problems.push(problem.rule(format!("the columns are {}", names(columns))));
            usable = false;
        }
        usable.then_some(header)
    }

    /// Finds out which column a field is; false when the table cannot be read for it.
    fn place(&mut self, field: usize, raw: &str, site: &Site, further: Further, problems: &mut Problems) -> bool {
        let name = raw.trim().to_ascii_lowercase();
        let Some(column) = self.columns.iter().position(|column| column.name == name) else {
            if name.is_empty() {
                return true;
            }
            if further == Further::Wanted {
                self.further.push((field, name));
            } else {
                let problem = checks::UNKNOWN_COLUMN.at(site.clone(), "unknown column").got(shortened(raw.trim()));
                let near = suggest::nearest(&name, self.columns.iter().map(|column| column.name));
                let problem = problem.rule(format!("it is ignored; the columns are {}", names(self.columns)));
                problems.push(match near {
                    Some(near) => problem.remedy(format!("did you mean {near}?")),
                    None => problem,
                });
            }
            return true;
        };
        if raw != self.columns[column].name {
            problems.push(
                checks::COLUMN_SPELLING
                    .at(site.clone(), "the column's name has blanks or upper case letters")
                    .got(shortened(raw))
                    .rule(format!("it is read as {}", self.columns[column].name)),
            );
        }
        if let Some(first) = self.fields[column] {
            let what = format!("column {name} stands twice, as column {} and column {}", first + 1, field + 1);
            problems.push(checks::DUPLICATE_COLUMN.at(site.clone(), what).remedy("remove one of them"));
            return false;
        }
        self.fields[column] = Some(field);
        true
    }
}

/// The header row as a message quotes it: its first fields, none of them long.
fn seen(record: &StringRecord) -> String {
    const MOST: usize = 30;
    let fields: Vec<_> = record.iter().take(MOST).map(|field| shortened(field.trim())).collect();
    fields.join(", ") + if record.len() > MOST { ", …" } else { "" }
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// A problem when the header is one field that some other separator would cut into known columns.
fn foreign_separator(record: &StringRecord, columns: &[Column], site: &Site) -> Option<Problem> {
    let line = record.get(0).filter(|_| record.len() == 1)?;
    let known = |c: &str| columns.iter().any(|column| column.name.eq_ignore_ascii_case(c.trim().trim_matches('"')));
    let (name, _) = [("semicolons", ';'), ("tabs", '\t'), ("vertical bars", '|')]
        .into_iter()
        .find(|&(_, separator)| line.split(separator).filter(|cell| known(cell)).count() > 1)?;
    let problem = checks::SEPARATOR.at(site.clone(), format!("the columns are separated by {name}"));
    Some(problem.rule("columns are separated by commas").remedy("save it as comma-separated values"))
}
