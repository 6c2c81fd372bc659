use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::{Boundary, crosses, topology::Topology};

/// Edge-matched areas as one: borders between them are gone, exterior rings run anticlockwise and holes clockwise
/// (RFC 7946 §3.1.6).
///
/// Areas that reach the antimeridian are left as they are, cut there as RFC 7946 §3.1.9 wants it.
pub fn union<'a>(areas: impl IntoIterator<Item = &'a Boundary>) -> MultiPolygon<f64> {
    let (whole, cut): (Vec<&Boundary>, Vec<&Boundary>) = areas.into_iter().partition(|area| !reaches_antimeridian(area));
    let topology = Topology::new(whole).dissolve(1, |_| Some(0));
    let rings = topology.rings(0).iter().map(|ring| LineString(topology.ring_line(ring)));
    let (shells, holes): (Vec<LineString<f64>>, Vec<LineString<f64>>) = rings.partition(|ring| doubled_area(ring) > 0.0);
    let mut polygons: Vec<Polygon<f64>> = shells.into_iter().map(|shell| Polygon::new(shell, Vec::new())).collect();
    for hole in holes {
        // Of several shells around it, the smallest is its own.
        let around = polygons.iter_mut().filter(|polygon| encloses(polygon.exterior(), &hole));
        let own = around.min_by(|a, b| doubled_area(a.exterior()).total_cmp(&doubled_area(b.exterior())));
        own.into_iter().for_each(|polygon| polygon.interiors_push(hole.clone()));
    }
    polygons.extend(cut.into_iter().flat_map(|area| area.parts().iter().cloned()));
    MultiPolygon(polygons)
}

fn reaches_antimeridian(area: &Boundary) -> bool {
    area.envelope().min[0] == -180.0 || area.envelope().max[0] == 180.0
}

fn doubled_area(ring: &LineString<f64>) -> f64 {
    let Some(&o) = ring.0.first() else { return 0.0 };
    ring.0.windows(2).map(|w| (w[0].x - o.x) * (w[1].y - o.y) - (w[1].x - o.x) * (w[0].y - o.y)).sum()
}

/// Whether a ring lies within another that it does not cross; they may touch in points.
fn encloses(shell: &LineString<f64>, ring: &LineString<f64>) -> bool {
    let holds = |point: Coord<f64>| shell.0.windows(2).filter(|w| crosses(w[0], w[1], point)).count() % 2 == 1;
    let middles = || ring.0.windows(2).map(|w| Coord { x: (w[0].x + w[1].x) / 2.0, y: (w[0].y + w[1].y) / 2.0 });
    let inside = middles().filter(|middle| holds(*middle)).count();
    2 * inside > middles().count()
}

#[cfg(test)]
mod tests {
    use geo::{Area, polygon};

    use super::*;

    fn square(x: f64, y: f64) -> Boundary {
        let ring = polygon![(x: x, y: y), (x: x, y: y + 1.0), (x: x + 1.0, y: y + 1.0), (x: x + 1.0, y: y), (x: x, y: y)];
        Boundary::new(MultiPolygon(vec![ring])).unwrap()
    }

    #[test]
    fn squares_around_a_free_one_are_one_area_with_a_hole() {
        let ring: Vec<_> = (0..9).filter(|i| *i != 4).map(|i| square(f64::from(i % 3), f64::from(i / 3))).collect();
        let whole = union(&ring);
        assert_eq!((whole.0.len(), whole.0[0].interiors().len()), (1, 1));
        assert_eq!(whole.unsigned_area(), 8.0);
        assert!(doubled_area(whole.0[0].exterior()) > 0.0 && doubled_area(&whole.0[0].interiors()[0]) < 0.0);
    }

    #[test]
    fn squares_that_touch_in_a_corner_stay_two_parts() {
        assert_eq!(union(&[square(0.0, 0.0), square(1.0, 1.0)]).unsigned_area(), 2.0);
    }

    #[test]
    fn what_is_cut_at_the_antimeridian_stays_cut() {
        let whole = union(&[square(179.0, 0.0), square(-180.0, 0.0)]);
        assert_eq!((whole.0.len(), whole.unsigned_area()), (2, 2.0));
    }
}
