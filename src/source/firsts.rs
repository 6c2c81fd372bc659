//! On which line each key of a table stands first.

use std::{collections::HashMap, hash::Hash};

use super::{
    checks,
    problems::Problems,
    table::{Cell, Row},
};

/// The keys of the rows so far.
///
/// Files that programs write are sorted. Keys that come in ascending order are new for that alone; only the others are
/// hashed.
#[derive(Debug)]
pub struct Firsts<K> {
    ascending: Vec<(K, u32)>,
    others: HashMap<K, u32>,
}

impl<K> Default for Firsts<K> {
    fn default() -> Self {
        Self { ascending: Vec::new(), others: HashMap::new() }
    }
}

impl<K: Hash + Ord> Firsts<K> {
    /// Whether a key was there before; both lines are named.
    pub fn had(&mut self, key: K, cell: &Cell<'_>, row: &Row<'_>, problems: &mut Problems) -> bool {
        let Some(first) = self.take(key, row.line) else { return false };
        let first = row.origin_of_line(first);
        let what = format!("{} stands twice, first in {}", cell.column, first.here());
        problems.push(cell.problem(&checks::DUPLICATE_ROW, what).related(first.site()).remedy("remove one of the rows"));
        true
    }

    /// The line of a key that was there before; else the key is taken in.
    fn take(&mut self, key: K, line: u32) -> Option<u32> {
        if self.ascending.last().is_none_or(|(last, _)| *last < key) {
            self.ascending.push((key, line));
            return None;
        }
        if let Ok(at) = self.ascending.binary_search_by(|(known, _)| known.cmp(&key)) {
            return Some(self.ascending[at].1);
        }
        let known = self.others.get(&key).copied();
        if known.is_none() {
            self.others.insert(key, line);
        }
        known
    }

    /// All keys, sorted, and the line of each.
    pub fn into_sorted(self) -> Vec<(K, u32)> {
        let mut all = self.ascending;
        all.extend(self.others);
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_key_is_known_in_whatever_order_the_keys_come() {
        let mut firsts = Firsts::default();
        let found = [(3, 2), (5, 3), (4, 4), (9, 5), (5, 6), (4, 7), (1, 8), (9, 9)].map(|(key, line)| firsts.take(key, line));
        assert_eq!(found, [None, None, None, None, Some(3), Some(4), None, Some(5)]);
        assert_eq!(firsts.into_sorted(), [(1, 8), (3, 2), (4, 4), (5, 3), (9, 5)]);
    }
}
