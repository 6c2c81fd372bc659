//! The day changes at midnight where the program is, by itself, for everything that is served.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{body::Body, http::Request};
use coverage_map::{
    clock::Clock,
    domain::Term,
    http::{App, Front, router},
};
use jiff::{Timestamp, civil::date, tz::TimeZone};
use tower::ServiceExt;

use crate::world::World;

/// A clock with a hand that a test moves.
#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

impl Hand {
    fn at(text: &str) -> Self {
        Self(Arc::new(AtomicI64::new(text.parse::<Timestamp>().unwrap().as_second())))
    }

    fn set(&self, text: &str) {
        self.0.store(text.parse::<Timestamp>().unwrap().as_second(), Ordering::SeqCst);
    }

    fn clock(&self) -> Clock {
        let hand = self.0.clone();
        Clock::showing(move || Timestamp::from_second(hand.load(Ordering::SeqCst)).unwrap())
    }
}

/// A program in Seattle whose only partner ends on 21 November 2026.
fn service(hand: &Hand) -> Front {
    let last_day = Term { starts_on: None, ends_on: Some(date(2026, 11, 21)) };
    let world = World::new().info(|info| info.time_zone = TimeZone::get("America/Los_Angeles").unwrap()).assign_with(
        "ends",
        "county:01001",
        |row| row.term = last_day,
    );
    router(Arc::new(App::with_clock(Arc::new(world.snapshot()), hand.clock())))
}

/// The tag and the body of an address.
async fn get(service: &Front, path: &str, known: Option<&str>) -> (u16, String, String) {
    let mut request = Request::get(path).header("host", "x");
    if let Some(tag) = known {
        request = request.header("if-none-match", tag);
    }
    let response = service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let tag = response.headers().get("etag").map_or("", |tag| tag.to_str().unwrap()).to_owned();
    let status = response.status().as_u16();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, tag, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn answers_pages_pictures_and_tags_move_to_the_new_day_at_midnight_where_the_program_is() {
    let hand = Hand::at("2026-11-22T07:59:59Z");
    let service = service(&hand);
    let addresses = ["/api/v1/coverage?county=01001", "/counties/01001", "/partners", "/map.svg", "/fragment/map"];
    let mut evening = Vec::new();
    for path in addresses {
        evening.push(get(&service, path, None).await);
    }
    assert!(evening[0].2.contains("\"status\": \"covered\"") && evening[0].2.contains("\"as_of\": \"2026-11-21\""));
    for ((_, tag, _), path) in evening.iter().zip(addresses) {
        assert_eq!(get(&service, path, Some(tag)).await.0, 304, "{path} is still the same");
    }

    hand.set("2026-11-22T08:00:00Z");
    for ((_, tag, body), path) in evening.iter().zip(addresses) {
        let (status, new_tag, new_body) = get(&service, path, Some(tag)).await;
        assert_eq!(status, 200, "{path} is another");
        assert!(new_tag != *tag && new_body != *body, "{path}");
    }
    let (_, _, morning) = get(&service, addresses[0], None).await;
    assert!(morning.contains("\"status\": \"open\"") && morning.contains("\"as_of\": \"2026-11-22\""), "{morning}");
}

#[test]
fn a_day_begins_when_it_does_there_on_days_of_23_and_25_hours_and_far_from_greenwich() {
    // Worked out by hand from the rules of each zone: the last second of a day and the first of the next.
    let midnights = [
        ("Pacific/Kiritimati", "2026-11-21T09:59:59Z", "2026-11-21T10:00:00Z", date(2026, 11, 22)),
        ("Pacific/Pago_Pago", "2026-11-22T10:59:59Z", "2026-11-22T11:00:00Z", date(2026, 11, 22)),
        ("Asia/Kathmandu", "2026-11-21T18:14:59Z", "2026-11-21T18:15:00Z", date(2026, 11, 22)),
        // 25 hours: clocks go back at two in the morning of 1 November.
        ("America/New_York", "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", date(2026, 11, 1)),
        ("America/New_York", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z", date(2026, 11, 2)),
        // 23 hours.
        ("America/New_York", "2027-03-15T03:59:59Z", "2027-03-15T04:00:00Z", date(2027, 3, 15)),
        // There is no midnight: the day begins at one.
        ("America/Santiago", "2026-09-06T03:59:59Z", "2026-09-06T04:00:00Z", date(2026, 9, 6)),
    ];
    for (zone, evening, morning, day) in midnights {
        let hand = Hand::at(evening);
        let (clock, zone) = (hand.clock(), TimeZone::get(zone).unwrap());
        assert_eq!(clock.today(&zone), day.yesterday().unwrap(), "{zone:?} {evening}");
        hand.set(morning);
        assert_eq!(clock.today(&zone), day, "{zone:?} {morning}");
    }
}

#[test]
fn a_fixed_day_does_not_move() {
    assert_eq!(Clock::on(date(2027, 7, 1)).today(&TimeZone::UTC), date(2027, 7, 1));
}
