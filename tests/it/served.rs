//! The built binary, serving in a process of its own.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
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

    /// On the folders of a test, with a log of its own and further options.
    pub fn on_logging(folder: &Path, log: File, arguments: &[&str]) -> Self {
        let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let [geography, program] = ["geography", "program"].map(path);
        let all = [&["--geography", &geography, "--program", &program], arguments].concat();
        Self::run(Command::new(env!("CARGO_BIN_EXE_coverage-map")), &all, Stdio::from(log))
    }

    /// On the toy atlas, with a log of its own, and within a limit of the shell where one is said (`ulimit -n 48`).
    pub fn logging(log: impl Into<Stdio>, limit: Option<&str>, arguments: &[&str]) -> Self {
        let [geography, program] =
            ["geography", "program"].map(|name| crate::site::toy_folder(name).to_str().unwrap().to_owned());
        let all = [&["--geography", &geography, "--program", &program], arguments].concat();
        let binary = env!("CARGO_BIN_EXE_coverage-map");
        let command = match limit {
            None => Command::new(binary),
            Some(limit) => {
                let mut shell = Command::new("/bin/sh");
                shell.args(["-c", &format!("{limit} && exec \"$0\" \"$@\""), binary]);
                shell
            }
        };
        Self::run(command, &all, log.into())
    }

    /// All that it says when it is ready.
    pub fn greeting(arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coverage-map"));
        command.env_clear().args(arguments).args(["serve", "--listen", "127.0.0.1:0"]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let said: Vec<String> = lines.take_while(|line| !line.starts_with("Ctrl+C")).collect();
        process.kill().unwrap();
        process.wait().unwrap();
        said.join("\n")
    }

    fn start(arguments: &[&str]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_coverage-map")), arguments, Stdio::null())
    }

    /// It is ready when it says so.
    fn run(mut command: Command, arguments: &[&str], log: Stdio) -> Self {
        command.env_clear().args(["--as-of", "2026-11-21"]).args(arguments).args(["serve", "--listen", "127.0.0.1:0"]);
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let site = line.split_whitespace().find(|word| word.starts_with("http://"));
        Self { site: site.unwrap_or_else(|| panic!("{line:?}")).to_owned(), process }
    }

    /// What an address answers. A machine that is busy may turn it away for a while; then it asks again, as clients do.
    pub fn get(&self, path: &str) -> Vec<u8> {
        loop {
            let output =
                Command::new("curl").args(["-sS", "-w", "%{http_code}", &format!("{}{path}", self.site)]).output().unwrap();
            assert!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
            let (body, code) = output.stdout.split_at(output.stdout.len() - 3);
            match code {
                b"200" => return body.to_vec(),
                b"503" => thread::sleep(Duration::from_millis(200)),
                other => panic!("{path}: {}", String::from_utf8_lossy(other)),
            }
        }
    }

    /// The same as data.
    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_slice(&self.get(path)).unwrap()
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        self.site.trim_start_matches("http://")
    }

    /// Waits until it ends, and says how; `None` where a signal ended it.
    pub fn end(mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
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
