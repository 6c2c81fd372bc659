use std::sync::Arc;

use axum::{
    Extension, RequestPartsExt, Router,
    body::Body,
    extract::{FromRequestParts, State},
    http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use maud::Markup;
use tower::ServiceExt;

use super::{
    App, Current, PublicUrl, asking, body,
    demand::marked,
    openapi,
    query::Parameters,
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    directory::directory,
    domain::{Partner, PartnerId, Redirect, RegionId},
    lookup::{self, Answer, Choice, Malformed, Question, Scope},
    render::{
        Failure, Language,
        html::{self, Offer, Page, Search, Site},
        links::{self, Way},
    },
};

/// How many bytes of a form are read.
const LONGEST_FORM: usize = 4096;

/// Fields of the search form that most leave empty.
const EMPTY: [&str; 3] = ["", "course=", "as_of="];

/// A request for a page: the data, what was said in the address, and the day and course that it is about.
pub struct Visit {
    /// The data.
    pub current: Arc<Current>,
    /// What was said in the address; unknown parameters are for others.
    pub parameters: Parameters,
    /// The day and the course.
    pub scope: Scope,
    /// The language of the page.
    pub language: Language,
    /// The path and the query, without the prefix of the language.
    address: String,
    /// The address by which the world knows the service, where that has been said.
    pub public_url: Option<PublicUrl>,
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Failure;

    /// Reads the address of a page; the routes of a language say which one it is.
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let language = parts.extract::<Extension<Language>>().await.map(|Extension(language)| language).unwrap_or_default();
        let current = app.current();
        let parameters = Parameters::read(parts.uri.query())?;
        let scope = asking::scope(&parameters, app.today(&current), current.courses())?;
        Ok(Self { current, parameters, scope, language, address: tidied(&parts.uri), public_url: app.public_url().cloned() })
    }
}

impl Visit {
    /// What stands in the search form.
    pub fn search(&self) -> Search<'_> {
        Search {
            question: self.parameters.first("q").unwrap_or_default(),
            course: self.scope.course.as_ref(),
            as_of: self.day_asked(),
            partner: None,
        }
    }

    /// What the links of the page keep.
    pub fn way(&self) -> Way<'_> {
        Way { language: self.language, course: self.scope.course.as_ref(), as_of: self.day_asked(), base: "" }
    }

    /// The day, where it stood in the address.
    fn day_asked(&self) -> Option<jiff::civil::Date> {
        self.parameters.filled("as_of").map(|_| self.scope.as_of)
    }

    /// What every page says.
    pub fn site(&self) -> Site<'_> {
        let public_url = self.public_url.as_ref().map_or("", PublicUrl::as_str);
        Site { public_url, ..self.current.site(self.scope.as_of, self.way(), &self.address) }
    }

    /// A page as a response.
    pub fn page(&self, status: StatusCode, page: &Page) -> Response {
        self.html(status, page.render(&self.site()))
    }

    /// A piece of a page as a response.
    pub fn html(&self, status: StatusCode, html: Markup) -> Response {
        if status != StatusCode::OK {
            return reply(status, Form::Html, Keep::Never, html.into_string());
        }
        tagged(reply(status, Form::Html, Keep::Page, html.into_string()), &self.tag("html"))
    }

    /// The tag of a form of what is said to this visitor.
    pub fn tag(&self, form: &str) -> String {
        self.current.tag(&self.scope, &format!("{form}-{}", self.language.tag()))
    }
}

type Handled = Result<Response, Failure>;

/// The partner map, or the answer to a question.
pub async fn partners(State(app): State<Arc<App>>, visit: Visit) -> Handled {
    let site = visit.site();
    let Some(text) = visit.parameters.filled("q") else {
        let directory = directory(&visit.current.snapshot, &visit.scope);
        let shown = partner_shown(&visit)?;
        let map = match &shown {
            Some(partner) => visit.current.partner_map(&partner.id, &visit.scope, &site)?,
            None => visit.current.country_map(&visit.scope, &site)?,
        };
        let search = Search { partner: shown.map(|partner| &partner.id), ..visit.search() };
        let page = html::partners_page(&site, &search, &map, &directory, shown.map(|partner| &*partner.name));
        return Ok(visit.page(StatusCode::OK, &page));
    };
    let answer = lookup::answer(&visit.current.snapshot, &Question::text(text)?, &visit.scope);
    let map = visit.current.map_around(&answer, &visit.scope, &site)?;
    let offers = offers(&visit, &answer);
    let page = html::answer_page(&site, &visit.search(), &answer, &offers, links::search(text), &map);
    Ok(marked(visit.page(StatusCode::OK, &page), &visit.current.snapshot, &answer, &visit.scope, app.today(&visit.current)))
}

/// The path and query that were asked for, without the fields that a form without a script sends empty: links to the same page
/// in another language need not keep them.
fn tidied(uri: &Uri) -> String {
    let fields = uri.query().into_iter().flat_map(|query| query.split('&'));
    let said: Vec<&str> = fields.filter(|field| !EMPTY.contains(field)).collect();
    if said.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), said.join("&")) }
}

/// The partner that stands out on the map, where the address names one.
fn partner_shown(visit: &Visit) -> Result<Option<&Partner>, Failure> {
    let Some(text) = visit.parameters.filled("partner") else { return Ok(None) };
    let partner = text.parse().ok().and_then(|id: PartnerId| visit.current.snapshot.partner(&id));
    let unknown = || Malformed::new("partner", "unknown partner", text, "partners are named by their ids, as in their addresses");
    Ok(Some(visit.current.snapshot.partner_at(partner.ok_or_else(unknown)?)))
}

/// The answer for a position that must not stand in an address; nobody keeps it.
pub async fn located(State(app): State<Arc<App>>, visit: Visit, headers: HeaderMap, body: Body) -> Handled {
    let bytes = body::read(&headers, body, LONGEST_FORM).await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Failure::BadEncoding { parameter: "body".to_owned() })?;
    let form = Parameters::read(Some(text))?;
    let question = asking::position_in(&form)?;
    let scope = asking::scope(&form, app.today(&visit.current), visit.current.courses())?;
    let visit = Visit { parameters: form, scope, ..visit };
    let answer = lookup::answer(&visit.current.snapshot, &question, &visit.scope);
    let site = visit.site();
    let map = visit.current.map_around(&answer, &visit.scope, &site)?;
    let page = html::answer_page(&site, &visit.search(), &answer, &[], links::PARTNERS.to_owned(), &map);
    let response = reply(StatusCode::OK, Form::Html, Keep::Never, page.render(&site).into_string());
    Ok(marked(response, &visit.current.snapshot, &answer, &visit.scope, app.today(&visit.current)))
}

/// How programs ask.
pub async fn api_docs(visit: Visit) -> Handled {
    Ok(visit.page(StatusCode::OK, &html::api_docs(&openapi::of(visit.current.courses()), visit.site().public_url)))
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

/// Addresses of earlier sites, and addresses of pages with a slash too many; else there is nothing here.
pub async fn elsewhere(State(app): State<Arc<App>>, uri: Uri, pages: Router) -> Handled {
    let plain = without_slash(uri.path());
    match of_earlier_site(&app.current(), uri.path(), uri.query()) {
        Some(target) => moved(&target),
        None if plain != uri.path() && plain != "/" && is_there(pages, plain).await => {
            moved(&links::with_query(plain.to_owned(), uri.query()))
        }
        None => Err(Failure::NotFound),
    }
}

/// Where an address of an earlier site leads now.
pub fn of_earlier_site(current: &Current, asked: &str, query: Option<&str>) -> Option<String> {
    let (language, path) = Language::of_path(without_slash(asked));
    let redirects = &current.snapshot.info().redirects;
    let leads = |old: &Redirect| old.leads(path).or_else(|| old.leads(Language::of_path(asked).1)).map(str::to_owned);
    let (_, target) = redirects.iter().filter_map(|old| Some((old.from.len(), leads(old)?))).max_by_key(|(len, _)| *len)?;
    let target = if target.starts_with('/') { links::prefixed(language, &target) } else { target };
    Some(links::with_query(target, query))
}

/// The same path without slashes at its end.
fn without_slash(path: &str) -> &str {
    let plain = path.trim_end_matches('/');
    if plain.is_empty() { "/" } else { plain }
}

/// Whether one of the pages has this path.
async fn is_there(pages: Router, path: &str) -> bool {
    let Ok(request) = Request::get(path).body(Body::empty()) else { return false };
    pages.oneshot(request).await.is_ok_and(|response| response.status().is_success())
}

/// Leads to another address for good.
///
/// # Errors
/// When the address cannot be sent.
pub fn moved(to: &str) -> Handled {
    let location = HeaderValue::from_str(to).map_err(|_| Failure::NotFound)?;
    let mut response = reply(StatusCode::MOVED_PERMANENTLY, Form::Text, Keep::Page, "");
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response.into_response())
}

/// The answer page of a region.
pub fn region_page(visit: &Visit, region: &RegionId) -> Handled {
    let answer = lookup::answer(&visit.current.snapshot, &Question::about(region), &visit.scope);
    let status = if answer.query.subject.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    answered(visit, status, &answer, links::region(region))
}

/// The page of an answer to a question that does not stand in the search form.
pub fn answered(visit: &Visit, status: StatusCode, answer: &Answer, canonical: String) -> Handled {
    let site = visit.site();
    let map = visit.current.map_around(answer, &visit.scope, &site)?;
    let search = Search { question: "", ..visit.search() };
    Ok(visit.page(status, &html::answer_page(&site, &search, answer, &offers(visit, answer), canonical, &map)))
}

/// The choices of an answer, each with its own answer.
pub fn offers(visit: &Visit, answer: &Answer) -> Vec<Offer> {
    let own = |choice: &Choice| {
        let question = Question::text(&choice.ask).ok()?;
        Some(Offer { choice: choice.clone(), answer: lookup::brief(&visit.current.snapshot, &question, &visit.scope) })
    };
    answer.choices.iter().filter_map(own).collect()
}
