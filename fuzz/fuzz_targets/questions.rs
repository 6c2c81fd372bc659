//! Free text and coordinates, as people type them: every question has an answer, and the same one twice.
#![no_main]

use std::sync::LazyLock;

use coverage_map::{
    lookup::{Question, Scope, answer},
    snapshot::Snapshot,
};
use coverage_map_fuzz::load_with;
use jiff::civil::date;

static WORLD: LazyLock<Snapshot> =
    LazyLock::new(|| Snapshot::new(load_with("unread.txt", b"").dataset.expect("the base world has no errors")));

libfuzzer_sys::fuzz_target!(|text: &str| {
    let scope = Scope { as_of: date(2026, 11, 21), course: None };
    let (first, second) = text.split_once(',').unwrap_or((text, ""));
    let questions = [
        Question::text(text),
        Question::at(first, second),
        Question::zip(text),
        Question::state(text),
        Question::county(text),
        Question::place(text),
        Question::region(text),
    ];
    for question in questions.into_iter().flatten() {
        let told = answer(&WORLD, &question, &scope);
        assert_eq!(told, answer(&WORLD, &question, &scope));
        let fair = |share: f64| (0.0..=1.0).contains(&share);
        assert!(told.parts.iter().filter_map(|part| part.share).all(fair), "{told:?}");
        assert!(told.partners.iter().all(|partner| fair(partner.share)), "{told:?}");
    }
});
