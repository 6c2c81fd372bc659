//! Why an answer is what it is: the counties, the assignments that were looked at, and what became of each.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::Date;

use super::{
    Answer, Question, Scope, answer,
    extent::{Extent, PieceKey},
    find, meaning,
    summary::Summary,
    thing::{Meaning, Thing},
    upcoming::Footprint,
};
use crate::{
    domain::{Origin, PartnerId, RegionId, Role, Standing},
    snapshot::{ClaimIx, Duty, Held, Roster, Snapshot, Target},
};

/// The chain from what was typed to the answer. For staff: it names pending applicants.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The answer itself; its query says what the input was taken for.
    pub answer: Answer,
    /// The counties that it meets, with the share of its people in each where that is known.
    pub counties: Vec<(RegionId, Arc<str>, Option<f64>)>,
    /// The assignments that could matter, the most specific region first.
    pub considered: Vec<Considered>,
}

/// An assignment that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Considered {
    /// Its file and line.
    pub origin: Origin,
    /// Its partner's id.
    pub partner: PartnerId,
    /// Its partner's name.
    pub name: Arc<str>,
    /// Its region.
    pub region: RegionId,
    /// The area of its region in square kilometres; `None` for a ZIP.
    pub square_km: Option<f64>,
    /// What became of it.
    pub reason: Reason,
}

/// What became of an assignment that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It serves, for all or a part of what was asked.
    Serves,
    /// It funds the lead that serves.
    Joins,
    /// A more specific region comes first wherever it could count.
    Shadowed,
    /// It starts on this day.
    NotYet(Date),
    /// It ended on this day.
    Ended(Date),
    /// No day belongs both to it and to its partner.
    Never,
    /// Its partner does not offer the course there, or offers nothing there.
    OtherCourse,
    /// It is an application under review.
    Pending,
    /// It funds, and no lead serves there.
    NoLead,
}

/// Explains the answer to a question.
pub fn explain(snapshot: &Snapshot, question: &Question, scope: &Scope) -> Explanation {
    let answer = answer(snapshot, question, scope);
    let Meaning::One(thing, _) = meaning::understand(snapshot, question) else {
        return Explanation { answer, counties: Vec::new(), considered: Vec::new() };
    };
    let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
    let extent = find(snapshot, &roster, thing).extent;
    Explanation {
        answer,
        counties: counties(snapshot, thing, &extent),
        considered: considered(snapshot, &roster, thing, scope, &extent),
    }
}

fn counties(snapshot: &Snapshot, thing: Thing, extent: &Extent) -> Vec<(RegionId, Arc<str>, Option<f64>)> {
    let land = snapshot.land();
    if let Thing::Zip(zip) = thing {
        let parts = land.zips().parts(zip).iter();
        return parts
            .map(|part| (land.unit_area(part.unit), Some(part.share)))
            .map(|(a, s)| (land.area(a).id.clone(), land.area(a).name.clone(), s))
            .collect();
    }
    let total: f64 = extent.pieces.iter().map(|piece| piece.weight).sum();
    let share = |weight: f64| (total > 0.0).then_some(weight / total);
    let units = extent.pieces.iter().filter_map(|piece| match piece.key {
        PieceKey::Area(area) => land.as_unit(area).map(|_| (land.area(area), share(piece.weight))),
        PieceKey::Zip(_) => None,
    });
    units.map(|(area, share)| (area.id.clone(), area.name.clone(), share)).collect()
}

fn considered(snapshot: &Snapshot, roster: &Roster, thing: Thing, scope: &Scope, extent: &Extent) -> Vec<Considered> {
    let land = snapshot.land();
    let ground = Footprint::of(snapshot, thing);
    let serving: BTreeSet<ClaimIx> = extent
        .pieces
        .iter()
        .flat_map(|piece| &piece.leaves)
        .filter_map(|leaf| match leaf.held {
            Held::Served(claim) => Some(claim),
            _ => None,
        })
        .collect();
    let summary = Summary { snapshot, roster };
    let own = |duty: &&Duty| matches!(thing, Thing::Partner(partner) if partner == duty.partner);
    let size = |duty: &Duty| match duty.target {
        Target::Zip(_) => 0.0,
        Target::Area(area) => land.area(area).square_metres,
    };
    let mut duties: Vec<&Duty> =
        snapshot.duties().iter().filter(|duty| own(duty) || ground.meets(snapshot, duty.target)).collect();
    duties.sort_by(|a, b| size(a).total_cmp(&size(b)).then(a.assignment.cmp(&b.assignment)));
    duties
        .into_iter()
        .map(|duty| Considered {
            origin: snapshot.assignment(duty.assignment).origin.clone(),
            partner: snapshot.partner_at(duty.partner).id.clone(),
            name: snapshot.partner_at(duty.partner).name.clone(),
            region: summary.region(duty.target),
            square_km: matches!(duty.target, Target::Area(_)).then(|| size(duty) / 1e6),
            reason: reason(snapshot, roster, duty, scope, &serving),
        })
        .collect()
}

fn reason(snapshot: &Snapshot, roster: &Roster, duty: &Duty, scope: &Scope, serving: &BTreeSet<ClaimIx>) -> Reason {
    if duty.term.is_empty() {
        return Reason::Never;
    }
    match (duty.term.starts_on, duty.term.ends_on) {
        (Some(first), _) if scope.as_of < first => return Reason::NotYet(first),
        (_, Some(last)) if last < scope.as_of => return Reason::Ended(last),
        _ => {}
    }
    let claim = roster.claim_on(duty.target);
    let counts = claim.is_some_and(|claim| serving.contains(&claim));
    match (duty.role, duty.standing) {
        (_, Standing::Pending) => Reason::Pending,
        (Role::Funding, _) if claim.is_none() => Reason::NoLead,
        (Role::Funding, _) if counts => Reason::Joins,
        (Role::Lead, _) if !duty.is_about(scope.course.as_ref(), snapshot.program()) => Reason::OtherCourse,
        // Nothing is more specific than a ZIP.
        (Role::Lead, _) if counts || matches!(duty.target, Target::Zip(_)) => Reason::Serves,
        _ => Reason::Shadowed,
    }
}
