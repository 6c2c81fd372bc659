//! Pages and the pieces that they are made of: pure functions of plain values.
//!
//! A [`Page`] cannot be made without its title, heading, description, address and language. Nothing here has
//! inline styles or scripts, and nothing is fetched from anywhere else.

mod answer;
mod api_docs;
mod apply;
mod article;
mod blocks;
mod choices;
mod composer;
mod directory;
mod embeds;
mod explained;
mod failure;
mod figure;
mod form;
mod icon;
mod layout;
mod partners;
mod parts;
mod sharing;
mod staff;
mod status;
mod versions;
mod zips;

pub use api_docs::api_docs;
pub use apply::Asked;
pub use article::{Filling, article};
pub use choices::Offer;
pub use composer::{Chosen, composer};
pub use embeds::{Piece, fragment, frame};
pub use explained::explained;
pub use failure::failure;
pub use figure::{block_figure, figure};
pub use form::Search;
pub use layout::{Page, Section, Site};
pub use partners::{answer_page, partner_page, partners_page};
pub use staff::{Field, Kind, Room, ask, send, sign_in, staff_index, staff_page};
pub use status::status;
pub use versions::{Pair, comparison};
pub use zips::{zip_index, zip_list};
