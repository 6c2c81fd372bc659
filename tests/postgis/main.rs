//! A program in a real PostgreSQL with PostGIS: the same answers as from files, problems by row, reloads, and no secrets.

#![cfg(test)]

mod cluster;
mod serving;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use assert_cmd::Command;
use axum::{body::Body, http::Request};
use cluster::{Cluster, PASSWORD, READER};
use coverage_map::{
    domain::Dataset,
    http::{App, router},
    lookup::{Question, Scope, answer},
    release,
    render::{json, words::Words},
    snapshot::Snapshot,
    source::{Database, Embedded, Folder, Loaded, NoDatabase, load},
};
use jiff::civil::{Date, date};
use tower::ServiceExt;

const TODAY: Date = date(2026, 11, 21);

fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn database(address: &str) -> Folder {
    Folder::Database(Arc::new(address.parse::<Database>().unwrap()))
}

fn loaded(geography: Folder, program: Folder) -> Loaded {
    load(&geography, &program).unwrap()
}

fn toy(cluster: &Cluster, schema: &str) -> Loaded {
    loaded(Folder::Directory(repository("tests/data/toy/geography")), database(&cluster.address("postgres", schema)))
}

/// What is answered about everything that has a name, and the pages, without the name of the data.
fn everything(snapshot: &Arc<Snapshot>, every: usize) -> BTreeMap<String, String> {
    let land = snapshot.land();
    let areas = land.areas().iter().map(|area| area.id.to_string());
    let partners = snapshot.program().partners.iter().map(|partner| partner.id.to_string());
    let zips = land.geography().zips.iter().flatten().map(|zip| zip.zip.to_string());
    let mut all = BTreeMap::new();
    let nameless = |text: String| text.replace(snapshot.generation().as_str(), "…");
    for question in areas.chain(partners).chain(zips.step_by(every)) {
        for day in [TODAY, date(2027, 7, 1)] {
            let told = answer(snapshot, &Question::text(&question).unwrap(), &Scope { as_of: day, course: None });
            let text = json::answer(&told, &Words::new(&snapshot.info().courses), None).unwrap();
            all.insert(format!("{question} on {day}"), nameless(text));
        }
    }
    let service = router(Arc::new(App::new(snapshot.clone(), Some(TODAY))));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for path in
        ["/", "/faq", "/terms", "/es/", "/partners", "/partners?q=springfield", "/map.svg", "/fragment/map", "/api/v1/gaps.csv"]
    {
        let request = Request::get(path).header("host", "x").body(Body::empty()).unwrap();
        let response = runtime.block_on(service.clone().oneshot(request)).unwrap();
        let status = response.status();
        let body = runtime.block_on(axum::body::to_bytes(response.into_body(), usize::MAX)).unwrap();
        all.insert(format!("GET {path}"), format!("{status}\n{}", nameless(String::from_utf8(body.to_vec()).unwrap())));
    }
    all
}

#[test]
fn the_sample_program_answers_alike_from_tables_and_from_files() {
    let cluster = Cluster::start();
    cluster.load(&repository("regions/sample-program"), "coverage_map");
    let land = || Folder::Embedded(Embedded::UnitedStates);
    let in_files = loaded(land(), Folder::Embedded(Embedded::SampleProgram));
    let in_tables = loaded(land(), database(&cluster.address("postgres", "coverage_map")));
    let said = |loaded: &Loaded| loaded.problems.iter().map(|problem| (problem.check, problem.got.clone())).collect::<Vec<_>>();
    assert_eq!(said(&in_files), said(&in_tables), "the same is wrong, at rows instead of lines");
    let in_tables = in_tables.dataset.unwrap();
    let built = built(&in_tables);
    let [in_files, in_tables, built] = [Snapshot::new(in_files.dataset.unwrap()), Snapshot::new(in_tables), built]
        .map(|snapshot| everything(&snapshot.into(), 23));
    assert!(in_files.len() > 9_000, "{}", in_files.len());
    for (question, answer) in &in_files {
        assert!(in_tables[question] == *answer, "{question}: {}\n{answer}", in_tables[question]);
        assert!(built[question] == *answer, "{question}, from a built snapshot: {}\n{answer}", built[question]);
    }
}

/// What a replica loads that a publisher built.
fn built(dataset: &Dataset) -> Snapshot {
    let folder = tempfile::tempdir().unwrap();
    let depot = release::open(folder.path().to_str().unwrap()).unwrap();
    let id = release::publish(&*depot, &release::build(dataset, &[], Vec::new()).unwrap()).unwrap();
    release::load(&*depot, &id).unwrap()
}

#[test]
fn problems_of_rows_are_those_of_files_by_the_keys_of_the_rows() {
    let cluster = Cluster::start();
    cluster.load(&repository("tests/data/toy/program"), "toy");
    assert!(toy(&cluster, "toy").dataset.is_some());
    cluster.sql_in(
        "partners",
        "INSERT INTO toy.assignments (partner, region, starts_on) VALUES ('iris-school', 'county:42999', '2026-07-01'); \
         INSERT INTO toy.partners (id, name, website) VALUES ('evil', 'Evil', 'javascript:alert(1)'); \
         INSERT INTO toy.regions (id, name, geom) VALUES ('bow', 'Bow', \
         ST_GeomFromText('POLYGON((11 41, 12 42, 12 41, 11 42, 11 41))', 4326))",
    );
    let said: Vec<_> = toy(&cluster, "toy").problems.iter().map(ToString::to_string).collect();
    for start in [
        "assignments row 'iris-school county:42999 2026-07-01': county does not exist",
        "partners row 'evil': invalid website (got \"javascript:alert(1)\")",
        "regions row 'bow', feature 1 (id bow), ",
    ] {
        assert!(said.iter().any(|line| line.starts_with(start)), "{start}\n{said:#?}");
    }
    let mut check = Command::new(env!("CARGO_BIN_EXE_coverage-map"));
    check.env_clear().args(["check", "--as-of", "2026-11-21", "--program", &cluster.address("postgres", "toy")]);
    check.arg("--geography").arg(repository("tests/data/toy/geography"));
    let output = check.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("--> partners row 'evil'") && !text.contains(".csv"), "{text}");
}

#[test]
fn views_over_other_tables_will_do_and_other_reference_systems_are_converted() {
    let cluster = Cluster::start();
    cluster.load(&repository("tests/data/toy/program"), "toy");
    cluster.sql_in(
        "partners",
        "CREATE SCHEMA v; \
         CREATE TABLE v.organisations AS SELECT id AS code, name AS title, contact_email AS mail, courses FROM toy.partners; \
         CREATE VIEW v.partners AS SELECT code AS id, title AS name, mail AS contact_email, \
             array_to_string(courses, '|') AS courses FROM v.organisations; \
         CREATE VIEW v.assignments AS SELECT partner, region, starts_on, ends_on, role, status FROM toy.assignments; \
         CREATE VIEW v.regions AS SELECT id, name, ST_Transform(geom, 3857) AS geom, members FROM toy.regions; \
         CREATE VIEW v.files AS SELECT * FROM toy.files",
    );
    let (tables, views) = (toy(&cluster, "toy"), toy(&cluster, "v"));
    let [tables, views] = [tables, views].map(|loaded| Arc::new(Snapshot::new(loaded.dataset.expect("both are sound"))));
    let counties = tables.land().geography().counties.iter().map(|county| county.geoid.to_string()).collect::<Vec<_>>();
    for county in counties {
        let question = Question::text(&county).unwrap();
        let [expected, found] = [&tables, &views].map(|snapshot| {
            let answer = answer(snapshot, &question, &Scope { as_of: TODAY, course: None });
            answer.partners.iter().map(|partner| partner.id.to_string()).collect::<Vec<_>>()
        });
        assert_eq!(expected, found, "{county}");
    }
}

#[test]
fn what_cannot_be_read_is_told_without_a_secret() {
    let cluster = Cluster::start();
    cluster.load(&repository("tests/data/toy/program"), "toy");
    let missing: Vec<_> = toy(&cluster, "nowhere").problems.iter().map(ToString::to_string).collect();
    assert!(missing.iter().any(|line| line.starts_with("partners: the table is missing")), "{missing:#?}");
    cluster.sql_in("partners", &format!("REVOKE SELECT ON toy.assignments FROM {READER}"));
    let said = |address: &str, password: &str| {
        let mut lookup = Command::new(env!("CARGO_BIN_EXE_coverage-map"));
        lookup.env_clear().env("PGPASSWORD", password).args(["lookup", "98101", "--program", address]);
        let output = lookup.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!text.contains(PASSWORD) && !text.contains("wrong-horse"), "{text}");
        text
    };
    let address = cluster.address(READER, "toy");
    assert!(said(&address, PASSWORD).contains("permission denied for table assignments"));
    assert!(said(&address, "wrong-horse").contains("password authentication failed"));
    let with_password = address.replace(READER, &format!("{READER}:{PASSWORD}"));
    assert!(said(&with_password, "").contains("the address has a password"));
    assert!(said(&format!("{address}&password={PASSWORD}"), "").contains("the address has a password"));
    cluster.halt();
    let away = said(&address, PASSWORD);
    assert!(away.contains("PostgreSQL at ") && away.contains("cannot be read"), "{away}");
}

fn refused(address: &str) -> NoDatabase {
    address.parse::<Database>().unwrap_err()
}

#[test]
fn an_address_says_where_and_never_with_what_password() {
    let database: Database = "postgres://reader@localhost:5433/partners?schema=spring_2027".parse().unwrap();
    assert_eq!(database.to_string(), "PostgreSQL at localhost, database partners, schema spring_2027");
    assert_eq!(format!("{database:?}"), "Database(PostgreSQL at localhost, database partners, schema spring_2027)");
    let usual: Database = "postgresql:///partners".parse().unwrap();
    assert_eq!(usual.to_string(), "PostgreSQL at /var/run/postgresql, database partners, schema coverage_map");
    for with_password in ["postgres://reader:hunter2@localhost/p", "postgres://localhost/p?password=hunter2"] {
        assert_eq!(refused(with_password), NoDatabase::Password);
    }
    assert_eq!(refused("postgres://localhost:port/p"), NoDatabase::Malformed);
    assert_eq!(refused("postgres://localhost/p?colour=red"), NoDatabase::Malformed);
    for schema in ["", "a;drop", "A", "a%22", "ä"] {
        assert_eq!(refused(&format!("postgres://localhost/p?schema={schema}")), NoDatabase::Schema, "{schema}");
    }
}

#[test]
fn nothing_travels_unencrypted_to_another_machine_unless_that_was_said() {
    for near in ["postgres:///p?host=/tmp", "postgres://127.0.0.1/p", "postgres://[::1]/p", "postgres://localhost/p"] {
        assert!(near.parse::<Database>().is_ok(), "{near}");
    }
    assert_eq!(refused("postgres://db.example.org/p"), NoDatabase::Plain);
    assert!("postgres://db.example.org/p?sslmode=disable".parse::<Database>().is_ok());
    assert_eq!(refused("postgres://localhost/p?sslmode=require"), NoDatabase::Encryption);
}
