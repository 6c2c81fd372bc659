//! How often open counties are asked about: counted in memory by day and county, and nothing else of a question is kept.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, header},
    response::Response,
};

use super::App;
use crate::{
    census::Geoid,
    lookup::{Answer, Scope, Status, county_of},
    snapshot::Snapshot,
};

/// Words by which programs that read the whole web are known.
const BOTS: [&str; 8] = ["bot", "crawl", "spider", "slurp", "preview", "monitor", "scan", "headless"];

/// Marks a response that says that nobody serves a county today.
#[derive(Clone, Copy, Debug)]
pub struct Wanted(Geoid);

impl Wanted {
    /// The county that nobody serves, where an answer says so of one place in it.
    pub fn by(snapshot: &Snapshot, answer: &Answer) -> Option<Self> {
        (answer.status == Status::Open).then(|| county_of(snapshot, answer)).flatten().map(Self)
    }
}

/// Marks a response whose answer is that nobody serves a county.
pub fn marked(mut response: Response, snapshot: &Snapshot, answer: &Answer, scope: &Scope, today: jiff::civil::Date) -> Response {
    if let Some(wanted) = Wanted::by(snapshot, answer).filter(|_| scope.as_of == today) {
        response.extensions_mut().insert(wanted);
    }
    response
}

/// Counts what is marked, where the request is one of those that are counted.
pub fn count(app: &App, is_counted: bool, response: &Response) {
    let asked = app.desk().and_then(|desk| desk.asked.as_ref()).filter(|_| is_counted);
    if let (Some(asked), Some(Wanted(county))) = (asked, response.extensions().get::<Wanted>()) {
        asked.count(app.today(&app.current()), *county);
    }
}

/// Whether it is counted what is asked, and a person seems to ask.
pub fn is_counted(app: &App, request: &Request) -> bool {
    let is_wanted = app.desk().is_some_and(|desk| desk.asked.is_some());
    is_wanted && *request.method() != Method::HEAD && !is_bot(request.headers())
}

fn is_bot(headers: &HeaderMap) -> bool {
    let name = headers.get(header::USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    BOTS.iter().any(|word| name.contains(word))
}
