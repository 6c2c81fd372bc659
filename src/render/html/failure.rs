use maud::html;

use super::{Page, Search, Site};
use crate::render::{
    Failure, links,
    words::{self, label},
};

/// The page of a request that got no answer: what happened, the input kept, and a way on.
pub fn failure(failure: &Failure, kept: &Search, canonical: &str, site: &Site) -> Page {
    let detail = words::failure_detail(failure);
    let body = html! {
        p.lede { (detail) }
        (kept.form(&site.program.courses))
        ul.links {
            li { a href=(links::PARTNERS) { (label::PARTNERS) } }
            li { a href=(links::HOME) { (label::HOME) } }
        }
    };
    Page::new(words::failure_title(failure), detail.clone(), canonical, body)
}
