//! The things that can be asked about, once a text has been understood.

use std::sync::Arc;

use super::{Answer, Choice, Note, QueryKind, Subject};
use crate::{
    census::Geoid,
    domain::RegionId,
    geometry::Position,
    snapshot::{AreaIx, Named, PartnerIx, PlaceIx, Snapshot, StateIx, UnitIx, ZipIx, normal_name},
};

/// A thing that there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Thing {
    Position(Position),
    Zip(ZipIx),
    State(StateIx),
    Unit(UnitIx),
    /// A retired county, by its number among them.
    Retired(u32),
    Place(PlaceIx),
    Region(AreaIx),
    Partner(PartnerIx),
}

/// What a question means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// This thing.
    One(Thing, Vec<Note>),
    /// One of these.
    Several(QueryKind, Vec<Thing>, Vec<Note>),
    /// No such thing; these have similar names.
    Nothing(QueryKind, Vec<Thing>, Vec<Note>),
}

impl Thing {
    /// The kind of question that asks for it.
    pub(super) fn kind(self) -> QueryKind {
        match self {
            Self::Position(_) => QueryKind::Position,
            Self::Zip(_) => QueryKind::Zip,
            Self::State(_) => QueryKind::State,
            Self::Unit(_) | Self::Retired(_) => QueryKind::County,
            Self::Place(_) => QueryKind::Place,
            Self::Region(_) => QueryKind::Region,
            Self::Partner(_) => QueryKind::Partner,
        }
    }

    /// Its full name.
    pub(super) fn name(self, snapshot: &Snapshot) -> Arc<str> {
        let land = snapshot.land();
        match self {
            Self::Position(position) => position.to_string().into(),
            Self::Zip(zip) => {
                let zip = land.zips().zip(zip);
                match land.state(zip.state) {
                    Some(state) => format!("ZIP {}, {}, {}", zip.zip, zip.place, land.area(land.state_area(state)).name).into(),
                    None => format!("ZIP {}, {}", zip.zip, zip.place).into(),
                }
            }
            Self::State(state) => land.area(land.state_area(state)).name.clone(),
            Self::Unit(unit) => land.area(land.unit_area(unit)).name.clone(),
            Self::Retired(number) => {
                let retired = &land.geography().retired[number as usize];
                let state = land.state(retired.state).map(|state| &land.area(land.state_area(state)).name);
                state.map_or_else(|| retired.name.clone(), |state| format!("{}, {state}", retired.name).into())
            }
            Self::Place(place) => {
                let place = land.names().place(place);
                format!("{}, {}", place.name, land.area(land.state_area(place.state)).name).into()
            }
            Self::Region(area) => land.area(area).name.clone(),
            Self::Partner(partner) => snapshot.partner_at(partner).name.clone(),
        }
    }

    /// Its region, where it is one.
    pub(super) fn region(self, snapshot: &Snapshot) -> Option<RegionId> {
        let land = snapshot.land();
        match self {
            Self::Zip(zip) => Some(RegionId::Zip(land.zips().zip(zip).zip)),
            Self::State(state) => Some(land.area(land.state_area(state)).id.clone()),
            Self::Unit(unit) => Some(land.area(land.unit_area(unit)).id.clone()),
            Self::Retired(number) => Some(RegionId::County(land.geography().retired[number as usize].geoid)),
            Self::Region(area) => Some(land.area(area).id.clone()),
            Self::Position(_) | Self::Place(_) | Self::Partner(_) => None,
        }
    }

    /// What an answer says that it is about.
    pub(super) fn subject(self, snapshot: &Snapshot) -> Subject {
        let land = snapshot.land();
        let name = self.name(snapshot);
        match self {
            Self::Position(position) => {
                let set = land.areas_at(position);
                let finest = set.iter().find(|area| land.as_unit(**area).is_some()).or(set.first());
                Subject::Position(position, finest.map(|area| land.area(*area).name.clone()))
            }
            Self::Zip(zip) => {
                let zip = land.zips().zip(zip);
                let state = land.state(zip.state).map(|state| land.area(land.state_area(state)).name.clone());
                Subject::Zip(zip.zip, zip.place.clone(), state)
            }
            Self::State(state) => Subject::State(land.state_code(state), name),
            Self::Unit(unit) => area_subject(&land.area(land.unit_area(unit)).id, name),
            Self::Region(area) => area_subject(&land.area(area).id, name),
            Self::Retired(number) => Subject::RetiredCounty(land.geography().retired[number as usize].geoid, name),
            Self::Place(place) => {
                let unit = land.names().place(place).unit;
                Subject::Place(name, unit.map(|unit| land.area(land.unit_area(unit)).name.clone()))
            }
            Self::Partner(partner) => Subject::Partner(snapshot.partner_at(partner).id.clone(), name),
        }
    }

    /// It as a choice: a label, and a text that asks for exactly this.
    pub(super) fn choice(self, snapshot: &Snapshot, among: &[Self]) -> Choice {
        let land = snapshot.land();
        let mut label = self.name(snapshot);
        let mut ask = label.to_string();
        match self {
            Self::Place(place) => {
                let named_alike = among.iter().filter(|other| other.name(snapshot) == label).count() > 1;
                let place = land.names().place(place);
                if let Some(unit) = place.unit.filter(|_| named_alike) {
                    label = format!("{}, {}", place.name, land.area(land.unit_area(unit)).name).into();
                    ask = label.to_string();
                }
            }
            Self::Zip(zip) => ask = land.zips().zip(zip).zip.to_string(),
            Self::Partner(partner) => ask = format!("partner:{}", snapshot.partner_at(partner).id),
            Self::State(_) | Self::Region(_) | Self::Unit(_) | Self::Retired(_) | Self::Position(_) => {
                ask = self.region(snapshot).map_or(ask, |region| region.to_string());
            }
        }
        Choice { label, kind: self.kind(), ask, region: self.region(snapshot) }
    }
}

/// An area of any kind as a subject.
fn area_subject(id: &RegionId, name: Arc<str>) -> Subject {
    match id {
        RegionId::County(geoid) => Subject::County(*geoid, name),
        RegionId::State(code) => Subject::State(*code, name),
        RegionId::Region(slug) => Subject::Region(slug.clone(), name),
        RegionId::Zip(zip) => Subject::Zip(*zip, name, None),
    }
}

/// Where what was asked about is, where that is one place: a position, the middle of a ZIP, a town.
pub fn place_of(snapshot: &Snapshot, subject: &Subject) -> Option<Position> {
    let land = snapshot.land();
    match subject {
        Subject::Position(position, _) => Some(*position),
        Subject::Zip(zip, ..) => land.zips().find(*zip).and_then(|zip| land.zips().zip(zip).position),
        Subject::Place(name, _) => {
            let (own, _) = name.rsplit_once(", ")?;
            let normal = normal_name(own);
            let places = land.names().exactly(&normal).filter_map(|named| match named {
                Named::Place(place) => Some(place),
                _ => None,
            });
            let mut same = places.filter(|place| Thing::Place(*place).name(snapshot) == *name);
            same.find_map(|place| land.names().place(place).position)
        }
        _ => None,
    }
}

/// The county that an answer is about, where it is about one place in it.
pub fn county_of(snapshot: &Snapshot, answer: &Answer) -> Option<Geoid> {
    let land = snapshot.land();
    match answer.query.subject.as_ref()? {
        Subject::County(geoid, _) => Some(*geoid),
        Subject::Zip(zip, ..) => land.zips().zip(land.zips().find(*zip)?).county,
        subject @ (Subject::Position(..) | Subject::Place(..)) => {
            let held_by = land.locator().locate(place_of(snapshot, subject)?);
            (&held_by).into_iter().find_map(|area| match &land.area(*area).id {
                RegionId::County(geoid) => Some(*geoid),
                _ => None,
            })
        }
        _ => None,
    }
}
