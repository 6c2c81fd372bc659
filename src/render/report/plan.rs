//! What reports are made of, declared once: builders take the columns of their tables from here, and the description of
//! the API is written from it, so that the two cannot disagree.

use utoipa::openapi::Object;

use super::{Cell, Column, Table};
use crate::gaps::Measure;

/// Where the name of a weight stands in the names and headings of columns.
pub const WEIGHT: &str = "{weight}";

/// A report: its facts and its tables.
#[derive(Debug)]
pub struct ReportPlan {
    /// Its name in data and file names: `gaps`.
    pub name: &'static str,
    /// Its name in the description of the API: `GapsReport`.
    pub schema: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// What it is about, and the data that it was made from.
    pub facts: &'static [ColumnPlan],
    /// Its tables, the main one first.
    pub tables: &'static [&'static TablePlan],
}

/// A table of a report.
#[derive(Debug)]
pub struct TablePlan {
    /// Its name in data: `gaps`.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The name of its rows in the description of the API: `Gap`.
    pub row: &'static str,
    /// What a row is, in a sentence.
    pub about: &'static str,
    /// Its columns.
    pub columns: &'static [Columns],
    /// Whether the things of its rows have places.
    pub places: bool,
    /// The column that tells its rows apart, where there is one.
    pub id: Option<&'static str>,
}

/// Columns that stand beside each other.
#[derive(Debug)]
pub enum Columns {
    /// As they are declared.
    Plain(&'static [ColumnPlan]),
    /// All of them for each weight, `{weight}` in their names standing for it.
    Weights(&'static [ColumnPlan]),
    /// The same at a time, which stands in front of their names: for data alone.
    At(&'static str, &'static [ColumnPlan]),
}

/// A column of a table, or a fact of a report.
#[derive(Debug)]
pub struct ColumnPlan {
    /// Its name in data; it does not change.
    pub name: &'static str,
    /// Its name for people.
    pub heading: &'static str,
    /// Whether people see it where there is little room: on a terminal and on a page.
    pub is_brief: bool,
    /// What stands in it.
    pub kind: Kind,
    /// What it says, in a sentence.
    pub about: &'static str,
    /// When nothing stands in it; `None` where something always does.
    pub empty: Option<&'static str>,
    /// A value, as a CSV has it.
    pub example: &'static str,
}

/// What stands in the cells of a column.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text.
    Text,
    /// An id of this pattern.
    Id(&'static str),
    /// Several texts.
    Texts,
    /// Several ids of this pattern.
    Ids(&'static str),
    /// A text, or several.
    TextOrTexts,
    /// One of a few words.
    Word(fn() -> Object),
    /// A number of things.
    Count,
    /// How much there is of a weight.
    Amount,
    /// A number of a unit.
    Number(&'static str),
    /// A share, 0 to 1.
    Share,
    /// Whether something holds.
    Yes,
    /// A day.
    Day,
    /// A moment, in UTC.
    Moment,
}

/// What the typed id of a region looks like.
pub const REGION: Kind = Kind::Id("^(state|county|region|zip):.+$");

/// What the typed id of a county looks like.
pub const COUNTY: Kind = Kind::Id("^county:.+$");

/// What the id of a gap looks like.
pub const GAP: Kind = Kind::Id("^(gap|county):.+$");

/// What the id of a partner looks like.
pub const PARTNER_ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// The id of a partner.
pub const PARTNER: Kind = Kind::Id(PARTNER_ID);

impl ReportPlan {
    /// Whether its things have places, so that there is GeoJSON of it.
    pub fn has_places(&self) -> bool {
        self.tables.first().is_some_and(|table| table.places)
    }
}

impl TablePlan {
    /// The table with its rows, a cell for each column, of what is counted in them.
    pub fn of(&'static self, measures: &[Measure], rows: Vec<Vec<Cell>>) -> Table {
        let columns: Vec<Column> = self.columns.iter().flat_map(|columns| columns.of(measures)).collect();
        debug_assert!(rows.iter().all(|row| row.len() == columns.len()), "{}: a cell for each column", self.name);
        Table { plan: self, columns, rows, shapes: Vec::new() }
    }
}

impl Columns {
    /// What is declared.
    pub fn plans(&self) -> &'static [ColumnPlan] {
        match self {
            Self::Plain(plans) | Self::Weights(plans) | Self::At(_, plans) => plans,
        }
    }

    /// The name of one of them, with `{weight}` where it stands for each weight.
    pub fn named(&self, plan: &ColumnPlan) -> String {
        match self {
            Self::Plain(_) | Self::Weights(_) => plan.name.to_owned(),
            Self::At(time, _) => format!("{time}_{}", plan.name),
        }
    }

    fn of(&self, measures: &[Measure]) -> Vec<Column> {
        let each = |(i, measure): (usize, &Measure)| {
            let name = |plan| self.named(plan).replace(WEIGHT, &measure.name);
            let heading = |plan: &ColumnPlan| plan.heading.replace(WEIGHT, &weight(&measure.name));
            let is_brief = |plan: &ColumnPlan| plan.is_brief && i == 0 && !matches!(self, Self::At(..));
            let column = |plan| Column { name: name(plan), heading: heading(plan), is_brief: is_brief(plan), plan };
            self.plans().iter().map(column).collect::<Vec<_>>()
        };
        match self {
            Self::Plain(plans) => plans.iter().map(Column::new).collect(),
            Self::Weights(_) | Self::At(..) => measures.iter().enumerate().flat_map(each).collect(),
        }
    }
}

/// What a weight is called in headings: `People`, `Births 2010 2019`.
pub fn weight(name: &str) -> String {
    if name == "population" {
        return "People".to_owned();
    }
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl ColumnPlan {
    /// A column that everybody sees: its name, its heading, what stands in it, what it says, an example.
    pub const fn brief(
        name: &'static str,
        heading: &'static str,
        kind: Kind,
        about: &'static str,
        example: &'static str,
    ) -> Self {
        Self { name, heading, is_brief: true, kind, about, empty: None, example }
    }

    /// The same for data and spreadsheets only.
    pub const fn full(name: &'static str, heading: &'static str, kind: Kind, about: &'static str, example: &'static str) -> Self {
        Self { is_brief: false, ..Self::brief(name, heading, kind, about, example) }
    }

    /// The same where sometimes nothing stands in it.
    #[must_use]
    pub const fn or_none(self, when: &'static str) -> Self {
        Self { empty: Some(when), ..self }
    }

    /// Whether a cell is what is declared.
    pub fn fits(&self, cell: &Cell) -> bool {
        match (self.kind, cell) {
            (_, Cell::Empty) => self.empty.is_some(),
            (Kind::Text | Kind::Id(_) | Kind::TextOrTexts | Kind::Moment, Cell::Text(_)) => true,
            (Kind::Word(words), Cell::Text(text)) => {
                words().enum_values.is_some_and(|words| words.iter().any(|word| word.as_str() == Some(text)))
            }
            (Kind::Texts | Kind::Ids(_) | Kind::TextOrTexts, Cell::List(_)) => true,
            (Kind::Count | Kind::Amount, Cell::Count(_)) => true,
            (Kind::Amount | Kind::Number(_), Cell::Number(..)) => true,
            (Kind::Share, Cell::Share(_)) | (Kind::Yes, Cell::Yes(_)) | (Kind::Day, Cell::Day(_)) => true,
            _ => false,
        }
    }
}
