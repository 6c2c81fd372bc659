//! What the machine and clients do to a running service: no descriptors, no disk, thousands of idle connections.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

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
    let served = Served::logging(File::create(&log).unwrap(), Some(48), &[]);
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
    served.signal("HUP");
    assert!(is_alive(served.address()) && served.lives());
}
