//! Who took up, gave up or handed over which region.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{AssignmentChange, AssignmentChangeKind as Kind, Side, Who};
use crate::{
    domain::{CourseId, PartnerId, RegionId, Role, Standing},
    snapshot::{Duty, Target},
};

/// How a partner serves a region: in which role, what, and until when.
type Terms = BTreeSet<(Role, Vec<CourseId>, Option<Date>)>;

/// The assignments of one side.
#[derive(Default)]
struct Held {
    /// Who serves on the day, by region.
    now: BTreeMap<RegionId, BTreeMap<PartnerId, Terms>>,
    /// From which day on others will, by region.
    to_come: BTreeMap<RegionId, BTreeMap<PartnerId, Date>>,
}

/// What happened to assignments.
pub fn changes(before: Side<'_>, after: Side<'_>) -> Vec<AssignmentChange> {
    let (old, new) = (held(before), held(after));
    let all = [&old, &new].into_iter().flat_map(|side| side.now.keys().chain(side.to_come.keys()));
    let regions: BTreeSet<&RegionId> = all.collect();
    let sides = Sides { before, after, old: &old, new: &new };
    regions.into_iter().flat_map(|region| sides.of_region(region)).collect()
}

fn held(side: Side<'_>) -> Held {
    let mut held = Held::default();
    for duty in side.snapshot.duties().iter().filter(|duty| duty.standing == Standing::Active) {
        let (region, partner) = (region(side, duty.target), side.snapshot.partner_at(duty.partner).id.clone());
        if duty.term.holds(side.day) {
            held.now.entry(region).or_default().entry(partner).or_default().insert(terms(duty));
        } else if let Some(first) = duty.term.starts_on.filter(|first| side.day < *first && !duty.term.is_empty()) {
            let day = held.to_come.entry(region).or_default().entry(partner).or_insert(first);
            *day = first.min(*day);
        }
    }
    held
}

fn terms(duty: &Duty) -> (Role, Vec<CourseId>, Option<Date>) {
    (duty.role, duty.courses.clone(), duty.term.ends_on)
}

fn region(side: Side<'_>, target: Target) -> RegionId {
    let land = side.snapshot.land();
    match target {
        Target::Area(area) => land.area(area).id.clone(),
        Target::Zip(zip) => RegionId::Zip(land.zips().zip(zip).zip),
    }
}

struct Sides<'a> {
    before: Side<'a>,
    after: Side<'a>,
    old: &'a Held,
    new: &'a Held,
}

impl Sides<'_> {
    fn of_region(&self, region: &RegionId) -> Vec<AssignmentChange> {
        let none = BTreeMap::new();
        let (old, new) = [self.old, self.new].map(|side| side.now.get(region).unwrap_or(&none)).into();
        let gone: Vec<Who> = old.keys().filter(|id| !new.contains_key(*id)).map(|id| self.who(id)).collect();
        let come: Vec<Who> = new.keys().filter(|id| !old.contains_key(*id)).map(|id| self.who(id)).collect();
        let mut kinds = match (gone.is_empty(), come.is_empty()) {
            (false, false) => vec![Kind::HandedOver { from: gone, to: come }],
            _ => gone.into_iter().map(Kind::Ended).chain(come.into_iter().map(Kind::Started)).collect(),
        };
        let altered = new.iter().filter(|(id, terms)| old.get(*id).is_some_and(|before| before != *terms));
        kinds.extend(altered.map(|(id, _)| Kind::Altered(self.who(id))));
        kinds.extend(self.to_come(region, new));
        let name = self.name(region);
        kinds.into_iter().map(|change| AssignmentChange { region: region.clone(), name: name.clone(), change }).collect()
    }

    /// What changes about those who are to serve a region.
    fn to_come(&self, region: &RegionId, now: &BTreeMap<PartnerId, Terms>) -> Vec<Kind> {
        let none = BTreeMap::new();
        let (old, new) = [self.old, self.new].map(|side| side.to_come.get(region).unwrap_or(&none)).into();
        let announced = new.iter().filter(|(id, day)| old.get(*id) != Some(*day));
        let withdrawn = old.iter().filter(|(id, _)| !new.contains_key(*id) && !now.contains_key(*id));
        // What would have begun and ended between two days was served, not withdrawn.
        let withdrawn = withdrawn.filter(|(_, day)| self.after.day < **day);
        announced
            .map(|(id, day)| Kind::Announced(self.who(id), *day))
            .chain(withdrawn.map(|(id, day)| Kind::Withdrawn(self.who(id), *day)))
            .collect()
    }

    fn who(&self, id: &PartnerId) -> Who {
        let name = |side: Side<'_>| side.snapshot.partner(id).map(|partner| side.snapshot.partner_at(partner).name.clone());
        let name = name(self.after).or_else(|| name(self.before)).unwrap_or_else(|| id.as_str().into());
        Who { id: id.clone(), name }
    }

    fn name(&self, region: &RegionId) -> std::sync::Arc<str> {
        let name = |side: Side<'_>| {
            let land = side.snapshot.land();
            match region {
                RegionId::Zip(zip) => land.zips().find(*zip).map(|ix| {
                    let zip = land.zips().zip(ix);
                    format!("ZIP {}, {}, {}", zip.zip, zip.place, zip.state).into()
                }),
                area => land.find(area).map(|area| land.area(area).name.clone()),
            }
        };
        name(self.after).or_else(|| name(self.before)).unwrap_or_else(|| region.to_string().into())
    }
}
