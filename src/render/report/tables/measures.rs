//! Columns and cells of what is counted: people first.

use super::super::{Cell, Column, Table};
use crate::gaps::{Amounts, Measure, Tallies, Tally};

/// What a measure is called in headings: `People`, `Births 2010 2019`.
pub(super) fn heading(measure: &Measure) -> String {
    if &*measure.name == "population" {
        return "People".to_owned();
    }
    let spaced = measure.name.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The columns of tallies: the denominator, the numerators, and the share that is covered. Those of people are brief.
pub(super) fn tally_columns(measures: &[Measure]) -> Vec<Column> {
    let of = |(i, measure): (usize, &Measure)| {
        let (name, heading) = (&measure.name, heading(measure));
        let column = |is_brief: bool, suffix: &str, said: &str| Column {
            name: format!("{name}{suffix}"),
            heading: format!("{heading}{said}"),
            is_brief: is_brief && i == 0,
        };
        [
            column(true, "", ""),
            column(true, "_covered", ", covered"),
            column(false, "_pending", ", pending"),
            column(true, "_open", ", open"),
            column(false, "_outside", ", outside"),
            column(true, "_covered_share", ", share"),
        ]
    };
    measures.iter().enumerate().flat_map(of).collect()
}

/// The cells of tallies.
pub(super) fn tally_cells(measures: &[Measure], tallies: &Tallies) -> Vec<Cell> {
    let of = |(measure, tally): (&Measure, &Option<Tally>)| match tally {
        None => vec![Cell::Empty; 6],
        Some(tally) => {
            let number = |amount: u64| amount_cell(measure, Some(amount));
            let [all, covered] = [tally.promised(), tally.covered].map(number);
            let [pending, open, outside] = [tally.pending, tally.open, tally.outside].map(number);
            vec![all, covered, pending, open, outside, tally.covered_share().map_or(Cell::Empty, Cell::Share)]
        }
    };
    measures.iter().zip(tallies).flat_map(of).collect()
}

/// A column for each measure; those of people are brief.
pub(super) fn amount_columns(measures: &[Measure], prefix: &str, suffix: &str, said: &str) -> Vec<Column> {
    let of = |(i, measure): (usize, &Measure)| Column {
        name: format!("{prefix}{}{suffix}", measure.name),
        heading: format!("{}{said}", heading(measure)),
        is_brief: i == 0,
    };
    measures.iter().enumerate().map(of).collect()
}

/// The cells of amounts.
pub(super) fn amount_cells(measures: &[Measure], amounts: &Amounts) -> Vec<Cell> {
    let amount = |i: usize| amounts.get(i).copied().flatten();
    measures.iter().enumerate().map(|(i, measure)| amount_cell(measure, amount(i))).collect()
}

fn amount_cell(measure: &Measure, amount: Option<u64>) -> Cell {
    match (amount, measure.decimals) {
        (None, _) => Cell::Empty,
        (Some(amount), 0) => Cell::Count(amount),
        (Some(amount), decimals) => Cell::Number(measure.number(amount), decimals),
    }
}

/// What is counted, from where and from when.
pub(super) fn weights_table(measures: &[Measure]) -> Table {
    let row = |measure: &Measure| {
        let years = measure.years.map(|[first, last]| if first == last { first.to_string() } else { format!("{first}-{last}") });
        let sources: Vec<String> = measure.sources.iter().map(ToString::to_string).collect();
        let source = if sources.is_empty() { Cell::text("weights.csv") } else { Cell::List(sources) };
        vec![Cell::text(&measure.name), source, Cell::maybe(years), Cell::Count(measure.uncounted as u64)]
    };
    Table {
        name: "weights",
        title: "What is counted",
        columns: vec![
            Column::brief("weight", "Weight"),
            Column::brief("source", "Source"),
            Column::brief("years", "Years"),
            Column::brief("counties_without", "Counties without a number"),
        ],
        rows: measures.iter().map(row).collect(),
        shapes: Vec::new(),
    }
}
