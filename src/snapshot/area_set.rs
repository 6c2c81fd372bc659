use std::{
    fmt,
    hash::{Hash, Hasher},
    ops::Deref,
};

use super::AreaIx;

/// How many areas a set holds without memory of its own: a state, a county and some program regions.
const FEW: usize = 5;

/// The areas that hold a position: a sorted list without repetition, which reads like a slice.
#[derive(Clone)]
pub struct AreaSet(Members);

#[derive(Clone)]
enum Members {
    Few { len: u8, areas: [AreaIx; FEW] },
    Many(Box<[AreaIx]>),
}

impl AreaSet {
    /// The set without a member.
    pub const EMPTY: Self = Self(Members::Few { len: 0, areas: [AreaIx(0); FEW] });

    /// Puts an area into the set.
    pub fn insert(&mut self, area: AreaIx) {
        if let Err(place) = self.binary_search(&area) {
            self.insert_at(place, area);
        }
    }

    /// Puts an area into the set, or takes it out where it is in.
    pub fn toggle(&mut self, area: AreaIx) {
        match self.binary_search(&area) {
            Ok(place) => self.remove_at(place),
            Err(place) => self.insert_at(place, area),
        }
    }

    /// Adds an area that is greater than all members.
    #[inline]
    pub(super) fn push(&mut self, area: AreaIx) {
        match &mut self.0 {
            Members::Few { len, areas } if usize::from(*len) < FEW => {
                areas[usize::from(*len)] = area;
                *len += 1;
            }
            _ => self.insert_at(self.len(), area),
        }
    }

    fn insert_at(&mut self, place: usize, area: AreaIx) {
        match &mut self.0 {
            Members::Few { len, areas } if usize::from(*len) < FEW => {
                areas.copy_within(place..usize::from(*len), place + 1);
                areas[place] = area;
                *len += 1;
            }
            _ => {
                let mut all = self.to_vec();
                all.insert(place, area);
                self.0 = Members::Many(all.into());
            }
        }
    }

    fn remove_at(&mut self, place: usize) {
        match &mut self.0 {
            Members::Few { len, areas } => {
                areas.copy_within(place + 1..usize::from(*len), place);
                *len -= 1;
            }
            Members::Many(_) => {
                let mut all = self.to_vec();
                all.remove(place);
                *self = Self::from_sorted(&all);
            }
        }
    }

    /// A set of areas that are in ascending order, each once.
    fn from_sorted(sorted: &[AreaIx]) -> Self {
        if sorted.len() > FEW {
            return Self(Members::Many(sorted.into()));
        }
        let mut areas = [AreaIx(0); FEW];
        areas[..sorted.len()].copy_from_slice(sorted);
        Self(Members::Few { len: sorted.len() as u8, areas })
    }
}

impl Deref for AreaSet {
    type Target = [AreaIx];

    #[inline]
    fn deref(&self) -> &[AreaIx] {
        match &self.0 {
            Members::Few { len, areas } => &areas[..usize::from(*len).min(FEW)],
            Members::Many(areas) => areas,
        }
    }
}

impl FromIterator<AreaIx> for AreaSet {
    fn from_iter<I: IntoIterator<Item = AreaIx>>(areas: I) -> Self {
        let mut all: Vec<_> = areas.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self::from_sorted(&all)
    }
}

impl Extend<AreaIx> for AreaSet {
    fn extend<I: IntoIterator<Item = AreaIx>>(&mut self, areas: I) {
        areas.into_iter().for_each(|area| self.insert(area));
    }
}

impl<'a> IntoIterator for &'a AreaSet {
    type Item = &'a AreaIx;
    type IntoIter = std::slice::Iter<'a, AreaIx>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Default for AreaSet {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl PartialEq for AreaSet {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for AreaSet {}

impl PartialOrd for AreaSet {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AreaSet {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for AreaSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for AreaSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|area| area.0)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[u32]) -> AreaSet {
        numbers.iter().map(|n| AreaIx(*n)).collect()
    }

    #[test]
    fn a_set_is_sorted_and_holds_each_area_once() {
        assert_eq!(*set(&[7, 1, 7, 3]), [AreaIx(1), AreaIx(3), AreaIx(7)]);
        let mut grown = set(&[3]);
        grown.extend([AreaIx(9), AreaIx(1), AreaIx(3)]);
        assert_eq!(grown, set(&[1, 3, 9]));
    }

    #[test]
    fn growing_past_the_few_and_back_changes_nothing_that_can_be_seen() {
        let mut grown = AreaSet::EMPTY;
        for n in (0..20).rev() {
            grown.toggle(AreaIx(n));
        }
        assert_eq!(grown, set(&(0..20).collect::<Vec<_>>()));
        for n in 3..20 {
            grown.toggle(AreaIx(n));
        }
        assert_eq!(grown, set(&[0, 1, 2]));
        assert_eq!(format!("{grown:?}"), "{0, 1, 2}");
    }

    #[test]
    fn an_answer_costs_no_more_than_three_words() {
        assert_eq!(size_of::<AreaSet>(), 24);
    }
}
