//! The built binary, serving in a process of its own.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// A process that serves until this is dropped.
pub struct Served {
    process: Child,
    site: String,
}

impl Served {
    /// On the built-in data.
    pub fn built_in() -> Self {
        Self::start(&[])
    }

    /// On the folders of a test: `geography`, `program` and `state` in one folder.
    pub fn on(folder: &Path) -> Self {
        let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let [geography, program, state] = ["geography", "program", "state"].map(path);
        Self::start(&["--geography", &geography, "--program", &program, "--state", &state])
    }

    /// It is ready when it says so.
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coverage-map"));
        command.env_clear().args(["--as-of", "2026-11-21"]).args(arguments).args(["serve", "--listen", "127.0.0.1:0"]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let site = line.split_whitespace().find(|word| word.starts_with("http://"));
        Self { site: site.unwrap_or_else(|| panic!("{line:?}")).to_owned(), process }
    }

    /// What an address answers.
    pub fn get(&self, path: &str) -> Vec<u8> {
        let output = Command::new("curl").args(["-fsS", &format!("{}{path}", self.site)]).output().unwrap();
        assert!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// The same as data.
    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_slice(&self.get(path)).unwrap()
    }

    /// Sends a signal by its name, such as `HUP`.
    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args([&format!("-{name}"), &self.process.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    /// Whether it still runs.
    pub fn lives(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }
}

impl Drop for Served {
    /// Kills it as `kill -9` does.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
