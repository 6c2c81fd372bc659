//! A file as text, and where in it things are.

use std::sync::Arc;

use crate::domain::{Excerpt, Origin, Site};

/// Longest line that is shown whole; of longer ones a window.
const LONGEST_EXCERPT: usize = 200;

/// A text file of one of the folders.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name within the folder.
    pub name: Arc<str>,
    /// What it says, without a byte order mark.
    pub text: String,
    /// Where it was made of a table: the rows that its lines stand for.
    pub keys: Option<Arc<Keys>>,
}

/// The rows of a table that the lines of a file stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The name of the table.
    pub table: Arc<str>,
    /// The key of the row of each line; `None` in the header and within rows.
    pub by_line: Vec<Option<Arc<str>>>,
}

impl Keys {
    /// The key of the row that a line belongs to; lines are counted from 1.
    fn of_line(&self, line: u32) -> Option<Arc<str>> {
        let line = usize::try_from(line).unwrap_or(usize::MAX).min(self.by_line.len());
        self.by_line[..line].iter().rev().find_map(Clone::clone)
    }
}

impl SourceFile {
    /// The file as a whole.
    pub fn site(&self) -> Site {
        Site::file(self.keys.as_ref().map_or(&self.name, |keys| &keys.table).clone())
    }

    /// Where a line is written.
    pub fn origin(&self, line: u32) -> Origin {
        let site = self.site();
        Origin { file: site.file, line, row: self.keys.as_ref().and_then(|keys| keys.of_line(line)) }
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    pub fn place(&self, offset: usize) -> Site {
        let before = self.before(offset);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
        if self.keys.is_some() {
            let origin = self.origin(count(line));
            return if origin.row.is_some() { origin.site() } else { self.site() };
        }
        let column = before[start..].chars().count() + 1;
        Site { line: Some(count(line)), column: Some(count(column)), ..self.site() }
    }

    /// The line around a stretch of bytes, to show it.
    pub fn excerpt(&self, start: usize, end: usize) -> Excerpt {
        let start = self.before(start).len();
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let end = self.before(end.min(line_end)).len().max(start);
        let (from, to) = self.window(line_start, line_end, start);
        let text = self.text[from..to].trim_end_matches('\r').to_owned();
        let within = |at: usize| at.clamp(from, from + text.len()) - from;
        Excerpt { start: within(start), end: within(end), text }
    }

    /// The part of a line that is shown: all of it, or some of it around a place.
    fn window(&self, line_start: usize, line_end: usize, around: usize) -> (usize, usize) {
        if line_end - line_start <= LONGEST_EXCERPT {
            return (line_start, line_end);
        }
        let from = around.saturating_sub(LONGEST_EXCERPT / 4).max(line_start);
        let to = (from + LONGEST_EXCERPT).min(line_end);
        (self.before(from).len(), self.before(to).len())
    }

    /// The text before an offset, cut back to a whole character.
    fn before(&self, offset: usize) -> &str {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        &self.text[..offset]
    }

    /// The byte offset of a line and column, both counted from 1 and from a byte offset on; columns in bytes, as
    /// parsers count them.
    pub fn offset_from(&self, mut start: usize, line: usize, column: usize) -> usize {
        for _ in 1..line {
            match self.text.get(start..).and_then(|rest| rest.find('\n')) {
                Some(at) => start += at + 1,
                None => break,
            }
        }
        self.before(start + column.saturating_sub(1)).len()
    }

    /// The byte offset at which a line starts, counted from 1.
    pub fn offset_of_line(&self, line: u32) -> usize {
        self.offset_from(0, usize::try_from(line).unwrap_or(usize::MAX), 1)
    }

    /// The byte offset of a column of a line, both counted from 1, the column in characters.
    pub fn offset_of(&self, line: u32, column: u32) -> usize {
        let start = self.offset_of_line(line);
        let characters = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
        let ahead = self.text[start..].char_indices().nth(characters).map_or(self.text.len() - start, |(at, _)| at);
        start + ahead
    }
}

/// A count as sites have it.
pub fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
