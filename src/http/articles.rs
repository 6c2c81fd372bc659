//! The pages of the program, and what belongs to them.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

use super::{
    pages::{Visit, moved, of_earlier_site},
    reply::{Form, Keep, reply},
};
use crate::{
    directory::directory,
    domain::{Block, ProgramPage, Season, Slug},
    lookup::{self, Malformed, Question},
    render::{
        Failure,
        calendar::{self, DayEvent},
        html::{self, Asked, Filling, Pair},
        links,
    },
};

type Handled = Result<Response, Failure>;

/// The overview.
pub async fn overview(visit: Visit) -> Handled {
    shown(&visit, page(&visit, links::OVERVIEW)?)
}

/// A page by its name; else an address of an earlier site.
pub async fn named(visit: Visit, Path(name): Path<String>) -> Handled {
    match page(&visit, &name) {
        Ok(page) if page.name.as_str() == links::OVERVIEW => moved(&visit.way().to(links::HOME)),
        Ok(page) => shown(&visit, page),
        Err(missing) => {
            let address = links::prefixed(visit.language, visit.site().address);
            let (path, query) = address.split_once('?').map_or((&*address, None), |(path, query)| (path, Some(query)));
            of_earlier_site(&visit.current, path, query).map_or(Err(missing), |target| moved(&target))
        }
    }
}

/// How to apply, for a region where one is named.
pub async fn apply(visit: Visit) -> Handled {
    let page = page(&visit, links::APPLY.trim_start_matches('/'))?;
    let Some((input, question)) = asked(&visit) else { return shown(&visit, page) };
    let answer = question.ok().map(|question| lookup::answer(&visit.current.snapshot, &question, &visit.scope));
    let status = if answer.is_some() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let filling = Filling { asked: Some(Asked { input, answer }), ..filling(&visit, page)? };
    Ok(visit.page(status, &html::article(&visit.site(), page, &filling)))
}

/// What is asked on the way to apply: about a region by its id, or in anybody's words.
fn asked(visit: &Visit) -> Option<(&str, Result<Question, Malformed>)> {
    let region = visit.parameters.filled("region").map(|text| (text, Question::region(text)));
    region.or_else(|| visit.parameters.filled("q").map(|text| (text, Question::text(text))))
}

/// Two versions of a page beside each other: the ones that are named by their years, else the last two.
pub async fn comparison(visit: Visit, Path(name): Path<String>) -> Handled {
    let name: Slug = name.parse().map_err(|_| Failure::NotFound)?;
    let versions = visit.current.snapshot.info().pages.versions(&name);
    let of = |parameter: &str, usual: usize| {
        let year = visit.parameters.filled(parameter);
        let named = versions.iter().find(|version| year.is_some() && version.year.as_deref() == year);
        named.or_else(|| versions.get(usual)).copied().ok_or(Failure::NotFound)
    };
    let pair = Pair { old: of("old", 1)?, new: of("new", 0)? };
    Ok(visit.page(StatusCode::OK, &html::comparison(&visit.site(), &name, &versions, pair)))
}

/// The calendar file of the day on which applications open; there is none once they are open.
pub async fn opening(visit: Visit) -> Handled {
    let info = visit.current.snapshot.info();
    let Season::Opens(day) = info.applications.season(visit.scope.as_of) else { return Err(Failure::NotFound) };
    let site = visit.site();
    let words = site.words();
    let summary = words.say("calendar-summary", &[("program", &info.name)]);
    let form = info.applications.form_url.as_deref().filter(|form| form.starts_with("http"));
    let event = DayEvent {
        day,
        said_on: visit.scope.as_of,
        id: &format!("applications-{day}-{}", visit.language.tag()),
        summary: &summary,
        description: &words.say("calendar-description", &[("organisation", &info.organisation)]),
        url: form,
    };
    let mut response = reply(StatusCode::OK, Form::Calendar, Keep::Page, calendar::file(&event));
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"applications.ics\""));
    Ok(response)
}

/// The page of a name, in the visitor's language where it is written in it.
fn page<'v>(visit: &'v Visit, name: &str) -> Result<&'v ProgramPage, Failure> {
    visit.current.snapshot.info().pages.find(name, visit.language.tag()).ok_or(Failure::NotFound)
}

fn shown(visit: &Visit, page: &ProgramPage) -> Handled {
    Ok(visit.page(StatusCode::OK, &html::article(&visit.site(), page, &filling(visit, page)?)))
}

/// What the blocks of a page ask for.
fn filling<'p>(visit: &Visit, page: &'p ProgramPage) -> Result<Filling<'p>, Failure> {
    let (current, scope, site) = (&visit.current, &visit.scope, visit.site());
    let blocks = page.blocks();
    let maps = blocks.iter().filter_map(|block| match block {
        Block::PartnerMap(state) => current.block_map(*state, scope, &site).transpose().map(|map| Ok((*state, map?))),
        _ => None,
    });
    let maps = maps.collect::<Result<_, Failure>>()?;
    let lists = blocks.iter().any(|block| matches!(block, Block::PartnerList | Block::Counts));
    Ok(Filling { page: Some(page), maps, directory: lists.then(|| directory(&current.snapshot, scope)), asked: None })
}
