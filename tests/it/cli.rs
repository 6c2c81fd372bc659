//! The built binary, run as a user runs it.

use assert_cmd::Command;

use crate::site::toy_folder;

/// The binary on the toy atlas on 2026-11-21, without anything from the environment.
pub fn coverage_map() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coverage-map"));
    command.env_clear().arg("--geography").arg(toy_folder("geography")).arg("--program").arg(toy_folder("program"));
    command.args(["--as-of", "2026-11-21"]);
    command
}

/// What a verb says, and its exit code.
pub fn said(arguments: &[&str]) -> (String, i32) {
    let output = coverage_map().args(arguments).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

#[test]
fn a_question_is_answered_in_words() {
    let (text, code) = said(&["lookup", "01212"]);
    assert!(text.starts_with("ZIP 01212 (A2 Town, West) has a partner: Iris School\n"), "{text}");
    assert_eq!(code, 0);
}

#[test]
fn words_of_a_question_need_no_quotes() {
    assert_eq!(said(&["lookup", "Springfield,", "WE"]).0, said(&["lookup", "Springfield, WE"]).0);
}

#[test]
fn options_may_stand_behind_a_question() {
    let (text, code) = said(&["lookup", "01212", "--format", "json", "--course", "csd"]);
    assert!(text.starts_with("{") && text.contains("\"input\": \"01212\"") && code == 0, "{text}");
    assert!(said(&["explain", "Springfield,", "WE", "--as-of", "2027-07-01"]).0.contains("1 July 2027"));
}

#[test]
fn coordinates_may_start_with_a_minus() {
    for arguments in
        [&["lookup", "-40.5,10.5"][..], &["lookup", "--", "-40.5,10.5"], &["lookup", "-40.5", "10.5", "--format", "text"]]
    {
        let (text, code) = said(arguments);
        assert!(text.contains("-40.5") && code == 0, "{arguments:?}: {text}");
    }
}

#[test]
fn no_partner_is_an_answer_and_no_question_is_a_mistake() {
    assert_eq!(said(&["lookup", "03401"]).1, 0);
    assert_eq!(said(&["lookup", "99999"]).1, 0);
    for malformed in ["", " ", "91,200"] {
        let output = coverage_map().args(["lookup", malformed]).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && text.starts_with("error: "), "{malformed:?}: {text}");
    }
    assert_eq!(said(&["lookup", "01212", "--course", "nope"]).1, 2);
}

#[test]
fn the_answer_is_the_same_on_the_command_line_and_over_http() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let over_http = runtime.block_on(crate::site::get("/api/v1/coverage?q=01212")).body;
    assert_eq!(said(&["lookup", "01212", "--format", "json"]).0, over_http);
}

#[test]
fn an_explanation_names_the_file_and_line_of_each_assignment() {
    let (text, code) = said(&["explain", "01212"]);
    assert!(text.contains("assignments.csv:12: Iris School on zip:01212: serves") && code == 0, "{text}");
    assert!(text.contains("Alder Hub on state:WE"), "{text}");
    let (csv, code) = said(&["explain", "01212", "--format", "csv"]);
    assert!(csv.contains("assignments.csv,12,iris-school,Iris School,zip:01212,,serves") && code == 0, "{csv}");
}

#[test]
fn problems_are_findings_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["program.toml", "partners.csv", "assignments.csv", "regions.csv", "regions.geojson"] {
        std::fs::copy(toy_folder("program").join(file), folder.path().join(file)).unwrap();
    }
    let rows = "partner,region\nalder-hub,zip:ABC\nalder-hub,zip:123456\nalder-hub,zip:01212\n";
    std::fs::write(folder.path().join("assignments.csv"), rows).unwrap();
    let mut check = coverage_map();
    let output = check.arg("--program").arg(folder.path()).arg("check").output().unwrap();
    // The later of two --program options counts only where clap says so: run it with one.
    let output = if output.status.code() == Some(2) {
        let mut check = Command::new(env!("CARGO_BIN_EXE_coverage-map"));
        check.env_clear().arg("--geography").arg(toy_folder("geography")).arg("--program").arg(folder.path());
        check.arg("check").output().unwrap()
    } else {
        output
    };
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("assignments.csv:2") && text.contains("assignments.csv:3") && text.contains("ABC"), "{text}");
    assert!(!text.contains("assignments.csv:4"), "{text}");
}

#[test]
fn every_check_is_listed() {
    let (text, code) = said(&["check", "--list"]);
    assert!(text.lines().count() > 20 && text.contains("missing-file") && code == 0, "{text}");
    let (json, _) = said(&["check", "--list", "--format", "json"]);
    assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap()[0]["name"].is_string());
}

#[test]
fn the_map_is_one_svg_document() {
    let (svg, code) = said(&["map"]);
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>") && code == 0);
    assert_ne!(said(&["map", "WE"]).0, svg);
    assert_eq!(said(&["map", "XX"]).1, 2);
}

#[test]
fn what_cannot_run_says_why_and_ends_with_two() {
    for arguments in
        [&["--geography", "/nowhere", "lookup", "1"][..], &["--bogus"], &["lookup"], &["lookup", "x", "--format", "yaml"]]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coverage-map"));
        let output = command.env_clear().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_has_examples() {
    for verb in [
        &["--help"][..],
        &["lookup", "--help"],
        &["explain", "--help"],
        &["check", "--help"],
        &["map", "--help"],
        &["serve", "--help"],
    ] {
        let (text, code) = said(verb);
        assert!(text.contains("Examples:") && code == 0, "{verb:?}: {text}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_who_leaves_is_no_error() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_coverage-map"))
        .env_clear()
        .args(["--geography"])
        .arg(toy_folder("geography"))
        .arg("--program")
        .arg(toy_folder("program"))
        .args(["map"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[cfg(unix)]
#[test]
fn the_service_says_where_it_is_and_ends_when_told_to() {
    use std::{
        io::{BufRead, BufReader, Read, Write},
        net::TcpStream,
        process::{Command, Stdio},
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_coverage-map"))
        .env_clear()
        .env("COVERAGE_MAP_GEOGRAPHY", toy_folder("geography"))
        .env("COVERAGE_MAP_PROGRAM", toy_folder("program"))
        .env("COVERAGE_MAP_LISTEN", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let address = first.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    assert!(reply.ends_with("ready\n"), "{reply}");
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_command_that_the_greeting_names_lists_the_warnings_that_it_counts() {
    let toy = ["geography", "program"].map(|name| toy_folder(name).to_str().unwrap().to_owned());
    for arguments in [&[][..], &["--geography", &toy[0], "--program", &toy[1]]] {
        let greeting = crate::served::Served::greeting(arguments);
        let line = greeting.lines().find_map(|line| line.trim().strip_prefix("warnings    ")).expect("there are some");
        let (counted, command) = line.trim_end_matches(" lists them").split_once("coverage-map ").unwrap();
        let counted: usize = counted.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
        let run = |format: &str| {
            let output = Command::new(env!("CARGO_BIN_EXE_coverage-map"))
                .env_clear()
                .args(command.split(' '))
                .args(["--format", format])
                .output();
            serde_json::from_slice::<serde_json::Value>(&output.unwrap().stdout).unwrap()
        };
        // What is found in the data as a whole is looked for by `check` alone.
        let of_files = |problem: &&serde_json::Value| coverage_map::source::CHECKS.iter().any(|c| problem["check"] == c.name);
        let listed = run("json")["problems"].as_array().unwrap().iter().filter(of_files).count();
        assert_eq!(listed, counted, "{greeting}");
    }
}
