//! Path data: relative integer commands on the half-pixel grid of a sheet.

use std::fmt::Write;

use maud::Render;

use crate::atlas::{GridPoint, Lines};

/// Closed rings as the `d` of a path.
pub(super) struct Rings<'a>(pub(super) &'a Lines);

/// Open lines as the `d` of a path.
pub(super) struct Strokes<'a>(pub(super) &'a Lines);

impl Render for Rings<'_> {
    fn render_to(&self, out: &mut String) {
        let mut pen = Pen::new(out);
        for ring in self.0 {
            pen.line(ring);
            pen.close(ring);
        }
    }
}

impl Render for Strokes<'_> {
    fn render_to(&self, out: &mut String) {
        let mut pen = Pen::new(out);
        for line in self.0 {
            pen.line(line);
        }
    }
}

/// Where drawing stands; every number is written relative to it.
struct Pen<'a> {
    out: &'a mut String,
    at: GridPoint,
}

impl<'a> Pen<'a> {
    fn new(out: &'a mut String) -> Self {
        Self { out, at: [0, 0] }
    }

    fn line(&mut self, points: &[GridPoint]) {
        let mut command = Some('m');
        for point in points {
            let [dx, dy] = [point[0] - self.at[0], point[1] - self.at[1]];
            match command.take() {
                Some(letter) => self.out.push(letter),
                None if dx >= 0 => self.out.push(' '),
                None => {}
            }
            let gap = if dy < 0 { "" } else { " " };
            // Writing to a String cannot fail.
            let _ = write!(self.out, "{dx}{gap}{dy}");
            self.at = *point;
        }
    }

    /// Closes the ring; the pen is back where it started.
    fn close(&mut self, ring: &[GridPoint]) {
        if let Some(first) = ring.first() {
            self.out.push('z');
            self.at = *first;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_relative_and_separated_only_where_they_must_be() {
        let rings = vec![vec![[10, 10], [20, 10], [20, 5]], vec![[0, 0], [-5, 7], [3, 3]]];
        assert_eq!(Rings(&rings).render().into_string(), "m10 10 10 0 0-5zm-10-10-5 7 8-4z");
        assert_eq!(Strokes(&vec![vec![[1, 2], [3, 4]], vec![[3, 4], [3, 9]]]).render().into_string(), "m1 2 2 2m0 0 0 5");
    }
}
