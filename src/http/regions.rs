use axum::{extract::Path, http::StatusCode, response::Response};

use super::pages::{Visit, answered, moved, region_page};
use crate::{
    catalogue,
    directory::profile,
    domain::{PartnerId, RegionId},
    lookup::{self, Question, Subject},
    render::{
        Failure,
        html::{self, Search},
        links,
    },
};

type Handled = Result<Response, Failure>;

/// A partner's page.
pub async fn partner(visit: Visit, Path(id): Path<String>) -> Handled {
    let id: PartnerId = id.parse().map_err(|_| Failure::NotFound)?;
    let partner = visit.current.snapshot.partner(&id).ok_or(Failure::NotFound)?;
    let profile = profile(&visit.current.snapshot, partner, visit.scope.as_of).ok_or(Failure::NotFound)?;
    let map = visit.current.map_of_partner(partner, &visit.scope, &visit.site())?;
    Ok(visit.page(StatusCode::OK, &html::partner_page(&visit.site(), &profile, map.as_ref())))
}

/// A state's page.
pub async fn state(visit: Visit, Path(code): Path<String>) -> Handled {
    of_region(&visit, code.parse().map(RegionId::State).ok())
}

/// A county's page.
pub async fn county(visit: Visit, Path(geoid): Path<String>) -> Handled {
    of_region(&visit, geoid.parse().map(RegionId::County).ok())
}

/// A program region's page.
pub async fn region(visit: Visit, Path(id): Path<String>) -> Handled {
    of_region(&visit, id.parse().map(RegionId::Region).ok())
}

/// The first digits of all ZIPs.
pub async fn zips(visit: Visit) -> Handled {
    let prefixes = catalogue::zip_prefixes(&visit.current.snapshot);
    if prefixes.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok(visit.page(StatusCode::OK, &html::zip_index(&visit.site(), &prefixes)))
}

/// The answers of all ZIPs that begin with three digits.
fn zips_with(visit: &Visit, prefix: &str) -> Handled {
    let answers = catalogue::zip_answers(&visit.current.snapshot, prefix, &visit.scope);
    if answers.is_empty() {
        return Err(Failure::NotFound);
    }
    let search = Search { question: "", ..visit.search() };
    Ok(visit.page(StatusCode::OK, &html::zip_list(&visit.site(), &search, prefix, &answers)))
}

/// A ZIP's page; the list of those that begin with three digits; to one that is written in another way, the way there or the
/// choice.
pub async fn zip(visit: Visit, Path(text): Path<String>) -> Handled {
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return zips_with(&visit, &text);
    }
    if let Ok(zip) = text.parse() {
        return region_page(&visit, &RegionId::Zip(zip));
    }
    let question = Question::zip(&text).map_err(|_| Failure::NotFound)?;
    let answer = lookup::answer(&visit.current.snapshot, &question, &visit.scope);
    match &answer.query.subject {
        Some(Subject::Zip(zip, ..)) => moved(&visit.way().region(&RegionId::Zip(*zip))),
        _ if answer.choices.is_empty() => Err(Failure::NotFound),
        _ => answered(&visit, StatusCode::OK, &answer, links::search(&text)),
    }
}

fn of_region(visit: &Visit, region: Option<RegionId>) -> Handled {
    region_page(visit, &region.ok_or(Failure::NotFound)?)
}
