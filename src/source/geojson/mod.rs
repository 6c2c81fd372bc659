//! GeoJSON, linted as GeoJSON (RFC 7946) before anything is made of it.
//!
//! An own reader rather than the crate `geojson`: that one panics on positions of fewer than two numbers, closes
//! rings and accepts latitude 95 in silence, and builds a tree of values ten times the size of the file. This one
//! streams each feature's coordinates straight into rings, knows the line of every feature, and can work on all
//! cores: a first pass finds the features (and any syntax error), then each is read by itself.

mod antimeridian;
mod bow_tie;
mod coordinates;
mod crossing;
mod feature;
mod knots;
mod lint;
mod near;
mod plain;
mod positions;
mod read;
mod report;
mod ring;
mod roles;
mod split;

pub use read::{Outline, Spot, read};
