use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use utoipa::IntoParams;

use super::{
    App,
    negotiation::preferred,
    query::Parameters,
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    lookup::{self, Scope},
    render::{
        Failure,
        wire::{self, Suggestions},
    },
};

/// How many suggestions are made unless another number is asked for; as many fit below a search field.
const USUAL: usize = 8;

/// How many suggestions are made at most.
const MOST: usize = 20;

/// What is asked about names while they are typed.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Typed {
    /// What has been typed so far.
    #[param(example = "bois", min_length = 1, max_length = 300)]
    q: String,
    /// How many suggestions are wanted at most.
    #[param(minimum = 1, maximum = 20, default = 8, example = 8)]
    limit: Option<usize>,
}

impl Typed {
    fn read(parameters: &Parameters) -> Result<Self, Failure> {
        parameters.strictly(&["q", "limit"])?;
        let q = parameters.first("q").ok_or_else(|| Failure::NoQuestion { known: "q".to_owned() })?;
        Ok(Self { q: q.to_owned(), limit: parameters.number("limit", 1..=MOST)? })
    }
}

/// Names while they are typed
///
/// What a text may be the beginning of: ZIPs, places, counties, states, program regions and partners. Case, accents and
/// apostrophes make no difference, `Fort` is also `Ft.`, and a state may stand behind a comma or a blank. A name that is
/// the text comes before names that begin with it, and these before names in which a later word does; among them the
/// one with more people comes first.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    tag = "coverage",
    operation_id = "suggest",
    params(Typed),
    responses((status = 200, description = "What may be meant, the likeliest first.", body = Suggestions))
)]
pub(super) async fn suggest(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let typed = Typed::read(&Parameters::read(query.as_deref())?)?;
    preferred(&headers, &[Form::Json])?;
    let current = app.current();
    let found = lookup::suggestions(&current.snapshot, &typed.q, typed.limit.unwrap_or(USUAL))?;
    let body = wire::json(&Suggestions::new(&typed.q, &found)).map_err(|_| Failure::Internal)?;
    let scope = Scope { as_of: app.today(&current), course: None };
    Ok(tagged(reply(StatusCode::OK, Form::Json, Keep::Answer, body), &current.tag(&scope, "json")))
}
