//! Regions in a window, against every boundary and another predicate.

use coverage_map::{geometry::Window, snapshot::Area};
use geo::{Intersects, Rect, coord};

use super::{random::Random, shipped};

/// What `geo` finds by looking at every boundary.
fn expected(areas: &[Area], window: &Rect<f64>) -> Vec<usize> {
    let meets = |area: &Area| area.boundary.as_ref().is_some_and(|boundary| boundary.as_multi_polygon().intersects(window));
    areas.iter().enumerate().filter(|(_, area)| meets(area)).map(|(i, _)| i).collect()
}

#[test]
fn seeded_windows_on_the_shipped_layers_meet_what_another_predicate_says() {
    let areas = shipped::areas();
    let mut random = Random::seeded(7);
    for i in 0..150 {
        let (x, y) = (random.between(-125.0, -67.0), random.between(24.0, 49.0));
        let (width, height) = (10.0_f64.powf(random.between(-4.0, 0.7)), 10.0_f64.powf(random.between(-4.0, 0.7)));
        let window = Window::new(x, y, x + width, y + height).unwrap();
        let found: Vec<usize> =
            (0..areas.len()).filter(|at| areas[*at].boundary.as_ref().is_some_and(|boundary| window.meets(boundary))).collect();
        let rect = Rect::new(coord! {x: x, y: y}, coord! {x: x + width, y: y + height});
        assert_eq!(found, expected(&areas, &rect), "window {i}: {window:?}");
    }
}
