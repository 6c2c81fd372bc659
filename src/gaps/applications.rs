use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    domain::{Generation, Origin, PartnerId, RegionId, Standing},
    snapshot::{Snapshot, Target},
};

/// Applications under review on a day, the longest waiting first. For staff: it names applicants.
#[derive(Clone, Debug, PartialEq)]
pub struct Applications {
    /// The day.
    pub as_of: Date,
    /// The data.
    pub generation: Generation,
    /// The applications.
    pub rows: Vec<Application>,
}

/// An application under review.
#[derive(Clone, Debug, PartialEq)]
pub struct Application {
    /// Who applies.
    pub partner: PartnerId,
    /// Its name.
    pub name: Arc<str>,
    /// For which region.
    pub region: RegionId,
    /// Its name.
    pub region_name: Arc<str>,
    /// The people in it, where they were counted.
    pub people: Option<u64>,
    /// When it would start.
    pub starts_on: Option<Date>,
    /// By when it is to be decided.
    pub review_by: Option<Date>,
    /// Whether one of these days has passed.
    pub is_late: bool,
    /// What staff wrote about it and about the applicant.
    pub notes: Vec<Arc<str>>,
    /// Where it is written.
    pub origin: Origin,
}

/// The applications under review on a day.
pub fn applications(snapshot: &Snapshot, as_of: Date) -> Applications {
    let pending = snapshot.duties().iter().filter(|duty| duty.standing == Standing::Pending);
    let open = pending.filter(|duty| duty.term.ends_on.is_none_or(|last| as_of <= last));
    let mut rows: Vec<_> = open
        .map(|duty| {
            let (row, partner) = (snapshot.assignment(duty.assignment), snapshot.partner_at(duty.partner));
            let (region_name, people) = place(snapshot, duty.target);
            let starts_on = duty.term.starts_on;
            Application {
                partner: partner.id.clone(),
                name: partner.name.clone(),
                region: row.region.clone(),
                region_name,
                people,
                starts_on,
                review_by: row.review_by,
                is_late: [starts_on, row.review_by].into_iter().flatten().any(|day| day < as_of),
                notes: [&row.notes, &partner.notes].into_iter().flatten().cloned().collect(),
                origin: row.origin.clone(),
            }
        })
        .collect();
    let due = |row: &Application| [row.starts_on, row.review_by].into_iter().flatten().min();
    rows.sort_by(|a, b| {
        (due(a).is_none(), due(a), &a.region, &a.partner).cmp(&(due(b).is_none(), due(b), &b.region, &b.partner))
    });
    Applications { as_of, generation: snapshot.generation().clone(), rows }
}

fn place(snapshot: &Snapshot, target: Target) -> (Arc<str>, Option<u64>) {
    let land = snapshot.land();
    match target {
        Target::Area(area) => (land.area(area).name.clone(), land.people_in(area)),
        Target::Zip(zip) => {
            let zip = land.zips().zip(zip);
            (format!("ZIP {}, {}, {}", zip.zip, zip.place, zip.state).into(), zip.population)
        }
    }
}
