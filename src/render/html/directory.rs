use maud::{Markup, html};

use crate::{
    directory::StateEntry,
    lookup::Status,
    render::{
        json, links,
        words::{self, label},
    },
};

/// The list of states with their partners.
pub fn by_state(states: &[StateEntry]) -> Markup {
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

fn state_partners(state: &StateEntry) -> Markup {
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
