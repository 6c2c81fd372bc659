use std::{any::Any, panic::AssertUnwindSafe, panic::catch_unwind, sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::catch_panic::CatchPanicLayer;

use super::{coding, known_tags, unchanged};
use crate::{
    http::{App, Client, demand, failing, grounds, prepared},
    render::Failure,
};

/// How long a request may take from its head to its response's head.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is prepared for a request that nothing is wrong with.
pub fn prepared(app: &App, request: &Request) -> Option<Response> {
    at_once(request, || prepared::answer(app, request))
}

/// The answer to a plain question for a position, counted where nobody serves it. The few that are long go their way through
/// the compression.
pub fn told_plainly(app: &App, request: &Request) -> Option<Response> {
    if !grounds::is_asked(request) {
        return None;
    }
    at_once(request, || {
        let response = grounds::answer(app, request).filter(|response| !coding::is_compressed(response))?;
        demand::count(app, demand::is_counted(app, request), &response);
        Some(response)
    })
}

/// What is found for a request without its handler: nothing where something is wrong, because the handler's way says what.
fn at_once(request: &Request, find: impl FnOnce() -> Option<Response>) -> Option<Response> {
    if failing::refused(request).is_some() || is_turned_away(request).is_some() {
        return None;
    }
    let found = AssertUnwindSafe(|| {
        let mut response = find()?;
        if let Some(tags) = known_tags(request) {
            unchanged(&mut response, &tags);
        }
        Some(response)
    });
    // Where the handler panics, too, it is counted there.
    catch_unwind(found).inspect_err(|_| tracing::error!("what is answered at once panicked")).ok()?
}

/// What is around a handler: who asks too often is turned away, what takes too long is ended, and what nobody serves is counted.
pub async fn within(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if let Some(refused) = is_turned_away(&request) {
        metrics::counter!("coverage_map_shed_total", "what" => "client").increment(1);
        return refused.into_response();
    }
    let by_person = demand::is_counted(&app, &request);
    let patience = request.extensions().get::<Client>().map_or(PATIENCE, |client| client.patience);
    let Ok(response) = tokio::time::timeout(patience, next.run(request)).await else {
        return Failure::TimedOut.into_response();
    };
    demand::count(&app, by_person, &response);
    response
}

/// Turns clients away that ask too often; who asks after the service's health is always told.
fn is_turned_away(request: &Request) -> Option<Failure> {
    let wait = request.extensions().get::<Client>()?.wait?;
    let is_about_health = matches!(request.uri().path(), "/livez" | "/readyz");
    (!is_about_health).then(|| Failure::TooManyRequests(wait.as_secs() + 1))
}

/// Turns a panic of a handler into a failure of that one request.
pub fn catch_panics() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(|_| {
        panicked();
        Failure::Internal.into_response()
    })
}

fn panicked() {
    metrics::counter!("coverage_map_panics_total").increment(1);
    tracing::error!("a handler panicked");
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::header};

    use super::*;

    fn asked(host: &str, wait: Option<Duration>) -> Request {
        let mut request = Request::get("/partners").header(header::HOST, host).body(Body::empty()).unwrap();
        request.extensions_mut().insert(Client { patience: PATIENCE, wait });
        request
    }

    #[test]
    fn nothing_is_sent_at_once_to_who_must_wait_or_is_to_be_refused_or_where_finding_it_panics() {
        let found = || Some(Response::new(Body::empty()));
        let wait = Some(Duration::from_secs(1));
        assert!(at_once(&asked("a.example", None), found).is_some());
        assert!(at_once(&asked("a.example", wait), found).is_none());
        assert!(at_once(&asked("a/b", None), found).is_none());
        assert!(at_once(&asked("a.example", None), || panic!("the secret inside")).is_none());
    }
}
