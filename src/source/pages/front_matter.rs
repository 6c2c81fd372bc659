//! What stands in front of a page: keys and values between two lines of `---` or `+++`.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use toml::Spanned;

use crate::{
    domain::{LanguageTag, NavPlace, Slug},
    source::{checks, file::SourceFile, problems::Problems, settings, suggest, values},
};

const KEYS: [&str; 8] = ["title", "nav", "nav_es", "order", "description", "year", "version_of", "video"];

const FORM: &str = "a page begins with a line of ---, lines such as title: About us, and another line of ---";

const TOML_FORM: &str = "lines between +++ are TOML, such as title = \"About us\"";

/// What is said in front of a page.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// The title.
    pub title: Option<Arc<str>>,
    /// What the page is about.
    pub description: Option<Arc<str>>,
    /// The place in the navigation.
    pub nav: Option<NavPlace>,
    /// The year.
    pub year: Option<Arc<str>>,
    /// The page of which this is an earlier version, and where that is said.
    pub version_of: Option<(Slug, Range<usize>)>,
    /// The address of a video, and where that is said.
    pub video: Option<(Arc<str>, Range<usize>)>,
    /// Where the page itself begins.
    pub end: usize,
}

/// A key with its value, and where the value stands.
struct Entry {
    key: String,
    value: String,
    at: Range<usize>,
}

/// Reads the front matter of a file; a problem where there is none, or no title in it.
pub fn read(file: &SourceFile, problems: &mut Problems) -> FrontMatter {
    let fence = ["---", "+++"].into_iter().find(|fence| first_line(&file.text) == *fence);
    let closed = fence.and_then(|fence| Some((fence, closing(&file.text, fence)?)));
    let Some((fence, (close, end))) = closed else {
        problems.push(settings::at(&checks::FRONT_MATTER, file, 0..0, "the page has no front matter").rule(FORM));
        return FrontMatter { end: 0, ..FrontMatter::default() };
    };
    let start = file.text.find('\n').map_or(file.text.len(), |at| at + 1);
    let entries = match fence {
        "+++" => toml_entries(file, start..close, problems),
        _ => plain_entries(file, start..close, problems),
    };
    // Where nothing could be read, that has been said.
    let title_is_said = entries.is_empty() || entries.iter().any(|entry| entry.key == "title");
    let front = FrontMatter { end, ..of(file, entries, problems) };
    if front.title.is_none() && !title_is_said {
        problems
            .push(settings::at(&checks::PAGE_TITLE, file, 0..fence.len(), "the page has no title").remedy("add a line title: …"));
    }
    front
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_end()
}

/// Where the closing line begins, and where the line behind it does.
fn closing(text: &str, fence: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    text.split_inclusive('\n').enumerate().find_map(|(number, line)| {
        let start = at;
        at += line.len();
        (number > 0 && line.trim_end() == fence).then_some((start, at))
    })
}

fn toml_entries(file: &SourceFile, within: Range<usize>, problems: &mut Problems) -> Vec<Entry> {
    let shifted = |span: Range<usize>| within.start + span.start..within.start + span.end;
    match toml::from_str::<BTreeMap<Spanned<String>, Spanned<toml::Value>>>(&file.text[within.clone()]) {
        Ok(table) => table
            .into_iter()
            .map(|(key, value)| Entry { key: key.into_inner(), at: shifted(value.span()), value: text_of(value.get_ref()) })
            .collect(),
        Err(error) => {
            let what = error.message().lines().next().unwrap_or("invalid TOML").trim_end_matches('.').to_owned();
            let problem = settings::at(&checks::FRONT_MATTER, file, shifted(error.span().unwrap_or(0..0)), what);
            problems.push(problem.rule(TOML_FORM));
            Vec::new()
        }
    }
}

fn text_of(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Lines of the form `key: value`, as most tools read them: a value may stand in quotes.
fn plain_entries(file: &SourceFile, within: Range<usize>, problems: &mut Problems) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut start = within.start;
    for line in file.text[within].split_inclusive('\n') {
        let at = start..start + line.trim_end().len();
        start += line.len();
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((key, value)) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '-'])) else {
            problems.push(settings::at(&checks::FRONT_MATTER, file, at, "the line is no key with a value").rule(FORM));
            continue;
        };
        let at = at.end - value.trim_end().trim_start().len()..at.end;
        if entries.iter().any(|entry| entry.key == key) {
            problems
                .push(settings::at(&checks::FRONT_MATTER, file, at, format!("{key} stands twice")).remedy("remove one of them"));
            continue;
        }
        let value = value.trim();
        let bare = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(value);
        entries.push(Entry { key: key.trim_end().to_owned(), value: bare.to_owned(), at });
    }
    entries
}

fn of(file: &SourceFile, entries: Vec<Entry>, problems: &mut Problems) -> FrontMatter {
    let mut front = FrontMatter::default();
    let (mut label, mut labels, mut order) = (None, Vec::new(), None);
    for entry in &entries {
        let Some(text) = shown(file, entry, problems) else { continue };
        match entry.key.as_str() {
            "title" => front.title = Some(text),
            "description" => front.description = Some(text),
            "nav" => label = Some(text),
            "order" => order = number(file, entry, problems),
            "year" => front.year = Some(text),
            "version_of" => front.version_of = name(file, entry, problems).map(|name| (name, entry.at.clone())),
            "video" => front.video = Some((text, entry.at.clone())),
            key => match key.strip_prefix("nav_").and_then(LanguageTag::new) {
                Some(language) => labels.push((language, text)),
                None => unknown(file, entry, problems),
            },
        }
    }
    front.nav = label.map(|label| NavPlace { label, labels, order: order.unwrap_or(u16::MAX) });
    front
}

/// The value as it is shown; a problem and `None` when it is empty or has characters that are not seen.
fn shown(file: &SourceFile, entry: &Entry, problems: &mut Problems) -> Option<Arc<str>> {
    let text = entry.value.trim();
    let fault = match text.chars().find(|&c| values::is_unseen(c)) {
        Some(unseen) => format!("{} has the character U+{:04X}, which is not seen", entry.key, u32::from(unseen)),
        None if text.is_empty() && entry.key == "title" => return refuse_empty_title(file, entry, problems),
        None if text.is_empty() => format!("{} is empty", entry.key),
        None => return Some(text.into()),
    };
    problems.push(settings::at(&checks::FRONT_MATTER, file, entry.at.clone(), fault).remedy("type it anew, or remove the line"));
    None
}

fn refuse_empty_title(file: &SourceFile, entry: &Entry, problems: &mut Problems) -> Option<Arc<str>> {
    problems.push(
        settings::at(&checks::PAGE_TITLE, file, entry.at.clone(), "the title is empty").remedy("say what the page is called"),
    );
    None
}

fn number(file: &SourceFile, entry: &Entry, problems: &mut Problems) -> Option<u16> {
    entry.value.trim().parse().ok().or_else(|| {
        let problem = settings::at(&checks::FRONT_MATTER, file, entry.at.clone(), "invalid order").got(&entry.value);
        problems.push(problem.rule(format!("it is a whole number from 0 to {}; the map stands at {}", u16::MAX, NavPlace::MAP)));
        None
    })
}

fn name(file: &SourceFile, entry: &Entry, problems: &mut Problems) -> Option<Slug> {
    entry.value.trim().parse().ok().or_else(|| {
        let problem = settings::at(&checks::FRONT_MATTER, file, entry.at.clone(), "invalid version_of").got(&entry.value);
        problems.push(problem.rule("it is the name of another page, such as terms"));
        None
    })
}

fn unknown(file: &SourceFile, entry: &Entry, problems: &mut Problems) {
    let mut problem = settings::at(&checks::FRONT_MATTER, file, entry.at.clone(), format!("unknown key {:?}", entry.key))
        .rule(format!("keys are {}", KEYS.join(", ")));
    if let Some(near) = suggest::nearest(&entry.key, KEYS) {
        problem = problem.remedy(format!("did you mean {near}?"));
    }
    problems.push(problem);
}
