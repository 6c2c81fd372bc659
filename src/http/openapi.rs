//! The description of the API (OpenAPI 3.1), generated from the routes, the wire shapes and the list of reports.

mod reports;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use axum::{http::StatusCode, response::Response};
use serde_json::Value;
use utoipa::{
    IntoResponses, OpenApi,
    openapi::{self, ContentBuilder, RefOr, ResponseBuilder, response},
};

use super::{
    reply::{Form, Keep, reply},
    routes,
};
use crate::render::{Failure, problem::Problem};

/// What the description says before it comes to the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "coverage-map",
        description = "Answers whether a place has a partner, and lists regions and partners. Nothing but what is marked \
                       `staff` needs a token; pages of any origin may ask. Longitudes and latitudes are degrees on WGS 84, distances metres, areas square \
                       kilometres, days `YYYY-MM-DD`, shares of people from 0 to 1. Parameters that are not described here \
                       are refused. Every failure is `application/problem+json` (RFC 9457), and its `type` leads to its \
                       explanation. Answers have an `ETag`; `If-None-Match` gets 304 while they hold.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "this service")),
    tags(
        (name = "coverage", description = "Does this place have a partner?"),
        (name = "regions", description = "States, counties, program regions and ZIPs."),
        (name = "partners", description = "Who serves what."),
        (name = "reports", description = "How much is covered, and where nobody serves."),
        (name = "staff", description = "What needs a token, as `Authorization: Bearer cmap_…`."),
    ),
    components(schemas(Problem))
)]
struct Frame;

/// The whole description as JSON.
pub fn as_json() -> &'static Value {
    static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| {
        // A description is text, numbers and lists: it always is JSON.
        let description = serde_json::to_value(routes::api().into_openapi()).unwrap_or_default();
        reports::described(description)
    });
    &DESCRIPTION
}

/// The description without routes, for the router that adds them.
pub fn frame() -> openapi::OpenApi {
    Frame::openapi()
}

/// Sends the description.
pub async fn sent() -> Result<Response, Failure> {
    static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", as_json()));
    Ok(reply(StatusCode::OK, Form::Json, Keep::Page, TEXT.as_str()))
}

/// How every operation can fail: a response for each status, with the names of the problems that have it.
pub struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<response::Response>> {
        problems(|failure| !failure.is_of_staff())
    }
}

/// A response for each status of some failures.
fn problems(wanted: impl Fn(&Failure) -> bool) -> BTreeMap<String, RefOr<response::Response>> {
    let mut names: BTreeMap<u16, BTreeSet<&'static str>> = BTreeMap::new();
    for failure in Failure::examples().into_iter().filter(wanted) {
        names.entry(failure.status()).or_default().insert(failure.name());
    }
    let describe = |(status, names): (u16, BTreeSet<&str>)| {
        let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
        let content = ContentBuilder::new().schema(Some(Problem::reference())).build();
        let response = ResponseBuilder::new().description(format!("Problem {}.", names.join(", ")));
        (status.to_string(), response.content(Form::Problem.essence(), content).build().into())
    };
    names.into_iter().map(describe).collect()
}

impl Problem<'_> {
    fn reference() -> RefOr<openapi::Schema> {
        openapi::Ref::from_schema_name("Problem").into()
    }
}
