//! Reloads of every kind while clients ask: no request is lost, and no answer mixes two generations.
//!
//! `tests/soak` runs a thousand of them and watches the memory; the test command runs fifty.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use coverage_map::{
    http::{Limits, router, serve},
    reload::{Attempt, Outcome, Pace, Reloader, Watch},
};
use tokio::sync::oneshot;

use crate::reload::{Rig, copy, without_west};

const PACE: Pace =
    Pace { debounce: Duration::from_millis(10), settle: Duration::from_millis(20), poll: Duration::from_millis(200) };

/// A folder that is a link to the release that is served, as deployments keep them.
struct Stage {
    root: PathBuf,
    text: BTreeMap<&'static str, String>,
    releases: usize,
}

impl Stage {
    fn new(root: &Path) -> Self {
        let program = root.join("program");
        let read = |name| (name, fs::read_to_string(program.join(name)).unwrap());
        let text = ["partners.csv", "program.toml", "assignments.csv"].map(read).into();
        fs::create_dir(root.join("releases")).unwrap();
        fs::rename(&program, root.join("releases/0")).unwrap();
        symlink("releases/0", &program).unwrap();
        Self { root: root.to_owned(), text, releases: 0 }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.root.join("program").join(file)
    }

    /// The text of a file in a version: the version stands in two files, so that a mixture would show.
    fn version(&self, file: &str, version: usize) -> String {
        let text = self.text[file].replace("Iris School", &format!("Iris School v{version}."));
        text.replace("Toy Program", &format!("Toy Program v{version}."))
    }

    fn write(&self, folder: &Path, version: usize) {
        for file in self.text.keys() {
            fs::write(folder.join(file), self.version(file, version)).unwrap();
        }
    }

    /// Does one of many things to the folder; says which outcomes are right.
    fn step(&mut self, kind: usize, version: usize) -> &'static [&'static str] {
        const GOOD: &[&str] = &["taken_up"];
        const BAD: &[&str] = &["refused", "unreadable"];
        let program = self.root.join("program");
        match kind {
            // Written in place.
            0 => self.write(&program, version),
            // A row that cannot be.
            1 => {
                self.write(&program, version);
                fs::write(self.path("assignments.csv"), self.text["assignments.csv"].clone() + "nobody,county:1\n").unwrap();
                return BAD;
            }
            // Written in halves, with a rest in the middle of a row.
            2 => {
                self.write(&program, version);
                let text = self.version("partners.csv", version);
                let (first, second) = text.split_at(text.len() / 2);
                fs::write(self.path("partners.csv"), first).unwrap();
                thread::sleep(Duration::from_millis(15));
                fs::OpenOptions::new()
                    .append(true)
                    .open(self.path("partners.csv"))
                    .unwrap()
                    .write_all(second.as_bytes())
                    .unwrap();
            }
            // Written aside and renamed.
            3 => {
                for file in self.text.keys() {
                    let aside = self.path(&format!("{file}.new"));
                    fs::write(&aside, self.version(file, version)).unwrap();
                    fs::rename(aside, self.path(file)).unwrap();
                }
            }
            // Another release takes the place of the folder, in one step.
            4 => self.release(version),
            // A file that is needed goes away.
            5 => {
                fs::remove_file(self.path("partners.csv")).unwrap();
                return BAD;
            }
            // It comes back in another version.
            6 | 8 => {
                if self.path("assignments.csv").is_dir() {
                    fs::remove_dir(self.path("assignments.csv")).unwrap();
                }
                self.write(&program, version);
            }
            // What nobody can read, not even root.
            7 => {
                fs::remove_file(self.path("assignments.csv")).unwrap();
                fs::create_dir(self.path("assignments.csv")).unwrap();
                return BAD;
            }
            // The whole folder goes away, and another comes.
            _ => {
                fs::remove_file(&program).unwrap();
                thread::sleep(Duration::from_millis(5));
                self.release(version);
            }
        }
        GOOD
    }

    fn release(&mut self, version: usize) {
        let last = self.root.join(format!("releases/{}", self.releases));
        self.releases += 1;
        let name = format!("releases/{}", self.releases);
        copy(&last, &self.root.join(&name));
        self.write(&self.root.join(&name), version);
        symlink(&name, self.root.join("next")).unwrap();
        fs::rename(self.root.join("next"), self.root.join("program")).unwrap();
        fs::remove_dir_all(last).unwrap();
    }
}

/// What the answers of each generation said: the versions in both files.
type Told = Mutex<BTreeMap<String, (String, String)>>;

/// The digits behind a text.
fn version_after<'a>(body: &'a str, text: &str) -> Option<&'a str> {
    let rest = &body[body.find(text)? + text.len()..];
    rest.split('.').next()
}

/// Asks one address after the other on one connection until told to stop; every answer must come, and be whole.
fn client(address: SocketAddr, stop: &AtomicBool, asked: &AtomicUsize, told: &Told) {
    let mut stream = BufReader::new(TcpStream::connect(address).unwrap());
    for path in ["/zips/01212", "/partners/iris-school", "/zips/01212?as_of=2026-11-20"].iter().cycle() {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        write!(stream.get_mut(), "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let (head, body) = response(&mut stream);
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        let tag = head.lines().find_map(|line| line.strip_prefix("etag: w/\"")).unwrap_or_else(|| panic!("{head}"));
        let generation = tag.split('-').next().unwrap().to_owned();
        let said = (version_after(&body, "Iris School v"), version_after(&body, "Toy Program v"));
        let said = (said.0.unwrap_or("0").to_owned(), said.1.unwrap_or("0").to_owned());
        assert!(body.contains(&generation), "the page names the generation of its tag");
        let mut told = told.lock().unwrap();
        let first = told.entry(generation).or_insert_with(|| said.clone());
        assert_eq!(*first, said, "two generations in one answer");
        asked.fetch_add(1, Ordering::SeqCst);
    }
}

fn response(stream: &mut BufReader<TcpStream>) -> (String, String) {
    let (mut head, mut line) = (String::new(), String::new());
    while stream.read_line(&mut line).unwrap() > 2 {
        head.push_str(&line.to_lowercase().replacen("http/", "HTTP/", 1));
        line.clear();
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.unwrap_or_else(|| panic!("{head}")).trim().parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    (head, String::from_utf8(body).unwrap())
}

/// The memory that the process holds, in megabytes.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

fn reloads() -> usize {
    std::env::var("COVERAGE_MAP_RELOADS").ok().and_then(|number| number.parse().ok()).unwrap_or(50)
}

#[test]
fn no_request_is_lost_and_no_answer_is_mixed_while_the_data_changes() {
    let (rig, parts) = Rig::new();
    let mut stage = Stage::new(rig.folder.path());
    let watch = Watch::start(Reloader::new(parts, PACE.settle), PACE).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let (stop_server, stopped) = oneshot::channel::<()>();
    let served = runtime.spawn(serve(listener, router(rig.app.clone()), Limits::default(), async move {
        stopped.await.map_or(Duration::ZERO, |()| Duration::ZERO)
    }));

    let (stop, asked, told) = (AtomicBool::new(false), AtomicUsize::new(0), Told::default());
    let (all, mut early) = (reloads(), 0);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..3).map(|_| scope.spawn(|| client(address, &stop, &asked, &told))).collect();
        for number in 1..=all {
            let right = stage.step(number % 10, number);
            let is_done = |last: &Attempt| right.contains(&last.outcome.name()) && matches_version(&last.outcome, &rig, number);
            while !rig.board.last().is_some_and(|last| is_done(&last)) {
                assert!(clients.iter().all(|client| !client.is_finished()), "a client has failed");
                thread::sleep(Duration::from_millis(2));
            }
            if number == all / 5 {
                early = resident();
            }
        }
        stop.store(true, Ordering::SeqCst);
    });
    stop_server.send(()).unwrap();
    runtime.block_on(served).unwrap();
    drop(watch);
    let (asked, generations) = (asked.load(Ordering::SeqCst), told.lock().unwrap().len());
    println!("{all} reloads, {asked} requests, {generations} generations seen, {early} MB early and {} MB late", resident());
    assert!(asked > all && generations > all / 3, "{asked} requests saw {generations} generations");
    if all >= 500 {
        // Alone in its process, as `tests/soak` runs it.
        assert!(resident() < early + early / 4 + 16, "{early} MB became {} MB", resident());
    }
}

/// Good data is done when it is served; bad data leaves what was there.
fn matches_version(outcome: &Outcome, rig: &Rig, number: usize) -> bool {
    let served = rig.app.current().snapshot.info().name.contains(&format!("v{number}."));
    served == matches!(outcome, Outcome::TakenUp { .. })
}

#[test]
fn a_mounted_volume_that_swaps_its_data_link_is_taken_up() {
    let (rig, parts) = Rig::new();
    let program = rig.folder.path().join("program");
    // As Kubernetes mounts a volume: files are links into ..data, and ..data is a link to a dated folder.
    let first = program.join("..2026_11_21");
    fs::create_dir(&first).unwrap();
    let files: Vec<PathBuf> =
        fs::read_dir(&program).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file()).collect();
    for file in &files {
        let name = file.file_name().unwrap();
        fs::rename(file, first.join(name)).unwrap();
        symlink(Path::new("..data").join(name), file).unwrap();
    }
    symlink("..2026_11_21", program.join("..data")).unwrap();
    let watch = Watch::start(Reloader::new(parts, PACE.settle), PACE).unwrap();

    let second = program.join("..2026_11_22");
    copy(&first, &second);
    let partners = fs::read_to_string(second.join("partners.csv")).unwrap();
    fs::write(second.join("partners.csv"), partners.replace("Iris School", "Iris College")).unwrap();
    symlink("..2026_11_22", program.join("..data_tmp")).unwrap();
    fs::rename(program.join("..data_tmp"), program.join("..data")).unwrap();
    fs::remove_dir_all(first).unwrap();
    let taken_up = || rig.app.current().snapshot.partners_named("iris college").next().is_some();
    while !taken_up() {
        thread::sleep(Duration::from_millis(2));
    }
    drop(watch);
}

#[test]
fn a_go_ahead_is_noticed_by_itself() {
    let (rig, parts) = Rig::new();
    let watch = Watch::start(Reloader::new(parts, PACE.settle), Pace { poll: Duration::from_secs(3600), ..PACE }).unwrap();
    let name = |rig: &Rig| rig.board.last().map(|last: Arc<Attempt>| last.outcome.name());
    while name(&rig) != Some("held") {
        // Again and again: the watch may begin after the first edit.
        without_west(&rig);
        watch.ask();
        thread::sleep(Duration::from_millis(20));
    }
    let Outcome::Held { generation, .. } = rig.board.last().unwrap().outcome.clone() else { panic!("it waits") };
    while rig.go_ahead().accept(generation.as_str()).is_err() {
        thread::sleep(Duration::from_millis(2));
    }
    while name(&rig) != Some("taken_up") {
        thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(*rig.app.current().snapshot.generation(), generation);
}
