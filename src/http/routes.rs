use std::sync::Arc;

use axum::{Router, middleware, routing::get};

use super::{App, assets, coverage, edge, failing, pages, regions};

/// Everything that the service answers, with what all answers share.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .merge(site())
        .merge(embeds())
        .merge(api())
        .merge(service())
        .fallback(pages::elsewhere)
        .layer(middleware::from_fn(edge::in_time))
        .layer(edge::catch_panics())
        .layer(middleware::from_fn_with_state(app.clone(), failing::shown))
        .layer(middleware::from_fn(edge::unchanged))
        .layer(edge::compressed())
        .layer(middleware::from_fn(edge::guarded))
        .layer(middleware::from_fn(edge::logged))
        .layer(edge::identified())
        .with_state(app)
}

/// Pages for people: the same under the prefix of any language.
fn site() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(pages::overview))
        .route("/terms", get(pages::terms))
        .route("/faq", get(pages::faq))
        .route("/apply", get(pages::apply))
        .route("/summary", get(pages::summary))
        .route("/partners", get(pages::partners))
        .route("/partners/{id}", get(regions::partner))
        .route("/states/{code}", get(regions::state))
        .route("/counties/{geoid}", get(regions::county))
        .route("/regions/{id}", get(regions::region))
        .route("/zips/{zip}", get(regions::zip))
        .route("/docs/api", get(pages::api_docs))
}

/// Pieces for other people's pages.
fn embeds() -> Router<Arc<App>> {
    Router::new().route("/fragment/map", get(regions::map_fragment)).route("/map.svg", get(regions::map_picture))
}

/// Answers for programs.
fn api() -> Router<Arc<App>> {
    Router::new().route("/api/v1/coverage", get(coverage::asked).post(coverage::posted))
}

/// What operators and pages need beside.
fn service() -> Router<Arc<App>> {
    Router::new()
        .route("/static/{name}", get(assets::asset))
        .route("/livez", get(pages::alive))
        .route("/readyz", get(pages::ready))
}
