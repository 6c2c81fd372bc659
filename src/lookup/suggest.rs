//! Names that are similar to one that does not exist.

use super::{
    meaning::{sort_by_size, states_at_end, thing_of},
    thing::Thing,
};
use crate::snapshot::{Snapshot, StateIx, normal_name};

/// How many suggestions are made.
const MAX_SUGGESTIONS: usize = 5;

/// How many typing errors are forgiven in a name.
const MOST_ERRORS: usize = 2;

/// The last words of a text taken for the state whose name is nearly that, and what stands before them.
fn misspelt_state_at_end(snapshot: &Snapshot, text: &str) -> Option<(String, StateIx)> {
    let land = snapshot.land();
    let nearly = |words: &str| {
        let wrong = normal_name(words);
        let distance = |state: &StateIx| strsim::osa_distance(&normal_name(&land.area(land.state_area(*state)).name), &wrong);
        let near = land.states().map(|state| (distance(&state), state)).filter(|(distance, _)| *distance <= MOST_ERRORS);
        // Two errors in a short word make any word of it.
        near.min().filter(|_| wrong.len() > 2 * MOST_ERRORS).map(|(_, state)| state)
    };
    if let Some((rest, last)) = text.rsplit_once(',') {
        return Some((rest.trim().to_owned(), nearly(last)?));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let cuts = (1..words.len()).rev().take(3).map(|cut| words.split_at(cut));
    cuts.rev().find_map(|(rest, last)| Some((rest.join(" "), nearly(&last.join(" "))?)))
}

/// Things whose names are at most two typing errors away, one in a short name; the nearest and largest first.
///
/// The first letter is taken to be right: people rarely miss it, and it keeps the search short.
pub(super) fn similar(snapshot: &Snapshot, text: &str) -> Vec<Thing> {
    let at_end = states_at_end(snapshot, text).into_iter().next().or_else(|| misspelt_state_at_end(snapshot, text));
    let (name, state) = at_end.map_or((text.to_owned(), None), |(name, state)| (name, Some(state)));
    // A picture has a name, too, but nobody meant it.
    let wrong = if name.contains(char::is_alphabetic) { normal_name(&name) } else { String::new() };
    let Some(initial) = wrong.get(..1) else { return Vec::new() };
    let allowed = if wrong.len() < 5 { 1 } else { MOST_ERRORS };
    let land = snapshot.land();
    let in_state = |thing: &Thing| match (state, thing) {
        (Some(state), Thing::Place(place)) => land.names().place(*place).state == state,
        (Some(state), Thing::Unit(unit)) => land.state_of(*unit) == state,
        (Some(_), _) => false,
        (None, _) => true,
    };
    let near = land.names().beginning_with(initial).filter(|(name, _)| name.len().abs_diff(wrong.len()) <= allowed);
    let mut found: Vec<(usize, Thing)> = near
        .map(|(name, named)| (strsim::osa_distance(name, &wrong), thing_of(named)))
        .filter(|(distance, thing)| *distance <= allowed && in_state(thing))
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    let mut suggestions = Vec::new();
    for distance in 0..=allowed {
        let mut alike: Vec<_> = found.iter().filter(|(d, _)| *d == distance).map(|(_, thing)| *thing).collect();
        sort_by_size(snapshot, &mut alike);
        alike.retain(|thing| !suggestions.contains(thing));
        suggestions.extend(alike);
    }
    suggestions.truncate(MAX_SUGGESTIONS);
    suggestions
}
