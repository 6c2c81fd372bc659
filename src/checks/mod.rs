//! What somebody should know about the data as a whole: findings that take every file, or the day, to see.
//!
//! [`crate::source`] finds what is wrong with a row or a feature while it reads it. Here is what shows only in the
//! loaded data: regions of different partners that overlap, borders that nearly match, reviews that are overdue.
//! Findings are warnings, located like every other [`Problem`]; pure functions of a snapshot and a day.

mod borders;
mod dates;
mod overlaps;
mod partners;
mod patches;
mod quality;
mod slivers;
mod table;

use jiff::civil::Date;

pub use self::{
    overlaps::{Overlap, overlaps},
    patches::{Patches, patches},
    quality::{Patchwork, Quality, SharedGround, Side, quality},
    table::CHECKS,
};
use crate::{domain::Problem, snapshot::Snapshot};

/// Ground narrower than this, in metres, is a sliver: what drawing the same border twice leaves between the two.
///
/// Boolean operations move vertices a little, too, and make slivers of shared borders; no partner's region is as narrow.
pub const NARROWEST_M: f64 = 100.0;

/// Every finding about the data on a day, sorted by place.
pub fn findings(snapshot: &Snapshot, day: Date) -> Vec<Problem> {
    let (of_borders, mut found) = rayon::join(
        || borders::findings(snapshot.land().geography()),
        || {
            let mut found = overlaps::findings(snapshot, day);
            found.extend(slivers::findings(snapshot));
            found.extend(dates::findings(snapshot, day));
            found.extend(partners::findings(snapshot, day));
            found
        },
    );
    found.extend(of_borders);
    found.sort_unstable();
    found
}

/// An area in words, rounded to what the data can bear.
fn square_kilometres(square_metres: f64) -> String {
    match square_metres / 1e6 {
        large if large >= 10.0 => format!("{large:.0} km²"),
        middling if middling >= 0.1 => format!("{middling:.1} km²"),
        small => format!("{small:.2} km²"),
    }
}

/// A place in words, latitude first, to about ten metres.
fn place(at: geo::Coord<f64>) -> String {
    format!("{:.4}, {:.4}", at.y, at.x)
}
