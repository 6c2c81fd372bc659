//! Names for a narrow screen that have no room on their ground: in a column beyond the land, as printed maps have it, with
//! lines that lead to it.

use std::cmp::Reverse;

use super::{
    Frame, Label, Narrow, Rect,
    label::Board,
    lettering::{self, NARROW, scaled},
    shape::GridPoint,
};

/// Lines to a column are at most this long, in units.
const LONGEST: i32 = 330;
/// The same for lines to a single name.
const LONGEST_ALONE: i32 = 170;
/// Of more names than these that stand alone, the rest is left out: all orders are tried.
const MOST_ALONE: usize = 6;
/// How much room a name needs that stands beyond its ground, in per cent of its nominal size.
const LEAST_ROOM: i32 = 110;
/// How far the names of a column are apart from line to line, in units.
const PITCH: i32 = 55;
/// What stays free between names that stand side by side, in units.
const GAP: i32 = 10;
/// A column is tried at every so many units.
const STEP: i32 = 6;
/// The same for a name that stands alone.
const STEP_ALONE: usize = 3;

/// A name that has no room on its ground.
struct Homeless {
    /// Its number among the labels.
    number: usize,
    /// Where its line begins.
    from: GridPoint,
    /// The size of its large letters.
    size: [i32; 2],
}

/// A name's place: its box, and the line to it.
type Place = (Rect, [GridPoint; 2]);

/// What names and lines must keep away from.
struct Sheet {
    size: [i32; 2],
    /// Land, frames and names.
    board: Board,
    /// Names on land, which no line crosses.
    names: Vec<Rect>,
    lines: Vec<[GridPoint; 2]>,
}

/// Gives labels that a narrow screen of the whole country hides a place: as many as can in one column beyond the land, others
/// each for itself; who finds none stands large on its ground and beyond it, where that hides no other name.
pub(super) fn place(labels: &mut [Label], frames: &[Frame], mut board: Board, size: [i32; 2]) {
    let framed = |rect: &Rect| frames.iter().any(|frame| lettering::meet(&frame.rect, rect));
    let names: Vec<Rect> = labels.iter().filter_map(|label| lettering::when_narrow(label, true)).collect();
    frames.iter().map(|frame| &frame.rect).chain(&names).for_each(|rect| board.take(rect));
    let hidden = labels.iter().enumerate().filter(|(_, label)| label.narrow == Narrow::Hidden && !framed(&label.rect));
    let mut homeless: Vec<Homeless> = hidden.map(|(number, label)| Homeless::of(number, label)).collect();
    homeless.sort_by_key(|each| (each.from[1], each.from[0], each.number));
    let mut sheet = Sheet { size, board, names, lines: Vec::new() };
    let mut placed = (2..=homeless.len()).rev().find_map(|count| sheet.column(&homeless, count)).unwrap_or_default();
    placed.iter().for_each(|(_, place)| sheet.take(place));
    homeless.retain(|each| placed.iter().all(|(number, _)| *number != each.number));
    let alone = sheet.each_alone(&homeless);
    alone.iter().for_each(|(_, place)| sheet.take(place));
    placed.extend(alone);
    for (number, (rect, line)) in &placed {
        labels[*number].narrow = Narrow::Beyond { rect: *rect, line: *line };
    }
    for label in labels.iter_mut().filter(|label| label.narrow == Narrow::Hidden && label.room >= LEAST_ROOM) {
        let large = scaled(&label.rect, NARROW[0]);
        if !framed(&large) && sheet.is_clear(&large) {
            label.narrow = Narrow::Whole;
            sheet.names.push(large);
        }
    }
}

impl Homeless {
    fn of(number: usize, label: &Label) -> Self {
        let rect = &label.rect;
        let from = label.leader.map_or([rect.x + rect.width / 2, rect.y + rect.height / 2], |[pole, _]| pole);
        let letters = label.lines.iter().map(|line| line.chars().count()).max().unwrap_or(0) as i32;
        let large = scaled(&Rect { x: 0, y: 0, width: letters * lettering::CODE.width, height: lettering::CODE.line }, NARROW[0]);
        Self { number, from, size: [large.width, large.height] }
    }
}

impl Sheet {
    /// The places of some that follow one another from north to south, in a column with the shortest lines; `None` where
    /// there is none for as many.
    fn column(&self, homeless: &[Homeless], count: usize) -> Option<Vec<(usize, Place)>> {
        let mut best: Option<(i64, Vec<(usize, Place)>)> = None;
        for few in homeless.windows(count) {
            let width = few.iter().map(|each| each.size[0]).max().unwrap_or(0);
            let height = PITCH * few.len() as i32;
            for x in self.in_reach(few, 0, width) {
                for y in self.in_reach(few, 1, height) {
                    let length: i64 =
                        few.iter().zip(0..).map(|(each, row)| apart(each.from, beside([x, y + row * PITCH], each))).sum();
                    if best.as_ref().is_none_or(|(least, _)| length < *least)
                        && let Some(places) = self.rows(few, [x, y])
                    {
                        best = Some((length, places));
                    }
                }
            }
        }
        best.map(|(_, places)| places)
    }

    /// Where a column may begin along an axis, so that lines of the longest come to it from all.
    fn in_reach(&self, few: &[Homeless], axis: usize, extent: i32) -> impl Iterator<Item = i32> + use<> {
        let from = || few.iter().map(|each| each.from[axis]);
        let reach = from().max().unwrap_or(0) - LONGEST - extent..=from().min().unwrap_or(0) + LONGEST;
        (STEP..self.size[axis] - extent).step_by(STEP as usize).filter(move |at| reach.contains(at))
    }

    /// The places in a column that begins somewhere; `None` where something is in the way.
    fn rows(&self, few: &[Homeless], [x, y]: GridPoint) -> Option<Vec<(usize, Place)>> {
        let mut places: Vec<(usize, Place)> = Vec::new();
        for (each, row) in uncrossed(few, [x, y]).into_iter().zip(0..) {
            let [width, height] = each.size;
            let at = [x, y + row * PITCH];
            let rect = Rect { x, y: at[1] + (PITCH - height.min(PITCH)) / 2, width, height: height.min(PITCH - 2) };
            let line = [each.from, beside(at, each)];
            let crosses = || places.iter().any(|(_, (other, theirs))| cross(line, *theirs) || strikes(line, other));
            if !self.has_room_for(&(rect, line), LONGEST) || crosses() {
                return None;
            }
            places.push((each.number, (rect, line)));
        }
        Some(places)
    }

    /// The places of names that stand alone: in the order in which most of them find one, with the shortest lines.
    fn each_alone(&self, homeless: &[Homeless]) -> Vec<(usize, Place)> {
        let few = &homeless[..homeless.len().min(MOST_ALONE)];
        let wanted: Vec<Vec<Place>> = few.iter().map(|each| self.places_near(each)).collect();
        let mut best: (Reverse<usize>, i64, Vec<(usize, Place)>) = (Reverse(0), 0, Vec::new());
        for order in orders(few.len()) {
            let mut placed: Vec<(usize, Place)> = Vec::new();
            for at in order {
                let is_free = |place: &&Place| placed.iter().all(|(_, other)| are_apart(place, other));
                if let Some(place) = wanted[at].iter().find(is_free) {
                    placed.push((few[at].number, *place));
                }
            }
            let length = placed.iter().map(|(_, (_, [from, to]))| apart(*from, *to)).sum();
            if (Reverse(placed.len()), length) < (best.0, best.1) {
                best = (Reverse(placed.len()), length, placed);
            }
        }
        best.2
    }

    /// The places that a name could stand at, the nearest first.
    fn places_near(&self, each: &Homeless) -> Vec<Place> {
        let ([width, height], [px, py]) = (each.size, each.from);
        let around = |axis: usize| (each.from[axis] - 2 * LONGEST_ALONE..each.from[axis] + 2 * LONGEST_ALONE).step_by(STEP_ALONE);
        let boxes = around(1).flat_map(|y| around(0).map(move |x| Rect { x, y, width, height }));
        let lined = boxes.map(|rect| {
            let end = [px.clamp(rect.x, rect.x + width), py.clamp(rect.y, rect.y + height)];
            (rect, [each.from, end])
        });
        let mut places: Vec<Place> = lined.filter(|place| self.has_room_for(place, LONGEST_ALONE)).collect();
        places.sort_by_key(|(rect, [from, end])| (apart(*from, *end), rect.y, rect.x));
        places
    }

    /// Whether a box hides no name and no line to one.
    fn is_clear(&self, rect: &Rect) -> bool {
        lettering::is_on(rect, self.size)
            && !self.names.iter().any(|name| lettering::meet(name, rect))
            && !self.lines.iter().any(|line| strikes(*line, rect))
    }

    /// Whether a box is on the sheet and free, and its line is short and meets no name and no other line.
    fn has_room_for(&self, (rect, line): &Place, longest: i32) -> bool {
        let least = i64::from(longest).pow(2);
        apart(line[0], line[1]) <= least
            && lettering::is_on(rect, self.size)
            && self.board.is_free(rect)
            && !self.names.iter().any(|name| strikes(*line, name))
            && !self.lines.iter().any(|other| cross(*line, *other) || strikes(*other, rect))
    }

    fn take(&mut self, (rect, line): &Place) {
        self.board.take(rect);
        self.names.push(*rect);
        self.lines.push(*line);
    }
}

/// Whether two places and their lines keep clear of each other.
fn are_apart((a, to_a): &Place, (b, to_b): &Place) -> bool {
    let wide = Rect { x: a.x - GAP, width: a.width + 2 * GAP, ..*a };
    !lettering::meet(&wide, b) && !cross(*to_a, *to_b) && !strikes(*to_a, b) && !strikes(*to_b, a)
}

/// All orders of so many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else { return vec![Vec::new()] };
    let with_last = |order: Vec<usize>| {
        (0..=last).map(move |at| {
            let mut longer = order.clone();
            longer.insert(at, last);
            longer
        })
    };
    orders(last).into_iter().flat_map(with_last).collect()
}

/// Names in the order of their rows in a column: from north to south, but changed where their lines would cross.
fn uncrossed(few: &[Homeless], [x, y]: GridPoint) -> Vec<&Homeless> {
    let mut rows: Vec<&Homeless> = few.iter().collect();
    let line = |each: &Homeless, row: usize| [each.from, beside([x, y + row as i32 * PITCH], each)];
    for _ in few {
        for (i, j) in (0..rows.len()).flat_map(|j| (0..j).map(move |i| (i, j))) {
            if cross(line(rows[i], i), line(rows[j], j)) {
                rows.swap(i, j);
            }
        }
    }
    rows
}

/// Where the line to a row of a column ends: at the middle of its side, or above or below it.
fn beside([x, y]: GridPoint, each: &Homeless) -> GridPoint {
    let [from_x, from_y] = each.from;
    let end = from_x.clamp(x, x + each.size[0]);
    if end == from_x { [end, from_y.clamp(y, y + PITCH)] } else { [end, y + PITCH / 2] }
}

/// The square of a distance.
fn apart([ax, ay]: GridPoint, [bx, by]: GridPoint) -> i64 {
    let square = |d: i32| i64::from(d).pow(2);
    square(ax - bx) + square(ay - by)
}

/// Whether two lines cross.
fn cross([a, b]: [GridPoint; 2], [c, d]: [GridPoint; 2]) -> bool {
    let side = |[ax, ay]: GridPoint, [bx, by]: GridPoint, [px, py]: GridPoint| {
        (i64::from(bx - ax) * i64::from(py - ay) - i64::from(by - ay) * i64::from(px - ax)).signum()
    };
    side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
}

/// Whether a line goes through the inside of a box.
fn strikes(line: [GridPoint; 2], rect: &Rect) -> bool {
    let [x0, y0, x1, y1] = [rect.x + 1, rect.y + 1, rect.x + rect.width - 1, rect.y + rect.height - 1];
    let holds = |[x, y]: GridPoint| (x0..=x1).contains(&x) && (y0..=y1).contains(&y);
    line.into_iter().any(holds) || cross(line, [[x0, y0], [x1, y1]]) || cross(line, [[x0, y1], [x1, y0]])
}
