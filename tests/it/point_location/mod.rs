//! One exact answer for every position: the index against an oracle that shares no code with it.

mod differential;
mod generated;
mod mosaic;
mod oracle;
mod random;
mod shipped;
