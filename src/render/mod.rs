//! Answers and other plain values as people and machines read them: one format a file.

pub mod number;
pub mod svg;
