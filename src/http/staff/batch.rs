//! Tables of questions: a file in, the same rows with their answers out, a piece at a time.

use std::{
    io::{self, Cursor, Write},
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    Extension,
    body::{Body, Bytes, HttpBody},
    extract::Multipart,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use hyper::body::Frame;
use maud::html;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::{
    access::{Noted, Visitor},
    frame,
    upload::{self, Upload},
};
use crate::{
    batch::{Batch, Failed},
    http::{
        App, body,
        maps::aside,
        query::Parameters,
        queue::Turn,
        reply::{Form, Keep, reply},
        reports::{Asked, Head},
    },
    render::{
        Failure,
        html::{Field, send},
        links,
    },
};

/// How many bytes of a table are read; longer ones are for the command line.
pub const LONGEST_TABLE: usize = 32 << 20;

/// How many pieces wait for a client that takes them slowly.
const WAITING: usize = 4;

/// The form.
pub async fn page(Extension(visitor): Extension<Visitor>, head: Head) -> Result<Response, Failure> {
    let asked = head.asked(&[])?;
    let fields = [
        upload::field("table", "Table"),
        Field::day("as_of", "Day", asked.parameters.first("as_of")),
        Field::course(asked.current.courses(), asked.parameters.first("course")),
    ];
    let body = html! {
        p.lede { "Send a table of schools or organisations as CSV; the same rows come back with their answers." }
        (send(&links::report("batch"), &fields, "Answer"))
        p { "The first line names the columns. The first of these that is filled is the question of a row: " code { "lat" } " and "
            code { "lon" } ", " code { "zip" } ", " code { "county" } ", " code { "place" } ", " code { "state" } ", "
            code { "region" } ", " code { "q" } ". Columns " code { "as_of" } " and " code { "course" } " say the day and the course of a row." }
        p { "Added are " code { "status" } ", " code { "partners" } ", " code { "partner_names" } ", " code { "region" } ", "
            code { "share" } " and " code { "reason" } ". No row makes the table fail. Nothing of it is kept here." }
        p { "A table has at most " (LONGEST_TABLE >> 20) " MB here; " code { "coverage-map batch" } " on the command line answers tables of any length." }
    };
    Ok(frame::page(&asked, &visitor, "batch", "Answer a table", body))
}

/// Answers a table that a form brings.
pub async fn uploaded(head: Head, form: Multipart) -> Result<Response, Failure> {
    let turn = turn(&head.app)?;
    let upload = Upload::read(form, "table").await?;
    let asked = head.asked_with(upload.parameters, &[])?;
    answered(&asked, turn, upload.file.into()).await
}

/// Answers a table that a program sends.
pub async fn posted(head: Head, body: Body) -> Result<Response, Failure> {
    // The answers have the columns of the table that was sent: there are no others to choose from.
    let asked = head.asked_among(Parameters::read(head.query())?, &["as_of", "course"])?;
    let turn = turn(&asked.app)?;
    answered(&asked, turn, body::read(head.headers(), body, LONGEST_TABLE).await?).await
}

/// A turn from before the first byte of a table to behind the last of its answers: that much memory is taken at most.
fn turn(app: &App) -> Result<Turn, Failure> {
    aside(|| app.current().queues.tables.turn())
}

async fn answered(asked: &Asked, turn: Turn, table: Bytes) -> Result<Response, Failure> {
    let detail = format!("{} bytes", table.len());
    let (snapshot, scope) = (asked.current.snapshot.clone(), asked.scope.clone());
    let (pieces, mut taken) = channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let batch = Batch { snapshot: &snapshot, scope };
        let outcome = batch.csv(Cursor::new(table), Pieces(pieces.clone()), |_, _| ());
        if let Err(error) = outcome {
            // A client that left needs no answer.
            let _ = pieces.blocking_send(Err(error));
        }
    });
    // A table that cannot be answered at all is found before the first piece.
    let first = match taken.recv().await {
        Some(Err(failed)) => return Err(Failure::BadBody(failed.to_string())),
        Some(Ok(first)) => Some(first),
        None => None,
    };
    let mut response = reply(StatusCode::OK, Form::Text, Keep::Never, Body::new(Answered { first, taken }));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"answered.csv\""));
    response.extensions_mut().insert(Noted(detail));
    Ok(response)
}

/// Hands what is written to who answers the request.
struct Pieces(Sender<Result<Bytes, Failed>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes))).map_err(gone)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The body of a response that is written while it is sent.
struct Answered {
    first: Option<Bytes>,
    taken: Receiver<Result<Bytes, Failed>>,
}

impl HttpBody for Answered {
    type Data = Bytes;
    type Error = Failed;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        self.taken.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
