//! Tables of questions: a row in, the same row out with its answer, however long the table is.
//!
//! What was given stays as it is, byte for byte and in its order; columns are added at the end. Rows are read,
//! answered and written one after the other, and no row makes the table fail. Answers that were given are kept, up to
//! a number, so that memory does not grow with the table.

mod answers;
mod asked;
mod columns;
mod records;
mod run;
mod text;

pub use columns::NoQuestion;
pub use records::{LONGEST_LINE, LONGEST_QUOTED};
pub use run::{Batch, Failed, Remark, Summary};
