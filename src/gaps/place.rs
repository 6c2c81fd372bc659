use std::sync::Arc;

use super::graph;
use crate::{
    census::StateCode,
    geometry::Position,
    lookup::Compass,
    snapshot::{Land, StateIx, UnitIx},
};

/// From this share of a state's land on, an area is most of the state.
const MOST: f64 = 0.6;

/// Up to this share of the way from a state's middle to its rim, an area lies in the middle of the state.
const CENTRAL: f64 = 0.25;

/// No state is taken to be narrower than this, as a share of its length.
const NARROW: f64 = 0.25;

/// The part of a state in which an area lies: `southern Oregon`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The state.
    pub state: StateCode,
    /// Its name.
    pub name: Arc<str>,
    /// Where in it.
    pub part: Whereabouts,
}

/// Where in a state an area lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// It is all of the state.
    Whole,
    /// It has at least 60 % of the state's land.
    Most,
    /// Its middle is near the state's.
    Central,
    /// Its middle lies this way from the state's.
    Toward(Compass),
}

/// The parts of states in which some units (in ascending order) lie, the state with the most land of them first.
pub(super) fn places(land: &Land, units: &[UnitIx]) -> Vec<Place> {
    let mut states: Vec<StateIx> = units.iter().map(|unit| land.state_of(*unit)).collect();
    states.sort_unstable();
    states.dedup();
    let own = |state: StateIx| units.iter().copied().filter(|unit| land.state_of(*unit) == state).collect::<Vec<_>>();
    let mut places: Vec<(f64, Place)> = states
        .into_iter()
        .map(|state| {
            let own = own(state);
            let name = land.area(land.state_area(state)).name.clone();
            let part = whereabouts(land, &own, land.units_of(state));
            (square_metres(land, &own), Place { state: land.state_code(state), name, part })
        })
        .collect();
    places.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    places.into_iter().map(|(_, place)| place).collect()
}

fn square_metres(land: &Land, units: &[UnitIx]) -> f64 {
    units.iter().map(|unit| land.area(land.unit_area(*unit)).square_metres).sum()
}

fn whereabouts(land: &Land, own: &[UnitIx], all: &[UnitIx]) -> Whereabouts {
    if own.len() == all.len() {
        return Whereabouts::Whole;
    }
    if square_metres(land, own) >= MOST * square_metres(land, all) {
        return Whereabouts::Most;
    }
    let (Some(there), Some(centre)) = (graph::middle(land, own), graph::middle(land, all)) else { return Whereabouts::Central };
    let rim = all.iter().filter_map(|unit| land.neighbourhood().middle(*unit)).map(|p| offset(centre, p));
    let half = rim.fold([f64::MIN_POSITIVE; 2], |half, [x, y]| [half[0].max(x.abs()), half[1].max(y.abs())]);
    // A state that is long and narrow has no corners: its short way counts no more than this against its long one.
    let least = NARROW * half[0].max(half[1]);
    let half = half.map(|half| half.max(least));
    let [x, y] = offset(centre, there);
    toward(x / half[0], y / half[1])
}

/// Degrees to the east (the shorter way) and to the north.
fn offset(from: Position, to: Position) -> [f64; 2] {
    [(to.lon() - from.lon() + 540.0).rem_euclid(360.0) - 180.0, to.lat() - from.lat()]
}

/// The wind of a way to the east and to the north, each as a share of the way to the rim.
fn toward(east: f64, north: f64) -> Whereabouts {
    const WINDS: [Compass; 8] = [
        Compass::East,
        Compass::NorthEast,
        Compass::North,
        Compass::NorthWest,
        Compass::West,
        Compass::SouthWest,
        Compass::South,
        Compass::SouthEast,
    ];
    if east.hypot(north) < CENTRAL {
        return Whereabouts::Central;
    }
    let eighth = (north.atan2(east).to_degrees() / 45.0).round().rem_euclid(8.0);
    Whereabouts::Toward(WINDS[eighth as usize % WINDS.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn winds_are_those_of_a_map_with_north_up() {
        for (east, north, wind) in [
            (1.0, 0.0, Compass::East),
            (0.1, 0.9, Compass::North),
            (-0.5, 0.5, Compass::NorthWest),
            (-0.9, -0.05, Compass::West),
            (0.0, -0.4, Compass::South),
            (0.6, -0.6, Compass::SouthEast),
        ] {
            assert_eq!(toward(east, north), Whereabouts::Toward(wind), "{east} {north}");
        }
        assert_eq!(toward(0.1, -0.2), Whereabouts::Central);
    }

    #[test]
    fn the_way_east_is_the_shorter_one_across_the_antimeridian() {
        let at = |lon| Position::new(lon, 0.0).unwrap();
        assert_eq!(offset(at(179.0), at(-179.0)), [2.0, 0.0]);
    }
}
