use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Report, Table};
use crate::render::rounded_share;

/// Excel takes no longer text into a cell, in characters.
const LONGEST_TEXT: usize = 32_767;

/// Rows beyond this do not fit on a sheet of Excel (its header is one of 1,048,576).
const MOST_ROWS: usize = 1_048_575;

/// A workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be written: {0}")]
pub struct Unwritten(#[from] XlsxError);

/// A report as a workbook: a sheet for each table, ids and other texts as text, and a last sheet of facts.
///
/// The same report makes the same bytes: the workbook says that it was made on the day that it is about.
///
/// # Errors
/// Never in practice: it is written to memory.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, Unwritten> {
    let mut book = Workbook::new();
    let day = report.as_of;
    let made = ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?;
    book.set_properties(&DocProperties::new().set_title(&report.title).set_creation_datetime(&made));
    for table in &report.tables {
        sheet(book.add_worksheet(), table)?;
    }
    facts(book.add_worksheet(), report)?;
    Ok(book.save_to_buffer()?)
}

fn sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(table.plan.name)?;
    sheet.set_freeze_panes(1, 0)?;
    let heading = Format::new().set_bold();
    for (column, known) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, &known.name, &heading)?;
        let widest = table.rows.iter().take(100).map(|row| row[usize::from(column)].plain().chars().count()).max();
        sheet.set_column_width(column, (widest.unwrap_or(0).max(known.name.len()) + 2).min(50) as f64)?;
    }
    for (number, row) in (1..).zip(table.rows.iter().take(MOST_ROWS)) {
        for (column, cell) in (0..).zip(row) {
            write(sheet, number, column, cell)?;
        }
    }
    let last = u32::try_from(table.rows.len().min(MOST_ROWS)).unwrap_or(0);
    let columns = u16::try_from(table.columns.len()).unwrap_or(1);
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    Ok(())
}

fn facts(sheet: &mut Worksheet, report: &Report) -> Result<(), XlsxError> {
    sheet.set_name("about")?;
    sheet.write_string_with_format(0, 0, &report.title, &Format::new().set_bold())?;
    let mut row = 1;
    for sentence in &report.summary {
        sheet.write_string(row, 0, sentence)?;
        row += 1;
    }
    for (fact, cell) in report.facts() {
        sheet.write_string(row, 0, fact.name)?;
        write(sheet, row, 1, cell)?;
        row += 1;
    }
    sheet.set_column_width(0, 24)?;
    Ok(())
}

/// Text is written as text, whatever it begins with: no cell becomes a formula.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Count(number) => sheet.write_number(row, column, *number as f64)?,
        Cell::Change(number) => sheet.write_number(row, column, *number as f64)?,
        Cell::Number(..) => sheet.write_number(row, column, cell.plain().parse::<f64>().unwrap_or(0.0))?,
        Cell::Share(share) => {
            let percent = Format::new().set_num_format("0.0%");
            sheet.write_number_with_format(row, column, rounded_share(*share), &percent)?
        }
        Cell::Yes(holds) => sheet.write_boolean(row, column, *holds)?,
        Cell::Text(_) | Cell::List(_) | Cell::Day(_) => {
            let text: String = cell.plain().chars().take(LONGEST_TEXT).collect();
            sheet.write_string(row, column, text)?
        }
    };
    Ok(())
}
