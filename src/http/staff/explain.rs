use std::sync::Arc;

use axum::{
    Extension,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use maud::html;

use super::{access::Visitor, frame};
use crate::{
    http::{
        App, asking,
        query::Parameters,
        reply::{Form, Keep, reply},
        reports::Asked,
    },
    lookup::{self, Question},
    render::{
        Failure, explanation,
        html::{Field, ask, explained},
        links,
        words::Words,
    },
};

/// Why the answer to a question is what it is.
pub async fn page(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let asked = Asked::read(app, &uri, &headers, query.as_deref(), &[])?;
    let text = asked.parameters.filled("q");
    let fields = [
        Field::text("q", "A ZIP, place, county, state, region, partner, address, or latitude and longitude", text),
        Field::day("as_of", "Day", asked.parameters.first("as_of")),
        Field::course(asked.current.courses(), asked.parameters.first("course")),
    ];
    let form = ask(&links::report("explain"), &fields, "Explain");
    let Some(text) = text else { return Ok(frame::page(&asked, &visitor, "explain", "Explain an answer", form)) };
    let chain = lookup::explain(&asked.current.snapshot, &Question::text(text)?, &asked.scope);
    let site = frame::site(&asked, links::STAFF);
    let body = html! { (form) (explained(&chain, &site)) };
    Ok(frame::page(&asked, &visitor, "explain", &asked.words().verdict(&chain.answer), body))
}

/// The same as data, asked like a public question.
pub async fn json(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let current = app.current();
    let parameters = Parameters::read(query.as_deref())?;
    let question = asking::question(&parameters)?;
    let scope = asking::scope(&parameters, app.today(&current), current.courses())?;
    let chain = lookup::explain(&current.snapshot, &question, &scope);
    let body = explanation::json(&chain, &Words::new(current.courses())).map_err(|_| Failure::Internal)?;
    Ok(reply(StatusCode::OK, Form::Json, Keep::Never, body))
}
