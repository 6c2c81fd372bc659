//! What an answer says to people: no dead end, no word that fits another answer, no fault of the address shown as their own.

use axum::{body::Body, http::StatusCode};
use coverage_map::{
    domain::Standing,
    lookup::{Choice, Note, QueryKind, Question, Scope, Status, answer, brief},
    render::words::Words,
};

use crate::{
    cli::{coverage_map, said},
    site::{answered, get, request, send, service},
    world::{TODAY, World},
};

const SCOPE: Scope = Scope { as_of: TODAY, course: None };

#[test]
fn an_open_place_names_the_nearest_partners_with_distance_and_nearest_first() {
    // Counties a degree wide stand side by side: 01001, 01002, 02001, 02002.
    let world = World::new().assign("near", "county:01002").assign("far", "county:02002").snapshot();
    let open = answer(&world, &Question::at("0.5", "0.75").unwrap(), &SCOPE);
    assert_eq!(open.status, Status::Open);
    let near: Vec<_> = open.nearest_partners.iter().map(|near| (near.id.as_str(), near.region.to_string())).collect();
    assert_eq!(near, [("near", "county:01002".to_owned()), ("far", "county:02002".to_owned())]);
    let [first, second] = [0, 1].map(|i| open.nearest_partners[i].distance_m);
    // A degree of longitude at the equator is 111.3 km.
    assert!((first - 0.25 * 111_300.0).abs() < 300.0 && (second - 2.25 * 111_300.0).abs() < 2_000.0, "{first} {second}");
    assert!(brief(&world, &Question::at("0.5", "0.75").unwrap(), &SCOPE).nearest_partners.is_empty());
    let served = answer(&world, &Question::at("0.5", "1.5").unwrap(), &SCOPE);
    assert!(served.nearest_partners.is_empty(), "who is served has a partner already");
}

#[tokio::test]
async fn whoever_is_mentioned_is_called_by_name() {
    // Beyond the border, 170 m off; and at the nearest region of a place outside.
    for (question, id, name) in [("41.5,10.998", "birch-center", "Birch Center"), ("40.6,9.9", "alder-hub", "Alder Hub")] {
        let page = get(&format!("/partners?q={question}")).await.body;
        assert!(page.contains(&format!("<a href=\"/partners/{id}\">{name}</a>")), "{question}: {page}");
        let text = said(&["lookup", question]).0;
        assert!(text.contains(name) && !text.contains(&format!(" {id}\n")), "{question}: {text}");
    }
}

#[test]
fn an_applicant_is_no_partner_near_by() {
    let world = World::new().assign_with("p", "county:01002", |row| row.standing = Standing::Pending).snapshot();
    assert!(answer(&world, &Question::at("0.5", "0.75").unwrap(), &SCOPE).nearest_partners.is_empty());
}

#[test]
fn a_misspelt_place_in_a_misspelt_state_is_suggested() {
    let choices = |text: &str| -> Vec<String> {
        let (out, _) = said(&["lookup", text]);
        out.lines().filter(|line| line.starts_with("  Choices")).map(str::to_owned).collect()
    };
    for (text, expected) in [("Lakeview, Norht", "Lakeview, North"), ("Lakeveiw Norht", "Lakeview, North")] {
        assert!(choices(text).iter().any(|line| line.contains(expected)), "{text}: {:?}", choices(text));
    }
}

#[tokio::test]
async fn a_street_alone_is_asked_for_its_town() {
    let reply = get("/api/v1/coverage?q=123+Main+Street").await.json();
    assert_eq!((&reply["status"], &reply["next_step"]["action"]), (&"not_found".into(), &"check_spelling".into()));
    assert_eq!(reply["next_step"]["label"], "Add the town and state, or the ZIP");
    assert!(reply["notes"][0].as_str().unwrap().starts_with("A street address needs"), "{reply}");
}

#[tokio::test]
async fn a_short_zip_is_the_same_question_however_it_is_asked() {
    let mut answers = Vec::new();
    for query in ["zip=1201", "region=zip:1201", "q=1201", "q=zip:1201"] {
        let mut json = get(&format!("/api/v1/coverage?{query}")).await.json();
        assert_eq!((&json["status"], &json["choices"][0]["q"]), (&"ambiguous".into(), &"01201".into()), "{query}: {json}");
        json["query"] = serde_json::Value::Null;
        json["next_step"] = serde_json::Value::Null;
        answers.push(json);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[tokio::test]
async fn a_zip_page_is_found_however_the_zip_is_written() {
    let short = get("/zips/1201").await;
    assert_eq!(short.status, StatusCode::OK);
    assert!(short.body.contains("did you mean ZIP 01201"), "{:.2000}", short.body);
    let long = get("/es/zips/01201-3004?course=csp").await;
    assert_eq!((long.status, long.header("location")), (StatusCode::MOVED_PERMANENTLY, "/es/zips/01201?course=csp"));
}

#[tokio::test]
async fn the_date_of_the_data_stands_once_on_a_page() {
    for uri in ["/partners?q=01201", "/states/ea", "/partners?q=99999"] {
        assert_eq!(get(uri).await.body.matches("As of 21 November 2026, data ").count(), 1, "{uri}");
    }
}

#[tokio::test]
async fn a_page_says_what_is_wrong_in_words_about_what_was_typed() {
    for (uri, words) in [
        ("/partners?q=%00", "Nothing that can be read was typed"),
        ("/partners?q=%ff", "The address has signs in it that cannot be read"),
        ("/partners/%ff", "The address has signs in it that cannot be read"),
        ("/partners?q=91,200", "is no position on the Earth"),
        ("/partners?as_of=tomorrow", "“tomorrow” is not a day"),
        ("/partners?course=latin", "The program has no course “latin”"),
        ("/map.svg?state=ZZ", "There is no state “ZZ”"),
        ("/fragment/map?state=Z", "There is no state “Z”"),
    ] {
        let reply = get(uri).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{uri}");
        assert!(reply.body.contains(words), "{uri}: {}", reply.body);
        assert!(!reply.body.contains("has no partner") && !reply.body.contains("does not exist"), "{uri}");
    }
}

#[tokio::test]
async fn a_problem_names_the_value_of_a_parameter_that_it_refuses() {
    let unknown = get("/api/v1/coverage?zip=01201&colour=red").await.json();
    assert_eq!((&unknown["parameter"], &unknown["value"]), (&"colour".into(), &"red".into()));
    let repeated = get("/api/v1/coverage?zip=01201&zip=01212").await.json();
    assert_eq!((&repeated["parameter"], &repeated["value"]), (&"zip".into(), &"01212".into()));
    let post = request("POST", "/api/v1/coverage?zip=01201").header("content-type", "application/json");
    let posted = send(post.body("{}".into()).unwrap()).await.json();
    assert_eq!(posted["rule"], "there are no parameters here: the question stands in the body");
}

#[tokio::test]
async fn who_has_to_ask_the_program_can_read_its_address() {
    let pages = [get("/partners?q=09001").await, get("/partners?q=47,-150").await];
    for page in pages.iter().filter(|page| page.body.contains("Ask the program team")) {
        assert!(page.body.contains("Write to ") && page.body.contains("@example.org</a>"), "{:.3000}", page.body);
    }
    assert!(pages.iter().any(|page| page.body.contains("Write to ")));
}

#[tokio::test]
async fn the_page_of_a_partner_that_ended_sends_nobody_to_it() {
    let page = get("/partners/hazel-house").await.body;
    assert!(!page.contains("hazel@example.org") && !page.contains("https://example.org/hazel"), "{page}");
    assert!(page.contains("serves no region on 21 November 2026") && page.contains("team@example.org</a>"), "{page}");
}

#[test]
fn a_season_is_said_in_words() {
    let (closed, _) = said(&["lookup", "03401", "--as-of", "2027-04-01"]);
    assert!(closed.contains("Applications are closed: ask the program team"), "{closed}");
    let (early, _) = said(&["lookup", "03401", "--as-of", "2026-09-30"]);
    assert!(early.contains("Applications open on 1 October 2026"), "{early}");
}

#[tokio::test]
async fn a_page_says_until_when_one_can_apply() {
    for (prefix, words) in
        [("", "until 28 February 2027, that day included"), ("/es", "hasta el 28 de febrero de 2027 inclusive")]
    {
        let page = get(&format!("{prefix}/partners?q=03401")).await.body;
        assert!(page.contains(words), "{page:.3000}");
    }
}

#[test]
fn other_names_stand_once_and_those_left_out_are_counted() {
    let choice = |label: &str| Choice { label: label.into(), kind: QueryKind::County, ask: label.to_owned(), region: None };
    let note = |labels: &[&str]| Words::default().note(&Note::AlsoNamed(labels.iter().map(|label| choice(label)).collect()));
    assert_eq!(note(&["A, B", "C, D"]), "The same name also belongs to: A, B; C, D.");
    assert_eq!(note(&["A, B", "C", "D", "E", "F"]), "The same name also belongs to: A, B; C; D and 2 more.");
}

#[test]
fn the_command_line_says_how_days_are_written_in_its_own_words() {
    let output = coverage_map().args(["lookup", "01201", "--as-of", "21.11.2026"]).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("days are written YYYY-MM-DD, such as 2026-11-21"), "{error}");
}

#[test]
fn an_explained_misspelling_shows_its_choices() {
    let (out, _) = said(&["explain", "A2 Twon"]);
    assert!(out.contains("choices") && out.contains("A2 Town, West"), "{out}");
}

#[tokio::test]
async fn a_position_is_told_the_same_by_its_address_as_in_a_body_whoever_asked_before_on_its_ground() {
    let service = service();
    let mut statuses = std::collections::BTreeSet::new();
    for (i, j) in (0..34).flat_map(|i| (0..34).map(move |j| (i, j))) {
        let (lat, lon) = (39.9 + 0.13 * f64::from(i), 9.9 + 0.13 * f64::from(j));
        let uri = format!("/api/v1/coverage?lat={lat}&lon={lon}");
        let by_address = answered(service.clone(), request("GET", &uri).body(Body::empty()).unwrap()).await;
        // Positions in a body are answered one by one.
        let body = format!("{{\"lat\": {lat}, \"lon\": {lon}}}");
        let posted = request("POST", "/api/v1/coverage").header("content-type", "application/json").body(Body::from(body));
        assert_eq!(by_address.body, answered(service.clone(), posted.unwrap()).await.body, "{lat}, {lon}");
        statuses.insert(by_address.json()["status"].as_str().unwrap().to_owned());
    }
    assert!(statuses.len() >= 4, "{statuses:?}");
}
