use jiff::civil::Date;

use super::plan::{ColumnPlan, ReportPlan, TablePlan};
use crate::render::{number::Number, rounded_share, words};

/// A report: what it is about, and its tables.
#[derive(Clone, Debug)]
pub struct Report {
    /// What it is made of.
    pub plan: &'static ReportPlan,
    /// Its title.
    pub title: String,
    /// What it says in a few sentences.
    pub summary: Vec<String>,
    /// The day that it is about.
    pub as_of: Date,
    /// What it is about, and the data that it was made from: a cell for each fact of its plan.
    pub facts: Vec<Cell>,
    /// Its tables, the main one first.
    pub tables: Vec<Table>,
}

/// A table of a report.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it is.
    pub plan: &'static TablePlan,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows: a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Where the things of its rows are; empty where it has no places.
    pub shapes: Vec<Shape>,
}

/// Where the thing of a row is, in degrees (longitude first).
pub type Shape = Option<geo::Geometry<f64>>;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in data, that of a weight put in.
    pub name: String,
    /// Its name for people.
    pub heading: String,
    /// Whether people see it where there is little room: on a terminal and on a page.
    pub is_brief: bool,
    /// What was declared of it.
    pub plan: &'static ColumnPlan,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Text, and ids, which stay text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
    /// A number of things.
    Count(u64),
    /// A number with at most some decimals.
    Number(f64, u8),
    /// A number that is more or less than another one, with its sign.
    Change(i64),
    /// A share, 0 to 1.
    Share(f64),
    /// Whether something holds.
    Yes(bool),
    /// A day.
    Day(Date),
}

impl Report {
    /// A table by its name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.plan.name == name)
    }

    /// Its facts with what they are.
    pub fn facts(&self) -> impl Iterator<Item = (&'static ColumnPlan, &Cell)> {
        self.plan.facts.iter().zip(&self.facts)
    }
}

impl Table {
    /// The same with the places of the things of its rows.
    #[must_use]
    pub fn at(self, shapes: Vec<Shape>) -> Self {
        Self { shapes, ..self }
    }
}

impl Column {
    /// A column as it is declared.
    pub fn new(plan: &'static ColumnPlan) -> Self {
        Self { name: plan.name.to_owned(), heading: plan.heading.to_owned(), is_brief: plan.is_brief, plan }
    }
}

impl Cell {
    /// A text; empty where there is none.
    pub fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    /// A text where there is one.
    pub fn maybe(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// As data have it: no thousands, shares with three decimals, lists joined by `|`.
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(texts) => texts.join("|"),
            Self::Count(number) => number.to_string(),
            Self::Number(number, decimals) => Number::new(*number, usize::from(*decimals)).to_string(),
            Self::Change(number) => number.to_string(),
            Self::Share(share) => rounded_share(*share).to_string(),
            Self::Yes(holds) => holds.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => "—".to_owned(),
            Self::Count(number) => words::thousands(*number),
            Self::Number(number, _) if *number >= 1000.0 => words::thousands(number.round() as u64),
            Self::Change(number) => match *number {
                0 => "0".to_owned(),
                more if more > 0 => format!("+{}", words::thousands(more.unsigned_abs())),
                less => format!("−{}", words::thousands(less.unsigned_abs())),
            },
            Self::Share(share) => format!("{}%", Number::new(rounded_share(*share) * 100.0, 1)),
            Self::List(texts) => texts.join(", "),
            Self::Yes(holds) => if *holds { "yes" } else { "no" }.to_owned(),
            Self::Text(_) | Self::Number(..) | Self::Day(_) => self.plain(),
        }
    }

    /// Whether it is a number, to be set to the right.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Number(..) | Self::Change(_) | Self::Share(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_have_plain_numbers_and_people_have_thousands_and_percent() {
        for (cell, plain, shown) in [
            (Cell::Count(1_234_567), "1234567", "1,234,567"),
            (Cell::Number(12.345, 1), "12.3", "12.3"),
            (Cell::Number(1_999.6, 1), "1999.6", "2,000"),
            (Cell::Change(-1200), "-1200", "−1,200"),
            (Cell::Change(3), "3", "+3"),
            (Cell::Share(0.41249), "0.412", "41.2%"),
            (Cell::Share(0.99999), "0.999", "99.9%"),
            (Cell::List(vec!["a".to_owned(), "b".to_owned()]), "a|b", "a, b"),
            (Cell::Empty, "", "—"),
            (Cell::Yes(true), "true", "yes"),
        ] {
            assert_eq!((cell.plain().as_str(), cell.shown().as_str()), (plain, shown));
        }
    }
}
