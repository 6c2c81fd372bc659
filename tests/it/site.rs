//! The whole service on the toy atlas, asked without a network.

use std::{
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use coverage_map::{
    http::{App, Front, router},
    snapshot::Snapshot,
    source::{Embedded, Folder, load},
};
use jiff::civil::date;
use tower::ServiceExt;

/// A folder of the toy atlas.
pub fn toy_folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/toy").join(name)
}

static TOY: LazyLock<Arc<Snapshot>> = LazyLock::new(|| {
    let [geography, program] = ["geography", "program"].map(|name| Folder::Directory(toy_folder(name)));
    let loaded = load(&geography, &program).expect("the toy atlas can be read");
    Arc::new(Snapshot::new(loaded.dataset.expect("the toy atlas has no errors")))
});

static SAMPLE: LazyLock<Arc<App>> = LazyLock::new(|| {
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram));
    let snapshot = Snapshot::new(loaded.expect("the built-in data can be read").dataset.expect("it has no errors"));
    Arc::new(App::new(Arc::new(snapshot), Some(date(2026, 11, 21))))
});

/// Asks the service on the built-in data, on 2026-11-21.
pub async fn get_sample(uri: &str) -> Reply {
    send_sample(request("GET", uri)).await
}

/// Sends it a request.
pub async fn send_sample(request: axum::http::request::Builder) -> Reply {
    answered(router(SAMPLE.clone()), request.body(Body::empty()).unwrap()).await
}

/// The service on 2026-11-21.
pub fn service() -> Front {
    router(Arc::new(App::new(TOY.clone(), Some(date(2026, 11, 21)))))
}

/// The same, known to the world by an address.
pub fn service_at(public_url: &str) -> Front {
    router(Arc::new(App::new(TOY.clone(), Some(date(2026, 11, 21))).at(Some(public_url.parse().unwrap()))))
}

/// The data of the toy atlas.
pub fn snapshot() -> Arc<Snapshot> {
    TOY.clone()
}

/// What came back.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: impl AsRef<str>) -> &str {
        self.headers.get(name.as_ref()).map_or("", |value| value.to_str().unwrap())
    }

    pub fn media_type(&self) -> &str {
        self.header(header::CONTENT_TYPE.as_str())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Sends a request.
pub async fn send(request: Request<Body>) -> Reply {
    answered(service(), request).await
}

pub async fn answered(service: Front, request: Request<Body>) -> Reply {
    let response = service.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Reply { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

/// A request as a browser sends it.
pub fn request(method: &str, uri: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(uri).header(header::HOST, "coverage.example")
}

/// Asks for an address on a day.
pub async fn get_on(day: jiff::civil::Date, uri: &str) -> Reply {
    let service = router(Arc::new(App::new(TOY.clone(), Some(day))));
    answered(service, request("GET", uri).body(Body::empty()).unwrap()).await
}

/// Asks for an address.
pub async fn get(uri: &str) -> Reply {
    send(request("GET", uri).body(Body::empty()).unwrap()).await
}
