//! Pages and the pieces that they are made of: pure functions of plain values.
//!
//! A [`Page`] cannot be made without its title, heading, description, address and language. Nothing here has
//! inline styles or scripts, and nothing is fetched from anywhere else.

mod answer;
mod api_docs;
mod composer;
mod directory;
mod embeds;
mod failure;
mod figure;
mod form;
mod icon;
mod layout;
mod overview;
mod partners;
mod program;
mod sharing;
mod status;
mod terms;

pub use api_docs::api_docs;
pub use composer::{Chosen, composer};
pub use embeds::{Piece, fragment, frame};
pub use failure::failure;
pub use figure::figure;
pub use form::Search;
pub use layout::{Page, Section, Site};
pub use overview::{overview, summary};
pub use partners::{answer_page, partner_page, partners_page};
pub use program::{ApplyFor, apply, faq};
pub use status::status;
pub use terms::terms;
