//! Where the links of a page lead.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use crate::{
    domain::Target,
    source::{checks, file::SourceFile, problems::Problems, settings, suggest, values},
};

/// What stands in front of the name of a link of `program.toml`.
const NAMED: &str = "link:";

const FORMS: &str = "links are #anchor, /page, link:name of program.toml, or a full http, https or mailto address";

/// Where a link leads; a problem and `None` when it may not lead there, or nobody knows where that is.
pub fn read(
    text: &str,
    at: Range<usize>,
    file: &SourceFile,
    links: &BTreeMap<Arc<str>, Arc<str>>,
    problems: &mut Problems,
) -> Option<Target> {
    let text = text.trim();
    if let Some(name) = text.strip_prefix(NAMED) {
        return named(name, at, file, links, problems);
    }
    if let Some(anchor) = text.strip_prefix('#') {
        return Some(Target::Anchor(anchor.into()));
    }
    // Two slashes in front would lead to another host.
    let here = text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
    if here {
        return Some(Target::Site(text.into()));
    }
    let rule = if text.contains(':') { values::link_fault(text, true) } else { Some(FORMS) };
    match rule {
        None => Some(Target::Elsewhere(text.into())),
        Some(rule) => {
            problems.push(settings::at(&checks::BAD_LINK, file, at, "invalid link").got(text).rule(rule));
            None
        }
    }
}

fn named(
    name: &str,
    at: Range<usize>,
    file: &SourceFile,
    links: &BTreeMap<Arc<str>, Arc<str>>,
    problems: &mut Problems,
) -> Option<Target> {
    if let Some(address) = links.get(name) {
        return Some(Target::Elsewhere(Arc::clone(address)));
    }
    let mut problem = settings::at(&checks::DEAD_LINK, file, at, "program.toml has no such link").got(name);
    problem = problem.rule("link:name leads to an entry below [links]");
    if let Some(near) = suggest::nearest(name, links.keys().map(|key| &**key)) {
        problem = problem.remedy(format!("did you mean link:{near}?"));
    }
    problems.push(problem);
    None
}
