use std::sync::Arc;

use axum::{Extension, Router, middleware, routing::get};

use tower::ServiceBuilder;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    App, Front, articles, assets, coverage, edge, embeds, failing, lists, meter, oembed, openapi, pages, regions, reports, staff,
    status, suggest, zips,
};
use crate::render::Language;

/// Everything that the service answers, with what all answers share.
pub fn router(app: Arc<App>) -> Front {
    let pages = readable();
    let known = pages.clone().with_state(app.clone());
    let all = pages.merge(api()).merge(reports()).merge(staff::routes(&app)).merge(service());
    let all = all.fallback(move |app, uri| pages::elsewhere(app, uri, known));
    edged(app.clone(), all.with_state(app))
}

/// Routes with what all answers share around them, from the outside in: safe headers, counts and ids; what is prepared;
/// compression; failures in words; limits.
pub fn edged(app: Arc<App>, routes: Router) -> Front {
    // One layer of the router: each copies what is below it for every request.
    let shared = ServiceBuilder::new()
        .layer(edge::Routed::of(app.clone()))
        .layer(edge::compressed())
        .layer(middleware::from_fn_with_state(app.clone(), failing::shown))
        .layer(edge::catch_panics())
        .layer(middleware::from_fn_with_state(app.clone(), edge::within));
    Front::new(app, routes.layer(shared))
}

/// What can be prepared, without what all answers share.
pub(super) fn content(app: Arc<App>) -> Router {
    readable().merge(service()).merge(zip_prefixes()).with_state(app)
}

/// What people read, in every language, and what is put into other people's pages.
fn readable() -> Router<Arc<App>> {
    Router::new().merge(site()).merge(embeds()).merge(translated())
}

/// What the public site consists of, answers for programs included.
pub(super) fn public(app: Arc<App>) -> Router {
    readable().merge(service()).merge(api()).merge(reports()).with_state(app)
}

/// The pages and embeds once more in each further language, under its prefix.
fn translated() -> Router<Arc<App>> {
    let further = Language::all().filter(|language| *language != Language::default());
    further.fold(Router::new(), |all, language| all.nest(&language.prefix(), site().merge(embeds()).layer(Extension(language))))
}

/// Pages for people.
fn site() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(articles::overview))
        .route("/apply", get(articles::apply))
        .route("/apply/opening.ics", get(articles::opening))
        .route("/{page}", get(articles::named))
        .route("/{page}/compare", get(articles::comparison))
        .route("/partners", get(pages::partners).post(pages::located))
        .route("/partners/{id}", get(regions::partner))
        .route("/states/{code}", get(regions::state))
        .route("/counties/{geoid}", get(regions::county))
        .route("/regions/{id}", get(regions::region))
        .route("/zips", get(regions::zips))
        .route("/zips/{zip}", get(regions::zip))
}

/// Pieces for other people's pages.
fn embeds() -> Router<Arc<App>> {
    Router::new()
        .route("/embed", get(embeds::composer))
        .route("/fragment/map", get(embeds::fragment))
        .route("/oembed", get(oembed::oembed))
        .route("/embed/map", get(embeds::frame))
        .route("/map.svg", get(embeds::svg))
        .route("/map.png", get(embeds::png))
}

/// Answers for programs; what is routed here is described in `/openapi.json`.
pub(super) fn api() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(openapi::frame())
        .routes(routes!(coverage::asked, coverage::posted))
        .merge(zip_prefixes())
        .routes(routes!(suggest::suggest))
        .routes(routes!(lists::regions))
        .routes(routes!(lists::region))
        .routes(routes!(lists::partners))
        .routes(routes!(lists::partner))
        .merge(in_forms())
}

/// All answers of the ZIPs that begin alike.
fn zip_prefixes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(zips::with_prefix))
}

/// Lists once more, with the suffix of their form.
fn in_forms() -> OpenApiRouter<Arc<App>> {
    Router::new()
        .route("/api/v1/regions.json", get(lists::regions))
        .route("/api/v1/regions.geojson", get(lists::regions))
        .route("/api/v1/partners.json", get(lists::partners))
        .route("/api/v1/partners.geojson", get(lists::partners))
        .into()
}

/// Numbers for everybody: what is covered, and where nobody serves. The end of an address names the form.
fn reports() -> Router<Arc<App>> {
    let forms = ["", ".json", ".csv", ".geojson", ".xlsx"];
    forms.into_iter().fold(Router::new(), |router, form| {
        router
            .route(&format!("/api/v1/coverage/summary{form}"), get(reports::coverage))
            .route(&format!("/api/v1/gaps{form}"), get(reports::gaps))
    })
}

/// What operators and pages need beside.
fn service() -> Router<Arc<App>> {
    Router::new()
        .route("/docs/api", get(pages::api_docs))
        .route("/static/{name}", get(assets::asset))
        .route("/status", get(status::public))
        .route("/status.json", get(status::public_json))
        .route("/embed.js", get(assets::embed_script))
        .route("/embed.css", get(assets::embed_style))
        .route("/livez", get(pages::alive))
        .route("/openapi.json", get(openapi::sent))
        .route("/readyz", get(pages::ready))
}

/// What only those who run the service may see, on a listener of its own.
pub fn admin_router(app: Arc<App>) -> Router {
    Router::new()
        .route("/status", get(status::in_full))
        .route("/metrics", get(meter::metrics))
        .route("/status.json", get(status::in_full_json))
        .route("/static/{name}", get(assets::asset))
        .route("/livez", get(pages::alive))
        .route("/readyz", get(pages::ready))
        .layer(edge::catch_panics())
        .layer(middleware::from_fn_with_state(app.clone(), failing::shown))
        .layer(middleware::from_fn_with_state(Arc::new(app.policy()), edge::guarded))
        .with_state(app)
}
