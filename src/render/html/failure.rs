use maud::html;

use super::{Page, Search, Site, icon};
use crate::render::{Failure, links};

/// The page of a request that got no answer: what happened, the input kept, and a way on.
pub fn failure(failure: &Failure, kept: &Search, canonical: &str, site: &Site) -> Page {
    let words = site.words();
    let detail = words.failure_on_page(failure);
    let body = html! {
        p.lede { (detail) }
        @if failure.is_about_a_question() { p.notice { (icon::failed()) " " (words.text("page-no-verdict")) } }
        (kept.form(site))
        ul.links {
            li { a href=(site.way.to(links::PARTNERS)) { (words.text("nav-partners")) } }
            @if site.geography.zips.is_some() { li { a href=(site.way.to(links::ZIPS)) { (words.text("zips-title")) } } }
            li { a href=(site.way.to(links::HOME)) { (words.text("nav-home")) } }
        }
    };
    let page = Page::new(words.failure_title(failure), detail.clone(), canonical, body);
    // The staff area speaks one language.
    if failure.is_of_staff() || canonical.starts_with(links::STAFF) { page.only_here() } else { page }
}
