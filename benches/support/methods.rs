//! The ways to locate a position that are compared.

use std::hint::black_box;

use coverage_map::{
    geometry::{Envelope, Position, is_left},
    snapshot::{Area, AreaSet, Locator},
};
use geo::{Contains, Coord, algorithm::indexed::IntervalTreeMultiPolygon};
use rstar::{AABB, PointDistance, RStarInsertionStrategy, RTree, RTreeObject, RTreeParams};

/// A way to answer which areas hold a position; `run` answers many and counts the areas.
pub trait Method {
    fn name(&self) -> &'static str;
    fn run(&self, positions: &[Position]) -> usize;
}

/// The product's own, one by one.
pub struct Ours<'a>(pub &'a Locator);

/// The product's own, in a batch.
pub struct Batch<'a>(pub &'a Locator);

/// A box in an R*-tree, and what lies in it.
pub struct Boxed<T>(AABB<[f64; 2]>, T);

impl<T> RTreeObject for Boxed<T> {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        self.0
    }
}

impl<T> PointDistance for Boxed<T> {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        rstar::Envelope::distance_2(&self.0, point)
    }

    fn contains_point(&self, point: &[f64; 2]) -> bool {
        rstar::Envelope::contains_point(&self.0, point)
    }
}

/// What most would write: an R*-tree of the areas' envelopes, then `geo::Contains`.
pub struct Naive(pub RTree<Boxed<geo::MultiPolygon<f64>>>);

/// The same with geo's prepared polygons.
pub struct Prepared(RTree<Boxed<IntervalTreeMultiPolygon<f64>>>);

/// An R*-tree over cells of the partition instead of a grid.
pub struct Cells(RTree<Boxed<Cell>, Wide>);

/// A cell: its corner, what holds it, and the edges that meet the cell with what they toggle.
pub struct Cell {
    corner: Coord<f64>,
    held: AreaSet,
    edges: Vec<([Coord<f64>; 2], u32)>,
}

pub struct Wide;

impl RTreeParams for Wide {
    const MIN_SIZE: usize = 6;
    const MAX_SIZE: usize = 16;
    const REINSERTION_COUNT: usize = 4;
    type DefaultInsertionStrategy = RStarInsertionStrategy;
}

fn aabb(envelope: Envelope) -> AABB<[f64; 2]> {
    AABB::from_corners(envelope.min, envelope.max)
}

fn boxed<T>(areas: &[Area], make: impl Fn(&geo::MultiPolygon<f64>) -> T) -> Vec<Boxed<T>> {
    let boundaries = areas.iter().filter_map(|area| area.boundary.as_ref());
    boundaries.map(|b| Boxed(aabb(b.envelope()), make(b.as_multi_polygon()))).collect()
}

impl Naive {
    pub fn new(areas: &[Area]) -> Self {
        Self(RTree::bulk_load(boxed(areas, Clone::clone)))
    }

    pub fn locate(&self, p: Position) -> usize {
        let point = geo::Point::from(p);
        self.0.locate_all_at_point(&[p.lon(), p.lat()]).filter(|area| area.1.contains(&point)).count()
    }
}

impl Prepared {
    pub fn new(areas: &[Area]) -> Self {
        Self(RTree::bulk_load(boxed(areas, IntervalTreeMultiPolygon::new)))
    }
}

impl Cells {
    /// Cells of a quarter degree, split in four while more than eight edges meet them, five times at most.
    pub fn new(areas: &[Area], locator: &Locator) -> Self {
        let boundaries = (0..).zip(areas).filter_map(|(i, area)| Some((i, area.boundary.as_ref()?)));
        let edges: Vec<_> = boundaries.flat_map(|(i, b)| b.edges().map(move |e| (e, i))).collect();
        let mut tops = std::collections::BTreeMap::<_, Vec<_>>::new();
        for (i, ([a, b], _)) in edges.iter().enumerate() {
            let cells = |v: f64, w: f64| (v.min(w) * 4.0 - 1e-6).floor() as i32..=(v.max(w) * 4.0 + 1e-6).floor() as i32;
            for (x, y) in cells(a.x, b.x).flat_map(|x| cells(a.y, b.y).map(move |y| (x, y))) {
                tops.entry((x, y)).or_default().push(i);
            }
        }
        let mut found = Vec::new();
        for x in -720..720 {
            for y in -360..360 {
                let corner = Coord { x: f64::from(x) / 4.0, y: f64::from(y) / 4.0 };
                let inside = tops.remove(&(x, y)).unwrap_or_default();
                cells(locator, &edges, corner, 0.25, &inside, 5, &mut found);
            }
        }
        Self(RTree::bulk_load_with_params(found))
    }
}

type Owned = ([Coord<f64>; 2], u32);

fn cells(
    locator: &Locator,
    edges: &[Owned],
    corner: Coord<f64>,
    size: f64,
    inside: &[usize],
    splits: u32,
    found: &mut Vec<Boxed<Cell>>,
) {
    if inside.len() > 8 && splits > 0 {
        for (i, j) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            let (half, corner) = (size / 2.0, Coord { x: corner.x + i * size / 2.0, y: corner.y + j * size / 2.0 });
            let meets = |[a, b]: [Coord<f64>; 2]| {
                a.x.min(b.x) <= corner.x + half
                    && a.x.max(b.x) >= corner.x
                    && a.y.min(b.y) <= corner.y + half
                    && a.y.max(b.y) >= corner.y
            };
            let inside: Vec<_> = inside.iter().copied().filter(|i| meets(edges[*i].0)).collect();
            cells(locator, edges, corner, half, &inside, splits - 1, found);
        }
        return;
    }
    let held = locator.locate(Position::new(corner.x, corner.y).expect("on the grid"));
    if !held.is_empty() || !inside.is_empty() {
        let edges =
            inside.iter().map(|i| edges[*i]).map(|([a, b], area)| (if (a.y, a.x) <= (b.y, b.x) { [a, b] } else { [b, a] }, area));
        let envelope = AABB::from_corners([corner.x, corner.y], [corner.x + size, corner.y + size]);
        found.push(Boxed(envelope, Cell { corner, held, edges: edges.collect() }));
    }
}

impl Cell {
    fn count(&self, p: Position) -> usize {
        let (p, bend) = (Coord { x: p.lon(), y: p.lat() }, Coord { x: self.corner.x, y: p.lat() });
        let mut crossed: Vec<u32> = self.held.iter().map(|area| area.at() as u32).collect();
        for ([low, high], area) in &self.edges {
            let left = |c| is_left(*low, *high, c);
            let along = low.y <= p.y && p.y < high.y && left(p) != left(bend);
            let (west, east) = (low.x.min(high.x), low.x.max(high.x));
            if along != (west <= bend.x && bend.x < east && left(bend) != left(self.corner)) {
                match crossed.iter().position(|a| a == area) {
                    Some(at) => drop(crossed.swap_remove(at)),
                    None => crossed.push(*area),
                }
            }
        }
        crossed.len()
    }
}

impl Method for Ours<'_> {
    fn name(&self) -> &'static str {
        "partition"
    }

    fn run(&self, positions: &[Position]) -> usize {
        positions.iter().map(|p| black_box(self.0.locate(*p)).len()).sum()
    }
}

impl Method for Batch<'_> {
    fn name(&self) -> &'static str {
        "partition, batch"
    }

    fn run(&self, positions: &[Position]) -> usize {
        self.0.locate_many(positions).iter().map(|set| set.len()).sum()
    }
}

impl Method for Naive {
    fn name(&self) -> &'static str {
        "rstar + geo::Contains"
    }

    fn run(&self, positions: &[Position]) -> usize {
        positions.iter().map(|p| black_box(self.locate(*p))).sum()
    }
}

impl Method for Prepared {
    fn name(&self) -> &'static str {
        "rstar + IntervalTreeMultiPolygon"
    }

    fn run(&self, positions: &[Position]) -> usize {
        let holding = |p: &Position| {
            let point = geo::Point::from(*p);
            self.0.locate_all_at_point(&[p.lon(), p.lat()]).filter(|area| area.1.contains(&point)).count()
        };
        positions.iter().map(|p| black_box(holding(p))).sum()
    }
}

impl Method for Cells {
    fn name(&self) -> &'static str {
        "rstar over cells"
    }

    fn run(&self, positions: &[Position]) -> usize {
        let count = |p: &Position| {
            let at = self.0.locate_all_at_point(&[p.lon(), p.lat()]).find(|cell| {
                let upper = cell.0.upper();
                p.lon() < upper[0] && p.lat() < upper[1]
            });
            at.map_or(0, |cell| cell.1.count(*p))
        };
        positions.iter().map(|p| black_box(count(p))).sum()
    }
}
