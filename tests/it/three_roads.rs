//! One question by three roads: through the library, over HTTP and on the command line, with the same answer.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use axum::{body::Body, http::Request};
use coverage_map::{
    http::{App, router},
    lookup::{Question, Scope, answer},
    render::{json, words::Words},
    snapshot::Snapshot,
    source::{Embedded, Folder, load},
};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::world::TODAY;

/// A program of a test's own on the shipped geography, ready to be asked.
pub struct Roads {
    folder: TempDir,
    snapshot: Arc<Snapshot>,
}

/// What an HTTP question came back with.
pub struct Reply {
    pub status: u16,
    pub content_type: String,
    pub cache_control: String,
    pub body: String,
}

/// The shipped program, loaded once.
pub static SHIPPED: LazyLock<Arc<Snapshot>> = LazyLock::new(|| {
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram)).unwrap();
    Arc::new(Snapshot::new(loaded.dataset.expect("the shipped data has no errors")))
});

impl Roads {
    /// Loads a program from files, each a name and its text.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Directory(folder.path().to_owned())).unwrap();
        let problems: Vec<_> = loaded.problems.iter().map(ToString::to_string).collect();
        let dataset = loaded.dataset.unwrap_or_else(|| panic!("the program loads: {problems:#?}"));
        Self { folder, snapshot: Arc::new(Snapshot::new(dataset)) }
    }

    /// The folder of the program.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The answer to a free text, the same by all three roads.
    pub fn ask(&self, text: &str) -> Value {
        let answer = self.ask_twice(text);
        assert_eq!(cli(self.folder(), text), answer, "command line and library agree on {text:?}");
        answer
    }

    /// The answer to a free text, the same through the library and over HTTP: quicker, and for texts that no command
    /// line can carry.
    pub fn ask_twice(&self, text: &str) -> Value {
        let by_library = library(&self.snapshot, text);
        let by_http = http(&self.snapshot, &format!("/api/v1/coverage?q={}&as_of={TODAY}", percent_encoded(text)));
        assert_eq!(by_http.status, 200, "{}", by_http.body);
        assert_eq!(serde_json::from_str::<Value>(&by_http.body).unwrap(), by_library, "HTTP and library agree on {text:?}");
        by_library
    }

    /// The answer to a question by HTTP alone, with parameters as they stand in the URL.
    pub fn get(&self, path: &str) -> Reply {
        http(&self.snapshot, path)
    }
}

fn library(snapshot: &Snapshot, text: &str) -> Value {
    let question = Question::text(text).unwrap();
    let answer = answer(snapshot, &question, &Scope { as_of: TODAY, course: None });
    serde_json::from_str(&json::answer(&answer, &Words::new(&snapshot.info().courses), Some(TODAY)).unwrap()).unwrap()
}

/// Asks the service, in this process, with its whole stack of layers.
pub fn http(snapshot: &Arc<Snapshot>, path: &str) -> Reply {
    let app = App::new(snapshot.clone(), Some(TODAY));
    let request = Request::get(path).header("host", "localhost").body(Body::empty()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = router(Arc::new(app)).oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let header = |name| response.headers().get(name).map_or("", |v| v.to_str().unwrap()).to_owned();
        let (content_type, cache_control) = (header("content-type"), header("cache-control"));
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Reply { status, content_type, cache_control, body: String::from_utf8(bytes.to_vec()).unwrap() }
    })
}

fn cli(program: &Path, text: &str) -> Value {
    let day = TODAY.to_string();
    let output = assert_cmd::Command::cargo_bin("coverage-map")
        .unwrap()
        .args(["--as-of", &day, "--format", "json", "--program"])
        .arg(program)
        .args(["lookup", "--", text])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Every byte but letters and digits as `%xx`.
pub fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}
