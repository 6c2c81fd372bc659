//! Cases that must hold, from what went wrong in systems of this kind; each by all three roads.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::three_roads::{Roads, SHIPPED, http};

/// Washington has a state-wide partner with one ZIP carved out; of Louisiana one ZIP is served, of Oregon nothing.
static PROGRAM: LazyLock<Roads> = LazyLock::new(|| {
    Roads::new(&[
        (
            "program.toml",
            "name = \"Cases\"\norganisation = \"Cases\"\ntimezone = \"UTC\"\n\
             [applications]\nopens_on = \"2026-10-01\"\ncloses_on = \"2026-11-21\"\nform_url = \"https://example.org/apply\"\n\
             [contact]\nname = \"Program\"\nemail = \"program@example.org\"\n",
        ),
        (
            "partners.csv",
            "id,name,website,contact_name,contact_email\n\
             a,Partner A,https://a.example.org,Ann,ann@example.org\n\
             b,Partner B,,,\n\
             g,Partner G,,,g@example.org\n\
             two,Two Regions,,,two@example.org\n\
             lead,Lead,,,lead@example.org\n\
             fund,Fund,,,fund@example.org\n\
             gone,Gone,,,gone@example.org\n",
        ),
        (
            "assignments.csv",
            "partner,region,role,starts_on,ends_on\n\
             a,state:WA,,,\n\
             b,zip:98104,,,\n\
             g,zip:70808,,,\n\
             two,county:06037,,,\n\
             two,county:48201,,,\n\
             fund,state:OH,funding,,\n\
             lead,state:OH,lead,,\n\
             gone,state:ID,,,2026-11-20\n",
        ),
    ])
});

fn partners(answer: &Value) -> Vec<&str> {
    answer["partners"].as_array().unwrap().iter().map(|partner| partner["id"].as_str().unwrap()).collect()
}

#[test]
fn case_1_a_zip_beats_the_state_wide_partner_and_both_are_named_for_the_state() {
    assert_eq!(partners(&PROGRAM.ask("98104")), ["b"]);
    let state = PROGRAM.ask("WA");
    assert_eq!((state["status"].as_str(), partners(&state)), (Some("covered"), vec!["a", "b"]));
    let king = state["parts"].as_array().unwrap().iter().find(|part| part["region"] == "county:53033").unwrap();
    assert_eq!(king["partners"], json!(["a", "b"]));
}

#[test]
fn case_2_a_state_with_one_served_zip_is_partly_covered() {
    assert_eq!(partners(&PROGRAM.ask("70808")), ["g"]);
    let state = PROGRAM.ask("LA");
    assert_eq!((state["status"].as_str(), partners(&state)), (Some("partly_covered"), vec!["g"]));
    assert_eq!(state["next_step"]["action"], "choose");
}

#[test]
fn case_3_a_zip_with_blanks_and_four_more_digits_is_the_zip() {
    let (sloppy, plain) = (PROGRAM.ask(" \n 45242-1234 \n "), PROGRAM.ask_twice("45242"));
    assert_eq!(partners(&sloppy), partners(&plain));
    assert_eq!(sloppy["query"]["understood_as"], plain["query"]["understood_as"]);
}

#[test]
fn case_4_nonsense_gets_a_clear_answer() {
    for text in ["%", "?", "XX", "%25", "\u{1f600}", "a\u{0}b", "'; drop table", "<script>alert(1)</script>"] {
        let answer = PROGRAM.ask_twice(text);
        assert_eq!(answer["status"], "not_found", "{text:?}");
        assert_eq!(answer["next_step"]["action"], "check_spelling", "{text:?}");
    }
    assert_eq!(PROGRAM.ask("?")["status"], "not_found");
    let empty = PROGRAM.get("/api/v1/coverage?q=");
    assert_eq!((empty.status, &*empty.content_type), (400, "application/problem+json"));
}

#[test]
fn case_5_a_zip_that_does_not_exist_is_not_found_and_one_of_an_open_state_is_open() {
    assert_eq!(PROGRAM.ask("11111")["status"], "not_found");
    let open = PROGRAM.ask("97201");
    assert_eq!((open["status"].as_str(), open["next_step"]["action"].as_str()), (Some("open"), Some("apply")));
}

#[test]
fn case_6_bad_rows_among_good_ones_are_two_located_errors_and_nothing_is_loaded() {
    use coverage_map::source::{Embedded, Folder, load};
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("partners.csv"), "id,name\na,A\n").unwrap();
    let rows = "partner,region\na,zip:98104\na,zip:ABC\na,zip:98105\na,zip:123456\n";
    std::fs::write(folder.path().join("assignments.csv"), rows).unwrap();
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Directory(folder.path().to_owned())).unwrap();
    assert!(loaded.dataset.is_none());
    let errors: Vec<_> = loaded.problems.iter().filter(|p| p.severity == coverage_map::domain::Severity::Error).collect();
    assert_eq!(errors.iter().map(|p| p.site.line).collect::<Vec<_>>(), [Some(3), Some(5)], "{errors:#?}");
}

#[test]
fn case_7_two_leads_on_one_region_are_both_named_with_their_rows_and_strict_refuses() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("partners.csv"), "id,name\na,A\nb,B\n").unwrap();
    std::fs::write(folder.path().join("assignments.csv"), "partner,region\nb,zip:98104\na,zip:98104\n").unwrap();
    let check = |strict: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("coverage-map").unwrap();
        command.arg("--program").arg(folder.path()).arg("check").args(strict).output().unwrap()
    };
    let (plain, strict) = (check(&[]), check(&["--strict"]));
    let said = String::from_utf8_lossy(&plain.stdout).into_owned() + &String::from_utf8_lossy(&plain.stderr);
    assert!(said.contains("assignments.csv:2") && said.contains("assignments.csv:3"), "{said}");
    assert_eq!(strict.status.code(), Some(1));
}

#[test]
fn case_8_the_closing_day_is_open_and_the_day_after_is_closed() {
    let step = |day: &str| {
        let reply = PROGRAM.get(&format!("/api/v1/coverage?zip=97201&as_of={day}"));
        serde_json::from_str::<Value>(&reply.body).unwrap()["next_step"]["action"].clone()
    };
    assert_eq!(step("2026-11-21"), "apply");
    assert_eq!(step("2026-11-22"), "contact_program");
    assert_eq!(step("2026-09-30"), "wait");
}

#[test]
fn case_9_a_partner_without_a_contact_falls_back_to_the_programs() {
    let answer = PROGRAM.ask("98104");
    let contact = &answer["partners"][0]["contact"];
    assert_eq!((contact["email"].as_str(), contact["source"].as_str()), (Some("program@example.org"), Some("program")));
    assert_eq!(PROGRAM.ask("98101")["partners"][0]["contact"]["source"], "partner");
}

#[test]
fn case_10_an_ended_assignment_leaves_a_gap_and_before_its_end_there_was_none() {
    assert_eq!(PROGRAM.ask("Boise, ID")["status"], "open");
    let before = PROGRAM.get("/api/v1/coverage?state=ID&as_of=2026-11-20");
    assert_eq!(partners(&serde_json::from_str(&before.body).unwrap()), ["gone"]);
}

#[test]
fn case_11_territories_and_military_zips_get_an_explicit_answer() {
    for (zip, status) in
        [("00901", "open"), ("96910", "open"), ("96799", "open"), ("00802", "open"), ("96950", "open"), ("09012", "outside")]
    {
        assert_eq!(PROGRAM.ask_twice(zip)["status"], status, "{zip}");
    }
}

#[test]
fn case_12_two_partners_on_one_region_are_both_named_the_lead_first() {
    assert_eq!(partners(&PROGRAM.ask("Columbus, OH")), ["lead", "fund"]);
}

#[test]
fn case_13_one_organisation_with_two_regions_is_one_partner_with_two_regions() {
    let partner = PROGRAM.ask("partner:two");
    assert_eq!(partners(&partner), ["two"]);
    let regions: Vec<_> = partner["parts"].as_array().unwrap().iter().map(|part| part["region"].as_str().unwrap()).collect();
    assert_eq!(regions, ["county:06037", "county:48201"]);
}

#[test]
fn zips_that_a_geocoder_once_lost_are_all_found() {
    for zip in ["43001", "43002", "25540", "25770", "20910", "73620"] {
        let reply = http(&SHIPPED, &format!("/api/v1/coverage?zip={zip}"));
        let answer: Value = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(answer["status"], "covered", "{zip}: {answer}");
    }
}

/// What a reader of the shipped sample expects, each with the words that name it.
#[test]
fn questions_as_people_type_them_are_understood() {
    for (text, understood, status) in [
        ("98101", "ZIP 98101, Seattle, Washington", "covered"),
        ("98115-3004", "ZIP 98115, Seattle, Washington", "covered"),
        (" 98115 ", "ZIP 98115, Seattle, Washington", "covered"),
        ("600 4th Ave, Seattle, WA 98104, USA", "ZIP 98104, Seattle, Washington", "covered"),
        ("36.527,-89.51", "36.527, -89.51, in Fulton County, Kentucky", "covered"),
        ("washington", "Washington", "partly_covered"),
        ("Washington DC", "Washington, District of Columbia", "open"),
        ("st louis mo", "St. Louis, Missouri", "covered"),
        ("O'Fallon, IL", "O\u{2019}Fallon, Illinois", "covered"),
        ("ofallon mo", "O\u{2019}Fallon, Missouri", "covered"),
        ("dona ana county, nm", "Do\u{f1}a Ana County, New Mexico", "covered"),
        ("King County, WA", "King County, Washington", "covered"),
        ("puget sound", "Puget Sound", "covered"),
        ("Fairfield County, CT", "Fairfield County, Connecticut", "covered"),
        ("Buffalo, NY", "Buffalo, New York", "covered"),
        ("county:10001", "Kent County, Delaware", "pending"),
        ("10001", "ZIP 10001, New York, New York", "covered"),
        ("98110", "ZIP 98110, Bainbridge Island, Washington", "covered"),
        ("Kitsap County, WA", "Kitsap County, Washington", "partly_covered"),
    ] {
        let reply = http(&SHIPPED, &format!("/api/v1/coverage?q={}", crate::three_roads::percent_encoded(text)));
        let answer: Value = serde_json::from_str(&reply.body).unwrap();
        let said = answer["query"]["understood_as"].as_str().unwrap_or_default().replace('\'', "\u{2019}");
        assert!(said.starts_with(understood), "{text:?} is understood as {said:?}");
        assert_eq!(answer["status"], status, "{text:?}");
    }
}

#[test]
fn a_name_that_can_mean_several_things_gets_choices_that_each_lead_to_one() {
    for text in ["Springfield", "King County", "2139"] {
        let reply = http(&SHIPPED, &format!("/api/v1/coverage?q={}", crate::three_roads::percent_encoded(text)));
        let answer: Value = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(answer["status"], "ambiguous", "{text:?}");
        for choice in answer["choices"].as_array().unwrap() {
            let q = crate::three_roads::percent_encoded(choice["q"].as_str().unwrap());
            let chosen: Value = serde_json::from_str(&http(&SHIPPED, &format!("/api/v1/coverage?q={q}")).body).unwrap();
            assert!(chosen["status"] != "ambiguous" && chosen["status"] != "not_found", "{choice} leads to {chosen}");
        }
    }
}

#[test]
fn who_must_choose_is_offered_the_counties_of_that_name_too() {
    let answer: Value = serde_json::from_str(&http(&SHIPPED, "/api/v1/coverage?q=King").body).unwrap();
    let labels: Vec<_> = answer["choices"].as_array().unwrap().iter().map(|choice| choice["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"King County, Washington") && labels.contains(&"King, North Carolina"), "{labels:?}");
}

#[test]
fn a_question_for_a_course_stays_one_on_every_way_on() {
    let open: Value = serde_json::from_str(&http(&SHIPPED, "/api/v1/coverage?county=06037&course=csf").body).unwrap();
    assert_eq!(open["next_step"]["url"], "/apply?region=county:06037&course=csf");
    let several: Value = serde_json::from_str(&http(&SHIPPED, "/api/v1/coverage?q=Portland&course=csa").body).unwrap();
    assert_eq!(several["choices"][0]["url"], "/partners?q=Portland%2C%20Oregon&course=csa");
}

#[test]
fn a_page_of_something_that_does_not_exist_is_not_kept() {
    for path in ["/zips/99999", "/states/xx", "/counties/99999", "/regions/nope"] {
        let reply = http(&SHIPPED, path);
        assert_eq!((reply.status, &*reply.cache_control), (404, "no-store"), "{path}");
    }
}

#[test]
fn a_county_within_a_drawn_region_has_the_regions_partner_whatever_its_shape() {
    for question in ["county=48397", "zip=75032", "lat=32.93&lon=-96.46"] {
        let answer: Value = serde_json::from_str(&http(&SHIPPED, &format!("/api/v1/coverage?{question}")).body).unwrap();
        assert_eq!(partners(&answer), ["north-texas-cs-network"], "{question}");
    }
}
