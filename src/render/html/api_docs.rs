use maud::{Markup, html};

use super::Page;
use crate::render::{Failure, Language, links, words::Words};

/// How programs ask, and what can go wrong.
pub fn api_docs() -> Page {
    let body = html! {
        p.lede { "One address answers whether a place has a partner. It needs no key." }
        pre { code { "GET /api/v1/coverage?zip=98101" } }
        h2 { "Questions" }
        (questions())
        p { "Each takes " code { "as_of" } " (a day, 2026-11-21) and " code { "course" } " besides." }
        p {
            "A position that must not stand in an address goes into a body: "
            code { "POST /api/v1/coverage" } " with " code { "{\"lat\": 47.6, \"lon\": -122.3}" } " as application/json."
        }
        h2 { "Problems" }
        p { "A request that cannot be answered gets application/problem+json (RFC 9457). Its " code { "type" } " leads here." }
        dl.facts {
            @for failure in Failure::examples() {
                div #(failure.name()) {
                    dt { code { (failure.name()) } " (" (failure.status()) ")" }
                    dd { (Words::default().failure_title(&failure)) "." }
                }
            }
        }
    };
    Page::new("For programs", "How programs ask whether a place has a partner, and what can go wrong.", links::API_DOCS, body)
        .written_in(Language::default())
        .only_here()
}

fn questions() -> Markup {
    let ways = [
        ("lat, lon", "a position in degrees, lat=47.6&lon=-122.3"),
        ("zip", "a ZIP Code, 98101"),
        ("state", "a state by its name or code, WA"),
        ("county", "a county by its GEOID or name, 53033 or King County, WA"),
        ("place", "a town, city or village, Seattle, WA"),
        ("region", "a region by its id, region:puget-sound"),
        ("q", "anything of these, as people type it"),
    ];
    html! {
        dl.facts { @for (name, what) in ways { div { dt { code { (name) } } dd { (what) } } } }
    }
}
