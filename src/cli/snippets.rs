use std::io::IsTerminal;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::domain::{Excerpt, Problem, Severity};

/// Problems with their lines, for people; in colours on a terminal.
pub fn show(problems: &[Problem]) -> String {
    let renderer = if std::io::stdout().is_terminal() { Renderer::styled() } else { Renderer::plain() };
    problems.iter().map(|problem| renderer.render(&[group(problem)]) + "\n\n").collect()
}

fn group(problem: &Problem) -> Group<'_> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let got = problem.got.as_ref().map(|got| format!(" (got {got:?})")).unwrap_or_default();
    let title = level.primary_title(format!("{}{got}", problem.what)).id(problem.check);
    let group = match (&problem.excerpt, problem.site.line) {
        (Some(excerpt), Some(line)) if is_window(problem, excerpt) => {
            let rest = excerpt.text.get(excerpt.start..).unwrap_or_default().chars().take(60).collect::<String>();
            title.element(origin(problem, line)).element(Level::NOTE.message(format!("there it reads {rest} …")))
        }
        (Some(excerpt), Some(line)) => title.element(located(problem, excerpt, line)),
        _ => title.element(Origin::path(problem.site.to_string())),
    };
    with_advice(group, problem)
}

/// Whether the excerpt is a part of a long line, in which columns would be counted anew.
fn is_window(problem: &Problem, excerpt: &Excerpt) -> bool {
    let start = excerpt.text.get(..excerpt.start).map_or(0, |before| before.chars().count()) + 1;
    problem.site.column.is_some_and(|column| column as usize != start)
}

fn origin(problem: &Problem, line: u32) -> Origin<'_> {
    let origin = Origin::path(&*problem.site.file).line(line as usize);
    problem.site.column.map_or(origin.clone(), |column| origin.char_column(column as usize))
}

fn located<'a>(problem: &'a Problem, excerpt: &'a Excerpt, line: u32) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let snippet = Snippet::source(excerpt.text.as_str()).line_start(line as usize).path(&*problem.site.file);
    snippet.annotation(AnnotationKind::Primary.span(excerpt.start..excerpt.end).label(problem.site.within.as_deref()))
}

fn with_advice<'a>(group: Group<'a>, problem: &'a Problem) -> Group<'a> {
    let rule = problem.rule.as_ref().map(|rule| Level::NOTE.message(rule.as_str()));
    let remedy = problem.remedy.as_ref().map(|remedy| Level::HELP.message(remedy.as_str()));
    let related = problem.related.iter().map(|site| Level::NOTE.message(format!("see also {site}")));
    group.elements(rule).elements(remedy).elements(related)
}
