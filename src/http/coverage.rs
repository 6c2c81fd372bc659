use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};

use super::{
    App, Current,
    asking::{self, PositionBody},
    query::Parameters,
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    lookup::{self, Question, Scope},
    render::{Failure, json, words::Words},
};

/// How many bytes of a body are read.
const LONGEST_BODY: usize = 4096;

/// One answer to a question in the address.
pub async fn asked(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let current = app.current();
    let parameters = Parameters::read(query.as_deref())?;
    let question = asking::question(&parameters)?;
    let scope = asking::scope(&parameters, app.today(&current), current.courses())?;
    Ok(tagged(answered(&current, &question, &scope, Keep::Answer)?, &current.tag(&scope, "json")))
}

/// One answer to a position that must not stand in an address.
pub async fn posted(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    Parameters::read(query.as_deref())?.strictly(&[])?;
    let is_json = |value: &str| value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if !headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(is_json) {
        return Err(Failure::UnsupportedMediaType);
    }
    let bytes = to_bytes(body, LONGEST_BODY).await.map_err(|_| Failure::BodyTooLarge)?;
    let current = app.current();
    let (question, scope) = PositionBody::read(&bytes)?.asked(app.today(&current), current.courses())?;
    answered(&current, &question, &scope, Keep::Never)
}

fn answered(current: &Current, question: &Question, scope: &Scope, keep: Keep) -> Result<Response, Failure> {
    let answer = lookup::answer(&current.snapshot, question, scope);
    let body = json::answer(&answer, &Words::new(current.courses())).map_err(|_| Failure::Internal)?;
    Ok(reply(StatusCode::OK, Form::Json, keep, body))
}
