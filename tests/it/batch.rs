//! Tables of questions: what comes back, whatever goes in.

use std::io::Read;

use coverage_map::{
    batch::{Batch, Failed, Remark, Summary},
    geometry::Position,
    lookup::{Question, Scope, Status, answer},
    render::{csv::row, words::Words},
    snapshot::Snapshot,
    source::{Folder, load},
};

use crate::{
    cli::coverage_map,
    site::toy_folder,
    three_roads::SHIPPED,
    world::{TODAY, World},
};

const ADDED: &str = "status,partners,partner_names,region,share,reason";

fn toy() -> Snapshot {
    let [geography, program] = ["geography", "program"].map(|name| Folder::Directory(toy_folder(name)));
    Snapshot::new(load(&geography, &program).unwrap().dataset.unwrap())
}

fn answered(snapshot: &Snapshot, table: impl Read) -> Result<(Vec<u8>, Summary), Failed> {
    let mut output = Vec::new();
    let batch = Batch { snapshot, scope: Scope { as_of: TODAY, course: None } };
    batch.csv(table, &mut output, |_, _| {}).map(|summary| (output, summary))
}

/// The lines of an answered table, and what became of it.
fn lines(table: &[u8]) -> (Vec<String>, Summary) {
    let (output, summary) = answered(&toy(), table).unwrap();
    (String::from_utf8(output).unwrap().lines().map(str::to_owned).collect(), summary)
}

fn statuses(table: &str) -> Vec<String> {
    let (output, _) = answered(&toy(), table.as_bytes()).unwrap();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(output.as_slice());
    let status = reader.headers().unwrap().iter().position(|name| name == "status").unwrap();
    reader.records().map(|record| record.unwrap()[status].to_owned()).collect()
}

#[test]
fn rows_keep_their_bytes_and_order_and_get_their_answer_at_the_end() {
    let (lines, summary) = lines(b"name,zip\n\"Oak, North\",01212\nElm School ,03401\n");
    assert_eq!(lines[0], format!("name,zip,{ADDED}"));
    assert!(lines[1].starts_with("\"Oak, North\",01212,covered,iris-school,Iris School,zip:01212,1,"), "{}", lines[1]);
    assert!(lines[2].starts_with("Elm School ,03401,open,,,zip:03401,0,"), "{}", lines[2]);
    assert_eq!((summary.rows, summary.statuses), (2, vec![(Status::Covered, 1), (Status::Open, 1)]));
}

#[test]
fn the_first_column_that_is_filled_is_the_question() {
    let table = "lat,lon,zip,county,place,state,region,q\n\
                 41.5,10.3,03401,,,,,\n,,01212,03001,,,,\n,,,03001,Springfield,,,\n,,,,A4 Town,North,,\n,,,,,West,,\n\
                 ,,,,,,two-rivers,\n,,,,,,,01212\n,,,,,,,\n";
    let expected = ["covered", "covered", "open", "open", "covered", "covered", "covered", "malformed"];
    assert_eq!(statuses(table), expected);
}

#[test]
fn a_place_and_a_county_lie_in_the_state_that_stands_beside_them() {
    assert_eq!(
        statuses("city,state\nSpringfield,\nSpringfield,EA\n\"Springfield, WE\",EA\n"),
        ["ambiguous", "covered", "covered"]
    );
    assert_eq!(statuses("county,state\nA4,North\n03001,West\n"), ["open", "open"]);
}

#[test]
fn a_zip_that_lost_its_zeros_gets_them_back_and_the_reason_says_so() {
    let (lines, _) = lines(b"zip\n1212\n1212.0\n");
    assert!(lines[1].starts_with("1212,covered,") && lines[1].contains("read as 01212"), "{}", lines[1]);
    assert!(lines[2].starts_with("1212.0,covered,"), "{}", lines[2]);
}

#[test]
fn no_row_makes_the_table_fail() {
    let table = "lat,lon,zip,as_of,course\nabc,1,,,\n91,0,,,\n47.6,,,,\n,,%,,\n,,99999,,\n,,01212,tomorrow,\n,,01212,,nope\n,,01212,2027-07-01,csd\n";
    let malformed = "malformed";
    let expected = [malformed, malformed, malformed, malformed, "not_found", malformed, malformed, "covered"];
    assert_eq!(statuses(table), expected);
    let (lines, summary) = lines(table.as_bytes());
    assert!(lines[7].contains("course: unknown course") && lines[7].contains("courses are csd, csp"), "{}", lines[7]);
    assert_eq!((summary.rows, summary.malformed), (8, 6));
}

#[test]
fn ragged_rows_keep_the_added_columns_in_their_place() {
    let (lines, _) = lines(b"zip,name\n01212\n01212,Oak,extra\n\n03401,Elm\n");
    assert!(lines[1].starts_with("01212,,covered,"), "{}", lines[1]);
    assert!(lines[2].starts_with("01212,Oak,extra,malformed,") && lines[2].contains("the row has 3 cells"), "{}", lines[2]);
    assert_eq!(lines[3], "");
    assert!(lines[4].starts_with("03401,Elm,open,"), "{}", lines[4]);
}

#[test]
fn whatever_a_spreadsheet_writes_is_read_and_written_the_same_way() {
    let toy = toy();
    for (table, starts, remark) in [
        ("\u{feff}zip\r\n01212\r\n", "\u{feff}zip,status,", None),
        ("zip;name\r\n01212;a\r\n", "zip;name;status;", Some(Remark::PartedBy(';'))),
        ("zip\tname\n01212\ta\n", "zip\tname\tstatus\t", Some(Remark::PartedBy('\t'))),
        ("sep=;\r\nzip;name\r\n01212;a\r\n", "sep=;\r\nzip;name;status;", Some(Remark::PartedBy(';'))),
        ("zip\r01212\r", "zip,status,", None),
        ("ZIP Code\n01212\n", "ZIP Code,status,", None),
        ("zip,Status\n01212,old\n", "zip,Status,coverage_status,partners,", Some(Remark::Renamed(vec!["status".to_owned()]))),
    ] {
        let (output, summary) = answered(&toy, table.as_bytes()).unwrap();
        let output = String::from_utf8(output).unwrap();
        assert!(output.starts_with(starts), "{table:?}: {output}");
        assert_eq!((summary.remarks.first().cloned(), summary.statuses), (remark, vec![(Status::Covered, 1)]), "{table:?}");
        let ending = if table.ends_with("\r\n") { "\r\n" } else { &table[table.len() - 1..] };
        assert!(output.ends_with(ending) && output.matches(ending).count() == table.matches(ending).count(), "{output:?}");
    }
}

#[test]
fn names_in_the_encoding_of_windows_are_understood_and_kept_as_they_are() {
    let (output, summary) = answered(&toy(), &b"place\nDo\xf1a Rosa\n"[..]).unwrap();
    assert!(output.windows(9).any(|bytes| bytes == b"Do\xf1a Rosa"));
    assert_eq!(summary.remarks, [Remark::NotUtf8(1)]);
    assert_eq!(summary.malformed, 0);
}

#[test]
fn a_table_that_asks_nothing_or_is_none_is_refused_with_its_line() {
    for (table, message) in [
        (&b""[..], "line 1: the table is empty"),
        (b"\xff\xfez\0i\0p\0", "line 1: the table is UTF-16"),
        (b"name,street\nOak,1 Main St\n", "line 1: no column asks a question (got \"name,street\")"),
    ] {
        let error = answered(&toy(), table).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn an_answered_table_can_be_answered_again() {
    let (first, _) = answered(&toy(), &b"zip\n01212\n"[..]).unwrap();
    let (second, _) = answered(&toy(), first.as_slice()).unwrap();
    assert!(
        String::from_utf8(second).unwrap().starts_with("zip,status,partners,partner_names,region,share,reason,coverage_status,")
    );
}

#[test]
fn no_cell_that_is_added_becomes_a_formula() {
    let snapshot = World::new()
        .zip("10001", "01001", 5)
        .assign("one", "zip:10001")
        .partner("one", |partner| partner.name = "=1+1".into())
        .snapshot();
    let (output, _) = answered(&snapshot, &b"zip\n10001\n"[..]).unwrap();
    assert!(String::from_utf8(output).unwrap().contains(",'=1+1,"));
}

#[test]
fn each_row_has_the_cells_of_its_answer_alone() {
    let snapshot = SHIPPED.clone();
    let scope = Scope { as_of: TODAY, course: None };
    let words = Words::new(&snapshot.info().courses);
    let mut seed = 7_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    // The same areas come again and again, so that kept answers are used.
    let positions: Vec<(f64, f64)> = (0..3_000)
        .map(|i| {
            let spread = if i % 2 == 0 { (260_000, 600_000) } else { (4_000, 4_000) };
            (
                24.0 + random(spread.0) as f64 / 1e4 + if i % 2 == 0 { 0.0 } else { 23.4 },
                -125.0 + random(spread.1) as f64 / 1e4 + if i % 2 == 0 { 0.0 } else { 2.5 },
            )
        })
        .collect();
    let table: String = positions.iter().map(|(lat, lon)| format!("{lat},{lon}\n")).collect();
    let (output, _) = answered(&snapshot, format!("lat,lon\n{table}").as_bytes()).unwrap();
    let mut reader = csv::Reader::from_reader(output.as_slice());
    for ((lat, lon), record) in positions.iter().zip(reader.records()) {
        let question = Question::position(Position::new(*lon, *lat).unwrap());
        let expected = row(&answer(&snapshot, &question, &scope), &words);
        assert_eq!(record.unwrap().iter().skip(2).collect::<Vec<_>>(), expected, "{lat}, {lon}");
    }
}

#[test]
fn the_command_line_writes_the_table_and_says_what_became_of_it_aside() {
    let folder = tempfile::tempdir().unwrap();
    let [input, output] = ["in.csv", "out.csv"].map(|name| folder.path().join(name));
    std::fs::write(&input, "zip\n01212\n03401\n").unwrap();
    let run = coverage_map().arg("batch").arg(&input).arg("-o").arg(&output).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(
        run.status.success() && run.stdout.is_empty() && said.starts_with("2 rows in ") && said.contains("1 covered, 1 open"),
        "{said}"
    );
    assert!(std::fs::read_to_string(&output).unwrap().starts_with("zip,status,"));
    let piped = coverage_map().args(["batch", "-"]).write_stdin("zip\n01212\n").output().unwrap();
    assert!(String::from_utf8(piped.stdout).unwrap().contains("\n01212,covered,"));
    let same = coverage_map().arg("batch").arg(&input).arg("-o").arg(&input).output().unwrap();
    assert_eq!(same.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&input).unwrap(), "zip\n01212\n03401\n");
}
