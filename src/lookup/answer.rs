use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    census::{Geoid, StateCode, ZipCode},
    domain::{Contact, CourseId, Generation, PartnerId, RegionId, Role, Slug},
    geometry::Position,
};

/// The answer to a question: one value, whatever asked it and however it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub query: Query,
    /// Whether a partner serves it.
    pub status: Status,
    /// The day that the answer is about.
    pub as_of: Date,
    /// The course that it is about; `None` means any.
    pub course: Option<CourseId>,
    /// The share of its people who have a partner, 0 to 1; `None` where nobody counted or nothing is served or open.
    pub covered_share: Option<f64>,
    /// Who serves it, or parts of it: leads before those that fund, the wider share first.
    pub partners: Vec<ServingPartner>,
    /// What it is made of, where that is more than one thing.
    pub parts: Vec<Part>,
    /// Who starts there later, soonest first.
    pub upcoming: Vec<Upcoming>,
    /// The other side of borders within 250 m at which the answer changes, nearest first.
    pub near_border: Vec<NearBorder>,
    /// For a position outside: the nearest region.
    pub nearest: Option<Nearest>,
    /// Where nobody serves: the partners whose counties are nearest, nearest first.
    pub nearest_partners: Vec<NearPartner>,
    /// For an ambiguous question: what it may have meant.
    pub choices: Vec<Choice>,
    /// What else one should know.
    pub notes: Vec<Note>,
    /// What to do now.
    pub next_step: NextStep,
    /// The data that it was answered from.
    pub generation: Generation,
}

/// What was asked, and what it was taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The question as it was given, without blanks around it.
    pub input: String,
    /// What kind of question it turned out to be.
    pub kind: QueryKind,
    /// What it was taken for; `None` when nothing was found or there is a choice.
    pub subject: Option<Subject>,
}

/// The kind of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryKind {
    /// A position.
    Position,
    /// A ZIP Code.
    Zip,
    /// A state or territory.
    State,
    /// A county.
    County,
    /// A town, city or village.
    Place,
    /// A program region.
    Region,
    /// A partner.
    Partner,
    /// Text that was not recognised as any of these.
    Text,
}

/// What a question was taken for.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A position, and the finest area that holds it, by its full name.
    Position(Position, Option<Arc<str>>),
    /// A ZIP Code, its postal place and the name of its state (`None` for military mail).
    Zip(ZipCode, Arc<str>, Option<Arc<str>>),
    /// A state.
    State(StateCode, Arc<str>),
    /// A county: its GEOID and its full name (`King County, Washington`).
    County(Geoid, Arc<str>),
    /// A county that is no more: its old GEOID and its old full name.
    RetiredCounty(Geoid, Arc<str>),
    /// A place: its full name (`Buffalo, New York`) and the full name of its county.
    Place(Arc<str>, Option<Arc<str>>),
    /// A program region.
    Region(Slug, Arc<str>),
    /// A partner.
    Partner(PartnerId, Arc<str>),
}

/// Whether a partner serves what was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// All of it is served.
    Covered,
    /// Some of it is served.
    PartlyCovered,
    /// Nobody serves it, and an application is under review for all of it.
    Pending,
    /// Nobody serves it.
    Open,
    /// It lies outside all regions, or outside the service area.
    Outside,
    /// The question is well-formed, but there is no such thing.
    NotFound,
    /// The question can mean several things.
    Ambiguous,
}

impl Status {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 7] =
        [Self::Covered, Self::PartlyCovered, Self::Pending, Self::Open, Self::Outside, Self::NotFound, Self::Ambiguous];
}

/// A partner in an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ServingPartner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Arc<str>,
    /// Its site.
    pub website: Option<Arc<str>>,
    /// Whom to write to.
    pub contact: Contact,
    /// Whether the contact is the partner's own or the program's.
    pub contact_source: ContactSource,
    /// What it offers here.
    pub courses: Vec<CourseId>,
    /// Whether it leads or funds.
    pub role: Role,
    /// The first day of its assignment here, where it is known.
    pub since: Option<Date>,
    /// Whether its first assignment anywhere starts within the present program year.
    pub new_this_year: bool,
    /// The region by whose assignment it serves.
    pub via: RegionId,
    /// The share of the people whom it serves here, 0 to 1.
    pub share: f64,
}

/// Where a contact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactSource {
    /// The partner named it.
    Partner,
    /// The partner named none: it is the program's.
    Program,
}

/// One of the things that the subject of an answer is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its id.
    pub region: RegionId,
    /// Its full name.
    pub name: Arc<str>,
    /// Its share of the people, 0 to 1; `None` where nobody counted.
    pub share: Option<f64>,
    /// Whether it is served.
    pub status: Status,
    /// Who serves it, leads first.
    pub partners: Vec<PartnerName>,
    /// The region by whose assignment it is served or under review.
    pub via: Option<RegionId>,
}

/// A partner that starts later.
#[derive(Clone, Debug, PartialEq)]
pub struct Upcoming {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Arc<str>,
    /// Its site.
    pub website: Option<Arc<str>>,
    /// Its first day here.
    pub starts_on: Date,
    /// What it will offer here.
    pub courses: Vec<CourseId>,
    /// Whether it will lead or fund.
    pub role: Role,
    /// The region that it is assigned to.
    pub via: RegionId,
}

/// The other side of a border at which the answer changes.
#[derive(Clone, Debug, PartialEq)]
pub struct NearBorder {
    /// The finest area on the other side; `None` where that is outside all regions.
    pub region: Option<RegionId>,
    /// Its full name.
    pub name: Option<Arc<str>>,
    /// How far the border is, in metres.
    pub distance_m: f64,
    /// Whether the other side is served.
    pub status: Status,
    /// Who serves the other side: mostly somebody whom the answer names nowhere else.
    pub partners: Vec<PartnerName>,
}

/// The nearest region of a position outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// Its id.
    pub region: RegionId,
    /// Its full name.
    pub name: Arc<str>,
    /// How far its border is, in metres.
    pub distance_m: f64,
    /// In which direction it lies, from the position.
    pub direction: Compass,
    /// Whether it is served.
    pub status: Status,
    /// Who serves it.
    pub partners: Vec<PartnerName>,
}

/// A partner that is mentioned and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerName {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Arc<str>,
}

/// A partner near a place that nobody serves.
#[derive(Clone, Debug, PartialEq)]
pub struct NearPartner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Arc<str>,
    /// Its site.
    pub website: Option<Arc<str>>,
    /// The nearest county in which it serves.
    pub region: RegionId,
    /// The full name of that county.
    pub region_name: Arc<str>,
    /// How far its border is, in metres; from the middle, where the question is about an area.
    pub distance_m: f64,
    /// In which direction it lies.
    pub direction: Compass,
}

/// One of the eight winds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compass {
    /// To the north.
    North,
    /// To the north-east.
    NorthEast,
    /// To the east.
    East,
    /// To the south-east.
    SouthEast,
    /// To the south.
    South,
    /// To the south-west.
    SouthWest,
    /// To the west.
    West,
    /// To the north-west.
    NorthWest,
}

/// Something that an ambiguous question may have meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What it is, as one would say it: `Springfield, Illinois`.
    pub label: Arc<str>,
    /// The kind of question that asks for it.
    pub kind: QueryKind,
    /// Text that asks for exactly this, as free text.
    pub ask: String,
    /// Its region, where it has one.
    pub region: Option<RegionId>,
}

/// Something else that one should know.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// A ZIP was taken out of a longer text, such as a street address or a ZIP+4.
    ZipTaken(ZipCode),
    /// A place was taken out of a longer text, such as a street address.
    PlaceTaken(Arc<str>),
    /// A ZIP had lost its leading zeros and got them back.
    ZipPadded(ZipCode),
    /// Latitude and longitude stood in the other order.
    AxesExchanged,
    /// The position lies outside, and would not if latitude and longitude were exchanged.
    LooksExchanged,
    /// A longitude beyond ±180 was brought back into range.
    LongitudeWrapped,
    /// The text is also the name of other things, the larger ones first.
    AlsoNamed(Vec<Choice>),
    /// The text looks like a street address without its town or ZIP.
    StreetAlone,
    /// A county code or name is no longer in use: the day, what happened, and the successors' full names.
    Retired(Date, Arc<str>, Vec<Arc<str>>),
    /// Military and diplomatic mail lies in no county.
    MilitaryZip,
    /// The ZIP is a post office box or a single building: the answer is that of the county, named here.
    PointZip(Arc<str>),
    /// Some ZIPs of a county, named here, have another partner: how many.
    SomeZips(Arc<str>, usize),
    /// Every ZIP of a county, named here, is assigned, to different partners.
    EachZip(Arc<str>),
    /// A region's border cuts through a county, both named here: shares are estimated by area.
    SplitByArea(Arc<str>, Arc<str>),
    /// Nobody counted the people here: shares are by area.
    SharesByArea,
    /// The position lies outside, but within the resolution of the data (in metres) of a region, named here.
    WithinResolution(f64, Arc<str>),
    /// It lies in a state, named here, that the program does not promise to cover.
    OutsideServiceArea(Arc<str>),
    /// Applications are under review for some parts, named here; the rest is open or has partners.
    PendingPart(Vec<Arc<str>>),
    /// An application is under review for a part that has a partner already.
    PendingInside,
    /// A partner, named here, starts on this day and will serve all of it.
    Promised(Arc<str>, Date),
    /// Parts of less than one per cent together do not change the status.
    SmallParts,
    /// A partner, named here, serves no region on this day.
    ServesNothing(Arc<str>),
    /// A question of this kind cannot be answered, because a file, named here, is missing.
    SwitchedOff(QueryKind, &'static str),
}

/// What to do now.
#[derive(Clone, Debug, PartialEq)]
pub enum NextStep {
    /// Write to the partner.
    ContactPartner {
        /// Its name.
        name: Arc<str>,
        /// Its site.
        website: Option<Arc<str>>,
        /// Its address, or the program's.
        email: Option<Arc<str>>,
    },
    /// Apply, for this region where it is known.
    Apply(Option<RegionId>),
    /// Applications open on a day.
    Wait(Date),
    /// Ask the program, at this address.
    ContactProgram(Option<Arc<str>>),
    /// Say which one: a choice, or the ZIP of the school.
    Choose,
    /// Check the spelling.
    CheckSpelling,
}
