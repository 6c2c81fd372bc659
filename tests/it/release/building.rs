//! What a depot is asked for and how often, what came of a move whose answer was lost, and a builder that stays.

use std::{
    fs::{self, File},
    process::{Child, Command},
    sync::Mutex,
    thread,
    time::Duration,
};

use coverage_map::release::{Conflict, Current, DepotError, Follower, Version, build_on};

use super::*;

/// Another depot that counts what is read, and may lose the answers to moves of CURRENT.
struct Watched {
    depot: Box<dyn Depot>,
    read: Arc<Mutex<Vec<String>>>,
    loses_answers: bool,
}

impl Depot for Watched {
    fn place(&self) -> &str {
        self.depot.place()
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, DepotError> {
        self.read.lock().unwrap().push(path.rsplit('/').next().unwrap().to_owned());
        self.depot.read(path)
    }

    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), DepotError> {
        self.depot.add(path, bytes)
    }

    fn names(&self) -> Result<Vec<String>, DepotError> {
        self.depot.names()
    }

    fn current(&self, known: Option<&Version>) -> Result<Current, DepotError> {
        self.depot.current(known)
    }

    fn move_current(&self, expected: Option<&Version>, bytes: &[u8]) -> Result<(), Conflict> {
        let moved = self.depot.move_current(expected, bytes);
        if self.loses_answers { moved.and(Err(Conflict::Lost)) } else { moved }
    }
}

fn watched(publisher: &Publisher, loses_answers: bool) -> Watched {
    Watched { depot: publisher.depot(), read: Arc::default(), loses_answers }
}

#[test]
fn a_publisher_whose_answer_was_lost_has_won_and_another_one_has_not() {
    let publisher = Publisher::new();
    let first = publisher.release();
    let depot = watched(&publisher, true);
    let (mine, theirs) = (current(&depot).unwrap(), current(&depot).unwrap());
    publisher.rename_partner("Lily School");
    let second = publish(&depot, &publisher.built().1).unwrap();
    let moved = activate(&depot, &mine, second.clone(), Timestamp::now()).unwrap();
    assert_eq!((moved.snapshot(), moved.sequence), (&second, 2));
    let error = activate(&depot, &theirs, first, Timestamp::now()).unwrap_err();
    assert!(matches!(error, NotPublished::Lost(Conflict::Lost)), "{error}");
    assert_eq!(current(&depot).unwrap().pointer, Some(moved));
}

#[test]
fn each_file_of_a_snapshot_is_read_once_by_whoever_follows() {
    let publisher = Publisher::new();
    publisher.activated(&publisher.built_with_pages().1);
    let depot = watched(&publisher, false);
    let read = depot.read.clone();
    let taken = || {
        let mut names = std::mem::take(&mut *read.lock().unwrap());
        names.sort_unstable();
        names
    };
    let mut follower = Follower::begin(Box::new(depot) as Box<dyn Depot>, None, Clock::on(TODAY)).unwrap();
    assert!(follower.pages()().is_some());
    assert_eq!(taken(), ["geography.bin", "index.bin", "manifest.json", "pages.bin", "program.bin"]);
    publisher.rename_partner("Lily School");
    publisher.activated(&publisher.built_with_pages().1);
    follower.look(&|_, _| ());
    assert_eq!(taken(), ["manifest.json", "pages.bin", "program.bin"]);
}

#[test]
fn a_snapshot_on_land_that_is_made_already_is_the_same() {
    let (dataset, built) = Publisher::new().built();
    let snapshot = Snapshot::new(dataset.clone());
    let again = build_on(snapshot.land(), &dataset, &[], Vec::new()).unwrap();
    assert_eq!(again.files, built.files);
}

#[test]
fn build_takes_the_address_of_the_site_as_serve_does() {
    let publisher = Publisher::new();
    let pages = |url: &str| {
        let (code, said) = publisher.run(&["build", "--pages", "fast", "--public-url", url]);
        assert_eq!(code, 0, "{said}");
        fs::read(publisher.file(&said.split_whitespace().nth(1).unwrap().parse().unwrap(), "pages.bin")).unwrap()
    };
    assert!(pages("https://map.example.org") != pages("https://other.example.org"));
}

/// A builder that stays; killed when this is dropped.
struct Builder<'a> {
    publisher: &'a Publisher,
    process: Child,
}

impl<'a> Builder<'a> {
    fn start(publisher: &'a Publisher) -> Self {
        let log = File::create(publisher.folder.path().join("log")).unwrap();
        let mut command = Command::new(BINARY);
        command.args(["build", "--watch", "--activate", "--pages", "none", "--as-of", "2026-11-21"]);
        command.arg("--geography").arg(toy_folder("geography")).arg("--snapshots").arg(publisher.place());
        command.arg("--program").arg(publisher.folder.path().join("program"));
        let process = command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        Self { publisher, process }
    }

    fn until(&self, holds: impl Fn(u64, &str) -> bool) {
        let moves = || current(&*self.publisher.depot()).unwrap().pointer.map_or(0, |pointer| pointer.sequence);
        let said = || fs::read_to_string(self.publisher.folder.path().join("log")).unwrap();
        while !holds(moves(), &said()) {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Builder<'_> {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_builder_that_stays_publishes_each_change_names_faults_and_moves_nothing_twice() {
    let publisher = Publisher::new();
    let builder = Builder::start(&publisher);
    builder.until(|moves, _| moves == 1);
    publisher.rename_partner("Lily School");
    builder.until(|moves, _| moves == 2);
    let rows = fs::read_to_string(publisher.folder.path().join("program/assignments.csv")).unwrap();
    publisher.edit("assignments.csv", |text| text + "nobody,county:01001,,,,,,,\n");
    builder.until(|_, said| said.contains("what is served stays: assignments.csv:"));
    publisher.edit("assignments.csv", |_| rows);
    builder.until(|_, said| said.contains("nothing is wrong any more"));
    // What takes the partner from everybody waits.
    publisher.edit("assignments.csv", |text| text.lines().next().unwrap().to_owned() + "\n");
    builder.until(|_, said| said.contains("--accept activates it all the same"));
    drop(builder);
    let served = current(&*publisher.depot()).unwrap().pointer.unwrap();
    assert_eq!(served.sequence, 2, "neither faults nor what waits move anything");
}

#[test]
fn a_builder_that_starts_again_moves_nothing_where_nothing_has_changed() {
    let publisher = Publisher::new();
    let mut builder = Builder::start(&publisher);
    builder.until(|moves, _| moves == 1);
    drop(builder);
    builder = Builder::start(&publisher);
    builder.until(|_, said| said.contains("snapshot "));
    publisher.rename_partner("Lily School");
    builder.until(|moves, said| moves == 2 && said.matches("is served now").count() == 1);
    let told = Command::new("kill").args(["-TERM", &builder.process.id().to_string()]).status().unwrap();
    assert!(told.success() && builder.process.wait().unwrap().success(), "it ends when it is told to");
}
