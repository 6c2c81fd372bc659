use std::{collections::HashMap, io::Write};

use super::{
    asked::{Asked, question},
    text::push_cell,
};
use crate::{
    domain::CourseId,
    geometry::Position,
    lookup::{self, Malformed, Question, Scope, Status},
    render::{csv, words::Words},
    snapshot::{AreaSet, Snapshot},
};

/// How many answers are kept; when there are as many, all are let go and asked anew.
const KEPT: usize = 1 << 17;

/// What stands in the status column of a row that asks nothing that can be answered.
pub(super) const MALFORMED: &str = "malformed";

/// The cells that rows get, and those that were made already.
pub(super) struct Answers<'a> {
    snapshot: &'a Snapshot,
    words: Words<'a>,
    delimiter: u8,
    scopes: Vec<Scope>,
    by_text: HashMap<Vec<u8>, Cells>,
    by_areas: HashMap<(usize, AreaSet), Cells>,
    key: Vec<u8>,
}

/// The cells of an answer as bytes, the sign that parts cells in front of each.
#[derive(Clone, Debug)]
struct Cells {
    status: Option<Status>,
    before: Vec<u8>,
    /// What follows behind the position that was asked about, where the cells name it.
    after: Option<Vec<u8>>,
}

/// The number of a scope among those of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScopeNo(usize);

impl<'a> Answers<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, scope: Scope, delimiter: u8) -> Self {
        Self {
            snapshot,
            words: Words::new(&snapshot.info().courses),
            delimiter,
            scopes: vec![scope],
            by_text: HashMap::new(),
            by_areas: HashMap::new(),
            key: Vec::new(),
        }
    }

    /// The scope of a row that says its day or course; of one that says neither, the table's.
    pub(super) fn scope(&mut self, as_of: &str, course: &str) -> Result<ScopeNo, Malformed> {
        let mut scope = self.scopes[0].clone();
        if as_of.is_empty() && course.is_empty() {
            return Ok(ScopeNo(0));
        }
        if !as_of.is_empty() {
            let is_shaped = as_of.len() == 10 && as_of.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            let day = as_of.parse().ok().filter(|_| is_shaped);
            scope.as_of = day.ok_or_else(|| Malformed::new("as_of", "no day", as_of, "days are written 2026-11-21"))?;
        }
        if !course.is_empty() {
            scope.course = Some(self.course(course)?);
        }
        let known = self.scopes.iter().position(|other| *other == scope);
        Ok(ScopeNo(known.unwrap_or_else(|| {
            self.scopes.push(scope);
            self.scopes.len() - 1
        })))
    }

    fn course(&self, text: &str) -> Result<CourseId, Malformed> {
        let courses = &self.snapshot.info().courses;
        let known = courses.iter().find(|course| course.id.as_str() == text).map(|course| course.id.clone());
        known.ok_or_else(|| {
            let ids: Vec<_> = courses.iter().map(|course| course.id.as_str()).collect();
            Malformed::new("course", "unknown course", text, format!("courses are {}", ids.join(", ")))
        })
    }

    /// Writes the cells of what a row asks, and says its status; `None` where it could not be answered.
    pub(super) fn write(&mut self, asked: &Asked<'_>, scope: ScopeNo, into: &mut Vec<u8>) -> Option<Status> {
        match asked {
            Asked::Position(lat, lon) => match position(lat, lon) {
                Ok(position) => self.write_position(position, scope, into),
                Err(malformed) => self.write_malformed(&malformed.to_string(), into),
            },
            Asked::Text(kind, text) => {
                self.key.clear();
                self.key.extend_from_slice(&scope.0.to_le_bytes());
                self.key.push(*kind as u8);
                self.key.extend_from_slice(text.as_bytes());
                if let Some(cells) = self.by_text.get(&self.key) {
                    into.extend_from_slice(&cells.before);
                    return cells.status;
                }
                let cells = match question(*kind, text) {
                    Ok(question) => self.cells(&question, scope),
                    Err(malformed) => self.malformed(&malformed.to_string()),
                };
                into.extend_from_slice(&cells.before);
                let status = cells.status;
                make_room(&mut self.by_text);
                self.by_text.insert(self.key.clone(), cells);
                status
            }
            Asked::Nothing => self.write_malformed("no column of the row asks anything; fill one of those that ask", into),
        }
    }

    /// Positions in the same areas have the same answer, but for their own numbers in it.
    fn write_position(&mut self, position: Position, scope: ScopeNo, into: &mut Vec<u8>) -> Option<Status> {
        let areas = self.snapshot.land().areas_at(position);
        if areas.is_empty() {
            // Outside, the answer depends on what is nearest.
            let cells = self.cells(&Question::position(position), scope);
            into.extend_from_slice(&cells.before);
            return cells.status;
        }
        let key = (scope.0, areas);
        if !self.by_areas.contains_key(&key) {
            let cells = cut(self.cells(&Question::position(position), scope), &position.to_string());
            make_room(&mut self.by_areas);
            self.by_areas.insert(key.clone(), cells);
        }
        let cells = self.by_areas.get(&key)?;
        into.extend_from_slice(&cells.before);
        if let Some(after) = &cells.after {
            // Writing to memory cannot fail.
            let _ = write!(into, "{position}");
            into.extend_from_slice(after);
        }
        cells.status
    }

    /// Writes the cells of a row that cannot be answered.
    pub(super) fn write_malformed(&self, reason: &str, into: &mut Vec<u8>) -> Option<Status> {
        into.extend_from_slice(&self.malformed(reason).before);
        None
    }

    fn malformed(&self, reason: &str) -> Cells {
        let mut before = Vec::new();
        for cell in [MALFORMED, "", "", "", "", reason] {
            push_cell(&mut before, self.delimiter, cell);
        }
        Cells { status: None, before, after: None }
    }

    fn cells(&self, question: &Question, scope: ScopeNo) -> Cells {
        // No column names the partners near by, which take longest to find.
        let answer = lookup::brief(self.snapshot, question, &self.scopes[scope.0]);
        let mut before = Vec::new();
        for cell in csv::row(&answer, &self.words) {
            push_cell(&mut before, self.delimiter, &cell);
        }
        Cells { status: Some(answer.status), before, after: None }
    }
}

/// Latitude and longitude as a position.
///
/// # Errors
/// When they are none; the words are those of any other question.
fn position(lat: &str, lon: &str) -> Result<Position, Malformed> {
    if let (Ok(y), Ok(x)) = (lat.parse(), lon.parse())
        && let Ok(position) = Position::new(x, y)
    {
        return Ok(position);
    }
    // A decimal comma is what spreadsheets of some countries write.
    let [lat, lon] = [lat, lon].map(|text| if text.contains('.') { text.to_owned() } else { text.replacen(',', ".", 1) });
    Question::at(&lat, &lon).and_then(|question| {
        question.as_position().ok_or_else(|| Malformed::new("lat", "no position", &lat, "write decimal degrees such as 47.6"))
    })
}

/// Cuts cells where they name the position that they are about.
fn cut(cells: Cells, position: &str) -> Cells {
    let at = cells.before.windows(position.len()).position(|window| window == position.as_bytes());
    let Some(at) = at else { return cells };
    let after = Some(cells.before[at + position.len()..].to_vec());
    Cells { before: cells.before[..at].to_vec(), after, ..cells }
}

fn make_room<K, V>(kept: &mut HashMap<K, V>) {
    if kept.len() >= KEPT {
        kept.clear();
    }
}
