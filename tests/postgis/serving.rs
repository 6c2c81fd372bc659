//! The service on a database: it takes up what changes, outlives the database, and shows no password.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::{
    cluster::{Cluster, PASSWORD, READER},
    repository,
};

struct Served {
    process: Child,
    site: String,
}

impl Served {
    fn start(cluster: &Cluster) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coverage-map"));
        command
            .env_clear()
            .env("PGPASSFILE", cluster.password_file())
            .env("COVERAGE_MAP_PROGRAM", cluster.address(READER, "toy"));
        command.arg("--geography").arg(repository("tests/data/toy/geography"));
        command.args(["--as-of", "2026-11-21", "--log", "coverage_map=trace,tokio_postgres=trace,postgres=trace"]);
        let log = File::create(cluster.folder().join("log")).unwrap();
        let mut process = command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let site = line.split_whitespace().find(|word| word.starts_with("http://"));
        Self { site: site.unwrap_or_else(|| panic!("{line:?}")).to_owned(), process }
    }

    fn get(&self, path: &str) -> String {
        let output = Command::new("curl").args(["-fsS", &format!("{}{path}", self.site)]).output().unwrap();
        assert!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn result(&self) -> String {
        let status: serde_json::Value = serde_json::from_str(&self.get("/status.json")).unwrap();
        status["reload"]["result"].as_str().unwrap_or_default().to_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn until(holds: impl Fn() -> bool) {
    while !holds() {
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_change_in_the_database_is_served_and_a_database_that_goes_away_is_not_missed() {
    let cluster = Cluster::start();
    cluster.load(&repository("tests/data/toy/program"), "toy");
    let served = Served::start(&cluster);
    let name = || served.get("/api/v1/coverage?zip=01212");
    assert!(name().contains("Iris School"));
    // Heard, and not only found by looking now and then: many changes in less time than lies between two looks.
    for number in 0..8 {
        cluster.sql_in("partners", &format!("UPDATE toy.partners SET name = 'Iris {number}' WHERE id = 'iris-school'"));
        until(|| name().contains(&format!("Iris {number}")));
    }
    cluster.sql_in("partners", "INSERT INTO toy.assignments (partner, region) VALUES ('iris-school', 'county:99999')");
    until(|| served.result() == "refused");
    let public = served.get("/status.json");
    assert!(public.contains("error: assignments: unknown-county") && !public.contains("row '"), "{public}");
    assert!(name().contains("Iris 7"), "the data before is served on");
    cluster.sql_in("partners", "DELETE FROM toy.assignments WHERE region = 'county:99999'");
    until(|| served.result() == "unchanged");

    cluster.halt();
    until(|| served.result() == "unreadable");
    assert!(name().contains("Iris 7"));
    let away = served.get("/status.json");
    cluster.begin();
    cluster.sql_in("partners", "UPDATE toy.partners SET name = 'Iris again' WHERE id = 'iris-school'");
    until(|| name().contains("Iris again"));

    let log = || fs::read_to_string(cluster.folder().join("log")).unwrap();
    until(|| log().contains("unreadable"));
    let log = log();
    for text in [&log, &away, &public, &served.get("/status.json")] {
        assert!(!text.contains(PASSWORD), "{text}");
    }
}
