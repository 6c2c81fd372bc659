//! New data while serving: what is sound is taken up, what is not changes nothing, what changes much waits.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use axum::{body::Body, http::Request};
use coverage_map::{
    clock::Clock,
    http::{Answering, App, Origin, admin_router, router},
    reload::{Board, GoAhead, NotAccepted, Outcome, Parts, Reason, Reloader},
    snapshot::Snapshot,
    source::{Folder, Folders},
};
use jiff::civil::date;
use tower::ServiceExt;

use crate::site::toy_folder;

/// The toy atlas in folders of its own, and a service on it.
pub struct Rig {
    pub folder: tempfile::TempDir,
    pub app: Arc<App>,
    pub board: Board,
}

impl Rig {
    /// Copies the toy atlas, loads it and serves it.
    pub fn new() -> (Self, Parts) {
        Self::with_publisher(|app, snapshot| app.swap(snapshot))
    }

    fn with_publisher(publish: impl Fn(&App, Arc<Snapshot>) + Send + 'static) -> (Self, Parts) {
        let folder = tempfile::tempdir().unwrap();
        for name in ["geography", "program"] {
            copy(&toy_folder(name), &folder.path().join(name));
        }
        fs::create_dir(folder.path().join("state")).unwrap();
        let [geography, program] = ["geography", "program"].map(|name| Folder::Directory(folder.path().join(name)));
        let mut folders = Folders::new(geography, program);
        let files = folders.read().unwrap();
        let serving = Arc::new(Snapshot::new(folders.load(files).dataset.unwrap()));
        let (clock, board) = (Clock::on(date(2026, 11, 21)), Board::default());
        let origin = Origin {
            geography: "geography".into(),
            program: "program".into(),
            watched: true,
            board: board.clone(),
            followed: None,
        };
        let app = Arc::new(App::with_clock(serving.clone(), clock.clone()).with_origin(origin));
        let publisher = app.clone();
        let publish = Box::new(move |snapshot| publish(&publisher, snapshot));
        let go_ahead = Some(GoAhead::new(folder.path().join("state")));
        let parts = Parts { folders, serving, clock, board: board.clone(), publish, go_ahead };
        (Self { folder, app, board }, parts)
    }

    fn started() -> (Self, Reloader) {
        let (rig, parts) = Self::new();
        (rig, Reloader::new(parts, Duration::from_millis(1)))
    }

    pub fn program(&self, file: &str) -> PathBuf {
        self.folder.path().join("program").join(file)
    }

    pub fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        let path = self.program(file);
        fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
    }

    pub fn go_ahead(&self) -> GoAhead {
        GoAhead::new(self.folder.path().join("state"))
    }

    fn waiting(&self) -> bool {
        self.folder.path().join("state/waiting-generation").exists()
    }

    fn name_of(&self, id: &str) -> String {
        let current = self.app.current();
        let partner = current.snapshot.partner(&id.parse().unwrap()).unwrap();
        current.snapshot.partner_at(partner).name.to_string()
    }
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let copied = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copy(&file.path(), &copied);
        } else {
            fs::copy(file.path(), copied).unwrap();
        }
    }
}

fn ask(service: impl Answering, path: &str, accept: &str) -> (u16, String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let request = Request::get(path).header("host", "x").header("accept", accept).body(Body::empty()).unwrap();
        let response = service.oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    })
}

fn status(rig: &Rig) -> serde_json::Value {
    serde_json::from_str(&ask(router(rig.app.clone()), "/status", "*/*").1).unwrap()
}

#[test]
fn an_edit_is_served_and_its_first_lines_are_told() {
    let (rig, mut reloader) = Rig::started();
    let before = rig.app.current();
    assert!(reloader.check().is_none(), "nothing has changed");
    rig.edit("partners.csv", |text| text.replace("Iris School", "Iris College"));
    let Some(Outcome::TakenUp { generation, headline }) = reloader.check() else { panic!("it is sound") };
    assert_eq!(rig.name_of("iris-school"), "Iris College");
    assert_eq!(*rig.app.current().snapshot.generation(), generation);
    assert!(headline.contains(&"partners: 1 renamed".to_owned()), "{headline:?}");
    assert!(Arc::ptr_eq(before.snapshot.land(), rig.app.current().snapshot.land()), "no border was drawn anew");
    assert!(std::ptr::eq(before.atlas(), rig.app.current().atlas()), "nor the map");
    assert!(reloader.check().is_none());
    assert!(matches!(reloader.check_again(), Some(Outcome::Unchanged)), "who asks is told");
}

#[test]
fn files_with_errors_change_nothing_and_each_error_is_told_with_its_line() {
    let (rig, mut reloader) = Rig::started();
    let before = rig.app.current().snapshot.generation().clone();
    rig.edit("assignments.csv", |text| text + "nobody,county:42999,,,,,,,\n");
    let Some(Outcome::Refused { problems, .. }) = reloader.check() else { panic!("there is no such partner") };
    let said: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|line| line.starts_with("assignments.csv:16") && line.contains("nobody")), "{said:#?}");
    assert_eq!(*rig.app.current().snapshot.generation(), before);
    assert!(reloader.check().is_none(), "it is told once");
    rig.edit("assignments.csv", |text| text.replace("nobody,county:42999,,,,,,,\n", ""));
    assert!(matches!(reloader.check(), Some(Outcome::Unchanged)), "the files say again what is served");
}

#[test]
fn what_cannot_be_read_changes_nothing() {
    let (rig, mut reloader) = Rig::started();
    let before = rig.app.current().snapshot.generation().clone();
    let (there, away) = (rig.program("partners.csv"), rig.folder.path().join("away"));
    fs::rename(&there, &away).unwrap();
    assert!(matches!(reloader.check(), Some(Outcome::Refused { .. })), "a file that is needed is missing");
    // A directory in place of a file: even root cannot read it.
    fs::create_dir(&there).unwrap();
    let Some(Outcome::Unreadable { place, message }) = reloader.check() else { panic!("a directory is no file") };
    assert_eq!(place, "program/partners.csv");
    assert!(message.contains("partners.csv: cannot be read"), "{message}");
    let public = status(&rig).to_string();
    assert!(public.contains("program/partners.csv: cannot be read"), "{public}");
    assert!(!public.contains(rig.folder.path().to_str().unwrap()), "no path of this machine: {public}");
    fs::remove_dir(&there).unwrap();
    fs::rename(&away, &there).unwrap();
    assert!(matches!(reloader.check(), Some(Outcome::Unchanged)));
    fs::rename(rig.folder.path().join("program"), &away).unwrap();
    assert!(matches!(reloader.check(), Some(Outcome::Unreadable { .. })), "the whole folder is gone");
    assert_eq!(*rig.app.current().snapshot.generation(), before);
}

#[test]
fn files_that_keep_changing_are_not_believed() {
    let (rig, parts) = Rig::new();
    let mut reloader = Reloader::new(parts, Duration::from_millis(40));
    let (path, stop) = (rig.program("partners.csv"), Arc::new(AtomicBool::new(false)));
    let stopped = stop.clone();
    let text = fs::read_to_string(&path).unwrap();
    let writer = thread::spawn(move || {
        let mut number = 0;
        while !stopped.load(Ordering::SeqCst) {
            number += 1;
            // Renamed into place: a file that is cut before it is written would be the same, empty, at two looks.
            fs::write(path.with_extension("new"), text.replace("Iris School", &format!("Iris School {number}"))).unwrap();
            fs::rename(path.with_extension("new"), &path).unwrap();
            thread::sleep(Duration::from_micros(200));
        }
    });
    // A pause of the machine may let the files seem to rest; then they are read as they are, whole.
    let is_noticed = (0..200).any(|_| matches!(reloader.check_again(), Some(Outcome::Unsteady)));
    stop.store(true, Ordering::SeqCst);
    writer.join().unwrap();
    assert!(is_noticed, "files that change all the time were believed 200 times");
    assert!(reloader.check().is_some(), "now they rest");
}

#[test]
fn a_panic_ends_one_reload_and_not_the_service() {
    let (rig, parts) = Rig::with_publisher(|app, snapshot| {
        assert!(!snapshot.program().info.name.contains("boom"), "as in a library that fails on some input");
        app.swap(snapshot);
    });
    let mut reloader = Reloader::new(parts, Duration::from_millis(1));
    rig.edit("program.toml", |text| text.replace("Toy Program", "Toy boom"));
    let Some(Outcome::Failed { message }) = reloader.check() else { panic!("it panics") };
    assert!(message.contains("as in a library"), "{message}");
    assert_eq!(status(&rig)["reload"]["result"], "failed");
    assert!(!status(&rig).to_string().contains("library"), "what it said is for operators");
    assert!(reloader.check().is_none(), "the same is not tried again and again");
    rig.edit("program.toml", |text| text.replace("Toy boom", "Toy Show"));
    assert!(matches!(reloader.check(), Some(Outcome::TakenUp { .. })));
    assert_eq!(&*rig.app.current().snapshot.info().name, "Toy Show");
}

/// Takes the whole of West from its partner.
pub fn without_west(rig: &Rig) {
    rig.edit("assignments.csv", |text| {
        text.lines().filter(|line| !line.contains("state:WE")).fold(String::new(), |all, line| all + line + "\n")
    });
}

#[test]
fn a_large_fall_waits_until_exactly_it_is_accepted() {
    let (rig, mut reloader) = Rig::started();
    let before = rig.app.current().snapshot.generation().clone();
    without_west(&rig);
    let Some(Outcome::Held { generation, reasons, .. }) = reloader.check() else { panic!("a third loses its partner") };
    assert!(matches!(reasons[..], [Reason::CoveredFall { .. }]), "{reasons:?}");
    assert_eq!(*rig.app.current().snapshot.generation(), before);
    assert_eq!(status(&rig)["waiting"], generation.as_str());
    assert!(status(&rig)["reload"]["message"].as_str().unwrap().contains("coverage-map reload --accept"), "{}", status(&rig));
    assert!(reloader.check().is_none(), "it waits");
    assert!(matches!(reloader.check_again(), Some(Outcome::Held { .. })), "and says so to who asks");

    let wrong = rig.go_ahead().accept("0123456789abcdef").unwrap_err();
    assert!(matches!(wrong, NotAccepted::AnotherWaits { .. }), "{wrong}");
    assert!(reloader.check().is_none());
    rig.go_ahead().accept(generation.as_str()).unwrap();
    assert!(matches!(reloader.check_again(), Some(Outcome::TakenUp { .. })), "who asks then does not take the go-ahead back");
    assert_eq!(*rig.app.current().snapshot.generation(), generation);
    assert_eq!(status(&rig)["waiting"], serde_json::Value::Null);
    assert!(!rig.waiting(), "nothing is left behind");
}

#[test]
fn what_waits_is_withdrawn_when_the_files_change_again() {
    let (rig, mut reloader) = Rig::started();
    let whole = fs::read_to_string(rig.program("assignments.csv")).unwrap();
    without_west(&rig);
    let Some(Outcome::Held { generation, .. }) = reloader.check() else { panic!("it waits") };
    // The go-ahead comes when the files have moved on: what was looked at is not what would be served.
    rig.go_ahead().accept(generation.as_str()).unwrap();
    rig.edit("partners.csv", |text| text.replace("Iris School", "Iris College"));
    let Some(Outcome::Held { generation: second, .. }) = reloader.check() else { panic!("it still takes West away") };
    assert_ne!(generation, second);
    assert!(reloader.check().is_none(), "the go-ahead was for the first");
    rig.edit("assignments.csv", |_| whole);
    assert!(matches!(reloader.check(), Some(Outcome::TakenUp { .. })));
    assert!(!rig.waiting());
    assert!(matches!(rig.go_ahead().accept(second.as_str()), Err(NotAccepted::NothingWaits(_))));
}

#[test]
fn what_waits_is_withdrawn_when_the_files_cannot_be_read_any_more() {
    let (rig, mut reloader) = Rig::started();
    let before = rig.app.current().snapshot.generation().clone();
    without_west(&rig);
    let Some(Outcome::Held { generation, .. }) = reloader.check() else { panic!("it waits") };
    fs::rename(rig.folder.path().join("program"), rig.folder.path().join("away")).unwrap();
    assert!(matches!(reloader.check(), Some(Outcome::Unreadable { .. })));
    assert!(!rig.waiting());
    assert!(matches!(rig.go_ahead().accept(generation.as_str()), Err(NotAccepted::NothingWaits(_))));
    assert!(reloader.check().is_none());
    assert_eq!(*rig.app.current().snapshot.generation(), before, "nobody takes up what is not there");
}

#[test]
fn columns_that_slipped_wait_though_as_many_have_a_partner() {
    let (rig, mut reloader) = Rig::started();
    rig.edit("assignments.csv", |text| {
        text.replace("alder-hub,state", "swap,state").replace("cedar-works,", "alder-hub,").replace("swap,", "cedar-works,")
    });
    let outcome = reloader.check();
    let Some(Outcome::Held { reasons, .. }) = outcome else { panic!("{outcome:?}") };
    assert!(reasons.iter().any(|reason| matches!(reason, Reason::HandedOver { .. })), "{reasons:?}");
}

#[test]
fn lost_places_wait_though_nobody_loses_a_partner() {
    let (rig, mut reloader) = Rig::started();
    let path = rig.folder.path().join("geography/zips.csv");
    let text = fs::read_to_string(&path).unwrap();
    let shares = rig.folder.path().join("geography/zip_counties.csv");
    let share_rows = fs::read_to_string(&shares).unwrap();
    // The last three areas that nobody is assigned to by ZIP.
    let lost = ["03401", "03402", "03403"];
    let kept = |text: &str| {
        text.lines()
            .filter(|line| !lost.iter().any(|zip| line.starts_with(zip)))
            .fold(String::new(), |all, line| all + line + "\n")
    };
    fs::write(&path, kept(&text)).unwrap();
    fs::write(&shares, kept(&share_rows)).unwrap();
    let outcome = reloader.check();
    let Some(Outcome::Held { reasons, .. }) = outcome else { panic!("{outcome:?}") };
    assert!(reasons.iter().any(|reason| matches!(reason, Reason::ZipsGone { .. })), "{reasons:?}");
}

#[test]
fn what_an_earlier_process_waited_for_is_forgotten() {
    let (rig, parts) = Rig::new();
    let state = rig.folder.path().join("state");
    for left_over in ["waiting-generation", "accepted-generation"] {
        fs::write(state.join(left_over), "0123456789abcdef\n").unwrap();
    }
    let _reloader = Reloader::new(parts, Duration::from_millis(1));
    assert!(matches!(rig.go_ahead().accept("0123456789abcdef"), Err(NotAccepted::NothingWaits(_))));
}

#[test]
fn a_state_folder_that_is_gone_holds_up_nobody() {
    let (rig, parts) = Rig::new();
    fs::remove_dir(rig.folder.path().join("state")).unwrap();
    let mut reloader = Reloader::new(parts, Duration::from_millis(1));
    without_west(&rig);
    assert!(matches!(reloader.check(), Some(Outcome::Held { .. })));
    rig.edit("assignments.csv", |_| fs::read_to_string(toy_folder("program").join("assignments.csv")).unwrap());
    rig.edit("partners.csv", |text| text.replace("Iris School", "Iris College"));
    assert!(matches!(reloader.check(), Some(Outcome::TakenUp { .. })));
}

#[test]
fn the_status_tells_everybody_where_and_operators_what() {
    let (rig, mut reloader) = Rig::started();
    let first = status(&rig);
    assert_eq!(first["counts"]["partners"], 13);
    assert_eq!(first["folders"]["program"], "program");
    assert_eq!(first["reload"], serde_json::Value::Null);
    rig.edit("assignments.csv", |text| text + "secret-applicant,county:01001,,,pending,,,,\n");
    reloader.check();
    let [public, operators] =
        [ask(router(rig.app.clone()), "/status.json", "*/*").1, ask(admin_router(rig.app.clone()), "/status.json", "*/*").1];
    assert!(public.contains("error: assignments.csv:16") && public.contains("unknown-partner"), "{public}");
    assert!(!public.contains("secret-applicant"), "{public}");
    assert!(operators.contains("secret-applicant") && operators.contains("\"result\": \"refused\""), "{operators}");
    let (code, page) = ask(router(rig.app.clone()), "/status", "text/html,*/*;q=0.8");
    assert!(code == 200 && page.contains("<h1>Status</h1>") && page.contains("assignments.csv:16"), "{page}");
    assert!(!page.contains("secret-applicant"));
}
