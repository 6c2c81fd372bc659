use std::{collections::BTreeMap, sync::Arc};

use jiff::{ToSpan, civil::Date};

use super::{Amounts, Measure, book::Book, tally::add};
use crate::{
    domain::{Generation, Origin, PartnerId, RegionId, Standing},
    lookup::Scope,
    snapshot::{Duty, Snapshot, Target},
};

/// What starts, ends, is handed over and is to be looked at again in the next days.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// The first day.
    pub as_of: Date,
    /// The last day.
    pub until: Date,
    /// The data.
    pub generation: Generation,
    /// What is counted, in the order of all amounts.
    pub measures: Vec<Measure>,
    /// What happens, by day, then by region.
    pub events: Vec<Event>,
    /// What changes on each of the days on which somebody starts, or no longer serves.
    pub days: Vec<DayChange>,
}

/// Something that happens on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The day; of an end the last day of service.
    pub day: Date,
    /// What happens.
    pub kind: EventKind,
    /// Whose assignment it is.
    pub partner: PartnerId,
    /// Its name.
    pub name: Arc<str>,
    /// The region.
    pub region: RegionId,
    /// Its name.
    pub region_name: Arc<str>,
    /// To whom it is handed over, or from whom: those who start on the day after an end, or end on the day before a start.
    pub others: Vec<PartnerId>,
    /// Where the assignment is written.
    pub origin: Origin,
}

/// What happens on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// The day to look at an assignment again is over.
    ReviewOverdue,
    /// An assignment is to be looked at again.
    ReviewDue,
    /// It is the last day of an assignment.
    Ends,
    /// It is the first day of an assignment.
    Starts,
}

/// What changes from one day to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct DayChange {
    /// The day from which on it holds.
    pub day: Date,
    /// What has a partner since, by measure.
    pub gained: Amounts,
    /// What has none any more, by measure.
    pub lost: Amounts,
    /// What has a partner from this day on, by measure.
    pub covered: Amounts,
}

/// What happens from a day on in the next so many days; for a course, what changes for it.
pub fn calendar(snapshot: &Snapshot, scope: &Scope, days: u16) -> Calendar {
    let until = scope.as_of.saturating_add(i64::from(days).days());
    let mut events: Vec<Event> =
        snapshot.duties().iter().flat_map(|duty| events_of(snapshot, duty, scope.as_of, until)).collect();
    events.sort_by(|a, b| (a.day, a.kind, &a.region, &a.partner).cmp(&(b.day, b.kind, &b.region, &b.partner)));
    let mut turns: Vec<Date> = snapshot
        .duties()
        .iter()
        .flat_map(|duty| [duty.term.starts_on, duty.term.ends_on.and_then(|last| last.tomorrow().ok())])
        .flatten()
        .filter(|day| scope.as_of < *day && *day <= until)
        .collect();
    turns.sort_unstable();
    turns.dedup();
    let days = turns.into_iter().filter_map(|day| change_on(snapshot, scope, day)).collect();
    let roster = snapshot.roster(scope.as_of, scope.course.as_ref());
    let measures = Book::new(snapshot, &roster).measures.list;
    Calendar { as_of: scope.as_of, until, generation: snapshot.generation().clone(), measures, events, days }
}

fn events_of(snapshot: &Snapshot, duty: &Duty, as_of: Date, until: Date) -> Vec<Event> {
    let row = snapshot.assignment(duty.assignment);
    let within = |day: &Date| as_of <= *day && *day <= until;
    let active = duty.standing == Standing::Active;
    let starts = duty.term.starts_on.filter(|day| active && within(day)).map(|day| (day, EventKind::Starts));
    let ends = duty.term.ends_on.filter(|day| active && within(day)).map(|day| (day, EventKind::Ends));
    let is_over = duty.term.ends_on.is_some_and(|last| last < as_of);
    let review = row.review_by.filter(|day| !is_over && *day <= until);
    let review = review.map(|day| (day, if day < as_of { EventKind::ReviewOverdue } else { EventKind::ReviewDue }));
    let (region, region_name) = named(snapshot, duty.target);
    let partner = snapshot.partner_at(duty.partner);
    let event = |(day, kind)| Event {
        day,
        kind,
        partner: partner.id.clone(),
        name: partner.name.clone(),
        region: region.clone(),
        region_name: region_name.clone(),
        others: others(snapshot, duty, day, kind),
        origin: row.origin.clone(),
    };
    [starts, ends, review].into_iter().flatten().map(event).collect()
}

/// Those who take a region over on the day after an end, or gave it up on the day before a start.
fn others(snapshot: &Snapshot, duty: &Duty, day: Date, kind: EventKind) -> Vec<PartnerId> {
    let takes_turn = |other: &&Duty| match kind {
        EventKind::Ends => other.term.starts_on.is_some() && other.term.starts_on == day.tomorrow().ok(),
        EventKind::Starts => other.term.ends_on.is_some() && other.term.ends_on == day.yesterday().ok(),
        EventKind::ReviewDue | EventKind::ReviewOverdue => false,
    };
    let beside =
        |other: &&Duty| other.target == duty.target && other.partner != duty.partner && other.standing == Standing::Active;
    let mut ids: Vec<PartnerId> = snapshot
        .duties()
        .iter()
        .filter(beside)
        .filter(takes_turn)
        .map(|other| snapshot.partner_at(other.partner).id.clone())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn named(snapshot: &Snapshot, target: Target) -> (RegionId, Arc<str>) {
    let land = snapshot.land();
    match target {
        Target::Area(area) => (land.area(area).id.clone(), land.area(area).name.clone()),
        Target::Zip(zip) => {
            let zip = land.zips().zip(zip);
            (RegionId::Zip(zip.zip), format!("ZIP {}, {}, {}", zip.zip, zip.place, zip.state).into())
        }
    }
}

/// What changes on a day; `None` where nobody gains or loses anything.
fn change_on(snapshot: &Snapshot, scope: &Scope, day: Date) -> Option<DayChange> {
    let course = scope.course.as_ref();
    let (old, new) = (snapshot.roster(day.yesterday().ok()?, course), snapshot.roster(day, course));
    let (before, after) = (Book::new(snapshot, &old), Book::new(snapshot, &new));
    let [mut gained, mut lost, mut covered] = [before.nothing(), before.nothing(), before.nothing()];
    for unit in snapshot.land().units() {
        let own = |book: &Book<'_>| book.of_leaves(unit, |leaf| leaf.held.is_served());
        let (was, is) = (own(&before), own(&after));
        let rise = |from: &Amounts, to: &Amounts| -> Amounts {
            from.iter().zip(to).map(|(from, to)| Some((*to)?.saturating_sub((*from)?))).collect()
        };
        add(&mut gained, &rise(&was, &is));
        add(&mut lost, &rise(&is, &was));
        add(&mut covered, &is);
    }
    let some = |amounts: &Amounts| amounts.iter().flatten().any(|amount| *amount > 0);
    (some(&gained) || some(&lost)).then_some(DayChange { day, gained, lost, covered })
}

/// How many events of each kind there are.
pub fn counts(events: &[Event]) -> BTreeMap<EventKind, usize> {
    let mut counts = BTreeMap::new();
    events.iter().for_each(|event| *counts.entry(event.kind).or_default() += 1);
    counts
}
