use rustc_hash::FxHashMap;

use crate::snapshot::AreaSet;

/// Sets of areas, each once, by number in the order in which they came.
///
/// Their members are numbers that the snapshot gave, so that nobody outside can choose what is hashed.
#[derive(Default)]
pub(super) struct Numbered {
    /// The sets.
    pub sets: Vec<AreaSet>,
    numbers: FxHashMap<AreaSet, u32>,
}

impl Numbered {
    /// The number of a set, which gets one where it has none.
    pub fn number(&mut self, set: AreaSet) -> u32 {
        if let Some(number) = self.numbers.get(&set) {
            return *number;
        }
        let number = self.sets.len() as u32;
        self.sets.push(set.clone());
        self.numbers.insert(set, number);
        number
    }
}
