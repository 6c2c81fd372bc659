use maud::{Markup, html};

use super::Site;
use crate::{
    directory::StateEntry,
    lookup::Status,
    render::{json, words::Words},
};

/// The list of states with their partners.
pub fn by_state(states: &[StateEntry], site: &Site) -> Markup {
    html! {
        section aria-labelledby="by-state" {
            h2 #by-state { (site.words().text("heading-by-state")) }
            dl.states {
                @for state in states {
                    div {
                        dt { a href=(site.way.region(&state.region)) { (state.name) } }
                        dd { (state_partners(state, site)) }
                    }
                }
            }
        }
    }
}

/// The status of a state, and what its answer says beside it.
fn status(state: &StateEntry, words: &Words) -> String {
    let status = words.status(state.status);
    if state.is_pending_in_part { words.say("status-pending-part", &[("status", &status)]) } else { status }
}

fn state_partners(state: &StateEntry, site: &Site) -> Markup {
    let words = site.words();
    html! {
        @if state.status != Status::Covered || state.partners.is_empty() {
            span class={ "status is-" (json::status(state.status)) } { (status(state, &words)) }
        }
        @if !state.partners.is_empty() {
            ul {
                @for partner in &state.partners {
                    li {
                        a href=(site.way.partner(&partner.id)) { (partner.name) }
                        @if partner.new_this_year { " " span.tag.new { (words.text("new")) } }
                    }
                }
            }
        }
    }
}
