//! The description of the API (OpenAPI 3.1), generated from the routes, the wire shapes and the list of reports.

mod reports;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use axum::{http::StatusCode, response::Response};
use serde_json::{Value, json};
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
                       `staff` needs a token; pages of any origin may ask. Longitudes and latitudes are degrees on WGS 84, distances metres (kilometres \
                       where a name ends with `_km`), areas square kilometres, days `YYYY-MM-DD`, shares of people from 0 to 1 with three \
                       decimals and never 0 where somebody lives. What may be `null` is always there. Lists end where \
                       `next` is `null`: a page may be empty before. An ending of the address (`.json`, `.geojson`, `.csv`, `.xlsx`) \
                       names the form before `Accept` does. Parameters that are not described here are refused. Every failure is `application/problem+json` (RFC 9457), and its `type` leads to its \
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
        headed(whole(reports::described(description)))
    });
    &DESCRIPTION
}

/// What requests alone are made of, and what leaves out what it has nothing to say about.
const NOT_WHOLE: [&str; 2] = ["Position", "Problem"];

/// Says of the members of what is answered that they are always there, `null` ones, too.
fn whole(mut description: Value) -> Value {
    let schemas = description["components"]["schemas"].as_object_mut().into_iter().flatten();
    for (_, schema) in schemas.filter(|(name, _)| !NOT_WHOLE.contains(&name.as_str())) {
        let names = schema["properties"].as_object().map(|properties| properties.keys().cloned().collect::<Vec<_>>());
        if let Some(names) = names {
            schema["required"] = names.into();
        }
    }
    description
}

/// Says which headers answers have, and that there is a 304.
fn headed(mut description: Value) -> Value {
    let header = |text: &str, of: &str| json!({ "description": text, "schema": { "type": of } });
    let operations = description["paths"].as_object_mut().into_iter().flatten().flat_map(|(_, path)| path.as_object_mut());
    for (method, operation) in operations.flatten() {
        let kept = method == "get" && operation.get("security").is_none();
        let Some(responses) = operation["responses"].as_object_mut() else { continue };
        if kept {
            responses["200"]["headers"] = json!({
                "ETag": header("Names what is sent; send it back in `If-None-Match`.", "string"),
                "Cache-Control": header("How long it may be kept.", "string"),
            });
            responses
                .insert("304".to_owned(), json!({ "description": "What `If-None-Match` names still holds; without a body." }));
        }
        for status in ["429", "503"] {
            if let Some(response) = responses.get_mut(status) {
                response["headers"]["Retry-After"] = header("After how many seconds it is worth asking again.", "integer");
            }
        }
    }
    description
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
