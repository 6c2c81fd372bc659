//! Which units can be the nearest that others lead, seen from anywhere in a cell: found once, so that questions measure few.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use super::{Cell, Land, PartIx, PartnerIx, Roster, cell};
use crate::geometry::Position;

/// For how many partners the nearest units are found.
pub const NEAR_PARTNERS: usize = 3;

/// Cells in a degree.
const CELLS: i16 = 8;

/// How many cells are kept; beyond it all go, and come again as they are asked about.
const MOST_CELLS: usize = 16_384;

/// Metres that distances may be off by: places nearest through the ground are taken for those nearest along it.
const OFF_M: f64 = 2.0;

/// The cells of one roster about which somebody asked.
#[derive(Debug, Default)]
pub(super) struct Vicinity(RwLock<HashMap<[i16; 2], Arc<Around>>>);

/// What is around a cell.
#[derive(Debug)]
pub struct Around {
    centre: Position,
    /// The polygons that may be the nearest, and how far they are from the centre, in metres.
    parts: Box<[(PartIx, f32)]>,
}

impl Around {
    /// The polygons, with metres than which they are not nearer to a position in the cell.
    pub fn seen_from(&self, position: Position) -> impl Iterator<Item = (PartIx, f64)> {
        let off = cell::at_most(self.centre, position) + OFF_M;
        self.parts.iter().map(move |(part, metres)| (*part, (f64::from(*metres) * (1.0 - 1e-6) - off).max(0.0)))
    }
}

impl Roster {
    /// The polygons of units among which are, for each position in a cell around this one, those that are nearest to it of what
    /// the next [`NEAR_PARTNERS`] partners lead, whichever unit holds it; `None` where there is no cell.
    pub fn vicinity(&self, land: &Land, position: Position) -> Option<Arc<Around>> {
        let cell = Cell::holding(position, CELLS)?;
        let kept = self.vicinity.0.read().unwrap_or_else(PoisonError::into_inner).get(&cell.number()).cloned();
        if kept.is_some() {
            return kept;
        }
        let found = Arc::new(self.around(land, &cell));
        let mut cells = self.vicinity.0.write().unwrap_or_else(PoisonError::into_inner);
        if cells.len() >= MOST_CELLS {
            cells.clear();
        }
        cells.insert(cell.number(), found.clone());
        Some(found)
    }

    /// Walks outward from the centre of a cell, until what follows is farther from each of its places than what was found.
    ///
    /// A place is at most a radius nearer to a unit than the centre is, and at most a radius farther from another one. So
    /// whatever lies two radii behind another unit that the same partner leads is never that partner's nearest; and what lies
    /// two radii behind those of enough partners is not among the nearest at all. Units that may hold a place of the cell do
    /// not count for that: who serves a part of the unit that holds it is not near by but there.
    fn around(&self, land: &Land, cell: &Cell) -> Around {
        let mut outward = land.locator().outward(cell.centre());
        let mut may_hold = land.areas_at(cell.centre());
        let reach = 2.0 * cell.radius_m() + OFF_M;
        let (mut parts, mut sure, mut last) = (Vec::new(), Vec::<(PartnerIx, f64)>::new(), 0.0);
        loop {
            let is_past = |partner: &PartnerIx| sure.iter().any(|(own, at)| own == partner && at + reach < last);
            let leads = |area| land.as_unit(area).map_or(&[][..], |unit| self.leads(unit));
            let Some(found) = outward.next_of(|area, _| leads(area).iter().any(|partner| !is_past(partner))) else { break };
            last = found.distance_m;
            if sure.get(NEAR_PARTNERS - 1).is_some_and(|(_, at)| at + reach < last) {
                break;
            }
            parts.push((found.part, last as f32));
            if last <= cell.radius_m() + OFF_M {
                may_hold.insert(found.area);
            }
            for partner in leads(found.area).iter().filter(|_| !may_hold.contains(&found.area)) {
                if sure.iter().all(|(own, _)| own != partner) {
                    sure.push((*partner, last));
                }
            }
        }
        Around { centre: cell.centre(), parts: parts.into() }
    }
}
