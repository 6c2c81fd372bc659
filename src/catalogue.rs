//! Regions and partners as lists, for programs that read all of them.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    census::StateCode,
    directory::{self, Profile},
    domain::{Contact, CourseId, PartnerId, RegionId},
    geometry::{Boundary, Position, Window},
    lookup::{self, Answer, ContactSource, Question, Scope, Status},
    snapshot::{Area, AreaIx, AreaKind, Snapshot, ZipIx},
};

/// The kinds of regions, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionKind {
    /// States and territories.
    State,
    /// Counties.
    County,
    /// Program regions.
    Region,
    /// ZIPs: by their positions, as they have no boundaries.
    Zip,
}

/// Which regions are listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegionFilter {
    /// Those of this kind; where nothing is said all but ZIPs.
    pub kind: Option<RegionKind>,
    /// Those that meet this window.
    pub window: Option<Window>,
    /// This state, and what lies in it.
    pub state: Option<StateCode>,
}

/// A region that a partner can be assigned to.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Its typed id.
    pub id: RegionId,
    /// Its full name.
    pub name: Arc<str>,
    /// The state that it lies in; `None` for program regions and military ZIPs.
    pub state: Option<StateCode>,
    /// Its people; `None` where nobody counted.
    pub population: Option<u64>,
    /// Its area on the ellipsoid in square metres; `None` for ZIPs.
    pub square_metres: Option<f64>,
    /// Whether it is served.
    pub status: Status,
    /// Who serves it or parts of it, as its answer names them.
    pub partners: Vec<PartnerId>,
}

/// A partner with its contact, courses and regions.
#[derive(Clone, Debug)]
pub struct PartnerEntry<'a> {
    /// What it serves.
    pub profile: Profile<'a>,
    /// Whom to write to.
    pub contact: Contact,
    /// Whether the contact is the partner's own or the program's.
    pub contact_source: ContactSource,
    /// What it offers.
    pub courses: Vec<CourseId>,
}

/// Where a region lies.
#[derive(Clone, Debug)]
pub enum Outline<'a> {
    /// Within these boundaries.
    Within(Vec<&'a Arc<Boundary>>),
    /// Around this position.
    Around(Position),
    /// Nowhere: military mail.
    Nowhere,
}

/// What is listed: a number in the snapshot, and the key that lists are sorted by.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Listed {
    Area(AreaIx),
    Zip(ZipIx),
}

/// The ids of the regions that a filter lets through, by kind, then by id.
pub fn regions(snapshot: &Snapshot, filter: &RegionFilter) -> Vec<RegionId> {
    let land = snapshot.land();
    let mut ids: Vec<RegionId> = Vec::new();
    if filter.kind != Some(RegionKind::Zip) {
        let met = filter.window.as_ref().map(|window| land.areas_meeting(window));
        let all = || (0..land.areas().len() as u32).map(AreaIx).collect();
        let wanted = |area: &AreaIx| filter.kind.is_none_or(|kind| kind == kind_of(land.area(*area).kind));
        let here = |area: &AreaIx| filter.state.is_none_or(|state| lies_in(snapshot, *area, state));
        let areas = met.unwrap_or_else(all).into_iter().filter(|area| wanted(area) && here(area));
        ids.extend(areas.map(|area| land.area(area).id.clone()));
    } else {
        let in_window = |position: Option<Position>| match (&filter.window, position) {
            (Some(window), position) => position.is_some_and(|position| window.holds(position)),
            (None, _) => true,
        };
        let zips = land.zips().all().map(|(_, zip)| zip).filter(|zip| filter.state.is_none_or(|state| state == zip.state));
        ids.extend(zips.filter(|zip| in_window(zip.position)).map(|zip| RegionId::Zip(zip.zip)));
    }
    ids.sort_by_cached_key(order);
    ids
}

/// The key by which regions are listed: the kind, then the code.
pub fn order(id: &RegionId) -> (RegionKind, String) {
    let kind = match id {
        RegionId::State(_) => RegionKind::State,
        RegionId::County(_) => RegionKind::County,
        RegionId::Region(_) => RegionKind::Region,
        RegionId::Zip(_) => RegionKind::Zip,
    };
    (kind, id.code())
}

/// A region with its answer in short; `None` when there is no such region.
pub fn region(snapshot: &Snapshot, id: &RegionId, scope: &Scope) -> Option<Region> {
    let land = snapshot.land();
    let (name, state, population, square_metres) = match listed(snapshot, id)? {
        Listed::Area(ix) => {
            let area: &Area = land.area(ix);
            (area.name.clone(), state_of(snapshot, ix), land.people_in(ix), Some(area.square_metres))
        }
        Listed::Zip(ix) => {
            let zip = land.zips().zip(ix);
            let state = land.state(zip.state).map(|_| zip.state);
            (format!("{}, {}", zip.place, zip.state).into(), state, zip.population, None)
        }
    };
    let answer = lookup::brief(snapshot, &Question::about(id), scope);
    let mut partners: Vec<PartnerId> = Vec::new();
    for partner in answer.partners {
        if !partners.contains(&partner.id) {
            partners.push(partner.id);
        }
    }
    Some(Region { id: id.clone(), name, state, population, square_metres, status: answer.status, partners })
}

/// Where a region lies; `None` when there is no such region.
pub fn outline<'a>(snapshot: &'a Snapshot, id: &RegionId) -> Option<Outline<'a>> {
    Some(match listed(snapshot, id)? {
        Listed::Area(area) => Outline::Within(snapshot.land().boundaries_of(area)),
        Listed::Zip(zip) => snapshot.land().zips().zip(zip).position.map_or(Outline::Nowhere, Outline::Around),
    })
}

/// The ids of all public partners, sorted.
pub fn partners(snapshot: &Snapshot) -> Vec<&PartnerId> {
    snapshot.public_names().map(|(partner, _)| &snapshot.partner_at(partner).id).collect()
}

/// A partner as it is listed on a day; `None` when there is none, or its name is not public.
pub fn partner<'a>(snapshot: &'a Snapshot, id: &PartnerId, as_of: Date) -> Option<PartnerEntry<'a>> {
    let profile = directory::profile(snapshot, snapshot.partner(id)?, as_of)?;
    let (contact, contact_source) = lookup::contact(snapshot, profile.partner);
    let all = || snapshot.info().courses.iter().map(|course| course.id.clone()).collect();
    let courses = if profile.partner.courses.is_empty() { all() } else { profile.partner.courses.clone() };
    Some(PartnerEntry { profile, contact, contact_source, courses })
}

fn listed(snapshot: &Snapshot, id: &RegionId) -> Option<Listed> {
    match id {
        RegionId::Zip(zip) => snapshot.land().zips().find(*zip).map(Listed::Zip),
        area => snapshot.land().find(area).map(Listed::Area),
    }
}

fn kind_of(kind: AreaKind) -> RegionKind {
    match kind {
        AreaKind::State => RegionKind::State,
        AreaKind::County => RegionKind::County,
        AreaKind::Region => RegionKind::Region,
    }
}

fn state_of(snapshot: &Snapshot, area: AreaIx) -> Option<StateCode> {
    let land = snapshot.land();
    let state = land.as_state(area).or_else(|| land.as_unit(area).map(|unit| land.state_of(unit)));
    state.map(|state| land.state_code(state))
}

/// Whether an area is the state, or lies in it; a program region does where it holds a county of it, or a piece of one.
fn lies_in(snapshot: &Snapshot, area: AreaIx, code: StateCode) -> bool {
    let land = snapshot.land();
    let Some(state) = land.state(code) else { return false };
    let holds_piece =
        || land.units_of(state).iter().any(|unit| land.pieces(*unit).iter().any(|piece| piece.regions.contains(&area)));
    match land.area(area).kind {
        AreaKind::Region => holds_piece(),
        AreaKind::State | AreaKind::County => state_of(snapshot, area) == Some(code),
    }
}

/// The answers of all ZIPs whose first digits are these, in ascending order; without the partners near by.
pub fn zip_answers(snapshot: &Snapshot, digits: &str, scope: &Scope) -> Vec<Answer> {
    let zips = snapshot.land().zips().beginning_with(digits);
    zips.map(|(_, zip)| lookup::answer(snapshot, &Question::about(&RegionId::Zip(zip.zip)), scope)).collect()
}

/// The first three digits of all ZIPs, each once, in ascending order.
pub fn zip_prefixes(snapshot: &Snapshot) -> Vec<String> {
    let mut prefixes: Vec<String> = snapshot.land().zips().all().map(|(_, zip)| zip.zip.to_string()[..3].to_owned()).collect();
    prefixes.dedup();
    prefixes
}
