//! Columns and cells of what is counted: people first.

use super::super::{
    Cell, Table,
    plan::{self, ColumnPlan, Columns, Kind, TablePlan},
};
use crate::gaps::{Amounts, Measure, Tallies, Tally};

/// When there is no number of a weight.
const UNCOUNTED: &str = "where nobody counted";

/// Tallies: the denominator, the numerators, and the share that is covered.
pub(super) const TALLIES: &[ColumnPlan] = &[
    ColumnPlan::brief("{weight}", "{weight}", Kind::Amount, "The people whom the program promises to serve", "2274315")
        .or_none(UNCOUNTED),
    ColumnPlan::brief("{weight}_covered", "{weight}, covered", Kind::Amount, "Those of them who have a partner", "2274315")
        .or_none(UNCOUNTED),
    ColumnPlan::full(
        "{weight}_pending",
        "{weight}, pending",
        Kind::Amount,
        "Those of them for whom an application is under review",
        "0",
    )
    .or_none(UNCOUNTED),
    OPEN,
    ColumnPlan::full("{weight}_outside", "{weight}, outside", Kind::Amount, "The people who are not promised", "0")
        .or_none(UNCOUNTED),
    ColumnPlan::brief("{weight}_covered_share", "{weight}, share", Kind::Share, "`{weight}_covered` of `{weight}`", "1")
        .or_none("where nobody counted or nobody lives"),
];

/// What nobody serves.
pub(super) const OPEN: ColumnPlan =
    ColumnPlan::brief("{weight}_open", "{weight}, open", Kind::Amount, "The people whom nobody serves", "64500")
        .or_none(UNCOUNTED);

/// Who gains a partner.
pub(super) const GAINED: ColumnPlan =
    ColumnPlan::brief("{weight}_gained", "{weight}, gained", Kind::Amount, "The people who gain a partner", "0")
        .or_none(UNCOUNTED);

/// Who loses one.
pub(super) const LOST: ColumnPlan =
    ColumnPlan::brief("{weight}_lost", "{weight}, lost", Kind::Amount, "The people who lose their partner", "2274315")
        .or_none(UNCOUNTED);

/// Who has one then.
pub(super) const COVERED: ColumnPlan = ColumnPlan::brief(
    "{weight}_covered",
    "{weight}, covered then",
    Kind::Amount,
    "The people who have a partner then",
    "308773035",
)
.or_none(UNCOUNTED);

/// What a measure is called in headings: `People`, `Births 2010 2019`.
pub(super) fn heading(measure: &Measure) -> String {
    plan::weight(&measure.name)
}

/// What is counted, from where and from when.
pub(super) static WEIGHTS: TablePlan = TablePlan {
    name: "weights",
    title: "What is counted",
    row: "Weight",
    about: "Something that is counted: people, then each further column of `weights.csv`",
    columns: &[Columns::Plain(&[
        ColumnPlan::brief("weight", "Weight", Kind::Text, "Its name, as in the names of members", "population"),
        ColumnPlan::brief(
            "source",
            "Source",
            Kind::TextOrTexts,
            "Where the numbers come from: each source, that of the most counties first; or the name of the file",
            "Census PEP 2020",
        ),
        ColumnPlan::brief("years", "Years", Kind::Text, "The year or years that its sources speak of", "2010-2020")
            .or_none("where they speak of none"),
        ColumnPlan::brief("counties_without", "Counties without a number", Kind::Count, "How many counties nobody counted", "0"),
    ])],
    places: false,
    id: Some("weight"),
};

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
    WEIGHTS.of(&[], measures.iter().map(row).collect())
}
