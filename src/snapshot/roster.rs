use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{
    AreaIx, Land, UnitIx, ZipIx,
    cover::{self, Held, UnitCover},
    vicinity::Vicinity,
};
use crate::domain::{Assignment, CourseId, Partner, Program, RegionId, Role, Standing, Term};

/// Number of an assignment, in the order of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssignmentIx(pub(crate) u32);

/// Number of a partner, in the order of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartnerIx(pub(crate) u32);

impl PartnerIx {
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// Number of a claim in a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIx(u32);

/// What an assignment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A state, county or program region.
    Area(AreaIx),
    /// A ZIP.
    Zip(ZipIx),
}

/// An assignment, resolved against the land and its partner once per snapshot.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The assignment.
    pub assignment: AssignmentIx,
    /// Its partner.
    pub partner: PartnerIx,
    /// What it is about.
    pub target: Target,
    /// What the partner offers there, in the program's order; empty only where nothing is offered or the program
    /// tells no courses apart.
    pub courses: Vec<CourseId>,
    /// Whether the partner leads or funds.
    pub role: Role,
    /// Whether it is in force or under review.
    pub standing: Standing,
    /// The days on which both the assignment and its partner hold.
    pub term: Term,
}

/// Those who serve one region together.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The region.
    pub target: Target,
    /// The duties of those who serve: leads by id of their partner, then those that fund, by id. A partner stands here once.
    pub duties: Vec<AssignmentIx>,
}

/// Who serves what on a day, for a course: made once for all questions about them.
#[derive(Debug)]
pub struct Roster {
    claims: Vec<Claim>,
    by_target: BTreeMap<Target, ClaimIx>,
    pending: BTreeSet<Target>,
    units: Vec<UnitCover>,
    /// Who leads anywhere in each unit.
    leads: Vec<Vec<PartnerIx>>,
    /// Remembered results of a pure function of the land and what stands above.
    pub(super) vicinity: Vicinity,
}

/// Resolves the assignments of a program.
pub(super) fn duties(land: &Land, program: &Program) -> Vec<Duty> {
    let offered = |partner: &Partner, row: &Assignment| {
        let all = program.info.courses.iter().map(|course| &course.id);
        let named = |list: &[CourseId], id: &CourseId| list.is_empty() || list.contains(id);
        all.filter(|id| named(&partner.courses, id) && named(&row.courses, id)).cloned().collect()
    };
    let resolve = |(ix, row): (u32, &Assignment)| {
        let number = program.partners.binary_search_by(|p| p.id.cmp(&row.partner)).ok()?;
        let partner = &program.partners[number];
        let target = match &row.region {
            RegionId::Zip(zip) => Target::Zip(land.zips().find(*zip)?),
            area => Target::Area(land.find(area)?),
        };
        Some(Duty {
            assignment: AssignmentIx(ix),
            partner: PartnerIx(number as u32),
            target,
            courses: offered(partner, row),
            role: row.role,
            standing: row.standing,
            term: row.term.and(&partner.term),
        })
    };
    (0..).zip(&program.assignments).filter_map(resolve).collect()
}

impl Duty {
    /// Whether it is about the course; `None` means any.
    pub fn is_about(&self, course: Option<&CourseId>, program: &Program) -> bool {
        match course {
            Some(course) => self.courses.contains(course),
            None => !self.courses.is_empty() || program.info.courses.is_empty(),
        }
    }
}

impl Roster {
    /// Who serves what on a day, for a course (`None` means any).
    pub(super) fn new(land: &Land, program: &Program, duties: &[Duty], day: Date, course: Option<&CourseId>) -> Self {
        let today = || duties.iter().filter(|duty| duty.term.holds(day));
        let leads = today().filter(|duty| duty.role == Role::Lead && duty.is_about(course, program));
        let mut serving: BTreeMap<Target, Vec<&Duty>> = BTreeMap::new();
        let mut pending = BTreeSet::new();
        for duty in leads {
            match duty.standing {
                Standing::Active => serving.entry(duty.target).or_default().push(duty),
                Standing::Pending => _ = pending.insert(duty.target),
            }
        }
        // One that funds joins whoever leads, whatever its own courses are, and serves nothing alone.
        for duty in today().filter(|duty| duty.role == Role::Funding && duty.standing == Standing::Active) {
            if let Some(together) = serving.get_mut(&duty.target) {
                together.push(duty);
            }
        }
        let mut roster = Self {
            claims: Vec::new(),
            by_target: BTreeMap::new(),
            pending,
            units: Vec::new(),
            leads: Vec::new(),
            vicinity: Vicinity::default(),
        };
        for (number, (target, mut together)) in (0..).zip(serving) {
            together.sort_by_key(|duty| (duty.role, duty.partner, duty.assignment));
            let mut seen = BTreeSet::new();
            together.retain(|duty| seen.insert(duty.partner));
            roster.claims.push(Claim { target, duties: together.iter().map(|duty| duty.assignment).collect() });
            roster.by_target.insert(target, ClaimIx(number));
        }
        roster.units = cover::units(land, &program.info.service_area, &roster, |claim| roster.partners(claim, duties));
        roster.leads = roster.units.iter().map(|cover| roster.leading(cover, duties)).collect();
        roster
    }

    /// A claim.
    pub fn claim(&self, claim: ClaimIx) -> &Claim {
        &self.claims[claim.0 as usize]
    }

    /// Who serves an area or ZIP by an assignment of its own.
    pub fn claim_on(&self, target: Target) -> Option<ClaimIx> {
        self.by_target.get(&target).copied()
    }

    /// Everything that is assigned, and who serves it.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimIx, &Claim)> {
        (0..).map(ClaimIx).zip(&self.claims)
    }

    /// Whether an application for exactly this area or ZIP is under review.
    pub fn is_pending(&self, target: Target) -> bool {
        self.pending.contains(&target)
    }

    /// The areas and ZIPs for which an application is under review.
    pub fn pending(&self) -> impl Iterator<Item = Target> {
        self.pending.iter().copied()
    }

    /// Who serves a unit.
    pub fn unit(&self, unit: UnitIx) -> &UnitCover {
        &self.units[unit.at()]
    }

    /// Who leads anywhere in a unit, in ascending order.
    pub fn leads(&self, unit: UnitIx) -> &[PartnerIx] {
        &self.leads[unit.at()]
    }

    /// Who serves the ground in a unit that lies in some program regions, ZIPs aside.
    pub fn ground(
        &self,
        land: &Land,
        service_area: &crate::domain::ServiceArea,
        unit: Option<UnitIx>,
        regions: &[AreaIx],
    ) -> Held {
        cover::ground(land, service_area, self, unit, regions)
    }

    fn leading(&self, cover: &UnitCover, duties: &[Duty]) -> Vec<PartnerIx> {
        let claims = cover.leaves.iter().filter_map(|leaf| match leaf.held {
            Held::Served(claim) => Some(self.claim(claim)),
            Held::Pending(_) | Held::Open | Held::Outside => None,
        });
        let number = |ix: &AssignmentIx| duties.binary_search_by_key(ix, |duty| duty.assignment).ok();
        let own = claims.flat_map(|claim| &claim.duties).filter_map(number).map(|i| &duties[i]);
        let leads: BTreeSet<_> = own.filter(|duty| duty.role == Role::Lead).map(|duty| duty.partner).collect();
        leads.into_iter().collect()
    }

    /// The partners of a claim, leads first.
    fn partners(&self, claim: ClaimIx, duties: &[Duty]) -> Vec<PartnerIx> {
        let number = |ix: &AssignmentIx| duties.binary_search_by_key(ix, |duty| duty.assignment).ok();
        let mut partners: Vec<_> = self.claim(claim).duties.iter().filter_map(number).map(|i| duties[i].partner).collect();
        partners.sort_unstable();
        partners
    }
}
