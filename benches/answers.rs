//! What an answer for a position costs, step by step, without a network: medians of interleaved rounds, in microseconds.
//!
//!   cargo bench --bench answers            # all steps, all ways to choose positions
//!   cargo bench --bench answers -- answer  # one step once, for a profiler

#![allow(clippy::print_stdout, reason = "it prints what it measured")]

mod support;

use std::{error::Error, hint::black_box, sync::Arc, time::Instant};

use axum::{
    Router,
    body::Body,
    http::{Request, header},
    routing::get,
};
use coverage_map::{
    geometry::Position,
    http::{App, Front, edged, router},
    lookup::{Question, Scope, answer, brief},
    render::{json, words::Words},
    snapshot::Snapshot,
    source::{Embedded, Folder, load},
};
use jiff::civil::date;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use self::support::{MIXES, median, positions, shipped};

/// Positions a round, and rounds.
const POSITIONS: usize = 2000;
const ROUNDS: usize = 11;

/// What is measured: the bare runtime, an empty handler with all that is around answers, and the steps of an answer.
const STEPS: [&str; 5] = ["brief", "answer", "json", "hello", "request"];

struct Bench {
    snapshot: Arc<Snapshot>,
    scope: Scope,
    hello: Front,
    service: Front,
    runtime: Runtime,
}

impl Bench {
    fn new() -> Result<Self, Box<dyn Error>> {
        let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram))?;
        let snapshot = Arc::new(Snapshot::new(loaded.dataset.ok_or("the files have errors")?));
        let scope = Scope { as_of: date(2026, 11, 21), course: None };
        let app = Arc::new(App::new(snapshot.clone(), Some(scope.as_of)));
        let hello = || async { ([(header::CONTENT_TYPE, "application/json")], "{\"hello\": \"world\"}\n") };
        let hello = edged(app.clone(), Router::new().route("/api/v1/hello", get(hello)));
        let service = router(app);
        Ok(Self { snapshot, scope, hello, service, runtime: Builder::new_current_thread().enable_time().build()? })
    }

    /// Does a step for each position; the microseconds for one.
    fn run(&self, step: &str, positions: &[Position]) -> Result<f64, Box<dyn Error>> {
        let questions: Vec<_> = positions.iter().map(|p| Question::at(&p.lat().to_string(), &p.lon().to_string())).collect();
        let questions = questions.into_iter().collect::<Result<Vec<_>, _>>().map_err(|error| error.rule)?;
        let words = Words::new(&self.snapshot.info().courses);
        let started = Instant::now();
        for (question, position) in questions.iter().zip(positions) {
            match step {
                "brief" => drop(black_box(brief(&self.snapshot, question, &self.scope))),
                "answer" => drop(black_box(answer(&self.snapshot, question, &self.scope))),
                "json" => drop(black_box(json::answer(&answer(&self.snapshot, question, &self.scope), &words, None)?)),
                "hello" => self.ask(&self.hello, "/api/v1/hello")?,
                _ => self.ask(&self.service, &format!("/api/v1/coverage?lat={:.4}&lon={:.4}", position.lat(), position.lon()))?,
            }
        }
        Ok(started.elapsed().as_secs_f64() * 1e6 / positions.len() as f64)
    }

    fn ask(&self, service: &Front, address: &str) -> Result<(), Box<dyn Error>> {
        let request = Request::get(address).header(header::HOST, "x").body(Body::empty())?;
        let response = self.runtime.block_on(service.clone().oneshot(request))?;
        if black_box(&response).status().is_success() { Ok(()) } else { Err(address.into()) }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let bench = Bench::new()?;
    let areas = shipped().areas;
    let only = std::env::args().skip(1).find(|argument| STEPS.contains(&argument.as_str()));
    for mix in MIXES {
        let positions = positions(mix, &areas, POSITIONS, 7);
        if let Some(step) = &only {
            println!("{mix:?} {step} {:.2}", bench.run(step, &positions)?);
            continue;
        }
        let round = |_| STEPS.iter().map(|step| bench.run(step, &positions)).collect::<Result<Vec<_>, _>>();
        let rounds = (0..ROUNDS).map(round).collect::<Result<Vec<_>, _>>()?;
        for (i, step) in STEPS.iter().enumerate() {
            println!("{:<12} {step:<8} {:8.2} µs", format!("{mix:?}"), median(rounds.iter().map(|round| round[i]).collect()));
        }
    }
    Ok(())
}
