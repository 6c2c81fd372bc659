use geo::Coord;

use super::edge::Edge;
use crate::{geometry::Envelope, packed::wire::wire_struct};

/// Cells of the first level in a degree.
const CELLS_A_DEGREE: f64 = 4.0;
/// A split cell has 2² columns and 2² rows.
const SPLIT_BITS: u32 = 2;
/// How often a cell may be split.
pub(super) const MAX_DEPTH: u32 = 4;
/// Positions within a cell count 2¹⁴ steps to the east and as many to the north.
const LOCAL_BITS: u32 = 14;
/// How many steps a cell is wide and high.
pub(super) const LOCAL_STEPS: i16 = 1 << LOCAL_BITS;
/// Fixed-point steps in a cell of the first level, as a power of two.
const FIRST_BITS: u32 = LOCAL_BITS + SPLIT_BITS * MAX_DEPTH;
/// Fixed-point steps in a degree.
const STEPS_A_DEGREE: f64 = CELLS_A_DEGREE * (1_u64 << FIRST_BITS) as f64;
/// How far, in degrees, an edge may lie outside a cell and still be listed in it: more than any rounding error.
pub(super) const MARGIN: f64 = 1e-9;

/// The cells over all areas: bands of cells along the parallels, each cell split where edges are many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    west: f64,
    south: f64,
    pub bands: usize,
}

/// A position in steps of the finest cells: the leading bits number the cells that hold it, level by level.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fixed {
    x: i64,
    y: i64,
}

/// A cell: its south-western corner, its width and height in degrees, and how often it was split from the first level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Square {
    pub corner: Coord<f64>,
    pub size: f64,
    pub depth: u32,
}

impl Grid {
    /// The grid over a box, with room on all sides, so that its outermost positions lie outside all areas.
    pub fn over(envelope: &Envelope) -> Self {
        let [west, south] = envelope.min.map(|v| (v - 0.01).floor());
        Self { west, south, bands: ((envelope.max[1] + 0.01 - south) * CELLS_A_DEGREE).ceil() as usize }
    }

    /// Whether it is a grid over a part of the Earth.
    pub fn is_on_earth(&self) -> bool {
        (-182.0..=180.0).contains(&self.west)
            && (-92.0..=90.0).contains(&self.south)
            && self.bands <= 182 * CELLS_A_DEGREE as usize
    }

    /// A position in fixed point; what lies west or south of the grid goes to its edge, where there is no area.
    #[inline]
    pub fn fixed(&self, c: Coord<f64>) -> Fixed {
        let steps = |v: f64, origin: f64| ((v - origin) * STEPS_A_DEGREE).max(0.0) as i64;
        Fixed { x: steps(c.x, self.west), y: steps(c.y, self.south) }
    }

    /// The cell of the first level in a column and a band.
    pub fn square(&self, column: usize, band: usize) -> Square {
        let corner = |origin: f64, n: usize| origin + n as f64 / CELLS_A_DEGREE;
        Square {
            corner: Coord { x: corner(self.west, column), y: corner(self.south, band) },
            size: 1.0 / CELLS_A_DEGREE,
            depth: 0,
        }
    }

    /// The cell at a depth that holds a position.
    pub fn square_at(&self, at: Fixed, depth: u32) -> Square {
        let finer = (1_u64 << (SPLIT_BITS * depth)) as f64 * CELLS_A_DEGREE;
        let corner = |origin: f64, n: i64| origin + (n >> shift(depth)) as f64 / finer;
        Square { corner: Coord { x: corner(self.west, at.x), y: corner(self.south, at.y) }, size: 1.0 / finer, depth }
    }

    /// Columns and bands of the cells of the first level that a box meets, the last ones included; they may lie
    /// outside the grid.
    pub fn cells_of(&self, envelope: &Envelope) -> [[usize; 2]; 2] {
        let from = self.fixed(Coord { x: envelope.min[0] - MARGIN, y: envelope.min[1] - MARGIN });
        let to = self.fixed(Coord { x: envelope.max[0] + MARGIN, y: envelope.max[1] + MARGIN });
        [[from.column(), to.column()], [from.band(), to.band()]]
    }
}

wire_struct! {
    Grid { west, south, bands }
}

/// How many bits of a fixed-point number lie within a cell at a depth.
#[inline]
const fn shift(depth: u32) -> u32 {
    FIRST_BITS - SPLIT_BITS * depth
}

impl Fixed {
    /// The column of the first level.
    #[inline]
    pub fn column(self) -> usize {
        (self.x >> FIRST_BITS) as usize
    }

    /// The band of the first level.
    #[inline]
    pub fn band(self) -> usize {
        (self.y >> FIRST_BITS) as usize
    }

    /// Which of the sixteen cells of a split, at the depth of these sixteen.
    #[inline]
    pub fn child(self, depth: u32) -> usize {
        let digit = |v: i64| (v >> shift(depth)) & ((1 << SPLIT_BITS) - 1);
        (digit(self.y) << SPLIT_BITS | digit(self.x)) as usize
    }

    /// Steps from the corner of the cell at a depth, to the east and to the north.
    #[inline]
    pub fn local(self, depth: u32) -> [i16; 2] {
        [self.x, self.y].map(|v| (v >> (shift(depth) - LOCAL_BITS)) as i16 & (LOCAL_STEPS - 1))
    }
}

impl Square {
    /// The sixteen cells of its split, from the south-west, band by band.
    pub fn children(self) -> [Self; 16] {
        let size = self.size / f64::from(1 << SPLIT_BITS);
        std::array::from_fn(|i| {
            let (column, row) = ((i & 3) as f64, (i >> 2) as f64);
            let corner = Coord { x: self.corner.x + column * size, y: self.corner.y + row * size };
            Self { corner, size, depth: self.depth + 1 }
        })
    }

    /// Its south-eastern corner.
    pub fn south_east(self) -> Coord<f64> {
        Coord { x: self.corner.x + self.size, y: self.corner.y }
    }

    /// Its box.
    pub fn envelope(self) -> Envelope {
        let Coord { x, y } = self.corner;
        Envelope { min: [x, y], max: [x + self.size, y + self.size] }
    }

    /// The ends of a window in local steps, a step wider on all sides, and cut off a step outside the cell.
    pub fn local_window(self, window: &Envelope) -> [[i16; 2]; 2] {
        let steps = |v: f64, corner: f64, wider: f64| {
            ((v - corner) / self.size * f64::from(LOCAL_STEPS) + wider).floor().clamp(-1.0, f64::from(LOCAL_STEPS) + 1.0) as i16
        };
        let end = |[x, y]: [f64; 2], wider| [steps(x, self.corner.x, wider), steps(y, self.corner.y, wider)];
        [end(window.min, -1.0), end(window.max, 1.0)]
    }

    /// Whether an edge comes between the parallels of the cell or within [`MARGIN`] of them.
    pub fn meets_parallels(self, edge: &Edge) -> bool {
        edge.low.y <= self.corner.y + self.size + MARGIN && edge.high.y >= self.corner.y - MARGIN
    }

    /// Whether an edge comes into the cell or within [`MARGIN`] of it; in doubt it does.
    pub fn meets(self, edge: &Edge) -> bool {
        let Envelope { min, max } = self.envelope();
        let [west, south] = min.map(|v| v - MARGIN);
        let [east, north] = max.map(|v| v + MARGIN);
        let (Edge { low, high, .. }, [edge_west, edge_east]) = (edge, edge.longitudes());
        if low.y > north || high.y < south || edge_west > east || edge_east < west {
            return false;
        }
        // All four corners on one side of its line: it passes by.
        let (dx, dy) = (high.x - low.x, high.y - low.y);
        let side = |x: f64, y: f64| dx * (y - low.y) - dy * (x - low.x);
        let sides = [side(west, south), side(east, south), side(west, north), side(east, north)];
        let doubt = 1e-13 * (dx.abs() + dy + 1e-9);
        sides.iter().any(|s| *s <= doubt) && sides.iter().any(|s| *s >= -doubt)
    }
}
