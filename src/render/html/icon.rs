//! Signs beside words: each status has a shape of its own, so that nobody needs its colour.

use maud::{Markup, html};

use crate::lookup::Status;

/// The sign of a status.
pub fn of(status: Status) -> Markup {
    sign(match status {
        Status::Covered => html! { circle cx="12" cy="12" r="9.5" {} path d="M7.5 12.5l3 3 6-7" {} },
        Status::PartlyCovered => {
            html! { circle cx="12" cy="12" r="9.5" {} path.solid d="M12 2.5a9.5 9.5 0 0 1 0 19z" {} }
        }
        Status::Pending => {
            html! { path d="M6 2.5h12M6 21.5h12M7.5 2.5c0 5 4 6.5 4.5 9.5-.5 3-4.5 4.5-4.5 9.5M16.5 2.5c0 5-4 6.5-4.5 9.5.5 3 4.5 4.5 4.5 9.5" {} }
        }
        Status::Open => html! { circle cx="12" cy="12" r="9.5" stroke-dasharray="4 3.4" {} path d="M12 8v8M8 12h8" {} },
        Status::Outside => html! { path d="M14 3.5H3.5v17H14M9.5 12h11.5M17 7.5l4.5 4.5-4.5 4.5" {} },
        Status::NotFound => html! { circle cx="10" cy="10" r="7" {} path d="M15.2 15.2l6.3 6.3M7.5 7.5l5 5M12.5 7.5l-5 5" {} },
        Status::Ambiguous => html! { path d="M12 21.5V14L4.5 5.5M12 14l7.5-8.5M4.5 10.5v-5h5M19.5 10.5v-5h-5" {} },
    })
}

/// The sign of a request that got no answer.
pub fn failed() -> Markup {
    sign(html! { path d="M12 3L22 20.5H2zM12 9.5v5.5M12 17.3v.7" {} })
}

fn sign(shape: Markup) -> Markup {
    html! {
        svg.sign viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false" { (shape) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_status_and_a_failure_have_shapes_of_their_own() {
        let mut signs: BTreeSet<String> = Status::ALL.map(|status| of(status).into_string()).into();
        signs.insert(failed().into_string());
        assert_eq!(signs.len(), Status::ALL.len() + 1);
    }
}
