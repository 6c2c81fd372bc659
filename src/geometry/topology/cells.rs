//! A grid over a drawing: which things may touch a triangle, an edge or a place.

use geo::Coord;

/// End of a list.
const END: u32 = u32::MAX;
/// Columns and rows are not more than this, however thinly a drawing is spread.
const MOST: f64 = 2048.0;

/// Numbered things in the cells of a grid; a thing may be in several.
pub(super) struct Cells {
    origin: Coord<f64>,
    side: f64,
    columns: usize,
    rows: usize,
    first: Vec<u32>,
    entries: Vec<(u32, u32)>,
}

impl Cells {
    /// Empty cells over all of some places, for about as many things as there are places.
    pub(super) fn over(places: &[Coord<f64>]) -> Self {
        let low = |of: fn(&Coord<f64>) -> f64| places.iter().map(of).fold(f64::INFINITY, f64::min);
        let high = |of: fn(&Coord<f64>) -> f64| places.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let (x0, y0) = (low(|c| c.x).min(high(|c| c.x)), low(|c| c.y).min(high(|c| c.y)));
        let (width, height) = ((high(|c| c.x) - x0).max(1.0), (high(|c| c.y) - y0).max(1.0));
        let (width, height) = if width.is_finite() && height.is_finite() { (width, height) } else { (1.0, 1.0) };
        let side = (width * height / places.len().max(1) as f64).sqrt().max(width.max(height) / MOST);
        let (columns, rows) = ((width / side) as usize + 1, (height / side) as usize + 1);
        let origin = Coord { x: if x0.is_finite() { x0 } else { 0.0 }, y: if y0.is_finite() { y0 } else { 0.0 } };
        Self { origin, side, columns, rows, first: vec![END; columns * rows], entries: Vec::with_capacity(places.len()) }
    }

    fn column(&self, x: f64) -> usize {
        (((x - self.origin.x) / self.side).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f64) -> usize {
        (((y - self.origin.y) / self.side).max(0.0) as usize).min(self.rows - 1)
    }

    /// Puts a thing into the cell of a place.
    pub(super) fn add(&mut self, thing: u32, at: Coord<f64>) {
        let cell = self.row(at.y) * self.columns + self.column(at.x);
        self.entries.push((thing, self.first[cell]));
        self.first[cell] = self.entries.len() as u32 - 1;
    }

    /// Puts a thing into all cells that an edge runs through.
    pub(super) fn add_along(&mut self, thing: u32, from: Coord<f64>, to: Coord<f64>) {
        let mut touched = Vec::new();
        self.each_cell([from, to, to], |cell| {
            touched.push(cell);
            true
        });
        for cell in touched {
            self.entries.push((thing, self.first[cell]));
            self.first[cell] = self.entries.len() as u32 - 1;
        }
    }

    /// Whether something holds for all things in the cells that a triangle touches; a thing may be asked twice.
    pub(super) fn all_near(&self, triangle: [Coord<f64>; 3], mut holds: impl FnMut(u32) -> bool) -> bool {
        self.each_cell(triangle, |cell| {
            let mut next = self.first[cell];
            while next != END {
                let (thing, after) = self.entries[next as usize];
                if !holds(thing) {
                    return false;
                }
                next = after;
            }
            true
        })
    }

    /// Visits the cells that a triangle touches, row by row, while the visitor wants more.
    fn each_cell(&self, triangle: [Coord<f64>; 3], mut visit: impl FnMut(usize) -> bool) -> bool {
        let low = triangle.iter().map(|c| c.y).fold(f64::INFINITY, f64::min);
        let high = triangle.iter().map(|c| c.y).fold(f64::NEG_INFINITY, f64::max);
        let (from, to) = (self.row(low), self.row(high));
        for row in from..=to {
            // The lowest and the highest row hold whatever lies beyond the grid.
            let bottom = if row == from { low } else { self.origin.y + row as f64 * self.side };
            let top = if row == to { high } else { self.origin.y + (row + 1) as f64 * self.side };
            let [west, east] = span(triangle, bottom, top);
            // A hair to either side: the span is rounded.
            let hair = self.side * 1e-6;
            for column in self.column(west - hair)..=self.column(east + hair) {
                if !visit(row * self.columns + column) {
                    return false;
                }
            }
        }
        true
    }
}

/// From where to where a triangle reaches between two heights.
fn span(triangle: [Coord<f64>; 3], bottom: f64, top: f64) -> [f64; 2] {
    let mut span = [f64::INFINITY, f64::NEG_INFINITY];
    let mut reach = |x: f64| span = [span[0].min(x), span[1].max(x)];
    for (i, a) in triangle.iter().enumerate() {
        let b = triangle[(i + 1) % 3];
        if bottom <= a.y && a.y <= top {
            reach(a.x);
        }
        for y in [bottom, top] {
            if (a.y < y) != (b.y < y) {
                reach(a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)));
            }
        }
    }
    if span[0] <= span[1] {
        return span;
    }
    let x = triangle.map(|c| c.x);
    [x.into_iter().fold(f64::INFINITY, f64::min), x.into_iter().fold(f64::NEG_INFINITY, f64::max)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    #[test]
    fn whatever_lies_in_a_triangle_is_found_in_its_cells() {
        let places: Vec<_> = (0..400).map(|i| c(f64::from(i % 20) * 7.3 - 40.0, f64::from(i / 20) * 3.1)).collect();
        let mut cells = Cells::over(&places);
        (0..).zip(&places).for_each(|(i, at)| cells.add(i, *at));
        for (a, b, d) in [(c(-39.0, 1.0), c(90.0, 50.0), c(3.0, 58.0)), (c(0.0, 0.0), c(60.0, 60.0), c(60.0, 60.0))] {
            let mut found = std::collections::BTreeSet::new();
            cells.all_near([a, b, d], |i| {
                found.insert(i);
                true
            });
            let within = |p: Coord<f64>| {
                let side = |a: Coord<f64>, b: Coord<f64>| (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
                let sides = [side(a, b), side(b, d), side(d, a)];
                b != d && (sides.iter().all(|s| *s >= 0.0) || sides.iter().all(|s| *s <= 0.0))
            };
            assert!((0..).zip(&places).filter(|(_, p)| within(**p)).all(|(i, _)| found.contains(&i)));
            assert!(found.len() < places.len());
        }
    }
}
