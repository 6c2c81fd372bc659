//! The site in another language: the same pages, chosen by the address alone, and the way through them.

use axum::http::StatusCode;

use crate::site::{get, request, send};

const PAGES: [&str; 12] = [
    "",
    "/terms",
    "/faq",
    "/apply",
    "/summary",
    "/partners",
    "/partners?q=01201",
    "/partners?q=springfield",
    "/partners?q=99999",
    "/partners/birch-center",
    "/states/ea",
    "/fragment/map",
];

fn links(html: &str) -> Vec<String> {
    html.split(" href=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0.replace("&amp;", "&")).collect()
}

/// The links of a page to pages of this site.
fn ways_on(html: &str) -> Vec<String> {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    links(body).into_iter().filter(|link| link.starts_with('/') && !link.ends_with(".css")).collect()
}

#[tokio::test]
async fn the_site_speaks_spanish_under_its_prefix_and_leads_nowhere_else() {
    for page in PAGES {
        let uri = format!("/es{page}");
        let reply = get(&uri).await;
        assert_eq!(reply.status, StatusCode::OK, "{uri}");
        let english = format!("/{}", page.trim_start_matches('/'));
        for link in ways_on(&reply.body).iter().filter(|link| **link != english) {
            assert!(*link == "/es" || link.starts_with("/es/") || link.starts_with("/es?"), "{uri} leads to {link}");
            assert_eq!(get(link.split('#').next().unwrap()).await.status, StatusCode::OK, "{uri} leads to {link}");
        }
    }
}

#[tokio::test]
async fn a_page_says_its_language_and_where_the_others_are() {
    // The form sends its empty fields, too, where no script removes them.
    let html = get("/es/partners?q=01212&course=&as_of=&utm_source=mail").await.body;
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"es\">"));
    for expected in [
        "<h1>El código postal 01212 (A2 Town, West) tiene socio: Iris School</h1>",
        "<link rel=\"canonical\" href=\"/es/partners?q=01212\">",
        "<link rel=\"alternate\" hreflang=\"en\" href=\"/partners?q=01212\">",
        "<link rel=\"alternate\" hreflang=\"es\" href=\"/es/partners?q=01212\">",
        "<link rel=\"alternate\" hreflang=\"x-default\" href=\"/partners?q=01212\">",
        "<a href=\"/partners?q=01212&amp;utm_source=mail\" lang=\"en\" hreflang=\"en\">English</a>",
    ] {
        assert!(html.contains(expected), "{expected} in {html:.3000}");
    }
    let english = get("/partners?q=01212&utm_source=mail").await.body;
    assert!(english.contains("<a href=\"/es/partners?q=01212&amp;utm_source=mail\" lang=\"es\" hreflang=\"es\">Español</a>"));
}

#[tokio::test]
async fn prose_that_is_not_translated_says_so() {
    assert!(get("/es/terms").await.body.contains("<main id=\"content\" tabindex=\"-1\" lang=\"en\">"));
    assert!(get("/terms").await.body.contains("<main id=\"content\" tabindex=\"-1\">"));
}

#[tokio::test]
async fn a_failure_can_be_read_in_the_other_languages_and_leads_to_no_other_site() {
    assert!(get("/nowhere?q=Boise").await.body.contains("href=\"/es/nowhere?q=Boise\" lang=\"es\""));
    assert!(get("/es/nowhere").await.body.contains("href=\"/nowhere\" lang=\"en\""));
    for foreign in ["/es//evil.example/x", "/es/\\evil.example/x", "//evil.example/x"] {
        for link in links(&get(foreign).await.body) {
            assert!(!link.starts_with("//") && !link.starts_with("/\\"), "{foreign} leads to {link}");
        }
    }
}

#[tokio::test]
async fn failures_are_shown_in_the_language_of_the_address() {
    let reply = get("/es/nowhere").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(reply.body.contains("<html lang=\"es\">") && reply.body.contains("Aquí no hay ninguna página"), "{}", reply.body);
    assert!(reply.body.contains("action=\"/es/partners\""), "{}", reply.body);
}

#[tokio::test]
async fn only_pages_and_embeds_have_languages() {
    for uri in ["/es/api/v1/coverage?zip=01201", "/es/livez", "/es/docs/api", "/es/static/icon.svg", "/en/partners"] {
        assert_eq!(get(uri).await.status, StatusCode::NOT_FOUND, "{uri}");
    }
    let api = get("/docs/api").await.body;
    assert!(!api.contains("hreflang"), "one page, one language");
    for uri in ["/es/fragment/map", "/es/map.svg"] {
        let request = request("GET", uri).body(axum::body::Body::empty()).unwrap();
        assert_eq!(send(request).await.header("access-control-allow-origin"), "*", "{uri}");
    }
    assert!(get("/es/map.svg").await.body.contains("mapa de socios"));
}

#[tokio::test]
async fn every_language_has_tags_of_its_own() {
    let tags = [get("/partners").await, get("/es/partners").await].map(|reply| reply.header("etag").to_owned());
    assert!(!tags[0].is_empty() && tags[0] != tags[1], "{tags:?}");
}

#[tokio::test]
async fn the_course_and_the_day_that_were_asked_for_are_kept_on_every_way() {
    for page in
        ["/partners", "/partners?q=01212", "/partners?q=springfield", "/states/ea", "/partners/birch-center", "/faq", "/map.svg"]
    {
        for prefix in ["", "/es"] {
            let joint = if page.contains('?') { '&' } else { '?' };
            let html = get(&format!("{prefix}{page}{joint}course=csp&as_of=2027-01-15")).await.body;
            let ways = ways_on(&html);
            assert!(!ways.is_empty(), "{page}");
            for link in ways {
                assert!(link.contains("course=csp&as_of=2027-01-15"), "{prefix}{page} leads to {link}");
            }
            if html.contains("<form") {
                assert!(html.contains("name=\"as_of\" value=\"2027-01-15\""), "{page}");
            }
        }
    }
    let plain = get("/partners?q=01212").await.body;
    assert!(!plain.contains("as_of="), "the day stays today's where nobody asked for one");
}

#[tokio::test]
async fn a_slash_too_many_and_old_addresses_lead_on_with_query_and_language() {
    for (from, to) in [
        ("/es/", "/es"),
        ("/es/partners/?q=x", "/es/partners?q=x"),
        ("/partners/?q=x&course=csp", "/partners?q=x&course=csp"),
        ("/old?course=csp", "/partners?course=csp"),
        ("/old/", "/partners"),
        ("/es/old?q=x", "/es/partners?q=x"),
    ] {
        let reply = get(from).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::MOVED_PERMANENTLY, to), "{from}");
    }
    for nothing in ["/nowhere/", "/es/nowhere/", "/counties/99999/", "//evil.example/", "/es//evil.example/"] {
        assert_eq!(get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}
