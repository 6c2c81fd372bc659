//! The versions of a page: the list of them, and two of them side by side.

use maud::{Markup, html};

use super::{
    Page, Site,
    article::{Filling, framed, heading, line, nodes, only_in, written_in},
};
use crate::{
    domain::{Inline, NavPlace, Node, ProgramPage, Slug},
    render::{Language, links},
};

/// The other versions of a page, with the ways to compare them.
pub fn list(site: &Site, page: &ProgramPage) -> Markup {
    let words = site.words();
    let of = page.version_of.as_ref().unwrap_or(&page.name);
    let versions = site.program.pages.versions(of);
    let latest = versions.first().map_or_else(String::new, |latest| year(latest).to_owned());
    let other = if page.version_of.is_some() { Some(page) } else { versions.get(1).copied() };
    html! {
        @if !versions.is_empty() {
            nav.versions aria-labelledby="versions" {
                p #versions { (words.text("versions")) }
                ul {
                    @for version in &versions {
                        li {
                            a href=(site.way.to(&links::page(&version.name))) aria-current=[(version.name == page.name).then_some("page")] { (year(version)) }
                        }
                    }
                    @if let Some(other) = other {
                        li { a href=(site.way.to(&links::compare(of, year(other), &latest))) { (words.say("versions-compare", &[("old", year(other)), ("new", &latest)])) } }
                    }
                }
            }
        }
    }
}

fn year(page: &ProgramPage) -> &str {
    page.year.as_deref().unwrap_or_default()
}

/// Two versions side by side, section by section.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The earlier one.
    pub old: &'a ProgramPage,
    /// The later one.
    pub new: &'a ProgramPage,
}

/// What stands below a heading, up to the next one.
struct Part<'a> {
    level: u8,
    anchor: &'a str,
    text: &'a [Inline],
    nodes: Vec<&'a Node>,
}

/// The page that compares two versions of a page.
pub fn comparison(site: &Site, of: &Slug, versions: &[&ProgramPage], pair: Pair) -> Page {
    let words = site.words();
    let (old, new) = (parts(pair.old), parts(pair.new));
    let language = written_in(pair.new).filter(|language| *language != site.way.language);
    let title =
        words.say("compare-title", &[("page", name(of, versions, site)), ("old", year(pair.old)), ("new", year(pair.new))]);
    let body = html! {
        (only_in(site, pair.new))
        (choice(site, of, versions, pair))
        p { (words.text("compare-lead")) }
        div.comparison lang=[language.map(Language::tag)] {
            @for (before, after) in matched(&old, &new) { (row(site, before, after, pair)) }
        }
    };
    let mut page = Page { language: None, ..framed(site, pair.new, body) };
    page.description = words.say("compare-description", &[("old", &pair.old.title), ("new", &pair.new.title)]);
    page.canonical = links::compare(of, year(pair.old), year(pair.new));
    (page.title, page.heading) = (title.clone(), title);
    page
}

/// What the page is called whatever its year: its name in the navigation, where it stands there.
fn name<'v>(of: &Slug, versions: &[&'v ProgramPage], site: &Site) -> &'v str {
    let latest = versions.iter().find(|version| version.name == *of).or(versions.first());
    let label = |nav: &'v NavPlace| nav.label_in(site.way.language.tag()).unwrap_or(&nav.label);
    latest.map_or("", |page| page.nav.as_ref().map_or(&*page.title, label))
}

/// The choice of the two versions.
fn choice(site: &Site, of: &Slug, versions: &[&ProgramPage], pair: Pair) -> Markup {
    let words = site.words();
    let choose = |name: &str, label: &str, chosen: &ProgramPage| {
        html! {
            label.inline for=(name) { (words.text(label)) }
            select id=(name) name=(name) {
                @for version in versions { option value=(year(version)) selected[version.name == chosen.name] { (year(version)) } }
            }
        }
    };
    html! {
        form.choice action=(links::prefixed(site.way.language, &links::comparison(of))) method="get" {
            div.row {
                (choose("old", "compare-old", pair.old))
                (choose("new", "compare-new", pair.new))
                button type="submit" { (words.text("compare-button")) }
            }
        }
    }
}

/// The sections of a page, in their order; what stands before the first heading is no part of a comparison.
fn parts(page: &ProgramPage) -> Vec<Part<'_>> {
    let mut parts: Vec<Part> = Vec::new();
    for node in &page.body {
        match (node, parts.last_mut()) {
            (Node::Heading { level, anchor, text }, _) => parts.push(Part { level: *level, anchor, text, nodes: Vec::new() }),
            (Node::Block(_), _) | (_, None) => {}
            (node, Some(part)) => part.nodes.push(node),
        }
    }
    parts
}

/// The sections of both, matched by their anchors, in the order of the later version; what it no longer has stands
/// behind what it stood behind before.
fn matched<'p, 'a>(old: &'p [Part<'a>], new: &'p [Part<'a>]) -> Vec<(Option<&'p Part<'a>>, Option<&'p Part<'a>>)> {
    let mut rows: Vec<_> =
        new.iter().map(|after| (old.iter().find(|before| before.anchor == after.anchor), Some(after))).collect();
    for (i, gone) in old.iter().enumerate().filter(|(_, before)| new.iter().all(|after| after.anchor != before.anchor)) {
        let previous = i.checked_sub(1).and_then(|i| old.get(i)).map(|part| part.anchor);
        let stands_behind = |row: &(Option<&Part>, Option<&Part>)| row.0.or(row.1).map(|part| part.anchor) == previous;
        let at = rows.iter().position(stands_behind).map_or(0, |at| at + 1);
        rows.insert(at, (Some(gone), None));
    }
    rows
}

fn row(site: &Site, before: Option<&Part>, after: Option<&Part>, pair: Pair) -> Markup {
    let Some(named) = after.or(before) else { return html! {} };
    let is_empty = |part: Option<&Part>| part.is_none_or(|part| part.nodes.is_empty());
    let same = before.map(|part| &part.nodes) == after.map(|part| &part.nodes);
    html! {
        (heading(named.level, named.anchor, &line(named.text, site)))
        @if is_empty(before) && is_empty(after) {}
        @else if same { p.same lang=(site.way.language.tag()) { (site.words().text("compare-same")) } (side(site, after, pair.new)) }
        @else { div.columns { (side(site, before, pair.old)) (side(site, after, pair.new)) } }
    }
}

fn side(site: &Site, part: Option<&Part>, version: &ProgramPage) -> Markup {
    let shown: Vec<Node> = part.into_iter().flat_map(|part| part.nodes.iter().map(|node| (*node).clone())).collect();
    html! {
        div.side {
            p.year { (year(version)) }
            @if shown.is_empty() { p.hint lang=(site.way.language.tag()) { (site.words().text("compare-nothing")) } }
            @else { (nodes(&shown, site, &Filling::default())) }
        }
    }
}
