//! Everything that is wrong with the structure of a TOML file, in one run: a reader stops at the first fault, so the
//! part that it stumbles over is taken out and the rest read again.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue, Deserializer, Error},
};

use super::{checks, file::SourceFile, problems::Problems, settings::at, suggest};
use crate::domain::Problem;

/// As many faults are told of one file; a file with more is another file.
const MOST: usize = 50;

/// The file as a value without the parts that are wrong, each of which is a problem; `None` when too little is left.
pub fn read<T: DeserializeOwned>(file: &SourceFile, problems: &mut Problems) -> Option<T> {
    let (mut table, errors) = DeTable::parse_recoverable(&file.text);
    for error in errors.iter().take(MOST) {
        problems.push(syntax(file, error));
    }
    if !errors.is_empty() {
        return None;
    }
    let mut taken_out = Vec::new();
    for _ in 0..MOST {
        let error = match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        // What was taken out for another fault is missing, but that is no fault of its own.
        if !quoted(error.message()).next().is_some_and(|name| is_missing(&error) && taken_out.iter().any(|taken| taken == name)) {
            problems.push(fault(file, &error));
        }
        // Of an unknown key that looks like a known one, the known one is not missing, too.
        taken_out.extend(meant(error.message()).map(str::to_owned));
        let span = error.span()?;
        taken_out.push(take_out(table.get_mut(), &span)?);
    }
    None
}

fn is_missing(error: &Error) -> bool {
    error.message().starts_with("missing field")
}

/// The key that an unknown one was probably meant to be.
fn meant(message: &str) -> Option<&str> {
    let mut names = message.strip_prefix("unknown field").map(quoted)?;
    suggest::nearest(names.next()?, names)
}

fn span_of(file: &SourceFile, error: &Error) -> Range<usize> {
    error.span().unwrap_or(file.text.len()..file.text.len())
}

fn syntax(file: &SourceFile, error: &Error) -> Problem {
    let what = error.message().lines().next().unwrap_or("invalid TOML").trim_end_matches('.').to_owned();
    at(&checks::BAD_TOML, file, span_of(file, error), what)
        .rule("a line reads key = value: text in double quotes, numbers, days and true or false without, lists in [ ]")
}

/// A problem for what a value cannot be, in the words of the file rather than of its reader.
fn fault(file: &SourceFile, error: &Error) -> Problem {
    let message = error.message().lines().next().unwrap_or("invalid TOML").trim_end_matches('.');
    let mut names = quoted(message);
    let problem = |what: String| at(&checks::BAD_TOML, file, span_of(file, error), what);
    if message.starts_with("unknown field") {
        let (key, known) = (names.next().unwrap_or_default(), names.collect::<Vec<_>>());
        let problem = problem("unknown key".to_owned()).got(key).rule(format!("the keys here are {}", known.join(", ")));
        return problem.remedy(match meant(message) {
            Some(near) => format!("did you mean {near}?"),
            None => "remove it, or move it to the table that it belongs to".to_owned(),
        });
    }
    if is_missing(error) {
        let key = names.next().unwrap_or_default();
        return problem(format!("the key {key} is missing")).remedy(format!("add a line {key} = …"));
    }
    let expected = message.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    let problem = problem(message.replace("invalid type: ", "wrong type: ").replace('`', ""));
    problem.remedy(match expected {
        "a string" => "put it into double quotes".to_owned(),
        "" => "give it a value of another type".to_owned(),
        "f64" | "a floating point number" => "write a number, without quotes".to_owned(),
        other => format!(
            "write {}",
            other
                .replace("struct ", "a table: ")
                .replace("a sequence", "a list in [ ]")
                .replace("a map", "a table of its own in [ ]")
        ),
    })
}

/// The names that stand in backticks in a message.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

/// Takes out the entry, or the element of a list, that a span is about; its key, or nothing for an element.
fn take_out(table: &mut DeTable<'_>, span: &Range<usize>) -> Option<String> {
    let found = table.iter().find(|(key, value)| key.span() == *span || value.span() == *span).map(|(key, _)| key.clone());
    if let Some(key) = found {
        table.remove(&key);
        return Some(key.into_inner().into_owned());
    }
    table.iter_mut().find_map(|(_, value)| match value.get_mut() {
        DeValue::Table(inner) => take_out(inner, span),
        DeValue::Array(array) => take_out_element(array, span),
        _ => None,
    })
}

fn take_out_element(array: &mut DeArray<'_>, span: &Range<usize>) -> Option<String> {
    if array.iter().any(|element| element.span() == *span) {
        let all = std::mem::replace(array, DeArray::new());
        all.into_iter().filter(|element| element.span() != *span).for_each(|element| array.push(element));
        return Some(String::new());
    }
    let within = |element: &mut Spanned<DeValue<'_>>| match element.get_mut() {
        DeValue::Table(inner) => take_out(inner, span),
        DeValue::Array(inner) => take_out_element(inner, span),
        _ => None,
    };
    array.iter_mut().find_map(within)
}
