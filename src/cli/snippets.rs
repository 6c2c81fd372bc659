use std::{cell::RefCell, collections::BTreeMap, io::IsTerminal, ops::Range};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::{
    domain::{Problem, Severity},
    source::Folder,
};

/// How much of a line is shown; a line of a boundary file may have megabytes.
const LONGEST_LINE: usize = 400;

/// The text of the files that problems are about, read again when it is shown.
pub struct Sources<const N: usize = 2> {
    folders: [Folder; N],
    texts: RefCell<BTreeMap<String, Option<String>>>,
}

impl<const N: usize> Sources<N> {
    /// Files are looked for in these folders, in this order.
    pub fn new(folders: [Folder; N]) -> Self {
        Self { folders, texts: RefCell::default() }
    }

    /// A problem with its line, for people.
    pub fn show(&self, problem: &Problem) -> String {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let got = problem.got.as_ref().map(|got| format!(" (got {got:?})")).unwrap_or_default();
        let title = level.primary_title(format!("{}{got}", problem.what)).id(problem.check);
        let line = problem.site.line.and_then(|line| self.line(&problem.site.file, line));
        let group = match (&line, problem.site.line) {
            (Some(text), Some(number)) => title.element(located(problem, text, number)),
            _ => title.element(Origin::path(problem.site.to_string())),
        };
        let renderer = if std::io::stdout().is_terminal() { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[with_advice(group, problem)]) + "\n"
    }

    fn line(&self, file: &str, number: u32) -> Option<String> {
        let mut texts = self.texts.borrow_mut();
        let text = texts.entry(file.to_owned()).or_insert_with(|| self.read(file));
        let line = text.as_ref()?.lines().nth(usize::try_from(number).ok()?.checked_sub(1)?)?;
        (line.len() <= LONGEST_LINE).then(|| line.replace('\t', " "))
    }

    fn read(&self, file: &str) -> Option<String> {
        let bytes = self.folders.iter().find_map(|folder| folder.read(file).ok().flatten())?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn located<'a>(problem: &'a Problem, text: &'a str, number: u32) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let path = problem.site.file.as_ref();
    let snippet = Snippet::source(text).line_start(number as usize).path(path);
    snippet.annotation(AnnotationKind::Primary.span(span(problem, text)))
}

/// Where in the line the value stands; the whole line where that is not known.
fn span(problem: &Problem, line: &str) -> Range<usize> {
    let got = problem.got.as_deref().filter(|got| !got.is_empty());
    match got.and_then(|got| line.find(got).map(|start| start..start + got.len())) {
        Some(span) => span,
        None => 0..line.len(),
    }
}

fn with_advice<'a>(group: Group<'a>, problem: &'a Problem) -> Group<'a> {
    let rule = problem.rule.as_ref().map(|rule| Level::NOTE.message(rule.as_str()));
    let remedy = problem.remedy.as_ref().map(|remedy| Level::HELP.message(remedy.as_str()));
    let related = problem.related.iter().map(|site| Level::NOTE.message(format!("see also {site}")));
    group.elements(rule).elements(remedy).elements(related)
}
