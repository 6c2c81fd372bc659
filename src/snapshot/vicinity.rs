//! What can be the nearest, seen from anywhere in a cell: found once, so that questions measure few edges.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use super::{
    AreaIx, AreaSet, Cell, Land, NearestArea, PartnerIx, Roster,
    around::{Around, Sought},
};
use crate::geometry::Position;

/// For how many partners the nearest units are found.
pub const NEAR_PARTNERS: usize = 3;

/// Wide cells in a degree: the way to what is far is gone once for many small ones.
const WIDE: i16 = 8;

/// Small cells in a degree: few edges can be the nearest for what is in one.
const SMALL: i16 = 64;

/// How many cells of each size are kept; beyond it all go, and come again as they are asked about.
const MOST_CELLS: usize = 16_384;

/// The cells about which somebody asked.
#[derive(Debug, Default)]
pub(super) struct Vicinity {
    wide: Cells,
    small: Cells,
}

#[derive(Debug, Default)]
struct Cells(RwLock<HashMap<[i16; 2], Arc<Around>>>);

impl Cells {
    /// What is around a cell: kept, or found now.
    fn around(&self, cell: &Cell, find: impl FnOnce() -> Around) -> Arc<Around> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&cell.number()).cloned();
        kept.unwrap_or_else(|| {
            let found = Arc::new(find());
            let mut cells = self.0.write().unwrap_or_else(PoisonError::into_inner);
            // What goes is let go of after the lock.
            let gone = if cells.len() >= MOST_CELLS { std::mem::take(&mut *cells) } else { HashMap::new() };
            cells.insert(cell.number(), found.clone());
            drop(cells);
            drop(gone);
            found
        })
    }
}

impl Vicinity {
    /// What is around the small cell that holds a position; `None` where there is no cell.
    fn around(&self, land: &Land, position: Position, sought: &impl Sought) -> Option<Arc<Around>> {
        let small = Cell::holding(position, SMALL)?;
        let (centre, locator) = (small.centre(), land.locator());
        Some(self.small.around(&small, || match Cell::holding(centre, WIDE) {
            None => Around::small(land, &small, locator.outward(centre), sought),
            Some(wide) => {
                let wide = self.wide.around(&wide, || Around::wide(land, &wide, sought));
                Around::small(land, &small, locator.outward_among(centre, wide.seen_from(centre)), sought)
            }
        }))
    }
}

impl Roster {
    /// The polygons of units among which are, for each position in a cell around this one, those that are nearest to it of
    /// what the next [`NEAR_PARTNERS`] partners lead, whichever unit holds it; `None` where there is no cell.
    pub fn vicinity(&self, land: &Land, position: Position) -> Option<Arc<Around>> {
        self.vicinity.around(land, position, &Leads { land, roster: self })
    }
}

impl Land {
    /// The unit whose border is nearest to a position; of several at the same distance the first.
    pub fn nearest_unit(&self, position: Position) -> Option<NearestArea> {
        let near_by = self.vicinity.around(self, position, &Units(self));
        let mut outward = match &near_by {
            Some(near_by) => self.locator().outward_among(position, near_by.seen_from(position)),
            None => self.locator().outward(position),
        };
        outward.next_of(|area, _| self.as_unit(area).is_some())
    }
}

/// The partners that lead units.
struct Leads<'a> {
    land: &'a Land,
    roster: &'a Roster,
}

impl Sought for Leads<'_> {
    type Thing = PartnerIx;
    const ENOUGH: usize = NEAR_PARTNERS;

    fn in_area(&self, area: AreaIx) -> &[PartnerIx] {
        self.land.as_unit(area).map_or(&[], |unit| self.roster.leads(unit))
    }

    /// Who serves a part of the unit that holds a position is not near by but there.
    fn passed_over(&self, land: &Land, position: Position) -> AreaSet {
        land.areas_at(position)
    }
}

/// Units, whichever.
struct Units<'a>(&'a Land);

impl Sought for Units<'_> {
    type Thing = ();
    const ENOUGH: usize = 1;

    fn in_area(&self, area: AreaIx) -> &[()] {
        self.0.as_unit(area).map_or(&[], |_| &[()])
    }

    fn passed_over(&self, _: &Land, _: Position) -> AreaSet {
        AreaSet::default()
    }
}
