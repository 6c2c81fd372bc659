//! Regions and partners as lists.

use axum::body::Body;
use serde_json::{Value, json};

use crate::site::{Reply, get, request, send};

async fn ids(query: &str) -> Vec<String> {
    let reply = get(&format!("/api/v1/regions?{query}")).await;
    let json = reply.json();
    json["regions"].as_array().unwrap_or_else(|| panic!("{query}: {}", reply.body)).iter().map(id).collect()
}

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

async fn accepting(uri: &str, accept: &str) -> Reply {
    send(request("GET", uri).header("accept", accept).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_region_has_its_people_its_size_and_the_partners_of_its_answer() {
    let region = get("/api/v1/regions/county:01003").await.json();
    assert_eq!((&region["kind"], &region["name"], &region["state"]), (&json!("county"), &json!("B2 County, West"), &json!("WE")));
    assert_eq!(region["url"], "/counties/01003");
    let answer = get("/api/v1/coverage?county=01003").await.json();
    assert_eq!(region["status"], answer["status"]);
    assert_eq!(region["partners"][0], answer["partners"][0]["id"]);
    // One degree by one at 41° north: 111.1 km high, 84.1 wide in the south, 82.8 in the north.
    let area = region["area_km2"].as_f64().unwrap();
    assert!((9_200.0..9_400.0).contains(&area), "{area}");
}

#[tokio::test]
async fn lists_are_by_kind_and_id_and_leave_zips_out_unless_they_are_asked_for() {
    let all = ids("").await;
    assert_eq!(all[..5], ["state:EA", "state:FI", "state:NO", "state:WE", "county:01001"]);
    assert_eq!(all.last().unwrap(), "region:two-rivers");
    assert_eq!(ids("kind=state&limit=2").await, ["state:EA", "state:FI"]);
    assert_eq!(ids("kind=zip&state=FI").await, ["zip:04501"]);
    assert_eq!(ids("kind=region&state=no").await, ["region:lakeside", "region:open-range", "region:two-rivers"]);
}

#[tokio::test]
async fn a_window_is_met_by_boundaries_and_not_by_their_envelopes() {
    // In c2, beside the enclave, which is North's: West reaches around it with an exclave only.
    assert_eq!(ids("kind=county&bbox=11.2,41.2,11.3,41.3").await, ["county:01003"]);
    assert_eq!(ids("kind=state&bbox=12.7,40.5,12.8,40.6").await, ["state:EA"], "the envelope of West holds it, too");
    assert_eq!(ids("kind=county&bbox=12.45,41.45,12.55,41.55").await, ["county:03005"], "a hole does not meet");
    assert_eq!(ids("kind=county&bbox=11,41,11,41").await.len(), 4, "touching counts");
    assert_eq!(ids("kind=region&bbox=10.5,43.5,10.6,43.6").await, ["region:open-range"], "built from a county");
    assert_eq!(ids("bbox=0,0,1,1").await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_window_goes_across_the_antimeridian_where_its_west_lies_east_of_its_east() {
    assert_eq!(ids("kind=county&bbox=179.5,40,-179.5,41").await, ["county:04001"]);
    assert_eq!(ids("kind=zip&bbox=179,40,-179,41").await, ["zip:04501"]);
    let between = ids("kind=county&bbox=-178.9,40,178.9,41").await;
    assert!(between.len() > 3 && !between.contains(&"county:04001".to_owned()), "{between:?}");
}

#[tokio::test]
async fn pages_lead_to_each_other_and_have_all_regions_once() {
    let (mut next, mut seen) = (Some("/api/v1/regions?limit=7".to_owned()), Vec::new());
    while let Some(address) = next {
        let page = get(&address).await.json();
        seen.extend(page["regions"].as_array().unwrap().iter().map(id));
        next = page["next"].as_str().map(str::to_owned);
        assert_eq!(page["total"], 26, "{address}");
    }
    assert_eq!(seen, ids("limit=500").await);
}

#[tokio::test]
async fn geojson_has_a_feature_with_its_boundary_for_each_region() {
    for uri in ["/api/v1/regions.geojson?kind=county&limit=3", "/api/v1/regions?kind=county&limit=3"] {
        let reply = accepting(uri, "application/geo+json").await;
        assert_eq!(reply.media_type(), "application/geo+json", "{uri}");
        let json = reply.json();
        assert_eq!((&json["type"], json["features"].as_array().unwrap().len()), (&json!("FeatureCollection"), 3));
        let first = &json["features"][0];
        assert_eq!((&first["id"], &first["geometry"]["type"]), (&json!("county:01001"), &json!("MultiPolygon")));
        assert_eq!(first["properties"]["name"], "A1 County, West");
        let ring = first["geometry"]["coordinates"][0][0].as_array().unwrap();
        assert_eq!(ring.first(), ring.last());
    }
    let point = get("/api/v1/regions/zip:01212.geojson").await.json();
    assert_eq!(point["geometry"], json!({"type": "Point", "coordinates": [10.3, 41.5]}));
    let nowhere = get("/api/v1/regions/zip:09001.geojson").await.json();
    assert_eq!(nowhere["geometry"], Value::Null);
}

#[tokio::test]
async fn the_suffix_wins_over_accept_and_only_accept_varies() {
    let suffix = accepting("/api/v1/partners.json", "application/geo+json").await;
    assert_eq!(suffix.media_type(), "application/json");
    assert!(!suffix.header("vary").contains("accept,") && suffix.header("vary") != "accept", "{}", suffix.header("vary"));
    let asked = accepting("/api/v1/partners", "application/geo+json;q=0.9, application/json;q=0.1").await;
    assert_eq!(asked.media_type(), "application/geo+json");
    let varies = asked.headers.get_all("vary").iter().any(|value| value == "accept");
    assert!(varies, "{:?}", asked.headers);
    let none = accepting("/api/v1/regions/state:WE", "text/html").await;
    assert_eq!((none.status.as_u16(), none.media_type()), (406, "application/problem+json"));
}

#[tokio::test]
async fn partners_are_listed_with_their_regions_and_applicants_are_not() {
    let json = get("/api/v1/partners").await.json();
    let ids: Vec<_> = json["partners"].as_array().unwrap().iter().map(id).collect();
    assert_eq!(json["total"], ids.len());
    assert!(ids.contains(&"kelp-society".to_owned()) && !ids.contains(&"fir-college".to_owned()), "{ids:?}");
    let birch = get("/api/v1/partners/birch-center").await.json();
    assert_eq!(birch["regions"][0]["region"], "county:01003");
    assert_eq!((&birch["new_this_year"], &birch["contact"]["source"]), (&json!(true), &json!("partner")));
    let juniper = get("/api/v1/partners/juniper-group").await.json();
    assert_eq!(juniper["contact"]["source"], "program");
    let on_map = get("/api/v1/partners/dogwood-net.geojson").await.json();
    assert_eq!(on_map["features"][0]["properties"]["partner"], "dogwood-net");
    assert_eq!(on_map["features"][0]["geometry"]["coordinates"].as_array().unwrap().len(), 2, "built from two counties");
    assert!(!get("/api/v1/partners.geojson").await.body.contains("fir-college"));
    assert_eq!(get("/api/v1/partners/fir-college").await.status.as_u16(), 404);
}

#[tokio::test]
async fn what_is_not_there_or_not_well_formed_is_a_problem() {
    for (path, status) in [
        ("regions/county:99999", 404),
        ("regions/01003", 404),
        ("regions/county:01003.csv", 404),
        ("partners/nobody", 404),
        ("zips/98", 404),
        ("zips/abc", 404),
        ("regions?kind=town", 400),
        ("regions?bbox=1,2,3", 400),
        ("regions?bbox=1,2,3,NaN", 400),
        ("regions?bbox=1,9,3,4", 400),
        ("regions?bbox=1,2,300,4", 400),
        ("regions?state=ZZ", 400),
        ("regions?after=nowhere", 400),
        ("regions?limit=501", 400),
        ("partners?after=No+Id", 400),
        ("partners?course=csd", 400),
    ] {
        let reply = get(&format!("/api/v1/{path}")).await;
        assert_eq!((reply.status.as_u16(), reply.media_type()), (status, "application/problem+json"), "{path}: {}", reply.body);
    }
}

#[tokio::test]
async fn the_zips_of_a_prefix_have_the_answers_that_each_has_alone() {
    let prefix = get("/api/v1/zips/012.json").await.json();
    let zips = prefix["zips"].as_object().unwrap();
    assert_eq!(zips.keys().collect::<Vec<_>>(), ["01201", "01202", "01212", "01213", "01223", "01234", "01235", "01260"]);
    for (zip, answer) in zips {
        let alone = get(&format!("/api/v1/coverage?zip={zip}")).await.json();
        for field in ["status", "notes", "next_step"] {
            assert_eq!(answer[field], alone[field], "{zip}: {field}");
        }
        let page = get(answer["url"].as_str().unwrap()).await;
        let verdict = answer["verdict"].as_str().unwrap();
        assert!(page.body.contains(verdict), "{zip}: {verdict}");
    }
    assert_eq!(get("/api/v1/zips/999").await.json()["zips"], json!({}));
}
