//! Reports: one plain value of facts and tables, and each form of it in a file of its own.
//!
//! Whatever a page, a spreadsheet, the command line or a program reads of a report comes from the same cells, so
//! that they cannot disagree. [`tables`] says what the tables of each report are.

mod answer;
mod csv;
mod describe;
mod form;
mod geojson;
mod html;
mod json;
mod table;
mod text;
mod xlsx;

pub mod plan;
pub mod tables;

pub use answer::answer_geojson;
pub use csv::csv;
pub use describe::any_geometry;
pub use form::{Form, Unformed};
pub use geojson::geojson;
pub use html::{downloads, html};
pub use json::json;
pub use table::{Cell, Column, Report, Shape, Table};
pub use text::text;
pub use xlsx::{Unwritten, xlsx};
