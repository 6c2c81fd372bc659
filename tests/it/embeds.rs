//! The map in other people's pages: what is sent to them, and what may be done with it.

use std::{collections::BTreeSet, io::Write, sync::Arc};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, StatusCode, header},
};
use coverage_map::{
    http::{App, router},
    render::png::size_of,
    snapshot::Snapshot,
    source::{Embedded, Folder, load},
};
use jiff::civil::date;
use tower::ServiceExt;

use crate::site::{get, request, service, service_at, snapshot};

const PUBLIC: &str = "https://map.example.org";

pub async fn at_public(uri: &str) -> String {
    let response = service_at(PUBLIC).oneshot(request("GET", uri).body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{uri}");
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

async fn bytes(uri: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let response = service().oneshot(request("GET", uri).body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
}

fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn a_fragment_works_under_a_strict_policy_of_its_page() {
    let html = get("/fragment/map?search=yes").await.body;
    for forbidden in [" style=", "<style", "<script", "javascript:", " onclick="] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert!(html.starts_with("<section class=\"coverage-map\""), "{html:.80}");
}

#[tokio::test]
async fn ids_of_fragments_that_show_different_things_never_collide() {
    let mut seen = BTreeSet::new();
    for uri in ["", "?state=WE", "?state=EA", "?course=csd", "?as_of=2027-07-01", "?state=WE&course=csd", "?id=second"] {
        let html = get(&format!("/fragment/map{uri}")).await.body;
        let ids = attributes(&html, "id");
        assert!(ids.len() > 3, "{uri}");
        for id in ids {
            assert!(id.starts_with("partner-map") && seen.insert(id.to_owned()), "{id} of {uri}");
        }
        for reference in html.split("url(#").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            assert!(seen.contains(reference), "{reference}");
        }
    }
}

/// Links that leave the page; the way past the map stays in it.
fn out_of(html: &str) -> Vec<&str> {
    attributes(html, "href").into_iter().filter(|link| !link.starts_with('#')).collect()
}

#[tokio::test]
async fn links_out_of_a_fragment_name_the_site_where_its_address_is_known() {
    let html = at_public("/es/fragment/map?search=yes&course=csd").await;
    let links = out_of(&html);
    assert!(links.len() > 5 && links.iter().all(|link| link.starts_with(PUBLIC)), "{links:?}");
    assert!(links.iter().any(|link| link.starts_with("https://map.example.org/es/partners/")), "{links:?}");
    assert_eq!(attributes(&html, "action"), ["https://map.example.org/es/partners"]);
    let here = get("/fragment/map").await.body;
    assert!(out_of(&here).iter().all(|link| link.starts_with('/')));
}

#[tokio::test]
async fn the_frame_may_stand_on_any_page_and_nothing_else_may() {
    let frame = get("/embed/map?state=WE").await;
    assert_eq!((frame.status, frame.header("x-frame-options")), (StatusCode::OK, ""));
    assert!(frame.header("content-security-policy").ends_with("frame-ancestors *"));
    assert!(frame.body.contains("<base target=\"_top\">"));
    for uri in ["/", "/partners", "/embed", "/fragment/map", "/embed/map?state=ZZ"] {
        let page = get(uri).await;
        assert_eq!(page.header("x-frame-options"), "DENY", "{uri}");
        assert!(page.header("content-security-policy").ends_with("frame-ancestors 'none'"), "{uri}");
    }
}

#[tokio::test]
async fn a_theme_is_light_or_dark_or_left_to_the_visitor() {
    let light = get("/map.svg?theme=light").await.body;
    let dark = get("/map.svg?theme=dark").await.body;
    let auto = get("/map.svg").await.body;
    assert!(auto.contains("prefers-color-scheme:dark") && !light.contains("<style") && !dark.contains("<style"));
    assert!(light.contains("fill=\"#ffffff\"") && !dark.contains("fill=\"#ffffff\""));
    assert!(get("/fragment/map?theme=dark").await.body.contains("data-theme=\"dark\""));
    assert_eq!(get("/fragment/map?theme=pink").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn pictures_have_the_size_of_a_card_or_the_width_that_is_asked_for() {
    let (status, headers, card) = bytes("/map.png").await;
    assert_eq!((status, size_of(&card)), (StatusCode::OK, Some([1200, 630])));
    assert_eq!(headers[header::CONTENT_TYPE], "image/png");
    let (.., wide) = bytes("/map.png?width=300&state=WE&theme=dark").await;
    assert_eq!(size_of(&wide).map(|size| size[0]), Some(300));
    assert_eq!(bytes("/map.png?width=300&state=WE&theme=dark").await.2, wide, "the same bytes every time");
    for width in ["199", "2401", "0", "-1", "wide", "1e3"] {
        assert_eq!(get(&format!("/map.png?width={width}")).await.status, StatusCode::BAD_REQUEST, "{width}");
    }
}

#[tokio::test]
async fn an_unknown_state_or_partner_is_named_in_the_failure() {
    for uri in ["/map.svg?state=ZZ", "/fragment/map?state=ZZ", "/map.png?state=ZZ", "/partners?partner=ZZ"] {
        let page = get(uri).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{uri}");
        assert!(page.body.contains("ZZ"), "{uri}");
    }
}

#[tokio::test]
async fn oembed_tells_how_a_link_can_be_shown_in_both_forms() {
    let ask =
        |form: &str| format!("/oembed?url=https%3A%2F%2Fmap.example.org%2Fstates%2Fwe%3Fcourse%3Dcsd&maxwidth=500&format={form}");
    let json: serde_json::Value = serde_json::from_str(&at_public(&ask("json")).await).unwrap();
    assert_eq!((json["type"].as_str(), json["version"].as_str(), json["width"].as_u64()), (Some("rich"), Some("1.0"), Some(500)));
    let html = json["html"].as_str().unwrap();
    assert!(html.contains("src=\"https://map.example.org/embed/map?state=WE&amp;course=csd\""), "{html}");
    assert!(json.get("thumbnail_url").is_none(), "no picture is as narrow as asked for");
    let xml = at_public(&ask("xml")).await;
    let xml = roxmltree::Document::parse(&xml).unwrap();
    let element = xml.descendants().find(|node| node.has_tag_name("html")).unwrap();
    assert_eq!(element.text(), Some(html));
}

#[tokio::test]
async fn oembed_refuses_other_forms_and_other_sites_by_the_protocols_own_codes() {
    let asked = |rest: &str| format!("/oembed?url=https%3A%2F%2Fcoverage.example%2Fpartners{rest}");
    assert_eq!(get(&asked("")).await.status, StatusCode::OK);
    assert_eq!(get(&asked("&format=yaml")).await.status, StatusCode::NOT_IMPLEMENTED);
    assert_eq!(get("/oembed?url=https%3A%2F%2Felsewhere.example%2Fpartners").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get("/oembed?url=https%3A%2F%2Fcoverage.example%2Fterms").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get("/oembed").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn map_pages_say_what_they_are_to_who_links_to_them() {
    let html = at_public("/states/we").await;
    assert!(html.contains("<meta property=\"og:image\" content=\"https://map.example.org/map.png?state=WE\">"));
    let discovery = attributes(&html, "href").into_iter().find(|link| link.contains("format=json")).unwrap();
    let answer = at_public(&discovery.replace("&amp;", "&")).await;
    assert!(answer.contains("/embed/map?state=WE"), "{answer}");
}

#[tokio::test]
async fn one_embed_shows_the_same_generation_and_day_as_the_other() {
    let generation = snapshot().generation().to_string();
    for uri in ["/fragment/map?as_of=2027-07-01", "/embed/map?as_of=2027-07-01", "/partners?as_of=2027-07-01"] {
        let html = get(uri).await.body;
        assert!(html.contains(&generation) && html.contains("1 July 2027"), "{uri}");
    }
}

#[tokio::test]
async fn a_position_in_a_form_is_answered_and_stands_in_no_address() {
    let ask = request("POST", "/partners").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let reply = crate::site::send(ask.body(Body::from("lat=40.512&lon=10.312&course=csd&as_of=")).unwrap()).await;
    assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(reply.body.contains("class=\"badge"), "{}", reply.body);
    for address in attributes(&reply.body, "href").into_iter().chain(attributes(&reply.body, "action")) {
        assert!(!address.contains("40.5") && !address.contains("10.3"), "{address}");
    }
    for bad in ["lat=abc&lon=1", "lat=91&lon=1", "lat=1", ""] {
        let ask = request("POST", "/partners").body(Body::from(bad)).unwrap();
        assert_eq!(crate::site::send(ask).await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[tokio::test]
async fn the_snippet_is_what_other_pages_need() {
    let page = at_public("/embed?kind=element&state=WE&theme=dark&course=csd").await;
    assert!(page.contains("&lt;script src=&quot;https://map.example.org/embed.js&quot; async&gt;&lt;/script&gt;"), "{page}");
    assert!(page.contains("&lt;partner-map state=&quot;WE&quot; course=&quot;csd&quot; theme=&quot;dark&quot;&gt;"), "{page}");
    assert!(page.contains("<iframe class=\"preview\" src=\"/embed/map?course=csd&amp;state=WE&amp;theme=dark\""), "{page}");
}

/// Bytes of a text over the wire, at brotli's best.
fn weight(text: &str) -> usize {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 4096, 11, 22).write_all(text.as_bytes()).unwrap();
    packed.len()
}

#[tokio::test]
async fn the_national_map_is_light() {
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram)).unwrap();
    let app = Arc::new(App::new(Arc::new(Snapshot::new(loaded.dataset.unwrap())), Some(date(2026, 11, 21))));
    let router = router(app);
    let text = async |uri: &str| {
        let response = router.clone().oneshot(request("GET", uri).body(Body::empty()).unwrap()).await.unwrap();
        assert!(!response.headers().contains_key(header::SET_COOKIE));
        String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
    };
    let page = text("/partners").await;
    let files: Vec<_> = attributes(&page, "href")
        .into_iter()
        .chain(attributes(&page, "src"))
        .filter(|path| path.starts_with("/static/"))
        .collect();
    let mut whole = weight(&page);
    for file in &files {
        whole += weight(&text(file).await);
    }
    let script = weight(&text(files.iter().find(|file| file.ends_with(".js")).unwrap()).await);
    let [fragment, element] = [weight(&text("/fragment/map").await), weight(&text("/embed.js").await)];
    println!("page with its files {whole}, script {script}, fragment {fragment}, element {element} bytes");
    assert!(
        whole <= 75_000 && script <= 12_000 && fragment <= 40_000 && element <= 12_000,
        "{whole} {script} {fragment} {element}"
    );
}
