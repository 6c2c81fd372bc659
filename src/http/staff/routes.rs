use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{MethodRouter, get, post},
};

use super::{
    access, batch, doors, explain,
    reports::{self, REPORTS},
    what_if,
};
use crate::{http::App, render::links, store::Permission};

/// The ends of addresses that name a form.
const FORMS: [&str; 5] = ["", ".json", ".csv", ".geojson", ".xlsx"];

/// Pages beside the reports: names in addresses, titles, sentences, scopes.
pub const FURTHER: [(&str, &str, &str, Permission); 3] = [
    (
        what_if::NAME,
        "What if",
        "who gains and who loses if a partner leaves, hands over or takes on, or with another file",
        Permission::WhatIf,
    ),
    ("explain", "Explain", "why the answer to a question is what it is, down to file and line", Permission::Reports),
    ("batch", "Batch", "a table of schools or organisations in, the same rows with their answers out", Permission::Batch),
];

/// Everything that needs a token, and the doors to it. What is not a door stands behind [`access::admitted`].
pub fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    let doors = Router::new()
        .route(links::SIGN_IN, get(doors::sign_in_form).post(doors::sign_in))
        .route(links::SIGN_OUT, post(doors::sign_out));
    let rooms = rooms().into_iter().fold(Router::new(), |all, (path, permission, room)| {
        let guard = middleware::from_fn_with_state((app.clone(), permission), access::admitted);
        all.route(&path, room.layer(guard))
    });
    doors.merge(rooms).layer(access::from_this_site(app))
}

/// Every address that needs a token, with the scope that it needs.
fn rooms() -> Vec<(String, Permission, MethodRouter<Arc<App>>)> {
    let mut rooms = vec![
        (links::STAFF.to_owned(), Permission::Reports, get(reports::index)),
        ("/staff/gaps/{id}".to_owned(), Permission::Reports, get(reports::gap)),
        ("/staff/explain".to_owned(), Permission::Reports, get(explain::page)),
        ("/staff/batch".to_owned(), Permission::Batch, get(batch::page).post(batch::uploaded).layer(upto(batch::LONGEST_TABLE))),
        ("/api/v1/coverage/batch".to_owned(), Permission::Batch, post(batch::posted)),
        (what_if::CHANGED.to_owned(), Permission::WhatIf, get(what_if::changed)),
    ];
    for form in FORMS {
        if !form.is_empty() {
            rooms.push((format!("/staff/explain{form}"), Permission::Reports, get(explain::data)));
        }
        rooms.push((format!("/api/v1/explain{form}"), Permission::Reports, get(explain::data)));
        let own = get(what_if::asked).post(what_if::uploaded).layer(upto(what_if::LONGEST_DRAFT));
        rooms.push((format!("{}{form}", links::report(what_if::NAME)), Permission::WhatIf, own));
        rooms.push((format!("/api/v1/what-if{form}"), Permission::WhatIf, get(what_if::asked).post(what_if::posted)));
    }
    for kind in REPORTS {
        for form in FORMS {
            rooms.push((format!("{}{form}", links::report(kind.name)), kind.permission, reports::shown(kind)));
            if kind.in_api {
                rooms.push((format!("/api/v1/{}{form}", kind.name), kind.permission, reports::shown(kind)));
            }
        }
    }
    rooms
}

/// The bytes of a form with a file.
fn upto(limit: usize) -> DefaultBodyLimit {
    DefaultBodyLimit::max(limit + (64 << 10))
}

/// Every address that needs a token and the scope that it needs, for tests that walk them.
pub fn addresses() -> Vec<(String, &'static str)> {
    rooms().into_iter().map(|(path, permission, _)| (path, permission.name())).collect()
}
