//! One question in every format, side by side: `tests/golden`, blessed by `BLESS=1 cargo test --test it golden`.

use std::{fs, path::PathBuf};

use crate::{cli::said, site::get};

pub fn check(name: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "tests/golden/{name} differs; if that is right, BLESS=1 cargo test --test it golden");
}

/// The body of a page, an element a line, without the map.
fn body(html: &str) -> String {
    let main = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let (before, rest) = main.split_once("<figure").unwrap_or((main, ""));
    let after = rest.split_once("</figure>").map_or("", |(_, after)| after);
    format!("<main{before}{after}</main>\n").replace("><", ">\n<")
}

#[tokio::test]
async fn one_question_in_every_format() {
    for (name, question) in [("covered", "01212"), ("partly", "D2 County, East"), ("open", "03401"), ("ambiguous", "springfield")]
    {
        check(&format!("{name}.txt"), &said(&["lookup", question]).0);
        check(&format!("{name}.json"), &said(&["lookup", question, "--format", "json"]).0);
        check(&format!("{name}.csv"), &said(&["lookup", question, "--format", "csv"]).0);
        check(&format!("{name}.explained.txt"), &said(&["explain", question]).0);
        let address = format!("/partners?q={}", question.replace(' ', "+"));
        check(&format!("{name}.html"), &body(&get(&address).await.body));
    }
    check("problem.json", &get("/api/v1/coverage?lat=-122.3&lon=47.6").await.body);
    check("page.html", &body(&get("/everything").await.body));
    check("comparison.html", &body(&get("/terms/compare").await.body));
    check("check.txt", &said(&["check"]).0);
}

/// A drawing, an element a line.
fn drawing(svg: &str) -> String {
    roxmltree::Document::parse(svg).unwrap();
    format!("{svg}\n").replace("><", ">\n<")
}

#[tokio::test]
async fn maps_are_the_same_bytes_every_time() {
    check("map.svg", &drawing(&get("/map.svg").await.body));
    check("map-state.svg", &drawing(&get("/map.svg?state=WE").await.body));
}
