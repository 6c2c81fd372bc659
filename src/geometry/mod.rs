//! Positions, boundaries and the one rule that says which positions a boundary holds.
//!
//! Longitude comes first wherever two numbers stand side by side (x, y), as in RFC 7946 §3.1.1; degrees on
//! WGS 84. A [`Position`] and a [`Boundary`] are validated when they are made, so nothing here meets a NaN.

mod boundary;
mod envelope;
mod half_open;
pub mod measure;
mod nearness;
mod position;
pub mod projection;
pub mod topology;
mod union;
mod window;

pub use boundary::{Boundary, InvalidBoundary};
pub use envelope::Envelope;
pub use half_open::{crosses, is_left};
pub use nearness::{Foot, Least, Nearness};
pub use position::{InvalidPosition, Position};
pub use union::union;
pub use window::{InvalidWindow, Window};
