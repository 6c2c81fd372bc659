//! The names of a land as bytes.

use super::{Gazetteer, Named, PlaceIx, numbers, places_of_files, post_office};
use crate::{
    domain::Geography,
    packed::wire::{NotUnpacked, Reader, Wire, Writer, wire_enum, wire_struct},
    snapshot::{AreaIx, StateIx, UnitIx, ZipIx, ZipTable},
};

/// What takes long to find out about names, as it was found.
pub(in crate::snapshot) struct StoredNames {
    names: Vec<(Box<str>, Named)>,
    inner_words: InnerWords,
    zips_of_places: Vec<Vec<ZipIx>>,
}

struct InnerWords(Vec<(u32, u32)>);

wire_struct! {
    StoredNames { names, inner_words, zips_of_places }
}

wire_enum! {
    Named { 0 State(ix), 1 Region(ix), 2 County(ix), 3 Place(ix), 4 PlaceAlias(ix), 5 CountyShort(ix), 6 Retired(number) }
}

macro_rules! wire_number {
    ($($type:ident),*) => {$(
        impl Wire for $type {
            fn put(&self, out: &mut Writer) {
                self.0.put(out);
            }

            fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
                u32::get(from).map(Self)
            }
        }
    )*};
}

wire_number!(AreaIx, StateIx, UnitIx, ZipIx, PlaceIx);

impl Wire for InnerWords {
    fn put(&self, out: &mut Writer) {
        out.each(&self.0, |(name, at)| (u64::from(*name) << 32 | u64::from(*at)).to_le_bytes());
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        from.each(|bytes| ((word(bytes) >> 32) as u32, word(bytes) as u32)).map(Self)
    }
}

/// How many there are of what names can stand for.
pub(in crate::snapshot) struct Counts {
    pub states: usize,
    pub units: usize,
    pub areas: usize,
}

impl Gazetteer {
    /// What of it is stored.
    pub(in crate::snapshot) fn put(&self, out: &mut Writer) {
        let zips_of_places = self.places.iter().map(|place| place.zips.clone()).collect();
        let inner_words = InnerWords(self.inner_words.clone());
        StoredNames { names: self.names.clone(), inner_words, zips_of_places }.put(out);
    }

    /// The names of a geography that were stored; `None` where they are not those of this one.
    pub(in crate::snapshot) fn from_stored(
        stored: StoredNames,
        geography: &Geography,
        zips: &ZipTable,
        counts: &Counts,
    ) -> Option<Self> {
        let StoredNames { names, inner_words: InnerWords(inner_words), zips_of_places } = stored;
        let (states, units) = numbers(geography);
        let mut places: Vec<_> = places_of_files(geography, &states, &units).into_iter().map(|(place, _)| place).collect();
        if zips_of_places.len() < places.len() || zips_of_places.iter().flatten().any(|zip| zip.at() >= zips.all().len()) {
            return None;
        }
        let mut zips_of_places = zips_of_places.into_iter();
        places.iter_mut().zip(&mut zips_of_places).for_each(|(place, own)| place.zips = own);
        for own in zips_of_places {
            let first = zips.zip(*own.first()?);
            let unit = first.county.and_then(|county| units.get(&county).copied());
            places.push(post_office(zips, *states.get(&first.state)?, unit, own)?);
        }
        let is_there = |named: &Named| match *named {
            Named::State(state) => state.at() < counts.states,
            Named::Region(area) => area.at() < counts.areas,
            Named::County(unit) | Named::CountyShort(unit) => unit.at() < counts.units,
            Named::Place(place) | Named::PlaceAlias(place) => place.at() < places.len(),
            Named::Retired(number) => (number as usize) < geography.retired.len(),
        };
        let is_word = |(name, at): &(u32, u32)| {
            names.get(*name as usize).is_some_and(|(name, _)| name.is_ascii() && (*at as usize) <= name.len())
        };
        let is_sound = names.iter().all(|(_, named)| is_there(named)) && inner_words.iter().all(is_word);
        is_sound.then_some(Self { names, inner_words, places })
    }
}
