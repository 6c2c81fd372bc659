//! What a gap is called.

use crate::{
    gaps::{GapArea, Place, Whereabouts},
    lookup::Compass,
};

/// How many counties the name of a gap lists.
const NAMED: usize = 3;

/// A gap as a person would name it: `southern Oregon: Coos, Curry, Douglas and 4 more`.
pub fn gap_name(gap: &GapArea) -> String {
    if let [only] = gap.counties.as_slice() {
        return match gap.places.as_slice() {
            [Place { part: Whereabouts::Whole, name, .. }] => name.to_string(),
            [Place { name, .. }] => format!("{}, {name}", only.name),
            _ => only.name.to_string(),
        };
    }
    let places: Vec<String> = gap.places.iter().map(place).collect();
    let whole = gap.places.iter().all(|place| place.part == Whereabouts::Whole);
    let counties: Vec<&str> = gap.counties.iter().map(|county| &*county.short_name).collect();
    let places = short_list(&places, NAMED);
    if whole { places } else { format!("{places}: {}", short_list(&counties, NAMED)) }
}

/// A list that names no more than `most`: `A, B and 12 more`.
fn short_list<S: AsRef<str>>(items: &[S], most: usize) -> String {
    let mut named: Vec<String> = items.iter().take(most).map(|item| item.as_ref().to_owned()).collect();
    let last = match items.len().checked_sub(most).filter(|more| *more > 0) {
        Some(more) => format!("{more} more"),
        None => named.pop().unwrap_or_default(),
    };
    if named.is_empty() { last } else { format!("{} and {last}", named.join(", ")) }
}

fn place(place: &Place) -> String {
    let name = &place.name;
    match place.part {
        Whereabouts::Whole => name.to_string(),
        Whereabouts::Most => format!("most of {name}"),
        Whereabouts::Central => format!("central {name}"),
        Whereabouts::Toward(wind) => format!("{} {name}", adjective(wind)),
    }
}

/// A part of a state by its wind: `southwestern`.
fn adjective(wind: Compass) -> &'static str {
    match wind {
        Compass::North => "northern",
        Compass::NorthEast => "northeastern",
        Compass::East => "eastern",
        Compass::SouthEast => "southeastern",
        Compass::South => "southern",
        Compass::SouthWest => "southwestern",
        Compass::West => "western",
        Compass::NorthWest => "northwestern",
    }
}
