//! When new data waits for a go-ahead: a mistake in a spreadsheet must not take half of the partners off the map.

use std::fmt;

use crate::{
    comparison::Comparison,
    render::words::{count, thousands},
};

/// So many of the people with a partner may get another one at once: columns that slipped would give it to nearly all.
const MOST_HANDED_OVER: f64 = 0.25;

/// Why new data waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// Fewer people have a partner.
    CoveredFall {
        /// How many had one.
        before: u64,
        /// How many would have one.
        after: u64,
    },
    /// Many people have another partner.
    HandedOver {
        /// How many would get another one.
        people: u64,
        /// How many had one.
        of: u64,
    },
    /// Fewer counties are known.
    CountiesGone {
        /// How many there were.
        before: usize,
        /// How many there would be.
        after: usize,
    },
    /// Fewer ZIPs are known.
    ZipsGone {
        /// How many there were.
        before: usize,
        /// How many there would be.
        after: usize,
    },
}

/// Why data that changes so much waits; nothing where it does not.
///
/// `limit` is the share of people, counties or ZIPs that may be lost at once, 0 to 1.
pub fn reasons(comparison: &Comparison, limit: f64) -> Vec<Reason> {
    let (before, after) = (&comparison.before, &comparison.after);
    let falls = |before: f64, after: f64| before - after > limit * before;
    let people = comparison.people_handed_over();
    [
        falls(before.covered as f64, after.covered as f64)
            .then_some(Reason::CoveredFall { before: before.covered, after: after.covered }),
        (people as f64 > MOST_HANDED_OVER * before.covered as f64).then_some(Reason::HandedOver { people, of: before.covered }),
        falls(before.counties as f64, after.counties as f64)
            .then_some(Reason::CountiesGone { before: before.counties, after: after.counties }),
        falls(before.zips as f64, after.zips as f64).then_some(Reason::ZipsGone { before: before.zips, after: after.zips }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CoveredFall { before, after } => {
                write!(f, "{} people would have a partner, {} have one now", thousands(*after), thousands(*before))
            }
            Self::HandedOver { people, of } => {
                write!(f, "{} of {} people would get another partner", thousands(*people), thousands(*of))
            }
            Self::CountiesGone { before, after } => {
                let now = count(*before, "is known now", "are known now");
                write!(f, "{} would be known, {now}", count(*after, "county", "counties"))
            }
            Self::ZipsGone { before, after } => {
                let now = count(*before, "is known now", "are known now");
                write!(f, "{} would be known, {now}", count(*after, "ZIP", "ZIPs"))
            }
        }
    }
}
