//! A program that stands in tables answers like the same program in files, and its problems name rows.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use coverage_map::{
    snapshot::Snapshot,
    source::{Folder, Loaded, Relation, Tables, load, quote},
};

use crate::{
    order::{answers, questions},
    site::toy_folder,
};

type Relations = BTreeMap<&'static str, Relation>;

fn relation(columns: &[&str], rows: impl IntoIterator<Item = Vec<Option<String>>>) -> Relation {
    Relation { columns: columns.iter().map(|&column| column.to_owned()).collect(), rows: rows.into_iter().collect() }
}

fn of_csv(path: &Path) -> Relation {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let columns: Vec<_> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let cell = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let rows = reader.records().map(|row| row.unwrap().iter().map(cell).collect()).collect();
    Relation { columns, rows }
}

/// The toy program as a database has it, every table with its rows the other way round.
fn toy() -> Relations {
    let folder = toy_folder("program");
    let some = |text: &str| Some(text.to_owned());
    let mut relations: Relations =
        [("partners", of_csv(&folder.join("partners.csv"))), ("assignments", of_csv(&folder.join("assignments.csv")))].into();
    let built = of_csv(&folder.join("regions.csv"));
    let mut regions: Vec<_> = built.rows.into_iter().map(|row| [row, vec![None]].concat()).collect();
    let text = fs::read_to_string(folder.join("regions.geojson")).unwrap();
    let drawn: serde_json::Value = serde_json::from_str(&text).unwrap();
    for feature in drawn["features"].as_array().unwrap() {
        let property = |name: &str| some(feature["properties"][name].as_str().unwrap());
        regions.push(vec![property("id"), property("name"), None, some(&feature["geometry"].to_string())]);
    }
    relations.insert("regions", relation(&["id", "name", "members", "geom"], regions));
    let mut files = vec![vec![some("program.toml"), some(&fs::read_to_string(folder.join("program.toml")).unwrap())]];
    for name in ["pages", "pages/es"] {
        let Ok(entries) = fs::read_dir(folder.join(name)) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
            files.push(vec![Some(name), Some(fs::read_to_string(path).unwrap())]);
        }
    }
    relations.insert("files", relation(&["name", "content"], files));
    relations.values_mut().for_each(|relation| relation.rows.reverse());
    relations
}

fn loaded(relations: Relations) -> (Loaded, Folder) {
    let tables = Folder::Tables(Arc::new(Tables::new("toy", relations)));
    (load(&Folder::Directory(toy_folder("geography")), &tables).unwrap(), tables)
}

fn said(relations: Relations) -> Vec<String> {
    loaded(relations).0.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn tables_answer_like_the_files_that_they_stand_for_whatever_the_order_of_their_rows() {
    let in_files = load(&Folder::Directory(toy_folder("geography")), &Folder::Directory(toy_folder("program"))).unwrap();
    let in_files = Snapshot::new(in_files.dataset.unwrap());
    let in_tables = Snapshot::new(loaded(toy()).0.dataset.unwrap());
    let questions = questions(&in_files, 1);
    assert!(questions.len() > 400);
    assert_eq!(answers(&in_tables, &questions), answers(&in_files, &questions));
    assert_eq!(in_tables.info().pages, in_files.info().pages);
    let mut other_way = toy();
    other_way.values_mut().for_each(|relation| relation.rows.reverse());
    assert_eq!(*in_tables.generation(), loaded(other_way).0.dataset.unwrap().generation);
}

#[test]
fn a_problem_names_the_row_and_the_table() {
    let mut relations = toy();
    let row = |cells: [&str; 9]| cells.map(|cell| (!cell.is_empty()).then(|| cell.to_owned())).to_vec();
    let rows = &mut relations.get_mut("assignments").unwrap().rows;
    rows.push(row(["nobody", "county:01001", "", "", "", "", "", "", ""]));
    rows.push(row(["iris-school", "county:01001", "", "leader", "", "2026-02-30", "", "", ""]));
    rows.push(row(["alder-hub", "state:WE", "", "", "", "2025-07-01", "", "", ""]));
    let partners = &mut relations.get_mut("partners").unwrap().rows;
    partners
        .push(["iris-school", "Iris\nagain", "javascript:x", "", "", "", "", "", "", ""].map(|c| Some(c.to_owned())).to_vec());
    let said = said(relations);
    for expected in [
        "assignments row 'nobody county:01001': partner does not exist (got \"nobody\"); a partner is named by its id in the \
         table partners; correct the id, or add the partner to the table partners",
        "assignments row 'iris-school county:01001 2026-02-30': invalid role (got \"leader\"); it is lead or funding, or empty",
        "partners row 'iris-school': id stands twice, first in row 'iris-school' (got \"iris-school\"); remove one of the rows",
    ] {
        assert!(said.iter().any(|line| line == expected), "{expected}\n{said:#?}");
    }
    let starts = |start: &str| said.iter().any(|line| line.starts_with(start));
    assert!(starts("assignments row 'iris-school county:01001 2026-02-30': invalid starts_on"), "{said:#?}");
    assert!(starts("assignments row 'alder-hub state:WE 2025-07-01': alder-hub stands twice"), "{said:#?}");
    assert!(!said.iter().any(|line| line.contains(".csv")), "no file that is not there: {said:#?}");
}

#[test]
fn a_region_is_drawn_or_built_and_its_faults_name_its_row() {
    let mut relations = toy();
    let regions = &mut relations.get_mut("regions").unwrap().rows;
    let some = |text: &str| Some(text.to_owned());
    let bow_tie = r#"{"type":"Polygon","coordinates":[[[11,41],[12,42],[12,41],[11,42],[11,41]]]}"#;
    regions.push(vec![some("crossed"), some("Crossed"), None, some(bow_tie)]);
    regions.push(vec![
        some("both"),
        some("Both"),
        some("county:03001"),
        some(&bow_tie.replace("[12,42],[12,41]", "[12,41],[12,42]")),
    ]);
    regions.push(vec![some("neither"), some("Neither"), None, None]);
    let said = said(relations);
    let starts = |start: &str| said.iter().any(|line| line.starts_with(start));
    assert!(starts("regions row 'crossed', feature"), "{said:#?}");
    assert!(starts("regions row 'both': the region's id stands twice"), "{said:#?}");
    assert!(starts("regions row 'neither': members is empty"), "{said:#?}");
}

#[test]
fn a_table_that_is_missing_is_named_and_one_that_is_not_needed_is_not() {
    let mut relations = toy();
    relations.remove("partners");
    relations.remove("accepted");
    let expected = "partners: the table is missing; a program needs the tables or views partners and assignments; create it; \
                    check the schema that was named, and that its user may read it";
    assert!(said(relations).contains(&expected.to_owned()));
    let columns = relation(&["id", "nmae"], [vec![Some("a".into()), Some("A".into())]]);
    let said = said([toy(), [("partners", columns)].into()].into_iter().flatten().collect());
    assert!(said.iter().any(|line| line.starts_with("partners: column name is missing (got \"id, nmae\")")), "{said:#?}");
}

#[test]
fn settings_and_pages_keep_their_lines() {
    let mut relations = toy();
    relations.get_mut("files").unwrap().rows.push(vec![Some("pages/broken.md".into()), Some("---\nnope: 1\n---\n".into())]);
    assert!(said(relations).iter().any(|line| line.starts_with("pages/broken.md:2")));
}

#[test]
fn findings_of_the_data_as_a_whole_name_rows_and_tables_too() {
    let (loaded, tables) = loaded(toy());
    let snapshot = Snapshot::new(loaded.dataset.unwrap());
    let mut found = coverage_map::checks::findings(&snapshot, crate::world::TODAY);
    quote(&mut found, &tables).unwrap();
    let overlap = found.iter().find(|problem| problem.check == "overlap").unwrap().to_string();
    assert!(overlap.starts_with("assignments row 'elm-circle region:lakeside 2025-07-01': "), "{overlap}");
    assert!(overlap.ends_with("or list the two in the table accepted with a reason"), "{overlap}");
}
