//! A map from a canvas and from who serves whom.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::{
    AreaStatus, Atlas, Borders, Canvas, Link, Look, Map, MapArea, Named, PartnerLook, Rect, Scope, Shape, Upcoming, dots,
    face::{Face, Faces},
    lettering::{self, Ground},
    looks,
    shape::{self, Lines},
    tally,
    tile::{Tile, TileNo},
};
use crate::{
    domain::CourseId,
    geometry::topology::Topology,
    snapshot::{Land, PartnerIx, Snapshot, StateIx, UnitIx},
};

/// What a map is composed from.
pub(super) struct Task<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) canvas: &'a Canvas,
    pub(super) atlas: &'a Atlas,
    pub(super) scope: Scope,
    pub(super) day: Date,
    pub(super) course: Option<&'a CourseId>,
    pub(super) faces: &'a Faces,
}

/// Rings smaller than this are left out where an area has larger ones, in square units.
const LEAST_RING: f64 = 6.0;

/// What becomes one area with one link.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct AreaKey {
    face: Face,
    place: Place,
}

/// Where areas end although their faces are the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Anywhere,
    State(StateIx),
    Unit(UnitIx),
}

/// The finest thing that is told apart on a map: everything drawn is dissolved from cells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    /// Number of the area; `None` is surroundings.
    area: Option<u32>,
    state: StateIx,
    in_focus: bool,
    some_zips: bool,
}

/// The cells of a map, and the cell of each tile.
struct Cells {
    keys: Vec<AreaKey>,
    cells: Vec<Cell>,
    of_tile: Vec<u32>,
}

impl Cells {
    fn new(task: &Task) -> Self {
        let Task { canvas, faces, scope, .. } = *task;
        let (land, tiles) = (task.snapshot.land(), &task.atlas.tiles);
        let key = |(tile, face): (&Tile, &Face)| -> Option<AreaKey> {
            let (unit, face) = (tile.unit, face.clone());
            let place = match scope {
                Scope::State(_) if !canvas.is_in_focus(unit) => return None,
                Scope::State(_) => Place::Unit(unit),
                _ if face.status == AreaStatus::Covered => Place::Anywhere,
                _ => Place::State(land.state_of(unit)),
            };
            Some(AreaKey { face, place })
        };
        let by_tile: Vec<Option<AreaKey>> = tiles.iter().zip(&faces.faces).map(key).collect();
        let mut keys: Vec<AreaKey> = by_tile.iter().flatten().cloned().collect();
        keys.sort_unstable();
        keys.dedup();
        let in_focus = |number: usize, tile: &Tile| match scope {
            Scope::Partner(partner) => faces.serves(partner, number, tile.unit),
            // A region that is drawn may end within a unit.
            Scope::Area(area) if land.as_unit(area).or(land.as_state(area).map(|_| tile.unit)).is_none() => {
                tile.regions.contains(&area)
            }
            _ => canvas.is_in_focus(tile.unit),
        };
        let cell = |((number, tile), (key, some_zips)): ((usize, &Tile), (&Option<AreaKey>, &bool))| Cell {
            area: key.as_ref().and_then(|key| keys.binary_search(key).ok()).map(|i| i as u32),
            state: land.state_of(tile.unit),
            in_focus: in_focus(number, tile),
            some_zips: key.is_some() && *some_zips,
        };
        let by_tile: Vec<Cell> = tiles.iter().enumerate().zip(by_tile.iter().zip(&faces.some_zips)).map(cell).collect();
        let mut cells = by_tile.clone();
        cells.sort_unstable();
        cells.dedup();
        let of_tile = by_tile.iter().map(|cell| cells.partition_point(|other| other < cell) as u32).collect();
        Self { keys, cells, of_tile }
    }

    /// Whether ZIPs in ground that is served have another partner, somewhere on a canvas.
    fn has_carved_ground(&self, canvas: &Canvas) -> bool {
        let carved: Vec<bool> = self.cells.iter().map(|cell| cell.some_zips && self.is_served(cell)).collect();
        let shown = canvas.panels.iter().flat_map(|panel| &panel.tiles);
        shown.into_iter().any(|tile| carved[self.of_tile[*tile as usize] as usize])
    }

    fn is_served(&self, cell: &Cell) -> bool {
        cell.area.is_some_and(|area| self.keys[area as usize].face.status == AreaStatus::Covered)
    }

    /// The topology of a panel dissolved to cells, on the grid.
    fn drawn(&self, panel: &super::canvas::Panel) -> Topology {
        panel.dissolve_tiles(self.cells.len(), |tile| self.of_tile.get(tile as usize).copied())
    }
}

/// What is drawn of all panels.
struct Drawn {
    areas: Vec<Lines>,
    surroundings: Lines,
    some_zips: Lines,
    focus: Lines,
    borders: Borders,
}

/// The map of a scope.
pub(super) fn map(task: &Task) -> Map {
    let Task { snapshot, canvas, atlas, scope, day, faces, .. } = *task;
    let land = snapshot.land();
    let cells = Cells::new(task);
    let mut drawn = draw(canvas, &cells);
    let looks = partner_looks(land, faces, atlas);
    let areas = areas(snapshot, scope, &cells, &mut drawn.areas, &looks);
    let is_whole = scope == Scope::Country || canvas.focus.is_empty();
    let mut labels = canvas.labels.clone();
    if !is_whole {
        let taken: Vec<Rect> = labels.iter().map(|label| label.rect).collect();
        labels.extend(lettering::partners(&grounds(snapshot, canvas, &cells), &taken));
    }
    let frames: Vec<_> = canvas.panels.iter().filter_map(|panel| panel.frame.clone()).collect();
    let zips = if is_whole { Vec::new() } else { dots::zips(task, &looks) };
    let partners = if is_whole { Vec::new() } else { tally::partners(&areas, &zips) };
    lettering::number(&mut labels, &partners);
    if !is_whole {
        lettering::narrow(&mut labels, &frames, canvas.size, false);
    }
    let marks = lettering::marks(&areas, &labels, is_whole);
    let towns = if is_whole { Vec::new() } else { dots::towns(land, canvas, &labels, &marks) };
    let course = task.course.and_then(|id| snapshot.course(id)).map(|course| (course.id.clone(), course.name.clone()));
    let stands_out = matches!(scope, Scope::Area(_) | Scope::Partner(_)) && !is_whole;
    Map {
        subject: subject(snapshot, scope),
        program: snapshot.info().name.clone(),
        as_of: day,
        course,
        generation: snapshot.generation().clone(),
        attribution: land.geography().attribution.clone(),
        size: canvas.size,
        frames,
        views: canvas.views(),
        surroundings: Shape { rings: drawn.surroundings },
        legend: tally::legend(&areas, &marks, cells.has_carved_ground(canvas), !partners.is_empty(), !zips.is_empty()),
        counts: tally::counts(land, canvas, &atlas.tiles, faces),
        areas,
        some_zips: Shape { rings: drawn.some_zips },
        focus: stands_out.then_some(Shape { rings: drawn.focus }),
        is_whole,
        borders: drawn.borders,
        labels,
        marks,
        zips,
        towns,
        partners,
        pin: None,
    }
}

fn subject(snapshot: &Snapshot, scope: Scope) -> Arc<str> {
    let land = snapshot.land();
    match scope {
        Scope::Country => Arc::from(&*land.geography().name),
        Scope::State(state) => land.area(land.state_area(state)).name.clone(),
        Scope::Area(area) => land.area(area).name.clone(),
        Scope::Partner(partner) => snapshot.partner_at(partner).name.clone(),
    }
}

fn draw(canvas: &Canvas, cells: &Cells) -> Drawn {
    let mut drawn = Drawn {
        areas: vec![Vec::new(); cells.keys.len()],
        surroundings: Vec::new(),
        some_zips: Vec::new(),
        focus: Vec::new(),
        borders: Borders::default(),
    };
    for panel in &canvas.panels {
        let grid = cells.drawn(panel);
        let sheet = panel.frame.as_ref().map_or_else(|| sheet_of(canvas), |frame| frame.rect);
        let least = if panel.frame.is_some() { 0.0 } else { LEAST_RING };
        let rings = |topology: &Topology, area: u32, into: &mut Lines| {
            let rings = shape::rings_of(topology, area, least).into_iter();
            into.extend(rings.map(|ring| shape::clip(ring, &sheet)).filter(|ring| ring.len() > 2));
        };
        let cell = |i: u32| cells.cells[i as usize];
        let areas = grid.dissolve(cells.keys.len(), |i| cell(i).area);
        for (area, into) in (0..).zip(&mut drawn.areas) {
            rings(&areas, area, into);
        }
        let is = |wanted: fn(Cell) -> bool| grid.dissolve(1, |i| wanted(cell(i)).then_some(0));
        rings(&is(|cell| cell.area.is_none()), 0, &mut drawn.surroundings);
        rings(&is(|cell| cell.some_zips), 0, &mut drawn.some_zips);
        if !canvas.focus.is_empty() {
            rings(&is(|cell| cell.in_focus), 0, &mut drawn.focus);
        }
        sort_borders(&grid, cells, &sheet, &mut drawn.borders);
    }
    drawn
}

fn sheet_of(canvas: &Canvas) -> Rect {
    Rect { x: -8, y: -8, width: canvas.size[0] + 16, height: canvas.size[1] + 16 }
}

/// Puts each arc into the list of its rank.
fn sort_borders(grid: &Topology, cells: &Cells, sheet: &Rect, borders: &mut Borders) {
    for arc in grid.arcs() {
        let [left, right] = [arc.left, arc.right].map(|side| side.map(|i| cells.cells[i as usize]));
        let list = match (left, right) {
            (Some(a), Some(b)) => {
                let face = |cell: Cell| cell.area.map(|area| &cells.keys[area as usize].face);
                match (face(a) != face(b), a.state != b.state, a.area != b.area) {
                    (true, true, _) => &mut borders.partner_and_state,
                    (true, false, _) => &mut borders.partner,
                    (false, true, _) => &mut borders.state,
                    (false, false, true) => &mut borders.county,
                    (false, false, false) => continue,
                }
            }
            _ => &mut borders.outer,
        };
        let line = shape::points(&arc.line);
        list.extend(shape::clip_line(&line, sheet));
    }
}

/// The looks of groups of partners.
pub(super) type Looks = BTreeMap<Vec<PartnerIx>, PartnerLook>;

/// The look of each group of partners, the same on every map of a day and a course.
fn partner_looks(land: &Land, faces: &Faces, atlas: &Atlas) -> Looks {
    let mut groups: Vec<&Vec<PartnerIx>> = faces.groups().collect();
    groups.sort_unstable();
    groups.dedup();
    let number = |group: &Vec<PartnerIx>| groups.binary_search(&group).ok().map(|i| i as u32);
    let on_tile = |tile: &TileNo| number(&faces.faces[*tile as usize].partners);
    let mut beside: Vec<[u32; 2]> = atlas.adjacency.iter().filter_map(|[a, b]| Some([on_tile(a)?, on_tile(b)?])).collect();
    beside.sort_unstable();
    beside.dedup();
    let ground = atlas.tiles.iter().zip(&faces.faces).filter_map(|(tile, face)| Some((tile.unit, number(&face.partners)?)));
    let dots = faces.zips.iter().filter_map(|(unit, _, group)| Some((*unit, number(group)?)));
    let mut in_state: Vec<Vec<u32>> = vec![Vec::new(); land.states().len()];
    for (unit, group) in ground.chain(dots) {
        in_state[land.state_of(unit).at()].push(group);
    }
    let mut close = Vec::new();
    for groups in &mut in_state {
        groups.sort_unstable();
        groups.dedup();
        close.extend(groups.iter().enumerate().flat_map(|(i, a)| groups[i + 1..].iter().map(|b| [*a, *b])));
    }
    let looks = looks::assign(groups.len(), &beside, &close);
    groups.into_iter().cloned().zip(looks).collect()
}

fn areas(snapshot: &Snapshot, scope: Scope, cells: &Cells, shapes: &mut [Lines], looks: &Looks) -> Vec<MapArea> {
    let land = snapshot.land();
    let keys = cells.keys.iter().zip(shapes.iter_mut()).filter(|(_, rings)| !rings.is_empty());
    let area = |(key, rings): (&AreaKey, &mut Lines)| {
        let AreaKey { face, place } = key;
        let partners: Vec<_> = face.partners.iter().map(|partner| named(snapshot, *partner)).collect();
        let place_area = match place {
            Place::Anywhere => None,
            Place::State(state) => Some(land.area(land.state_area(*state))),
            Place::Unit(unit) => Some(land.area(land.unit_area(*unit))),
        };
        let lead = partners.first().map(|lead| Link::Partner(lead.id.clone()));
        let link = place_area.map(|area| Link::Region(area.id.clone())).or(lead)?;
        let name = place_area.map_or_else(|| joined(&partners), |area| area.name.clone());
        let fresh = |partner: &PartnerIx| snapshot.is_new_this_year(*partner);
        let upcoming = face.upcoming.as_ref().map(|(starts_on, partners)| Upcoming {
            starts_on: *starts_on,
            partners: partners.iter().map(|partner| named(snapshot, *partner)).collect(),
        });
        let look = looks.get(&face.partners).map_or(Look::Status(face.status), |look| Look::Partner(*look));
        let shape = Shape { rings: std::mem::take(rings) };
        let new_this_year = face.partners.iter().any(fresh);
        Some(MapArea { name, status: face.status, partners, new_this_year, until: face.until, upcoming, link, look, shape })
    };
    let mut areas: Vec<MapArea> = keys.filter_map(area).collect();
    let by_partner = !matches!(scope, Scope::State(_));
    areas.sort_by(|a, b| {
        let status = if by_partner { a.status.cmp(&b.status) } else { std::cmp::Ordering::Equal };
        status.then_with(|| (&a.name, &a.link).cmp(&(&b.name, &b.link)))
    });
    areas
}

pub(super) fn named(snapshot: &Snapshot, partner: PartnerIx) -> Named {
    let partner = snapshot.partner_at(partner);
    Named { id: partner.id.clone(), name: partner.name.clone() }
}

pub(super) fn joined(partners: &[Named]) -> Arc<str> {
    let names: Vec<&str> = partners.iter().map(|partner| &*partner.name).collect();
    names.join(" + ").into()
}

/// The ground of each group of partners on a zoomed map.
fn grounds(snapshot: &Snapshot, canvas: &Canvas, cells: &Cells) -> Vec<Ground> {
    let sheet = Rect { x: 12, y: 12, width: canvas.size[0] - 24, height: canvas.size[1] - 24 };
    let mut groups: Vec<&Vec<PartnerIx>> = cells.keys.iter().map(|key| &key.face.partners).filter(|p| !p.is_empty()).collect();
    groups.sort_unstable();
    groups.dedup();
    let group_of: Vec<Option<u32>> =
        cells.keys.iter().map(|key| groups.binary_search(&&key.face.partners).ok().map(|i| i as u32)).collect();
    let mut grounds = Vec::new();
    for panel in &canvas.panels {
        let grid = cells.drawn(panel);
        let grid = grid.dissolve(groups.len(), |i| cells.cells[i as usize].area.and_then(|area| group_of[area as usize]));
        for (number, group) in (0..).zip(&groups) {
            let rings = shape::rings_of(&grid, number, LEAST_RING).into_iter();
            let rings: Lines = rings.map(|ring| shape::clip(ring, &sheet)).filter(|ring| ring.len() > 2).collect();
            let partners: Vec<_> = group.iter().map(|partner| named(snapshot, *partner)).collect();
            if let Some(lead) = partners.first().filter(|_| !rings.is_empty()) {
                grounds.push(Ground { name: joined(&partners), link: Link::Partner(lead.id.clone()), rings });
            }
        }
    }
    grounds
}
