use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};

use super::{
    App,
    pages::{Visit, region_page},
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    census::StateCode,
    directory::profile,
    domain::{PartnerId, RegionId},
    render::{Failure, html},
};

type Handled = Result<Response, Failure>;

/// A partner's page.
pub async fn partner(State(app): State<Arc<App>>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    let id: PartnerId = id.parse().map_err(|_| Failure::NotFound)?;
    let partner = visit.current.snapshot.partner(&id).ok_or(Failure::NotFound)?;
    let profile = profile(&visit.current.snapshot, partner, visit.scope.as_of).ok_or(Failure::NotFound)?;
    Ok(visit.page(StatusCode::OK, &html::partner_page(&visit.current.site(visit.scope.as_of), &profile)))
}

/// A state's page.
pub async fn state(app: State<Arc<App>>, Path(code): Path<String>, query: RawQuery) -> Handled {
    of_region(&app, code.parse().map(RegionId::State).ok(), query)
}

/// A county's page.
pub async fn county(app: State<Arc<App>>, Path(geoid): Path<String>, query: RawQuery) -> Handled {
    of_region(&app, geoid.parse().map(RegionId::County).ok(), query)
}

/// A program region's page.
pub async fn region(app: State<Arc<App>>, Path(id): Path<String>, query: RawQuery) -> Handled {
    of_region(&app, id.parse().map(RegionId::Region).ok(), query)
}

/// A ZIP's page.
pub async fn zip(app: State<Arc<App>>, Path(zip): Path<String>, query: RawQuery) -> Handled {
    of_region(&app, zip.parse().map(RegionId::Zip).ok(), query)
}

fn of_region(app: &App, region: Option<RegionId>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(app, query.as_deref())?;
    Ok(region_page(&visit, &region.ok_or(Failure::NotFound)?))
}

/// The map without a page around it: of the country, or of one state.
pub async fn map_fragment(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    let map = visit.current.map_of(state_shown(&visit)?, &visit.scope).ok_or(Failure::NotFound)?;
    Ok(visit.html(StatusCode::OK, html::fragment(&map, &visit.current.site(visit.scope.as_of))))
}

/// The map as a picture: of the country, or of one state.
pub async fn map_picture(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Handled {
    let visit = Visit::new(&app, query.as_deref())?;
    let picture = visit.current.picture_of(state_shown(&visit)?, &visit.scope).ok_or(Failure::NotFound)?;
    Ok(tagged(reply(StatusCode::OK, Form::Svg, Keep::Page, picture), &visit.current.tag(&visit.scope, "svg")))
}

fn state_shown(visit: &Visit) -> Result<Option<StateCode>, Failure> {
    visit.parameters.filled("state").map(str::parse).transpose().map_err(|_| Failure::NotFound)
}
