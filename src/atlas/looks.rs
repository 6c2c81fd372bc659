//! Looks: which colour a partner's area gets, so that neighbours differ.
//!
//! # References
//! - D. Brélaz, *New methods to color the vertices of a graph*, Communications of the ACM 22 (1979): DSATUR.

/// How many looks there are for partner areas.
pub const LOOKS: usize = 6;

/// A look for each of `areas` areas, such that no two of a pair have the same one while the looks suffice.
///
/// The area with the fewest looks left comes first, then the one with the most neighbours, then the lowest number;
/// it gets, of the looks left, the one that is used least. Where none is left it gets the one that the fewest of
/// its neighbours have.
pub(super) fn assign(areas: usize, pairs: &[[u32; 2]]) -> Vec<u8> {
    let mut neighbours = vec![Vec::new(); areas];
    for &[a, b] in pairs.iter().filter(|[a, b]| a != b) {
        neighbours[a as usize].push(b as usize);
        neighbours[b as usize].push(a as usize);
    }
    for list in &mut neighbours {
        list.sort_unstable();
        list.dedup();
    }
    let mut looks: Vec<Option<u8>> = vec![None; areas];
    let mut used = [0_usize; LOOKS];
    for _ in 0..areas {
        let around = |area: usize| {
            let mut count = [0_usize; LOOKS];
            for look in neighbours[area].iter().filter_map(|other| looks[*other]) {
                count[usize::from(look)] += 1;
            }
            count
        };
        let saturation = |area: usize| around(area).iter().filter(|count| **count > 0).count();
        let next = (0..areas)
            .filter(|area| looks[*area].is_none())
            .max_by_key(|area| (saturation(*area), neighbours[*area].len(), std::cmp::Reverse(*area)));
        let Some(area) = next else { break };
        let count = around(area);
        let look = (0..LOOKS).min_by_key(|look| (count[*look], used[*look], *look)).unwrap_or(0);
        used[look] += 1;
        looks[area] = Some(look as u8);
    }
    looks.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_differ_on_a_wheel_and_looks_are_used_evenly() {
        // A hub with seven spokes around it: four colours are needed.
        let spokes: Vec<[u32; 2]> = (1..8).flat_map(|i| [[0, i], [i, i % 7 + 1]]).collect();
        let looks = assign(8, &spokes);
        assert!(spokes.iter().all(|[a, b]| looks[*a as usize] != looks[*b as usize]), "{looks:?}");
        let apart = assign(LOOKS * 3, &[]);
        assert!((0..LOOKS as u8).all(|look| apart.iter().filter(|l| **l == look).count() == 3));
    }

    #[test]
    fn more_neighbours_than_looks_is_no_failure() {
        let all: Vec<[u32; 2]> = (0..9).flat_map(|a| (0..a).map(move |b| [a, b])).collect();
        assert_eq!(assign(9, &all).len(), 9);
    }
}
