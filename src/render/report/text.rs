use comfy_table::{Cell as TextCell, CellAlignment, presets};

use super::{Report, Table};
use crate::render::words;

/// How many rows of a table are shown before the rest is only counted.
const MOST_ROWS: usize = 60;

/// How many letters of a cell are shown.
const MOST_LETTERS: usize = 60;

/// A report for a terminal: what it says, then its tables with the columns that people look at.
pub fn text(report: &Report) -> String {
    let mut text = format!("{}\n\n", report.title);
    for sentence in &report.summary {
        text += &format!("  {sentence}\n");
    }
    for table in report.tables.iter().filter(|table| table.columns.iter().any(|column| column.is_brief)) {
        if !table.rows.is_empty() {
            text += &format!("\n{}\n\n{}", table.plan.title, rows(table));
        }
    }
    for (fact, cell) in report.facts() {
        text += &format!("\n  {:13}{}", fact.heading, cell.shown());
    }
    text + "\n"
}

fn rows(table: &Table) -> String {
    let shown: Vec<usize> = (0..table.columns.len()).filter(|i| table.columns[*i].is_brief).collect();
    let mut lines = comfy_table::Table::new();
    lines.load_style(presets::NOTHING);
    lines.set_header(shown.iter().map(|i| TextCell::new(&table.columns[*i].heading).set_alignment(alignment(table, *i))));
    for row in table.rows.iter().take(MOST_ROWS) {
        lines.add_row(shown.iter().map(|i| TextCell::new(short(&row[*i].shown())).set_alignment(alignment(table, *i))));
    }
    let mut text: String = lines.lines().map(|line| format!(" {}\n", line.trim_end())).collect();
    if let Some(more) = table.rows.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
        text += &format!("  and {} more (use --format json or csv)\n", words::thousands(more as u64));
    }
    text
}

/// To the right where all that is there are numbers.
fn alignment(table: &Table, column: usize) -> CellAlignment {
    let mut filled = table.rows.iter().map(|row| &row[column]).filter(|cell| **cell != super::Cell::Empty).peekable();
    if filled.peek().is_some() && filled.all(super::Cell::is_number) { CellAlignment::Right } else { CellAlignment::Left }
}

fn short(text: &str) -> String {
    if text.chars().count() <= MOST_LETTERS {
        return text.to_owned();
    }
    let kept: String = text.chars().take(MOST_LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}
