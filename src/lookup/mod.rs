//! Questions and their answers: pure functions of a snapshot, a question, a day and a course.

mod answer;
mod coordinates;
mod explain;
mod extent;
mod holding;
mod meaning;
mod neighbours;
mod next_step;
mod outline;
mod position;
mod question;
mod suggest;
mod summary;
mod tenure;
mod thing;
mod typed_zip;
mod typing;
mod upcoming;

pub use answer::{
    Answer, Choice, Compass, ContactSource, NearBorder, NearPartner, Nearest, NextStep, Note, Part, PartnerName, Query,
    QueryKind, ServingPartner, Status, Subject, Upcoming,
};
pub use explain::{Considered, Explanation, Reason, explain};
pub use holding::{Holding, unit_holding, zip_holding};
pub use neighbours::{NearLead, near_leads};
pub use outline::outline;
pub use position::{NearUnit, looks_exchanged};
pub use question::{Malformed, Question, Scope};
pub use summary::contact;
pub use tenure::{Tenure, UnitShare, status_of_whole, tenure};
pub use thing::{county_of, place_of};
pub use typing::{Suggestion, suggestions};

use crate::{
    domain::RegionId,
    geometry::Position,
    snapshot::{AreaIx, AreaSet, AssignmentIx, Cell, Held, Roster, Snapshot, Target},
};
use extent::{Extent, Survey};
use next_step::{Circumstances, next_step};
use summary::{Summary, Verdict};
use thing::{Meaning, Thing};

/// Answers a question about a day and a course. It cannot fail: whatever was asked, the answer says what holds.
pub fn answer(snapshot: &Snapshot, question: &Question, scope: &Scope) -> Answer {
    let (mut answer, thing) = understood(snapshot, question, scope);
    if let (Some(thing), Status::Open | Status::Pending) = (thing, answer.status) {
        answer.nearest_partners = neighbours::nearest_partners(snapshot, thing, scope);
    }
    answer
}

/// The areas whose boundaries hold a position, where the answer is the same on the other sides of all borders near it; none
/// where it lies outside.
///
/// All such positions in the same areas have the same answer, but for what was asked, and for the nearest unit and partners. What
/// is outside and [`looks_exchanged`] is told so.
pub fn inland(snapshot: &Snapshot, position: Position, scope: &Scope) -> Option<AreaSet> {
    let located = snapshot.land().locator().locate(position);
    if located.is_empty() {
        return position::place(snapshot, position).areas.is_empty().then_some(located);
    }
    let is_same_beyond = || {
        let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
        let own = snapshot.land().areas_at(position);
        Summary { snapshot, roster: &roster }.near_border(position, &own).is_empty()
    };
    (!position::is_near_border(snapshot, position) || is_same_beyond()).then_some(located)
}

/// The areas whose boundaries hold every position of a cell, none of which is near a border: whatever [`inland`] says of one.
pub fn inland_throughout(snapshot: &Snapshot, cell: &Cell) -> Option<AreaSet> {
    (!position::is_border_near(snapshot, cell)).then(|| snapshot.land().locator().locate(cell.centre()))
}

/// The partners whose counties are nearest to a position, nearest first: for a position that nobody serves.
pub fn near_partners(snapshot: &Snapshot, position: Position, scope: &Scope) -> Vec<NearPartner> {
    neighbours::nearest_partners(snapshot, Thing::Position(position), scope)
}

/// The answer without the partners near by: for long lists, where nobody reads them.
pub fn brief(snapshot: &Snapshot, question: &Question, scope: &Scope) -> Answer {
    understood(snapshot, question, scope).0
}

fn understood(snapshot: &Snapshot, question: &Question, scope: &Scope) -> (Answer, Option<Thing>) {
    match meaning::understand(snapshot, question) {
        Meaning::One(thing, notes) => (about(snapshot, question, scope, thing, notes), Some(thing)),
        Meaning::Several(kind, things, notes) => {
            (undecided(snapshot, question, scope, Undecided { status: Status::Ambiguous, kind, things, notes }), None)
        }
        Meaning::Nothing(kind, things, notes) => {
            (undecided(snapshot, question, scope, Undecided { status: Status::NotFound, kind, things, notes }), None)
        }
    }
}

/// A question that led to no single thing.
struct Undecided {
    status: Status,
    kind: QueryKind,
    things: Vec<Thing>,
    notes: Vec<Note>,
}

fn undecided(snapshot: &Snapshot, question: &Question, scope: &Scope, found: Undecided) -> Answer {
    let Undecided { status, kind, things, notes } = found;
    let circumstances = Circumstances { partners: &[], region: None, choose: false, promised: false };
    Answer {
        query: Query { input: question.input().to_owned(), kind, subject: None },
        status,
        as_of: scope.as_of,
        course: scope.course.clone(),
        covered_share: None,
        partners: Vec::new(),
        parts: Vec::new(),
        upcoming: Vec::new(),
        near_border: Vec::new(),
        nearest: None,
        nearest_partners: Vec::new(),
        choices: things.iter().map(|thing| thing.choice(snapshot, &things)).collect(),
        notes,
        next_step: next_step(snapshot.info(), scope, status, circumstances),
        generation: snapshot.generation().clone(),
    }
}

/// What holds for a thing on a day: its parts and the verdict on the whole.
struct Finding {
    extent: Extent,
    verdict: Verdict,
    /// The areas whose answer a position gets.
    areas: Vec<AreaIx>,
}

fn find(snapshot: &Snapshot, roster: &Roster, thing: Thing) -> Finding {
    let survey = Survey { snapshot, roster };
    let summary = Summary { snapshot, roster };
    let position = match thing {
        Thing::Position(position) => Some(position),
        Thing::Place(place) => snapshot.land().names().place(place).position,
        _ => None,
    };
    match (survey.extent(thing), position) {
        (Some(extent), _) => Finding { verdict: summary.verdict(&extent), extent, areas: Vec::new() },
        (None, Some(position)) => {
            let place = position::place(snapshot, position);
            let mut extent = survey.position(&place.areas);
            extent.notes.extend(place.within_resolution);
            Finding { verdict: summary.position_verdict(&extent), extent, areas: place.areas.to_vec() }
        }
        (None, None) => {
            let extent = partner_extent(snapshot, roster, thing);
            // A partner's own regions are all served, by definition; one without any serves nothing.
            let status = if extent.pieces.is_empty() { Status::Open } else { Status::Covered };
            Finding { verdict: Verdict { status, small_parts: false }, extent, areas: Vec::new() }
        }
    }
}

/// The regions that a partner serves, as parts; of a place without position, nothing.
fn partner_extent(snapshot: &Snapshot, roster: &Roster, thing: Thing) -> Extent {
    let Thing::Partner(partner) = thing else { return Extent::default() };
    let serves = |duty: &AssignmentIx| snapshot.duty(*duty).is_some_and(|duty| duty.partner == partner);
    let own = roster.claims().filter(|(_, claim)| claim.duties.iter().any(serves));
    let pieces = own.map(|(ix, claim)| extent::Piece {
        key: match claim.target {
            Target::Area(area) => extent::PieceKey::Area(area),
            Target::Zip(zip) => extent::PieceKey::Zip(zip),
        },
        weight: 0.0,
        leaves: extent::whole(Held::Served(ix)),
        partly: false,
    });
    Extent { pieces: pieces.collect(), ..Extent::default() }
}

fn about(snapshot: &Snapshot, question: &Question, scope: &Scope, thing: Thing, mut notes: Vec<Note>) -> Answer {
    let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
    let summary = Summary { snapshot, roster: &roster };
    let Finding { extent, verdict, areas } = find(snapshot, &roster, thing);
    let mut partners = summary.partners(&extent);
    if let Thing::Partner(partner) = thing {
        partners.retain(|serving| serving.id == snapshot.partner_at(partner).id);
    }
    let upcoming = summary.upcoming(thing, scope);
    let promise = (verdict.status == Status::Open).then(|| promise(snapshot, scope, thing, &upcoming)).flatten();
    notes.extend(extent.notes.iter().cloned());
    notes.extend(promise.map(|coming| Note::Promised(coming.name.clone(), coming.starts_on)));
    let parts = summary.parts(&extent);
    notes.extend(pending_part(verdict.status, &parts));
    notes.extend(verdict.small_parts.then_some(Note::SmallParts));
    notes.extend(outside_note(snapshot, thing, &extent, verdict.status));
    let (mut near_border, mut nearest) = (Vec::new(), None);
    if let Thing::Position(position) = thing {
        if areas.is_empty() {
            nearest = NearUnit::to(snapshot, position).and_then(|unit| summary.nearest(unit));
            notes.extend(position::looks_exchanged(snapshot, position).then_some(Note::LooksExchanged));
        } else {
            near_border = summary.near_border(position, &areas);
        }
    }
    if let (Thing::Partner(partner), true) = (thing, extent.pieces.is_empty()) {
        notes.push(Note::ServesNothing(snapshot.partner_at(partner).name.clone()));
    }
    let circumstances = Circumstances {
        partners: &partners,
        region: to_apply_for(snapshot, thing, &areas, &extent, &summary),
        choose: extent.choose,
        promised: promise.is_some() || matches!(thing, Thing::Partner(_)),
    };
    Answer {
        query: Query { input: question.input().to_owned(), kind: thing.kind(), subject: Some(thing.subject(snapshot)) },
        status: verdict.status,
        as_of: scope.as_of,
        course: scope.course.clone(),
        covered_share: Summary::covered_share(&extent).filter(|_| verdict.status != Status::Outside),
        next_step: next_step(snapshot.info(), scope, verdict.status, circumstances),
        parts,
        partners,
        upcoming,
        near_border,
        nearest,
        nearest_partners: Vec::new(),
        choices: Vec::new(),
        notes,
        generation: snapshot.generation().clone(),
    }
}

/// The first of those who start later on whose first day all of an open thing is served.
fn promise<'a>(snapshot: &Snapshot, scope: &Scope, thing: Thing, upcoming: &'a [Upcoming]) -> Option<&'a Upcoming> {
    upcoming.iter().find(|coming| {
        let roster = snapshot.roster(coming.starts_on, scope.course.as_ref());
        find(snapshot, &roster, thing).verdict.status == Status::Covered
    })
}

/// Says that applications are under review for parts of what is not pending as a whole.
fn pending_part(status: Status, parts: &[Part]) -> Option<Note> {
    let pending = parts.iter().filter(|part| part.status == Status::Pending);
    let names: Vec<_> = pending.map(|part| part.name.clone()).collect();
    let is_some = matches!(status, Status::Open | Status::PartlyCovered) && !names.is_empty();
    is_some.then_some(Note::PendingPart(names))
}

/// Says that a thing lies outside the service area, where it lies in a state at all.
fn outside_note(snapshot: &Snapshot, thing: Thing, extent: &Extent, status: Status) -> Option<Note> {
    let land = snapshot.land();
    let first = extent.pieces.first().filter(|_| status == Status::Outside && !matches!(thing, Thing::Partner(_)))?;
    let extent::PieceKey::Area(area) = first.key else { return None };
    let state = land.as_state(area).or_else(|| land.as_unit(area).map(|unit| land.state_of(unit)))?;
    Some(Note::OutsideServiceArea(land.area(land.state_area(state)).name.clone()))
}

/// The region that one would apply for: the thing itself where it is one, else the county that it lies in.
fn to_apply_for(snapshot: &Snapshot, thing: Thing, areas: &[AreaIx], extent: &Extent, summary: &Summary<'_>) -> Option<RegionId> {
    let land = snapshot.land();
    let county = || position::unit_of(snapshot, areas).map(|unit| land.area(land.unit_area(unit)).id.clone());
    let widest = || {
        extent.pieces.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)).map(|piece| match piece.key {
            extent::PieceKey::Area(area) => summary.region(Target::Area(area)),
            extent::PieceKey::Zip(zip) => summary.region(Target::Zip(zip)),
        })
    };
    match thing {
        Thing::Partner(_) => None,
        Thing::Retired(_) | Thing::Position(_) | Thing::Place(_) => county().or_else(widest),
        Thing::Zip(_) | Thing::State(_) | Thing::Unit(_) | Thing::Region(_) => thing.region(snapshot),
    }
}
