//! A canvas: the geometry of a sheet, projected, cut to arcs and made simple once, whoever serves whom.

use geo::Coord;
use rayon::prelude::*;

use super::{
    Frame, Label, Link, Rect,
    frame::{self, Layout, View},
    lettering,
    shape::GridPoint,
    tile::{Tile, TileNo},
};
use crate::{
    domain::RegionId,
    geometry::{
        Boundary, Envelope, Position,
        projection::Projection,
        topology::{self, Topology},
    },
    snapshot::{AreaSet, Land, UnitIx},
};

/// Vertices that make triangles smaller than this are dropped once for all maps on the canvas, in square units.
const FINE: f64 = 0.25;
/// The same, after areas have been dissolved.
const COARSE: f64 = 2.0;
/// Islands and lakes smaller than this are not drawn where a unit has larger ones, in square units.
const SPECK: f64 = 1.0;
/// Height of a line and width of a letter of a frame's name, in units.
const FRAME_LINE: i32 = 22;
const FRAME_LETTER: i32 = 13;
/// Width of a letter of a frame's codes on a narrow screen, and height of a line of them, in units.
pub(super) const LARGE_LETTER: i32 = 40;
pub(super) const LARGE_LINE: i32 = 50;
/// Edges longer than this are bent with the projection, in degrees.
const LONGEST_EDGE: f64 = 1.0;
/// Width of a zoomed sheet, and how high it is at least and at most, in units: letters are as large on all of them.
const ZOOMED_WIDTH: i32 = 1080;
const ZOOMED_HEIGHT: [i32; 2] = [600, 1000];
/// What is shown around the focus of a zoomed sheet, in units.
const SURROUNDINGS: i32 = 40;

/// A sheet with the outlines of all units on it, ready to be dissolved into whatever a map shows.
pub(super) struct Canvas {
    /// Size of the sheet in units: width and height.
    pub(super) size: [i32; 2],
    pub(super) panels: Vec<Panel>,
    /// What it is about; empty means everything.
    pub(super) focus: Vec<UnitIx>,
    /// Names of states, whoever serves them.
    pub(super) labels: Vec<Label>,
}

/// A part of a sheet with its own projection.
pub(super) struct Panel {
    /// Name and frame of an inset; the main one has none.
    pub(super) frame: Option<Frame>,
    pub(super) view: View,
    /// The tiles of the topology, by their number in it, and their units.
    pub(super) tiles: Vec<TileNo>,
    pub(super) units: Vec<UnitIx>,
    /// Outlines of the tiles in sheet units.
    pub(super) topology: Topology,
}

impl Canvas {
    /// The canvas of a whole country.
    pub(super) fn country(land: &Land, tiles: &[Tile]) -> Self {
        let codes: Vec<_> = land.states().map(|state| land.state_code(state)).collect();
        match Layout::of(&codes) {
            Some(layout) => Self::laid_out(land, tiles, layout),
            None => Self::fitted(land, tiles, Vec::new()),
        }
    }

    fn laid_out(land: &Land, tiles: &[Tile], layout: &Layout) -> Self {
        let inset_of = |unit: UnitIx| layout.inset_of(land.state_code(land.state_of(unit)));
        let frames: Vec<Option<usize>> = std::iter::once(None).chain((0..layout.insets.len()).map(Some)).collect();
        let panels = frames.into_par_iter().filter_map(|number| {
            let shown = numbers(tiles, |tile| inset_of(tile.unit) == number);
            let (frame, projection, room) = match number.map(|i| &layout.insets[i]) {
                Some(inset) => {
                    let link = match inset.states {
                        [only] => only.parse().ok().map(|code| Link::Region(RegionId::State(code))),
                        _ => None,
                    };
                    let lines = lettering::broken(inset.name, (inset.rect.width / FRAME_LETTER) as usize);
                    let room = room_in(inset.rect, lines.len() as i32);
                    let frame = Frame {
                        name: inset.name.into(),
                        lines,
                        codes: lettering::broken(&inset.states.join(", "), (inset.rect.width / LARGE_LETTER) as usize),
                        codes_at: [0, 0],
                        rect: inset.rect,
                        link,
                    };
                    (Some(frame), Projection::albers(inset.parallels, inset.meridian, 0.0), room)
                }
                None => (None, Projection::albers(layout.parallels, layout.meridian, 37.5), layout.main),
            };
            let longitudes = number.and_then(|i| layout.insets[i].longitudes).unwrap_or([-180.0, 180.0]);
            (!shown.is_empty()).then(|| Panel::new(tiles, shown, frame, projection, longitudes, room))
        });
        let mut panels: Vec<_> = panels.collect();
        for panel in &mut panels {
            lettering::place_codes(panel, layout.size);
        }
        let labels = lettering::states(land, &panels, layout.size, &[]);
        Self { size: layout.size, panels, focus: Vec::new(), labels }
    }

    /// The canvas of some units, in ascending order, and what lies around them.
    pub(super) fn around(land: &Land, tiles: &[Tile], focus: &[UnitIx]) -> Self {
        Self::fitted(land, tiles, focus.to_vec())
    }

    /// One panel with the sheet cut to the shape of a focus, with whatever else is in sight; without a focus, of all.
    fn fitted(land: &Land, tiles: &[Tile], focus: Vec<UnitIx>) -> Self {
        let in_focus = |tile: &Tile| focus.is_empty() || focus.binary_search(&tile.unit).is_ok();
        let boundaries: Vec<&Boundary> = boundaries_of(tiles, &numbers(tiles, in_focus));
        let envelopes: Vec<_> = boundaries.iter().flat_map(|b| envelopes_of_parts(b)).collect();
        let projection = frame::projection_for(&envelopes);
        let margin = SURROUNDINGS;
        let room =
            |[width, height]: [i32; 2]| Rect { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin };
        let [least, most] = ZOOMED_HEIGHT;
        let highest = View::fit(projection, coords_of(&boundaries), room([ZOOMED_WIDTH, most]));
        let extent = Envelope::of(coords_of(&boundaries).map(|c| highest.project(c)));
        let height = extent.map_or(0.0, |e| e.max[1] - e.min[1]).ceil() as i32 + 2 * margin;
        let size = [ZOOMED_WIDTH, height.clamp(least, most)];
        let view = View::fit(projection, coords_of(&boundaries), room(size));
        let shown = numbers(tiles, |tile| focus.is_empty() || is_in_sight(tile, &view, size));
        let panels = vec![Panel::with_view(tiles, shown, None, view)];
        let labels = lettering::states(land, &panels, size, &focus);
        Self { size, panels, focus, labels }
    }

    /// Where on the sheet a position lies that some areas hold; `None` where no frame shows it.
    pub fn point(&self, land: &Land, position: Position, held_by: &AreaSet) -> Option<GridPoint> {
        let unit = held_by.iter().find_map(|area| land.as_unit(*area));
        let panel = self.panels.iter().find(|panel| match unit {
            Some(unit) => panel.units.binary_search(&unit).is_ok(),
            None => panel.frame.is_none(),
        })?;
        self.on_sheet(panel, position)
    }

    /// Where a position comes to lie by the projection of a panel; `None` where that is not on the sheet.
    pub(super) fn on_sheet(&self, panel: &Panel, position: Position) -> Option<GridPoint> {
        let p = panel.view.project(Coord { x: position.lon(), y: position.lat() });
        let point = [p.x.round() as i32, p.y.round() as i32];
        (0..2).all(|axis| (0..=self.size[axis]).contains(&point[axis])).then_some(point)
    }

    /// What was projected how: insets first, then what is left of the sheet.
    pub(super) fn views(&self) -> Vec<(Rect, View)> {
        let sheet = Rect { x: 0, y: 0, width: self.size[0], height: self.size[1] };
        let (insets, rest): (Vec<&Panel>, Vec<&Panel>) = self.panels.iter().partition(|panel| panel.frame.is_some());
        let rect = |panel: &Panel| panel.frame.as_ref().map_or(sheet, |frame| frame.rect);
        insets.into_iter().chain(rest).map(|panel| (rect(panel), panel.view)).collect()
    }

    /// The pairs of tiles that share a border on the canvas.
    pub(super) fn adjacency(&self) -> Vec<[TileNo; 2]> {
        let of_panel = |panel: &Panel| -> Vec<[TileNo; 2]> {
            panel.topology.adjacency().into_iter().map(|pair| pair.map(|i| panel.tiles[i as usize])).collect()
        };
        self.panels.iter().flat_map(of_panel).collect()
    }

    /// Whether the map is about the unit, and not only shows it around what it is about.
    pub(super) fn is_in_focus(&self, unit: UnitIx) -> bool {
        self.focus.is_empty() || self.focus.binary_search(&unit).is_ok()
    }
}

/// What a frame leaves for the land below the lines of its name.
fn room_in(rect: Rect, lines: i32) -> Rect {
    let name = 12 + FRAME_LINE * lines;
    Rect { x: rect.x + 14, y: rect.y + name, width: rect.width - 28, height: rect.height - name - 14 }
}

impl Panel {
    fn new(
        tiles: &[Tile],
        shown: Vec<TileNo>,
        frame: Option<Frame>,
        projection: Projection,
        [west, east]: [f64; 2],
        room: Rect,
    ) -> Self {
        let boundaries = boundaries_of(tiles, &shown);
        let view = View::fit(projection, coords_of(&boundaries).filter(|c| west <= c.x && c.x <= east), room);
        Self::with_view(tiles, shown, frame, view)
    }

    fn with_view(tiles: &[Tile], shown: Vec<TileNo>, frame: Option<Frame>, view: View) -> Self {
        let units = shown.iter().map(|number| tiles[*number as usize].unit).collect();
        let drawn = Topology::new(boundaries_of(tiles, &shown)).with_lines(|_, arc| bent(&arc.line, &view));
        let (topology, _) = topology::simplify_to_grid(&drawn.without_specks(SPECK), FINE);
        Self { frame, view, tiles: shown, units, topology }
    }

    /// The outlines on the grid of what the units become: unit `u` becomes part of `key(u)`.
    pub(super) fn dissolve(&self, areas: usize, key: impl Fn(UnitIx) -> Option<u32>) -> Topology {
        self.drawn(areas, |i| key(self.units[i as usize]))
    }

    /// The same for tiles.
    pub(super) fn dissolve_tiles(&self, areas: usize, key: impl Fn(TileNo) -> Option<u32>) -> Topology {
        self.drawn(areas, |i| key(self.tiles[i as usize]))
    }

    fn drawn(&self, areas: usize, key: impl Fn(u32) -> Option<u32>) -> Topology {
        topology::simplify(&self.topology.dissolve(areas, key), COARSE)
    }
}

/// A line on the sheet; long edges are bent as their projection bends them.
fn bent(line: &[Coord<f64>], view: &View) -> Vec<Coord<f64>> {
    let mut drawn: Vec<_> = line.first().map(|c| view.project(*c)).into_iter().collect();
    for w in line.windows(2) {
        let mut dx = w[1].x - w[0].x;
        if dx.abs() > 180.0 {
            dx -= 360.0_f64.copysign(dx);
        }
        let dy = w[1].y - w[0].y;
        let pieces = (dx.abs().max(dy.abs()) / LONGEST_EDGE).ceil().max(1.0);
        for i in 1..pieces as u32 {
            let t = f64::from(i) / pieces;
            drawn.push(view.project(Coord { x: w[0].x + t * dx, y: w[0].y + t * dy }));
        }
        drawn.push(view.project(w[1]));
    }
    drawn
}

/// Whether something of a tile may be seen on a sheet.
fn is_in_sight(tile: &Tile, view: &View, size: [i32; 2]) -> bool {
    let sheet = Envelope { min: [0.0; 2], max: size.map(f64::from) };
    let seen = |e: Envelope| {
        let ([x0, y0], [x1, y1], middle) = (e.min, e.max, e.center());
        let outline = [x0, middle.x, x1].into_iter().flat_map(|x| [y0, middle.y, y1].map(|y| Coord { x, y }));
        Envelope::of(outline.map(|c| view.project(c))).is_some_and(|drawn| drawn.meets(&sheet))
    };
    envelopes_of_parts(&tile.boundary).any(seen)
}

/// The numbers of some tiles.
fn numbers(tiles: &[Tile], wanted: impl Fn(&Tile) -> bool) -> Vec<TileNo> {
    (0..).zip(tiles).filter(|(_, tile)| wanted(tile)).map(|(number, _)| number).collect()
}

fn boundaries_of<'a>(tiles: &'a [Tile], shown: &[TileNo]) -> Vec<&'a Boundary> {
    shown.iter().map(|number| &*tiles[*number as usize].boundary).collect()
}

fn coords_of<'a>(boundaries: &'a [&Boundary]) -> impl Iterator<Item = Coord<f64>> + 'a {
    boundaries.iter().flat_map(|b| b.parts()).flat_map(|polygon| polygon.exterior().0.iter().copied())
}

fn envelopes_of_parts(boundary: &Boundary) -> impl Iterator<Item = Envelope> + '_ {
    boundary.parts().iter().filter_map(|polygon| Envelope::of(polygon.exterior().0.iter().copied()))
}
