//! One report in every form: the same numbers on the command line, over HTTP, and in JSON, CSV, GeoJSON and workbooks.

use std::{collections::BTreeMap, fs, io::Read, path::Path};

use axum::{body::Body, http::StatusCode};
use serde_json::Value;

use crate::{
    cli::{coverage_map, said},
    site::{get, request, service},
};
use tower::ServiceExt;

/// Rows of a table as texts by column, however they are written.
type Rows = Vec<BTreeMap<String, String>>;

fn of_objects(rows: &Value) -> Rows {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(texts) => texts.iter().map(|text| text.as_str().unwrap()).collect::<Vec<_>>().join("|"),
        // A workbook knows no whole numbers.
        Value::Number(number) => number.as_f64().unwrap().to_string(),
        other => other.to_string(),
    };
    let row = |row: &Value| row.as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect();
    rows.as_array().unwrap().iter().map(row).collect()
}

fn of_csv(table: &str) -> Rows {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().unwrap().clone();
    let rows = reader.records().map(|record| {
        let cells = record.unwrap();
        names.iter().map(str::to_owned).zip(cells.iter().map(str::to_owned)).collect()
    });
    rows.collect()
}

/// The parts of a zip archive, by name; enough of the format for what writes workbooks.
fn unzipped(archive: &[u8]) -> BTreeMap<String, String> {
    let number = |at: usize, bytes: usize| (0..bytes).map(|i| usize::from(archive[at + i]) << (8 * i)).sum::<usize>();
    let end = archive.windows(4).rposition(|bytes| bytes == b"PK\x05\x06").unwrap();
    let (mut at, mut parts) = (number(end + 16, 4), BTreeMap::new());
    while archive[at..].starts_with(b"PK\x01\x02") {
        let [size, name, extra, comment, local] =
            [(20, 4), (28, 2), (30, 2), (32, 2), (42, 4)].map(|(place, bytes)| number(at + place, bytes));
        let data = local + 30 + number(local + 26, 2) + number(local + 28, 2);
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(&archive[data..data + size]).read_to_string(&mut text).unwrap();
        parts.insert(String::from_utf8(archive[at + 46..at + 46 + name].to_vec()).unwrap(), text);
        at += 46 + name + extra + comment;
    }
    parts
}

/// The first sheet of a workbook.
fn of_workbook(archive: &[u8]) -> Rows {
    let parts = unzipped(archive);
    let strings = roxmltree::Document::parse(&parts["xl/sharedStrings.xml"]).unwrap();
    let texts: Vec<String> = strings
        .descendants()
        .filter(|node| node.has_tag_name("si"))
        .map(|node| node.descendants().filter_map(|text| text.text().filter(|_| text.is_text())).collect())
        .collect();
    let sheet = roxmltree::Document::parse(&parts["xl/worksheets/sheet1.xml"]).unwrap();
    let column = |cell: &str| {
        cell.bytes().take_while(u8::is_ascii_uppercase).fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1
    };
    let mut rows: Vec<BTreeMap<usize, String>> = Vec::new();
    for row in sheet.descendants().filter(|node| node.has_tag_name("row")) {
        let cells = row.children().filter(|node| node.has_tag_name("c")).filter_map(|cell| {
            assert!(cell.children().all(|node| !node.has_tag_name("f")), "no cell is a formula");
            let value = cell.children().find(|node| node.has_tag_name("v"))?.text()?;
            let text = match cell.attribute("t") {
                Some("s") => texts[value.parse::<usize>().unwrap()].clone(),
                Some("b") => (value == "1").to_string(),
                _ => value.to_owned(),
            };
            Some((column(cell.attribute("r")?), text))
        });
        rows.push(cells.collect());
    }
    let names = rows.remove(0);
    let filled = |row: &BTreeMap<usize, String>, i: &usize| row.get(i).cloned().unwrap_or_default();
    rows.iter().map(|row| names.iter().map(|(i, name)| (name.clone(), filled(row, i))).collect()).collect()
}

async fn bytes(uri: &str) -> Vec<u8> {
    let response = service().oneshot(request("GET", uri).body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{uri}");
    axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

fn written(folder: &Path, arguments: &[&str], name: &str) -> Vec<u8> {
    let path = folder.join(name);
    coverage_map().args(arguments).arg("-o").arg(&path).assert().success();
    fs::read(path).unwrap()
}

#[tokio::test]
async fn all_forms_of_a_report_have_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    for (verb, address, table) in [("gaps", "/api/v1/gaps", "gaps"), ("coverage", "/api/v1/coverage/summary", "coverage")] {
        let json: Value = serde_json::from_str(&said(&[verb, "--format", "json"]).0).unwrap();
        let rows = of_objects(&json[table]);
        assert!(rows.len() > 5, "{verb}");
        assert_eq!(get(address).await.json(), json);
        assert_eq!(of_csv(&said(&[verb, "--format", "csv"]).0), rows);
        assert_eq!(of_csv(&get(&format!("{address}.csv")).await.body), rows);
        let workbook = written(folder.path(), &[verb], "report.xlsx");
        assert_eq!(of_workbook(&workbook), rows);
        assert_eq!(bytes(&format!("{address}.xlsx")).await, workbook, "the same bytes on every way");
        let level = if verb == "coverage" { "?level=county" } else { "" };
        let places = get(&format!("{address}.geojson{level}")).await.json();
        let of_places: Vec<Value> = places["features"].as_array().unwrap().iter().map(|f| f["properties"].clone()).collect();
        let counties = rows.iter().filter(|row| verb == "gaps" || row["level"] == "county").cloned().collect::<Rows>();
        assert_eq!(of_objects(&Value::Array(of_places)), counties);
        let text = said(&[verb]).0;
        let people = rows.iter().filter_map(|row| row["population_open"].parse::<u64>().ok()).filter(|people| *people > 999);
        people.for_each(|people| assert!(text.contains(&coverage_map::render::words::thousands(people)), "{people}: {text}"));
    }
}

#[tokio::test]
async fn the_forms_of_the_toy_report_stay_as_they_are() {
    for (name, arguments) in [
        ("gaps.txt", &["gaps"][..]),
        ("gaps.json", &["gaps", "--format", "json"]),
        ("gaps.csv", &["gaps", "--format", "csv"]),
        ("could_take.csv", &["gaps", "--format", "csv", "--table", "could_take"]),
        ("coverage.txt", &["coverage"]),
        ("coverage.csv", &["coverage", "--format", "csv"]),
    ] {
        crate::golden::check(&format!("reports/{name}"), &said(arguments).0);
    }
}

#[tokio::test]
async fn the_end_of_the_path_names_the_form_and_accept_does_where_it_is_silent() {
    for (address, accept, media_type) in [
        ("/api/v1/gaps", "*/*", "application/json"),
        ("/api/v1/gaps", "text/csv", "text/csv; charset=utf-8"),
        ("/api/v1/gaps.geojson", "text/csv", "application/geo+json"),
        ("/api/v1/gaps.json?across_states=true", "text/csv", "application/json"),
    ] {
        let asked = request("GET", address).header("accept", accept).body(Body::empty()).unwrap();
        let reply = crate::site::send(asked).await;
        assert_eq!((reply.status, reply.media_type()), (StatusCode::OK, media_type), "{address} {accept}");
    }
    let table = get("/api/v1/gaps.csv?table=could_take").await;
    assert!(table.body.starts_with("gap,gap_name,partner,name,border_km,"), "{}", table.body);
    assert_eq!(table.header("content-disposition"), "attachment; filename=\"gaps-2026-11-21.csv\"");
}

#[tokio::test]
async fn what_a_report_cannot_be_about_is_refused_with_its_rule() {
    for (query, said) in [
        ("gaps?state=ZZ", "no such state"),
        ("gaps?across_states=maybe", "write true or false"),
        ("gaps.csv?table=none", "tables are gaps, could_take, counties, zips, weights"),
        ("gaps?utm_source=x", "utm_source"),
        ("coverage/summary?level=planet", "levels are country, state, county, region"),
        ("coverage/summary?as_of=today", "as_of"),
    ] {
        let reply = get(&format!("/api/v1/{query}")).await;
        assert!(reply.status == StatusCode::BAD_REQUEST && reply.body.contains(said), "{query}: {}", reply.body);
    }
}

#[test]
fn each_column_stands_in_the_page_about_reports() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reports.md")).unwrap();
    for verb in ["gaps", "coverage", "upcoming", "overlaps", "applications"] {
        let json: Value = serde_json::from_str(&said(&[verb, "--format", "json"]).0).unwrap();
        for (table, rows) in json.as_object().unwrap().iter().filter(|(_, rows)| rows.is_array()) {
            let Some(row) = rows.as_array().unwrap().first() else { continue };
            for column in row.as_object().unwrap().keys() {
                let general = column.replace("population", "{weight}").replace("pupils", "{weight}");
                assert!(page.contains(&format!("`{column}`")) || page.contains(&format!("`{general}`")), "{table}: {column}");
            }
        }
    }
}

#[test]
fn an_answer_is_a_feature_where_its_subject_is() {
    for (question, geometry) in
        [("01212", "Point"), ("A4 County, North", "Polygon"), ("40.5,10.5", "Point"), ("two-rivers", "Polygon")]
    {
        let feature: Value = serde_json::from_str(&said(&["lookup", question, "--format", "geojson"]).0).unwrap();
        assert_eq!(feature["geometry"]["type"].as_str(), Some(geometry), "{question}");
        assert!(feature["properties"]["status"].is_string());
    }
}
