use maud::{Markup, html};

use super::{Cell, Column, Report, Table};
use crate::{
    domain::{PartnerId, RegionId},
    render::links,
};

/// How many rows of a table stand on a page before the rest is left to the files.
const MOST_ROWS: usize = 200;

/// A report as the body of a page: what it says, a map where there is one, its tables, and files to take along.
///
/// `files` are addresses of the report in other forms, with what they are called.
pub fn html(report: &Report, map: Option<&Markup>, files: &[(String, &str)]) -> Markup {
    html! {
        @for sentence in &report.summary { p.lede { (sentence) } }
        (downloads(files))
        @if let Some(map) = map { section.map aria-label="Map" { (map) } }
        @for table in report.tables.iter().filter(|table| table.columns.iter().any(|column| column.is_brief)) {
            (section(table))
        }
        dl.facts {
            @for (fact, cell) in report.facts() { div { dt { (fact.heading) } dd { (cell.shown()) } } }
        }
    }
}

/// Files to take along: their addresses, with what they are called.
pub fn downloads(files: &[(String, &str)]) -> Markup {
    html! {
        @if !files.is_empty() {
            p.downloads { "Take it along: " @for (i, (address, name)) in files.iter().enumerate() {
                @if i > 0 { ", " }
                a href=(address) { (name) }
            } }
        }
    }
}

fn section(table: &Table) -> Markup {
    let shown: Vec<usize> = (0..table.columns.len()).filter(|i| table.columns[*i].is_brief).collect();
    let more = table.rows.len().saturating_sub(MOST_ROWS);
    html! {
        section.report id=(table.plan.name) {
            h2 id={ (table.plan.name) "-title" } { (table.plan.title) }
            @if table.rows.is_empty() { p { "Nothing." } }
            @else {
                div.scroll role="region" aria-labelledby={ (table.plan.name) "-title" } tabindex="0" {
                    table {
                        thead { tr { @for i in &shown { th scope="col" { (table.columns[*i].heading) } } } }
                        tbody {
                            @for row in table.rows.iter().take(MOST_ROWS) {
                                tr { @for i in &shown { (cell(table, row, *i)) } }
                            }
                        }
                    }
                }
                @if more > 0 { p { "And " (crate::render::words::thousands(more as u64)) " more, which are in the files." } }
            }
        }
    }
}

fn cell(table: &Table, row: &[Cell], at: usize) -> Markup {
    let (column, cell) = (&table.columns[at], &row[at]);
    let class = cell.is_number().then_some("number");
    html! { td class=[class] {
        @match link(column, cell).or_else(|| gap(table, row, column)) {
            Some(address) => a href=(address) { (cell.shown()) },
            None => (cell.shown()),
        }
    } }
}

/// The page that an id leads to.
fn link(column: &Column, cell: &Cell) -> Option<String> {
    let Cell::Text(text) = cell else { return None };
    match column.name.as_str() {
        "region" => text.parse::<RegionId>().ok().map(|region| links::region(&region)),
        "partner" => text.parse::<PartnerId>().ok().map(|partner| links::partner(&partner)),
        _ => None,
    }
}

/// The page of the gap that a row is about, from its name.
fn gap(table: &Table, row: &[Cell], column: &Column) -> Option<String> {
    let is_name = matches!((table.plan.name, column.name.as_str()), ("gaps", "name") | ("could_take", "gap_name"));
    let at = table.columns.iter().position(|column| column.name == "gap").filter(|_| is_name)?;
    match &row[at] {
        Cell::Text(id) if id.starts_with("gap:") => Some(links::gap(id)),
        Cell::Text(id) => id.parse::<RegionId>().ok().map(|region| links::region(&region)),
        _ => None,
    }
}
