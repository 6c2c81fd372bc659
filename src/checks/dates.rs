//! Days that have passed.

use jiff::civil::Date;

use super::table;
use crate::{
    domain::{Assignment, Check, Problem, Standing},
    snapshot::{Duty, Snapshot},
};

/// Assignments that somebody wanted to look at by now, and applications that nobody decided in time.
pub(super) fn findings(snapshot: &Snapshot, day: Date) -> Vec<Problem> {
    let lasting = |duty: &&Duty| !duty.term.is_empty() && duty.term.ends_on.is_none_or(|last| day <= last);
    let rows = snapshot.duties().iter().filter(lasting).map(|duty| (duty, snapshot.assignment(duty.assignment)));
    rows.flat_map(|(duty, row)| review(row, day).into_iter().chain(application(duty, row, day))).collect()
}

fn review(row: &Assignment, day: Date) -> Option<Problem> {
    let by = row.review_by.filter(|by| *by < day)?;
    let what = format!("the review of {} in {} has been due since {by}", row.partner, row.region);
    Some(at(&table::REVIEW_OVERDUE, row, what).remedy("look at it, and set review_by to the next day, or empty it"))
}

fn application(duty: &Duty, row: &Assignment, day: Date) -> Option<Problem> {
    if row.standing != Standing::Pending {
        return None;
    }
    let who = format!("the application of {} for {}", row.partner, row.region);
    match (duty.term.starts_on, row.review_by) {
        (Some(first), _) if first <= day => Some(
            at(&table::PENDING_LATE, row, format!("{who} would have started on {first} and is still under review"))
                .remedy("decide it: set status to active, or remove the row; or move starts_on"),
        ),
        (None, None) => Some(
            at(&table::PENDING_UNDATED, row, format!("{who} has neither starts_on nor review_by"))
                .rule("an application without a day stays under review for ever, and its region is not said to be open")
                .remedy("fill in review_by"),
        ),
        _ => None,
    }
}

fn at(check: &Check, row: &Assignment, what: String) -> Problem {
    check.at(row.origin.site(), what)
}
