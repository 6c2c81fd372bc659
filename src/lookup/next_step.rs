//! What to do now: it follows the status, and where a place is open, the application window.

use std::sync::Arc;

use super::{NextStep, Scope, ServingPartner, Status};
use crate::domain::{ApplicationWindow, ProgramInfo, RegionId, Role};

/// What a next step depends on besides the status.
pub(super) struct Circumstances<'a> {
    pub(super) partners: &'a [ServingPartner],
    /// The region to apply for.
    pub(super) region: Option<RegionId>,
    /// Whether only the ZIP decides who serves.
    pub(super) choose: bool,
    /// Whether a partner that starts later is promised all of it.
    pub(super) promised: bool,
}

/// What to do now.
pub(super) fn next_step(info: &ProgramInfo, scope: &Scope, status: Status, circumstances: Circumstances<'_>) -> NextStep {
    let program = || NextStep::ContactProgram(info.contact.email.clone());
    match status {
        Status::NotFound => NextStep::CheckSpelling,
        Status::Ambiguous | Status::PartlyCovered => NextStep::Choose,
        Status::Covered if circumstances.choose => NextStep::Choose,
        Status::Covered => contact(circumstances.partners).unwrap_or_else(program),
        Status::Open if circumstances.promised => program(),
        Status::Open => apply(&info.applications, scope, circumstances.region).unwrap_or_else(program),
        Status::Pending | Status::Outside => program(),
    }
}

/// The first lead; those that fund do not answer for it.
fn contact(partners: &[ServingPartner]) -> Option<NextStep> {
    let first = partners.iter().find(|partner| partner.role == Role::Lead).or(partners.first())?;
    let email: Option<Arc<str>> = first.contact.email.clone();
    Some(NextStep::ContactPartner { name: first.name.clone(), website: first.website.clone(), email })
}

/// Within the window one applies, before it one waits; both of its ends are days on which one can apply.
fn apply(window: &ApplicationWindow, scope: &Scope, region: Option<RegionId>) -> Option<NextStep> {
    let term = window.term?;
    match term.starts_on.filter(|opens| scope.as_of < *opens) {
        Some(opens) => Some(NextStep::Wait(opens)),
        None => term.holds(scope.as_of).then_some(NextStep::Apply(region)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::domain::Term;

    fn step(day: Date) -> Option<NextStep> {
        let term = Term { starts_on: Some(date(2026, 10, 1)), ends_on: Some(date(2027, 2, 28)) };
        let window = ApplicationWindow { term: Some(term), ..ApplicationWindow::default() };
        apply(&window, &Scope { as_of: day, course: None }, None)
    }

    #[test]
    fn the_closing_day_is_still_open_and_the_day_after_is_closed() {
        assert_eq!(step(date(2027, 2, 28)), Some(NextStep::Apply(None)));
        assert_eq!(step(date(2027, 3, 1)), None);
    }

    #[test]
    fn the_opening_day_is_open_and_the_day_before_waits_for_it() {
        assert_eq!(step(date(2026, 10, 1)), Some(NextStep::Apply(None)));
        assert_eq!(step(date(2026, 9, 30)), Some(NextStep::Wait(date(2026, 10, 1))));
    }

    #[test]
    fn without_a_window_nobody_can_apply() {
        assert_eq!(apply(&ApplicationWindow::default(), &Scope { as_of: date(2026, 10, 1), course: None }, None), None);
    }
}
