//! The files of messages: complete, with the same values in every language, and with nothing in them that nobody says.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::Words;
use crate::render::Language;

/// What stands about a message in a file: the variables of its text, and those that only its comment names.
#[derive(Debug, Default)]
struct Entry {
    used: BTreeSet<String>,
    offered: BTreeSet<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn variables(line: &str) -> impl Iterator<Item = String> {
    let name = |text: &str| text.split(|c: char| !c.is_ascii_lowercase() && c != '-').next().unwrap().to_owned();
    line.split('$').skip(1).map(name).collect::<Vec<_>>().into_iter()
}

/// The messages and attributes of a language, read without the library that says them.
fn entries(language: Language) -> BTreeMap<String, Entry> {
    let text = fs::read_to_string(root().join(format!("static/languages/{}.ftl", language.tag()))).unwrap();
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let (mut message, mut current, mut offered) = (String::new(), String::new(), BTreeSet::new());
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            offered.extend(variables(comment));
            continue;
        }
        let name = line.split_once(" =").map_or("", |(name, _)| name);
        if let Some(attribute) = name.trim_start().strip_prefix('.') {
            current = format!("{message}.{attribute}");
        } else if name.starts_with(|c: char| c.is_ascii_lowercase()) {
            message = name.to_owned();
            current = name.to_owned();
            entries.entry(current.clone()).or_default().offered.append(&mut offered);
        }
        if line.trim().is_empty() {
            offered.clear();
        } else {
            entries.entry(current.clone()).or_default().used.extend(variables(line));
        }
    }
    entries
}

#[test]
fn all_languages_have_the_same_messages_with_the_same_values() {
    let english = entries(Language::default());
    assert!(english.len() > 150, "{}", english.len());
    for language in Language::all() {
        let own = entries(language);
        assert_eq!(own.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{}", language.tag());
        for (id, entry) in &own {
            let known: BTreeSet<_> = english[id].used.union(&english[id].offered).cloned().collect();
            assert!(entry.used.is_subset(&known), "{}: {id} has {:?} of {known:?}", language.tag(), entry.used);
            assert!(entry.used.is_superset(&english[id].used), "{}: {id} lacks a value", language.tag());
        }
    }
}

#[test]
fn every_message_is_said_somewhere() {
    fn sources(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.path() {
                path if path.is_dir() => sources(&path, all),
                path => all.push_str(&fs::read_to_string(path).unwrap()),
            }
        }
    }
    let mut code = String::new();
    sources(&root().join("src"), &mut code);
    let said = |id: &str| code.contains(&format!("\"{}\"", id.split('.').next().unwrap()));
    let silent: Vec<_> = entries(Language::default()).into_keys().filter(|id| !said(id)).collect();
    assert!(silent.is_empty(), "nobody says {silent:?}");
}

#[test]
fn what_a_language_lacks_is_said_in_english_and_what_nobody_knows_by_its_name() {
    let spanish = Words::default().in_language(Language::of_path("/es").0);
    assert_eq!(spanish.text("skip"), "Ir al contenido");
    // A message whose values are missing is as good as no message.
    assert_eq!(spanish.text("quoted"), "quoted");
    assert_eq!(spanish.text("no-such-message"), "no-such-message");
}

#[test]
fn no_invisible_marks_stand_around_values() {
    for language in Language::all() {
        let said = Words::default().in_language(language).say("quoted", &[("text", "x")]);
        assert!(said.chars().all(|c| !('\u{2066}'..='\u{2069}').contains(&c)), "{said:?}");
    }
}
