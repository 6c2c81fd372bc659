//! What the machine and clients do to a running service: no descriptors, no disk, thousands of idle connections.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    thread,
    time::Duration,
};

use coverage_map::store::{Permission, Store};
use jiff::Timestamp;

use crate::served::Served;

/// How many files this process may open.
fn descriptors() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    line.split_whitespace().nth(3).unwrap().parse().unwrap_or(1_000_000)
}

fn is_alive(address: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else { return false };
    let _ = stream.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let mut reply = String::new();
    let _ = stream.read_to_string(&mut reply);
    reply.ends_with("alive\n")
}

#[test]
fn ten_thousand_silent_connections_keep_nobody_from_an_answer() {
    // Where fewer files may be opened, as many as may.
    let many = 9_990.min(descriptors().saturating_sub(500));
    let folder = tempfile::tempdir().unwrap();
    let served = Served::logging(File::create(folder.path().join("log")).unwrap(), None, &[]);
    let silent: Vec<_> = (0..many).map(|_| TcpStream::connect(served.address()).unwrap()).collect();
    assert!(is_alive(served.address()), "with {} connections open", silent.len());
}

#[test]
fn without_descriptors_it_waits_without_haste_and_goes_on_when_there_are_some() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let served = Served::logging(File::create(&log).unwrap(), Some("ulimit -n 48"), &[]);
    let many: Vec<_> = (0..100).map(|_| TcpStream::connect(served.address()).unwrap()).collect();
    let complaints = || fs::read_to_string(&log).unwrap().matches("no connection could be accepted").count();
    while complaints() == 0 {
        thread::sleep(Duration::from_millis(10));
    }
    let before = complaints();
    thread::sleep(Duration::from_secs(1));
    assert!(complaints() - before < 20, "{} attempts in a second", complaints() - before);
    drop(many);
    assert!((0..200).any(|_| {
        thread::sleep(Duration::from_millis(50));
        is_alive(served.address())
    }));
}

#[test]
fn a_full_disk_under_the_log_and_a_state_folder_that_cannot_be_written_stop_nobody() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    // Nothing can be made in /proc, not even by root.
    let mut served = Served::logging(full, None, &["--state", "/proc", "--log", "coverage_map=trace"]);
    for path in ["/", "/api/v1/coverage?zip=01212", "/map.svg"] {
        assert!(!served.get(path).is_empty());
    }
    assert_eq!(with_token(&served, "cmap_0_0", "/api/v1/applications").0, "503", "staff are told");
    served.signal("HUP");
    assert!(is_alive(served.address()) && served.lives());
}

#[test]
fn a_log_that_nobody_reads_any_more_stops_nobody() {
    // A pipe holds some 64 KB; then who writes to it waits.
    let (reader, writer) = std::io::pipe().unwrap();
    let served = Served::logging(writer, None, &["--log", "coverage_map=trace", "--requests-per-second", "0"]);
    for request in 0..2000 {
        assert!(is_alive(served.address()), "request {request}");
    }
    drop(reader);
}

/// What curl gets with a token: the status, and the body.
fn with_token(served: &Served, token: &str, path: &str) -> (String, String) {
    let (bearer, address) = (format!("Authorization: Bearer {token}"), format!("http://{}{path}", served.address()));
    let output = Command::new("curl").args(["-sS", "-w", "\n%{http_code}", "-H", &bearer, &address]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (body, status) = text.rsplit_once('\n').unwrap();
    (status.to_owned(), body.to_owned())
}

#[test]
fn when_the_disk_is_full_under_the_state_staff_are_told_and_the_public_notices_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().to_str().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, secret) = store.new_token("Ann", &Permission::ALL, Timestamp::MAX, Timestamp::UNIX_EPOCH).unwrap();
    drop(store);
    // No file may grow beyond a quarter of a megabyte, as if the disk were full then; writing says so instead of ending the process.
    let log = File::create(folder.path().join("log")).unwrap();
    let served = Served::logging(log, Some("trap '' XFSZ; ulimit -f 512"), &["--state", state, "--log", "error"]);
    let shown = || with_token(&served, secret.reveal(), "/api/v1/applications");
    assert_eq!(shown().0, "200");
    // Every use is noted, until nothing more can be.
    let (status, problem) = (0..5000).map(|_| shown()).find(|(status, _)| status != "200").unwrap();
    assert!(status == "503" && problem.contains("docs/api#staff-unavailable"), "{status} {problem}");
    assert_eq!(with_token(&served, secret.reveal(), "/staff/gaps").0, "503", "and so do pages");
    for path in ["/", "/api/v1/coverage?zip=01212", "/api/v1/gaps", "/map.svg"] {
        assert!(!served.get(path).is_empty());
    }
    crate::operations::logged(&folder.path().join("log"), "the audit log cannot be written");
}
