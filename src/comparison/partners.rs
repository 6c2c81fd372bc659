//! Partners that came, went or changed their name.

use std::collections::BTreeMap;

use super::{PartnerChange, PartnerChangeKind, Side, Who};
use crate::{
    domain::{Partner, PartnerId, Standing},
    snapshot::{PartnerIx, Snapshot},
};

/// What happened to partners.
pub fn changes(before: Side<'_>, after: Side<'_>) -> Vec<PartnerChange> {
    let (old, new) = (public(before.snapshot), public(after.snapshot));
    let mut changes = Vec::new();
    for (id, partner) in &old {
        match new.get(id) {
            None => changes.push(change(partner, PartnerChangeKind::Removed)),
            Some(now) if now.name != partner.name => {
                changes.push(change(now, PartnerChangeKind::Renamed(partner.name.clone())));
            }
            Some(_) => {}
        }
    }
    changes.extend(new.iter().filter(|(id, _)| !old.contains_key(*id)).map(|(_, p)| change(p, PartnerChangeKind::Added)));
    changes.sort_by(|a, b| a.partner.id.cmp(&b.partner.id));
    changes
}

fn change(partner: &Partner, change: PartnerChangeKind) -> PartnerChange {
    PartnerChange { partner: Who { id: partner.id.clone(), name: partner.name.clone() }, change }
}

/// The partners by id, without those that are known by applications under review alone.
fn public(snapshot: &Snapshot) -> BTreeMap<&PartnerId, &Partner> {
    let is_public = |partner: PartnerIx| {
        let mut own = snapshot.duties().iter().filter(|duty| duty.partner == partner).peekable();
        own.peek().is_none() || own.any(|duty| duty.standing == Standing::Active)
    };
    let numbered = (0..).map(PartnerIx).zip(&snapshot.program().partners);
    numbered.filter(|(ix, _)| is_public(*ix)).map(|(_, partner)| (&partner.id, partner)).collect()
}
