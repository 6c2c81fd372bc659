//! What is counted: requests by route, durations, connections, reloads, shed work. Never a position, ZIP or question.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{HeaderValue, Method, StatusCode, header},
    response::Response,
};
use metrics::{SharedString, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::{
    App,
    reply::{Form, Keep, reply},
};
use crate::render::Failure;

/// The upper bounds of durations, in seconds: a prepared page, an answer, a map, a picture, and what is too slow.
const BUCKETS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 20.0];

/// How often durations are put into their buckets when nobody reads them.
const UPKEEP: Duration = Duration::from_secs(5);

/// The counters of this process, in the text format of Prometheus.
#[derive(Clone)]
pub struct Meter(PrometheusHandle);

impl Meter {
    /// Begins to count; `None` where this process counts already.
    pub fn install() -> Option<Self> {
        let recorder = PrometheusBuilder::new().set_buckets(&BUCKETS).unwrap_or_default().build_recorder();
        let meter = Self(recorder.handle());
        metrics::set_global_recorder(recorder).ok()?;
        describe();
        Some(meter)
    }

    /// Everything that was counted.
    pub fn text(&self) -> String {
        self.0.render()
    }

    /// Keeps durations from piling up.
    pub async fn upkeep(self) {
        loop {
            tokio::time::sleep(UPKEEP).await;
            self.0.run_upkeep();
        }
    }
}

fn describe() {
    describe_counter!("coverage_map_requests_total", "Requests by method, route and status.");
    describe_histogram!(
        "coverage_map_request_duration_seconds",
        "Time from the head of a request to that of its response, by route."
    );
    describe_counter!("coverage_map_panics_total", "Requests that failed because a handler panicked.");
    describe_counter!(
        "coverage_map_shed_total",
        "Work that was refused: connections, clients that ask too often, queues that are full."
    );
    describe_counter!("coverage_map_log_lines_lost_total", "Lines of the log that came faster than they could be written.");
    describe_gauge!("coverage_map_connections", "Open connections.");
    describe_counter!("coverage_map_reloads_total", "Reloads by what came of them.");
    describe_gauge!("coverage_map_ready", "Whether new requests are welcome.");
    describe_gauge!("coverage_map_generation_info", "1 for the generation that is served.");
    describe_gauge!("coverage_map_generation_loaded_timestamp_seconds", "When the generation began to be served.");
    describe_gauge!("coverage_map_generation_age_seconds", "For how long the generation has been served.");
    describe_gauge!("coverage_map_prepared_bodies", "Pages, pieces and pictures that are ready to be sent.");
    describe_gauge!("coverage_map_prepared_bytes", "The memory that these take.");
}

/// A method as it is counted: what clients make up is one and the same.
pub fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Counts a request by its route, method and status, and how long it took.
pub fn count(route: &str, method: &'static str, status: StatusCode, took: Duration) {
    let route: SharedString = Arc::<str>::from(route).into();
    metrics::histogram!("coverage_map_request_duration_seconds", "route" => route.clone()).record(took);
    let status: SharedString = Arc::<str>::from(status.as_str()).into();
    metrics::counter!("coverage_map_requests_total", "method" => method, "route" => route, "status" => status).increment(1);
}

/// Everything that was counted, for operators.
pub async fn metrics(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let meter = app.meter().ok_or(Failure::NotFound)?;
    metrics::gauge!("coverage_map_ready").set(f64::from(u8::from(app.is_ready())));
    if let Some(age) = app.age() {
        metrics::gauge!("coverage_map_generation_age_seconds").set(age.as_secs_f64());
    }
    let mut response = reply(StatusCode::OK, Form::Text, Keep::Never, meter.text());
    let media_type = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    Ok(response)
}
