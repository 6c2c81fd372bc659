mod stored;

pub(super) use stored::{Counts, StoredNames};

use std::{collections::HashMap, sync::Arc};

use rayon::prelude::*;

use super::{AreaIx, StateIx, UnitIx, ZipIx, ZipTable, naming::normal_name};
use crate::{
    census::{Geoid, StateCode},
    domain::{Geography, Place, ProgramRegion, Zip, ZipKind},
    geometry::{Position, measure},
};

/// A post office belongs to the place of its name within this distance, in metres; beyond, it is a place of its own.
const SAME_PLACE_M: f64 = 40_000.0;

/// Number of a place in a gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceIx(pub(crate) u32);

impl PlaceIx {
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// A town, city, village or post office, with the ZIPs that carry its name.
#[derive(Clone, Debug)]
pub struct NamedPlace {
    /// Its name.
    pub name: Arc<str>,
    /// Its state.
    pub state: StateIx,
    /// Its county.
    pub unit: Option<UnitIx>,
    /// Its middle; `None` for a post office without a position.
    pub position: Option<Position>,
    /// The ZIPs that carry its name, in ascending order.
    pub zips: Vec<ZipIx>,
    /// Its people; 0 where nobody counted.
    pub population: u64,
}

/// What a name stands for; the order is the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// A state, by its name or code.
    State(StateIx),
    /// A program region.
    Region(AreaIx),
    /// A county, by its name with its kind.
    County(UnitIx),
    /// A place.
    Place(PlaceIx),
    /// A place, by another of its names.
    PlaceAlias(PlaceIx),
    /// A county, by its name without its kind.
    CountyShort(UnitIx),
    /// A county that is no more, by its number among the retired ones.
    Retired(u32),
}

/// The number of each state, and of each county.
type States = HashMap<StateCode, StateIx>;
type Units = HashMap<Geoid, UnitIx>;

/// All names of a land, sorted in the form in which names are compared.
#[derive(Debug, Default)]
pub struct Gazetteer {
    names: Vec<(Box<str>, Named)>,
    /// Where words begin within names: number of the name and first byte, sorted by the text from there on.
    inner_words: Vec<(u32, u32)>,
    places: Vec<NamedPlace>,
}

impl Gazetteer {
    /// The names of a geography and of the regions of a program.
    pub fn new(geography: &Geography, zips: &ZipTable, regions: &[ProgramRegion]) -> Self {
        let (states, units) = numbers(geography);
        let mut written: Vec<(&str, Named)> = Vec::new();
        let mut add = |name, named| written.push((name, named));
        for (ix, state) in (0..).map(StateIx).zip(&geography.states) {
            add(&state.name, Named::State(ix));
            add(state.code.as_str(), Named::State(ix));
        }
        for (ix, county) in (0..).map(UnitIx).zip(&geography.counties) {
            add(&county.name, Named::County(ix));
            county.short_name.iter().for_each(|name| add(&**name, Named::CountyShort(ix)));
        }
        let first_region = (geography.states.len() + geography.counties.len()) as u32;
        for (ix, region) in (first_region..).map(AreaIx).zip(regions) {
            add(&region.name, Named::Region(ix));
            add(region.id.as_str(), Named::Region(ix));
        }
        for (number, retired) in (0..).zip(&geography.retired) {
            add(&retired.name, Named::Retired(number));
        }
        let places = places_of_files(geography, &states, &units);
        for (ix, (_, place)) in (0..).map(PlaceIx).zip(&places) {
            add(&place.name, Named::Place(ix));
            place.alt_names.iter().for_each(|name| add(&**name, Named::PlaceAlias(ix)));
        }
        let places = places.into_iter().map(|(place, _)| place).collect();
        let names: Vec<_> = written.into_par_iter().filter_map(in_normal_form).collect();
        let mut names = sorted(names, |(name, _)| name);
        names.dedup();
        let mut gazetteer = Self { names, inner_words: Vec::new(), places };
        gazetteer.add_post_offices(zips, &states, &units);
        gazetteer.inner_words = inner_words(&gazetteer.names);
        gazetteer
    }

    /// Gives each ZIP to the place whose name it carries; those that carry no known name make places of their own.
    fn add_post_offices<'z>(&mut self, zips: &'z ZipTable, states: &States, units: &Units) {
        let delivered = zips.all().filter(|(_, zip)| zip.kind != ZipKind::Military);
        let office = |(ix, zip): (ZipIx, &'z Zip)| Some((*states.get(&zip.state)?, &zip.place, ix));
        let mut offices: Vec<(StateIx, &Arc<str>, ZipIx)> = delivered.filter_map(office).collect();
        offices.par_sort_unstable();
        let offices: Vec<_> = offices.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).collect();
        let known = |office: &&[(StateIx, &Arc<str>, ZipIx)]| {
            let (state, name, _) = office[0];
            let normal = normal_name(name);
            let towns = self.towns_named(&normal).filter(|town| self.place(*town).state == state).collect();
            (normal, towns)
        };
        let known: Vec<(String, Vec<PlaceIx>)> = offices.par_iter().map(known).collect();
        let mut new_names: Vec<(Box<str>, Named)> = Vec::new();
        for (office, (normal, towns)) in offices.into_iter().zip(&known) {
            let (state, ..) = office[0];
            let mut rest = Vec::new();
            for (.., zip) in office {
                match self.town_of(towns, zips.zip(*zip), units) {
                    Some(town) => self.places[town.0 as usize].zips.push(*zip),
                    None => rest.push(*zip),
                }
            }
            if let Some(first) = rest.first().filter(|_| !normal.is_empty()) {
                let unit = zips.zip(*first).county.and_then(|county| units.get(&county).copied());
                new_names.push((normal.as_str().into(), Named::Place(PlaceIx(self.places.len() as u32))));
                self.places.extend(post_office(zips, state, unit, rest));
            }
        }
        self.places.iter_mut().for_each(|place| place.zips.sort_unstable());
        self.names.append(&mut sorted(new_names, |(name, _)| name));
        // Two sorted runs, which this sort merges.
        self.names.sort();
        self.names.dedup();
    }

    /// The places whose first name in normal form is this.
    fn towns_named<'a>(&'a self, normal: &'a str) -> impl Iterator<Item = PlaceIx> + 'a {
        self.exactly(normal).filter_map(|named| match named {
            Named::Place(place) => Some(place),
            _ => None,
        })
    }

    /// The nearest of some towns of the same name that a ZIP can belong to: in its county, or not far away.
    fn town_of(&self, towns: &[PlaceIx], zip: &Zip, units: &Units) -> Option<PlaceIx> {
        let unit = zip.county.and_then(|county| units.get(&county).copied());
        let distance = |town: &PlaceIx| {
            let town = self.place(*town);
            match (town.position, zip.position) {
                (Some(a), Some(b)) => rough_distance(a, b),
                _ => f64::INFINITY,
            }
        };
        let near = |town: &&PlaceIx| distance(town) <= SAME_PLACE_M || (unit.is_some() && self.place(**town).unit == unit);
        towns.iter().filter(near).min_by(|a, b| distance(a).total_cmp(&distance(b)).then_with(|| a.cmp(b))).copied()
    }

    /// A place.
    pub fn place(&self, place: PlaceIx) -> &NamedPlace {
        &self.places[place.0 as usize]
    }

    /// Whether it knows no places at all.
    pub fn has_no_places(&self) -> bool {
        self.places.is_empty()
    }

    /// What a name in normal form stands for, in order of preference.
    pub fn exactly<'a>(&'a self, normal: &'a str) -> impl Iterator<Item = Named> + 'a {
        let from = self.names.partition_point(|(name, _)| &**name < normal);
        self.names[from..].iter().take_while(move |(name, _)| &**name == normal).map(|(_, named)| *named)
    }

    /// The names in normal form that begin with some text, in alphabetical order, and what they stand for.
    pub fn beginning_with<'a>(&'a self, normal: &'a str) -> impl Iterator<Item = (&'a str, Named)> + 'a {
        let from = self.names.partition_point(|(name, _)| &**name < normal);
        self.names[from..].iter().take_while(move |(name, _)| name.starts_with(normal)).map(|(name, named)| (&**name, *named))
    }

    /// What has a name with a later word that begins with some text in normal form.
    pub fn with_word_beginning<'a>(&'a self, normal: &'a str) -> impl Iterator<Item = Named> + 'a {
        let from_word = move |(name, at): &(u32, u32)| &self.names[*name as usize].0[*at as usize..];
        let from = self.inner_words.partition_point(|word| from_word(word) < normal);
        let found = self.inner_words[from..].iter().take_while(move |word| from_word(word).starts_with(normal));
        found.map(|(name, _)| self.names[*name as usize].1)
    }
}

fn numbers(geography: &Geography) -> (States, Units) {
    let states = geography.states.iter().map(|s| s.code).zip((0..).map(StateIx)).collect();
    (states, geography.counties.iter().map(|c| c.geoid).zip((0..).map(UnitIx)).collect())
}

/// The places of the files whose states are known, with what the files say of them.
fn places_of_files<'g>(geography: &'g Geography, states: &States, units: &Units) -> Vec<(NamedPlace, &'g Place)> {
    let known = |place: &'g Place| {
        let named = NamedPlace {
            name: place.name.clone(),
            state: *states.get(&place.state)?,
            unit: units.get(&place.county).copied(),
            position: Some(place.position),
            zips: Vec::new(),
            population: place.population.unwrap_or(0),
        };
        Some((named, place))
    };
    geography.places.iter().flatten().filter_map(known).collect()
}

/// A place that is known by the ZIPs alone that carry its name.
fn post_office(zips: &ZipTable, state: StateIx, unit: Option<UnitIx>, own: Vec<ZipIx>) -> Option<NamedPlace> {
    let first = zips.zip(*own.first()?);
    let population = own.iter().map(|zip| zips.zip(*zip).population.unwrap_or(0)).sum();
    Some(NamedPlace { name: first.place.clone(), state, unit, position: first.position, zips: own, population })
}

/// A name in the form in which names are compared, where anything is left of it.
fn in_normal_form((name, named): (&str, Named)) -> Option<(Box<str>, Named)> {
    let normal = normal_name(name);
    (!normal.is_empty()).then(|| (normal.into(), named))
}

/// The beginnings of all words but the first of each name, in alphabetical order.
fn inner_words(names: &[(Box<str>, Named)]) -> Vec<(u32, u32)> {
    let blanks =
        (0..).zip(names).flat_map(|(number, (name, _))| name.match_indices(' ').map(move |(at, _)| (number, at as u32 + 1)));
    let from_word = |(name, at): &(u32, u32)| &names[*name as usize].0[*at as usize..];
    let mut words: Vec<(u64, (u32, u32))> = blanks.map(|word| (first_letters(from_word(&word)), word)).collect();
    words.par_sort_unstable_by(|(a, one), (b, other)| {
        a.cmp(b).then_with(|| from_word(one).cmp(from_word(other))).then(one.0.cmp(&other.0))
    });
    words.into_iter().map(|(_, word)| word).collect()
}

/// Things in the order of their texts, then their own. Most texts differ in their first letters, which are at hand.
fn sorted<T: Ord + Send>(things: Vec<T>, text: impl Fn(&T) -> &str) -> Vec<T> {
    let mut keyed: Vec<(u64, T)> = things.into_iter().map(|thing| (first_letters(text(&thing)), thing)).collect();
    keyed.par_sort_unstable();
    keyed.into_iter().map(|(_, thing)| thing).collect()
}

/// The first eight bytes of a text, as a number of the same order.
fn first_letters(text: &str) -> u64 {
    let mut letters = [0; 8];
    letters.iter_mut().zip(text.as_bytes()).for_each(|(letter, byte)| *letter = *byte);
    u64::from_be_bytes(letters)
}

/// Distance in the plane that touches the Earth at `a`, in metres: good enough to tell a neighbour from a namesake.
fn rough_distance(a: Position, b: Position) -> f64 {
    let [east, north] = measure::LocalPlane::at(a).project(geo::Coord { x: b.lon(), y: b.lat() });
    east.hypot(north)
}
