//! A handler that says hello in JSON, in the same runtime as the service: what `benches/load.sh` compares with.
//!
//! It has around it all that the service's answers have around them; with `bare` after its address nothing.

use std::{error::Error, sync::Arc};

use axum::{Router, http::header, routing::get};
use coverage_map::{
    cli::log,
    http::{App, Limits, edged, serve},
    snapshot::Snapshot,
    source::{Embedded, Folder, load},
};
use tokio::net::TcpListener;

async fn hello() -> ([(header::HeaderName, &'static str); 2], &'static str) {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=60")], "{\"hello\": \"world\"}\n")
}

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo bench` hands over an option of its own.
    let Some(address) = std::env::args().skip(1).find(|argument| argument.contains(':')) else { return Ok(()) };
    // As the service does: a line for each request.
    let _log = log::begin(None, log::LogFormat::Text);
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram))?;
    let app = Arc::new(App::new(Arc::new(Snapshot::new(loaded.dataset.ok_or("the files have errors")?)), None));
    let routes = Router::new().route("/api/v1/hello", get(hello));
    let is_bare = std::env::args().any(|argument| argument == "bare");
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind(address).await?;
        if is_bare {
            serve(listener, routes, Limits::default(), std::future::pending()).await;
        } else {
            serve(listener, edged(app, routes), Limits::default(), std::future::pending()).await;
        }
        Ok(())
    })
}
