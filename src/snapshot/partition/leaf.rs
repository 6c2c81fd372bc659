//! A leaf: the few edges in a cell, packed so that one touch of memory fetches them and eight are tried at once.
//!
//! Coordinates within the cell are whole steps from its corner, rounded down, so that a position and an edge are
//! each up to a step from where they seem to be. Therefore a leaf decides only positions that are more than a step
//! from every edge, which are all but a few in a thousand; it says so of the others, and exact arithmetic decides.
//!
//! ```text
//!   north                      The western wall knows one thing: which areas hold its lower end ○.
//!   ┃╎        ╱               From a position ● one goes west to the wall, then down to ○, and enters
//!   ┃╎   A   ╱   B            or leaves what each crossed edge toggles.
//!   ┃├──────╱                 An edge that comes through the wall (┄) is continued by a lane that
//!   ┃╎     ╱╲                 runs up along the wall (╎): so the way down the wall costs nothing
//!   ┃╎  C ╱  ╲    ●           more than the way west, which crosses the lane exactly when the way
//!   ○━━━━━━━━━━━━━━━ east      down would cross the edge.
//! ```

use geo::Coord;

use super::{
    super::{AreaIx, AreaSet},
    edge::Edge,
    grid::{LOCAL_STEPS, Square},
};

/// Edges that are tried together.
const LANES: usize = 8;
/// Where the lanes that continue edges along the western wall stand: west of every position, and near none.
const WALL: i16 = -2;
/// A lane that no position is near to and that toggles nothing.
const NO_EDGE: Lane = Lane { x: WALL, y: 0, dx: 0, dy: 1, toggles: 0 };
/// A lane that every position is near to: exact arithmetic decides in the whole cell.
const ALWAYS_NEAR: Lane = Lane { x: 0, y: 0, dx: 0, dy: 0, toggles: 0 };

/// Eight 16-bit numbers; a leaf is a row of heads, then [`Block`]s, then the areas of its masks, four in a row.
pub(super) type Row = [u16; LANES];

/// Eight edges: their x, y, Δx, Δy and masks.
type Block = [Row; 5];

/// An edge in local steps, low end first, and the mask of the leaf's areas that it toggles.
#[derive(Clone, Copy)]
struct Lane {
    x: i16,
    y: i16,
    dx: i16,
    dy: i16,
    toggles: u16,
}

/// A leaf as it lies in memory.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'a> {
    /// Where the exact record of the leaf is.
    pub exact: u32,
    held_at_corner: u16,
    is_crowded: bool,
    blocks: &'a [Block],
    areas: &'a [Row],
}

impl<'a> Leaf<'a> {
    /// The leaf that starts at a row.
    #[inline]
    pub fn read(rows: &'a [Row], at: usize) -> Option<Self> {
        let (head, rest) = rows.get(at..)?.split_first()?;
        let (blocks, areas) = rest.split_at_checked(usize::from(head[0]) * size_of::<Block>() / size_of::<Row>())?;
        Some(Self {
            exact: u32::from(head[2]) | u32::from(head[3]) << 16,
            held_at_corner: head[1],
            is_crowded: head[4] != 0,
            blocks: blocks.as_chunks().0,
            areas,
        })
    }

    /// The areas that hold a position, given in local steps; `None` where an edge is too near to say.
    #[inline]
    pub fn areas_at(&self, [x, y]: [i16; 2]) -> Option<AreaSet> {
        let (mut held, mut near) = (self.held_at_corner, false);
        for block in self.blocks {
            let (crossed, close) = cross(block, x, y);
            held ^= crossed;
            near |= close;
        }
        if near { None } else { Some(self.members(held)) }
    }

    /// All areas that it can answer with; `None` where its lanes leave the cell.
    pub fn all_areas(&self) -> Option<AreaSet> {
        let inside = |value: &u16| (-LOCAL_STEPS - 2..=LOCAL_STEPS + 2).contains(&(*value as i16));
        let (mut mask, mut is_sound) = (self.held_at_corner, true);
        for [xs, ys, dxs, dys, masks] in self.blocks {
            is_sound &= [xs, ys, dxs, dys].into_iter().flatten().all(inside);
            mask |= masks.iter().fold(0, |a, b| a | b);
        }
        is_sound.then(|| self.members(mask))
    }

    /// Whether a piece of an edge may meet a window; its ends are given in local steps.
    pub fn meets(&self, window: [[i16; 2]; 2]) -> bool {
        self.is_crowded || self.blocks.iter().any(|block| meets(block, window))
    }

    #[inline]
    fn members(&self, mut mask: u16) -> AreaSet {
        let mut set = AreaSet::EMPTY;
        while mask != 0 {
            let bit = mask.trailing_zeros() as usize;
            if let Some(row) = self.areas.get(bit / 4) {
                let [low, high] = [row[bit % 4 * 2], row[bit % 4 * 2 + 1]].map(u32::from);
                set.push(AreaIx(low | high << 16));
            }
            mask &= mask - 1;
        }
        set
    }
}

/// What the way from a position to the western wall toggles in a block, and whether an edge is near.
///
/// Conditions are sign bits and no branches, so that the compiler tries all lanes with one instruction each.
#[inline]
fn cross([xs, ys, dxs, dys, masks]: &Block, x: i16, y: i16) -> (u16, bool) {
    let (mut toggled, mut near) = ([0_u16; LANES], [0_i32; LANES]);
    for i in 0..LANES {
        let [east, north] = [x.wrapping_sub(xs[i] as i16), y.wrapping_sub(ys[i] as i16)].map(i32::from);
        let [dx, dy] = [dxs[i] as i16, dys[i] as i16].map(i32::from);
        let side = dx * north - dy * east;
        near[i] = side.abs() - dx.abs() - dy - 1;
        let crossed = !north & (north - dy) & side;
        toggled[i] = masks[i] & (crossed >> 31) as u16;
    }
    (toggled.into_iter().fold(0, |a, b| a ^ b), near.into_iter().fold(0, |a, b| a | b) < 0)
}

/// Whether the box of a lane meets a window. The lanes along the wall stand west of every window.
fn meets([xs, ys, dxs, dys, _]: &Block, [[west, south], [east, north]]: [[i16; 2]; 2]) -> bool {
    let mut met = false;
    for i in 0..LANES {
        let [x, y, dx, dy] = [xs[i], ys[i], dxs[i], dys[i]].map(|v| v as i16);
        let [far_x, far_y] = [x.wrapping_add(dx), y.wrapping_add(dy)];
        met |= (x.min(far_x) <= east) & (x.max(far_x) >= west) & (y <= north) & (far_y >= south);
    }
    met
}

/// Makes leaves; it keeps its memory from one to the next.
#[derive(Default)]
pub(super) struct Packer {
    lanes: Vec<Lane>,
}

impl Packer {
    /// Appends a leaf to the rows and says where it starts.
    ///
    /// `held` are the areas at the corner of the cell; `edges` are all that come into it, and `toggles` the sets that they
    /// name.
    pub fn pack<'e>(
        &mut self,
        rows: &mut Vec<Row>,
        cell: Square,
        held: &AreaSet,
        edges: impl Iterator<Item = &'e Edge> + Clone,
        toggles: &[AreaSet],
        exact: u32,
    ) -> usize {
        let areas = areas_of(held, edges.clone(), toggles);
        let fits = areas.len() <= u16::BITS as usize;
        let mask =
            |set: &AreaSet| set.iter().filter_map(|a| areas.binary_search(a).ok()).fold(0, |mask, bit| mask | 1_u16 << bit);
        self.lanes.clear();
        if fits {
            let mut last = (u32::MAX, 0);
            for edge in edges {
                if last.0 != edge.toggles {
                    last = (edge.toggles, mask(&toggles[edge.toggles as usize]));
                }
                self.lanes.extend(lanes_of(edge, last.1, cell).into_iter().flatten());
            }
        } else {
            self.lanes.push(ALWAYS_NEAR);
        }
        let at = rows.len();
        let [low, high] = halves(exact);
        let blocks = self.lanes.len().div_ceil(LANES) as u16;
        rows.push([blocks, if fits { mask(held) } else { 0 }, low, high, u16::from(!fits), 0, 0, 0]);
        self.lanes.chunks(LANES).for_each(|lanes| rows.extend(block(lanes)));
        rows.extend(areas.chunks(4).filter(|_| fits).map(|four| {
            let mut row = Row::default();
            row.as_chunks_mut().0.iter_mut().zip(four).for_each(|(place, area)| *place = halves(area.0));
            row
        }));
        at
    }
}

/// The areas at a corner, and those that edges toggle; edges beside each other mostly toggle the same.
fn areas_of<'e>(held: &AreaSet, edges: impl Iterator<Item = &'e Edge>, toggles: &[AreaSet]) -> AreaSet {
    let (mut areas, mut last) = (held.clone(), u32::MAX);
    for edge in edges.filter(|edge| std::mem::replace(&mut last, edge.toggles) != edge.toggles) {
        areas.extend(toggles[edge.toggles as usize].iter().copied());
    }
    areas
}

const fn halves(v: u32) -> [u16; 2] {
    [v as u16, (v >> 16) as u16]
}

fn block(lanes: &[Lane]) -> Block {
    let lane = |i| lanes.get(i).copied().unwrap_or(NO_EDGE);
    let column = |value: fn(Lane) -> u16| std::array::from_fn(|i| value(lane(i)));
    [column(|l| l.x as u16), column(|l| l.y as u16), column(|l| l.dx as u16), column(|l| l.dy as u16), column(|l| l.toggles)]
}

/// The lanes of an edge: its piece within the cell, and what continues it along the western wall.
fn lanes_of(edge: &Edge, toggles: u16, cell: Square) -> [Option<Lane>; 2] {
    let steps = |c: Coord<f64>| {
        [c.x - cell.corner.x, c.y - cell.corner.y]
            .map(|v| (v / cell.size * f64::from(LOCAL_STEPS)).floor().clamp(0.0, f64::from(LOCAL_STEPS)) as i16)
    };
    let piece = clip(edge, cell);
    let [[x0, y0], [x1, y1]] = piece.unwrap_or([edge.low, edge.high]).map(steps);
    // An edge that only touches the cell, or runs along its western wall, is there to be noticed.
    let inside = piece.is_some() && edge.longitudes()[1] > cell.corner.x;
    let lane = if [x0, y0] == [x1, y1] {
        Lane { x: x0, y: y0, dx: 1, dy: 0, toggles: 0 }
    } else {
        Lane { x: x0, y: y0, dx: x1 - x0, dy: y1 - y0, toggles: if inside { toggles } else { 0 } }
    };
    let comes_through = edge.crosses_meridian(cell.corner.x) && !edge.is_below(cell.corner);
    // From the very row where the piece ends, so that the two make one line.
    let y = match piece {
        Some(_) if edge.high.x > edge.low.x => y0,
        Some(_) => y1,
        None => steps(Coord { x: cell.corner.x, y: latitude_at(edge, cell.corner.x) })[1],
    };
    let dy = LOCAL_STEPS + 1 - y;
    [Some(lane), comes_through.then_some(Lane { x: WALL, y, dx: 0, dy, toggles })]
}

/// Where an edge that crosses a meridian does so.
fn latitude_at(edge: &Edge, longitude: f64) -> f64 {
    edge.low.y + (longitude - edge.low.x) / (edge.high.x - edge.low.x) * (edge.high.y - edge.low.y)
}

/// The piece of an edge within a cell (Liang and Barsky's way), low end first; its ends on the walls are exactly on them.
fn clip(edge: &Edge, cell: Square) -> Option<[Coord<f64>; 2]> {
    let (Edge { low, high, .. }, box_) = (edge, cell.envelope());
    let along = [high.x - low.x, high.y - low.y];
    let from = [low.x, low.y];
    let at = |t: f64| [low.x + t * along[0], low.y + t * along[1]];
    let (mut start, mut end) = ((0.0, from), (1.0, [high.x, high.y]));
    for axis in 0..2 {
        for (wall, enters) in [(box_.min[axis], along[axis] > 0.0), (box_.max[axis], along[axis] < 0.0)] {
            let t = (wall - from[axis]) / along[axis];
            if along[axis] == 0.0 {
                if !(box_.min[axis]..=box_.max[axis]).contains(&from[axis]) {
                    return None;
                }
            } else if enters && t > start.0 {
                start = (t, at(t));
                start.1[axis] = wall;
            } else if !enters && t < end.0 {
                end = (t, at(t));
                end.1[axis] = wall;
            }
        }
    }
    (start.0 <= end.0).then(|| [start.1, end.1].map(|[x, y]| Coord { x, y }))
}
