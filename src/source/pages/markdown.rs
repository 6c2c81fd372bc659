//! Markdown to a tree of plain values: what the service fills in, and where links lead, among them.

use std::{collections::BTreeMap, mem, ops::Range, sync::Arc};

use pulldown_cmark::{Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag};

use super::{
    anchors, blocks,
    call::{self, Call},
    target,
};
use crate::{
    domain::{Inline, Node, Target, plain_text},
    source::{checks, codes::Codes, file::SourceFile, problems::Problems, settings},
};

/// How deep lists and quotes may stand in each other: deeper ones are no text for people.
const DEEPEST: usize = 16;

/// What a page may refer to.
#[derive(Clone, Debug)]
pub struct Surroundings<'c> {
    /// States by code.
    pub codes: &'c Codes,
    /// Links of `program.toml` by name.
    pub links: &'c BTreeMap<Arc<str>, Arc<str>>,
    /// The video of the page, and where that is said.
    pub video: Option<(Arc<str>, Range<usize>)>,
}

/// The tree of a page, with what has to be held against other pages.
#[derive(Debug)]
pub struct Draft {
    /// The tree.
    pub body: Vec<Node>,
    /// Every id on the page.
    pub anchors: Vec<Arc<str>>,
    /// Every link within the site, and where it stands in the file.
    pub links: Vec<(Target, Range<usize>)>,
}

/// Columns that are being filled.
struct Columns {
    at: Range<usize>,
    before: Vec<Node>,
    full: Vec<Vec<Node>>,
}

/// Turns events of the parser into nodes.
pub struct Writer<'w> {
    pub(super) file: &'w SourceFile,
    pub(super) surroundings: Surroundings<'w>,
    pub(super) problems: &'w mut Problems,
    events: OffsetIter<'w>,
    /// Where the text that the parser sees begins in the file.
    start: usize,
    depth: usize,
    level: u8,
    columns: Option<Columns>,
    anchors: anchors::Anchors,
    links: Vec<(Target, Range<usize>)>,
}

/// The page below its front matter, which ends at `start`.
pub fn read(file: &SourceFile, start: usize, surroundings: Surroundings<'_>, problems: &mut Problems) -> Draft {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_SMART_PUNCTUATION;
    let events = Parser::new_ext(&file.text[start..], options).into_offset_iter();
    let (anchors, links) = (anchors::Anchors::default(), Vec::new());
    let mut writer = Writer { file, surroundings, problems, events, start, depth: 0, level: 1, columns: None, anchors, links };
    let mut body = writer.nodes();
    if let Some(open) = writer.columns.take() {
        let problem = settings::at(&checks::BAD_BLOCK, file, open.at, "the columns are not closed");
        writer.problems.push(problem.remedy("put {{ end }} below the last column"));
        body = open.before;
    }
    Draft { body, anchors: writer.anchors.into_vec(), links: writer.links }
}

impl Writer<'_> {
    /// The nodes up to the end of what holds them.
    fn nodes(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut line = Vec::new();
        while let Some((event, range)) = self.events.next() {
            let range = self.start + range.start..self.start + range.end;
            match event {
                Event::End(_) => break,
                Event::Start(tag) if is_inline(&tag) => line.extend(self.inline_tag(tag, range)),
                Event::Start(tag) => {
                    nodes.extend(plain(&mut line));
                    self.node(tag, range, &mut nodes);
                }
                Event::Rule => nodes.push(Node::Rule),
                other => line.extend(self.inline(other, range)),
            }
        }
        nodes.extend(plain(&mut line));
        nodes
    }

    fn node(&mut self, tag: Tag<'_>, range: Range<usize>, nodes: &mut Vec<Node>) {
        match tag {
            Tag::Paragraph if self.is_of_blocks(&range) => {
                self.inlines_unread();
                self.blocks(range, nodes);
            }
            Tag::Paragraph => nodes.push(Node::Paragraph(self.inlines())),
            Tag::Heading { level, id, .. } => nodes.extend(self.heading(level, id.as_deref(), range)),
            Tag::BlockQuote(_) => nodes.push(Node::Quote(self.nested(range))),
            Tag::List(first) => nodes.push(Node::List { first, items: self.parts(range) }),
            Tag::Item => nodes.extend(self.nested(range)),
            Tag::CodeBlock(_) => nodes.push(Node::Code(self.text().into())),
            Tag::Table(_) => nodes.push(Node::Table(self.table())),
            Tag::HtmlBlock => {
                let text = self.text();
                self.left_out(&text, range);
            }
            _ => self.inlines_unread(),
        }
    }

    /// What stands within something, unless that is too deep.
    fn nested(&mut self, range: Range<usize>) -> Vec<Node> {
        if self.depth == DEEPEST {
            let what = "lists or quotes stand too deep in each other";
            let rule = format!("they are not nested deeper than {DEEPEST} levels");
            self.problems.push(settings::at(&checks::PAGE_DEPTH, self.file, range, what).rule(rule));
        }
        if self.depth >= DEEPEST {
            self.inlines_unread();
            return Vec::new();
        }
        self.depth += 1;
        let nodes = self.nodes();
        self.depth -= 1;
        nodes
    }

    fn parts(&mut self, range: Range<usize>) -> Vec<Vec<Node>> {
        let mut items = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            items.push(self.nested(range.clone()));
        }
        items
    }

    fn table(&mut self) -> Vec<Vec<Vec<Inline>>> {
        let mut rows = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            let mut cells = Vec::new();
            while let Some((Event::Start(_), _)) = self.events.next() {
                cells.push(self.inlines());
            }
            rows.push(cells);
        }
        rows
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<&str>, range: Range<usize>) -> Option<Node> {
        let level = level as u8;
        let text = self.inlines();
        let what = match level {
            1 => Some("the title is the one heading of the first level"),
            level if level > self.level + 1 => Some("the heading leaves out a level"),
            _ => None,
        };
        if let Some(what) = what {
            let rule = "headings begin with ##, and go one level deeper at a time";
            self.problems.push(settings::at(&checks::PAGE_HEADING, self.file, range.clone(), what).rule(rule));
        }
        self.level = level;
        let anchor: Arc<str> = id.map_or_else(|| anchors::of_text(&plain_text(&text)), Arc::from);
        self.anchors.add(&anchor, range, self.file, self.problems);
        Some(Node::Heading { level, anchor, text })
    }

    // --- blocks

    /// Whether a paragraph is nothing but blocks, a line each, and stands in no list or quote.
    fn is_of_blocks(&self, range: &Range<usize>) -> bool {
        let mut lines = self.file.text[range.clone()].lines();
        self.depth == 0 && lines.all(call::is_block)
    }

    fn blocks(&mut self, range: Range<usize>, nodes: &mut Vec<Node>) {
        let mut at = range.start;
        let file = self.file;
        for line in file.text[range].split_inclusive('\n') {
            match call::parse(line, at) {
                Ok(call) if self.is_known(&call) => self.placed(&call, nodes),
                Ok(_) => {}
                Err(place) => {
                    let problem = settings::at(&checks::BAD_BLOCK, file, place, "the block cannot be read");
                    self.problems.push(problem.rule("a block is {{ name }} or {{ name key=value key=\"a longer value\" }}"));
                }
            }
            at += line.len();
        }
    }

    fn placed(&mut self, call: &Call<'_>, nodes: &mut Vec<Node>) {
        match (call.name, self.columns.take()) {
            (blocks::COLUMNS, None) => {
                self.columns = Some(Columns { at: call.at.clone(), before: mem::take(nodes), full: Vec::new() });
            }
            (blocks::COLUMN, Some(mut open)) => {
                open.full.push(mem::take(nodes));
                self.columns = Some(open);
            }
            (blocks::END, Some(mut open)) => {
                open.full.push(mem::replace(nodes, open.before));
                open.full.retain(|column| !column.is_empty());
                nodes.push(Node::Columns(open.full));
            }
            (blocks::COLUMNS | blocks::COLUMN | blocks::END, open) => {
                let what = if open.is_some() { "columns stand in columns" } else { "there are no columns here" };
                let rule = "columns begin with {{ columns }}, are divided by {{ column }}, and end with {{ end }}";
                self.problems.push(settings::at(&checks::BAD_BLOCK, self.file, call.at.clone(), what).rule(rule));
                self.columns = open;
            }
            (_, open) => {
                self.columns = open;
                let Some(block) = self.block(call) else { return };
                for anchor in blocks::anchors(&block) {
                    self.anchors.add(anchor, call.at.clone(), self.file, self.problems);
                }
                nodes.push(Node::Block(block));
            }
        }
    }

    // --- within a line

    fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, range)) = self.events.next() {
            let range = self.start + range.start..self.start + range.end;
            match event {
                Event::End(_) => break,
                Event::Start(tag) => inlines.extend(self.inline_tag(tag, range)),
                other => inlines.extend(self.inline(other, range)),
            }
        }
        joined(inlines)
    }

    fn inline_tag(&mut self, tag: Tag<'_>, range: Range<usize>) -> Vec<Inline> {
        match tag {
            Tag::Strong => vec![Inline::Strong(self.inlines())],
            Tag::Emphasis => vec![Inline::Emphasis(self.inlines())],
            Tag::Link { link_type, dest_url, .. } => {
                let text = self.inlines();
                let address = if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                match self.target(&address, range) {
                    Some(to) => vec![Inline::Link { to, text }],
                    None => text,
                }
            }
            Tag::Image { .. } => {
                let text = self.inlines();
                let problem = settings::at(&checks::LEFT_OUT, self.file, range, "the picture is left out");
                self.problems.push(problem.rule("pages show no pictures but the map; its words are kept"));
                text
            }
            _ => self.inlines(),
        }
    }

    fn inline(&mut self, event: Event<'_>, range: Range<usize>) -> Option<Inline> {
        match event {
            Event::Text(text) => {
                if text.contains("{{") {
                    self.stray_block(range);
                }
                Some(Inline::Text((&*text).into()))
            }
            Event::Code(text) => Some(Inline::Code((&*text).into())),
            Event::SoftBreak => Some(Inline::Text(" ".into())),
            Event::HardBreak => Some(Inline::Break),
            Event::Html(text) | Event::InlineHtml(text) => {
                self.left_out(&text, range);
                None
            }
            _ => None,
        }
    }

    fn stray_block(&mut self, range: Range<usize>) {
        let problem = settings::at(&checks::UNKNOWN_BLOCK, self.file, range, "a block stands within other text");
        self.problems.push(problem.rule("a block stands on a line of its own, in no list, with empty lines around it"));
    }

    fn left_out(&mut self, html: &str, range: Range<usize>) {
        // Comments are for those who edit the file.
        if !html.trim_start().starts_with("<!--") {
            let problem = settings::at(&checks::LEFT_OUT, self.file, range, "HTML is left out").got(html.trim());
            self.problems.push(problem.rule("pages are Markdown"));
        }
    }

    /// Where a link leads; remembered when that is within the site.
    pub(super) fn target(&mut self, text: &str, at: Range<usize>) -> Option<Target> {
        let target = target::read(text, at.clone(), self.file, self.surroundings.links, self.problems)?;
        if !matches!(target, Target::Elsewhere(_)) {
            self.links.push((target.clone(), at));
        }
        Some(target)
    }

    // --- what is read as text, or not at all

    fn text(&mut self) -> String {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Text(piece) | Event::Html(piece) => text.push_str(&piece),
                _ => {}
            }
        }
        text
    }

    fn inlines_unread(&mut self) {
        let mut open = 1_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. })
}

fn plain(line: &mut Vec<Inline>) -> Option<Node> {
    let line = joined(mem::take(line));
    (!line.is_empty()).then_some(Node::Plain(line))
}

/// The parser ends a piece of text at each character that could mean something: here they are one again.
fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    inlines.into_iter().fold(Vec::new(), |mut joined, next| {
        match (joined.last_mut(), next) {
            (Some(Inline::Text(before)), Inline::Text(text)) => *before = format!("{before}{text}").into(),
            (_, next) => joined.push(next),
        }
        joined
    })
}
