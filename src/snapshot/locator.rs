//! Which areas hold a position: the one way in to the geometry for everything that answers.

use std::sync::Arc;

use geo::Coord;
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use super::{Area, AreaIx, AreaKind};
use crate::geometry::{Boundary, Envelope, Position, crosses, measure};

/// The areas that hold a position, in ascending order.
pub type AreaSet = Vec<AreaIx>;

/// How far behind a border the other side is looked up, in metres.
const BEHIND_BORDER_M: f64 = 0.5;

/// Finds the areas of all layers that hold a position, borders near it, and the nearest area.
pub struct Locator {
    areas: Vec<Located>,
    parts: RTree<PolygonPart>,
}

/// An area that has a boundary.
struct Located {
    area: AreaIx,
    kind: AreaKind,
    boundary: Arc<Boundary>,
}

/// A polygon of an area, in the tree.
///
/// Parts rather than areas: the envelope of the Aleutians is 359° wide.
struct PolygonPart {
    envelope: Envelope,
    located: u32,
    part: u32,
}

/// A piece of border near a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    /// How far it is, in metres.
    pub distance_m: f64,
    /// The areas that hold the ground just behind it, seen from the position.
    pub beyond: AreaSet,
}

/// The area nearest to a position outside all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearestArea {
    /// The area.
    pub area: AreaIx,
    /// The nearest place on its border.
    pub at: Position,
    /// How far that is, in metres.
    pub distance_m: f64,
}

impl Locator {
    /// An index over the areas; `areas[i]` is known as `AreaIx(i)`, those without a boundary are left out.
    pub fn new(areas: &[Area]) -> Self {
        let areas: Vec<_> = (0..)
            .zip(areas)
            .filter_map(|(i, area)| area.boundary.clone().map(|boundary| Located { area: AreaIx(i), kind: area.kind, boundary }))
            .collect();
        let parts = (0..).zip(&areas).flat_map(|(located, area)| {
            (0..).zip(area.boundary.parts()).filter_map(move |(part, polygon)| {
                let envelope = Envelope::of(polygon.exterior().0.iter().copied())?;
                Some(PolygonPart { envelope, located, part })
            })
        });
        let parts = RTree::bulk_load(parts.collect());
        Self { areas, parts }
    }

    /// The areas that hold a position.
    ///
    /// Of the states, and of the counties, at most one where their borders match; of the program regions any number.
    pub fn locate(&self, position: Position) -> AreaSet {
        let east = Coord { x: position.lon(), y: position.lat().min(90.0_f64.next_down()) };
        let mut found = self.holding(east);
        if east.x == -180.0 {
            // Nothing of a layer east of the antimeridian: the ground on its west decides.
            let west = self.holding(Coord { x: 180.0_f64.next_down(), ..east });
            let absent = |kind| found.iter().all(|&i: &usize| self.areas[i].kind != kind);
            let (states, counties) = (absent(AreaKind::State), absent(AreaKind::County));
            let wanted = |kind| match kind {
                AreaKind::State => states,
                AreaKind::County => counties,
                AreaKind::Region => true,
            };
            found.extend(west.into_iter().filter(|&i| wanted(self.areas[i].kind)));
        }
        let mut set: AreaSet = found.into_iter().map(|i| self.areas[i].area).collect();
        set.sort_unstable();
        set.dedup();
        set
    }

    /// Indexes into `areas`, each at most once, of those that hold the coordinate.
    fn holding(&self, coord: Coord<f64>) -> Vec<usize> {
        let mut candidates: Vec<_> =
            self.parts.locate_all_at_point(&[coord.x, coord.y]).map(|part| part.located as usize).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let odd = |&i: &usize| self.areas[i].boundary.edges().filter(|[a, b]| crosses(*a, *b, coord)).count() % 2 == 1;
        candidates.retain(odd);
        candidates
    }

    /// The borders within some metres of a position that have other areas behind them, nearest first; one for
    /// each distinct set of areas.
    pub fn borders_within(&self, position: Position, metres: f64) -> Vec<Border> {
        let plane = measure::LocalPlane::at(position);
        let own = self.locate(position);
        let mut borders: Vec<Border> = Vec::new();
        for polygon in self.parts_near(position, metres) {
            for [a, b] in edges_of(polygon) {
                let (at, distance_m) = measure::nearest_on_edge(position, a, b);
                if distance_m <= metres {
                    borders.extend(
                        self.behind(&plane, at, [a, b]).filter(|set| *set != own).map(|beyond| Border { distance_m, beyond }),
                    );
                }
            }
        }
        borders.sort_by(|x, y| x.distance_m.total_cmp(&y.distance_m).then_with(|| x.beyond.cmp(&y.beyond)));
        let mut seen: Vec<AreaSet> = Vec::new();
        borders.retain(|border| {
            let new = !seen.contains(&border.beyond);
            if new {
                seen.push(border.beyond.clone());
            }
            new
        });
        borders
    }

    /// What lies a step to either side of a place on an edge.
    fn behind(&self, plane: &measure::LocalPlane, at: Coord<f64>, [a, b]: [Coord<f64>; 2]) -> impl Iterator<Item = AreaSet> {
        let ([ax, ay], [bx, by]) = (plane.project(a), plane.project(b));
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
        let [east, north] = plane.degrees_per_metre();
        [1.0, -1.0].into_iter().filter_map(move |side| {
            let step = side * BEHIND_BORDER_M / length;
            Position::new(at.x - dy * step * east, at.y + dx * step * north).ok().map(|p| self.locate(p))
        })
    }

    fn parts_near(&self, position: Position, metres: f64) -> impl Iterator<Item = &geo::Polygon<f64>> {
        let [east, north] = measure::LocalPlane::at(position).degrees_per_metre();
        let (dx, dy) = ((metres * east * 1.01).min(360.0), metres * north * 1.01);
        let window = AABB::from_corners([position.lon() - dx, position.lat() - dy], [position.lon() + dx, position.lat() + dy]);
        self.parts.locate_in_envelope_intersecting(&window).map(|part| self.polygon(part))
    }

    /// The area of a kind whose border is nearest to a position; `None` where there is no such area.
    pub fn nearest(&self, position: Position, kind: AreaKind) -> Option<NearestArea> {
        let candidates = self.parts.nearest_neighbor_iter(&[position.lon(), position.lat()]);
        let of_kind = candidates.filter(|part| self.areas[part.located as usize].kind == kind).take(64);
        let best = of_kind.map(|part| {
            let (at, metres) = edges_of(self.polygon(part))
                .map(|[a, b]| measure::nearest_on_edge(position, a, b))
                .min_by(|x, y| x.1.total_cmp(&y.1))
                .unwrap_or((Coord { x: 0.0, y: 0.0 }, f64::INFINITY));
            (self.areas[part.located as usize].area, at, metres)
        });
        let (area, at, _) = best.min_by(|x, y| x.2.total_cmp(&y.2).then_with(|| x.0.cmp(&y.0)))?;
        let at = Position::new(at.x, at.y).ok()?;
        Some(NearestArea { area, at, distance_m: measure::distance(position, at) })
    }

    /// The areas whose envelopes meet a window, in ascending order.
    pub fn in_window(&self, window: &Envelope) -> AreaSet {
        let window = AABB::from_corners(window.min, window.max);
        let mut set: AreaSet =
            self.parts.locate_in_envelope_intersecting(&window).map(|part| self.areas[part.located as usize].area).collect();
        set.sort_unstable();
        set.dedup();
        set
    }

    fn polygon(&self, part: &PolygonPart) -> &geo::Polygon<f64> {
        &self.areas[part.located as usize].boundary.parts()[part.part as usize]
    }
}

fn edges_of(polygon: &geo::Polygon<f64>) -> impl Iterator<Item = [Coord<f64>; 2]> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).flat_map(|ring| ring.0.windows(2).map(|w| [w[0], w[1]]))
}

impl RTreeObject for PolygonPart {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.envelope.min, self.envelope.max)
    }
}

impl PointDistance for PolygonPart {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        rstar::Envelope::distance_2(&self.envelope(), point)
    }
}
