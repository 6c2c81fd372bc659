use axum::{extract::Path, http::StatusCode, response::Response};

use super::{
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
pub async fn partner(visit: Visit, Path(id): Path<String>) -> Handled {
    let id: PartnerId = id.parse().map_err(|_| Failure::NotFound)?;
    let partner = visit.current.snapshot.partner(&id).ok_or(Failure::NotFound)?;
    let profile = profile(&visit.current.snapshot, partner, visit.scope.as_of).ok_or(Failure::NotFound)?;
    Ok(visit.page(StatusCode::OK, &html::partner_page(&visit.site(), &profile)))
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

/// A ZIP's page.
pub async fn zip(visit: Visit, Path(zip): Path<String>) -> Handled {
    of_region(&visit, zip.parse().map(RegionId::Zip).ok())
}

fn of_region(visit: &Visit, region: Option<RegionId>) -> Handled {
    Ok(region_page(visit, &region.ok_or(Failure::NotFound)?))
}

/// The map without a page around it: of the country, or of one state.
pub async fn map_fragment(visit: Visit) -> Handled {
    let site = visit.site();
    let map = visit.current.map_of(state_shown(&visit)?, &visit.scope, &site).ok_or(Failure::NotFound)?;
    Ok(visit.html(StatusCode::OK, html::fragment(&map, &site)))
}

/// The map as a picture: of the country, or of one state.
pub async fn map_picture(visit: Visit) -> Handled {
    let picture = visit.current.picture_of(state_shown(&visit)?, &visit.scope, &visit.way()).ok_or(Failure::NotFound)?;
    Ok(tagged(reply(StatusCode::OK, Form::Svg, Keep::Page, picture), &visit.tag("svg")))
}

fn state_shown(visit: &Visit) -> Result<Option<StateCode>, Failure> {
    visit.parameters.filled("state").map(str::parse).transpose().map_err(|_| Failure::NotFound)
}
