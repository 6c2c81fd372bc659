use std::ops::{Add, AddAssign};

use crate::{
    lookup::Status,
    snapshot::{Held, Leaf},
};

/// An amount by who serves it, in whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What has a partner.
    pub covered: u64,
    /// What has none while an application is under review.
    pub pending: u64,
    /// What has none.
    pub open: u64,
    /// What has none and was promised none.
    pub outside: u64,
}

/// How many units have which status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitCounts {
    /// All of the unit has a partner.
    pub covered: usize,
    /// Some of it has.
    pub partly_covered: usize,
    /// Nobody serves it, and an application is under review.
    pub pending: usize,
    /// Nobody serves it.
    pub open: usize,
    /// Nobody serves it, and nobody promised to.
    pub outside: usize,
}

/// Amounts by measure; `None` where nobody counted.
pub type Amounts = Vec<Option<u64>>;

/// Tallies by measure; `None` where nobody counted.
pub type Tallies = Vec<Option<Tally>>;

/// Adds numbers by measure; what nobody counted adds nothing.
pub(super) fn add<T: Add<Output = T> + Copy>(sums: &mut [Option<T>], more: &[Option<T>]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = match (*sum, *more) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
    }
}

impl Tally {
    /// All that the program promises to serve, or serves beyond that: what shares are of.
    pub fn promised(&self) -> u64 {
        self.covered + self.pending + self.open
    }

    /// All of it.
    pub fn total(&self) -> u64 {
        self.promised() + self.outside
    }

    /// The share of what is promised that has a partner; `None` where there is nothing.
    pub fn covered_share(&self) -> Option<f64> {
        (self.promised() > 0).then(|| self.covered as f64 / self.promised() as f64)
    }

    /// Counts an amount for whoever holds it.
    pub(super) fn count(&mut self, held: Held, amount: u64) {
        *match held {
            Held::Served(_) => &mut self.covered,
            Held::Pending(_) => &mut self.pending,
            Held::Open => &mut self.open,
            Held::Outside => &mut self.outside,
        } += amount;
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            covered: self.covered + other.covered,
            pending: self.pending + other.pending,
            open: self.open + other.open,
            outside: self.outside + other.outside,
        }
    }
}

impl UnitCounts {
    /// The units that the program promises to serve, or serves beyond that.
    pub fn promised(&self) -> usize {
        self.covered + self.partly_covered + self.pending + self.open
    }

    /// Counts a unit.
    pub(super) fn count(&mut self, status: Status) {
        *match status {
            Status::Covered => &mut self.covered,
            Status::PartlyCovered => &mut self.partly_covered,
            Status::Pending => &mut self.pending,
            Status::Open => &mut self.open,
            Status::Outside | Status::NotFound | Status::Ambiguous => &mut self.outside,
        } += 1;
    }
}

impl AddAssign for UnitCounts {
    fn add_assign(&mut self, other: Self) {
        self.covered += other.covered;
        self.partly_covered += other.partly_covered;
        self.pending += other.pending;
        self.open += other.open;
        self.outside += other.outside;
    }
}

/// An amount shared out among leaves by their shares.
pub(super) fn among(amount: u64, leaves: &[Leaf]) -> Vec<u64> {
    match leaves {
        [_] => vec![amount],
        _ => apportion(amount, &leaves.iter().map(|leaf| leaf.share).collect::<Vec<_>>()),
    }
}

/// A whole number shared out by weights, in whole numbers that sum to it exactly.
///
/// Largest remainders (Hamilton's method); of equal remainders the first. Without any weight the last gets all.
pub(super) fn apportion(amount: u64, weights: &[f64]) -> Vec<u64> {
    let total: f64 = weights.iter().sum();
    let mut parts = vec![0; weights.len()];
    if total <= 0.0 {
        parts.last_mut().into_iter().for_each(|last| *last = amount);
        return parts;
    }
    let quota = |weight: &f64| amount as f64 * (weight / total);
    let mut remainders: Vec<(usize, f64)> = Vec::with_capacity(weights.len());
    let mut left = amount;
    for (i, weight) in weights.iter().enumerate() {
        let exact = quota(weight);
        parts[i] = (exact.floor() as u64).min(left);
        left -= parts[i];
        remainders.push((i, exact - exact.floor()));
    }
    remainders.retain(|(i, _)| weights[*i] > 0.0);
    remainders.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    for (i, _) in remainders.into_iter().cycle().take(left as usize) {
        parts[i] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_out_sums_to_the_whole() {
        assert_eq!(apportion(10, &[1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(apportion(100, &[0.015, 0.985]), [2, 98]);
        assert_eq!(apportion(7, &[0.0, 0.0]), [0, 7]);
        assert_eq!(apportion(0, &[0.3, 0.7]), [0, 0]);
        assert_eq!(apportion(5, &[]), [] as [u64; 0]);
    }

    proptest::proptest! {
        #[test]
        fn no_part_is_further_than_one_from_its_quota(amount in 0_u64..50_000_000, weights in proptest::collection::vec(0.0_f64..1e6, 1..40)) {
            let parts = apportion(amount, &weights);
            let total: f64 = weights.iter().sum();
            proptest::prop_assert_eq!(parts.iter().sum::<u64>(), amount);
            for (part, weight) in parts.iter().zip(&weights).filter(|_| total > 0.0) {
                let quota = amount as f64 * weight / total;
                proptest::prop_assert!((*part as f64 - quota).abs() < 1.0 + 1e-6, "{} of {}", part, quota);
            }
        }
    }

    #[test]
    fn shares_are_of_what_is_promised() {
        let tally = Tally { covered: 30, pending: 10, open: 60, outside: 900 };
        assert_eq!((tally.promised(), tally.total(), tally.covered_share()), (100, 1000, Some(0.3)));
        assert_eq!(Tally { outside: 5, ..Tally::default() }.covered_share(), None);
    }
}
