use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};

use super::{
    App, Current,
    reply::{Form, Keep, reply},
};
use jiff::Timestamp;

use crate::{
    release::{Beat, Origin},
    reload::{Attempt, Outcome},
    render::{
        Failure, html,
        links::Way,
        status::{self, Detail, Folders, Followed, Reload, Status},
    },
    source::CHECKS,
};

/// How the service is, for everybody: without what problems quote from the files.
pub async fn public(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    shown(&app, Detail::Rule(CHECKS), wants_page(&headers))
}

/// The same as data, whatever is accepted.
pub async fn public_json(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    shown(&app, Detail::Rule(CHECKS), false)
}

/// How the service is, for those who run it.
pub async fn in_full(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    shown(&app, Detail::Full, wants_page(&headers))
}

/// The same as data, whatever is accepted.
pub async fn in_full_json(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    shown(&app, Detail::Full, false)
}

/// Browsers ask for pages by name; tools take anything.
fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

fn shown(app: &App, detail: Detail<'_>, as_page: bool) -> Result<Response, Failure> {
    let (current, last) = (app.current(), app.last_reload());
    let as_of = app.today(&current);
    let beat = app.origin().and_then(|origin| origin.followed.as_ref()?.beat());
    let status = Status {
        generation: current.snapshot.generation(),
        loaded_at: current.loaded_at,
        as_of,
        snapshot: beat.as_deref().map(|beat| snapshot(beat, app.now(), detail)),
        folders: app.origin().filter(|origin| origin.followed.is_none()).map(|origin| Folders {
            geography: &origin.geography,
            program: &origin.program,
            watched: origin.watched,
        }),
        counts: counts(&current),
        reload: last.as_deref().map(|attempt| reload(attempt, detail)),
    };
    let (form, body) = if as_page {
        (Form::Html, html::status(&status).render(&current.site(as_of, Way::default(), "/status")).into_string())
    } else {
        (Form::Json, status::json(&status).map_err(|_| Failure::Internal)?)
    };
    let mut response = reply(StatusCode::OK, form, Keep::Never, body);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

/// How a replica stands; what the machine says of the depot stays there.
fn snapshot<'a>(beat: &'a Beat, now: Timestamp, detail: Detail<'_>) -> Followed<'a> {
    let lag = beat.wanted.as_ref().map_or(0.0, |(_, since)| now.duration_since(*since).as_secs_f64().max(0.0));
    let fault = beat.fault.as_deref().map(|fault| match detail {
        Detail::Full => fault,
        Detail::Rule(_) if beat.wanted.is_some() => "the wanted snapshot cannot be used; the one before is served on",
        Detail::Rule(_) => "the depot cannot be reached; what is served is served on",
    });
    Followed {
        id: beat.serving.as_str(),
        sequence: beat.sequence,
        wanted: beat.wanted.as_ref().map(|(id, _)| id.as_str()),
        lag_seconds: lag.round() as u64,
        looked_at: beat.looked_at,
        from_cache: beat.origin == Origin::Cache,
        fault,
    }
}

fn counts(current: &Current) -> Vec<(&'static str, usize)> {
    let (snapshot, geography) = (&current.snapshot, current.snapshot.land().geography());
    let program = snapshot.program();
    vec![
        ("partners", program.partners.len()),
        ("assignments", program.assignments.len()),
        ("regions", program.regions.len()),
        ("states", geography.states.len()),
        ("counties", geography.counties.len()),
        ("zips", geography.zips.as_ref().map_or(0, Vec::len)),
        ("places", geography.places.as_ref().map_or(0, Vec::len)),
        ("warnings", snapshot.warnings().len()),
    ]
}

fn reload<'a>(attempt: &'a Attempt, detail: Detail<'a>) -> Reload<'a> {
    let plain = Reload {
        at: attempt.at,
        took: attempt.took,
        result: attempt.outcome.name(),
        message: attempt.outcome.to_string(),
        waiting: None,
        reasons: Vec::new(),
        changes: &[],
        problems: &[],
        detail,
    };
    match &attempt.outcome {
        Outcome::TakenUp { headline, .. } => Reload { changes: headline, ..plain },
        Outcome::Refused { problems, .. } => Reload { problems, ..plain },
        Outcome::Held { generation, reasons, headline } => {
            let reasons = reasons.iter().map(ToString::to_string).collect();
            Reload { waiting: Some(generation), reasons, changes: headline, ..plain }
        }
        // What the machine says of its files and of itself stays there.
        Outcome::Unreadable { place, .. } if detail != Detail::Full => {
            Reload { message: format!("{place}: cannot be read; the data before is served on"), ..plain }
        }
        Outcome::Failed { .. } if detail != Detail::Full => {
            Reload { message: "the reload broke off; the data before is served on".to_owned(), ..plain }
        }
        Outcome::Unreadable { .. } | Outcome::Failed { .. } | Outcome::Unchanged | Outcome::Unsteady => plain,
    }
}
