//! A page of the program: the tree that its author wrote, with what the service fills in.

use maud::{Markup, html};

use super::{Page, Section, Site, apply::Asked, blocks};
use crate::{
    census::StateCode,
    directory::Directory,
    domain::{Block, Inline, Node, ProgramPage, Target},
    render::{Language, links},
};

/// What the blocks of a page are filled with, made beforehand.
#[derive(Debug, Default)]
pub struct Filling<'a> {
    /// The page.
    pub page: Option<&'a ProgramPage>,
    /// Maps: of the country, or of a state.
    pub maps: Vec<(Option<StateCode>, Markup)>,
    /// Partners by state, and their counts.
    pub directory: Option<Directory>,
    /// What was asked on the way to apply.
    pub asked: Option<Asked<'a>>,
}

/// A page of the program; in English, with a note that says so, where it is not written in the language asked for.
pub fn article(site: &Site, page: &ProgramPage, filling: &Filling) -> Page {
    let body = html! {
        (only_in(site, page))
        (blocks::answered(site, page, filling))
        @if blocks::leaves_room(filling) { div.article { (nodes(beside_answer(page, filling), site, filling)) } }
    };
    let answer = filling.asked.as_ref().and_then(|asked| asked.answer.as_ref());
    let made = framed(site, page, body);
    let made = if page.name.as_str() == links::OVERVIEW && !filling.maps.is_empty() { made.pictured(links::CARD) } else { made };
    match answer {
        Some(answer) => made.titled(format!("{} · {}", site.words().verdict(answer), page.title)),
        None => made,
    }
}

/// What the page says besides the answer, which takes the place of what leads to the question.
fn beside_answer<'p>(page: &'p ProgramPage, filling: &Filling) -> &'p [Node] {
    let asks = |node: &Node| matches!(node, Node::Block(Block::RegionCheck));
    let question = filling.asked.as_ref().and_then(|_| page.body.iter().position(asks));
    question.map_or(&page.body[..], |at| &page.body[at + 1..])
}

/// A page with the title, description and address of a page of the program.
pub(super) fn framed(site: &Site, page: &ProgramPage, body: Markup) -> Page {
    // The back-to-top link leads here; older links, too.
    let top = html! { span #top {} };
    let made = Page::new(&*page.title, &*page.description, links::page(&page.name), body)
        .within(Section::Page(page.version_of.clone().unwrap_or_else(|| page.name.clone())))
        .led_by(top);
    match written_in(page).filter(|language| *language != site.way.language) {
        Some(language) => made.written_in(language),
        None => made,
    }
}

pub(super) fn written_in(page: &ProgramPage) -> Option<Language> {
    Language::all().find(|language| language.tag() == page.language.as_str())
}

/// Says in the language of the visitor that the page is written in another one.
pub(super) fn only_in(site: &Site, page: &ProgramPage) -> Markup {
    let language = site.way.language;
    html! {
        @if page.language.as_str() != language.tag() {
            p.note lang=(language.tag()) { (site.words().text("page-only-in-english")) }
        }
    }
}

/// What stands on lines of its own.
pub(super) fn nodes(nodes: &[Node], site: &Site, filling: &Filling) -> Markup {
    html! { @for node in nodes { (block_level(node, site, filling)) } }
}

fn block_level(node: &Node, site: &Site, filling: &Filling) -> Markup {
    let all = |inner: &[Node]| nodes(inner, site, filling);
    html! {
        @match node {
            Node::Heading { level, anchor, text } => (heading(*level, anchor, &line(text, site))),
            Node::Paragraph(text) => p { (line(text, site)) },
            Node::Plain(text) => (line(text, site)),
            Node::List { first: None, items } => ul { @for item in items { li { (all(item)) } } },
            Node::List { first: Some(first), items } => {
                ol start=[(*first != 1).then_some(first)] { @for item in items { li { (all(item)) } } }
            },
            Node::Quote(inner) => blockquote { (all(inner)) },
            Node::Code(text) => pre { code { (text) } },
            Node::Table(rows) => (table(rows, site)),
            Node::Rule => hr;,
            Node::Columns(columns) => div.columns { @for column in columns { div { (all(column)) } } },
            Node::Block(block) => (filled(block, site, filling)),
        }
    }
}

/// What the service fills in speaks the visitor's language, also where the page does not.
fn filled(block: &Block, site: &Site, filling: &Filling) -> Markup {
    let own = matches!(block, Block::Button(..) | Block::Video(..) | Block::Anchor(_));
    let tag = site.way.language.tag();
    let other = !own && filling.page.is_some_and(|page| page.language.as_str() != tag);
    let filled = blocks::block(block, site, filling);
    html! { @if other { div lang=(tag) { (filled) } } @else { (filled) } }
}

pub(super) fn heading(level: u8, anchor: &str, text: &Markup) -> Markup {
    html! {
        @match level {
            2 => h2 #(anchor) { (text) },
            3 => h3 #(anchor) { (text) },
            4 => h4 #(anchor) { (text) },
            5 => h5 #(anchor) { (text) },
            _ => h6 #(anchor) { (text) },
        }
    }
}

fn table(rows: &[Vec<Vec<Inline>>], site: &Site) -> Markup {
    html! {
        @if let [head, rest @ ..] = rows {
            div.wide tabindex="0" {
                table {
                    thead { tr { @for cell in head { th scope="col" { (line(cell, site)) } } } }
                    tbody { @for row in rest { tr { @for cell in row { td { (line(cell, site)) } } } } }
                }
            }
        }
    }
}

/// What stands within a line.
pub(super) fn line(inlines: &[Inline], site: &Site) -> Markup {
    html! {
        @for inline in inlines {
            @match inline {
                Inline::Text(text) => (text),
                Inline::Strong(inner) => strong { (line(inner, site)) },
                Inline::Emphasis(inner) => em { (line(inner, site)) },
                Inline::Code(text) => code { (text) },
                Inline::Link { to, text } => a href=(address(to, site)) { (line(text, site)) },
                Inline::Break => br;,
            }
        }
    }
}

/// Where a link leads, in the language of the page.
pub(super) fn address(target: &Target, site: &Site) -> String {
    match target {
        Target::Anchor(anchor) => format!("#{anchor}"),
        Target::Site(path) => site.way.to(path),
        Target::Elsewhere(url) => url.to_string(),
    }
}
