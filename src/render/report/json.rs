use serde_json::{Map, Value, json};

use super::{Cell, Report, Table};
use crate::render::rounded_share;

/// A report as JSON: its facts, then each table as a list of objects under the table's name.
///
/// # Errors
/// Never in practice: a report holds only text, numbers and lists.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    let mut object = Map::new();
    object.insert("report".to_owned(), json!(report.plan.name));
    object.insert("as_of".to_owned(), json!(report.as_of.to_string()));
    object.extend(report.facts().map(|(fact, cell)| (fact.name.to_owned(), value(cell))));
    for table in &report.tables {
        let rows = table.rows.iter().map(|row| Value::Object(properties(table, row))).collect();
        object.insert(table.plan.name.to_owned(), Value::Array(rows));
    }
    serde_json::to_string_pretty(&object).map(|json| json + "\n")
}

/// A row as an object: a member for each column.
pub(super) fn properties(table: &Table, row: &[Cell]) -> Map<String, Value> {
    table.columns.iter().zip(row).map(|(column, cell)| (column.name.clone(), value(cell))).collect()
}

/// A cell as JSON has it.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::List(texts) => json!(texts),
        Cell::Count(number) => json!(number),
        Cell::Number(number, 0) => json!(number.round() as i64),
        Cell::Number(number, decimals) => {
            let unit = 10_f64.powi((*decimals).into());
            json!((number * unit).round() / unit + 0.0)
        }
        Cell::Change(number) => json!(number),
        Cell::Share(share) => json!(rounded_share(*share)),
        Cell::Yes(holds) => json!(holds),
        Cell::Day(day) => json!(day.to_string()),
    }
}
