use rstar::{AABB, ParentNode, RStarInsertionStrategy, RTree, RTreeObject, RTreeParams};

use super::{
    AreaIx, AreaKind,
    outward::Outward,
    part::{Located, NearestArea, Part, PartIx},
};
use crate::geometry::{Envelope, Position};

/// The polygons of all areas in an R*-tree: for windows, nearest areas and candidates for overlaps.
///
/// Polygons rather than areas: the envelope of the Aleutians is 359° wide.
pub(super) struct Parts {
    areas: Vec<Located>,
    parts: Vec<Part>,
    tree: RTree<Boxed, Wide>,
}

/// A polygon in the tree.
pub(super) struct Boxed {
    envelope: Envelope,
    pub(super) part: PartIx,
}

/// Nodes of sixteen: the tree is built once, so that wide nodes cost nothing.
struct Wide;

impl RTreeParams for Wide {
    const MIN_SIZE: usize = 6;
    const MAX_SIZE: usize = 16;
    const REINSERTION_COUNT: usize = 4;
    type DefaultInsertionStrategy = RStarInsertionStrategy;
}

impl Parts {
    /// The polygons of areas, which come in ascending order.
    pub fn new(areas: Vec<Located>) -> Self {
        let parts = (0..).zip(&areas).flat_map(|(located, area)| {
            (0..)
                .zip(area.boundary.parts())
                .filter_map(move |(number, polygon)| Some((Envelope::of(polygon.exterior().0.iter().copied())?, located, number)))
        });
        let numbered = (0..).map(PartIx).zip(parts);
        let parts: Vec<_> = numbered.map(|(ix, (envelope, located, number))| Part::new(envelope, located, number, ix)).collect();
        let boxed = parts.iter().map(|part| Boxed { envelope: part.envelope, part: part.ix });
        let tree = RTree::bulk_load_with_params(boxed.collect());
        Self { areas, parts, tree }
    }

    /// The areas of which a part's envelope meets a window, in ascending order.
    pub fn in_window(&self, window: &Envelope) -> Vec<AreaIx> {
        let window = AABB::from_corners(window.min, window.max);
        let met = self.tree.locate_in_envelope_intersecting(&window);
        let mut areas: Vec<_> = met.map(|met| self.area_of(self.part(met.part)).area).collect();
        areas.sort_unstable();
        areas.dedup();
        areas
    }

    /// The wanted area whose border is nearest to a position, by distance along the ground; of several at the same
    /// distance the first.
    pub fn nearest(&self, position: Position, wanted: impl Fn(AreaIx, AreaKind) -> bool) -> Option<NearestArea> {
        Outward::through(self, position).next_of(wanted)
    }

    /// A polygon.
    pub fn part(&self, part: PartIx) -> &Part {
        &self.parts[part.0 as usize]
    }

    /// The area of a polygon.
    pub fn area_of(&self, part: &Part) -> &Located {
        &self.areas[part.located as usize]
    }

    /// The root of the tree.
    pub fn root(&self) -> &ParentNode<Boxed> {
        self.tree.root()
    }
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.envelope.min, self.envelope.max)
    }
}
