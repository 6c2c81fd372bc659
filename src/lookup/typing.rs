//! Names while they are typed.

use std::{cmp::Reverse, sync::Arc};

use super::{
    Malformed, QueryKind, Question,
    meaning::{states_at_end, thing_of, understand},
    question::tidy,
    thing::{Meaning, Thing},
};
use crate::snapshot::{Named, Snapshot, StateIx, beginnings, normal_name};

/// Something that may be meant by what has been typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its full name.
    pub label: Arc<str>,
    /// What it is.
    pub kind: QueryKind,
    /// The text that asks for exactly this.
    pub ask: String,
}

/// How well a name fits what has been typed; the better, the less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is the name.
    Whole,
    /// The name begins with it.
    Beginning,
    /// A later word of the name begins with it.
    Word,
    /// Another name of the place begins with it.
    Alias,
}

/// What a text may be the beginning of, at most so many, the likeliest first: the better fit, the more people, by kind.
///
/// Each one's text leads to that one thing and to nothing else. Names of applicants under review are not public,
/// and no suggestions.
///
/// # Errors
/// When the text is empty or over-long.
pub fn suggestions(snapshot: &Snapshot, text: &str, most: usize) -> Result<Vec<Suggestion>, Malformed> {
    let text = tidy("q", text)?;
    let found = if text.bytes().all(|byte| byte.is_ascii_digit()) { zips(snapshot, &text) } else { named(snapshot, &text, most) };
    let rank = |(thing, fit)| (fit, Reverse(people(snapshot, thing)), order(thing), thing);
    let mut ranked: Vec<_> = found.into_iter().map(rank).collect();
    ranked.sort_unstable_by_key(|(fit, people, order, _)| (*fit, *people, *order));
    Ok(ranked.into_iter().filter_map(|(.., thing)| suggestion(snapshot, thing)).take(most).collect())
}

fn zips(snapshot: &Snapshot, digits: &str) -> Vec<(Thing, Fit)> {
    snapshot.land().zips().beginning_with(digits).map(|(zip, _)| (Thing::Zip(zip), Fit::Beginning)).collect()
}

fn named(snapshot: &Snapshot, text: &str, enough: usize) -> Vec<(Thing, Fit)> {
    let mut found = beginning_with(snapshot, text, enough);
    for (rest, states) in named_and_states(snapshot, text) {
        let in_states = |thing: &Thing| state_of(snapshot, *thing).is_some_and(|state| states.contains(&state));
        found.extend(beginning_with(snapshot, &rest, usize::MAX).into_iter().filter(|(thing, _)| in_states(thing)));
    }
    only_best_fits(&mut found);
    found
}

/// Keeps of each thing the name that fits best.
fn only_best_fits(found: &mut Vec<(Thing, Fit)>) {
    found.sort_unstable_by_key(|(thing, fit)| (order(*thing), *fit));
    found.dedup_by_key(|(thing, _)| order(*thing));
}

/// Things whose names begin with a text; those with a later word that does, too, unless there is enough without them.
fn beginning_with(snapshot: &Snapshot, text: &str, enough: usize) -> Vec<(Thing, Fit)> {
    let names = snapshot.land().names();
    let whole = normal_name(text);
    let fit = |name: &str| if name == whole { Fit::Whole } else { Fit::Beginning };
    let beginnings = beginnings(text);
    let mut found = Vec::new();
    for beginning in &beginnings {
        found.extend(names.beginning_with(beginning).map(|(name, named)| (thing_of(named), fit_of(named, fit(name)))));
        let partners = snapshot.public_names().filter(|(_, name)| name.starts_with(beginning));
        found.extend(partners.map(|(partner, name)| (Thing::Partner(partner), fit(name))));
    }
    only_best_fits(&mut found);
    if found.iter().filter(|(_, fit)| *fit != Fit::Alias).count() >= enough {
        return found;
    }
    for beginning in &beginnings {
        let within = names.with_word_beginning(beginning).filter(|named| !matches!(named, Named::PlaceAlias(_)));
        found.extend(within.map(|named| (thing_of(named), Fit::Word)));
        let has_word = |name: &str| name.match_indices(' ').any(|(at, _)| name[at + 1..].starts_with(beginning));
        let partners = snapshot.public_names().filter(|(_, name)| has_word(name));
        found.extend(partners.map(|(partner, _)| (Thing::Partner(partner), Fit::Word)));
    }
    found
}

/// How well a name fits, by what it is a name of: other names of places, and counties without their kind, come later.
fn fit_of(named: Named, fit: Fit) -> Fit {
    match (named, fit) {
        (Named::PlaceAlias(_) | Named::CountyShort(_), Fit::Whole) => Fit::Beginning,
        (Named::PlaceAlias(_), Fit::Beginning) => Fit::Alias,
        (_, fit) => fit,
    }
}

/// The ways to take the end of a text for a state, or for the beginning of one behind a comma.
fn named_and_states(snapshot: &Snapshot, text: &str) -> Vec<(String, Vec<StateIx>)> {
    let Some((rest, tail)) = text.rsplit_once(',') else {
        return states_at_end(snapshot, text).into_iter().map(|(rest, state)| (rest, vec![state])).collect();
    };
    let tail = normal_name(tail);
    let states = snapshot.land().names().beginning_with(&tail).filter_map(|(_, named)| match named {
        Named::State(state) => Some(state),
        _ => None,
    });
    vec![(rest.trim().to_owned(), states.collect())]
}

fn state_of(snapshot: &Snapshot, thing: Thing) -> Option<StateIx> {
    let land = snapshot.land();
    match thing {
        Thing::Place(place) => Some(land.names().place(place).state),
        Thing::Unit(unit) => Some(land.state_of(unit)),
        Thing::Retired(number) => land.state(land.geography().retired[number as usize].state),
        Thing::Zip(_) | Thing::State(_) | Thing::Region(_) | Thing::Partner(_) | Thing::Position(_) => None,
    }
}

fn people(snapshot: &Snapshot, thing: Thing) -> u64 {
    let land = snapshot.land();
    match thing {
        Thing::Zip(zip) => land.zips().zip(zip).population.unwrap_or(0),
        Thing::State(state) => land.people_in(land.state_area(state)).unwrap_or(0),
        Thing::Unit(unit) => land.people(unit).unwrap_or(0),
        Thing::Place(place) => land.names().place(place).population,
        Thing::Region(area) => land.people_in(area).unwrap_or(0),
        Thing::Retired(_) | Thing::Partner(_) | Thing::Position(_) => 0,
    }
}

/// The order of kinds among things of the same size, and a number that tells things of a kind apart.
fn order(thing: Thing) -> (u8, u32) {
    match thing {
        Thing::State(state) => (0, state.at() as u32),
        Thing::Region(area) => (1, area.at() as u32),
        Thing::Partner(partner) => (2, partner.at() as u32),
        Thing::Unit(unit) => (3, unit.at() as u32),
        Thing::Place(place) => (4, place.at() as u32),
        Thing::Zip(zip) => (5, zip.at() as u32),
        Thing::Retired(number) => (6, number),
        Thing::Position(_) => (7, 0),
    }
}

/// A thing with the shortest text that leads to it; `None` where no text does.
fn suggestion(snapshot: &Snapshot, thing: Thing) -> Option<Suggestion> {
    let leads_here = |ask: &String| {
        let question = Question::text(ask).ok()?;
        matches!(understand(snapshot, &question), Meaning::One(found, _) if found == thing).then_some(())
    };
    let name = thing.name(snapshot);
    let short = short(snapshot, thing);
    let exact = thing.choice(snapshot, &[thing, thing]);
    let plain = [short, Some(name.to_string())].into_iter().flatten().find(|ask| leads_here(ask).is_some());
    match plain {
        Some(ask) => Some(Suggestion { label: name, kind: thing.kind(), ask }),
        None => leads_here(&exact.ask).map(|()| Suggestion { label: exact.label, kind: exact.kind, ask: exact.ask }),
    }
}

/// A name with the code of its state, or a bare ZIP.
fn short(snapshot: &Snapshot, thing: Thing) -> Option<String> {
    let land = snapshot.land();
    let code = |state: StateIx| land.state_code(state);
    match thing {
        Thing::Zip(zip) => Some(land.zips().zip(zip).zip.to_string()),
        Thing::Place(place) => {
            let place = land.names().place(place);
            Some(format!("{}, {}", place.name, code(place.state)))
        }
        Thing::Unit(unit) if !land.geography().counties.is_empty() => {
            let county = &land.geography().counties[unit.at()];
            Some(format!("{}, {}", county.name, county.state))
        }
        Thing::Unit(_) | Thing::State(_) | Thing::Region(_) | Thing::Partner(_) | Thing::Retired(_) | Thing::Position(_) => None,
    }
}
