//! Which of many boxes have a position in common.
//!
//! The boxes are put into strips from south to north, few into each, and within a strip they are swept from west to east.
//! A pair is looked at in the first strip that both are in, so that each comes once.

use crate::geometry::Envelope;

/// How many boxes there are for each strip.
const BOXES_A_STRIP: usize = 8;
/// How many strips a box may be in, on the average.
const STRIPS_A_BOX: f64 = 2.0;
/// What a pair costs that meets, beside one that does not.
const MEETING: usize = 4;

/// There are more pairs than are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

/// Hands out the pairs of boxes that meet, in an order that depends on nothing but the boxes.
///
/// # Errors
/// When there are more pairs to look at than `most`: by then some were handed out.
pub fn pairs(boxes: &[Envelope], mut most: usize, mut each: impl FnMut(usize, usize)) -> Result<(), TooMany> {
    let strips = Strips::over(boxes);
    let (mut order, ends) = strips.filled(boxes);
    let mut start = 0;
    for (strip, end) in ends.into_iter().enumerate() {
        let here = &mut order[start..end];
        start = end;
        here.sort_unstable_by(|a, b| boxes[*a as usize].min[0].total_cmp(&boxes[*b as usize].min[0]).then(a.cmp(b)));
        for (at, i) in here.iter().enumerate() {
            let (i, own) = (*i as usize, &boxes[*i as usize]);
            let mut cost = 1;
            for j in here[at + 1..].iter().map(|j| *j as usize).take_while(|j| boxes[*j].min[0] <= own.max[0]) {
                let meet = own.min[1] <= boxes[j].max[1] && boxes[j].min[1] <= own.max[1];
                cost += 1;
                if meet && strips.of(own.min[1].max(boxes[j].min[1])) == strip {
                    cost += MEETING;
                    each(i, j);
                }
            }
            most = most.checked_sub(cost).ok_or(TooMany)?;
        }
    }
    Ok(())
}

/// Strips of the same height.
struct Strips {
    south: f64,
    a_degree: f64,
    last: usize,
}

impl Strips {
    /// As many as are worth it: where boxes are high, each would be in many.
    fn over(boxes: &[Envelope]) -> Self {
        let south = boxes.iter().map(|b| b.min[1]).fold(f64::INFINITY, f64::min);
        let height = boxes.iter().map(|b| b.max[1]).fold(f64::NEG_INFINITY, f64::max) - south;
        let heights: f64 = boxes.iter().map(|b| b.max[1] - b.min[1]).sum();
        let worth = STRIPS_A_BOX * boxes.len() as f64 * height / heights.max(f64::MIN_POSITIVE);
        let count = ((boxes.len() / BOXES_A_STRIP) as f64).min(worth).max(1.0).floor();
        Self { south, a_degree: count / height.max(f64::MIN_POSITIVE), last: count as usize - 1 }
    }

    /// The strip of a latitude: never a lower one than that of a lower latitude.
    fn of(&self, latitude: f64) -> usize {
        (((latitude - self.south) * self.a_degree) as usize).min(self.last)
    }

    /// The numbers of the boxes, strip by strip, and where those of each strip end.
    fn filled(&self, boxes: &[Envelope]) -> (Vec<u32>, Vec<usize>) {
        let spans: Vec<_> = boxes.iter().map(|b| self.of(b.min[1])..=self.of(b.max[1])).collect();
        let mut ends = vec![0; self.last + 1];
        spans.iter().cloned().flatten().for_each(|strip| ends[strip] += 1);
        let mut sum = 0;
        // First where each strip begins, which then moves to where it ends.
        ends.iter_mut().for_each(|count| sum += std::mem::replace(count, sum));
        let mut order = vec![0; sum];
        for (i, span) in (0..).zip(spans) {
            for strip in span {
                order[ends[strip]] = i;
                ends[strip] += 1;
            }
        }
        (order, ends)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn met(boxes: &[Envelope]) -> Vec<[usize; 2]> {
        let mut met = Vec::new();
        pairs(boxes, usize::MAX, |i, j| met.push([i.min(j), i.max(j)])).unwrap();
        met.sort_unstable();
        met
    }

    proptest! {
        #[test]
        fn every_pair_that_meets_is_handed_out_once(
            // Few values, so that boxes touch, are flat and are the same.
            corners in prop::collection::vec((0_i8..40, 0_i8..40, 0_i8..6, 0_i8..30), 0..60)
        ) {
            let boxes: Vec<_> = corners
                .into_iter()
                .map(|(x, y, width, height)| [x, y, x + width, y + height].map(|v| f64::from(v) / 10.0))
                .map(|[west, south, east, north]| Envelope { min: [west, south], max: [east, north] })
                .collect();
            let all = (0..boxes.len()).flat_map(|i| (i + 1..boxes.len()).map(move |j| [i, j]));
            let expected: Vec<_> = all.filter(|[i, j]| boxes[*i].meets(&boxes[*j])).collect();
            prop_assert_eq!(met(&boxes), expected);
        }
    }

    #[test]
    fn more_pairs_than_may_be_looked_at_are_given_up() {
        let boxes = [Envelope { min: [0.0; 2], max: [1.0; 2] }; 20];
        assert_eq!(pairs(&boxes, 500, |_, _| {}), Err(TooMany));
        assert_eq!(pairs(&boxes, 1500, |_, _| {}), Ok(()));
    }
}
