//! What a map shows, as a plain value: areas, borders, labels and marks on the grid of a sheet.
//!
//! Geometry is projected, cut to arcs and made simple once for each geography (an [`Atlas`]); a map of a day and
//! a course only dissolves the units by who serves them. Everything is a pure function of a snapshot, a day, a
//! course and a scope, the same from run to run.

mod beyond;
mod canvas;
mod compose;
mod dots;
mod face;
mod frame;
mod label;
mod lettering;
mod looks;
mod map;
mod shape;
mod tally;
mod tile;

use std::sync::OnceLock;

use jiff::civil::Date;

pub use self::frame::{Rect, View};
pub use self::looks::{COLOURS, TEXTURES};
pub use self::map::{
    AreaStatus, Borders, Counts, Frame, Label, LabelKind, LegendEntry, Link, Look, Map, MapArea, Mark, MarkKind, Named, Narrow,
    Numbered, PartnerLook, Shown, Town, Upcoming, ZipDot,
};
pub use self::shape::{GridPoint, Lines, Shape};

use self::{
    canvas::Canvas,
    face::Faces,
    tile::{Tile, TileNo},
};
use crate::{
    domain::CourseId,
    geometry::Position,
    snapshot::{AreaIx, Land, PartnerIx, Snapshot, StateIx, UnitIx},
};

/// What a map is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The whole country.
    Country,
    /// A state, with its counties; its neighbours are only hinted at.
    State(StateIx),
    /// A county or program region, with what surrounds it.
    Area(AreaIx),
    /// All that a partner serves, with what surrounds it; the whole country where it serves nothing.
    Partner(PartnerIx),
}

/// The drawn geometry of one land: whatever changes about partners, it stays.
pub struct Atlas {
    tiles: Vec<Tile>,
    country: Canvas,
    states: Vec<OnceLock<Canvas>>,
    adjacency: Vec<[TileNo; 2]>,
}

impl Atlas {
    /// Draws a land: the country now, a state when a map of it is first asked for.
    pub fn new(land: &Land) -> Self {
        let tiles = tile::all(land);
        let country = Canvas::country(land, &tiles);
        let adjacency = country.adjacency();
        Self { tiles, country, states: land.states().map(|_| OnceLock::new()).collect(), adjacency }
    }

    /// The map of a scope on a day, for a course (`None` means any).
    ///
    /// The snapshot must stand on the land that the atlas was drawn from.
    pub fn map(&self, snapshot: &Snapshot, scope: Scope, day: Date, course: Option<&CourseId>) -> Map {
        let land = snapshot.land();
        let faces = Faces::of(snapshot, &self.tiles, day, course);
        let draw =
            |canvas: &Canvas| compose::map(&compose::Task { snapshot, canvas, atlas: self, scope, day, course, faces: &faces });
        match scope {
            Scope::Partner(partner) => match faces.units_of(partner, &self.tiles) {
                units if units.is_empty() => draw(&self.country),
                units => draw(&Canvas::around(land, &self.tiles, &units)),
            },
            Scope::Country | Scope::State(_) | Scope::Area(_) => self.with_canvas(land, scope, draw),
        }
    }

    /// The map of some units with what surrounds them, under a name of their own: of a gap, for example.
    ///
    /// `units` are in ascending order; without any it is the country's.
    pub fn around(&self, snapshot: &Snapshot, units: &[AreaIx], name: &str, day: Date, course: Option<&CourseId>) -> Map {
        let land = snapshot.land();
        let Some(first) = units.first() else { return self.map(snapshot, Scope::Country, day, course) };
        let focus: Vec<UnitIx> = units.iter().filter_map(|area| land.as_unit(*area)).collect();
        let canvas = &Canvas::around(land, &self.tiles, &focus);
        let faces = &Faces::of(snapshot, &self.tiles, day, course);
        let map = compose::map(&compose::Task { snapshot, canvas, atlas: self, scope: Scope::Area(*first), day, course, faces });
        Map { subject: name.into(), ..map }
    }

    /// Where on the map of a scope a position lies; `None` where it does not show it. The map of a partner, which
    /// changes with the day, is not asked.
    pub fn point(&self, land: &Land, scope: Scope, position: Position) -> Option<GridPoint> {
        if let Scope::Partner(_) = scope {
            return None;
        }
        let held_by = land.locator().locate(position);
        self.with_canvas(land, scope, |canvas| canvas.point(land, position, &held_by))
    }

    fn with_canvas<T>(&self, land: &Land, scope: Scope, ask: impl FnOnce(&Canvas) -> T) -> T {
        match scope {
            Scope::Country | Scope::Partner(_) => ask(&self.country),
            Scope::State(state) => match self.states.get(state.at()) {
                Some(canvas) => ask(canvas.get_or_init(|| Canvas::around(land, &self.tiles, land.units_of(state)))),
                None => ask(&self.country),
            },
            Scope::Area(area) => ask(&Canvas::around(land, &self.tiles, &units_in(land, area))),
        }
    }
}

/// The units that an area holds, or holds a part of.
fn units_in(land: &Land, area: AreaIx) -> Vec<UnitIx> {
    if let Some(unit) = land.as_unit(area) {
        return vec![unit];
    }
    if let Some(state) = land.as_state(area) {
        return land.units_of(state).to_vec();
    }
    land.units().filter(|unit| land.pieces(*unit).iter().any(|piece| piece.regions.contains(&area))).collect()
}

#[cfg(test)]
mod tests;
