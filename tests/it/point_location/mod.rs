//! One exact answer for every position: the index against an oracle that shares no code with it.

mod borders;
mod differential;
mod generated;
mod jts;
mod mosaic;
mod nearest;
mod oracle;
pub mod random;
mod shipped;
mod windows;
