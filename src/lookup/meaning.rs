//! From what was typed to the thing that is meant; nothing is guessed in silence.

use super::{
    Choice, Note, QueryKind,
    question::{Asks, Question},
    suggest,
    thing::{Meaning, Thing},
    typed_zip::TypedZip,
};
use crate::{
    census::{Geoid, StateCode, ZipCode},
    domain::{PartnerId, RegionId, Slug},
    snapshot::{Named, Snapshot, StateIx, normal_name},
};

/// How many choices are offered at most; "Springfield" has 60.
const MAX_CHOICES: usize = 100;

/// Names that a question may mean: which classes of names it searches.
#[derive(Clone, Copy)]
enum Wanted {
    Any,
    State,
    County,
    Place,
    Region,
}

/// What a question means.
pub(super) fn understand(snapshot: &Snapshot, question: &Question) -> Meaning {
    match &question.asks {
        Asks::Position(typed) => {
            let notes = [(typed.exchanged, Note::AxesExchanged), (typed.wrapped, Note::LongitudeWrapped)];
            let said = notes.into_iter().filter_map(|(holds, note)| holds.then_some(note));
            Meaning::One(Thing::Position(typed.position), said.collect())
        }
        Asks::Zip(typed) => zip(snapshot, typed),
        Asks::State(text) => named(snapshot, text, Wanted::State),
        Asks::County(text) => named(snapshot, text, Wanted::County),
        Asks::Place(text) => named(snapshot, text, Wanted::Place),
        Asks::Region(text) => named(snapshot, text, Wanted::Region),
        Asks::Text(text) => named(snapshot, text, Wanted::Any),
    }
}

fn zip(snapshot: &Snapshot, typed: &TypedZip) -> Meaning {
    let table = snapshot.land().zips();
    if table.is_empty() {
        return Meaning::Nothing(QueryKind::Zip, Vec::new(), vec![Note::SwitchedOff(QueryKind::Zip, "zips.csv")]);
    }
    let find = |zip: &ZipCode| table.find(*zip).map(Thing::Zip);
    match typed {
        TypedZip::Plain(zip) => find(zip).map_or_else(|| no_such_zip(snapshot, *zip), |thing| Meaning::One(thing, Vec::new())),
        TypedZip::Within(zip) => {
            let notes = vec![Note::ZipTaken(*zip)];
            match find(zip) {
                Some(thing) => Meaning::One(thing, notes),
                None => Meaning::Nothing(QueryKind::Zip, Vec::new(), notes),
            }
        }
        TypedZip::Padded(zip) => {
            let notes = vec![Note::ZipPadded(*zip)];
            match find(zip) {
                Some(thing) => Meaning::One(thing, notes),
                None => Meaning::Nothing(QueryKind::Zip, Vec::new(), notes),
            }
        }
        TypedZip::Short(zip) => match find(zip) {
            Some(thing) => Meaning::Several(QueryKind::Zip, vec![thing], Vec::new()),
            None => Meaning::Nothing(QueryKind::Zip, Vec::new(), Vec::new()),
        },
    }
}

/// Five digits that are no ZIP may be the GEOID of a county.
fn no_such_zip(snapshot: &Snapshot, zip: ZipCode) -> Meaning {
    let county = zip.to_string().parse().ok().and_then(|geoid| snapshot.land().unit(geoid)).map(Thing::Unit);
    Meaning::Nothing(QueryKind::Zip, county.into_iter().collect(), Vec::new())
}

fn named(snapshot: &Snapshot, text: &str, wanted: Wanted) -> Meaning {
    if let Some(meaning) = typed_id(snapshot, text).or_else(|| code(snapshot, text, wanted)) {
        return meaning;
    }
    let candidates = by_name(snapshot, text, wanted);
    if !candidates.is_empty() {
        return best(snapshot, &candidates, wanted);
    }
    if matches!(wanted, Wanted::Any) {
        let partners: Vec<_> = snapshot.partners_named(&normal_name(text)).map(Thing::Partner).collect();
        match partners[..] {
            [] => {}
            [one] => return Meaning::One(one, Vec::new()),
            _ => return Meaning::Several(QueryKind::Partner, partners, Vec::new()),
        }
    }
    if let (Wanted::Any | Wanted::Place, Some(tail)) = (wanted, address_tail(text)) {
        let candidates = by_name(snapshot, &tail, Wanted::Place);
        if !candidates.is_empty() {
            return with_note(best(snapshot, &candidates, Wanted::Place), Note::PlaceTaken(tail.into()));
        }
    }
    let names = snapshot.land().names();
    let off = matches!(wanted, Wanted::Place) && names.has_no_places();
    let off = off.then_some(Note::SwitchedOff(QueryKind::Place, "places.csv"));
    let similar: Vec<_> = suggest::similar(snapshot, text).into_iter().filter(|thing| wanted.admits(*thing)).collect();
    let street = (matches!(wanted, Wanted::Any) && similar.is_empty() && is_street(text)).then_some(Note::StreetAlone);
    Meaning::Nothing(wanted.kind(), similar, off.into_iter().chain(street).collect())
}

impl Wanted {
    fn kind(self) -> QueryKind {
        match self {
            Self::Any => QueryKind::Text,
            Self::State => QueryKind::State,
            Self::County => QueryKind::County,
            Self::Place => QueryKind::Place,
            Self::Region => QueryKind::Region,
        }
    }

    fn admits(self, thing: Thing) -> bool {
        match self {
            Self::Any => true,
            wanted => wanted.kind() == thing.kind(),
        }
    }

    fn searches(self, named: Named) -> bool {
        match named {
            Named::State(_) => matches!(self, Self::Any | Self::State),
            Named::Region(_) => matches!(self, Self::Any | Self::Region),
            Named::County(_) | Named::CountyShort(_) | Named::Retired(_) => matches!(self, Self::Any | Self::County),
            Named::Place(_) | Named::PlaceAlias(_) => matches!(self, Self::Any | Self::Place),
        }
    }
}

/// Reads `state:WA`, `county:06037`, `region:puget-sound`, `zip:02139` and `partner:id`.
fn typed_id(snapshot: &Snapshot, text: &str) -> Option<Meaning> {
    let (kind, code) = text.split_once(':')?;
    if kind == "zip" {
        return TypedZip::read(code).map(|typed| zip(snapshot, &typed));
    }
    if kind == "partner" {
        let partner =
            code.trim().parse::<PartnerId>().ok().and_then(|id| snapshot.partner(&id)).filter(|ix| snapshot.is_public(*ix));
        return Some(one_or_nothing(partner.map(Thing::Partner), QueryKind::Partner));
    }
    let id: RegionId = format!("{kind}:{}", code.trim()).parse().ok()?;
    let land = snapshot.land();
    Some(match id {
        RegionId::Zip(code) => zip(snapshot, &TypedZip::Plain(code)),
        RegionId::County(geoid) => one_or_nothing(county(snapshot, geoid), QueryKind::County),
        RegionId::State(code) => one_or_nothing(land.state(code).map(Thing::State), QueryKind::State),
        RegionId::Region(_) => one_or_nothing(land.find(&id).map(Thing::Region), QueryKind::Region),
    })
}

/// Reads a bare code, where the kind of the question says what it is a code of.
fn code(snapshot: &Snapshot, text: &str, wanted: Wanted) -> Option<Meaning> {
    let land = snapshot.land();
    let thing = match wanted {
        Wanted::Any | Wanted::Place => None,
        Wanted::State => {
            let of_code = text.parse::<StateCode>().ok().and_then(|code| land.state(code));
            of_code.or_else(|| land.states().find(|s| land.geography().states[s.at()].geoid.as_str() == text)).map(Thing::State)
        }
        Wanted::County => text.parse::<Geoid>().ok().and_then(|geoid| county(snapshot, geoid)),
        Wanted::Region => text.parse::<Slug>().ok().and_then(|slug| land.find(&RegionId::Region(slug))).map(Thing::Region),
    };
    thing.map(|thing| Meaning::One(thing, Vec::new()))
}

fn county(snapshot: &Snapshot, geoid: Geoid) -> Option<Thing> {
    let land = snapshot.land();
    let retired = || land.geography().retired.iter().position(|old| old.geoid == geoid).map(|i| Thing::Retired(i as u32));
    land.unit(geoid).map(Thing::Unit).or_else(retired)
}

fn one_or_nothing(thing: Option<Thing>, kind: QueryKind) -> Meaning {
    thing.map_or(Meaning::Nothing(kind, Vec::new(), Vec::new()), |thing| Meaning::One(thing, Vec::new()))
}

fn with_note(meaning: Meaning, note: Note) -> Meaning {
    let add = |mut notes: Vec<Note>| {
        notes.insert(0, note);
        notes
    };
    match meaning {
        Meaning::One(thing, notes) => Meaning::One(thing, add(notes)),
        Meaning::Several(kind, things, notes) => Meaning::Several(kind, things, add(notes)),
        Meaning::Nothing(kind, things, notes) => Meaning::Nothing(kind, things, add(notes)),
    }
}

/// What a text may name: as it stands, or with its last words taken for a state.
fn by_name(snapshot: &Snapshot, text: &str, wanted: Wanted) -> Vec<(Named, Thing)> {
    let whole = lookup(snapshot, text, wanted, None);
    if !whole.is_empty() {
        return whole;
    }
    let mut found = Vec::new();
    for (rest, state) in states_at_end(snapshot, text) {
        found = lookup(snapshot, &rest, wanted, Some(state));
        if found.is_empty()
            && let Some((place, county)) = rest.split_once(',')
        {
            // `Springfield, Union County, New Jersey`: the county tells places of one name apart.
            let counties = lookup(snapshot, county, Wanted::County, Some(state));
            let lies_there = |thing: &Thing| match thing {
                Thing::Place(place) => snapshot.land().names().place(*place).unit,
                _ => None,
            };
            found = lookup(snapshot, place, Wanted::Place, Some(state));
            found.retain(|(_, thing)| {
                lies_there(thing).is_some_and(|unit| counties.iter().any(|(_, county)| *county == Thing::Unit(unit)))
            });
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// The ways to take the last words of a text for a state, and what stands before them.
pub(super) fn states_at_end(snapshot: &Snapshot, text: &str) -> Vec<(String, StateIx)> {
    let names = snapshot.land().names();
    let state_named = |text: &str| {
        let normal = normal_name(text);
        names.exactly(&normal).find_map(|named| match named {
            Named::State(state) => Some(state),
            _ => None,
        })
    };
    if let Some((rest, last)) = text.rsplit_once(',') {
        return state_named(last).map(|state| (rest.trim().to_owned(), state)).into_iter().collect();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    // No name of a state has more than four words.
    let cuts = (1..words.len()).rev().take(4).map(|cut| words.split_at(cut));
    let mut found: Vec<_> = cuts.filter_map(|(rest, last)| Some((rest.join(" "), state_named(&last.join(" "))?))).collect();
    // Longer names first: "West Virginia" before "Virginia".
    found.reverse();
    found
}

fn lookup(snapshot: &Snapshot, text: &str, wanted: Wanted, state: Option<StateIx>) -> Vec<(Named, Thing)> {
    let land = snapshot.land();
    let normal = normal_name(text);
    if normal.is_empty() {
        return Vec::new();
    }
    let in_state = |thing: Thing| {
        let own = match thing {
            Thing::Place(place) => Some(land.names().place(place).state),
            Thing::Unit(unit) => Some(land.state_of(unit)),
            Thing::Retired(number) => land.state(land.geography().retired[number as usize].state),
            _ => None,
        };
        state.is_none() || own == state
    };
    let found = land.names().exactly(&normal).filter(|named| wanted.searches(*named)).map(|named| (named, thing_of(named)));
    found.filter(|(_, thing)| in_state(*thing)).collect()
}

pub(super) fn thing_of(named: Named) -> Thing {
    match named {
        Named::State(state) => Thing::State(state),
        Named::Region(area) => Thing::Region(area),
        Named::County(unit) | Named::CountyShort(unit) => Thing::Unit(unit),
        Named::Place(place) | Named::PlaceAlias(place) => Thing::Place(place),
        Named::Retired(number) => Thing::Retired(number),
    }
}

/// The things of the class that is meant first; what else has the name is mentioned.
fn best(snapshot: &Snapshot, found: &[(Named, Thing)], wanted: Wanted) -> Meaning {
    let class = |named: &Named| std::mem::discriminant(named);
    let Some((first, _)) = found.iter().min_by_key(|(named, _)| *named) else {
        return Meaning::Nothing(wanted.kind(), Vec::new(), Vec::new());
    };
    let (meant, others): (Vec<_>, Vec<_>) = found.iter().partition(|(named, _)| class(named) == class(first));
    let mut meant: Vec<Thing> = meant.into_iter().map(|(_, thing)| thing).collect();
    sort_by_size(snapshot, &mut meant);
    // Another name of a place is no reason to think that it was meant.
    let others = others.into_iter().filter(|(named, _)| !matches!(named, Named::PlaceAlias(_))).map(|(_, thing)| thing);
    let mut others: Vec<Thing> = others.filter(|thing| !meant.contains(thing)).collect();
    sort_by_size(snapshot, &mut others);
    match meant[..] {
        [one] => Meaning::One(one, also_named(snapshot, &others).into_iter().collect()),
        _ => {
            let kind = meant.first().map_or(wanted.kind(), |thing| thing.kind());
            // Who must choose anyway is offered the counties of that name, too.
            meant.extend(others);
            sort_by_size(snapshot, &mut meant);
            meant.truncate(MAX_CHOICES);
            Meaning::Several(kind, meant, Vec::new())
        }
    }
}

/// The other things of a name, as choices; of those that are called the same, the first.
fn also_named(snapshot: &Snapshot, others: &[Thing]) -> Option<Note> {
    let mut also: Vec<Choice> = Vec::new();
    for choice in others.iter().map(|thing| thing.choice(snapshot, others)) {
        if also.iter().all(|other| other.label != choice.label) {
            also.push(choice);
        }
    }
    (!also.is_empty()).then_some(Note::AlsoNamed(also))
}

/// The larger first, then by name; each once.
pub(super) fn sort_by_size(snapshot: &Snapshot, things: &mut Vec<Thing>) {
    let land = snapshot.land();
    let people = |thing: &Thing| match thing {
        Thing::Place(place) => land.names().place(*place).population,
        Thing::Unit(unit) => land.people(*unit).unwrap_or(0),
        Thing::State(state) => land.units_of(*state).iter().filter_map(|unit| land.people(*unit)).sum(),
        Thing::Zip(_) | Thing::Retired(_) | Thing::Region(_) | Thing::Partner(_) | Thing::Position(_) => 0,
    };
    things.sort_by_cached_key(|thing| (std::cmp::Reverse(people(thing)), thing.name(snapshot), format!("{thing:?}")));
    things.dedup();
}

/// Whether a text looks like a street address: a number, then words.
fn is_street(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let number = words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    number && words.any(|word| word.starts_with(char::is_alphabetic))
}

/// The city and state at the end of what looks like a street address.
fn address_tail(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    match &parts[..] {
        [_, .., city, state] => Some(format!("{city}, {state}")),
        // A street address without a state begins with the number of the house.
        [street, city] if street.starts_with(|c: char| c.is_ascii_digit()) => Some((*city).to_owned()),
        _ => None,
    }
}
