//! The pages that a snapshot brings along: what the replica would render itself, or left alone.

use std::fs;

use axum::body::Bytes;
use coverage_map::http::{check_pages, keep_prepared};
use jiff::civil::{Date, date};

use super::*;

fn pages_of(built: &Built) -> Vec<u8> {
    built.files.iter().find(|(name, _)| name == "pages.bin").unwrap().1.clone()
}

/// What a service says to browsers, which take brotli: status, tag but for the coding, and what is sent. On request short bodies
/// are not compressed.
async fn seen(app: &Arc<App>, uri: &str) -> (u16, String, Bytes) {
    let request = Request::get(uri).header(header::HOST, "map.example").header(header::ACCEPT_ENCODING, "br");
    let response = router(app.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let tag = response.headers().get(header::ETAG).map(|tag| tag.to_str().unwrap().replace(".br\"", "\"")).unwrap_or_default();
    (response.status().as_u16(), tag, to_bytes(response.into_body(), usize::MAX).await.unwrap())
}

fn plain(body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match brotli::BrotliDecompress(&mut &*body, &mut plain) {
        Ok(()) => plain,
        Err(_) => body.to_vec(),
    }
}

#[tokio::test]
async fn pages_that_are_brought_along_say_what_a_replica_would_render() {
    let publisher = Publisher::new();
    let (dataset, built) = publisher.built_with_pages();
    let snapshot = Arc::new(Snapshot::new(dataset));
    let rendering = Arc::new(App::new(snapshot.clone(), Some(TODAY)));
    let stocked = Arc::new(App::new(snapshot.clone(), Some(TODAY)));
    stocked.swap_with(snapshot, Some(pages_of(&built).into()));
    for uri in ["/", "/es/partners", "/states/we", "/fragment/map", "/embed/map", "/map.svg", "/api/v1/zips/012.json", "/faq"] {
        let (here, there) = (seen(&stocked, uri).await, seen(&rendering, uri).await);
        assert!(here.1 == there.1 && here.0 == 200, "{uri}: {} {}", here.1, there.1);
        assert!(plain(&here.2) == plain(&there.2), "{uri} says something else");
        // Ahead it is compressed harder than on request.
        assert!(here.2.len() < there.2.len(), "{uri} was not brought along: {} {}", here.2.len(), there.2.len());
    }
}

#[test]
fn the_same_snapshot_day_and_address_make_the_same_pages() {
    let publisher = Publisher::new();
    let snapshot = Arc::new(Snapshot::new(publisher.built().0));
    let press = |day, url: Option<&str>| press(snapshot.clone(), day, url.map(|url| url.parse().unwrap()), Effort::Fast).unwrap();
    let first = press(TODAY, None);
    assert!(first == press(TODAY, None));
    assert!(first != press(date(2027, 7, 1), None) && first != press(TODAY, Some("https://map.example.org")));
}

/// Whether a service on a day, at an address, sends what was made for the day of the tests and no address.
async fn uses(publisher: &Publisher, pages: Vec<u8>, day: Date, url: Option<&str>) -> bool {
    let snapshot = Arc::new(Snapshot::new(publisher.built().0));
    let app = App::new(snapshot.clone(), Some(day)).at(url.map(|url| url.parse().unwrap()));
    let app = Arc::new(app);
    let rendered = seen(&app, "/partners").await.2;
    app.swap_with(snapshot, Some(pages.into()));
    let sent = seen(&app, "/partners").await.2;
    assert!(plain(&sent) == plain(&rendered), "whatever is brought along, it is what holds here");
    sent != rendered
}

#[tokio::test]
async fn pages_of_another_day_address_program_or_data_are_left_alone() {
    let publisher = Publisher::new();
    let pages = pages_of(&publisher.built_with_pages().1);
    assert!(uses(&publisher, pages.clone(), TODAY, None).await);
    assert!(!uses(&publisher, pages.clone(), date(2027, 7, 1), None).await);
    assert!(!uses(&publisher, pages.clone(), TODAY, Some("https://map.example.org")).await);
    // The name of the program's sources stands first, behind the kind, the version and its own length.
    let mut of_another = pages.clone();
    of_another[10] = if of_another[10] == b'0' { b'1' } else { b'0' };
    assert!(!uses(&publisher, of_another, TODAY, None).await);
    publisher.rename_partner("Lily School");
    assert!(!uses(&publisher, pages, TODAY, None).await);
}

#[test]
fn pages_that_are_none_are_refused_without_a_panic() {
    let pages = pages_of(&Publisher::new().built_with_pages().1);
    check_pages(pages.clone()).unwrap();
    for end in (0..pages.len()).step_by(4999) {
        check_pages(pages[..end].to_vec()).unwrap_err();
    }
    let longer = [&pages[..], b"x"].concat();
    assert!(check_pages(longer).unwrap_err().to_string().contains("go on after the end"));
    // Its head; what follows are compressed bytes, whose hash tells.
    for at in (0..40_000).step_by(29) {
        let mut other = pages.clone();
        other[at] ^= 1 << (at % 8);
        let _ = check_pages(other);
    }
}

#[test]
fn a_replica_is_given_the_pages_and_keeps_them_for_a_start_without_the_depot() {
    let publisher = Publisher::new();
    let first = publisher.built_with_pages().1;
    publisher.activated(&first);
    let cache = publisher.folder.path().join("cache");
    let mut replica = Replica::begin(&publisher, Some(&cache)).unwrap();
    assert!(replica.follower.pages()() == Some(pages_of(&first)), "they are fetched when the first answers are out");
    publisher.rename_partner("Lily School");
    let second = publisher.built_with_pages().1;
    publisher.activated(&second);
    replica.look();
    assert!(*replica.pages.lock().unwrap() == [Some(pages_of(&second))]);
    fs::remove_dir_all(publisher.place()).unwrap();
    let alone = Replica::begin(&publisher, Some(&cache)).unwrap();
    assert!(alone.follower.pages()() == Some(pages_of(&second)));
}

#[test]
fn damaged_pages_are_named_like_any_damage() {
    let publisher = Publisher::new();
    let first = publisher.release();
    let mut replica = Replica::begin(&publisher, None).unwrap();
    assert_eq!(replica.follower.pages()(), None, "there are none");
    publisher.rename_partner("Lily School");
    let second = publisher.activated(&publisher.built_with_pages().1);
    let path = publisher.file(&second, "pages.bin");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    replica.look();
    let fault = replica.fault().unwrap();
    assert!(replica.serving() == first && fault.contains(second.as_str()) && fault.contains("pages.bin"), "{fault}");
    let (code, said) = publisher.run(&["verify"]);
    assert!(code == 1 && said.contains("pages.bin"), "{said}");
    // A start does not wait for them: everything else of it is whole.
    let started = Replica::begin(&publisher, None).unwrap();
    assert_eq!((started.serving(), started.follower.pages()()), (second, None));
}

#[tokio::test]
async fn a_service_takes_the_pages_of_its_first_snapshot_up_before_it_renders_any() {
    let (dataset, built) = Publisher::new().built_with_pages();
    let app = Arc::new(App::new(Arc::new(Snapshot::new(dataset)), Some(TODAY)));
    let rendered = seen(&app, "/partners").await.2;
    let pages = pages_of(&built);
    keep_prepared(app.clone(), move || Some(pages.into())).unwrap();
    while seen(&app, "/partners").await.2 == rendered {
        tokio::task::yield_now().await;
    }
}

#[test]
fn build_brings_the_pages_of_the_day_along_unless_told_otherwise() {
    let publisher = Publisher::new();
    let built = |more: &[&str]| {
        let (code, said) = publisher.run(&[&["build"], more].concat());
        assert_eq!(code, 0, "{said}");
        let id: SnapshotId = said.split_whitespace().nth(1).unwrap().parse().unwrap();
        fs::metadata(publisher.file(&id, "pages.bin")).map(|file| file.len()).ok()
    };
    let (best, fast) = (built(&[]).unwrap(), built(&["--pages", "fast"]).unwrap());
    assert!(best < fast, "{best} {fast}");
    assert_eq!(built(&["--pages", "none"]), None);
    let (code, said) = publisher.run(&["verify", &publisher.depot().names().unwrap()[0]]);
    assert!(code == 0 && said.contains("is whole"), "{said}");
}
