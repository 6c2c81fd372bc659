//! Pages for people.

use axum::http::StatusCode;

use crate::site::{get, get_sample};

const PAGES: [&str; 27] = [
    "/",
    "/terms",
    "/faq",
    "/apply",
    "/apply?region=county:03001",
    "/apply?region=state:WE",
    "/summary",
    "/partners",
    "/partners?q=01201",
    "/partners?q=springfield",
    "/partners?q=99999",
    "/partners?q=47,-150",
    "/partners/birch-center",
    "/states/ea",
    "/counties/01003",
    "/docs/api",
    "/nowhere",
    "/privacy",
    "/everything",
    "/terms-2016",
    "/terms/compare",
    "/apply?q=42.1,13.8",
    "/apply?q=springfield",
    "/apply?region=zip:99999",
    "/apply?region=zip:04501",
    "/apply?region=state:EA",
    "/apply?region=county:abc",
];

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let after = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text:.400}")).1;
    after.split_once(end).unwrap().0
}

fn attributes(html: &str, name: &str) -> Vec<String> {
    html.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split_once('"').unwrap().0.replace("&amp;", "&")).collect()
}

#[tokio::test]
async fn every_page_has_one_heading_a_title_a_description_a_canonical_address_and_a_language() {
    for uri in PAGES {
        let html = get(uri).await.body;
        assert_eq!(html.matches("<h1").count(), 1, "{uri}");
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{uri}");
        assert!(between(&html, "<title>", "</title>").ends_with(" · Toy Program"), "{uri}");
        assert!(between(&html, "name=\"description\" content=\"", "\"").len() > 20, "{uri}");
        assert!(between(&html, "rel=\"canonical\" href=\"", "\"").starts_with('/'), "{uri}");
        assert!(html.contains("generation") || html.contains("data ") && html.contains("21 November 2026"), "{uri}");
    }
}

#[tokio::test]
async fn no_page_has_inline_style_or_script_or_calls_anyone_else() {
    for uri in PAGES {
        let html = get(uri).await.body;
        assert!(!html.contains(" style=") && !html.contains("<style"), "{uri}");
        for script in html.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').unwrap();
            assert!(tag.contains(" src=\"/") && rest.starts_with("</script>"), "{uri}: {tag}");
        }
        for source in attributes(&html, "src") {
            assert!(source.starts_with('/'), "{uri}: {source}");
        }
    }
}

#[tokio::test]
async fn no_id_stands_twice_and_no_link_within_the_site_is_dead() {
    for uri in PAGES {
        let page = get(uri).await;
        // What does not exist does not exist in the other language either.
        let nothing = format!("/es{uri}");
        let is_there = |link: &str| page.status == StatusCode::OK || link != nothing;
        let html = page.body;
        let ids = attributes(&html, "id");
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{uri}: {ids:?}");
        let links: std::collections::BTreeSet<_> = attributes(&html, "href").into_iter().collect();
        for link in links.iter().filter(|link| link.starts_with('/') && *link != uri && is_there(link)) {
            let status = get(link.split('#').next().unwrap()).await.status;
            assert_eq!(status, StatusCode::OK, "{uri} leads to {link}");
        }
        for anchor in links.iter().filter_map(|link| link.strip_prefix('#')) {
            assert!(ids.iter().any(|id| id == anchor), "{uri} leads to #{anchor}");
        }
    }
}

#[tokio::test]
async fn the_verdict_is_heading_and_title_and_the_input_is_kept() {
    let html = get("/partners?q=+01212+").await.body;
    let verdict = "ZIP 01212 (A2 Town, West) has a partner: Iris School";
    assert_eq!(between(&html, "<h1>", "</h1>"), verdict);
    assert_eq!(between(&html, "<title>", "</title>"), format!("{verdict} · Toy Program"));
    assert!(html.contains("name=\"q\" value=\"01212\""), "{html}");
}

#[tokio::test]
async fn an_error_page_keeps_the_input_and_offers_a_way_on() {
    let reply = get("/partners?q=Oak+%22Hill&as_of=yesterday").await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(reply.body.contains("value=\"Oak &quot;Hill\"") && reply.body.contains("href=\"/partners\""), "{}", reply.body);
}

#[tokio::test]
async fn pages_ignore_parameters_that_are_for_others() {
    assert_eq!(get("/partners?q=01212&utm_source=mail&course=").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_anchors_of_the_old_pages_are_kept() {
    for prefix in ["", "/es"] {
        let faq = get_sample(&format!("{prefix}/faq")).await.body;
        for anchor in ["top", "map", "pm", "press", "cs", "joint", "facilitators", "recruit", "ca", "pay"] {
            assert_eq!(faq.matches(&format!("id=\"{anchor}\"")).count(), 1, "{prefix} {anchor}");
        }
        let home = get_sample(if prefix.is_empty() { "/" } else { prefix }).await.body;
        assert!(home.contains("id=\"partners\"") && home.contains("id=\"locations\""), "{prefix}");
    }
}

#[tokio::test]
async fn the_present_page_is_marked_in_the_navigation() {
    for (uri, name) in
        [("/", "Home"), ("/terms", "Terms"), ("/terms-2016", "Terms"), ("/partners", "Where we have partners"), ("/faq", "FAQ")]
    {
        let html = get(uri).await.body;
        assert_eq!(between(&html, "aria-current=\"page\">", "<"), name);
    }
}

#[tokio::test]
async fn applying_for_a_covered_region_leads_to_its_partner_and_for_an_open_one_to_the_form() {
    let taken = get("/apply?region=county:01003").await.body;
    assert!(taken.contains("Birch Center") && taken.contains("https://example.org/birch"), "{taken}");
    let free = get("/apply?region=county:03001").await.body;
    assert!(free.contains("A4 County, North has no partner yet"), "{free}");
}

#[tokio::test]
async fn region_pages_of_what_does_not_exist_are_not_found_in_words() {
    for uri in ["/zips/99999", "/states/xx", "/counties/99999", "/regions/nope", "/partners/nope", "/zips/abc"] {
        let reply = get(uri).await;
        assert_eq!((reply.status, reply.media_type()), (StatusCode::NOT_FOUND, "text/html; charset=utf-8"), "{uri}");
    }
}

#[tokio::test]
async fn list_and_answers_agree() {
    let list = get("/partners").await.body;
    for (code, label) in [("we", "Alder Hub"), ("ea", "Cedar Works"), ("no", "Juniper Group")] {
        assert!(list.contains(label) && get(&format!("/states/{code}")).await.body.contains(label), "{code}");
    }
}
