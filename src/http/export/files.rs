use std::{collections::BTreeSet, io};

use axum::body::Bytes;

use crate::http::prepared::{Effort, with_brotli, with_gzip};

/// Fewer bytes travel in one packet whether they are compressed or not.
pub const WORTH_COMPRESSING: usize = 1000;

/// The path of the file for an address, below the root of the site: a page is the index of its folder, and what a query asks
/// for stands below `variants`.
pub fn path_of(address: &str, media_type: &str) -> String {
    let (path, query) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
    let path = path.trim_matches('/');
    let is_page = media_type.starts_with("text/html");
    match query {
        Some(query) => format!("variants/{path}/{}.{}", query.replace('&', ","), extension(media_type)),
        None if is_page && path.is_empty() => "index.html".to_owned(),
        None if is_page => format!("{path}/index.html"),
        None => path.to_owned(),
    }
}

fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => "png",
        "image/svg+xml" => "svg",
        "application/json" => "json",
        _ => "html",
    }
}

/// The addresses of pages of single ZIPs that a page links to.
pub fn zips_linked(page: &Bytes) -> Vec<String> {
    let page = String::from_utf8_lossy(page);
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '?', '#']).next());
    let is_zip = |link: &&str| {
        link.rsplit_once("/zips/").is_some_and(|(_, zip)| zip.len() == 5 && zip.bytes().all(|byte| byte.is_ascii_digit()))
    };
    links.filter(|link| link.starts_with('/')).filter(is_zip).map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The same bytes in each coding, with what the name of such a file ends with.
pub fn compressed(body: &[u8]) -> io::Result<[(&'static str, Bytes); 2]> {
    Ok([("gz", with_gzip(body, Effort::Fast)?), ("br", with_brotli(body, Effort::Fast)?)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_the_index_of_its_folder_and_a_query_a_file_of_its_own() {
        let html = "text/html; charset=utf-8";
        assert_eq!(path_of("/", html), "index.html");
        assert_eq!(path_of("/es", html), "es/index.html");
        assert_eq!(path_of("/zips/981", html), "zips/981/index.html");
        assert_eq!(path_of("/map.png?state=WA", "image/png"), "variants/map.png/state=WA.png");
        assert_eq!(path_of("/fragment/map?state=WA&search=yes", html), "variants/fragment/map/state=WA,search=yes.html");
        assert_eq!(path_of("/api/v1/zips/981.json", "application/json"), "api/v1/zips/981.json");
    }

    #[test]
    fn links_to_single_zips_are_found_once_and_without_what_follows() {
        let page = Bytes::from_static(
            b"<a href=\"/zips/98104\"><a href=\"/zips/98104?x=1\"><a href=\"/zips/981\"><a href=\"https://a.example/zips/98101\">",
        );
        assert_eq!(zips_linked(&page), ["/zips/98104"]);
    }
}
