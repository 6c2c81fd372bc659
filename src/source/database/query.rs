//! The questions that are asked of a database.

use std::collections::BTreeMap;

use postgres::{Client, IsolationLevel, Transaction, fallible_iterator::FallibleIterator};
use serde_json::Value;

use super::Failure;
use crate::source::{
    MAX_FILE_BYTES,
    tables::{GEOMETRY, REGIONS, Relation, Tables},
};

/// All tables and views of a program that are there, as they are at one time.
pub fn relations(client: &mut Client, schema: &str) -> Result<BTreeMap<&'static str, Relation>, Failure> {
    let transaction = client.build_transaction().read_only(true).isolation_level(IsolationLevel::RepeatableRead);
    let mut transaction = transaction.start()?;
    transaction.batch_execute("SET LOCAL statement_timeout = '60s'")?;
    let mut found = BTreeMap::new();
    for table in Tables::names_of_relations() {
        let columns = columns(&mut transaction, schema, table)?;
        if !columns.is_empty() {
            found.insert(table, relation(&mut transaction, schema, table, columns)?);
        }
    }
    Ok(found)
}

/// A name as SQL has it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The columns of a table or view, in its own order; none where there is no such table.
fn columns(transaction: &mut Transaction<'_>, schema: &str, table: &str) -> Result<Vec<String>, Failure> {
    let rows = transaction.query(
        "SELECT a.attname::text FROM pg_catalog.pg_attribute a \
         JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') \
         AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
        &[&schema, &table],
    )?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

fn relation(transaction: &mut Transaction<'_>, schema: &str, table: &str, columns: Vec<String>) -> Result<Relation, Failure> {
    let cells: Vec<_> = columns.iter().map(|column| cell(table, column)).collect();
    // As JSON, days are written as ISO 8601 has them, whatever the server is set to.
    let sql = format!("SELECT json_build_array({})::text FROM {}.{} t", cells.join(", "), quoted(schema), quoted(table));
    let mut found = transaction.query_raw::<_, &str, _>(sql.as_str(), [])?;
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while let Some(row) = found.next()? {
        let text: &str = row.try_get(0)?;
        bytes += text.len() as u64;
        if bytes > MAX_FILE_BYTES {
            return Err(format!("the table {table} has more than {} MB", MAX_FILE_BYTES >> 20).into());
        }
        rows.push(serde_json::from_str::<Vec<Value>>(text)?.into_iter().map(as_text).collect());
    }
    Ok(Relation { columns, rows })
}

/// What is read of a column. A geometry in another system is converted; one in none is taken for longitude and latitude.
fn cell(table: &str, column: &str) -> String {
    let own = format!("t.{}", quoted(column));
    if (table, column) != (REGIONS, GEOMETRY) {
        return own;
    }
    let there = format!("{own}::geometry");
    let degrees = format!("CASE WHEN ST_SRID({there}) IN (0, 4326) THEN {there} ELSE ST_Transform({there}, 4326) END");
    format!("ST_AsGeoJSON({degrees}, 15, 0)")
}

/// A cell as a file would have it: lists are parted by vertical bars.
fn as_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        Value::Array(items) => Some(items.into_iter().filter_map(as_text).collect::<Vec<_>>().join("|")),
        other => Some(other.to_string()),
    }
}
