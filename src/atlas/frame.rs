//! Frames: the rectangles of a sheet that are each drawn in a projection of their own.

use geo::Coord;

use crate::{
    census::StateCode,
    geometry::{Envelope, projection::Projection},
};

/// A rectangle on a sheet, in sheet units; y grows downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Left end.
    pub x: i32,
    /// Upper end.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// An inset: states that are drawn apart from the rest, where on the sheet, and how.
pub(super) struct Inset {
    pub(super) name: &'static str,
    /// The short codes of the states in it.
    pub(super) states: &'static [&'static str],
    /// Standard parallels, in degrees.
    pub(super) parallels: [f64; 2],
    /// Central meridian, in degrees.
    pub(super) meridian: f64,
    /// The longitudes that fill the frame; `None` is all that is in it. What lies beyond is cut off.
    pub(super) longitudes: Option<[f64; 2]>,
    pub(super) rect: Rect,
}

/// The sheet of a country with insets.
pub(super) struct Layout {
    pub(super) size: [i32; 2],
    /// Where the states go that no inset names.
    pub(super) main: Rect,
    pub(super) parallels: [f64; 2],
    pub(super) meridian: f64,
    pub(super) insets: &'static [Inset],
}

/// The United States: the 48 states on Albers' cone (parallels as the Census Bureau and the USGS have them), and
/// everybody else in a framed inset at a scale at which they can be recognised.
pub(super) const UNITED_STATES: Layout = Layout {
    size: [1920, 1290],
    main: Rect { x: 16, y: 16, width: 1888, height: 1200 },
    parallels: [29.5, 45.5],
    meridian: -96.0,
    insets: &[
        Inset {
            name: "Alaska",
            states: &["AK"],
            parallels: [55.0, 65.0],
            meridian: -154.0,
            longitudes: None,
            rect: Rect { x: 10, y: 968, width: 400, height: 312 },
        },
        Inset {
            name: "Hawaii",
            states: &["HI"],
            parallels: [8.0, 18.0],
            meridian: -157.0,
            // The eight islands that people live on; the chain of atolls goes on for 2,000 km.
            longitudes: Some([-160.6, -154.7]),
            rect: Rect { x: 422, y: 1096, width: 290, height: 184 },
        },
        Inset {
            name: "Puerto Rico and U.S. Virgin Islands",
            states: &["PR", "VI"],
            parallels: [17.5, 18.5],
            meridian: -66.3,
            longitudes: None,
            rect: Rect { x: 950, y: 1100, width: 360, height: 180 },
        },
        Inset {
            name: "American Samoa",
            states: &["AS"],
            parallels: [-14.4, -14.1],
            meridian: -169.6,
            // Tutuila and the Manu'a group; nobody lives on Swains Island or Rose Atoll, far to the west and east.
            longitudes: Some([-170.95, -169.3]),
            rect: Rect { x: 1322, y: 1100, width: 190, height: 180 },
        },
        Inset {
            name: "Guam and Northern Marianas",
            states: &["GU", "MP"],
            parallels: [14.0, 19.0],
            meridian: 145.4,
            longitudes: None,
            rect: Rect { x: 1744, y: 760, width: 166, height: 520 },
        },
    ],
};

/// The codes of the 48 states and the District of Columbia.
const CONTIGUOUS: &str = "AL AR AZ CA CO CT DC DE FL GA IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY \
                          OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY";

impl Layout {
    /// The layout for a country with these states; `None` where the data decides for itself.
    ///
    /// Taken for the United States: only codes of its states and territories, and most of the 48.
    pub(super) fn of(states: &[StateCode]) -> Option<&'static Self> {
        let contiguous = |code: &&StateCode| CONTIGUOUS.split(' ').any(|known| known == code.as_str());
        let inset = |code: &&StateCode| UNITED_STATES.inset_of(**code).is_some();
        let most = states.iter().filter(contiguous).count() > 24;
        (most && states.iter().all(|code| contiguous(&code) || inset(&code))).then_some(&UNITED_STATES)
    }

    /// Number of the inset that a state goes to; `None` is the main frame.
    pub(super) fn inset_of(&self, state: StateCode) -> Option<usize> {
        self.insets.iter().position(|inset| inset.states.contains(&state.as_str()))
    }
}

/// From degrees to sheet units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    projection: Projection,
    /// Sheet units per metre.
    scale: f64,
    /// What is added, in sheet units.
    shift: [f64; 2],
}

impl View {
    /// The largest view in which all coordinates lie within a rectangle, in its middle.
    pub(super) fn fit(projection: Projection, coords: impl Iterator<Item = Coord<f64>>, rect: Rect) -> Self {
        let extent = Envelope::of(coords.map(|c| projection.project(c)));
        let extent = extent.unwrap_or(Envelope { min: [0.0; 2], max: [1.0; 2] });
        let [width, height] = [0, 1].map(|axis| (extent.max[axis] - extent.min[axis]).max(1.0));
        let scale = (f64::from(rect.width) / width).min(f64::from(rect.height) / height);
        let middle = extent.center();
        let [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2].map(f64::from);
        Self { projection, scale, shift: [x - middle.x * scale, y + middle.y * scale] }
    }

    /// What leads back from the sheet to degrees: the numbers of the projection (see [`Projection::parameters`]), then
    /// sheet units per metre and the shift of the sheet in units.
    pub fn parameters(&self) -> [f64; 7] {
        let ([meridian, n, c, rho_0], [x, y]) = (self.projection.parameters(), self.shift);
        [meridian, n, c, rho_0, self.scale, x, y]
    }

    /// Where a longitude and latitude come to lie on the sheet.
    pub fn project(&self, c: Coord<f64>) -> Coord<f64> {
        let p = self.projection.project(c);
        Coord { x: p.x * self.scale + self.shift[0], y: self.shift[1] - p.y * self.scale }
    }
}

/// An equal-area projection for whatever lies within some envelopes: its meridian in their middle, across the
/// antimeridian where that is shorter, its parallels a sixth from either end (Snyder 1987, page 99).
pub(super) fn projection_for(envelopes: &[Envelope]) -> Projection {
    let south = envelopes.iter().map(|e| e.min[1]).fold(f64::INFINITY, f64::min);
    let north = envelopes.iter().map(|e| e.max[1]).fold(f64::NEG_INFINITY, f64::max);
    let (south, north) = if south <= north { (south, north) } else { (-1.0, 1.0) };
    let [west, width] = span_of_longitudes(envelopes);
    let middle = west + width / 2.0;
    let meridian = if middle > 180.0 { middle - 360.0 } else { middle };
    let sixth = (north - south) / 6.0;
    Projection::albers([south + sixth, north - sixth], meridian, (south + north) / 2.0)
}

/// The shortest span of longitudes that holds all envelopes: its western end and its width, in degrees.
pub(super) fn span_of_longitudes(envelopes: &[Envelope]) -> [f64; 2] {
    let mut spans: Vec<_> = envelopes.iter().map(|e| (e.min[0], e.max[0])).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let Some(&(first, _)) = spans.first() else { return [0.0, 1.0] };
    // The widest gap between spans is what the map leaves out.
    let mut east = f64::NEG_INFINITY;
    let mut widest = (f64::NEG_INFINITY, first);
    for &(from, to) in &spans {
        if east.is_finite() && from - east > widest.0 {
            widest = (from - east, from);
        }
        east = east.max(to);
    }
    let around = first + 360.0 - east;
    if around >= widest.0 { [first, east - first] } else { [widest.1, 360.0 - widest.0] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(west: f64, east: f64) -> Envelope {
        Envelope { min: [west, 0.0], max: [east, 1.0] }
    }

    #[test]
    fn islands_on_both_sides_of_the_antimeridian_lie_side_by_side() {
        assert_eq!(span_of_longitudes(&[envelope(177.0, 180.0), envelope(-180.0, -178.0)]), [177.0, 5.0]);
        assert_eq!(span_of_longitudes(&[envelope(-5.0, 3.0), envelope(2.0, 9.0)]), [-5.0, 14.0]);
        assert_eq!(span_of_longitudes(&[]), [0.0, 1.0]);
    }

    #[test]
    fn every_state_of_the_union_has_a_frame_and_other_countries_have_their_own() {
        let codes = |text: &str| text.split(' ').map(|c| c.parse().unwrap()).collect::<Vec<StateCode>>();
        let all = codes(&format!("{CONTIGUOUS} AK HI PR VI GU MP AS"));
        assert_eq!(all.len(), 56);
        assert!(Layout::of(&all).is_some());
        assert_eq!(UNITED_STATES.inset_of("MP".parse().unwrap()), UNITED_STATES.inset_of("GU".parse().unwrap()));
        assert!(Layout::of(&codes("NSW VIC QLD WA SA TAS NT ACT")).is_none());
        assert!(Layout::of(&codes("WA OR")).is_none(), "two states fill the sheet better in a frame of their own");
    }

    #[test]
    fn frames_stay_on_the_sheet_and_apart() {
        let Layout { size, insets, .. } = UNITED_STATES;
        for (i, a) in insets.iter().map(|inset| inset.rect).enumerate() {
            assert!(a.x >= 0 && a.y >= 0 && a.x + a.width <= size[0] && a.y + a.height <= size[1]);
            for b in insets[i + 1..].iter().map(|inset| inset.rect) {
                assert!(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y);
            }
        }
    }
}
