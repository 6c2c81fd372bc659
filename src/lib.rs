//! Answers "does my region already have a partner?" and renders the partner map, from one immutable snapshot.

pub mod atlas;
pub mod census;
pub mod cli;
pub mod directory;
pub mod domain;
pub mod geometry;
pub mod http;
pub mod lookup;
pub mod render;
pub mod snapshot;
pub mod source;
