//! Every command of README.md is run, and does what the page says.
//!
//! The word behind `sh` in a fence says how: nothing for commands that end (a `text` block right behind one is what they
//! print), `serve` for commands that go on until they are stopped, `ask` for questions to the service at
//! <http://127.0.0.1:8080>, `test` for the command that runs these tests. One thing differs from what a reader types:
//! `cargo run --release` and `coverage-map` run the binary that these tests were built with, on a free port and a fixed day.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::{
        fs::{PermissionsExt, symlink},
        process::CommandExt,
    },
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const BINARY: &str = env!("CARGO_BIN_EXE_coverage-map");
const ADDRESS: &str = "http://127.0.0.1:8080";

/// Commands in a fence.
struct Block {
    line: usize,
    how: String,
    script: String,
    prints: Option<String>,
}

/// The shell commands of a page, each with the output that is shown right behind them.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = page.lines().enumerate();
    let mut is_right_behind = false;
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.trim_end().strip_prefix("```") else {
            is_right_behind &= line.is_empty();
            continue;
        };
        let text: String =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").fold(String::new(), |a, l| a + l + "\n");
        match (info.split_once(' ').unwrap_or((info, "")), blocks.last_mut()) {
            (("sh", how), _) => blocks.push(Block { line: number + 1, how: how.into(), script: text, prints: None }),
            (("text", _), Some(block)) if is_right_behind => block.prints = Some(text),
            _ => {}
        }
        is_right_behind = info.starts_with("sh");
    }
    blocks
}

fn readme() -> Vec<Block> {
    blocks(&fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap())
}

/// A folder that looks to commands like the root of the repository, with `cargo` and `coverage-map` on the path.
fn workshop() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let bin = folder.path().join("bin");
    fs::create_dir(&bin).unwrap();
    symlink(BINARY, bin.join("coverage-map")).unwrap();
    symlink(Path::new(ROOT).join("regions"), folder.path().join("regions")).unwrap();
    let cargo = bin.join("cargo");
    let run =
        "#!/bin/sh\n[ \"$1 $2\" = 'run --release' ] || exit 64\nshift 2\n[ \"$1\" != -- ] || shift\nexec coverage-map \"$@\"\n";
    fs::write(&cargo, run).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn shell(workshop: &TempDir, script: &str) -> Command {
    let path = format!("{}/bin:{}", workshop.path().display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", script]).current_dir(workshop.path()).stdin(Stdio::null());
    command.env("PATH", path).env("COVERAGE_MAP_LISTEN", "127.0.0.1:0").env("COVERAGE_MAP_AS_OF", "2026-11-21");
    // The pages of a snapshot take a minute of a core; `release::pages` tries them.
    command.env("COVERAGE_MAP_PAGES", "none");
    command
}

fn assert_succeeds(block: &Block, output: &Output) {
    let [out, err] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    let at = format!("README.md:{}\n{}\n{out}{err}", block.line, block.script);
    assert!(output.status.success(), "{at}{}", output.status);
    if let Some(shown) = &block.prints {
        assert!(prints(shown, &out), "{at}\nREADME.md shows:\n{shown}");
    }
}

/// Whether output is what a page shows; a line with nothing but `…` stands for any lines.
fn prints(shown: &str, printed: &str) -> bool {
    let mut rest = printed;
    let pieces: Vec<_> = shown.split("…\n").collect();
    let whole = pieces.len() == 1;
    for (i, piece) in pieces.iter().enumerate() {
        let Some(at) = rest.find(piece).filter(|at| i > 0 || *at == 0) else { return false };
        rest = &rest[at + piece.len()..];
    }
    !whole && pieces.last().is_some_and(|last| last.is_empty()) || rest.is_empty()
}

/// A service that a command of the page started, with all that it started itself.
struct Service {
    child: Child,
    address: String,
}

impl Service {
    fn start(workshop: &TempDir, block: &Block) -> Self {
        let mut command = shell(workshop, &block.script);
        let mut child = command.process_group(0).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| address_in(&line.unwrap()));
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address: address.unwrap_or_else(|| panic!("README.md:{}: no address was printed", block.line)) }
    }

    fn get(&self, path: &str) -> String {
        let host = self.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut response = Vec::new();
        stream.read_to_end(&mut response).unwrap();
        String::from_utf8(response).unwrap()
    }

    /// Stops it as a terminal does, and says how it ended.
    fn stop(mut self) -> Option<i32> {
        let group = format!("-{}", self.child.id());
        Command::new("kill").args(["-INT", "--", &group]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

fn address_in(line: &str) -> Option<String> {
    let at = line.find("http://127.0.0.1:")?;
    let port: String = line[at + "http://127.0.0.1:".len()..].chars().take_while(char::is_ascii_digit).collect();
    Some(format!("http://127.0.0.1:{port}"))
}

#[test]
fn each_block_of_commands_says_how_it_is_run() {
    let readme = readme();
    for block in &readme {
        assert!(["", "serve", "ask", "test"].contains(&block.how.as_str()), "README.md:{}: {}", block.line, block.how);
    }
    for how in ["", "serve", "ask", "test"] {
        assert!(readme.iter().any(|block| block.how == how), "README.md has no block of the kind {how:?}");
    }
}

#[test]
fn commands_end_well_and_print_what_the_page_shows() {
    let workshop = workshop();
    for block in readme().iter().filter(|block| block.how.is_empty()) {
        assert_succeeds(block, &shell(&workshop, &block.script).output().unwrap());
    }
}

#[test]
fn services_start_answer_and_stop_when_told() {
    let workshop = workshop();
    let before = "coverage-map new my-program\ncoverage-map build --program my-program --snapshots snapshots --activate\n";
    assert!(shell(&workshop, before).status().unwrap().success());
    let readme = readme();
    for (i, block) in readme.iter().filter(|block| block.how == "serve").enumerate() {
        let service = Service::start(&workshop, block);
        assert!(service.get("/readyz").starts_with("HTTP/1.1 200"), "README.md:{}", block.line);
        for asked in readme.iter().filter(|asked| i == 0 && asked.how == "ask") {
            let script = asked.script.replace(ADDRESS, &service.address);
            assert_succeeds(asked, &shell(&workshop, &script).output().unwrap());
        }
        assert_eq!(service.stop(), Some(0), "README.md:{}", block.line);
    }
}

#[test]
fn the_test_command_is_the_one_that_the_checks_of_each_change_run() {
    let commands: Vec<_> = readme().into_iter().filter(|block| block.how == "test").map(|block| block.script).collect();
    assert_eq!(commands, ["tests/run\n"]);
    let script = |path: &str| {
        let path = Path::new(ROOT).join(path);
        assert!(fs::metadata(&path).unwrap().permissions().mode() & 0o111 != 0, "{} can be run", path.display());
        fs::read_to_string(path).unwrap()
    };
    script("tests/run");
    assert!(script(".ci/run").contains("tests/run"));
}

#[test]
fn a_page_is_read_block_by_block() {
    let page =
        "a\n```sh\nx 1\nx 2\n```\n\n```text\nout\n```\n```toml\nk = 1\n```\n```sh serve\ny\n```\ntext\n```text\nfar\n```\n";
    let read: Vec<_> = blocks(page).into_iter().map(|b| (b.line, b.how, b.script, b.prints)).collect();
    let first = (2, String::new(), "x 1\nx 2\n".to_owned(), Some("out\n".to_owned()));
    assert_eq!(read, [first, (13, "serve".to_owned(), "y\n".to_owned(), None)]);
}

#[test]
fn shown_output_may_leave_out_lines() {
    assert!(
        prints("a\nb\n", "a\nb\n")
            && prints("a\n…\n", "a\nb\n")
            && prints("a\n…\nc\n", "a\nb\nc\n")
            && prints("…\nc\n", "b\nc\n")
    );
    assert!(!prints("a\n", "a\nb\n") && !prints("b\n…\n", "a\nb\n") && !prints("a\n…\nc\n", "a\nb\nd\n"));
}
