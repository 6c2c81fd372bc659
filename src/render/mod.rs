//! Answers and other plain values as people and machines read them: one format a file.
//!
//! Nothing here sorts, dates or decides: that has been done. Wording lives in [`words`], paths in [`links`].

pub mod csv;
pub mod explanation;
mod failure;
pub mod html;
pub mod json;
pub mod links;
pub mod number;
pub mod problem;
pub mod problems;
mod quantity;
pub mod svg;
pub mod text;
pub mod words;

#[cfg(test)]
mod fixture;

pub use failure::Failure;
pub use quantity::{rounded_share, whole_metres};
