//! Where labels stand: within their area where there is room, else beside it with a line that leads to it.
//!
//! # References
//! - V. Agafonkin, *A new algorithm for finding a visual center of a polygon* (2016): the pole of
//!   inaccessibility by a quadtree of cells; here with boxes that are in the way as well.

use std::{cmp::Ordering, collections::BinaryHeap};

use super::{
    Rect,
    shape::{GridPoint, Lines},
};

/// A place that is as far as can be from the border of a shape, and how far that is, in sheet units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pole {
    pub(super) at: GridPoint,
    pub(super) radius: f64,
}

/// A square in which the pole may lie.
struct Cell {
    x: f64,
    y: f64,
    half: f64,
    distance: f64,
    /// No place in the cell is farther from everything than this.
    bound: f64,
}

impl Cell {
    fn at(x: f64, y: f64, half: f64, room: &Room) -> Self {
        let distance = room.around(x, y);
        Self { x, y, half, distance, bound: distance + half * room.reach.of_a_corner() }
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Cell {}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bound.total_cmp(&other.bound).then(other.x.total_cmp(&self.x)).then(other.y.total_cmp(&self.y))
    }
}

/// What is meant by "far": how large a disc, or how large an upright square, has room around a place.
#[derive(Clone, Copy)]
enum Reach {
    Disc,
    Square,
}

impl Reach {
    /// How far the corner of a square of half side 1 is from its middle.
    fn of_a_corner(self) -> f64 {
        match self {
            Self::Disc => std::f64::consts::SQRT_2,
            Self::Square => 1.0,
        }
    }

    /// Distance from a place to a line.
    fn to_line(self, [x, y]: [f64; 2], [ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
        let ([px, py], [dx, dy]) = ([ax - x, ay - y], [bx - ax, by - ay]);
        match self {
            Self::Disc => {
                let length = dx * dx + dy * dy;
                let t = if length == 0.0 { 0.0 } else { (-(px * dx + py * dy) / length).clamp(0.0, 1.0) };
                (px + t * dx).hypot(py + t * dy)
            }
            // The greater of two distances along a line is least at its ends, where one of them is none, or where they are alike.
            Self::Square => {
                let turns = [0.0, 1.0, -px / dx, -py / dy, (py - px) / (dx - dy), -(px + py) / (dx + dy)];
                let on_line = turns.into_iter().filter(|t| (0.0..=1.0).contains(t));
                on_line.map(|t| (px + t * dx).abs().max((py + t * dy).abs())).fold(f64::INFINITY, f64::min)
            }
        }
    }

    /// Distance from a place to a box; negative within it.
    fn to_box(self, rect: &Rect, x: f64, y: f64) -> f64 {
        let dx = (f64::from(rect.x) - x).max(x - f64::from(rect.x + rect.width));
        let dy = (f64::from(rect.y) - y).max(y - f64::from(rect.y + rect.height));
        match self {
            Self::Disc if dx > 0.0 && dy > 0.0 => dx.hypot(dy),
            _ => dx.max(dy),
        }
    }
}

/// The room within a shape, less some boxes.
struct Room<'a> {
    rings: &'a Lines,
    taken: &'a [Rect],
    reach: Reach,
}

impl Room<'_> {
    /// Distance to the nearest border or box, negative outside the shape or within a box.
    fn around(&self, x: f64, y: f64) -> f64 {
        let mut inside = false;
        let mut nearest = f64::INFINITY;
        for ring in self.rings {
            let mut last = ring.last().map_or([0.0; 2], |p| p.map(f64::from));
            for p in ring {
                let [bx, by] = p.map(f64::from);
                let [ax, ay] = last;
                if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                    inside = !inside;
                }
                nearest = nearest.min(self.reach.to_line([x, y], [ax, ay], [bx, by]));
                last = [bx, by];
            }
        }
        let border = if inside { nearest } else { -nearest };
        self.taken.iter().map(|rect| self.reach.to_box(rect, x, y)).fold(border, f64::min)
    }
}

/// The pole of inaccessibility of a shape, to two units, away from boxes that are taken; `None` where every place
/// is taken or there is no ring.
pub(super) fn pole(rings: &Lines, taken: &[Rect]) -> Option<Pole> {
    farthest(&Room { rings, taken, reach: Reach::Disc })
}

/// Where a box of a size stands within a shape with the most room around it, and how many times larger it could be there;
/// `None` where it does not fit, or not away from boxes that are taken.
pub(super) fn fitted(rings: &Lines, taken: &[Rect], [width, height]: [i32; 2]) -> Option<(Rect, f64)> {
    // On a sheet that is stretched until the box is a square, it fits where a square does.
    let (w, h) = (i64::from(width), i64::from(height));
    let stretched = |y: i32| (i64::from(y) * w / h) as i32;
    let tall: Lines = rings.iter().map(|ring| ring.iter().map(|[x, y]| [*x, stretched(*y)]).collect()).collect();
    let boxes: Vec<Rect> =
        taken.iter().map(|rect| Rect { y: stretched(rect.y), height: stretched(rect.height) + 1, ..*rect }).collect();
    let pole = farthest(&Room { rings: &tall, taken: &boxes, reach: Reach::Square })?;
    let [x, y] = [i64::from(pole.at[0]), i64::from(pole.at[1]) * h / w].map(|middle| middle as i32);
    let times = pole.radius * 2.0 / f64::from(width);
    (times >= 1.0).then_some((Rect { x: x - width / 2, y: y - height / 2, width, height }, times))
}

/// The place in a room that is farthest from all that bounds it.
fn farthest(room: &Room) -> Option<Pole> {
    let rings = room.rings;
    // A label stands on one piece of land: the largest, with its holes, keeps the search short.
    let all = rings.iter().flatten();
    let low = |axis: usize| all.clone().map(|p| p[axis]).min();
    let high = |axis: usize| all.clone().map(|p| p[axis]).max();
    let [x0, y0, x1, y1] = [low(0)?, low(1)?, high(0)?, high(1)?].map(f64::from);
    let size = (x1 - x0).min(y1 - y0).max((x1 - x0).max(y1 - y0) / 16.0).max(1.0);
    let mut cells = BinaryHeap::new();
    let steps =
        |from: f64, to: f64| (0..((to - from) / size).ceil().max(1.0) as u32).map(move |i| from + (f64::from(i) + 0.5) * size);
    for x in steps(x0, x1) {
        cells.extend(steps(y0, y1).map(|y| Cell::at(x, y, size / 2.0, room)));
    }
    let mut best: Option<(f64, f64, f64)> = None;
    while let Some(cell) = cells.pop() {
        let so_far = best.map_or(0.0, |b| b.2);
        if cell.bound <= so_far + PRECISION {
            break;
        }
        if cell.distance > so_far {
            best = Some((cell.x, cell.y, cell.distance));
        }
        let half = cell.half / 2.0;
        for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            cells.push(Cell::at(cell.x + dx, cell.y + dy, half, room));
        }
    }
    best.map(|(x, y, radius)| Pole { at: [x.round() as i32, y.round() as i32], radius })
}

/// Poles are found to this many sheet units.
const PRECISION: f64 = 2.0;

/// Side of the squares of the board, in sheet units.
const SQUARE: i32 = 6;

/// Which parts of a sheet are taken by land, frames and labels.
#[derive(Clone)]
pub(super) struct Board {
    width: i32,
    height: i32,
    taken: Vec<bool>,
}

impl Board {
    pub(super) fn new([width, height]: [i32; 2]) -> Self {
        let (width, height) = (width / SQUARE + 1, height / SQUARE + 1);
        Self { width, height, taken: vec![false; (width * height) as usize] }
    }

    /// Takes the ground within rings, row by row, and all that their borders touch.
    pub(super) fn take_shape(&mut self, rings: &Lines) {
        for row in 0..self.height {
            let y = f64::from(row * SQUARE) + 0.5 * f64::from(SQUARE);
            let mut crossings: Vec<f64> = Vec::new();
            for ring in rings {
                for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                    let ([ax, ay], [bx, by]) = (a.map(f64::from), b.map(f64::from));
                    if (ay > y) != (by > y) {
                        crossings.push((bx - ax) * (y - ay) / (by - ay) + ax);
                    }
                }
            }
            crossings.sort_by(f64::total_cmp);
            for pair in crossings.chunks_exact(2) {
                self.take(&Rect { x: pair[0] as i32, y: row * SQUARE, width: (pair[1] - pair[0]) as i32, height: 1 });
            }
        }
        for [x, y] in rings.iter().flatten() {
            self.take(&Rect { x: *x, y: *y, width: 1, height: 1 });
        }
    }

    pub(super) fn take(&mut self, rect: &Rect) {
        for i in self.squares(rect) {
            self.taken[i] = true;
        }
    }

    fn squares(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        let (width, height) = (self.width, self.height);
        let columns = (rect.x / SQUARE).max(0)..=((rect.x + rect.width) / SQUARE).min(width - 1);
        let rows = (rect.y / SQUARE).max(0)..=((rect.y + rect.height) / SQUARE).min(height - 1);
        rows.flat_map(move |row| columns.clone().map(move |column| (row * width + column) as usize))
    }

    /// Whether nothing in a box is taken.
    pub(super) fn is_free(&self, rect: &Rect) -> bool {
        self.squares(rect).all(|i| !self.taken[i])
    }

    /// The nearest free box of a size to a place, within bounds; it is taken from then on.
    pub(super) fn place_near(&mut self, [x, y]: GridPoint, [width, height]: [i32; 2], bounds: &Rect) -> Option<Rect> {
        for reach in (24..420).step_by(6) {
            for turn in TURNS {
                let (sin, cos) = (f64::from(turn) * std::f64::consts::TAU / 24.0).sin_cos();
                let (cx, cy) = (x + (cos * f64::from(reach)) as i32, y - (sin * f64::from(reach)) as i32);
                let rect = Rect { x: cx - width / 2, y: cy - height / 2, width, height };
                let within = rect.x >= bounds.x
                    && rect.y >= bounds.y
                    && rect.x + width <= bounds.x + bounds.width
                    && rect.y + height <= bounds.y + bounds.height;
                if within && self.is_free(&rect) {
                    self.take(&rect);
                    return Some(rect);
                }
            }
        }
        None
    }
}

/// Directions in twenty-fourths of a turn, anticlockwise from east, in order of preference: east first, as one
/// reads on from a place to its name.
const TURNS: [i32; 24] = [0, 23, 1, 22, 2, 21, 3, 20, 4, 19, 5, 18, 6, 17, 7, 16, 8, 15, 9, 14, 10, 13, 11, 12];

#[cfg(test)]
mod tests {
    use super::*;

    fn square(side: i32) -> Vec<GridPoint> {
        vec![[0, 0], [side, 0], [side, side], [0, side]]
    }

    #[test]
    fn the_pole_of_a_square_is_its_middle_and_a_hole_pushes_it_aside() {
        let found = pole(&vec![square(100)], &[]).unwrap();
        assert_eq!(found.at, [50, 50]);
        let hole = vec![[40, 40], [40, 60], [60, 60], [60, 40]];
        let beside = pole(&vec![square(100), hole], &[]).unwrap();
        assert!(beside.radius < 30.0 && beside.at != [50, 50], "{beside:?}");
    }

    #[test]
    fn a_box_that_is_taken_pushes_the_pole_aside_and_a_full_shape_has_none() {
        let middle = Rect { x: 30, y: 30, width: 40, height: 40 };
        let beside = pole(&vec![square(100)], &[middle]).unwrap();
        assert!(Reach::Disc.to_box(&middle, f64::from(beside.at[0]), f64::from(beside.at[1])) > 5.0);
        assert_eq!(pole(&vec![square(100)], &[Rect { x: -9, y: -9, width: 200, height: 200 }]), None);
    }

    #[test]
    fn a_box_stands_where_it_fits_and_nowhere_else() {
        // A bar of 200 by 30 under a square of 40: the pole is in the square, a long name in the bar.
        let shape = vec![vec![[0, 0], [40, 0], [40, 40], [200, 40], [200, 70], [0, 70]]];
        let (name, times) = fitted(&shape, &[], [120, 20]).unwrap();
        assert!(name.y >= 40 && name.y + name.height <= 70 && name.x >= 0 && name.x + name.width <= 200, "{name:?}");
        assert!((1.3..=1.6).contains(&times), "{times}");
        assert_eq!(fitted(&shape, &[], [210, 20]), None, "wider than the shape");
        let taken = Rect { x: 60, y: 30, width: 60, height: 50 };
        assert_eq!(fitted(&shape, &[taken], [120, 20]), None, "what is taken is no room");
        let (beside, _) = fitted(&shape, &[taken], [50, 20]).unwrap();
        assert!(beside.x >= 120 || beside.x + beside.width <= 60, "{beside:?}");
    }

    #[test]
    fn labels_find_free_places_and_never_overlap() {
        let mut board = Board::new([400, 400]);
        board.take_shape(&vec![vec![[0, 0], [100, 0], [100, 400], [0, 400]]]);
        let bounds = Rect { x: 0, y: 0, width: 400, height: 400 };
        let placed: Vec<_> = (0..5).map(|i| board.place_near([90, 100 + i * 8], [40, 24], &bounds).unwrap()).collect();
        for (i, a) in placed.iter().enumerate() {
            assert!(a.x >= 96, "on the land: {a:?}");
            for b in &placed[i + 1..] {
                assert!(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y);
            }
        }
    }
}
