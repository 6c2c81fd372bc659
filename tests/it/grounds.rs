//! A position that is asked about plainly is answered from what is written for its ground: with the very bytes that a handler
//! puts together for it.

use std::{collections::BTreeSet, sync::Arc};

use axum::{body::Body, http::request::Builder};
use coverage_map::{
    domain::{Assignment, Dataset, Program, RegionId, Role},
    geometry::Position,
    http::{App, router},
    snapshot::Snapshot,
};
use jiff::civil::date;

use crate::{
    point_location::random::Random,
    site::{Reply, answered, request, send_sample},
    three_roads::SHIPPED,
};

/// Positions all over the country, close to borders, on them, and on the edges of the cells in which answers are kept.
fn positions() -> Vec<[f64; 2]> {
    let mut random = Random::seeded(7);
    let mut positions: Vec<_> = (0..120).map(|_| [random.between(-124.0, -67.0), random.between(25.0, 49.0)]).collect();
    let boundaries: Vec<_> = SHIPPED.land().areas().iter().filter_map(|area| area.boundary.as_ref()).collect();
    for _ in 0..150 {
        let corners: Vec<_> = boundaries[random.below(boundaries.len())].edges().collect();
        let [corner, _] = corners[random.below(corners.len())];
        // As far as a border is named, and a little farther; several in one cell.
        let mut off = || random.between(-0.006, 0.006);
        positions.extend([[corner.x, corner.y], [corner.x + off(), corner.y + off()], [corner.x + off(), corner.y + off()]]);
    }
    // Outside, off the coasts and over the borders of the country.
    positions.extend((0..60).map(|_| [random.between(-125.0, -70.0), random.between(24.0, 30.0)]));
    positions.extend((0..60).map(|_| [random.between(-77.0, -75.0), random.between(36.0, 38.0)]));
    let on_cells: Vec<_> = positions[..60].iter().map(|at| at.map(|degrees| (degrees * 64.0).round() / 64.0)).collect();
    positions.extend(on_cells);
    positions.extend([[-180.0, 52.0], [179.7, 51.9], [0.0, 90.0], [0.0, -90.0], [-179.99, 51.8], [144.79, 13.45]]);
    positions
}

/// The answers to a plain question, and to the same in another order, which a handler puts together.
async fn both(lat: f64, lon: f64, asked: impl Fn(&str) -> Builder) -> [Reply; 2] {
    let plain = send_sample(asked(&format!("/api/v1/coverage?lat={lat}&lon={lon}"))).await;
    [plain, send_sample(asked(&format!("/api/v1/coverage?lon={lon}&lat={lat}"))).await]
}

#[tokio::test]
async fn what_is_kept_for_a_cell_is_what_a_handler_answers_for_each_position_in_it() {
    for round in 0..2 {
        for [lon, lat] in positions().into_iter().filter(|[lon, lat]| Position::new(*lon, *lat).is_ok()) {
            let [plain, handled] = both(lat, lon, |uri| request("GET", uri)).await;
            assert!(plain.body == handled.body, "{round}: {lat}, {lon}\n{}\n{}", plain.body, handled.body);
            assert_eq!(plain.headers.get("etag"), handled.headers.get("etag"), "{lat}, {lon}");
        }
    }
}

#[tokio::test]
async fn a_latitude_and_longitude_that_seem_to_be_exchanged_are_told_so_beside_others_that_are_outside() {
    // In the same place of the southern ocean one position has its county where the two are exchanged, the other has none.
    for (lat, lon, is_exchanged) in [(-80.2, 20.1, false), (-80.2, 25.77, true), (-80.2, 20.1, false), (-80.19, 25.77, true)] {
        let [plain, handled] = both(lat, lon, |uri| request("GET", uri)).await;
        assert_eq!(plain.body, handled.body);
        assert_eq!(plain.json()["status"], "outside");
        assert_eq!(plain.json()["notes"].as_array().unwrap().len(), usize::from(is_exchanged), "{}", plain.body);
    }
}

/// The status, the method and the headers that are asked with.
type Case<'a> = (u16, &'a str, &'a [(&'a str, &'a str)]);

#[tokio::test]
async fn a_plain_question_has_the_status_and_headers_that_a_handler_gives_it() {
    let [first, _] = both(47.6, -122.3, |uri| request("GET", uri)).await;
    let tag = first.header("etag").to_owned();
    let id = "0123456789abcdef0123456789abcdef";
    let cases: [Case<'_>; 10] = [
        (200, "GET", &[]),
        (200, "HEAD", &[]),
        (304, "GET", &[("if-none-match", &tag)]),
        (200, "GET", &[("accept-encoding", "gzip, br")]),
        (304, "HEAD", &[("if-none-match", "*")]),
        (200, "GET", &[("accept-encoding", "identity;q=0")]),
        (406, "GET", &[("accept", "text/html")]),
        (400, "GET", &[("host", "another.example")]),
        (200, "GET", &[("x-request-id", id)]),
        (405, "DELETE", &[]),
    ];
    // In the midst of a county that is served, of one that is not, outside, and near a border.
    for (lat, lon) in [(47.6, -122.3), (26.64, -80.13), (36.98, -76.31), (47.777_06, -122.3)] {
        for (status, method, headers) in cases {
            let asked =
                |uri: &str| headers.iter().fold(request(method, uri), |request, (name, value)| request.header(*name, *value));
            let [plain, handled] = both(lat, lon, asked).await.map(|mut reply| {
                if reply.header("x-request-id") != id {
                    assert_eq!(reply.headers.remove("x-request-id").map(|id| id.len()), Some(36));
                }
                // On the wire it has one in either case.
                reply.headers.remove("content-length");
                let sorted: BTreeSet<_> = reply.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
                (reply.status.as_u16(), sorted, reply.body)
            });
            assert_eq!(plain, handled, "{method} {lat}, {lon} {headers:?}");
            assert!(plain.0 == status || (lat != 47.6 && status == 304), "{method} {headers:?}: {}", plain.0);
        }
    }
}

/// The shipped program, with sixty ZIPs of Los Angeles County assigned beside.
fn many_parts() -> Snapshot {
    let land = SHIPPED.land();
    let like = SHIPPED.program().assignments.iter().find(|own| own.role == Role::Lead && own.term.ends_on.is_none()).unwrap();
    let zips = land.zips().all().filter(|(_, zip)| zip.county == "06037".parse().ok()).take(60);
    let own = zips.map(|(_, zip)| Assignment { region: RegionId::Zip(zip.zip), ..like.clone() });
    let assignments = SHIPPED.program().assignments.iter().cloned().chain(own).collect();
    let program = Arc::new(Program { assignments, ..SHIPPED.program().clone() });
    let (generation, geography) = (SHIPPED.generation().clone(), Arc::new(land.geography().clone()));
    Snapshot::on(land.clone(), Dataset { generation, geography, program, warnings: Vec::new() })
}

#[tokio::test]
async fn a_long_answer_to_a_plain_question_is_compressed_as_a_handler_compresses_it() {
    let service = router(Arc::new(App::new(Arc::new(many_parts()), Some(date(2026, 11, 21)))));
    let asked = async |method: &str, uri: &str, known: Option<&str>| {
        let asked = request(method, uri).header("accept-encoding", "br");
        let asked = known.iter().fold(asked, |asked, tag| asked.header("if-none-match", *tag));
        let reply = answered(service.clone(), asked.body(Body::empty()).unwrap()).await;
        (reply.status.as_u16(), ["content-encoding", "vary", "etag"].map(|name| reply.header(name).to_owned()))
    };
    let [plain, handled] = ["lat=34.05&lon=-118.24", "lon=-118.24&lat=34.05"].map(|query| format!("/api/v1/coverage?{query}"));
    let first = asked("GET", &plain, None).await;
    assert_eq!((first.0, &*first.1[0], &*first.1[1]), (200, "br", "accept-encoding"));
    for (method, known) in [("GET", None), ("HEAD", None), ("GET", Some(&*first.1[2]))] {
        assert_eq!(asked(method, &plain, known).await, asked(method, &handled, known).await, "{method} {known:?}");
    }
}
