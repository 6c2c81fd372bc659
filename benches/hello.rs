//! A handler that says hello in JSON, in the same runtime as the service: what `benches/load.sh` compares with.
//!
//! `/api/v1/hello` has around it all that the service's answers have around them, headers for other sites among it; `/bare` has
//! nothing.

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
    let router = edged(app.clone(), Router::new().route("/api/v1/hello", get(hello)).with_state(app));
    let router = Router::new().route("/bare", get(hello)).merge(router);
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind(address).await?;
        serve(listener, router, Limits::default(), std::future::pending()).await;
        Ok(())
    })
}
