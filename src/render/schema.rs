//! Schemas of the fields that hold one of a few words.

use utoipa::openapi::{Object, ObjectBuilder, Type};

use super::json;
use crate::lookup::{Compass, QueryKind, Status};

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
    let about = "`contact_partner`; `apply`: applications are open; `wait`: they open on a day; `contact_program`; `choose`: \
                 say which of `choices`, or without any ask about a smaller place; `check_spelling`.";
    one_of(["contact_partner", "apply", "wait", "contact_program", "choose", "check_spelling"]).description(Some(about)).build()
}
