//! What takes long is refused while too much of it waits, on every address that does such work; all else is answered.

use std::{path::PathBuf, sync::Arc};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use jiff::civil::date;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use super::{
    App, Current, Desk, Front,
    app::Queues,
    prepare,
    queue::{Queue, Turn},
    router, staff_addresses,
};
use crate::{
    snapshot::Snapshot,
    source::{Folder, Folders, load},
    store::{Permission, Store},
};

/// A service in which one of each kind of work runs and nothing waits, and a token for its staff area.
struct Service {
    app: Arc<App>,
    router: Front,
    queues: Arc<Queues>,
    token: String,
    runtime: Runtime,
}

impl Service {
    fn new() -> Self {
        let folder = |name: &str| Folder::Directory(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/toy").join(name));
        let folders = [folder("geography"), folder("program")];
        let snapshot = Arc::new(Snapshot::new(load(&folders[0], &folders[1]).unwrap().dataset.unwrap()));
        let store = Store::in_memory().unwrap();
        let app = App::new(snapshot.clone(), Some(date(2026, 11, 21)));
        let (_, secret) = store.new_token("Ann", &Permission::ALL, jiff::Timestamp::MAX, app.now()).unwrap();
        let token = secret.reveal().to_owned();
        let app =
            Arc::new(app.with_desk(Desk::new(Some(store)).with_folders(Folders::new(folder("geography"), folder("program")))));
        let one = |what| Queue::new(what, 1, 0);
        let queues = Arc::new(Queues { drawing: one("drawing"), reports: one("report"), tables: one("table") });
        app.put(Current { queues: queues.clone(), ..Current::new(snapshot) });
        Self {
            router: router(app.clone()),
            app,
            queues,
            token,
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
        }
    }

    /// What comes back: the status, after how many seconds to ask again, and who may keep it.
    fn send(&self, method: &str, uri: &str, body: &'static str) -> (StatusCode, String, String) {
        let request = Request::builder().method(method).uri(uri).header(header::HOST, "x");
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        let form = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        let request = form.body(Body::from(body)).unwrap();
        let response = self.runtime.block_on(self.router.clone().oneshot(request)).unwrap();
        let header = |name| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        (response.status(), header("retry-after"), header("cache-control"))
    }

    fn get(&self, uri: &str) -> StatusCode {
        self.send("GET", uri, "").0
    }

    fn assert_busy(&self, method: &str, uri: &str, body: &'static str) {
        let expected = (StatusCode::SERVICE_UNAVAILABLE, "5".to_owned(), "no-store".to_owned());
        assert_eq!(self.send(method, uri, body), expected, "{method} {uri}");
    }
}

fn turn(queue: &Queue) -> Turn {
    queue.turn().unwrap()
}

#[test]
fn while_a_map_is_drawn_rare_ones_are_refused_and_what_is_prepared_is_sent() {
    let service = Service::new();
    prepare(&service.app).unwrap();
    let drawing = turn(&service.queues.drawing);
    for rare in ["/map.svg?as_of=2027-07-01", "/partners?course=csp&as_of=2025-01-01", "/counties/01003", "/map.png?width=300"] {
        service.assert_busy("GET", rare, "");
    }
    for usual in
        ["/", "/partners", "/es/partners", "/map.svg", "/states/we", "/zips/01212", "/api/v1/coverage?zip=01212", "/livez"]
    {
        assert_eq!(service.get(usual), StatusCode::OK, "{usual}");
    }
    drop(drawing);
    assert_eq!(service.get("/counties/01003"), StatusCode::OK);
}

#[test]
fn while_a_report_is_made_others_are_refused_in_every_form() {
    let service = Service::new();
    let making = turn(&service.queues.reports);
    for public in [
        "/api/v1/gaps",
        "/api/v1/gaps.xlsx",
        "/api/v1/coverage/summary.csv",
        "/api/v1/regions.geojson",
        "/api/v1/partners.geojson",
    ] {
        service.assert_busy("GET", public, "");
    }
    // What answers a question, and a file that is read before it is tried.
    let is_light = |path: &str| path.contains("explain") || path.contains("batch");
    let of_staff: Vec<_> = staff_addresses().into_iter().map(|(path, _)| path).filter(|path| !is_light(path)).collect();
    assert!(of_staff.len() > 60, "{of_staff:?}");
    for path in of_staff {
        let tried = if path.contains("what-if") { "?without=birch-center" } else { "" };
        service.assert_busy("GET", &format!("{}{tried}", path.replace("{id}", "gap:1")), "");
    }
    service.assert_busy("POST", "/api/v1/what-if", "partner,region\n");
    let upload =
        "--b\r\nContent-Disposition: form-data; name=\"assignments\"; filename=\"a.csv\"\r\n\r\npartner,region\r\n--b--\r\n";
    service.assert_busy("POST", "/staff/what-if", upload);
    for light in ["/api/v1/regions", "/api/v1/regions/county:01003.geojson", "/api/v1/zips/012.json", "/staff/batch", "/livez"] {
        assert_eq!(service.get(light), StatusCode::OK, "{light}");
    }
    drop(making);
    assert_eq!(service.get("/api/v1/gaps.xlsx"), StatusCode::OK);
}

#[test]
fn while_a_table_is_answered_others_are_refused_before_they_are_read() {
    let service = Service::new();
    let answering = turn(&service.queues.tables);
    service.assert_busy("POST", "/api/v1/coverage/batch", "zip\n01212\n");
    let upload = "--b\r\nContent-Disposition: form-data; name=\"table\"; filename=\"a.csv\"\r\n\r\nzip\r\n01212\r\n--b--\r\n";
    service.assert_busy("POST", "/staff/batch", upload);
    drop(answering);
    assert_eq!(service.send("POST", "/staff/batch", upload).0, StatusCode::OK);
    // The turn is given back when the last answer has been taken.
    while service.send("POST", "/api/v1/coverage/batch", "zip\n01212\n").0 != StatusCode::OK {
        std::thread::yield_now();
    }
}
