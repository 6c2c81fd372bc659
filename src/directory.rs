//! Who serves which states, and what each partner serves: the lists beside the map.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::Date;

use crate::{
    domain::{Partner, PartnerId, RegionId, Role, Standing},
    lookup::{self, Note, Question, Scope, Status},
    snapshot::{AreaIx, PartnerIx, Snapshot, Target},
};

/// All states with who serves them, and how many partners that are in all.
#[derive(Clone, Debug, PartialEq)]
pub struct Directory {
    /// The states, by name.
    pub states: Vec<StateEntry>,
    /// Who serves how much.
    pub counts: Counts,
}

/// How many partners serve how many states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Partners that serve some place.
    pub partners: usize,
    /// States and territories in which at least one of them serves some place.
    pub states: usize,
}

/// A state and who serves it, or parts of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StateEntry {
    /// Its id.
    pub region: RegionId,
    /// Its name.
    pub name: Arc<str>,
    /// Whether it is served.
    pub status: Status,
    /// Whether an application is under review for a part of it.
    pub is_pending_in_part: bool,
    /// Who serves it, as its answer names them.
    pub partners: Vec<Listed>,
}

/// A partner in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Arc<str>,
    /// Whether it is new this year.
    pub new_this_year: bool,
}

/// A partner with what it serves on a day and from later days on.
#[derive(Clone, Debug)]
pub struct Profile<'a> {
    /// The partner.
    pub partner: &'a Partner,
    /// Whether it is new this year.
    pub new_this_year: bool,
    /// Its assignments that have not ended, by the names of their regions.
    pub terms: Vec<RegionTerm>,
}

/// A region that a partner serves, and since or until when.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionTerm {
    /// The region.
    pub region: RegionId,
    /// Its full name.
    pub name: Arc<str>,
    /// Whether the partner leads or funds.
    pub role: Role,
    /// Its first day, where that is still to come.
    pub starts_on: Option<Date>,
    /// Its last day, where there is one.
    pub ends_on: Option<Date>,
}

/// All states, each with its own answer: so that the list and the answers cannot disagree.
pub fn directory(snapshot: &Snapshot, scope: &Scope) -> Directory {
    let land = snapshot.land();
    let mut states: Vec<_> = land.states().map(|state| entry(snapshot, land.state_area(state), scope)).collect();
    states.sort_by(|a, b| a.name.cmp(&b.name));
    let partners: BTreeSet<_> = states.iter().flat_map(|state| &state.partners).map(|partner| &partner.id).collect();
    let served = states.iter().filter(|state| !state.partners.is_empty()).count();
    let counts = Counts { partners: partners.len(), states: served };
    Directory { states, counts }
}

fn entry(snapshot: &Snapshot, state: AreaIx, scope: &Scope) -> StateEntry {
    let area = snapshot.land().area(state);
    let answer = lookup::brief(snapshot, &Question::about(&area.id), scope);
    let is_pending_in_part = answer.notes.iter().any(|note| matches!(note, Note::PendingPart(_)));
    let mut partners: Vec<Listed> = Vec::new();
    for partner in answer.partners {
        if partners.iter().all(|listed| listed.id != partner.id) {
            partners.push(Listed { id: partner.id, name: partner.name, new_this_year: partner.new_this_year });
        }
    }
    StateEntry { region: area.id.clone(), name: area.name.clone(), status: answer.status, is_pending_in_part, partners }
}

/// What a partner serves on a day and from later days on.
///
/// `None` for an organisation that is known by applications under review alone: these are not public.
pub fn profile(snapshot: &Snapshot, partner: PartnerIx, as_of: Date) -> Option<Profile<'_>> {
    if !snapshot.is_public(partner) {
        return None;
    }
    let own = snapshot.duties().iter().filter(|duty| duty.partner == partner && duty.standing == Standing::Active);
    let lasting = own.filter(|duty| duty.term.ends_on.is_none_or(|last| as_of <= last) && !duty.term.is_empty());
    let mut terms: Vec<_> = lasting
        .map(|duty| RegionTerm {
            region: region_id(snapshot, duty.target),
            name: region_name(snapshot, duty.target),
            role: duty.role,
            starts_on: duty.term.starts_on.filter(|first| as_of < *first),
            ends_on: duty.term.ends_on,
        })
        .collect();
    terms.sort_by(|a, b| (&a.name, a.starts_on).cmp(&(&b.name, b.starts_on)));
    let new_this_year = snapshot.is_new_this_year(partner);
    Some(Profile { partner: snapshot.partner_at(partner), new_this_year, terms })
}

fn region_id(snapshot: &Snapshot, target: Target) -> RegionId {
    match target {
        Target::Area(area) => snapshot.land().area(area).id.clone(),
        Target::Zip(zip) => RegionId::Zip(snapshot.land().zips().zip(zip).zip),
    }
}

fn region_name(snapshot: &Snapshot, target: Target) -> Arc<str> {
    match target {
        Target::Area(area) => snapshot.land().area(area).name.clone(),
        Target::Zip(zip) => {
            let zip = snapshot.land().zips().zip(zip);
            format!("ZIP {}, {}, {}", zip.zip, zip.place, zip.state).into()
        }
    }
}
