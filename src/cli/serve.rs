use std::{
    io,
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    Common, Outcome, Serving, Trouble, load, log,
    outcome::say,
    served_from::{Source, Watching},
    serving::OnOff,
};
use crate::{
    domain::{Geography, Problem},
    http::{App, Desk, Limits, Meter, admin_router, keep_prepared, router, serve as serve_http},
    render::words::{Words, count, thousands},
    snapshot::Snapshot,
    source::is_of_program,
    store::Store,
};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
};

/// Where the service listens when nothing is said.
const DEFAULT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// How often what was counted in memory is written.
const FLUSHING: Duration = Duration::from_secs(30);

/// Serves until told to stop.
pub fn serve(common: &Common, serving: Serving) -> Result<Outcome, Trouble> {
    let started = Instant::now();
    let log = log::begin(serving.log.as_deref(), serving.log_format.unwrap_or_default());
    // Nobody can read what is counted without a listener for operators.
    let meter = serving.admin.and_then(|_| Meter::install());
    let state = load::state(common)?;
    let (mut source, snapshot) = Source::open(common, &serving)?;
    let origin = source.origin();
    let app = Arc::new(
        App::with_clock(snapshot.clone(), load::clock(common))
            .with_origin(origin.clone())
            .at(serving.public_url.clone())
            .framed_by(serving.frame_ancestors.clone().unwrap_or_default())
            .metered(meter.clone())
            .with_desk(source.desk(desk(state, serving.demand != Some(OnOff::Off)), common)),
    );
    // Maps are drawn while the first questions are answered already.
    keep_prepared(app.clone(), source.pages())
        .map_err(|error| Trouble::Io("the thread that prepares pages".to_owned(), error))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Trouble::Io("the runtime".to_owned(), error))?;
    runtime.block_on(async {
        let (listener, address) = listening(serving.listen.unwrap_or(DEFAULT)).await?;
        let admin = match serving.admin {
            Some(wanted) => Some(listening(wanted).await?),
            None => None,
        };
        let watch = source.watch(&app, state, &origin, load::clock(common), serving.snapshots_poll())?;
        let hangups = signal(SignalKind::hangup()).map_err(|error| Trouble::Io("the signal to reload".to_owned(), error))?;
        tokio::spawn(reloads_on(hangups, watch));
        // Before anybody can know that it runs: who stops it at once gets a clean end, too.
        let stop = stop(app.clone(), serving.linger()).map_err(|error| Trouble::Io("the signals to stop".to_owned(), error))?;
        say(&greeting(common, &source, &app, &snapshot, address, started.elapsed()))?;
        if let Some((listener, address)) = admin {
            tracing::info!(%address, "listening for operators");
            tokio::spawn(serve_http(listener, admin_router(app.clone()), Limits::default(), std::future::pending()));
        }
        meter.map(|meter| tokio::spawn(meter.upkeep()));
        tokio::spawn(log.losses());
        let counts = tokio::spawn(flushes(app.clone()));
        serve_http(listener, router(app.clone()), serving.limits(), stop).await;
        counts.abort();
        flush(&app);
        Ok(Outcome::Clean)
    })
}

/// What the staff area stands on. The public service goes on where its state cannot be used.
fn desk(state: Option<&Path>, counts_demand: bool) -> Desk {
    match state.map(Store::open).transpose() {
        Ok(store) if counts_demand => Desk::new(store).counting_demand(),
        Ok(store) => Desk::new(store),
        Err(error) => {
            tracing::error!(%error, "the state cannot be used; the staff area is closed");
            Desk::broken()
        }
    }
}

/// Writes from time to time what was counted in memory.
async fn flushes(app: Arc<App>) {
    loop {
        tokio::time::sleep(FLUSHING).await;
        flush(&app);
    }
}

fn flush(app: &App) {
    if let Some(desk) = app.desk() {
        tokio::task::block_in_place(|| desk.flush(app.now()));
    }
}

async fn listening(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr), Trouble> {
    let failed = |error| Trouble::Io(cannot_listen(wanted), error);
    let listener = TcpListener::bind(wanted).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Looks at the folders on SIGHUP, which must not end the process even where there is nothing to look at.
async fn reloads_on(mut hangups: Signal, watch: Watching) {
    while hangups.recv().await.is_some() {
        watch.ask();
    }
}

fn cannot_listen(address: SocketAddr) -> String {
    format!("{address}: cannot be listened on; choose another address with --listen, such as 127.0.0.1:0 for a free port")
}

/// Ends when the process is told to stop, with how long it is to go on: not at all for who waits at a terminal.
/// Listens for that from now on.
fn stop(app: Arc<App>, linger: Duration) -> io::Result<impl Future<Output = Duration>> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        let linger = tokio::select! {
            _ = interrupt.recv() => Duration::ZERO,
            _ = terminate.recv() => linger,
        };
        app.close();
        tracing::info!("stopping");
        linger
    })
}

/// What was loaded, where it is, and what to try first.
fn greeting(common: &Common, source: &Source, app: &App, snapshot: &Snapshot, address: SocketAddr, took: Duration) -> String {
    let (geography, program) = (snapshot.land().geography(), snapshot.program());
    let site = format!("http://{address}");
    let (ask, zip) = first_question(geography);
    format!(
        "coverage-map is ready at {site} (after {:.2} s)\n\n  \
         geography   {}: {}\n              vintage {}, {}\n  \
         program     {}: {}, {}, {}\n              {}\n  \
         generation  {}, answers for {}\n{}\n\
         Try first:\n  {site}/partners?q={ask}\n  curl '{site}/api/v1/coverage?{zip}={ask}'\n\nCtrl+C stops it.\n",
        took.as_secs_f64(),
        geography.name,
        counts(geography),
        geography.vintage,
        source.geography(),
        program.info.name,
        count(program.partners.len(), "partner", "partners"),
        count(program.assignments.len(), "assignment", "assignments"),
        count(program.regions.len(), "program region", "program regions"),
        source.program(),
        snapshot.generation(),
        Words::default().day(app.today(&app.current())),
        warnings(common, snapshot),
    )
}

/// How many warnings there are, and the command that lists exactly these.
fn warnings(common: &Common, snapshot: &Snapshot) -> String {
    let folders = [("geography", load::geography(common)), ("program", load::program(common))];
    let named = folders.iter().filter_map(|(option, folder)| Some(format!(" --{option} {}", folder.address()?)));
    let command = match common.snapshots {
        None => format!("coverage-map check{}", named.collect::<String>()),
        Some(_) => "where the snapshot was built, coverage-map check".to_owned(),
    };
    // What is odd about the geography that is built in, `check` only counts.
    let is_hidden = |problem: &&Problem| common.geography.is_none() && !is_of_program(problem);
    let hidden = snapshot.warnings().iter().filter(is_hidden).count();
    let line = |number: usize, rest: String| match number {
        0 => String::new(),
        number => format!("  warnings    {}{rest}\n", thousands(number as u64)),
    };
    line(snapshot.warnings().len() - hidden, format!("; {command} lists them"))
        + &line(hidden, format!(" about the geography that is built in; {command} --all lists them"))
}

fn counts(geography: &Geography) -> String {
    let mut counts = vec![count(geography.states.len(), "state", "states and territories")];
    if !geography.counties.is_empty() {
        counts.push(count(geography.counties.len(), "county", "counties"));
    }
    counts.extend(geography.zips.as_ref().map(|zips| count(zips.len(), "ZIP", "ZIPs")));
    counts.extend(geography.places.as_ref().map(|places| count(places.len(), "place", "places")));
    counts.join(", ")
}

/// A question that the data can answer, and the parameter that asks it.
fn first_question(geography: &Geography) -> (String, &'static str) {
    let zips = geography.zips.as_deref().unwrap_or_default();
    let known = zips.iter().find(|zip| zip.zip.to_string() == "98101").or(zips.first());
    match (known, geography.states.first()) {
        (Some(zip), _) => (zip.zip.to_string(), "zip"),
        (None, Some(state)) => (state.code.to_string(), "state"),
        (None, None) => (String::new(), "q"),
    }
}
