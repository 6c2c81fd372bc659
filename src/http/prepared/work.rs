use std::{
    io,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{Request, StatusCode},
};
use jiff::civil::Date;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use super::{
    addresses::addresses,
    ready::{Effort, Ready},
    stock::stock,
};
use crate::http::{App, Current, routes::content};

/// How often it is looked whether there is a new generation or a new day.
const LOOK: Duration = Duration::from_millis(500);

/// How many addresses are prepared without a rest: files, and the country's pages in two languages.
const URGENT: usize = 32;

/// Prepares in the background what is asked for most, for each new generation and day, until the process ends.
///
/// One thread does it, which rests most of the time, so that there are cores to answer. What the first snapshot `brought` along
/// is taken first; it may be fetched from far away.
///
/// # Errors
/// When the thread cannot be started.
pub fn keep_prepared(app: Arc<App>, brought: impl FnOnce() -> Option<Bytes> + Send + 'static) -> io::Result<()> {
    let kitchen = Kitchen::new(&app)?;
    let work = move || {
        if let Some(pages) = brought() {
            stock(&app, &app.current(), pages);
        }
        loop {
            let round = Round::new(&app, &kitchen);
            // The first report about gaps would wait for it.
            round.current.snapshot.land().neighbourhood();
            if round.current.prepared.0.load().day != Some(round.day) {
                round.run(Pace::Resting);
            }
            thread::sleep(LOOK);
        }
    };
    thread::Builder::new().name("prepare".to_owned()).spawn(work).map(drop)
}

/// Prepares everything now, and returns when it is done.
///
/// # Errors
/// When there is no runtime to be had.
pub fn prepare(app: &Arc<App>) -> io::Result<()> {
    Round::new(app, &Kitchen::new(app)?).run(Pace::Hasty);
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    Hasty,
    Resting,
}

impl Pace {
    /// Rests for a while in proportion to the work that was done since.
    fn rest(self, since: Instant, times: u32) {
        if self == Self::Resting {
            thread::sleep(since.elapsed() * times);
        }
    }
}

/// Where bodies come from: the handlers that answer everything else.
pub struct Kitchen {
    content: Router,
    runtime: Runtime,
}

impl Kitchen {
    /// The handlers of a service.
    ///
    /// # Errors
    /// When there is no runtime to be had.
    pub fn new(app: &Arc<App>) -> io::Result<Self> {
        Ok(Self { content: content(app.clone()), runtime: Builder::new_current_thread().build()? })
    }

    /// What a handler gives; `None` where it gives nothing that could be kept.
    pub fn rendered(&self, address: &str, effort: Effort) -> Option<Ready> {
        let request = Request::get(address).body(Body::empty()).ok()?;
        let (parts, body) = self.runtime.block_on(self.content.clone().oneshot(request)).ok()?.into_parts();
        if parts.status != StatusCode::OK {
            return None;
        }
        let body = self.runtime.block_on(to_bytes(body, usize::MAX)).ok()?;
        let response = axum::response::Response::from_parts(parts, Body::empty());
        Ready::new(&response, body, effort).ok()
    }
}

/// One generation and day, all addresses.
struct Round<'a> {
    app: &'a App,
    kitchen: &'a Kitchen,
    current: Arc<Current>,
    day: Date,
}

impl<'a> Round<'a> {
    fn new(app: &'a App, kitchen: &'a Kitchen) -> Self {
        let current = app.current();
        let day = app.today(&current);
        Self { app, kitchen, current, day }
    }

    /// Makes everything ready at a fast level first, and as small as it can be then.
    fn run(&self, pace: Pace) {
        let started = Instant::now();
        self.current.prepared.begin(self.day);
        let addresses = addresses(&self.current);
        for (i, address) in addresses.iter().enumerate() {
            let began = Instant::now();
            let Some(ready) = self.kitchen.rendered(address, Effort::Fast) else { continue };
            if self.is_over() {
                return;
            }
            self.current.prepared.put(address.clone(), ready);
            pace.rest(began, u32::from(i >= URGENT));
        }
        tracing::debug!(addresses = addresses.len(), seconds = started.elapsed().as_secs_f64(), "prepared");
        for address in &addresses {
            let began = Instant::now();
            // What was refused while others drew is there now.
            let missing = self.current.prepared.get(address).is_none();
            if let Some(ready) =
                missing.then(|| self.kitchen.rendered(address, Effort::Fast)).flatten().filter(|_| !self.is_over())
            {
                self.current.prepared.put(address.clone(), ready);
            }
            let better = self.current.prepared.get(address).and_then(|ready| ready.improved().ok().flatten());
            if self.is_over() {
                return;
            }
            if let Some(ready) = better {
                self.current.prepared.put(address.clone(), ready);
            }
            pace.rest(began, 3);
        }
        tracing::debug!(seconds = started.elapsed().as_secs_f64(), "prepared as small as can be");
    }

    /// Whether there is something newer to prepare: what a handler gives now is of that.
    fn is_over(&self) -> bool {
        let now = self.app.current();
        !Arc::ptr_eq(&now, &self.current) || self.app.today(&now) != self.day
    }
}
