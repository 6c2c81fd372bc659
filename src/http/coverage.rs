use std::sync::Arc;

use axum::{
    body::Body,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use jiff::civil::Date;

use super::{
    App, Current,
    asking::{self, AboutParams, PositionBody},
    body,
    demand::marked,
    negotiation::preferred,
    query::Parameters,
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    lookup::{self, Question, Scope},
    render::{
        Failure,
        json::{self, AnswerWire},
        words::Words,
    },
};

/// Where it is asked; the descriptions below repeat it, because they are made before it has a value.
pub const PATH: &str = "/api/v1/coverage";

/// How many bytes of a body are read.
pub const LONGEST_BODY: usize = 4096;

/// Does this place have a partner?
///
/// Answers one question, asked by exactly one of `lat` with `lon`, `zip`, `state`, `county`, `place`, `region` and `q`.
/// A well-formed question is always answered with 200: that there is no such ZIP, or no partner, is an answer, too.
#[utoipa::path(
    get,
    path = "/api/v1/coverage",
    tag = "coverage",
    operation_id = "coverage",
    params(
        ("lat" = Option<f64>, Query, description = "Latitude in degrees (WGS 84); comes with `lon`.", minimum = -90, maximum = 90, example = 47.6062),
        ("lon" = Option<f64>, Query, description = "Longitude in degrees (WGS 84); comes with `lat`.", minimum = -180, maximum = 180, example = -122.3321),
        ("zip" = Option<String>, Query, description = "A ZIP Code; ZIP+4 and an address that ends with one work, too.", min_length = 1, max_length = 300, example = "98101"),
        ("state" = Option<String>, Query, description = "A state by its code, name or typed id.", min_length = 1, max_length = 300, example = "WA"),
        ("county" = Option<String>, Query, description = "A county by its GEOID, its name with its state, or its typed id.", min_length = 1, max_length = 300, example = "King County, WA"),
        ("place" = Option<String>, Query, description = "A town, city or village, with or without its state.", min_length = 1, max_length = 300, example = "Spokane, WA"),
        ("region" = Option<String>, Query, description = "A program region by its id or name, or anything by its typed id.", min_length = 1, max_length = 300, example = "region:puget-sound"),
        ("q" = Option<String>, Query, description = "Whatever people type: all of these, street addresses, partners, coordinates.", min_length = 1, max_length = 300, example = "1600 Pine St, Seattle, WA 98101"),
        AboutParams,
    ),
    responses((status = 200, description = "The answer.", body = AnswerWire))
)]
pub(super) async fn asked(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    preferred(&headers, &[Form::Json])?;
    let current = app.current();
    let parameters = Parameters::read(query.as_deref())?;
    let question = asking::question(&parameters)?;
    let today = app.today(&current);
    let scope = asking::scope(&parameters, today, current.courses())?;
    let day_asked = parameters.filled("as_of").map(|_| scope.as_of);
    Ok(tagged(answered(&app, &current, &question, &scope, day_asked, Keep::Answer)?, &current.tag(&scope, "json")))
}

/// Does this position, which must not stand in an address, have a partner?
///
/// The same answer as to `GET` with `lat` and `lon`, for who must keep a position out of logs and histories; kept by nobody.
#[utoipa::path(
    post,
    path = "/api/v1/coverage",
    tag = "coverage",
    operation_id = "coverageOfPosition",
    request_body(content = PositionBody, content_type = "application/json"),
    responses((status = 200, description = "The answer.", body = AnswerWire))
)]
pub(super) async fn posted(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    Parameters::read(query.as_deref())?.strictly(&[])?;
    preferred(&headers, &[Form::Json])?;
    let is_json = |value: &str| value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if !headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(is_json) {
        return Err(Failure::UnsupportedMediaType);
    }
    let bytes = body::read(&headers, body, LONGEST_BODY).await?;
    let current = app.current();
    let body = PositionBody::read(&bytes)?;
    let (question, scope) = body.asked(app.today(&current), current.courses())?;
    answered(&app, &current, &question, &scope, body.names_a_day().then_some(scope.as_of), Keep::Never)
}

fn answered(
    app: &App,
    current: &Current,
    question: &Question,
    scope: &Scope,
    day_asked: Option<Date>,
    keep: Keep,
) -> Result<Response, Failure> {
    let answer = lookup::answer(&current.snapshot, question, scope);
    let body = json::answer(&answer, &Words::new(current.courses()), day_asked).map_err(|_| Failure::Internal)?;
    let response = reply(StatusCode::OK, Form::Json, keep, body);
    Ok(marked(response, &current.snapshot, &answer, scope, app.today(current)))
}
