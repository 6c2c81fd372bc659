//! Names while they are typed.

use serde_json::json;

use crate::site::{get, request, send};

/// Labels of what is suggested for a text.
async fn labels(text: &str) -> Vec<String> {
    let json = get(&format!("/api/v1/suggest?q={}", text.replace(' ', "+"))).await.json();
    json["suggestions"].as_array().unwrap().iter().map(|s| s["label"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_suggestion_has_a_label_a_kind_and_the_text_that_asks_for_it() {
    let reply = get("/api/v1/suggest?q=springf&limit=2").await;
    let expected = json!({"query": "springf", "suggestions": [
        {"label": "Springfield, East", "kind": "place", "q": "Springfield, EA"},
        {"label": "Springfield, West", "kind": "place", "q": "Springfield, WE"},
    ]});
    assert_eq!((reply.media_type(), reply.json()), ("application/json", expected));
}

#[tokio::test]
async fn what_is_typed_is_found_in_any_case_without_accents_and_within_names() {
    assert_eq!(labels("DONA").await, ["Doña Rosa, East"]);
    assert_eq!(labels("doña r").await, ["Doña Rosa, East"]);
    assert_eq!(labels("rosa").await, ["Doña Rosa, East"]);
    assert_eq!(labels("circle").await, ["Elm Circle"]);
    assert_eq!(labels("springfield, w").await, ["Springfield, West"]);
    assert_eq!(labels("springfield ea").await, ["Springfield, East"]);
    assert_eq!(labels("0121").await, ["ZIP 01212, A2 Town, West", "ZIP 01213, A2 Town, West"]);
}

#[tokio::test]
async fn the_name_itself_comes_first_then_beginnings_then_later_words_and_more_people_first() {
    assert_eq!(labels("west").await[0], "West");
    let two = labels("two").await;
    assert_eq!(two[..2], ["Two Rivers", "Two Hills, West"], "{two:?}");
}

#[tokio::test]
async fn applicants_under_review_are_no_suggestions_and_no_answers() {
    assert!(labels("fir").await.is_empty());
    for asked in ["q=Fir+College", "q=partner:fir-college", "q=fir-college"] {
        let reply = get(&format!("/api/v1/coverage?{asked}")).await;
        assert_eq!((&reply.json()["status"], reply.body.contains("Fir College (")), (&json!("not_found"), false), "{asked}");
    }
}

#[tokio::test]
async fn what_nothing_is_called_has_no_suggestions_and_nothing_typed_is_refused() {
    for nothing in ["zzz", "%25", "999999", "%F0%9F%98%80", ","] {
        assert!(labels(nothing).await.is_empty(), "{nothing}");
    }
    for bad in ["", "?q=", "?q=a&limit=0", "?q=a&limit=21", "?q=a&limit=%2B5", "?q=a&x=1", "?limit=5"] {
        let reply = get(&format!("/api/v1/suggest{bad}")).await;
        assert_eq!((reply.status.as_u16(), reply.media_type()), (400, "application/problem+json"), "{bad}");
    }
    let long = get(&format!("/api/v1/suggest?q={}", "x".repeat(301))).await;
    assert_eq!((long.status.as_u16(), &long.json()["parameter"]), (400, &json!("q")));
}

#[tokio::test]
async fn who_wants_another_form_is_told_that_there_is_none() {
    let asks = request("GET", "/api/v1/suggest?q=w").header("accept", "text/csv").body(axum::body::Body::empty()).unwrap();
    let reply = send(asks).await;
    assert_eq!((reply.status.as_u16(), reply.media_type()), (406, "application/problem+json"));
    assert!(reply.json()["rule"].as_str().unwrap().contains("application/json"), "{}", reply.body);
}
