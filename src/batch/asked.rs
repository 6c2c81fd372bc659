use std::borrow::Cow;

use super::{
    columns::{Columns, Kind},
    records::Record,
    text::value,
};
use crate::lookup::{Malformed, Question};

/// What a row asks, in words that tell the same question from another one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked<'a> {
    /// Latitude and longitude.
    Position(Cow<'a, str>, Cow<'a, str>),
    /// Anything else, by the column that asks.
    Text(Kind, Cow<'a, str>),
    /// Nothing.
    Nothing,
}

/// What a row asks: the first column that is filled, in the order of the contract.
pub(super) fn asked<'a>(row: &'a Record<'_>, columns: &Columns) -> Asked<'a> {
    let filled = |kind: Kind| columns.of(kind).map(|column| trimmed(row.cell(column))).filter(|text| !text.is_empty());
    let [lat, lon] = [Kind::Lat, Kind::Lon].map(filled);
    if lat.is_some() || lon.is_some() {
        return Asked::Position(lat.unwrap_or_default(), lon.unwrap_or_default());
    }
    let order = [Kind::Zip, Kind::County, Kind::Place, Kind::State, Kind::Region, Kind::Question];
    let Some((kind, text)) = order.into_iter().find_map(|kind| Some((kind, filled(kind)?))) else { return Asked::Nothing };
    // A county or place by its name lies in the state that stands beside it.
    let is_name =
        matches!(kind, Kind::County | Kind::Place) && !text.contains(',') && !text.starts_with(|c: char| c.is_ascii_digit());
    let state = filled(Kind::State).filter(|_| is_name && !text.contains(':'));
    match state {
        Some(state) => Asked::Text(kind, format!("{text}, {state}").into()),
        None => Asked::Text(kind, text),
    }
}

/// The question of a column and its text.
///
/// # Errors
/// When the text is not of the form that the column wants.
pub(super) fn question(kind: Kind, text: &str) -> Result<Question, Malformed> {
    match kind {
        Kind::Zip => Question::zip_in_table(text),
        Kind::County => Question::county(text),
        Kind::Place => Question::place(text),
        Kind::State => Question::state(text),
        Kind::Region => Question::region(text),
        Kind::Question | Kind::Lat | Kind::Lon | Kind::AsOf | Kind::Course => Question::text(text),
    }
}

/// What a cell says, without blanks around it.
pub(super) fn trimmed(cell: &[u8]) -> Cow<'_, str> {
    match value(cell) {
        Cow::Borrowed(text) => text.trim().into(),
        Cow::Owned(text) => text.trim().to_owned().into(),
    }
}
