//! The staff area: a service with a state, and tokens for it.

mod access;
mod pages;
mod work;

use std::{path::Path, sync::Arc};

use axum::{
    body::{Body, to_bytes},
    http::{Request, header},
};
use coverage_map::{
    clock::Clock,
    http::{App, Desk, Front, router},
    source::{Folder, Folders},
    store::{Entry, Filter, Permission, Store},
};
use jiff::{Timestamp, ToSpan};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::site::{Reply, request, snapshot, toy_folder};

/// A service with a state, and tokens for it.
struct Staff {
    folder: TempDir,
    service: Front,
    app: Arc<App>,
    token: String,
}

fn now() -> Timestamp {
    "2026-11-21T18:00:00Z".parse().unwrap()
}

impl Staff {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let token = new_token(folder.path(), "Ann", &Permission::ALL);
        let [geography, program] = ["geography", "program"].map(|name| Folder::Directory(toy_folder(name)));
        let desk = Desk::new(Some(Store::open(folder.path()).unwrap())).with_folders(Folders::new(geography, program));
        let app = Arc::new(App::with_clock(snapshot(), Clock::showing(now)).with_desk(desk.counting_demand()));
        let service = router(app.clone());
        Self { folder, service, app, token }
    }

    fn store(&self) -> Store {
        Store::open(self.folder.path()).unwrap()
    }

    fn audit(&self) -> Vec<Entry> {
        self.store().audit(&Filter::default()).unwrap()
    }

    async fn send(&self, request: Request<Body>) -> Reply {
        sent(&self.service, request).await
    }

    async fn get(&self, uri: &str, token: Option<&str>) -> Reply {
        self.send(with_token("GET", uri, token)).await
    }

    async fn sign_in(&self, token: &str, to: &str) -> Reply {
        let form = format!("token={token}&to={to}");
        let request = request("POST", "/staff/sign-in").header("sec-fetch-site", "same-origin");
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form)).unwrap()).await
    }

    async fn with_cookie(&self, method: &str, uri: &str, cookie: &str) -> Reply {
        let cookie = cookie.split(';').next().unwrap();
        self.send(request(method, uri).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }
}

fn service_on(desk: Desk) -> Front {
    router(Arc::new(App::with_clock(snapshot(), Clock::showing(now)).with_desk(desk)))
}

fn new_token(folder: &Path, name: &str, permissions: &[Permission]) -> String {
    let store = Store::open(folder).unwrap();
    store.new_token(name, permissions, now() + 24.hours(), now()).unwrap().1.reveal().to_owned()
}

async fn sent(service: &Front, request: Request<Body>) -> Reply {
    let (parts, body) = service.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Reply { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

fn with_token(method: &str, uri: &str, token: Option<&str>) -> Request<Body> {
    let request = request(method, uri);
    match token {
        Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        None => request,
    }
    .body(Body::empty())
    .unwrap()
}
