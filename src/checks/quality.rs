use std::sync::Arc;

use super::{findings, overlaps, patches};
use crate::{
    domain::{Generation, Origin, PartnerId, Problem, RegionId},
    geometry::topology::Topology,
    lookup::Scope,
    snapshot::{Land, Snapshot, UnitIx},
};

/// How good the data is: everything that was found, overlaps, and partners whose areas do not hang together.
#[derive(Clone, Debug, PartialEq)]
pub struct Quality {
    /// The day and the course.
    pub scope: Scope,
    /// The data.
    pub generation: Generation,
    /// What was found in the files and in the data as a whole, sorted by place.
    pub findings: Vec<Problem>,
    /// Program regions of different partners that share ground, the most first.
    pub overlaps: Vec<SharedGround>,
    /// Partners with detached parts or holes, those with the most parts first.
    pub patchworks: Vec<Patchwork>,
}

/// Ground that two program regions of different partners share.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedGround {
    /// The regions, their names and who holds them.
    pub sides: [Side; 2],
    /// How much it is, in square metres.
    pub square_metres: f64,
    /// Whether somebody accepted it.
    pub is_accepted: bool,
}

/// One of two regions that share ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Its id.
    pub region: RegionId,
    /// Its name.
    pub name: Arc<str>,
    /// Who holds it.
    pub partner: PartnerId,
    /// Where that is written.
    pub origin: Origin,
}

/// A partner whose counties do not hang together, or have holes.
#[derive(Clone, Debug, PartialEq)]
pub struct Patchwork {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: Arc<str>,
    /// The names of the counties of each part, the largest part first.
    pub parts: Vec<Vec<Arc<str>>>,
    /// The names of the counties of each hole.
    pub holes: Vec<Vec<Arc<str>>>,
}

/// How good the data is on a day, for a course.
pub fn quality(snapshot: &Snapshot, scope: &Scope) -> Quality {
    let mut all = findings(snapshot, scope.as_of);
    all.extend(snapshot.warnings().iter().cloned());
    all.sort_unstable();
    all.dedup();
    let mut shared: Vec<_> = overlaps(snapshot, scope.as_of).iter().map(|overlap| shared_ground(snapshot, overlap)).collect();
    shared.sort_by(|a, b| b.square_metres.total_cmp(&a.square_metres));
    Quality {
        scope: scope.clone(),
        generation: snapshot.generation().clone(),
        findings: all,
        overlaps: shared,
        patchworks: patchworks(snapshot, scope),
    }
}

fn shared_ground(snapshot: &Snapshot, overlap: &super::Overlap) -> SharedGround {
    let side = |at: usize| {
        let area = snapshot.land().area(overlap.regions[at]);
        let row = snapshot.assignment(overlap.rows[at]);
        Side { region: area.id.clone(), name: area.name.clone(), partner: row.partner.clone(), origin: row.origin.clone() }
    };
    let sides = [side(0), side(1)];
    let is_accepted = snapshot.program().accepted.iter().any(|row| {
        row.regions.iter().zip(&sides).all(|(accepted, side)| matches!(&side.region, RegionId::Region(slug) if slug == accepted))
    });
    SharedGround { sides, square_metres: overlap.square_metres, is_accepted }
}

fn patchworks(snapshot: &Snapshot, scope: &Scope) -> Vec<Patchwork> {
    let land = snapshot.land();
    let boundaries: Vec<_> = land.units().filter_map(|unit| land.area(land.unit_area(unit)).boundary.clone()).collect();
    if boundaries.len() != land.units().len() {
        return Vec::new();
    }
    let units = Topology::new(boundaries.iter().map(|boundary| &**boundary));
    let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
    let torn = patches(snapshot, &roster, &units).into_iter().filter(|own| own.parts.len() > 1 || !own.holes.is_empty());
    let mut works: Vec<_> = torn
        .map(|own| {
            let partner = snapshot.partner_at(own.partner);
            Patchwork {
                partner: partner.id.clone(),
                name: partner.name.clone(),
                parts: names(land, &own.parts),
                holes: names(land, &own.holes),
            }
        })
        .collect();
    works.sort_by(|a, b| {
        (b.parts.len(), b.holes.len()).cmp(&(a.parts.len(), a.holes.len())).then_with(|| a.partner.cmp(&b.partner))
    });
    works
}

fn names(land: &Land, groups: &[Vec<UnitIx>]) -> Vec<Vec<Arc<str>>> {
    let name = |unit: &UnitIx| land.area(land.unit_area(*unit)).name.clone();
    groups.iter().map(|units| units.iter().map(name).collect()).collect()
}
