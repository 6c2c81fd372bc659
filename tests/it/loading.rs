//! What holds of every load: the shipped data is clean, order makes no difference, and nothing panics.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use coverage_map::{
    domain::{Dataset, Shape},
    snapshot::Snapshot,
    source::{Embedded, Folder, Folders, Loaded, load},
};

/// Numbers from a fixed seed (xorshift64*): tests are the same on every run.
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides.max(1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        (1..items.len()).rev().for_each(|i| items.swap(i, self.roll(i + 1)));
    }
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path)
}

/// All files of a folder and of the folders in it, in the order of their names.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// A copy of a world of the tests, each file changed on the way.
fn changed(world: &str, mut change: impl FnMut(&str, Vec<u8>) -> Vec<u8>) -> (tempfile::TempDir, Folder, Folder) {
    let copy = tempfile::tempdir().unwrap();
    let [geography, program] = ["geography", "program"].map(|folder| {
        let target = copy.path().join(folder);
        fs::create_dir(&target).unwrap();
        for file in files_below(&data(world).join(folder)) {
            let name = file.strip_prefix(data(world).join(folder)).unwrap().to_str().unwrap().to_owned();
            fs::create_dir_all(target.join(&name).parent().unwrap()).unwrap();
            fs::write(target.join(&name), change(&name, fs::read(&file).unwrap())).unwrap();
        }
        Folder::Directory(target)
    });
    (copy, geography, program)
}

/// A world of the tests, loaded with each file changed on the way.
pub fn load_changed(world: &str, change: impl FnMut(&str, Vec<u8>) -> Vec<u8>) -> Loaded {
    let (_kept, geography, program) = changed(world, change);
    load(&geography, &program).unwrap()
}

/// Everything in a data set but its generation and the lines that rows stand in.
fn told(dataset: &Dataset) -> String {
    let land = &dataset.geography;
    let shapes: Vec<_> = dataset.program.regions.iter().map(|region| (&region.id, &region.name, shape(&region.shape))).collect();
    let rows: Vec<_> = dataset
        .program
        .assignments
        .iter()
        .map(|a| (&a.partner, &a.region, &a.courses, a.role, a.standing, a.term, a.review_by, &a.notes))
        .collect();
    let partners: Vec<_> = dataset.program.partners.iter().map(|p| (&p.id, &p.name, &p.contact, &p.courses, p.term)).collect();
    format!("{land:#?}\n{shapes:#?}\n{rows:#?}\n{partners:#?}")
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Drawn(boundary) => format!("{:?}", boundary.parts()),
        Shape::Members(members) => format!("{members:?}"),
    }
}

#[test]
fn the_shipped_data_loads_with_two_true_warnings() {
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram)).unwrap();
    let said: Vec<_> = loaded.problems.iter().map(ToString::to_string).collect();
    // One partner has no region on purpose; one military ZIP has no state in its source.
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].contains("national-cs-network") && said[1].contains("military ZIP 96365"), "{said:#?}");
    let dataset = loaded.dataset.unwrap();
    let (land, program) = (&dataset.geography, &dataset.program);
    assert_eq!((land.states.len(), land.counties.len()), (56, 3235));
    assert_eq!(land.zips.as_ref().map(Vec::len), Some(41_635));
    assert_eq!((program.partners.len(), program.assignments.len(), program.regions.len()), (85, 995, 26));
}

/// A file with its rows or features in another order; features stand on a line each.
pub fn shuffled(name: &str, bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    let text = String::from_utf8(bytes).unwrap();
    let mut lines: Vec<_> = text.lines().map(|line| line.trim_end_matches(',').to_owned()).collect();
    match Path::new(name).extension().and_then(|end| end.to_str()) {
        Some("csv") => {
            let mut lines: Vec<_> = text.lines().collect();
            dice.shuffle(&mut lines[1..]);
            lines.join("\n").into_bytes()
        }
        Some("geojson") => {
            let last = lines.len() - 1;
            dice.shuffle(&mut lines[1..last]);
            format!("{}\n{}\n{}", lines[0], lines[1..last].join(",\n"), lines[last]).into_bytes()
        }
        _ => text.into_bytes(),
    }
}

#[test]
fn the_order_of_rows_and_features_changes_nothing_but_the_generation() {
    let plain = load_changed("toy", |_, bytes| bytes).dataset.unwrap();
    let mut dice = Dice(7);
    let mixed = load_changed("toy", |name, bytes| shuffled(name, bytes, &mut dice));
    let mixed = mixed.dataset.unwrap();
    assert_eq!(told(&plain), told(&mixed));
    assert_ne!(plain.generation, mixed.generation);
    assert_eq!(plain.generation, load_changed("toy", |_, bytes| bytes).dataset.unwrap().generation);
}

#[test]
fn no_damage_to_any_file_makes_the_loader_panic() {
    let mut dice = Dice(42);
    for _ in 0..300 {
        let victim = dice.roll(13);
        let mut number = 0;
        let _ = load_changed("toy", |_, mut bytes| {
            number += 1;
            if number == victim + 1 {
                damage(&mut bytes, &mut dice);
            }
            bytes
        });
    }
}

/// Cuts, doubles or overwrites some bytes, with those that mean something preferred.
fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const WORDS: &[&[u8]] = &[
        b"\"",
        b",",
        b"[",
        b"]",
        b"{",
        b"}",
        b"\n",
        b"\r",
        b"\0",
        b"1e308",
        b"-",
        b"null",
        b"\xff",
        b"\xe2\x80",
        b"|",
        b":",
        b"9999999999999999999",
        b"[[[[[[",
        b"=",
        b"\xef\xbb\xbf",
    ];
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        let end = (at + dice.roll(12)).min(bytes.len());
        match dice.roll(4) {
            0 => bytes.truncate(at),
            1 => drop(bytes.splice(at..end, [])),
            2 => drop(bytes.splice(at..end, WORDS[dice.roll(WORDS.len())].iter().copied())),
            _ => {
                let part = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, part));
            }
        }
    }
}

#[test]
fn only_what_has_changed_is_made_anew() {
    let (_kept, geography, program) = changed("toy", |_, bytes| bytes);
    let mut folders = Folders::new(geography.clone(), program.clone());
    let mut load = || {
        let files = folders.read().unwrap();
        folders.load(files).dataset.unwrap()
    };
    let edit = |folder: &Folder, file: &str, change: &dyn Fn(String) -> String| {
        let Folder::Directory(path) = folder else { panic!("a folder on disk") };
        fs::write(path.join(file), change(fs::read_to_string(path.join(file)).unwrap())).unwrap();
    };
    let first = Snapshot::new(load());

    edit(&program, "partners.csv", &|text| text.replace("Iris School", "Iris College"));
    let renamed = first.succeeded_by(load());
    assert!(Arc::ptr_eq(first.land(), renamed.land()), "a partner's name moves no border");
    assert_ne!(first.generation(), renamed.generation());

    edit(&program, "regions.csv", &|text| text + "east-end,East End,county:02004\n");
    let with_region = renamed.succeeded_by(load());
    assert!(!Arc::ptr_eq(renamed.land(), with_region.land()), "a new region is new ground");

    edit(&geography, "weights.csv", &|text| text.replace(",1000,", ",1001,"));
    let recounted = with_region.succeeded_by(load());
    assert!(!Arc::ptr_eq(with_region.land(), recounted.land()), "people are part of the ground");
    assert!(!recounted.land().is_of(&load_changed("toy", |_, bytes| bytes).dataset.unwrap().geography));
}

#[test]
fn a_folder_that_is_not_there_is_named_with_its_path() {
    let missing = Folder::Directory(data("nowhere"));
    let error = load(&missing, &Folder::Embedded(Embedded::SampleProgram)).unwrap_err().to_string();
    assert!(error.contains("nowhere: cannot be read"), "{error}");
}

#[test]
fn a_file_that_is_a_directory_is_an_error_and_not_an_absent_file() {
    let (kept, geography, program) = changed("toy", |_, bytes| bytes);
    let zips = kept.path().join("geography/zips.csv");
    fs::remove_file(&zips).unwrap();
    fs::create_dir(&zips).unwrap();
    let error = load(&geography, &program).unwrap_err().to_string();
    assert!(error.contains("zips.csv: cannot be read"), "{error}");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    crate::reload::copy(&crate::site::toy_folder("program"), folder.path());
    // A hole in the file: it takes no room on the disk.
    let file = std::fs::File::options().write(true).open(folder.path().join("assignments.csv")).unwrap();
    file.set_len(coverage_map::source::MAX_FILE_BYTES + 1).unwrap();
    let program = Folder::Directory(folder.path().to_owned());
    let said = load(&Folder::Directory(crate::site::toy_folder("geography")), &program).unwrap_err().to_string();
    assert!(said.contains("assignments.csv: cannot be read (it has more than 256 MB)"), "{said}");
}
