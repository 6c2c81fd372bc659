//! Who serves a unit: the most specific region wins, and ZIP assignments change their counties.

use std::collections::BTreeMap;

use super::{
    AreaIx, Land, Roster, UnitIx, ZipIx,
    roster::{ClaimIx, PartnerIx, Target},
};
use crate::domain::ServiceArea;

/// Areas that differ by less than this share are the same size.
const SAME_SIZE: f64 = 0.001;

/// Who serves a piece of ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// Those of a claim.
    Served(ClaimIx),
    /// Nobody; an application for this area or ZIP is under review.
    Pending(Target),
    /// Nobody.
    Open,
    /// Nobody, and the program does not promise to.
    Outside,
}

/// A share of a unit with one holder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leaf {
    /// The ZIP that it is; `None` for ground that no ZIP assignment changes.
    pub zip: Option<ZipIx>,
    /// Who serves it.
    pub held: Held,
    /// Its share of the unit's people, 0 to 1; estimated where ZIPs or regions split the unit.
    pub share: f64,
}

/// What the ZIP assignments of a unit's own ZIPs do to it.
#[derive(Clone, Debug, PartialEq)]
pub enum ZipRule {
    /// No ZIP of it that has people is assigned.
    None,
    /// Every ZIP of it that has people is assigned to the partners of this claim: so is the unit.
    All(ClaimIx),
    /// Every ZIP of it that has people is assigned, to different partners.
    Each,
    /// Some ZIPs of it that have people are assigned.
    Some,
}

/// Who serves a unit on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitCover {
    /// The ground by areas alone, with shares of the unit's area, the larger first.
    pub ground: Vec<(Held, f64)>,
    /// What ZIP assignments do to it.
    pub rule: ZipRule,
    /// The assigned ZIPs whose main county it is, in ascending order, and who serves them.
    pub zips: Vec<(ZipIx, ClaimIx)>,
    /// Its open ZIPs for which an application is under review.
    pub pending_zips: Vec<ZipIx>,
    /// All of it by holder; the shares sum to 1.
    pub leaves: Vec<Leaf>,
    /// Whether an application is under review for ground or a ZIP that has a partner.
    pub pending_inside: bool,
}

impl Held {
    /// Whether a partner serves it.
    pub fn is_served(self) -> bool {
        matches!(self, Self::Served(_))
    }
}

impl UnitCover {
    /// Whether areas alone leave nobody without a partner.
    pub fn ground_is_served(&self) -> bool {
        self.ground.iter().all(|(held, _)| held.is_served())
    }
}

/// Who serves each unit.
pub(super) fn units(
    land: &Land,
    service_area: &ServiceArea,
    roster: &Roster,
    partners: impl Fn(ClaimIx) -> Vec<PartnerIx>,
) -> Vec<UnitCover> {
    land.units().map(|unit| unit_cover(land, service_area, roster, unit, &partners)).collect()
}

fn unit_cover(
    land: &Land,
    service_area: &ServiceArea,
    roster: &Roster,
    unit: UnitIx,
    partners: &impl Fn(ClaimIx) -> Vec<PartnerIx>,
) -> UnitCover {
    let mut by_holder: BTreeMap<Held, f64> = BTreeMap::new();
    for piece in land.pieces(unit) {
        *by_holder.entry(ground(land, service_area, roster, Some(unit), &piece.regions)).or_default() += piece.fraction;
    }
    let mut ground: Vec<_> = by_holder.into_iter().collect();
    ground.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let own = land.zips().main_zips(unit);
    let zips: Vec<_> = own.iter().filter_map(|zip| Some((*zip, roster.claim_on(Target::Zip(*zip))?))).collect();
    let asked = own.iter().filter(|zip| roster.is_pending(Target::Zip(**zip)));
    let free = |zip: &&ZipIx| roster.claim_on(Target::Zip(**zip)).is_none();
    let ground_served = ground.iter().all(|(held, _)| held.is_served());
    let pending_zips: Vec<_> = asked.clone().filter(|zip| free(zip) && !ground_served).copied().collect();
    let pending_inside = asked.count() > pending_zips.len() || pends_over_served(land, roster, unit, &ground);
    let rule = zip_rule(land, unit, &zips, partners);
    let leaves = leaves(land, unit, &ground, &rule, &zips, &pending_zips);
    UnitCover { ground, rule, zips, pending_zips, leaves, pending_inside }
}

/// Who serves ground that lies in a unit and in some program regions: of the assigned areas that hold it, the smallest.
pub(super) fn ground(land: &Land, service_area: &ServiceArea, roster: &Roster, unit: Option<UnitIx>, regions: &[AreaIx]) -> Held {
    let areas = holding_areas(land, unit, regions);
    let assigned = |area: &AreaIx| roster.claim_on(Target::Area(*area)).is_some();
    if let Some(area) = most_specific(land, areas.iter().copied().filter(assigned))
        && let Some(claim) = roster.claim_on(Target::Area(area))
    {
        return Held::Served(claim);
    }
    let promised = unit.is_none_or(|unit| service_area.holds(land.state_code(land.state_of(unit))));
    if !promised {
        return Held::Outside;
    }
    let asked = |area: &AreaIx| roster.is_pending(Target::Area(*area));
    most_specific(land, areas.iter().copied().filter(asked)).map_or(Held::Open, |area| Held::Pending(Target::Area(area)))
}

/// The areas that hold ground in a unit and in some program regions.
fn holding_areas(land: &Land, unit: Option<UnitIx>, regions: &[AreaIx]) -> Vec<AreaIx> {
    let of_unit = unit.into_iter().flat_map(|unit| [land.unit_area(unit), land.state_area(land.state_of(unit))]);
    let mut areas: Vec<_> = regions.iter().copied().chain(of_unit).collect();
    areas.sort_unstable();
    areas.dedup();
    areas
}

/// The smallest of some areas; of those within 0.1 % of it county before region before state, then by id.
fn most_specific(land: &Land, areas: impl Iterator<Item = AreaIx> + Clone) -> Option<AreaIx> {
    let size = |area: AreaIx| land.area(area).square_metres;
    let smallest = areas.clone().map(size).min_by(f64::total_cmp)?;
    let alike = areas.filter(|area| size(*area) <= smallest * (1.0 + SAME_SIZE));
    alike.min_by_key(|area| (land.area(*area).kind, &land.area(*area).id))
}

fn pends_over_served(land: &Land, roster: &Roster, unit: UnitIx, ground: &[(Held, f64)]) -> bool {
    let regions = land.pieces(unit).iter().flat_map(|piece| piece.regions.iter().copied());
    let mut areas = holding_areas(land, Some(unit), &regions.collect::<Vec<_>>()).into_iter();
    ground.iter().any(|(held, _)| held.is_served()) && areas.any(|area| roster.is_pending(Target::Area(area)))
}

fn zip_rule(land: &Land, unit: UnitIx, zips: &[(ZipIx, ClaimIx)], partners: &impl Fn(ClaimIx) -> Vec<PartnerIx>) -> ZipRule {
    let peopled = |zip: ZipIx| land.zips().weight_in(zip, unit) > 0.0;
    let mut assigned = zips.iter().filter(|(zip, _)| peopled(*zip)).map(|(_, claim)| *claim).peekable();
    let Some(first) = assigned.peek().copied() else { return ZipRule::None };
    let assigned: Vec<_> = assigned.collect();
    let all = land.zips().main_zips(unit).iter().filter(|zip| peopled(**zip)).count();
    if assigned.len() < all {
        return ZipRule::Some;
    }
    let together = partners(first);
    if assigned.iter().all(|claim| partners(*claim) == together) { ZipRule::All(first) } else { ZipRule::Each }
}

fn leaves(
    land: &Land,
    unit: UnitIx,
    ground: &[(Held, f64)],
    rule: &ZipRule,
    zips: &[(ZipIx, ClaimIx)],
    pending: &[ZipIx],
) -> Vec<Leaf> {
    if let ZipRule::All(claim) = rule {
        return vec![Leaf { zip: None, held: Held::Served(*claim), share: 1.0 }];
    }
    let table = land.zips();
    let weight = |zip: ZipIx| table.weight_in(zip, unit);
    let taken: Vec<(ZipIx, Held)> = zips
        .iter()
        .map(|(zip, claim)| (*zip, Held::Served(*claim)))
        .chain(pending.iter().map(|zip| (*zip, Held::Pending(Target::Zip(*zip)))))
        .collect();
    let peopled = |zip: &ZipIx| weight(*zip) > 0.0;
    let own: Vec<ZipIx> =
        if taken.is_empty() { Vec::new() } else { table.main_zips(unit).iter().copied().filter(peopled).collect() };
    let nothing_left = !own.is_empty() && taken.iter().filter(|(zip, _)| peopled(zip)).count() == own.len();
    // Where every ZIP with people has a partner, open ground is nobody's: it is no part of the unit any more.
    let ground: Vec<_> = ground.iter().filter(|(held, _)| !nothing_left || held.is_served()).collect();
    // Shares are of all people of the unit, those of ZIPs with another main county, too, unless nothing else is left.
    let total = if ground.is_empty() { own.iter().map(|zip| weight(*zip)).sum() } else { table.weight_of(unit) };
    let share = |zip: ZipIx| if total > 0.0 { weight(zip) / total } else { 0.0 };
    let mut leaves: Vec<_> = taken.iter().map(|(zip, held)| Leaf { zip: Some(*zip), held: *held, share: share(*zip) }).collect();
    let foreign = table.weight_of(unit) - own.iter().map(|zip| weight(*zip)).sum::<f64>();
    let all_taken = nothing_left && foreign <= total * f64::EPSILON * 1e3;
    let rest = if all_taken { 0.0 } else { (1.0 - leaves.iter().map(|leaf| leaf.share).sum::<f64>()).max(0.0) };
    let whole: f64 = ground.iter().map(|(_, fraction)| *fraction).sum();
    leaves.extend(ground.iter().map(|(held, fraction)| Leaf { zip: None, held: *held, share: rest * fraction / whole }));
    leaves
}
