//! The site as files: what the service would send, with no dead link, from a folder and without the service.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
    path::Path,
    sync::Mutex,
};

use axum::http::StatusCode;
use coverage_map::http::{Exported, Setting, export};
use flate2::read::GzDecoder;
use jiff::civil::date;

use crate::site::{get, snapshot};

type Files = BTreeMap<String, Vec<u8>>;

fn exported() -> (Files, Exported) {
    let files = Mutex::new(Files::new());
    let put = |path: &str, bytes: &[u8]| {
        assert!(files.lock().unwrap().insert(path.to_owned(), bytes.to_vec()).is_none(), "{path} is written twice");
        Ok(())
    };
    let done = export(snapshot(), date(2026, 11, 21), &Setting::default(), Path::new("/srv/map"), put).unwrap();
    (files.into_inner().unwrap(), done)
}

fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    std::str::from_utf8(files.get(path).unwrap_or_else(|| panic!("there is no {path}"))).unwrap()
}

fn links(html: &str) -> BTreeSet<String> {
    let values = ["href=\"", "action=\"", "src=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    let link = |rest: &str| rest.split('"').next().unwrap().replace("&amp;", "&");
    values.map(link).filter(|link| link.starts_with('/')).collect()
}

/// The file that a server of files sends for a link, a question in it unread.
fn file_of(link: &str) -> [String; 2] {
    let path = link.split(['?', '#']).next().unwrap().trim_end_matches('/');
    [format!("site{path}"), format!("site{path}/index.html")]
}

#[test]
fn every_link_of_the_files_leads_to_a_file() {
    let (files, done) = exported();
    let pages: Vec<_> = files.keys().filter(|path| path.ends_with(".html")).collect();
    assert!(pages.len() > 60 && done.addresses > pages.len() / 2, "{} pages, {done:?}", pages.len());
    let mut dead = BTreeSet::new();
    for path in pages {
        for link in links(text(&files, path)) {
            if !file_of(&link).iter().any(|file| files.contains_key(file)) {
                dead.insert(format!("{path} leads to {link}"));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[tokio::test]
async fn files_have_the_bytes_that_the_service_sends() {
    let (files, _) = exported();
    for (address, file) in [
        ("/", "index.html"),
        ("/es", "es/index.html"),
        ("/faq", "faq/index.html"),
        ("/partners", "partners/index.html"),
        ("/partners/birch-center", "partners/birch-center/index.html"),
        ("/states/we", "states/we/index.html"),
        ("/es/counties/01001", "es/counties/01001/index.html"),
        ("/zips/012", "zips/012/index.html"),
        ("/zips", "zips/index.html"),
        ("/embed/map", "embed/map/index.html"),
        ("/fragment/map?state=WE&search=yes&style=none", "variants/fragment/map/state=WE,search=yes,style=none.html"),
        ("/map.svg?state=WE", "variants/map.svg/state=WE.svg"),
        ("/api/v1/zips/012.json", "api/v1/zips/012.json"),
        ("/api/v1/gaps.csv", "api/v1/gaps.csv"),
        ("/embed.js", "embed.js"),
    ] {
        let reply = get(address).await;
        assert_eq!(reply.status, StatusCode::OK, "{address}");
        assert!(text(&files, &format!("site/{file}")) == reply.body, "{address} is not what {file} says");
    }
    let absent = get("/es/nowhere").await.body;
    let heading = absent.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap();
    assert!(text(&files, "site/es/404.html").contains(heading));
}

#[test]
fn the_same_data_gives_the_same_files_and_compressed_ones_say_the_same() {
    let ((files, done), (again, done_again)) = (exported(), exported());
    let differ: Vec<_> = files.keys().chain(again.keys()).filter(|path| files.get(*path) != again.get(*path)).collect();
    assert_eq!((differ, done), (vec![], done_again));
    let plain = &files["site/partners/index.html"];
    let mut unpacked = Vec::new();
    GzDecoder::new(&*files["site/partners/index.html.gz"]).read_to_end(&mut unpacked).unwrap();
    assert!(unpacked == *plain);
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &*files["site/partners/index.html.br"], &mut unpacked).unwrap();
    assert!(unpacked == *plain);
}

#[test]
fn the_server_gets_the_headers_and_the_old_addresses_of_the_service() {
    let (files, _) = exported();
    let nginx = text(&files, "nginx.conf");
    for expected in
        ["root /srv/map/site;", "frame-ancestors 'none'\"", "frame-ancestors *\"", "max-age=31536000, immutable", "/es/404.html"]
    {
        assert!(nginx.contains(expected), "{expected} in {nginx}");
    }
    let redirects = &snapshot().info().redirects.clone();
    for old in redirects {
        assert!(nginx.contains(&format!("return 301 {};", old.to)), "{old:?}");
    }
    assert!(!nginx.contains('@') || nginx.matches('@').count() == nginx.matches("@zip").count(), "{nginx}");
}

#[tokio::test]
async fn zips_are_listed_by_their_first_digits_with_what_to_do() {
    let list = get("/zips/012").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains("<li id=\"01212\">") && list.body.contains("has a partner: Iris School"), "{}", list.body);
    assert!(get("/zips").await.body.contains("<a href=\"/zips/012\">012…</a>"));
    assert!(get("/es/zips?course=csp").await.body.contains("/es/zips/012?course=csp"));
    assert_eq!(get("/zips/999").await.status, StatusCode::NOT_FOUND);
}
