//! Answers and other plain values as people and machines read them: one format a file.
//!
//! Nothing here sorts, dates or decides: that has been done. Wording lives in [`words`], paths in [`links`]; both follow
//! the [`Language`] of who reads.

pub mod calendar;
pub mod comparison;
pub mod csv;
pub mod explanation;
mod failure;
pub mod form;
pub mod html;
pub mod json;
mod language;
pub mod links;
pub mod number;
pub mod oembed;
pub mod png;
pub mod problem;
pub mod problems;
mod quantity;
pub mod report;
pub mod schema;
pub mod status;
pub mod svg;
pub mod text;
pub mod wire;
pub mod words;

#[cfg(test)]
mod fixture;

pub use failure::{Failure, NoAccess};
pub use language::Language;
pub use quantity::{rounded_share, whole_metres};
