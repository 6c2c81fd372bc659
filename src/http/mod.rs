//! The service at its edge: every address on one screen (`routes.rs`), and what all of them share.
//!
//! A handler reads a question, asks it, and gives the answer to a renderer. It never decides, dates or words.

mod app;
mod articles;
mod asking;
mod assets;
mod body;
mod coverage;
mod demand;
mod edge;
mod embeds;
mod export;
mod failing;
mod grounds;
mod lists;
mod maps;
mod meter;
mod negotiation;
mod oembed;
mod openapi;
mod pages;
mod paging;
mod policy;
mod prepared;
mod public_url;
mod query;
mod queue;
mod regions;
mod reply;
mod reports;
mod routes;
mod server;
#[cfg(test)]
mod shedding;
mod staff;
mod status;
mod suggest;
mod zips;

pub use app::{App, Current, Origin};
pub use edge::Front;
pub use export::{Exported, NotExported, Setting, export};
pub use meter::Meter;
pub use policy::{FrameAncestor, NoFrameAncestor};
pub use prepared::{Effort, check_pages, keep_prepared, prepare, press};
pub use public_url::PublicUrl;
pub use routes::{admin_router, edged, router};
pub use server::{Answering, Client, Limits, Proxies, serve};
pub use staff::{Desk, addresses as staff_addresses};
