use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use maud::Markup;

use super::{
    App, Current, asking,
    query::Parameters,
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    directory::directory,
    domain::RegionId,
    lookup::{self, Question, Scope},
    render::{
        Failure,
        html::{self, Page, Search},
        links,
    },
};

/// A request for a page: the data, what was said in the address, and the day and course that it is about.
pub struct Visit {
    /// The data.
    pub current: Arc<Current>,
    /// What was said in the address; unknown parameters are for others.
    pub parameters: Parameters,
    /// The day and the course.
    pub scope: Scope,
}

impl Visit {
    /// Reads the address of a page.
    ///
    /// # Errors
    /// When the query cannot be read, or the day or course in it.
    pub fn new(app: &App, query: Option<&str>) -> Result<Self, Failure> {
        let current = app.current();
        let parameters = Parameters::read(query)?;
        let scope = asking::scope(&parameters, app.today(&current), current.courses())?;
        Ok(Self { current, parameters, scope })
    }

    /// What stands in the search form.
    pub fn search(&self) -> Search<'_> {
        Search {
            question: self.parameters.first("q").unwrap_or_default(),
            course: self.scope.course.as_ref(),
            as_of: self.parameters.filled("as_of").map(|_| self.scope.as_of),
        }
    }

    /// A page as a response.
    pub fn page(&self, status: StatusCode, page: &Page) -> Response {
        let html = page.render(&self.current.site(self.scope.as_of));
        self.html(status, html)
    }

    /// A piece of a page as a response.
    pub fn html(&self, status: StatusCode, html: Markup) -> Response {
        if status != StatusCode::OK {
            return reply(status, Form::Html, Keep::Never, html.into_string());
        }
        tagged(reply(status, Form::Html, Keep::Page, html.into_string()), &self.current.tag(&self.scope, "html"))
    }
}

type Handled = Result<Response, Failure>;

/// The overview.
pub async fn overview(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    let directory = directory(&visit.current.snapshot, &visit.scope);
    let site = visit.current.site(visit.scope.as_of);
    Ok(visit.page(StatusCode::OK, &html::overview(&site, &visit.current.country_map(&visit.scope), directory.counts)))
}

/// The program on one page.
pub async fn summary(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    let directory = directory(&visit.current.snapshot, &visit.scope);
    let site = visit.current.site(visit.scope.as_of);
    Ok(visit.page(StatusCode::OK, &html::summary(&site, &visit.current.country_map(&visit.scope), directory.counts)))
}

/// The terms.
pub async fn terms(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    Ok(visit.page(StatusCode::OK, &html::terms(&visit.current.site(visit.scope.as_of))))
}

/// Questions and answers.
pub async fn faq(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    Ok(visit.page(StatusCode::OK, &html::faq(&visit.current.site(visit.scope.as_of))))
}

/// How to apply, for a region where one is named.
pub async fn apply(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    let region = visit.parameters.filled("region").map(Question::region).transpose()?;
    let answer = region.map(|question| lookup::answer(&visit.current.snapshot, &question, &visit.scope));
    Ok(visit.page(StatusCode::OK, &html::apply(&visit.current.site(visit.scope.as_of), answer.as_ref())))
}

/// The partner map, or the answer to a question.
pub async fn partners(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    let site = visit.current.site(visit.scope.as_of);
    let Some(text) = visit.parameters.filled("q") else {
        let directory = directory(&visit.current.snapshot, &visit.scope);
        let map = visit.current.country_map(&visit.scope);
        return Ok(visit.page(StatusCode::OK, &html::partners_page(&site, &visit.search(), &map, &directory)));
    };
    let answer = lookup::answer(&visit.current.snapshot, &Question::text(text)?, &visit.scope);
    let map = visit.current.map_around(&answer, &visit.scope);
    let page = html::answer_page(&site, &visit.search(), &answer, links::search(text), &map);
    Ok(visit.page(StatusCode::OK, &page))
}

/// How programs ask.
pub async fn api_docs(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    Ok(visit.page(StatusCode::OK, &html::api_docs()))
}

/// Whether the process lives.
pub async fn alive() -> Response {
    reply(StatusCode::OK, Form::Text, Keep::Never, "alive\n")
}

/// Whether new requests are welcome.
pub async fn ready(State(app): State<Arc<App>>) -> Response {
    if app.is_ready() {
        reply(StatusCode::OK, Form::Text, Keep::Never, "ready\n")
    } else {
        reply(StatusCode::SERVICE_UNAVAILABLE, Form::Text, Keep::Never, "stopping\n")
    }
}

/// Addresses of earlier sites, and addresses with a slash too many; else there is nothing here.
pub async fn elsewhere(State(app): State<Arc<App>>, uri: Uri) -> Handled {
    let current = app.current();
    let redirects = &current.snapshot.info().redirects;
    let target = redirects.iter().filter_map(|old| Some((old.from.len(), old.leads(uri.path())?))).max_by_key(|(len, _)| *len);
    let target = target.map(|(_, to)| to.to_owned()).or_else(|| without_slash(&uri)).ok_or(Failure::NotFound)?;
    moved(&target)
}

/// The same address without slashes at its end; never another site's.
fn without_slash(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_suffix('/')?.trim_end_matches('/');
    let here = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    here.then(|| uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
}

fn moved(to: &str) -> Handled {
    let location = HeaderValue::from_str(to).map_err(|_| Failure::NotFound)?;
    let mut response = reply(StatusCode::MOVED_PERMANENTLY, Form::Text, Keep::Page, "");
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response.into_response())
}

/// The answer page of a region.
pub fn region_page(visit: &Visit, region: &RegionId) -> Response {
    let answer = lookup::answer(&visit.current.snapshot, &Question::about(region), &visit.scope);
    let status = if answer.query.subject.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let map = visit.current.map_around(&answer, &visit.scope);
    let site = visit.current.site(visit.scope.as_of);
    visit
        .page(status, &html::answer_page(&site, &Search { question: "", ..visit.search() }, &answer, links::region(region), &map))
}
