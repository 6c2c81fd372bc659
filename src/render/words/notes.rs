use super::{
    quantities::{day, distance, short_list},
    subject::kind_in_plural,
};
use crate::lookup::Note;

/// A note as a sentence.
pub fn note(note: &Note) -> String {
    match note {
        Note::ZipTaken(zip) => format!("The ZIP {zip} was taken from the text; the rest of it was not looked at."),
        Note::PlaceTaken(place) => format!("{place} was taken from the text; the rest of it was not looked at."),
        Note::ZipPadded(zip) => format!("The ZIP had lost its leading zeros; it was read as {zip}."),
        Note::AxesExchanged => "Latitude and longitude stood in the other order; they were exchanged.".to_owned(),
        Note::LooksExchanged => {
            "With latitude and longitude exchanged, the position would lie inside: are they in the right order?".to_owned()
        }
        Note::LongitudeWrapped => "The longitude lay beyond ±180 degrees; it was brought back into range.".to_owned(),
        Note::AlsoNamed(others) => {
            // Full names have commas of their own.
            let names: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
            format!("The same name also belongs to: {}.", names.join("; "))
        }
        Note::Retired(since, what, successors) => format!(
            "This county is not in use since {} ({what}); the answer is that of {}.",
            day(*since),
            short_list(successors, 12)
        ),
        Note::MilitaryZip => {
            "Military and diplomatic mail lies in no county; the program can say who serves its schools.".to_owned()
        }
        Note::PointZip(county) => {
            format!("This ZIP is a post office box or a single building; the answer is that of {county}.")
        }
        Note::SomeZips(county, count) => some_zips(county, *count),
        Note::EachZip(county) => {
            format!("In {county} each ZIP is assigned by itself; the ZIP of the school tells its partner.")
        }
        Note::SplitByArea(region, county) => {
            format!("The border of {region} cuts through {county}; shares there are estimated by area.")
        }
        Note::SharesByArea => "Nobody counted the people here; shares are by area.".to_owned(),
        Note::WithinResolution(metres, area) => {
            format!(
                "The position lies just outside {area}, by less than the map is exact ({}); it counts as inside.",
                distance(*metres)
            )
        }
        Note::OutsideServiceArea(state) => format!("The program does not promise to cover {state}."),
        Note::PendingInside => "An application is under review for an area that has a partner already.".to_owned(),
        Note::Promised(partner, starts_on) => format!("{partner} starts on {} and will serve all of it.", day(*starts_on)),
        Note::SmallParts => "Parts with less than 1% of the people together are listed, but do not change the answer.".to_owned(),
        Note::ServesNothing(partner) => format!("{partner} serves no region on this day."),
        Note::SwitchedOff(kind, file) => {
            format!("{} cannot be looked up here, because {file} is missing.", capitalised(kind_in_plural(*kind)))
        }
    }
}

fn some_zips(county: &str, count: usize) -> String {
    match count {
        1 => format!("One ZIP in {county} is assigned by itself; enter the school’s ZIP to be sure."),
        _ => format!("{count} ZIPs in {county} are assigned by themselves; enter the school’s ZIP to be sure."),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
