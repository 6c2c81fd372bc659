//! Built snapshots: the same answers as from files, refused when damaged, followed by replicas, and moved by one publisher at a
//! time.

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
    http::{App, router},
    release::{
        self, Built, Conflict, Depot, Follower, NotASnapshot, NotPublished, Origin, SnapshotId, activate, build, current, judge,
        load, open, publish, rollback, verify,
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

    /// Builds, publishes and activates what the files say now.
    fn release(&self) -> SnapshotId {
        let (depot, (_, built)) = (self.depot(), self.built());
        let id = publish(&*depot, &built).unwrap();
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
}

impl Replica {
    fn begin(publisher: &Publisher, cache: Option<&Path>) -> Result<Self, NotPublished> {
        let follower = Follower::begin(publisher.depot(), cache.map(Path::to_owned), Clock::on(TODAY))?;
        Ok(Self { follower, taken_up: Arc::default() })
    }

    fn look(&mut self) {
        let taken_up = self.taken_up.clone();
        self.follower.look(&move |snapshot| taken_up.lock().unwrap().push(snapshot));
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
    for name in ["geography.bin", "program.bin", "manifest.json"] {
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

#[test]
fn a_replica_takes_up_what_is_activated_and_goes_back_when_that_is_taken_back() {
    let publisher = Publisher::new();
    let first = publisher.release();
    let mut replica = Replica::begin(&publisher, None).unwrap();
    replica.look();
    assert_eq!((replica.serving(), replica.taken_up.lock().unwrap().len()), (first.clone(), 0));
    publisher.rename_partner("Lily School");
    let second = publisher.release();
    replica.look();
    replica.look();
    assert_eq!((replica.serving(), replica.taken_up.lock().unwrap().len()), (second, 1));
    assert!(replica.partner().contains("Lily School"));
    let before = replica.taken_up.lock().unwrap()[0].clone();
    rollback(&*publisher.depot(), Timestamp::now()).unwrap();
    replica.look();
    assert_eq!(replica.serving(), first);
    assert!(replica.partner().contains("Iris School") && replica.fault().is_none());
    assert!(Arc::ptr_eq(before.land(), replica.follower.snapshot().land()), "ground that is the same is not indexed again");
    let error = rollback(&*publisher.depot(), Timestamp::now()).unwrap_err();
    assert!(error.to_string().contains("no earlier snapshot"), "{error}");
}

#[test]
fn a_damaged_snapshot_is_named_and_the_one_before_it_served_on() {
    let publisher = Publisher::new();
    let first = publisher.release();
    let mut replica = Replica::begin(&publisher, None).unwrap();
    publisher.rename_partner("Lily School");
    let second = publisher.release();
    let path = publisher.file(&second, "program.bin");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[1..]).unwrap();
    for _ in 0..2 {
        replica.look();
        assert_eq!(replica.serving(), first);
        let fault = replica.fault().unwrap();
        assert!(fault.contains(second.as_str()) && fault.contains("program.bin"), "{fault}");
    }
    let last = replica.follower.board().last().unwrap();
    assert!(last.outcome.to_string().contains(second.as_str()), "{}", last.outcome);
    assert_eq!(replica.follower.followed().beat().unwrap().wanted.as_ref().map(|(id, _)| id), Some(&second));
    // Published again, it is whole; activated again, it is taken up.
    fs::write(&path, whole).unwrap();
    let depot = publisher.depot();
    activate(&*depot, &current(&*depot).unwrap(), second.clone(), Timestamp::now()).unwrap();
    replica.look();
    assert_eq!((replica.serving(), replica.fault()), (second, None));
}

#[test]
fn while_the_depot_is_away_a_replica_serves_on_and_starts_from_its_own_copy() {
    let publisher = Publisher::new();
    publisher.release();
    let cache = publisher.folder.path().join("cache");
    let mut replica = Replica::begin(&publisher, Some(&cache)).unwrap();
    publisher.rename_partner("Lily School");
    let second = publisher.release();
    replica.look();
    fs::rename(publisher.place(), publisher.folder.path().join("away")).unwrap();
    replica.look();
    assert!(replica.serving() == second && replica.fault().is_some());
    let mut started = Replica::begin(&publisher, Some(&cache)).unwrap();
    assert!(started.partner().contains("Lily School"));
    assert_eq!(started.follower.followed().beat().unwrap().origin, Origin::Cache);
    assert!(matches!(Replica::begin(&publisher, None), Err(NotPublished::NothingActive(_))));
    // It comes back, with something new in it.
    fs::rename(publisher.folder.path().join("away"), publisher.place()).unwrap();
    started.look();
    assert_eq!((started.fault(), started.follower.followed().beat().unwrap().origin), (None, Origin::Depot));
    publisher.edit("partners.csv", |text| text.replace("Lily School", "Rose School"));
    let third = publisher.release();
    started.look();
    assert_eq!(started.serving(), third);
    let kept = fs::read_dir(cache.join("snapshots")).unwrap().count();
    assert_eq!(kept, 2, "its copy does not grow for ever");
}

#[test]
fn of_two_publishers_one_wins_and_the_other_is_told() {
    let publisher = Publisher::new();
    publisher.release();
    let depot = publisher.depot();
    let (mine, theirs) = (current(&*depot).unwrap(), current(&*depot).unwrap());
    publisher.rename_partner("Lily School");
    let id = publish(&*depot, &publisher.built().1).unwrap();
    activate(&*depot, &theirs, id.clone(), Timestamp::now()).unwrap();
    let error = activate(&*depot, &mine, id, Timestamp::now()).unwrap_err();
    assert!(matches!(error, NotPublished::Lost(Conflict::Lost)) && error.to_string().contains("somebody else"), "{error}");
}

#[test]
fn a_publisher_that_is_killed_leaves_nothing_that_is_served_or_listed() {
    let publisher = Publisher::new();
    let first = publisher.release();
    publisher.rename_partner("Lily School");
    let (_, built) = publisher.built();
    // All files but the manifest, which is written last.
    for (path, bytes) in &built.files {
        publisher.depot().add(&built.id.path(path), bytes).unwrap();
    }
    let mut replica = Replica::begin(&publisher, None).unwrap();
    replica.look();
    assert_eq!(replica.serving(), first);
    assert!(matches!(judge(&*publisher.depot(), &built.id, |_| TODAY), Err(NotPublished::Snapshot(NotASnapshot::Absent(_)))));
    let (code, said) = publisher.run(&["list"]);
    assert!(code == 0 && said.contains(first.as_str()) && !said.contains(built.id.as_str()), "{said}");
}

#[test]
fn the_command_line_builds_shows_what_changes_holds_back_a_fall_and_goes_back() {
    let publisher = Publisher::new();
    let (code, said) = publisher.run(&["build", "--activate"]);
    assert!(code == 0 && said.contains("is served now"), "{said}");
    let first = said.split_whitespace().nth(1).unwrap().to_owned();
    publisher.rename_partner("Lily School");
    let (_, said) = publisher.run(&["lookup", "01212"]);
    assert!(said.contains("Iris School"), "what is served answers, not what the files say by now: {said}");
    let (code, said) = publisher.run(&["build"]);
    assert_eq!(code, 0, "{said}");
    let second = said.split_whitespace().nth(1).unwrap().to_owned();
    let (code, said) = publisher.run(&["activate", &second[..10]]);
    assert!(code == 0 && said.contains("Lily School"), "{said}");
    publisher.edit("assignments.csv", |text| text.lines().next().unwrap().to_owned() + "\n");
    let (code, said) = publisher.run(&["build", "--activate"]);
    assert!(code == 1 && said.contains("waits:") && said.contains("would have a partner"), "{said}");
    let (_, listed) = publisher.run(&["list"]);
    assert!(listed.contains(&format!("* {second}")) && listed.contains(&first), "{listed}");
    let (code, said) = publisher.run(&["build", "--activate", "--accept"]);
    assert!(code == 0 && said.contains("is served now"), "{said}");
    let (code, said) = publisher.run(&["rollback"]);
    assert!(code == 0 && said.contains(&format!("snapshot {second} is served now")), "{said}");
    assert_eq!(publisher.run(&["verify"]).0, 0);
    fs::write(publisher.file(&second.parse().unwrap(), "program.bin"), "x").unwrap();
    let (code, said) = publisher.run(&["verify", &second]);
    assert!(code == 1 && said.contains("program.bin: damaged"), "{said}");
    let (code, said) = publisher.run(&["activate", "000000"]);
    assert!(code == 2 && said.contains("no snapshot begins so"), "{said}");
}

#[test]
fn a_depot_that_nobody_can_use_is_named_without_what_is_secret() {
    let publisher = Publisher::new();
    for (place, expected) in
        [("ftp://user:secret@example.org/x", "nobody here speaks ftp"), ("s3://key:secret@bucket/x", "s3://")]
    {
        let error = open(place).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(expected) && !error.contains("secret"), "{error}");
    }
    fs::write(publisher.place(), "a file").unwrap();
    let (code, said) = publisher.run(&["build"]);
    assert!(code == 2 && said.contains("cannot be written"), "{said}");
}

/// What every depot has to do; over a store, too, where one is named.
#[test]
fn a_depot_keeps_its_contract() {
    let folder = tempfile::tempdir().unwrap();
    let store = std::env::var("COVERAGE_MAP_TEST_STORE").ok();
    let places = [folder.path().join("depot").to_str().unwrap().to_owned()].into_iter().chain(store);
    for depot in places.map(|place| open(&place).unwrap()) {
        let place = depot.place().to_owned();
        assert_eq!(depot.read("snapshots/a/x").unwrap(), None, "{place}");
        assert_eq!(depot.names().unwrap(), [""; 0], "{place}");
        for path in ["snapshots/a/x", "snapshots/b/y=1,z/index.html", "snapshots/b/x"] {
            depot.add(path, path.as_bytes()).unwrap();
            depot.add(path, path.as_bytes()).unwrap();
            assert_eq!(depot.read(path).unwrap().as_deref(), Some(path.as_bytes()), "{place}");
        }
        assert_eq!(depot.names().unwrap(), ["a", "b"], "{place}");
        assert_eq!(depot.current(None).unwrap(), release::Current::Absent, "{place}");
        depot.move_current(None, b"first").unwrap();
        assert!(matches!(depot.move_current(None, b"late"), Err(Conflict::Lost)), "{place}");
        let release::Current::Changed(bytes, first) = depot.current(None).unwrap() else { panic!("{place}: nothing is there") };
        assert_eq!(bytes, b"first");
        assert_eq!(depot.current(Some(&first)).unwrap(), release::Current::Unchanged, "{place}");
        depot.move_current(Some(&first), b"second").unwrap();
        assert!(matches!(depot.move_current(Some(&first), b"late"), Err(Conflict::Lost)), "{place}");
        let release::Current::Changed(bytes, _) = depot.current(Some(&first)).unwrap() else { panic!("{place}: it has moved") };
        assert_eq!(bytes, b"second", "{place}");
    }
}
