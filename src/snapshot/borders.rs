use geo::Coord;

use super::{AreaSet, Locator};
use crate::geometry::{Nearness, Position, measure::LocalPlane};

/// How far from the ends of an edge its two sides are looked up, where it is long enough, in metres: at a corner
/// the two sides of an edge would not be told from those of its neighbours.
const OFF_THE_CORNER_M: f64 = 1.0;
/// How far behind an edge the other side is looked up, in metres.
const BEHIND_M: f64 = 0.01;

/// A piece of border near a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    /// How far it is, in metres.
    pub distance_m: f64,
    /// The areas that hold the ground just behind it, seen from the position.
    pub beyond: AreaSet,
}

impl Locator {
    /// The borders within some metres of a position that have other areas behind them, nearest first; one for
    /// each distinct set of areas.
    pub fn borders_within(&self, position: Position, metres: f64) -> Vec<Border> {
        let edges: Vec<_> = Nearness::window(position, metres).flat_map(|window| self.partition().edges_near(&window)).collect();
        if edges.is_empty() {
            return Vec::new();
        }
        let nearness = Nearness::to(position);
        let mut feet: Vec<_> = edges.into_iter().map(|[low, high]| ([low, high], nearness.foot(low, high))).collect();
        feet.retain(|(_, foot)| foot.straight_m <= metres);
        feet.sort_by(|(_, a), (_, b)| a.straight_m.total_cmp(&b.straight_m));
        let (own, mut borders) = (self.locate(position), Vec::<Border>::new());
        for (edge, foot) in feet {
            for beyond in self.sides(edge, foot.along) {
                if beyond != own && borders.iter().all(|border| border.beyond != beyond) {
                    borders.push(Border { distance_m: foot.straight_m, beyond });
                }
            }
        }
        borders.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then_with(|| a.beyond.cmp(&b.beyond)));
        borders
    }

    /// What lies on either side of a place on an edge.
    fn sides(&self, [low, high]: [Coord<f64>; 2], along: f64) -> impl Iterator<Item = AreaSet> {
        let middle = Position::new((low.x + high.x) / 2.0, (low.y + high.y) / 2.0).ok();
        middle.into_iter().flat_map(move |middle| {
            let plane = LocalPlane::at(middle);
            let ([x0, y0], [x1, y1]) = (plane.project(low), plane.project(high));
            let length = (x1 - x0).hypot(y1 - y0).max(f64::MIN_POSITIVE);
            let corner = (OFF_THE_CORNER_M / length).min(0.5);
            let along = along.clamp(corner, 1.0 - corner);
            let [east, north] = plane.degrees_per_metre();
            let step = [(y0 - y1) / length * BEHIND_M * east, (x1 - x0) / length * BEHIND_M * north];
            let at = Coord { x: low.x + along * (high.x - low.x), y: low.y + along * (high.y - low.y) };
            [1.0, -1.0]
                .into_iter()
                .filter_map(move |side| around(at.x + side * step[0], at.y + side * step[1]))
                .map(|p| self.locate(p))
        })
    }
}

/// A position whose longitude may have left its range by a step.
fn around(lon: f64, lat: f64) -> Option<Position> {
    let lon = if lon > 180.0 {
        lon - 360.0
    } else if lon < -180.0 {
        lon + 360.0
    } else {
        lon
    };
    Position::new(lon, lat.clamp(-90.0, 90.0)).ok()
}
