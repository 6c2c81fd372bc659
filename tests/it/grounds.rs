//! A position that is asked about plainly is answered from what is written for its ground: with the very bytes that a handler
//! puts together for it.

use coverage_map::geometry::Position;

use crate::{point_location::random::Random, site::get_sample, three_roads::SHIPPED};

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
    let on_cells: Vec<_> = positions[..60].iter().map(|at| at.map(|degrees| (degrees * 64.0).round() / 64.0)).collect();
    positions.extend(on_cells);
    positions.extend([[-180.0, 52.0], [179.7, 51.9], [0.0, 90.0], [0.0, -90.0], [-179.99, 51.8], [144.79, 13.45]]);
    positions
}

#[tokio::test]
async fn what_is_kept_for_a_cell_is_what_a_handler_answers_for_each_position_in_it() {
    for round in 0..2 {
        for [lon, lat] in positions().into_iter().filter(|[lon, lat]| Position::new(*lon, *lat).is_ok()) {
            let plain = get_sample(&format!("/api/v1/coverage?lat={lat}&lon={lon}")).await;
            let handled = get_sample(&format!("/api/v1/coverage?lon={lon}&lat={lat}")).await;
            assert!(plain.body == handled.body, "{round}: {lat}, {lon}\n{}\n{}", plain.body, handled.body);
            assert_eq!(plain.headers.get("etag"), handled.headers.get("etag"), "{lat}, {lon}");
        }
    }
}
