//! A crawler walks the sample's site from its two front doors: every link within the site leads somewhere, every anchor is
//! there, and every page is whole.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::StatusCode;

use crate::site::{Reply, get_sample};

/// How many pages of a kind are visited in a language: counties are alike, and there are thousands.
const OF_A_KIND: usize = 12;

/// A page that was visited: what is on it, and where it leads.
struct Visited {
    ids: BTreeSet<String>,
    links: Vec<String>,
}

fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let values = html.split(&start).skip(1);
    values.map(|rest| rest.split_once('"').unwrap().0.replace("&amp;", "&").replace("&quot;", "\"")).collect()
}

fn content(html: &str, start: &str, end: &str) -> String {
    html.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or_else(String::new, |(text, _)| text.to_owned())
}

/// The address without its anchor, and the anchor.
fn split(link: &str) -> (&str, Option<&str>) {
    link.split_once('#').map_or((link, None), |(address, anchor)| (address, Some(anchor)))
}

/// What kind of page an address leads to, its language included: `es/counties`.
fn kind(address: &str) -> String {
    let path = address.split('?').next().unwrap();
    let asks = if address.contains('?') { "?" } else { "" };
    let steps: Vec<_> = path.trim_start_matches('/').split('/').collect();
    let kept = steps.len().saturating_sub(1).max(usize::from(steps[0] == "es") + 1).min(steps.len());
    format!("{}{asks}", steps[..kept].join("/"))
}

fn faults(address: &str, reply: &Reply) -> Vec<String> {
    let html = &reply.body;
    let language = if address == "/es" || address.starts_with("/es/") || address.starts_with("/es?") { "es" } else { "en" };
    let ids = attributes(html, "id");
    let unique: BTreeSet<_> = ids.iter().collect();
    [
        (html.matches("<h1").count() == 1, "has not one heading of the first level"),
        (!content(html, "<h1>", "</h1>").trim().is_empty(), "has an empty heading"),
        (content(html, "<title>", "</title>").ends_with(" · Regional Partner Program (sample)"), "has no title"),
        (content(html, "name=\"description\" content=\"", "\"").len() > 20, "has no description"),
        (html.matches("rel=\"canonical\"").count() == 1, "has not one canonical address"),
        (html.starts_with(&format!("<!DOCTYPE html><html lang=\"{language}\">")), "does not say its language"),
        (unique.len() == ids.len(), "has an id twice"),
        (html.matches(" aria-current=\"page\"").count() <= 2, "marks too many places as the present one"),
    ]
    .into_iter()
    .filter(|(holds, _)| !holds)
    .map(|(_, fault)| format!("{address} {fault}"))
    .collect()
}

#[tokio::test]
async fn no_link_and_no_anchor_of_the_site_is_dead_and_every_page_is_whole() {
    let mut waiting = VecDeque::from(["/".to_owned(), "/es".to_owned()]);
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut visited: BTreeMap<String, Visited> = BTreeMap::new();
    let mut wrong = Vec::new();
    while let Some(address) = waiting.pop_front() {
        let count = kinds.entry(kind(&address)).or_default();
        *count += 1;
        if *count > OF_A_KIND {
            continue;
        }
        let reply = get_sample(&address).await;
        if reply.status != StatusCode::OK {
            wrong.push(format!("{address} answers {}", reply.status));
            continue;
        }
        if !reply.media_type().starts_with("text/html") || address.contains("/fragment/") || address.contains("/embed") {
            continue;
        }
        wrong.extend(faults(&address, &reply));
        let links: Vec<_> = attributes(&reply.body, "href").into_iter().filter(|link| link.starts_with(['/', '#'])).collect();
        for link in &links {
            let (target, _) = split(link);
            if target.starts_with('/') && seen.insert(target.to_owned()) {
                waiting.push_back(target.to_owned());
            }
        }
        visited.insert(address, Visited { ids: attributes(&reply.body, "id").into_iter().collect(), links });
    }
    for (address, page) in &visited {
        for link in &page.links {
            let (target, Some(anchor)) = split(link) else { continue };
            let there = if target.is_empty() { Some(page) } else { visited.get(target) };
            if there.is_some_and(|there| !there.ids.contains(anchor)) {
                wrong.push(format!("{address} leads to {link}, and there is no such anchor"));
            }
        }
    }
    assert!(visited.len() > 100 && visited.keys().filter(|address| address.starts_with("/es")).count() > 40, "{}", visited.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
