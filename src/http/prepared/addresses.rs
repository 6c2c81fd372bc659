use std::collections::BTreeSet;

use crate::{
    catalogue,
    domain::RegionId,
    http::Current,
    render::{Language, links},
};

/// Every address that is prepared, what is asked for most first; as [`super::key`] writes them.
pub fn addresses(current: &Current) -> Vec<String> {
    let mut all: Vec<String> = current.files.addresses().map(str::to_owned).collect();
    all.extend([links::API_DOCS, "/openapi.json"].map(str::to_owned));
    all.extend(in_languages(&COUNTRY.map(str::to_owned)));
    all.extend(in_languages(&program_pages(current)));
    all.extend(in_languages(&states(current)));
    let partners: Vec<_> = catalogue::partners(&current.snapshot).into_iter().map(links::partner).collect();
    all.extend(in_languages(&partners));
    all.extend(zip_prefixes(current).iter().map(|digits| links::zips_with_prefix(digits)));
    all.extend(in_languages(&pictures(current)));
    all
}

/// The country's map wherever it stands.
pub const COUNTRY: [&str; 8] = [
    links::PARTNERS,
    links::HOME,
    "/fragment/map",
    "/fragment/map?search=yes&style=none",
    links::FRAME,
    "/map.svg",
    links::CARD,
    "/embed/map?theme=light",
];

/// The pages of the program, each once; the overview stands at the root.
fn program_pages(current: &Current) -> Vec<String> {
    let names: BTreeSet<_> = current.snapshot.info().pages.iter().map(|page| page.name.as_str()).collect();
    names.into_iter().filter(|name| *name != links::OVERVIEW).map(|name| format!("/{name}")).collect()
}

fn codes(current: &Current) -> impl Iterator<Item = String> {
    current.snapshot.land().geography().states.iter().map(|state| state.code.to_string())
}

/// Each state's page, and its map in other pages.
fn states(current: &Current) -> Vec<String> {
    let pages = current.snapshot.land().geography().states.iter().map(|state| links::region(&RegionId::State(state.code)));
    let embeds = codes(current).flat_map(|code| {
        [
            format!("/fragment/map?state={code}"),
            format!("/fragment/map?search=yes&state={code}&style=none"),
            format!("{}?state={code}", links::FRAME),
        ]
    });
    pages.chain(embeds).collect()
}

/// Each state's map as a picture, for cards and mails.
fn pictures(current: &Current) -> Vec<String> {
    codes(current).flat_map(|code| [format!("{}?state={code}", links::CARD), format!("/map.svg?state={code}")]).collect()
}

/// The first three digits of all ZIPs.
fn zip_prefixes(current: &Current) -> BTreeSet<String> {
    current.snapshot.land().zips().all().map(|(_, zip)| zip.zip.to_string()[..3].to_owned()).collect()
}

fn in_languages(addresses: &[String]) -> Vec<String> {
    Language::all().flat_map(|language| addresses.iter().map(move |address| links::prefixed(language, address))).collect()
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, sync::Arc};

    use axum::{
        body::Body,
        http::{Request, StatusCode},
    };
    use jiff::civil::date;
    use tower::ServiceExt;

    use super::*;
    use crate::{
        http::{App, routes::content},
        snapshot::Snapshot,
        source::{Folder, load},
    };

    #[tokio::test]
    async fn every_address_that_is_prepared_is_there() {
        let folder = |name: &str| Folder::Directory(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/toy").join(name));
        let loaded = load(&folder("geography"), &folder("program")).unwrap();
        let app = Arc::new(App::new(Arc::new(Snapshot::new(loaded.dataset.unwrap())), Some(date(2026, 11, 21))));
        let addresses = addresses(&app.current());
        assert!(addresses.iter().any(|address| address == "/api/v1/zips/012.json"), "{addresses:?}");
        for address in addresses {
            let request = Request::get(&address).body(Body::empty()).unwrap();
            let response = content(app.clone()).oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{address}");
        }
    }
}
