//! What partners and regions lack.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::table;
use crate::{
    domain::{Problem, Standing},
    snapshot::{Duty, Snapshot, Target},
};

/// Partners without a website, and program regions without a partner.
pub(super) fn findings(snapshot: &Snapshot, day: Date) -> Vec<Problem> {
    let lasting = |duty: &&Duty| !duty.term.is_empty() && duty.term.ends_on.is_none_or(|last| day <= last);
    let active = || snapshot.duties().iter().filter(|duty| duty.standing == Standing::Active).filter(lasting);
    let serving: BTreeSet<_> = active().map(|duty| duty.partner).collect();
    let without = serving.into_iter().map(|ix| snapshot.partner_at(ix)).filter(|partner| partner.website.is_none());
    let mut problems: Vec<_> = without
        .map(|partner| {
            let problem = table::NO_WEBSITE.at(partner.site(), "the partner has no website").got(partner.id.as_str());
            problem.rule("its page and answers show no link").remedy("fill in website")
        })
        .collect();
    let named: BTreeSet<_> = snapshot.duties().iter().filter(lasting).map(|duty| duty.target).collect();
    let regions = snapshot.land().regions().zip(&snapshot.program().regions);
    problems.extend(regions.filter(|(area, _)| !named.contains(&Target::Area(*area))).map(|(_, region)| {
        let what = format!("nobody is assigned to the region {}", region.name);
        let problem = table::UNASSIGNED_REGION.at(region.site.clone(), what).got(region.id.as_str());
        problem.rule("a region without a row changes no answer").remedy("add a row to assignments.csv, or remove the region")
    }));
    problems
}
