//! Built snapshots: the same answers as from files, refused when damaged, followed by replicas, and moved by one publisher at a
//! time.

mod building;
mod following;
mod index;
mod pages;
mod publishing;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

use axum::{
    body::{Body, to_bytes},
    http::{Request, header},
};
use coverage_map::{
    clock::Clock,
    domain::Dataset,
    http::{App, Effort, press, router},
    release::{
        self, Built, Depot, Follower, NotASnapshot, NotPublished, SnapshotId, activate, build, current, load, open, publish,
        verify,
    },
    snapshot::Snapshot,
    source::{Folder, Folders},
};
use jiff::Timestamp;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::{site::toy_folder, world::TODAY};

const BINARY: &str = env!("CARGO_BIN_EXE_coverage-map");

/// Questions of every kind, and every kind of page and embed.
const QUESTIONS: [&str; 26] = [
    "/api/v1/coverage?q=01212",
    "/api/v1/coverage?zip=01201",
    "/api/v1/coverage?zip=99999",
    "/api/v1/coverage?q=springfield",
    "/api/v1/coverage?lat=1.5&lon=1.5",
    "/api/v1/coverage?lat=2&lon=2",
    "/api/v1/coverage?county=01001",
    "/api/v1/coverage?state=WE&course=csp",
    "/api/v1/coverage?state=EA&as_of=2027-07-01",
    "/api/v1/coverage/summary.json",
    "/api/v1/gaps.csv",
    "/api/v1/regions.geojson",
    "/api/v1/partners",
    "/api/v1/zips/012.json",
    "/api/v1/suggest?q=sp",
    "/",
    "/es",
    "/faq",
    "/terms",
    "/everything",
    "/partners",
    "/partners/birch-center",
    "/es/states/we",
    "/counties/01001",
    "/fragment/map",
    "/map.svg",
];

/// A depot in a folder, and a program that can be edited.
struct Publisher {
    folder: TempDir,
}

impl Publisher {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&toy_folder("program"), &folder.path().join("program"));
        Self { folder }
    }

    fn place(&self) -> PathBuf {
        self.folder.path().join("depot")
    }

    fn depot(&self) -> Box<dyn Depot> {
        open(self.place().to_str().unwrap()).unwrap()
    }

    fn built(&self) -> (Dataset, Built) {
        let program = Folder::Directory(self.folder.path().join("program"));
        let mut folders = Folders::new(Folder::Directory(toy_folder("geography")), program);
        let files = folders.read().unwrap();
        let sources = files.fingerprints().to_vec();
        let dataset = folders.load(files).dataset.expect("the program has no errors");
        let built = build(&dataset, &sources, Vec::new()).unwrap();
        (dataset, built)
    }

    /// The same, with what is rendered for the day of the tests.
    fn built_with_pages(&self) -> (Dataset, Built) {
        let (dataset, _) = self.built();
        let pages = press(Arc::new(Snapshot::new(dataset.clone())), TODAY, None, Effort::Fast).unwrap();
        let built = build(&dataset, &[], vec![("pages.bin".to_owned(), pages)]).unwrap();
        (dataset, built)
    }

    /// Builds, publishes and activates what the files say now.
    fn release(&self) -> SnapshotId {
        self.activated(&self.built().1)
    }

    fn activated(&self, built: &Built) -> SnapshotId {
        let depot = self.depot();
        let id = publish(&*depot, built).unwrap();
        activate(&*depot, &current(&*depot).unwrap(), id.clone(), Timestamp::now()).unwrap();
        id
    }

    fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        let path = self.folder.path().join("program").join(file);
        fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
    }

    fn rename_partner(&self, to: &str) {
        self.edit("partners.csv", |text| text.replace("Iris School", to));
    }

    fn file(&self, id: &SnapshotId, name: &str) -> PathBuf {
        self.place().join("snapshots").join(id.as_str()).join(name)
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let place = self.place();
        let program = self.folder.path().join("program");
        let output = Command::new(BINARY)
            .args(["--as-of", "2026-11-21", "--geography", toy_folder("geography").to_str().unwrap()])
            .args(["--program", program.to_str().unwrap(), "--snapshots", place.to_str().unwrap()])
            .args(arguments)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (output.status.code().unwrap(), said)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copy(&path, &target) } else { fs::write(target, fs::read(path).unwrap()).unwrap() }
    }
}

/// What a service says on the day of the tests: each answer with its status, tag and bytes.
async fn answers(snapshot: Snapshot) -> Vec<(u16, String, Vec<u8>)> {
    let service = router(Arc::new(App::new(Arc::new(snapshot), Some(TODAY))));
    let mut all = Vec::new();
    for question in QUESTIONS {
        let request = Request::get(question).header(header::HOST, "map.example").body(Body::empty()).unwrap();
        let (parts, body) = service.clone().oneshot(request).await.unwrap().into_parts();
        let tag = parts.headers.get(header::ETAG).map(|tag| tag.to_str().unwrap().to_owned()).unwrap_or_default();
        all.push((parts.status.as_u16(), tag, to_bytes(body, usize::MAX).await.unwrap().to_vec()));
    }
    all
}

/// Follows a depot, and keeps what it publishes.
struct Replica {
    follower: Follower,
    taken_up: Arc<Mutex<Vec<Arc<Snapshot>>>>,
    pages: Arc<Mutex<Vec<Option<Vec<u8>>>>>,
}

impl Replica {
    fn begin(publisher: &Publisher, cache: Option<&Path>) -> Result<Self, NotPublished> {
        let follower = Follower::begin(publisher.depot(), cache.map(Path::to_owned), Clock::on(TODAY))?;
        Ok(Self { follower, taken_up: Arc::default(), pages: Arc::default() })
    }

    fn look(&mut self) {
        let (taken_up, pages) = (self.taken_up.clone(), self.pages.clone());
        self.follower.look(&move |snapshot, brought| {
            taken_up.lock().unwrap().push(snapshot);
            pages.lock().unwrap().push(brought);
        });
    }

    fn serving(&self) -> SnapshotId {
        self.follower.followed().beat().unwrap().serving.clone()
    }

    fn fault(&self) -> Option<String> {
        self.follower.followed().beat().unwrap().fault.clone()
    }

    fn partner(&self) -> String {
        self.follower.snapshot().program().partners.iter().map(|partner| &*partner.name).collect::<Vec<_>>().join(", ")
    }
}

#[tokio::test]
async fn a_loaded_snapshot_answers_as_its_files_do_byte_for_byte() {
    let publisher = Publisher::new();
    let (dataset, built) = publisher.built();
    let depot = publisher.depot();
    let id = publish(&*depot, &built).unwrap();
    let (from_files, from_snapshot) = (answers(Snapshot::new(dataset)).await, answers(load(&*depot, &id).unwrap()).await);
    for ((question, files), snapshot) in QUESTIONS.iter().zip(&from_files).zip(&from_snapshot) {
        assert!(files == snapshot, "{question}: {} and {}", files.0, snapshot.0);
        assert!(files.0 == 200, "{question} answers {}", files.0);
    }
}

#[test]
fn the_same_sources_make_the_same_snapshot_and_others_another() {
    let publisher = Publisher::new();
    let (first, second) = (publisher.built().1, publisher.built().1);
    assert_eq!((&first.id, &first.files), (&second.id, &second.files));
    assert!(first.manifest.sources.iter().any(|source| source.path == "program/partners.csv"));
    assert_eq!(first.manifest.counts["counties"], 18);
    publisher.rename_partner("Lily School");
    let third = publisher.built().1;
    assert_ne!(third.id, first.id);
    let geography = |built: &Built| built.files[0].clone();
    assert!(geography(&third) == geography(&first), "the geography is packed apart");
    let text = String::from_utf8(first.manifest_bytes).unwrap();
    assert!(!text.contains(publisher.folder.path().to_str().unwrap()), "a manifest names no folder of a machine: {text}");
}

#[test]
fn every_damaged_file_is_refused_and_named() {
    let publisher = Publisher::new();
    let id = publisher.release();
    let depot = publisher.depot();
    verify(&*depot, &id).unwrap();
    for name in ["geography.bin", "program.bin", "index.bin", "manifest.json"] {
        let (path, whole) = (publisher.file(&id, name), fs::read(publisher.file(&id, name)).unwrap());
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        for damaged in [&whole[..whole.len() - 1], &flipped, b"", &[whole.as_slice(), b" "].concat()] {
            fs::write(&path, damaged).unwrap();
            let error = verify(&*depot, &id).unwrap_err();
            assert!(matches!(error, NotPublished::Snapshot(_)), "{error}");
            let (message, expected) = (error.to_string(), if name == "manifest.json" { "the manifest" } else { name });
            assert!(message.contains(expected) && message.contains(id.as_str()), "{message}");
        }
        fs::remove_file(&path).unwrap();
        assert!(verify(&*depot, &id).unwrap_err().to_string().contains("not there"));
        fs::write(&path, whole).unwrap();
    }
    verify(&*depot, &id).unwrap();
}

#[test]
fn a_snapshot_that_lies_with_a_right_hash_is_refused_and_no_panic_gets_out() {
    let publisher = Publisher::new();
    let (_, mut built) = publisher.built();
    let program = built.files.iter().position(|(name, _)| name == "program.bin").unwrap();
    // An assignment to a partner that is not there, in bytes that are well-formed.
    let bytes = std::mem::take(&mut built.files[program].1);
    let text = b"iris-school";
    let at = bytes.windows(text.len()).rposition(|window| window == text).unwrap();
    let mut lying = bytes;
    lying[at..at + text.len()].copy_from_slice(b"iris-schxxl");
    let entry = release::Entry::of("program.bin", &lying);
    built.files[program].1 = lying;
    *built.manifest.files.iter_mut().find(|file| file.path == "program.bin").unwrap() = entry;
    built.manifest_bytes = built.manifest.bytes().unwrap();
    built.id = SnapshotId::of(&built.manifest_bytes);
    let depot = publisher.depot();
    let id = publish(&*depot, &built).unwrap();
    // Whether it can be indexed or not: no panic leaves the loader.
    let loaded = load(&*depot, &id);
    assert!(matches!(loaded, Ok(_) | Err(NotPublished::Snapshot(NotASnapshot::FileDamaged { .. }))));
}
