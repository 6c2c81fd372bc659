use std::sync::Arc;

use jiff::civil::Date;

use super::{
    Rect, View,
    shape::{GridPoint, Lines, Shape},
};
use crate::{
    census::ZipCode,
    domain::{CourseId, Generation, PartnerId, RegionId},
};

/// What a map shows. Numbers are sheet units: half pixels at the nominal size; y grows downwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Name of what it is about: `United States, counties of 2023`, `Washington`, `Puget Sound`.
    pub subject: Arc<str>,
    /// Name of the program.
    pub program: Arc<str>,
    /// The day that it is about.
    pub as_of: Date,
    /// The name of the course that it is about; `None` means any.
    pub course: Option<(CourseId, Arc<str>)>,
    /// The data that it was made from.
    pub generation: Generation,
    /// The line that names the sources of the geometry.
    pub attribution: Arc<str>,
    /// Width and height of the sheet.
    pub size: [i32; 2],
    /// Insets.
    pub frames: Vec<Frame>,
    /// What was projected how, and the rectangle that it fills: insets first, then the sheet.
    pub views: Vec<(Rect, View)>,
    /// Land around what the map is about.
    pub surroundings: Shape,
    /// Areas, each with one look: those of partners by name, then open and pending ones.
    pub areas: Vec<MapArea>,
    /// Counties in which ZIPs have another partner than the rest.
    pub some_zips: Shape,
    /// What stands out, where more than that is shown.
    pub focus: Option<Shape>,
    /// Whether it shows the whole country; else it is zoomed in.
    pub is_whole: bool,
    /// ZIPs with a partner of their own, on a zoomed map.
    pub zips: Vec<ZipDot>,
    /// Towns to find one's way by, on a zoomed map.
    pub towns: Vec<Town>,
    /// Borders by rank, each arc once.
    pub borders: Borders,
    /// Labels, states and partners.
    pub labels: Vec<Label>,
    /// Marks for what colour cannot say.
    pub marks: Vec<Mark>,
    /// A place that was asked about (see [`super::Atlas::point`]).
    pub pin: Option<GridPoint>,
    /// Partners by name and look, where the map shows few enough to list them.
    pub partners: Vec<Shown>,
    /// What the other looks mean, for those that occur.
    pub legend: Vec<LegendEntry>,
    /// How many of what there are.
    pub counts: Counts,
}

impl Map {
    /// The same map on which the areas of a partner stand out; as it is, where the partner has none on it.
    #[must_use]
    pub fn highlighting(&self, partner: &PartnerId) -> Self {
        let own = self.areas.iter().filter(|area| area.partners.iter().any(|each| each.id == *partner));
        let rings: Lines = own.flat_map(|area| area.shape.rings.iter().cloned()).collect();
        let focus = if rings.is_empty() { self.focus.clone() } else { Some(Shape { rings }) };
        Self { focus, ..self.clone() }
    }
}

/// An inset with its own projection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What it shows.
    pub name: Arc<str>,
    /// The same in lines that fit into it.
    pub lines: Vec<Arc<str>>,
    /// The codes of the states in it, in lines that fit into it in large letters.
    pub codes: Vec<Arc<str>>,
    /// Where these begin: the upper left end of the first.
    pub codes_at: GridPoint,
    /// Where it is.
    pub rect: Rect,
    /// The page of the only state in it; `None` where it shows several.
    pub link: Option<Link>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// To a partner's page.
    Partner(PartnerId),
    /// To a region's page.
    Region(RegionId),
}

/// A partner and its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Arc<str>,
}

/// Partners that start later.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Upcoming {
    /// Their first day.
    pub starts_on: Date,
    /// Who they are.
    pub partners: Vec<Named>,
}

/// Whether an area on a map is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaStatus {
    /// It is served.
    Covered,
    /// Only some of its ZIPs are served.
    PartlyCovered,
    /// Nobody serves it, and an application is under review.
    Pending,
    /// Nobody serves it.
    Open,
    /// The program does not promise to serve it.
    Outside,
}

/// How an area of partners looks: neighbours differ in colour, partners of one state at least in texture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartnerLook {
    /// Below [`super::COLOURS`].
    pub colour: u8,
    /// Below [`super::TEXTURES`]; 0 is plain.
    pub texture: u8,
}

/// How an area looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// A colour and a texture for partners.
    Partner(PartnerLook),
    /// As the status says.
    Status(AreaStatus),
}

/// An area with one look and one link.
#[derive(Clone, Debug, PartialEq)]
pub struct MapArea {
    /// Name of the place, or of the partners who serve it.
    pub name: Arc<str>,
    /// Whether it is served.
    pub status: AreaStatus,
    /// Who serves it, leads first.
    pub partners: Vec<Named>,
    /// Whether one of them is new this year.
    pub new_this_year: bool,
    /// Its last day, where that is soon and nobody follows.
    pub until: Option<Date>,
    /// Who starts there later.
    pub upcoming: Option<Upcoming>,
    /// Where it leads.
    pub link: Link,
    /// How it looks.
    pub look: Look,
    /// Where it is.
    pub shape: Shape,
}

/// Borders by rank; each stands in one list only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Borders {
    /// Between areas of different partners or status that lie in different states.
    pub partner_and_state: Lines,
    /// Between areas of different partners or status within a state.
    pub partner: Lines,
    /// Between states within an area.
    pub state: Lines,
    /// Between counties within an area.
    pub county: Lines,
    /// Between land and sea, or another country.
    pub outer: Lines,
}

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelKind {
    /// A state, by its short code.
    State,
    /// A partner, by its name.
    Partner,
}

/// A piece of text on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What it names.
    pub kind: LabelKind,
    /// What is written, line by line; nothing where there is room for its number alone.
    pub lines: Vec<Arc<str>>,
    /// The whole name.
    pub name: Arc<str>,
    /// Where it leads.
    pub link: Link,
    /// How large it could be at its place and still stand within what it names, in per cent of its size; 0 where it stands
    /// outside.
    pub room: i32,
    /// The number of its line in the legend, where the legend names it.
    pub number: Option<u32>,
    /// How it stands on a narrow screen, which needs large letters.
    pub narrow: Narrow,
    /// The box that it fills.
    pub rect: Rect,
    /// Where it stands outside: the line from its place to it.
    pub leader: Option<[GridPoint; 2]>,
}

/// How a label stands on a narrow screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrow {
    /// Not at all.
    Hidden,
    /// As it is, in large letters.
    Whole,
    /// As its number in the legend.
    Number,
    /// In large letters beyond the land.
    Beyond {
        /// The box that it fills there.
        rect: Rect,
        /// The line from its place to it.
        line: [GridPoint; 2],
    },
}

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// A partner is new this year.
    NewThisYear,
    /// The partner's last day is soon.
    EndsSoon,
    /// Several partners serve it together.
    Together,
    /// A partner starts here later.
    StartsLater,
}

/// A small sign at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it says.
    pub kind: MarkKind,
    /// Its middle.
    pub at: GridPoint,
    /// Number of the area that it is about, in [`Map::areas`].
    pub area: usize,
}

/// A line of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegendEntry {
    /// An area of a status.
    Status(AreaStatus),
    /// Counties in which ZIPs have another partner.
    SomeZips,
    /// A ZIP with a partner of its own.
    ZipDot,
    /// A mark.
    Mark(MarkKind),
}

/// How many of what the map shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Partners who serve something on it.
    pub partners: usize,
    /// States all of whose units are served.
    pub states_covered: usize,
    /// States of which some are.
    pub states_partly_covered: usize,
    /// States of which none are.
    pub states_open: usize,
    /// Counties that it is about, all but those outside the service area.
    pub units: usize,
    /// Of these, the counties that are served.
    pub units_covered: usize,
    /// Of these, the counties of which some ZIPs are.
    pub units_partly_covered: usize,
}

/// A ZIP with a partner of its own. Only its middle is known: a dot says where it is and nothing about its extent.
#[derive(Clone, Debug, PartialEq)]
pub struct ZipDot {
    /// The ZIP.
    pub zip: ZipCode,
    /// Its postal place name.
    pub place: Arc<str>,
    /// Who serves it, leads first.
    pub partners: Vec<Named>,
    /// How it looks.
    pub look: PartnerLook,
    /// Where it is.
    pub at: GridPoint,
}

/// A town to find one's way by.
#[derive(Clone, Debug, PartialEq)]
pub struct Town {
    /// Its name.
    pub name: Arc<str>,
    /// Where it is.
    pub at: GridPoint,
    /// The box that its name fills.
    pub rect: Rect,
    /// Whether there is room for its name in large letters, too, as a narrow screen needs them.
    pub has_room_when_narrow: bool,
}

/// Partners as the legend of a zoomed map lists them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    /// Their names.
    pub name: Arc<str>,
    /// The page of the lead.
    pub link: Link,
    /// How their areas and ZIPs look.
    pub look: PartnerLook,
}

/// Where a line of the legend needs its number, because a label says no more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Numbered {
    /// On a narrow screen.
    WhenNarrow,
    /// Everywhere.
    Always,
}

impl Map {
    /// Where a partner of the legend, by its place in [`Map::partners`], needs its number; `None` where it needs none.
    pub fn numbered(&self, place: usize) -> Option<Numbered> {
        let own = self.labels.iter().filter(|label| label.number.is_some_and(|number| number as usize == place + 1));
        let needs = own.filter_map(|label| match label.narrow {
            _ if label.lines.is_empty() => Some(Numbered::Always),
            Narrow::Number => Some(Numbered::WhenNarrow),
            Narrow::Hidden | Narrow::Whole | Narrow::Beyond { .. } => None,
        });
        needs.max()
    }

    /// The same map with a pin on it.
    #[must_use]
    pub fn pinned(&self, at: GridPoint) -> Self {
        Self { pin: Some(at), ..self.clone() }
    }
}
