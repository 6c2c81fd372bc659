//! Tiles: the finest pieces of ground that a map tells apart. A tile is a unit, or a piece of one where a drawn
//! region cuts through it.

use std::sync::Arc;

use geo::BooleanOps;

use crate::{
    geometry::Boundary,
    snapshot::{AreaIx, Land, UnitIx},
};

/// Number of a tile.
pub(super) type TileNo = u32;

/// A piece of ground that is in the same program regions everywhere.
pub(super) struct Tile {
    pub(super) unit: UnitIx,
    /// Whether it is all of its unit.
    pub(super) whole: bool,
    /// The program regions that hold it, in ascending order.
    pub(super) regions: Vec<AreaIx>,
    pub(super) boundary: Arc<Boundary>,
}

/// All tiles, in the order of their units.
pub(super) fn all(land: &Land) -> Vec<Tile> {
    land.units().flat_map(|unit| tiles_of(land, unit)).collect()
}

fn tiles_of(land: &Land, unit: UnitIx) -> Vec<Tile> {
    let Some(boundary) = &land.area(land.unit_area(unit)).boundary else { return Vec::new() };
    let pieces = land.pieces(unit);
    let whole = |regions| Tile { unit, whole: true, regions, boundary: boundary.clone() };
    if let [] | [_] = pieces {
        return vec![whole(pieces.first().map(|piece| piece.regions.clone()).unwrap_or_default())];
    }
    let mut cutting: Vec<AreaIx> = pieces.iter().flat_map(|piece| piece.regions.iter().copied()).collect();
    cutting.sort_unstable();
    cutting.dedup();
    cutting.retain(|region| !pieces.iter().all(|piece| piece.regions.contains(region)));
    let tiles = pieces.iter().filter_map(|piece| {
        let mut shape = boundary.as_multi_polygon().clone();
        for region in &cutting {
            let other = land.area(*region).boundary.as_ref()?.as_multi_polygon();
            shape = if piece.regions.contains(region) { shape.intersection(other) } else { shape.difference(other) };
        }
        let boundary = Arc::new(Boundary::new(shape).ok()?);
        Some(Tile { unit, whole: false, regions: piece.regions.clone(), boundary })
    });
    tiles.collect()
}
