use std::sync::Arc;

use maud::{Markup, html};

use crate::{
    domain::{PartnerId, RegionId},
    lookup::Status,
    render::{
        json, links,
        words::{self, label},
    },
};

/// A state and who serves it, or parts of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StateRow {
    /// Its id.
    pub region: RegionId,
    /// Its name.
    pub name: Arc<str>,
    /// Whether it is served.
    pub status: Status,
    /// Who serves it.
    pub partners: Vec<Holding>,
}

/// A partner in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Arc<str>,
    /// Whether it is new this year.
    pub new_this_year: bool,
}

/// The list of states with their partners.
pub fn by_state(states: &[StateRow]) -> Markup {
    html! {
        section aria-labelledby="by-state" {
            h2 #by-state { (label::BY_STATE) }
            dl.states {
                @for state in states {
                    div {
                        dt { a href=(links::region(&state.region)) { (state.name) } }
                        dd { (state_partners(state)) }
                    }
                }
            }
        }
    }
}

fn state_partners(state: &StateRow) -> Markup {
    html! {
        @if state.status != Status::Covered || state.partners.is_empty() {
            span class={ "status is-" (json::status(state.status)) } { (words::status_label(state.status)) }
        }
        @if !state.partners.is_empty() {
            ul {
                @for partner in &state.partners {
                    li {
                        a href=(links::partner(&partner.id)) { (partner.name) }
                        @if partner.new_this_year { " " span.tag.new { (label::NEW) } }
                    }
                }
            }
        }
    }
}
