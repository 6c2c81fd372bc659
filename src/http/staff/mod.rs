//! The staff area: everything that needs a token, as pages under `/staff` and for programs under `/api/v1`.

mod access;
mod batch;
mod desk;
mod doors;
mod explain;
mod frame;
mod reports;
mod routes;
mod upload;
mod what_if;

pub(in crate::http) use batch::LONGEST_TABLE;
pub use desk::Desk;
pub(in crate::http) use reports::REPORTS;
pub use routes::{addresses, routes};
pub(in crate::http) use what_if::{LONGEST_DRAFT, TRIED};
