//! Schemas of the fields that hold one of a few words.

use utoipa::openapi::{Object, ObjectBuilder, Type};

use super::{json, report::tables};
use crate::{
    gaps::{EventKind, Level},
    lookup::{Compass, QueryKind, Status},
};

const KINDS: [QueryKind; 8] = [
    QueryKind::Position,
    QueryKind::Zip,
    QueryKind::State,
    QueryKind::County,
    QueryKind::Place,
    QueryKind::Region,
    QueryKind::Partner,
    QueryKind::Text,
];

const WINDS: [Compass; 8] = [
    Compass::North,
    Compass::NorthEast,
    Compass::East,
    Compass::SouthEast,
    Compass::South,
    Compass::SouthWest,
    Compass::West,
    Compass::NorthWest,
];

fn one_of(words: impl IntoIterator<Item = &'static str>) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}

/// Whether something is served.
pub fn status() -> Object {
    let about = "`covered`: all of it is served; `partly_covered`: some of it; `pending`: nobody serves it, and an application \
                 is under review; `open`: nobody serves it; `outside`: it lies outside all regions or outside the service \
                 area; `not_found`: there is no such thing, which is not the same as no partner; `ambiguous`: it can mean \
                 several things.";
    one_of(Status::ALL.map(json::status)).description(Some(about)).build()
}

/// The kind of a thing that can be asked about.
pub fn kind() -> Object {
    one_of(KINDS.map(json::kind)).description(Some("What kind of thing it is.")).build()
}

/// A direction, as one of eight winds.
pub fn direction() -> Object {
    one_of(WINDS.map(json::direction)).description(Some("Where it lies, as one of eight winds.")).build()
}

/// What a partner does in a region.
pub fn role() -> Object {
    one_of(["lead", "funding"]).description(Some("`lead` runs the program there, `funding` pays and joins the lead.")).build()
}

/// Where a contact comes from.
pub fn contact_source() -> Object {
    one_of(["partner", "program"]).description(Some("Whether the partner named it, or it is the program's.")).build()
}

/// What kind of next step it is.
pub fn action() -> Object {
    let about = "`contact_partner`: a partner serves it, `url` leads to its site or is a `mailto:` link; `apply`: nobody serves it \
                 and applications are open, `url` leads to the form; `wait`: applications open on a later day, which `label` \
                 says; `contact_program`: only the program can say more, `url` is a `mailto:` link; `choose`: ask again with the \
                 `q` of one of `choices`, or where there are none about a smaller place, such as a ZIP; `check_spelling`: there \
                 is no such thing, ask again with other words.";
    one_of(["contact_partner", "apply", "wait", "contact_program", "choose", "check_spelling"]).description(Some(about)).build()
}

/// The kind of a region.
pub fn region_kind() -> Object {
    let about = "`state`: a state or territory; `county`: a county or what is like one; `region`: a region of the program; `zip`: \
                 a ZIP.";
    one_of(["state", "county", "region", "zip"]).description(Some(about)).build()
}

/// The kind of something that is suggested.
pub fn suggested() -> Object {
    let named = KINDS.into_iter().filter(|kind| !matches!(kind, QueryKind::Position | QueryKind::Text));
    one_of(named.map(json::kind)).description(Some("What kind of thing it is.")).build()
}

/// The type of GeoJSON that holds features.
pub fn feature_collection() -> Object {
    one_of(["FeatureCollection"]).description(Some("Always `FeatureCollection`.")).build()
}

/// The type of GeoJSON that has a place.
pub fn feature() -> Object {
    one_of(["Feature"]).description(Some("Always `Feature`.")).build()
}

/// What a row of a report is about.
pub fn level() -> Object {
    let about = "`country`: all of the geography; `state`: a state or territory; `county`: a county; `region`: a region of the \
                 program.";
    one_of([Level::Country, Level::State, Level::County, Level::Region].map(tables::level)).description(Some(about)).build()
}

/// What a gap is.
pub fn gap_kind() -> Object {
    let about = "`area`: open counties that share borders; `part`: what is open within a county that is not open as a whole.";
    one_of(["area", "part"]).description(Some(about)).build()
}

/// What happens to an assignment.
pub fn event() -> Object {
    let about = "`starts`: its first day; `ends`: its last day; `review_due`: it is to be looked at again; `review_overdue`: it \
                 was to be looked at before the first day of the report.";
    let kinds = [EventKind::Starts, EventKind::Ends, EventKind::ReviewDue, EventKind::ReviewOverdue];
    one_of(kinds.map(tables::event_word)).description(Some(about)).build()
}

/// Whether a token is valid.
pub fn token_state() -> Object {
    one_of(["valid", "expired", "revoked"]).description(Some("Only `valid` ones open anything.")).build()
}

/// What came of something that was done or tried in the staff area.
pub fn outcome() -> Object {
    let about = "`done`; `failed`: the request was wrong, or something failed; all others say why somebody was not let in.";
    let refused = ["no_token", "wrong_token", "expired", "revoked", "not_permitted", "token_in_address", "from_another_site"];
    one_of(["done", "failed"].into_iter().chain(refused)).description(Some(about)).build()
}
