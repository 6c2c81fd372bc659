use super::{Cell, Table};
use crate::render::csv::neutral;

/// A table of a report as CSV; cells that a spreadsheet would take for a formula have an apostrophe in front.
///
/// # Errors
/// Never in practice: it is written to memory.
pub fn csv(table: &Table) -> Result<String, csv::Error> {
    let mut lines = csv::Writer::from_writer(Vec::new());
    lines.write_record(table.columns.iter().map(|column| &column.name))?;
    for row in &table.rows {
        lines.write_record(row.iter().map(cell))?;
    }
    let bytes = lines.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Only text can be taken for a formula: a number that is negative stays a number.
fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(_) | Cell::List(_) => neutral(cell.plain()),
        _ => cell.plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::report::plan::{ColumnPlan, Columns, Kind, TablePlan};

    static PLAN: TablePlan = TablePlan {
        name: "t",
        title: "T",
        row: "T",
        about: "",
        columns: &[Columns::Plain(&[
            ColumnPlan::brief("a", "a", Kind::Text, "", ""),
            ColumnPlan::brief("b", "b", Kind::Count, "", ""),
            ColumnPlan::brief("c", "c", Kind::Texts, "", ""),
        ])],
        places: false,
        id: None,
    };

    #[test]
    fn no_text_becomes_a_formula_and_no_number_becomes_text() {
        let table = PLAN.of(&[], vec![vec![Cell::text("=1+1"), Cell::Change(-5), Cell::List(vec!["@x".to_owned()])]]);
        assert_eq!(csv(&table).unwrap(), "a,b,c\n'=1+1,-5,'@x\n");
    }
}
