//! Pages of reports against their data: every cell, in every row.

use coverage_map::render::words::thousands;
use serde_json::Value;

use super::Staff;

/// The cells of the rows of a table on a page.
fn rows_on(page: &str, table: &str) -> Vec<Vec<String>> {
    let section = page.split_once(&format!("<section class=\"report\" id=\"{table}\"")).expect(table).1;
    let section = section.split_once("</section>").unwrap().0;
    // Where there are no rows, a sentence says so.
    let Some((_, body)) = section.split_once("<tbody>") else { return Vec::new() };
    let body = format!("<tbody>{}</tbody>", body.split_once("</tbody>").unwrap().0);
    let parsed = roxmltree::Document::parse(&body).unwrap();
    let text = |cell: roxmltree::Node<'_, '_>| cell.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect();
    let rows = parsed.root_element().children().filter(|node| node.has_tag_name("tr"));
    rows.map(|row| row.children().filter(|node| node.has_tag_name("td")).map(text).collect()).collect()
}

/// The forms in which people may read a value of data.
fn readings(value: &Value) -> Vec<String> {
    match value {
        Value::Null => vec!["—".to_owned()],
        Value::Bool(holds) => vec![if *holds { "yes" } else { "no" }.to_owned()],
        Value::String(text) => vec![text.clone()],
        Value::Array(texts) => vec![texts.iter().map(|text| text.as_str().unwrap()).collect::<Vec<_>>().join(", ")],
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            let whole = thousands(number.abs().round() as u64);
            let percent = (number * 1000.0).round() / 10.0;
            vec![whole.clone(), format!("+{whole}"), format!("−{whole}"), number.to_string(), format!("{percent}%")]
        }
        Value::Object(_) => panic!("{value}: no cell holds an object"),
    }
}

#[tokio::test]
async fn a_page_shows_the_numbers_of_its_report() {
    let staff = Staff::new();
    for (page, data, tables) in [
        ("/staff/coverage", "/api/v1/coverage/summary", &["coverage"][..]),
        ("/staff/coverage?level=county", "/api/v1/coverage/summary?level=county", &["coverage"]),
        ("/staff/gaps", "/api/v1/gaps", &["gaps", "could_take"]),
        ("/staff/upcoming?days=3650", "/api/v1/upcoming?days=3650", &["events", "changes"]),
        ("/staff/diff?from=2026-11-21&to=2028-01-01", "/api/v1/diff?from=2026-11-21&to=2028-01-01", &["states", "counties"]),
        ("/staff/overlaps", "/api/v1/overlaps", &["findings"]),
        ("/staff/applications", "/api/v1/applications", &["applications"]),
        ("/staff/what-if?without=iris-school", "/api/v1/what-if?without=iris-school", &["states", "counties"]),
    ] {
        let json = staff.get(data, Some(&staff.token)).await.json();
        let page_body = staff.get(page, Some(&staff.token)).await.body;
        for table in tables {
            let rows = json[table].as_array().unwrap_or_else(|| panic!("{data}: no {table} in {json:#}"));
            // The page of the country leaves counties to their own page.
            let is_shown = |row: &&Value| page != "/staff/coverage" || row["level"] == "country" || row["level"] == "state";
            let rows: Vec<&Value> = rows.iter().filter(is_shown).collect();
            let shown = rows_on(&page_body, table);
            assert_eq!(shown.len(), rows.len(), "{page}: {table}");
            assert!(!rows.is_empty(), "{page}: {table} has something to compare");
            for (cells, row) in shown.iter().zip(rows) {
                let known: Vec<String> = row.as_object().unwrap().values().flat_map(readings).collect();
                let strangers: Vec<_> = cells.iter().filter(|cell| !known.contains(cell)).collect();
                assert!(strangers.is_empty(), "{page}: {strangers:?} are not in {row}");
                assert!(cells.len() >= 3, "{page}: {cells:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_whole_is_the_sum_of_its_parts() {
    let staff = Staff::new();
    let summary = staff.get("/api/v1/coverage/summary", None).await.json();
    let rows = summary["coverage"].as_array().unwrap();
    let of = |level: &str| rows.iter().filter(|row| row["level"] == level).collect::<Vec<_>>();
    let sum = |level: &str, column: &str| of(level).iter().map(|row| row[column].as_u64().unwrap()).sum::<u64>();
    let of_kind = ["counties", "counties_covered", "counties_open", "population", "population_covered", "population_open"];
    for column in of_kind {
        let whole = sum("country", column);
        assert!(whole > 0, "{column}: {rows:#?}");
        assert_eq!([sum("state", column), sum("county", column)], [whole; 2], "{column}");
    }
}
