//! The fuzz targets without a fuzzer: a fixed number of seeded mutations of known inputs, good and bad.
//!
//! A fuzzer looks where new code is reached, but needs a build of its own (`fuzz/run.sh`). This runs in every test.

use std::{fs, panic, path::Path};

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use targets::{ROUTES, SETTINGS, TABLES};

/// How many inputs are made for each target.
const INPUTS: u64 = 2_000;

/// Pieces of which inputs are made: words of the formats, and numbers at the edges of what numbers can be.
const PIECES: [&str; 40] = [
    "\"type\":\"Feature\"",
    "\"coordinates\":",
    "\"MultiPolygon\"",
    "\"id\":\"north\"",
    "[[[",
    "]]]",
    "[]",
    "{",
    "}",
    "null",
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "é",
    "=1+1",
    "javascript:",
    "region:north",
    "county:01001",
    "zip:00601",
    "state:WE",
    "funding",
    "2026-02-30",
    "-",
    "0",
    "-0.0",
    "180",
    "-180.0000001",
    "90.5",
    "1e999",
    "NaN",
    "9223372036854775808",
    "0.1e-320",
];

/// SplitMix64: the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below.max(1) as u64).unwrap()
    }

    /// A stretch of some bytes: often a short one, sometimes any.
    fn stretch(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let from = self.roll(bytes.len() + 1);
        let longest = if self.roll(4) == 0 { bytes.len() - from } else { (bytes.len() - from).min(12) };
        from..from + self.roll(longest + 1)
    }
}

/// Changes an input in one way.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let at = dice.stretch(bytes);
    match dice.roll(7) {
        0 => drop(bytes.splice(at, PIECES[dice.roll(PIECES.len())].bytes())),
        1 => drop(bytes.drain(at)),
        2 => bytes.truncate(at.start),
        3 => {
            let again = bytes[at.clone()].to_vec();
            bytes.splice(at.start..at.start, again);
        }
        4 => {
            let from = dice.stretch(other);
            drop(bytes.splice(at, other[from].iter().copied()));
        }
        5 => exchange_lines(bytes, dice),
        _ => {
            if let Some(byte) = bytes.get_mut(at.start) {
                *byte ^= 1 << dice.roll(8);
            }
        }
    }
}

fn exchange_lines(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let mut lines: Vec<_> = bytes.split(|&byte| byte == b'\n').collect();
    let (i, j) = (dice.roll(lines.len()), dice.roll(lines.len()));
    lines.swap(i, j);
    *bytes = lines.join(&b'\n');
}

/// Runs a target on each input as it is, then on mutations; names the input that it fails on.
fn hold(target: fn(&[u8]), corpus: &[Vec<u8>], seed: u64) {
    let run = |bytes: &[u8]| {
        let shown = || String::from_utf8_lossy(bytes).into_owned();
        panic::catch_unwind(|| target(bytes)).unwrap_or_else(|_| panic!("fails on {:?}", shown()));
    };
    assert!(corpus.len() > 10, "there is something to start from");
    corpus.iter().for_each(|bytes| run(bytes));
    let mut dice = Dice(seed);
    for _ in 0..INPUTS {
        let mut bytes = corpus[dice.roll(corpus.len())].clone();
        for _ in 0..=dice.roll(4) {
            let other = &corpus[dice.roll(corpus.len())];
            mutate(&mut bytes, other, &mut dice);
        }
        run(&bytes);
    }
}

/// All files of a name in the worlds of the tests, sorted, each after a byte for its place in a list.
fn files(names: &[&str]) -> Vec<Vec<u8>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let entries = fs::read_dir(data.join("bad")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    folders.extend(["bad/base/geography", "bad/base/program", "toy/geography", "toy/program"].map(|name| data.join(name)));
    folders.sort();
    let mut found = Vec::new();
    for (number, name) in names.iter().enumerate() {
        for bytes in folders.iter().filter_map(|folder| fs::read(folder.join(name)).ok()) {
            found.push([vec![u8::try_from(number).unwrap()], bytes].concat());
        }
    }
    found
}

/// What people ask, from the seeds of the fuzzer.
fn asked() -> Vec<&'static str> {
    include_str!("../../fuzz/questions.txt").lines().collect()
}

#[test]
fn damaged_geojson_is_refused_or_makes_sound_boundaries() {
    hold(|bytes| targets::geojson(&bytes[1.min(bytes.len())..]), &files(&["regions.geojson"]), 1);
}

#[test]
fn damaged_tables_are_refused_or_make_a_sound_data_set() {
    hold(targets::tables, &files(&TABLES), 2);
}

#[test]
fn damaged_settings_are_refused_or_make_a_sound_data_set() {
    hold(targets::settings, &files(&SETTINGS), 3);
}

#[test]
fn whatever_is_asked_has_an_answer_and_the_same_one_twice() {
    let corpus: Vec<_> = asked().into_iter().map(|text| text.as_bytes().to_vec()).collect();
    hold(|bytes| targets::questions(&String::from_utf8_lossy(bytes)), &corpus, 4);
}

#[test]
fn whatever_stands_in_a_query_the_service_does_not_fail() {
    let mut corpus = Vec::new();
    for (number, text) in asked().into_iter().cycle().take(asked().len() * ROUTES.len()).enumerate() {
        let which = u8::try_from(number % ROUTES.len()).unwrap();
        corpus.push([&[which], text.as_bytes()].concat());
        corpus.push([&[which], b"q=".as_slice(), text.as_bytes()].concat());
        corpus.push([&[which], b"lat=40.5&lon=-89&as_of=2026-11-21&q=".as_slice(), text.as_bytes()].concat());
    }
    hold(targets::queries, &corpus, 5);
}
