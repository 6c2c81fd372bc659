use super::Words;
use crate::lookup::{Answer, Note, QueryKind};

/// How many successors of a retired county are named.
const MOST_SUCCESSORS: usize = 12;

/// How many other things of the same name are named.
pub const ALSO_NAMED: usize = 3;

/// How many parts with an application under review are named.
const MOST_PENDING: usize = 3;

impl Words<'_> {
    /// The notes of an answer as sentences.
    pub fn notes(&self, answer: &Answer) -> Vec<String> {
        answer.notes.iter().map(|note| self.note(note)).collect()
    }

    /// A note as a sentence.
    pub fn note(&self, note: &Note) -> String {
        match note {
            Note::ZipTaken(zip) => self.say("note-zip-taken", &[("zip", &zip.to_string())]),
            Note::PlaceTaken(place) => self.say("note-place-taken", &[("place", place)]),
            Note::ZipPadded(zip) => self.say("note-zip-padded", &[("zip", &zip.to_string())]),
            Note::AxesExchanged => self.text("note-axes-exchanged"),
            Note::LooksExchanged => self.text("note-looks-exchanged"),
            Note::LongitudeWrapped => self.text("note-longitude-wrapped"),
            Note::AlsoNamed(others) => {
                let names: Vec<_> = others.iter().map(|other| &*other.label).collect();
                self.say("note-also-named", &[("names", &self.full_names(&names, ALSO_NAMED))])
            }
            Note::StreetAlone => self.text("note-street-alone"),
            Note::Retired(since, what, successors) => {
                let successors = self.short_list(successors, MOST_SUCCESSORS);
                self.say("note-retired", &[("day", &self.day(*since)), ("reason", what), ("successors", &successors)])
            }
            Note::MilitaryZip => self.text("note-military"),
            Note::PointZip(county) => self.say("note-point-zip", &[("county", county)]),
            Note::SomeZips(county, count) => self.count("note-some-zips", *count, &[("county", county)]),
            Note::EachZip(county) => self.say("note-each-zip", &[("county", county)]),
            Note::SplitByArea(region, county) => self.say("note-split-by-area", &[("region", region), ("county", county)]),
            Note::SharesByArea => self.text("note-shares-by-area"),
            Note::WithinResolution(metres, area) => {
                self.say("note-within-resolution", &[("area", area), ("distance", &self.distance(*metres))])
            }
            Note::OutsideServiceArea(state) => self.say("note-outside-service-area", &[("state", state)]),
            Note::PendingPart(parts) => self.say("note-pending-part", &[("parts", &self.full_names(parts, MOST_PENDING))]),
            Note::PendingInside => self.text("note-pending-inside"),
            Note::Promised(partner, starts_on) => {
                self.say("note-promised", &[("partner", partner), ("day", &self.day(*starts_on))])
            }
            Note::SmallParts => self.text("note-small-parts"),
            Note::ServesNothing(partner) => self.say("note-serves-nothing", &[("partner", partner)]),
            Note::SwitchedOff(kind, file) => self.say(switched_off(*kind), &[("file", file)]),
        }
    }
}

impl Words<'_> {
    /// Full names, which have commas of their own, of no more than `most` things.
    fn full_names<S: AsRef<str>>(&self, names: &[S], most: usize) -> String {
        let head: Vec<_> = names.iter().take(most).map(AsRef::as_ref).collect();
        match names.len().saturating_sub(most) {
            0 => head.join("; "),
            more => self.say("list-more", &[("head", &head.join("; ")), ("more", &self.number(more as u64))]),
        }
    }
}

fn switched_off(kind: QueryKind) -> &'static str {
    match kind {
        QueryKind::Position => "note-positions-off",
        QueryKind::Zip => "note-zips-off",
        QueryKind::State => "note-states-off",
        QueryKind::County => "note-counties-off",
        QueryKind::Place => "note-places-off",
        QueryKind::Region => "note-regions-off",
        QueryKind::Partner => "note-partners-off",
        QueryKind::Text => "note-names-off",
    }
}
