//! From parts to the whole: status, partners with their shares, and the list of parts.

use std::collections::BTreeMap;

use super::{
    ContactSource, Part, PartnerName, ServingPartner, Status,
    extent::{Extent, Piece, PieceKey},
    thing::Thing,
};
use crate::{
    domain::{Contact, CourseId, Partner, RegionId, Role},
    snapshot::{AssignmentIx, Held, Leaf, PartnerIx, Roster, Snapshot, Target},
};

/// Parts smaller than this do not change the status while they are smaller than this together.
const SMALL: f64 = 0.01;

/// Reads a roster for a snapshot.
#[derive(Clone, Copy)]
pub(super) struct Summary<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) roster: &'a Roster,
}

/// What a whole comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) status: Status,
    /// Whether parts too small to count would have changed the status.
    pub(super) small_parts: bool,
}

/// What one partner does in a whole.
#[derive(Default)]
struct Tally {
    share: f64,
    /// How many of the leaves that count it serves.
    leaves: usize,
    /// Its share by duty.
    duties: BTreeMap<AssignmentIx, f64>,
}

impl Summary<'_> {
    /// The status of a whole from its parts.
    pub(super) fn verdict(&self, extent: &Extent) -> Verdict {
        let total: f64 = extent.pieces.iter().map(|piece| piece.weight).sum();
        let share = |piece: &Piece| if total > 0.0 { piece.weight / total } else { 1.0 };
        let parts: Vec<(Status, f64)> = extent
            .pieces
            .iter()
            .map(|piece| (self.piece_status(piece), share(piece)))
            .filter(|(_, share)| *share > 0.0)
            .collect();
        let all = status_of_parts(parts.iter().map(|(status, _)| *status));
        let small: f64 = parts.iter().map(|(_, share)| *share).filter(|share| *share < SMALL).sum();
        let counted = parts.iter().filter(|(_, share)| small >= SMALL || *share >= SMALL).map(|(status, _)| *status);
        let status = status_of_parts(counted);
        if extent.partly {
            return Verdict { status: Status::PartlyCovered, small_parts: false };
        }
        Verdict { status, small_parts: status != all }
    }

    /// The share of the people of a whole who have a partner; `None` where nobody counted.
    pub(super) fn covered_share(extent: &Extent) -> Option<f64> {
        let served = |piece: &Piece| piece.leaves.iter().filter(|leaf| leaf.held.is_served()).map(|leaf| leaf.share).sum::<f64>();
        let total: f64 = extent.pieces.iter().map(|piece| piece.weight).sum();
        match extent.pieces.as_slice() {
            [only] => Some(served(only)),
            pieces => (total > 0.0).then(|| pieces.iter().map(|piece| piece.weight / total * served(piece)).sum()),
        }
    }

    /// The status of one part from those who hold it.
    fn piece_status(&self, piece: &Piece) -> Status {
        if piece.partly {
            return Status::PartlyCovered;
        }
        let peopled = piece.leaves.iter().any(|leaf| leaf.share > 0.0);
        let counted = piece.leaves.iter().filter(|leaf| !peopled || leaf.share > 0.0);
        status_of_parts(counted.map(|leaf| status_of(leaf.held)))
    }

    /// The parts, as an answer lists them.
    pub(super) fn parts(&self, extent: &Extent) -> Vec<Part> {
        let total: f64 = extent.pieces.iter().map(|piece| piece.weight).sum();
        extent
            .pieces
            .iter()
            .map(|piece| {
                let (region, name) = self.key(piece.key);
                Part {
                    region,
                    name,
                    share: (total > 0.0).then(|| exact_share(piece, &extent.pieces, total)),
                    status: self.piece_status(piece),
                    partners: self.partners_of(&piece.leaves),
                    via: self.via_of(&piece.leaves),
                }
            })
            .collect()
    }

    fn key(&self, key: PieceKey) -> (RegionId, std::sync::Arc<str>) {
        let land = self.snapshot.land();
        match key {
            PieceKey::Area(area) => (land.area(area).id.clone(), land.area(area).name.clone()),
            PieceKey::Zip(zip) => (RegionId::Zip(land.zips().zip(zip).zip), Thing::Zip(zip).name(self.snapshot)),
        }
    }

    /// The region of a claim or an application.
    pub(super) fn region(&self, target: Target) -> RegionId {
        let key = match target {
            Target::Area(area) => PieceKey::Area(area),
            Target::Zip(zip) => PieceKey::Zip(zip),
        };
        self.key(key).0
    }

    /// Those who serve some leaves, in the order of the widest leaf's claim.
    fn partners_of(&self, leaves: &[Leaf]) -> Vec<PartnerName> {
        let mut named: Vec<PartnerName> = Vec::new();
        for leaf in widest_first(leaves) {
            let Held::Served(claim) = leaf.held else { continue };
            let partners = self.roster.claim(claim).duties.iter().filter_map(|duty| self.snapshot.duty(*duty));
            for partner in partners.map(|duty| self.snapshot.partner_at(duty.partner)) {
                if named.iter().all(|other| other.id != partner.id) {
                    named.push(PartnerName { id: partner.id.clone(), name: partner.name.clone() });
                }
            }
        }
        named
    }

    /// The region by which the widest leaf that is served, or else asked for, is held.
    fn via_of(&self, leaves: &[Leaf]) -> Option<RegionId> {
        let target = |leaf: &Leaf| match leaf.held {
            Held::Served(claim) => Some(self.roster.claim(claim).target),
            Held::Pending(target) => Some(target),
            Held::Open | Held::Outside => None,
        };
        let ranked = widest_first(leaves);
        let served = ranked.iter().find(|leaf| leaf.held.is_served()).and_then(|leaf| target(leaf));
        served.or_else(|| ranked.iter().find_map(|leaf| target(leaf))).map(|target| self.region(target))
    }

    /// All partners of a whole with their shares: leads before those that fund, the wider first, then by id.
    pub(super) fn partners(&self, extent: &Extent) -> Vec<ServingPartner> {
        let total: f64 = extent.pieces.iter().map(|piece| piece.weight).sum();
        let pieces = extent.pieces.len().max(1) as f64;
        let weight = |piece: &Piece| if total > 0.0 { piece.weight / total } else { 1.0 / pieces };
        let mut tallies: BTreeMap<PartnerIx, Tally> = BTreeMap::new();
        let mut counted = 0;
        for (piece, leaf) in extent.pieces.iter().flat_map(|piece| piece.leaves.iter().map(move |leaf| (piece, leaf))) {
            let share = weight(piece) * leaf.share;
            counted += usize::from(share > 0.0);
            let Held::Served(claim) = leaf.held else { continue };
            for duty in self.roster.claim(claim).duties.iter().filter_map(|duty| self.snapshot.duty(*duty)) {
                let tally = tallies.entry(duty.partner).or_default();
                tally.share += share;
                tally.leaves += usize::from(share > 0.0);
                *tally.duties.entry(duty.assignment).or_default() += share;
            }
        }
        let mut partners: Vec<_> =
            tallies.into_iter().filter_map(|(partner, tally)| self.serving(partner, &tally, counted)).collect();
        partners.sort_by(|a, b| a.role.cmp(&b.role).then(b.share.total_cmp(&a.share)).then_with(|| a.id.cmp(&b.id)));
        partners
    }

    fn serving(&self, partner: PartnerIx, tally: &Tally, counted: usize) -> Option<ServingPartner> {
        let snapshot = self.snapshot;
        // The widest duty, and of equal ones the first by region: not by line, the order of rows changes nothing.
        let duties = || tally.duties.iter().filter_map(|(duty, share)| Some((snapshot.duty(*duty)?, *share)));
        let by_width = duties().map(|(duty, share)| (duty, share, self.region(duty.target)));
        let (main, _, via) = by_width.min_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.2.cmp(&b.2)))?;
        let share = match tally.leaves {
            0 => 0.0,
            all if all == counted => 1.0,
            _ => tally.share.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON),
        };
        let known = snapshot.partner_at(partner);
        let (contact, contact_source) = contact(self.snapshot, self.snapshot.partner_at(partner));
        Some(ServingPartner {
            id: known.id.clone(),
            name: known.name.clone(),
            website: known.website.clone(),
            contact,
            contact_source,
            courses: self.union(duties().map(|(duty, _)| &duty.courses[..])),
            role: duties().map(|(duty, _)| duty.role).min().unwrap_or(Role::Lead),
            since: main.term.starts_on,
            new_this_year: snapshot.is_new_this_year(partner),
            via,
            share,
        })
    }

    /// All courses of some lists, in the program's order.
    fn union<'c>(&self, lists: impl Iterator<Item = &'c [CourseId]> + Clone) -> Vec<CourseId> {
        let all = self.snapshot.info().courses.iter().map(|course| &course.id);
        all.filter(|id| lists.clone().any(|list| list.contains(id))).cloned().collect()
    }
}

/// A part's share of the whole; 0 and 1 only where they are exact.
fn exact_share(piece: &Piece, pieces: &[Piece], total: f64) -> f64 {
    let alone = pieces.iter().filter(|other| other.weight > 0.0).count() == 1;
    match piece.weight {
        0.0 => 0.0,
        _ if alone => 1.0,
        weight => (weight / total).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON),
    }
}

fn widest_first(leaves: &[Leaf]) -> Vec<&Leaf> {
    let mut ranked: Vec<_> = leaves.iter().collect();
    ranked.sort_by(|a, b| b.share.total_cmp(&a.share));
    ranked
}

fn status_of(held: Held) -> Status {
    match held {
        Held::Served(_) => Status::Covered,
        Held::Pending(_) => Status::Pending,
        Held::Open => Status::Open,
        Held::Outside => Status::Outside,
    }
}

/// The status of a whole from those of its parts; what lies outside counts only where there is nothing else.
pub(super) fn status_of_parts(parts: impl Iterator<Item = Status>) -> Status {
    let parts: Vec<_> = parts.filter(|status| *status != Status::Outside).collect();
    let count = |status| parts.iter().filter(|part| **part == status).count();
    match (parts.len(), count(Status::Covered), count(Status::PartlyCovered), count(Status::Pending)) {
        (0, ..) => Status::Outside,
        (all, covered, ..) if covered == all => Status::Covered,
        (_, 0, 0, pending) if pending == parts.len() => Status::Pending,
        (_, 0, 0, _) => Status::Open,
        _ => Status::PartlyCovered,
    }
}

/// A partner's own contact; else the program's.
pub fn contact(snapshot: &Snapshot, partner: &Partner) -> (Contact, ContactSource) {
    let own = partner.contact.clone().filter(|contact| contact.email.is_some());
    own.map_or_else(|| (snapshot.info().contact.clone(), ContactSource::Program), |own| (own, ContactSource::Partner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Status::{Covered, Open, Outside, PartlyCovered, Pending};

    #[test]
    fn the_status_of_a_whole_follows_from_its_parts() {
        for (parts, whole) in [
            (&[Covered, Covered][..], Covered),
            (&[Covered, Open], PartlyCovered),
            (&[Covered, Pending], PartlyCovered),
            (&[PartlyCovered], PartlyCovered),
            (&[PartlyCovered, Covered], PartlyCovered),
            (&[Pending, Pending], Pending),
            (&[Pending, Open], Open),
            (&[Open], Open),
            (&[Outside], Outside),
            (&[Outside, Covered], Covered),
            (&[Outside, Open], Open),
            (&[], Outside),
        ] {
            assert_eq!(status_of_parts(parts.iter().copied()), whole, "{parts:?}");
        }
    }
}
