//! What operators set, read and send: settings, the log, the counters, signals.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use assert_cmd::Command;

use crate::served::Served;

fn print_config(arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("coverage-map").unwrap();
    let output = command.env_clear().envs(variables.iter().copied()).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn an_option_wins_over_its_variable_and_that_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.toml");
    fs::write(&file, "listen = \"127.0.0.1:1\"\nlinger = 1\nconnections = 1\ntrusted-proxies = [\"::1\", \"10.0.0.0/8\"]\n")
        .unwrap();
    let variables =
        [("COVERAGE_MAP_CONFIG", file.to_str().unwrap()), ("COVERAGE_MAP_LINGER", "2"), ("COVERAGE_MAP_CONNECTIONS", "2")];
    let (code, out, err) = print_config(&["print-config", "--connections", "3"], &variables);
    assert_eq!((code, err.as_str()), (0, ""));
    for line in [
        "connections = \"3\"  # --connections\n",
        "linger = \"2\"  # COVERAGE_MAP_LINGER\n",
        "listen = \"127.0.0.1:1\"  # the file\n",
        "trusted-proxies = [\"::1\", \"10.0.0.0/8\"]  # the file\n",
        "# admin =  # default: none; COVERAGE_MAP_ADMIN or --admin sets it\n",
    ] {
        assert!(out.contains(line), "{line}{out}");
    }
}

#[test]
fn settings_that_cannot_be_read_are_named_and_nothing_runs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.toml");
    for (text, complaint) in [
        (Some("lissten = 1\n"), "unknown setting (got \"lissten\"); settings are"),
        (Some("listen = \n"), "settings.toml:1:"),
        (Some("connections = 0\n"), "0 is not in 1..=1000000"),
        (Some("frame-ancestors = [\"example.org\"]\n"), "sites are written https://example.org"),
        (Some("log = \"a=b=c\"\n"), "a filter is written coverage_map=debug"),
        (None, "No such file"),
    ] {
        match text {
            Some(text) => fs::write(&file, text).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        let (code, out, err) = print_config(&["--config", file.to_str().unwrap(), "serve"], &[]);
        assert_eq!((code, out.as_str()), (2, ""), "{text:?}");
        assert!(err.contains(complaint), "{text:?}: {err}");
    }
}

/// A service with an admin listener, and its log.
fn watched(folder: &Path, arguments: &[&str]) -> (Served, String, std::path::PathBuf) {
    let log = folder.join("log");
    let all = [
        &["--admin", "127.0.0.1:0", "--log-format", "json", "--log", "coverage_map=trace,hyper=trace,tower_http=trace"],
        arguments,
    ];
    let served = Served::logging(File::create(&log).unwrap(), None, &all.concat());
    let admin = admin_of(&log);
    (served, admin, log)
}

/// The log, once it has what is waited for: a thread of its own writes it.
pub fn logged(log: &Path, text: &str) -> String {
    loop {
        let logged = fs::read_to_string(log).unwrap();
        if logged.contains(text) {
            return logged;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// The address of the admin listener, as the log names it.
fn admin_of(log: &Path) -> String {
    let admin = (0..3000).find_map(|_| {
        thread::sleep(Duration::from_millis(20));
        let lines = fs::read_to_string(log).unwrap();
        let line = lines.lines().find(|line| line.contains("listening for operators"))?;
        serde_json::from_str::<serde_json::Value>(line).ok()?["address"].as_str().map(str::to_owned)
    });
    admin.expect("the admin listener is named in the log")
}

/// What comes back for a request that is sent as it is written.
fn exchange(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = String::new();
    let _ = stream.read_to_string(&mut reply);
    reply
}

fn get(address: &str, path: &str) -> String {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
}

#[test]
fn log_and_counters_tell_routes_and_never_who_asked_or_what() {
    let folder = tempfile::tempdir().unwrap();
    let (served, admin, log) = watched(folder.path(), &["--trusted-proxies", "127.0.0.1"]);
    let asked = [
        "GET /api/v1/coverage?lat=40.51234&lon=10.53217 HTTP/1.1\r\n",
        "GET /api/v1/coverage?zip=01212 HTTP/1.1\r\n",
        "GET /zips/01212 HTTP/1.1\r\n",
        "GET /api/v1/zips/012.json HTTP/1.1\r\n",
        "GET /partners?q=Springfieldish HTTP/1.1\r\n",
        "GET /Springfieldish HTTP/1.1\r\n",
        "GET /a/b/Springfieldish HTTP/1.1\r\n",
        "SPRINGFIELDISH / HTTP/1.1\r\n",
        "GET /api/v1/coverage?q=%ff&zip=01212 HTTP/1.1\r\n",
        "POST /partners HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 25\r\n",
    ];
    for head in asked {
        let body = if head.starts_with("POST") { "lat=40.51234&lon=10.53217" } else { "" };
        let beside =
            "Host: x\r\nX-Forwarded-For: 203.0.113.77\r\nX-Request-Id: 01212-springfieldish\r\nConnection: close\r\n\r\n";
        let reply = exchange(served.address(), &format!("{head}{beside}{body}"));
        assert!(reply.starts_with("HTTP/1.1 ") && !reply.contains("01212-springfieldish"), "{head}{reply}");
    }
    let id = "0123456789abcdef0123456789abcdef";
    let reply =
        exchange(served.address(), &format!("GET /terms HTTP/1.1\r\nHost: x\r\nX-Request-Id: {id}\r\nConnection: close\r\n\r\n"));
    assert!(reply.contains(&format!("x-request-id: {id}")), "{reply}");
    let counted = get(&admin, "/metrics");
    let logged = logged(&log, id);
    for secret in ["40.51", "10.53", "01212", "/012", "pringfieldish", "PRINGFIELDISH", "203.0.113.77", "%ff"] {
        assert!(!counted.contains(secret), "{secret}: {counted}");
        assert!(!logged.contains(secret), "{secret}: {logged}");
    }
    for line in [
        "coverage_map_requests_total{method=\"GET\",route=\"/zips/{zip}\",status=\"200\"} 1\n",
        "coverage_map_requests_total{method=\"GET\",route=\"/api/v1/coverage\",status=\"200\"} 2\n",
        "coverage_map_requests_total{method=\"GET\",route=\"other\",status=\"404\"} 1\n",
        "coverage_map_requests_total{method=\"other\",route=\"/\",status=\"405\"} 1\n",
        "coverage_map_request_duration_seconds_count{route=\"/partners\"} 2\n",
        "coverage_map_ready 1\n",
        "coverage_map_generation_age_seconds ",
    ] {
        assert!(counted.contains(line), "{line}: {counted}");
    }
    let line = logged.lines().find(|line| line.contains(id)).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["status"], &line["method"], &line["id"]), (&200.into(), &"GET".into(), &id.into()));
    assert!(line["micros"].is_u64() && line["generation"].as_str().is_some_and(|name| name.len() == 16), "{line}");
}

#[test]
fn what_is_counted_is_for_operators_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (served, admin, _) = watched(folder.path(), &[]);
    assert!(get(served.address(), "/metrics").starts_with("HTTP/1.1 404 "));
    assert!(get(&admin, "/metrics").starts_with("HTTP/1.1 200 "));
    assert!(get(&admin, "/partners").starts_with("HTTP/1.1 404 "));
}

/// Asks one address over and over on kept connections, as a proxy does: it opens a new one when it is told to, and ends
/// when `/readyz` says no.
fn keep_asking(address: &str, answered: &AtomicUsize, leave: &AtomicBool) {
    while !leave.load(Ordering::Relaxed) {
        let mut stream = TcpStream::connect(address).expect("a balancer that still sends requests is let in");
        loop {
            stream.write_all(b"GET /api/v1/coverage?zip=01212 HTTP/1.1\r\nHost: x\r\n\r\n").expect("the connection is open");
            let (head, body) = response(&mut stream);
            assert!(head.starts_with("HTTP/1.1 200 ") && body.ends_with("}\n"), "{head}");
            answered.fetch_add(1, Ordering::Relaxed);
            if head.contains("connection: close") || leave.load(Ordering::Relaxed) {
                break;
            }
        }
    }
}

/// Reads one response with its length.
fn response(stream: &mut TcpStream) -> (String, String) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("the response comes whole");
        head.extend(byte);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase().replace("http/1.1", "HTTP/1.1");
    let length = head.split_once("content-length: ").unwrap().1.split("\r\n").next().unwrap().parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("the response comes whole");
    (head, String::from_utf8(body).unwrap())
}

#[test]
fn told_to_stop_under_load_it_fails_no_request_and_ends_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::logging(File::create(folder.path().join("log")).unwrap(), None, &["--linger", "5"]);
    let (answered, leave) = (AtomicUsize::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| keep_asking(served.address(), &answered, &leave));
        }
        while answered.load(Ordering::Relaxed) < 500 {
            thread::sleep(Duration::from_millis(5));
        }
        served.signal("TERM");
        while get(served.address(), "/readyz").starts_with("HTTP/1.1 200 ") {
            thread::sleep(Duration::from_millis(5));
        }
        let before = answered.load(Ordering::Relaxed);
        while answered.load(Ordering::Relaxed) < before + 100 {
            thread::sleep(Duration::from_millis(5));
        }
        leave.store(true, Ordering::Relaxed);
    });
    assert_eq!(served.end(), Some(0));
}

#[test]
fn who_waits_at_a_terminal_does_not_wait() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::logging(File::create(folder.path().join("log")).unwrap(), None, &["--linger", "3600"]);
    served.signal("INT");
    assert_eq!(served.end(), Some(0));
}

#[test]
fn a_reload_that_is_refused_stands_with_its_line_in_the_log_and_the_status_and_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["geography", "program"] {
        crate::reload::copy(&crate::site::toy_folder(name), &folder.path().join(name));
    }
    let log = folder.path().join("log");
    let file = File::create(&log).unwrap();
    let served = Served::on_logging(folder.path(), file, &["--admin", "127.0.0.1:0", "--log-format", "json"]);
    let admin = admin_of(&log);
    let rows = folder.path().join("program/assignments.csv");
    let sound = fs::read_to_string(&rows).unwrap();
    let until = |result: &str| {
        while served.json("/status")["reload"]["result"] != result {
            thread::sleep(Duration::from_millis(20));
        }
    };
    fs::write(&rows, format!("{sound}nobody,county:42999,,,,,,,\n")).unwrap();
    until("refused");
    let message = "assignments.csv:16:1: partner does not exist (got \\\"nobody\\\")";
    logged(&log, message);
    assert!(get(&admin, "/status.json").contains(message), "{}", get(&admin, "/status.json"));
    fs::write(&rows, sound.replace("iris-school,zip:01212", "iris-school,zip:01213")).unwrap();
    until("taken_up");
    // What changes is told in its first lines.
    logged(&log, "reload: assignments: ");
    let counted = get(&admin, "/metrics");
    for result in ["refused", "taken_up"] {
        assert!(counted.contains(&format!("coverage_map_reloads_total{{result=\"{result}\"}} 1")), "{counted}");
    }
}
