use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};

use super::{
    App,
    asking::{self, AboutParams},
    negotiation::{preferred, without_suffix},
    query::{Parameters, shortened},
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    catalogue,
    render::{
        Failure,
        wire::{self, ZipAnswers},
        words::Words,
    },
};

/// The answers of all ZIPs with the same three digits
///
/// For a page that looks up a ZIP without sending it: it asks for the first three digits, which a thousand others share, and
/// finds the ZIP among the answers. They can be held by any cache; `/api/v1/zips/{prefix}.json` is the same.
#[utoipa::path(
    get,
    path = "/api/v1/zips/{prefix}",
    tag = "coverage",
    operation_id = "zipsWithPrefix",
    params(
        ("prefix" = String, Path, description = "The first three digits.", pattern = "^[0-9]{3}$", example = "981"),
        AboutParams
    ),
    responses((status = 200, description = "The answers, by ZIP.", body = ZipAnswers))
)]
pub(super) async fn with_prefix(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let parameters = Parameters::read(query.as_deref())?;
    parameters.strictly(&["as_of", "course"])?;
    let (prefix, suffix) = without_suffix(&name, &[Form::Json]);
    if suffix.is_none() {
        preferred(&headers, &[Form::Json])?;
    }
    if prefix.len() != 3 || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
        let rule = "a prefix is the first three digits of a ZIP, such as 981; /zips lists those that there are";
        return Err(Failure::NoSuch { what: "prefix", parameter: "prefix", value: shortened(prefix), rule });
    }
    let current = app.current();
    let scope = asking::scope(&parameters, app.today(&current), current.courses())?;
    let make = || {
        let answers = catalogue::zip_answers(&current.snapshot, prefix, &scope);
        let about = (scope.as_of.to_string(), scope.course.as_ref().map(ToString::to_string));
        let words = Words::new(current.courses());
        wire::json(&ZipAnswers::new(prefix, &answers, about, current.snapshot.generation().as_str(), &words)).ok()
    };
    // What is asked about when nothing else is said is prepared; it pushes nothing out.
    let body = match current.prepared.is_usual(&scope) {
        true => make(),
        false => Option::clone(&current.zip_answers.get_or((prefix.to_owned(), scope.clone()), make)),
    };
    let body = body.ok_or(Failure::Internal)?;
    Ok(tagged(reply(StatusCode::OK, Form::Json, Keep::Page, body), &current.tag(&scope, "json")))
}
