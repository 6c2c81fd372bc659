//! What two data sets, or two days, answer differently: a pure function of both, with a plain value as its result.

mod answers;
mod assignments;
mod partners;
mod regions;

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    domain::{Generation, PartnerId, RegionId},
    lookup::Status,
    snapshot::Snapshot,
};

/// Data and a day: one of the two things that are compared.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The data.
    pub snapshot: &'a Snapshot,
    /// The day that its answers are about.
    pub day: Date,
}

/// What changes from one side to the other. Applications under review are never named.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The side before.
    pub before: Edition,
    /// The side after.
    pub after: Edition,
    /// Regions that came, went or changed, by id.
    pub regions: Vec<RegionChange>,
    /// Partners that came, went or changed their name, by id.
    pub partners: Vec<PartnerChange>,
    /// Who took up, gave up or handed over which region, by region.
    pub assignments: Vec<AssignmentChange>,
    /// How many places change from which status to which, those with the most people first.
    pub shifts: Vec<Shift>,
    /// Counties whose answer changes, those with the most people first; states where there are no counties.
    pub counties: Vec<PlaceChange>,
    /// ZIPs whose answer changes, those with the most people first.
    pub zips: Vec<PlaceChange>,
}

/// A side in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The name of its data.
    pub generation: Generation,
    /// Its day.
    pub day: Date,
    /// The people in all counties.
    pub people: u64,
    /// Those of them who have a partner; estimated in counties that ZIPs or regions split.
    pub covered: u64,
    /// How many ZIPs are known.
    pub zips: usize,
    /// How many counties are known; states where there are no counties.
    pub counties: usize,
}

/// A region that came, went or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionChange {
    /// Its id.
    pub region: RegionId,
    /// Its name, the later one where both sides know it.
    pub name: Arc<str>,
    /// What happened.
    pub change: RegionChangeKind,
}

/// What happened to a region.
#[derive(Clone, Debug, PartialEq)]
pub enum RegionChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It had this name before.
    Renamed(Arc<str>),
    /// It holds other ground: what it gained and lost, as a share of its former area.
    Moved(f64),
}

/// An organisation by its id and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Arc<str>,
}

/// A partner that came, went or changed its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerChange {
    /// The partner.
    pub partner: Who,
    /// What happened.
    pub change: PartnerChangeKind,
}

/// What happened to a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartnerChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It had this name before.
    Renamed(Arc<str>),
}

/// A region with other partners, or with other terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentChange {
    /// The region.
    pub region: RegionId,
    /// Its name.
    pub name: Arc<str>,
    /// What happened.
    pub change: AssignmentChangeKind,
}

/// What happened to the assignments of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssignmentChangeKind {
    /// Somebody serves it now who did not before.
    Started(Who),
    /// Somebody served it before who does not now.
    Ended(Who),
    /// Those who served it gave it to others.
    HandedOver {
        /// Who served it before.
        from: Vec<Who>,
        /// Who serves it now.
        to: Vec<Who>,
    },
    /// The same partner serves it with another role, other courses or another last day.
    Altered(Who),
    /// Somebody will serve it from this day on, and that is new.
    Announced(Who, Date),
    /// Somebody was to serve it from this day on, and no longer is.
    Withdrawn(Who, Date),
}

/// How many places change from one status to another; equal ones have other partners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The status before; `None` for places that were not known.
    pub before: Option<Status>,
    /// The status after; `None` for places that are no longer known.
    pub after: Option<Status>,
    /// How many counties.
    pub counties: usize,
    /// The people in these counties.
    pub county_people: u64,
    /// How many ZIPs.
    pub zips: usize,
    /// The people in these ZIPs.
    pub zip_people: u64,
}

/// A county or ZIP whose answer changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceChange {
    /// Its id.
    pub region: RegionId,
    /// Its name.
    pub name: Arc<str>,
    /// Its people; `None` where nobody counted.
    pub people: Option<u64>,
    /// What was answered before; `None` where it was not known.
    pub before: Option<Held>,
    /// What is answered now; `None` where it is no longer known.
    pub after: Option<Held>,
}

/// What is answered about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its status.
    pub status: Status,
    /// Who serves it, by id.
    pub partners: Vec<PartnerId>,
    /// Those of them who lead.
    pub leads: Vec<PartnerId>,
}

/// Compares two data sets, each on a day: answers for any course.
pub fn compare(before: Side<'_>, after: Side<'_>) -> Comparison {
    let (((counties, zips), [before_edition, after_edition]), (regions, (partners, assignments))) = rayon::join(
        || {
            let answers = answers::Answers::new(before, after);
            ((answers.counties(), answers.zips()), answers.editions())
        },
        || (regions::changes(before, after), (partners::changes(before, after), assignments::changes(before, after))),
    );
    let shifts = answers::shifts(&counties, &zips);
    Comparison { before: before_edition, after: after_edition, regions, partners, assignments, shifts, counties, zips }
}

impl Comparison {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
            && self.partners.is_empty()
            && self.assignments.is_empty()
            && self.counties.is_empty()
            && self.zips.is_empty()
    }

    /// The people of counties that others lead now, and nobody who did before.
    pub fn people_handed_over(&self) -> u64 {
        let handed = self.counties.iter().filter(|county| match (&county.before, &county.after) {
            (Some(before), Some(after)) => {
                let both_led = !before.leads.is_empty() && !after.leads.is_empty();
                both_led && before.leads.iter().all(|lead| !after.leads.contains(lead))
            }
            _ => false,
        });
        handed.filter_map(|county| county.people).sum()
    }
}
