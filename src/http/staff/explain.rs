use axum::{Extension, http::StatusCode, response::Response};
use maud::html;

use super::{access::Visitor, frame};
use crate::{
    http::{
        asking,
        reply::{self, Keep, reply},
        reports::{Asked, Head},
    },
    lookup::{self, Explanation, Question},
    render::{
        Failure, explanation,
        html::{Field, ask, explained},
        links,
        report::{Form, Report, downloads, tables},
    },
};

/// Why the answer to a question is what it is.
pub async fn page(Extension(visitor): Extension<Visitor>, head: Head) -> Result<Response, Failure> {
    let asked = head.asked(&[])?;
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
    let files = frame::files(&asked, "explain", &report(&asked, &chain));
    let body = html! { (form) (explained(&chain, &site)) (downloads(&files)) };
    Ok(frame::page(&asked, &visitor, "explain", &asked.words().verdict(&chain.answer), body))
}

/// The same as data, asked like a public question; JSON has the whole answer, the other forms its tables.
pub async fn data(head: Head) -> Result<Response, Failure> {
    let asked = head.asked(asking::QUESTION)?;
    let question = asking::one_question(&asked.parameters)?;
    let chain = lookup::explain(&asked.current.snapshot, &question, &asked.scope);
    let tables = report(&asked, &chain);
    if asked.form != Form::Json {
        return asked.written(Keep::Never, &tables);
    }
    asked.only_tables_of(&tables)?;
    let body = explanation::json(&chain, &asked.words()).map_err(|_| Failure::Internal)?;
    Ok(reply(StatusCode::OK, reply::Form::Json, Keep::Never, body))
}

fn report(asked: &Asked, chain: &Explanation) -> Report {
    let snapshot = &asked.current.snapshot;
    let shape = |region: &_| asked.has_places().then(|| snapshot.land().outline(region)).flatten();
    tables::explanation(chain, snapshot.generation(), &asked.words(), shape)
}
