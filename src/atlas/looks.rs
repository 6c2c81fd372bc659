//! Looks: which colour and texture a partner's area gets, so that neighbours differ.
//!
//! # References
//! - D. Brélaz, *New methods to color the vertices of a graph*, Communications of the ACM 22 (1979): DSATUR.

use super::PartnerLook;

/// How many colours there are for partner areas.
pub const COLOURS: usize = 6;
/// How many textures a colour has; the first is plain.
pub const TEXTURES: usize = 3;

/// A look for each of `areas` areas: no two of a pair of `neighbours` have the same colour while colours suffice,
/// and no two that are `close` the same look.
///
/// The area with the fewest colours left comes first, then the one with the most neighbours, then the lowest
/// number; of the colours that the fewest of its neighbours have it gets the one that the fewest close to it have,
/// then the one that is used least. Where close ones have it nevertheless, a texture tells them apart.
pub(super) fn assign(areas: usize, neighbours: &[[u32; 2]], close: &[[u32; 2]]) -> Vec<PartnerLook> {
    let colours = colours(&lists(areas, neighbours), &lists(areas, close));
    let mut looks: Vec<PartnerLook> = Vec::with_capacity(areas);
    let alike = lists(areas, &[neighbours, close].concat());
    for (area, &colour) in colours.iter().enumerate() {
        let before = alike[area].iter().filter(|other| **other < area).map(|other| looks[*other]);
        let taken: Vec<u8> = before.filter(|look| look.colour == colour).map(|look| look.texture).collect();
        let count = |texture: &u8| taken.iter().filter(|other| *other == texture).count();
        let texture = (0..TEXTURES as u8).min_by_key(count).unwrap_or_default();
        looks.push(PartnerLook { colour, texture });
    }
    looks
}

/// The areas beside each area.
fn lists(areas: usize, pairs: &[[u32; 2]]) -> Vec<Vec<usize>> {
    let mut lists = vec![Vec::new(); areas];
    for &[a, b] in pairs.iter().filter(|[a, b]| a != b) {
        lists[a as usize].push(b as usize);
        lists[b as usize].push(a as usize);
    }
    for list in &mut lists {
        list.sort_unstable();
        list.dedup();
    }
    lists
}

fn colours(neighbours: &[Vec<usize>], close: &[Vec<usize>]) -> Vec<u8> {
    let areas = neighbours.len();
    let mut colours: Vec<Option<u8>> = vec![None; areas];
    let mut used = [0_usize; COLOURS];
    for _ in 0..areas {
        let among = |list: &[usize]| {
            let mut count = [0_usize; COLOURS];
            for colour in list.iter().filter_map(|other| colours[*other]) {
                count[usize::from(colour)] += 1;
            }
            count
        };
        let saturation = |area: usize| among(&neighbours[area]).iter().filter(|count| **count > 0).count();
        let next = (0..areas)
            .filter(|area| colours[*area].is_none())
            .max_by_key(|area| (saturation(*area), neighbours[*area].len(), std::cmp::Reverse(*area)));
        let Some(area) = next else { break };
        let (beside, near) = (among(&neighbours[area]), among(&close[area]));
        let key = |colour: &usize| (beside[*colour], near[*colour], used[*colour], *colour);
        let colour = (0..COLOURS).min_by_key(key).unwrap_or(0);
        used[colour] += 1;
        colours[area] = Some(colour as u8);
    }
    colours.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_differ_on_a_wheel_and_colours_are_used_evenly() {
        // A hub with seven spokes around it: four colours are needed.
        let spokes: Vec<[u32; 2]> = (1..8).flat_map(|i| [[0, i], [i, i % 7 + 1]]).collect();
        let looks = assign(8, &spokes, &[]);
        assert!(spokes.iter().all(|[a, b]| looks[*a as usize].colour != looks[*b as usize].colour), "{looks:?}");
        let apart = assign(COLOURS * 3, &[], &[]);
        assert!((0..COLOURS as u8).all(|colour| apart.iter().filter(|l| l.colour == colour).count() == 3));
        assert!(apart.iter().all(|look| look.texture == 0), "those that are far apart are plain");
    }

    #[test]
    fn more_in_one_state_than_there_are_colours_differ_in_texture() {
        let all: Vec<[u32; 2]> = (0..15).flat_map(|a| (0..a).map(move |b| [a, b])).collect();
        let mut looks = assign(15, &[], &all);
        looks.sort_unstable();
        looks.dedup();
        assert_eq!(looks.len(), 15);
        assert_eq!(assign(15, &all, &[]).len(), 15, "more neighbours than colours are no failure");
    }
}
