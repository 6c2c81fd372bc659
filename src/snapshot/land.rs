use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

use super::{
    Area, AreaIx, AreaKind, AreaSet, Gazetteer, Locator, Neighbourhood, StateIx, UnitIx, ZipTable,
    overlay::{self, Piece},
    vicinity::Vicinity,
};
use crate::{
    census::{Geoid, StateCode},
    domain::{Geography, ProgramRegion, RegionId, Shape},
    geometry::{Boundary, Position, Window, measure},
};

/// The ground: areas, who holds which position, how regions cut through counties, ZIPs, names and people.
///
/// It knows nothing of partners, so that a change of partners leaves it as it is.
pub struct Land {
    geography: Arc<Geography>,
    areas: Vec<Area>,
    by_id: HashMap<RegionId, AreaIx>,
    states: u32,
    units: u32,
    state_of_unit: Vec<StateIx>,
    units_of_state: Vec<Vec<UnitIx>>,
    pieces: Vec<Vec<Piece>>,
    people: Vec<Option<u64>>,
    /// The people of every area; of a region that splits a county, by its share of the county's area.
    people_of_areas: Vec<Option<u64>>,
    locator: Locator,
    zips: ZipTable,
    names: Gazetteer,
    /// Remembered result of a pure function, made when it is first asked for.
    neighbourhood: OnceLock<Neighbourhood>,
    /// What can be the nearest unit, as it was asked for.
    pub(super) vicinity: Vicinity,
}

impl Land {
    /// Indexes a geography and the regions of a program.
    pub fn new(geography: Arc<Geography>, regions: &[ProgramRegion]) -> Self {
        let mut frame = Frame::new(&geography, regions);
        frame.measure();
        let ((locator, pieces), (zips, names)) = rayon::join(
            || {
                let locator = Locator::new(&frame.areas);
                let pieces = frame.pieces(regions, &locator);
                (locator, pieces)
            },
            || {
                let zips = ZipTable::new(&geography);
                let names = Gazetteer::new(&geography, &zips, regions);
                (zips, names)
            },
        );
        sum_built_regions(&mut frame.areas, frame.first_region, &pieces, frame.first_unit);
        Self::assembled(geography, frame, Found { pieces, locator, zips, names })
    }

    /// A land from its frame and what was found about it.
    pub(super) fn assembled(geography: Arc<Geography>, frame: Frame, found: Found) -> Self {
        let Frame { areas, by_id, states, units, state_of_unit, units_of_state, unit_areas, .. } = frame;
        let Found { pieces, locator, zips, names } = found;
        let people = people_of(&geography, &areas[unit_areas]);
        let mut land = Self {
            geography,
            areas,
            by_id,
            states,
            units,
            state_of_unit,
            units_of_state,
            pieces,
            people,
            people_of_areas: Vec::new(),
            locator,
            zips,
            names,
            neighbourhood: OnceLock::new(),
            vicinity: Vicinity::default(),
        };
        land.people_of_areas = people_of_areas(&land);
        land
    }

    /// The geography that it was made from.
    pub fn geography(&self) -> &Geography {
        &self.geography
    }

    /// The same, to be shared.
    pub fn shared_geography(&self) -> Arc<Geography> {
        self.geography.clone()
    }

    /// Whether it was made from this very geography.
    pub fn is_of(&self, geography: &Arc<Geography>) -> bool {
        Arc::ptr_eq(&self.geography, geography)
    }

    /// All areas: states, then counties, then program regions.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// One area.
    pub fn area(&self, area: AreaIx) -> &Area {
        &self.areas[area.at()]
    }

    /// The area with a typed id; ZIPs are not areas.
    pub fn find(&self, id: &RegionId) -> Option<AreaIx> {
        self.by_id.get(id).copied()
    }

    /// All states.
    pub fn states(&self) -> impl ExactSizeIterator<Item = StateIx> + use<> {
        (0..self.states).map(StateIx)
    }

    /// All units: the counties, or the states where the geography has no counties.
    pub fn units(&self) -> impl ExactSizeIterator<Item = UnitIx> + use<> {
        (0..self.units).map(UnitIx)
    }

    /// The program regions.
    pub fn regions(&self) -> impl Iterator<Item = AreaIx> + use<> {
        let range: Range<u32> = self.first_region()..self.areas.len() as u32;
        range.map(AreaIx)
    }

    fn first_region(&self) -> u32 {
        self.states + self.geography.counties.len() as u32
    }

    /// A state as an area.
    pub fn state_area(&self, state: StateIx) -> AreaIx {
        AreaIx(state.0)
    }

    /// A unit as an area.
    pub fn unit_area(&self, unit: UnitIx) -> AreaIx {
        AreaIx(if self.geography.counties.is_empty() { unit.0 } else { self.states + unit.0 })
    }

    /// An area as a unit; `None` for program regions, and for states in a geography with counties.
    pub fn as_unit(&self, area: AreaIx) -> Option<UnitIx> {
        let first = if self.geography.counties.is_empty() { 0 } else { self.states };
        area.0.checked_sub(first).filter(|unit| *unit < self.units).map(UnitIx)
    }

    /// An area as a state.
    pub fn as_state(&self, area: AreaIx) -> Option<StateIx> {
        (area.0 < self.states).then_some(StateIx(area.0))
    }

    /// The unit with a GEOID.
    pub fn unit(&self, geoid: Geoid) -> Option<UnitIx> {
        self.find(&RegionId::County(geoid)).and_then(|area| self.as_unit(area))
    }

    /// The state with a code.
    pub fn state(&self, code: StateCode) -> Option<StateIx> {
        self.find(&RegionId::State(code)).and_then(|area| self.as_state(area))
    }

    /// The code of a state.
    pub fn state_code(&self, state: StateIx) -> StateCode {
        self.geography.states[state.at()].code
    }

    /// The state that a unit belongs to.
    pub fn state_of(&self, unit: UnitIx) -> StateIx {
        self.state_of_unit[unit.at()]
    }

    /// The units of a state.
    pub fn units_of(&self, state: StateIx) -> &[UnitIx] {
        &self.units_of_state[state.at()]
    }

    /// How program regions cut through a unit: pieces whose fractions of its area sum to 1.
    pub fn pieces(&self, unit: UnitIx) -> &[Piece] {
        &self.pieces[unit.at()]
    }

    /// The people of a unit; `None` where nobody counted.
    pub fn people(&self, unit: UnitIx) -> Option<u64> {
        self.people[unit.at()]
    }

    /// The people of an area, estimated by area where a region splits counties; `None` where nobody counted any of them.
    pub fn people_in(&self, area: AreaIx) -> Option<u64> {
        self.people_of_areas[area.at()]
    }

    /// Which areas hold a position, program regions that are built from units included.
    pub fn areas_at(&self, position: Position) -> AreaSet {
        let mut set = self.locator.locate(position);
        self.add_built_regions(&mut set);
        set
    }

    /// Adds to a set of located areas the program regions that are built from one of its units.
    pub fn add_built_regions(&self, set: &mut AreaSet) {
        let unit = set.iter().find_map(|area| self.as_unit(*area));
        let Some(unit) = unit else { return };
        let built = self.pieces(unit).iter().flat_map(|piece| &piece.regions);
        set.extend(built.copied().filter(|region| self.area(*region).boundary.is_none()));
    }

    /// The areas that meet a window, in ascending order: their boundaries do, or those of the units that they are built of.
    pub fn areas_meeting(&self, window: &Window) -> Vec<AreaIx> {
        let near = window.boxes().iter().flat_map(|window| self.locator.in_window(window));
        let meets = |area: &AreaIx| self.area(*area).boundary.as_ref().is_some_and(|boundary| window.meets(boundary));
        let mut met: Vec<AreaIx> = near.filter(meets).collect();
        let units: Vec<UnitIx> = met.iter().filter_map(|area| self.as_unit(*area)).collect();
        let built = units.iter().flat_map(|unit| self.pieces(*unit)).flat_map(|piece| &piece.regions);
        met.extend(built.filter(|region| self.area(**region).boundary.is_none()));
        met.sort_unstable();
        met.dedup();
        met
    }

    /// The boundaries that an area has, or those of the units that it is built of.
    pub fn boundaries_of(&self, area: AreaIx) -> Vec<&Arc<Boundary>> {
        if let Some(own) = &self.area(area).boundary {
            return vec![own];
        }
        let holds = |unit: &UnitIx| self.pieces(*unit).iter().any(|piece| piece.regions.contains(&area));
        self.units().filter(holds).filter_map(|unit| self.area(self.unit_area(unit)).boundary.as_ref()).collect()
    }

    /// The index of positions and borders.
    pub fn locator(&self) -> &Locator {
        &self.locator
    }

    /// The ZIPs.
    pub fn zips(&self) -> &ZipTable {
        &self.zips
    }

    /// The names.
    pub fn names(&self) -> &Gazetteer {
        &self.names
    }

    /// Which units share borders, and where they are.
    pub fn neighbourhood(&self) -> &Neighbourhood {
        self.neighbourhood.get_or_init(|| Neighbourhood::new(self))
    }
}

/// The areas of a land, by number and by name, before anything is found out about where they are.
pub(super) struct Frame {
    pub areas: Vec<Area>,
    by_id: HashMap<RegionId, AreaIx>,
    pub states: u32,
    pub units: u32,
    state_of_unit: Vec<StateIx>,
    units_of_state: Vec<Vec<UnitIx>>,
    unit_areas: Range<usize>,
    first_unit: u32,
    first_region: AreaIx,
}

/// What takes long to find out about a land.
pub(super) struct Found {
    pub pieces: Vec<Vec<Piece>>,
    pub locator: Locator,
    pub zips: ZipTable,
    pub names: Gazetteer,
}

impl Frame {
    pub(super) fn new(geography: &Geography, regions: &[ProgramRegion]) -> Self {
        let areas = areas_of(geography, regions);
        let by_id = (0..).zip(&areas).map(|(i, area)| (area.id.clone(), AreaIx(i))).collect();
        let states = geography.states.len() as u32;
        let units = if geography.counties.is_empty() { states } else { geography.counties.len() as u32 };
        let state_of_unit = states_of_units(geography);
        let mut units_of_state = vec![Vec::new(); states as usize];
        for (unit, state) in (0..).map(UnitIx).zip(&state_of_unit) {
            units_of_state[state.at()].push(unit);
        }
        let first_unit = if geography.counties.is_empty() { 0 } else { states };
        let unit_areas = first_unit as usize..(first_unit + units) as usize;
        let first_region = AreaIx(states + geography.counties.len() as u32);
        Self { areas, by_id, states, units, state_of_unit, units_of_state, unit_areas, first_unit, first_region }
    }

    fn measure(&mut self) {
        let square_metres = |area: &Area| area.boundary.as_ref().map_or(0.0, |boundary| measure::area(boundary));
        self.areas.par_iter_mut().for_each(|area| area.square_metres = square_metres(area));
    }

    fn pieces(&self, regions: &[ProgramRegion], locator: &Locator) -> Vec<Vec<Piece>> {
        let Self { areas, unit_areas, first_region, units_of_state, by_id, .. } = self;
        overlay::pieces(areas, unit_areas.clone(), *first_region, regions, units_of_state, by_id, locator)
    }
}

fn areas_of(geography: &Geography, regions: &[ProgramRegion]) -> Vec<Area> {
    let state_names: HashMap<StateCode, &str> = geography.states.iter().map(|s| (s.code, &*s.name)).collect();
    let area = |id, kind, name: Arc<str>, boundary: Option<&Arc<Boundary>>| Area {
        id,
        kind,
        name,
        boundary: boundary.cloned(),
        square_metres: 0.0,
    };
    let states =
        geography.states.iter().map(|s| area(RegionId::State(s.code), AreaKind::State, s.name.clone(), Some(&s.boundary)));
    let counties = geography.counties.iter().map(|c| {
        let state = state_names.get(&c.state).copied().unwrap_or_default();
        area(RegionId::County(c.geoid), AreaKind::County, format!("{}, {state}", c.name).into(), Some(&c.boundary))
    });
    let regions = regions.iter().map(|r| {
        let boundary = match &r.shape {
            Shape::Drawn(boundary) => Some(boundary),
            Shape::Members(_) => None,
        };
        area(RegionId::Region(r.id.clone()), AreaKind::Region, r.name.clone(), boundary)
    });
    states.chain(counties).chain(regions).collect()
}

/// A county's state is known by its code; `source` made sure that it exists.
fn states_of_units(geography: &Geography) -> Vec<StateIx> {
    let numbers: HashMap<StateCode, StateIx> = geography.states.iter().map(|s| s.code).zip((0..).map(StateIx)).collect();
    if geography.counties.is_empty() {
        return (0..geography.states.len() as u32).map(StateIx).collect();
    }
    geography.counties.iter().map(|c| numbers.get(&c.state).copied().unwrap_or(StateIx(0))).collect()
}

fn people_of(geography: &Geography, units: &[Area]) -> Vec<Option<u64>> {
    let population = geography.weights.as_ref().map(|w| &w.population);
    let geoids = geography.states.iter().map(|s| (RegionId::State(s.code), s.geoid)).collect::<HashMap<_, _>>();
    let geoid = |area: &Area| match &area.id {
        RegionId::County(geoid) => Some(*geoid),
        id => geoids.get(id).copied(),
    };
    units.iter().map(|area| population.and_then(|p| geoid(area).and_then(|g| p.get(&g).copied()))).collect()
}

fn people_of_areas(land: &Land) -> Vec<Option<u64>> {
    let mut sums: Vec<Option<f64>> = vec![None; land.areas.len()];
    for unit in land.units() {
        let Some(people) = land.people(unit).map(|people| people as f64) else { continue };
        let mut add = |area: AreaIx, people: f64| *sums[area.at()].get_or_insert(0.0) += people;
        add(land.unit_area(unit), people);
        let state = land.state_area(land.state_of(unit));
        if state != land.unit_area(unit) {
            add(state, people);
        }
        for piece in land.pieces(unit) {
            piece.regions.iter().for_each(|region| add(*region, people * piece.fraction));
        }
    }
    sums.into_iter().map(|sum| sum.map(|people| people.round() as u64)).collect()
}

/// A region that is built from units has the area of its units.
fn sum_built_regions(areas: &mut [Area], first_region: AreaIx, pieces: &[Vec<Piece>], first_unit: u32) {
    for region in first_region.at()..areas.len() {
        if areas[region].boundary.is_none() {
            let held = |unit: usize| pieces[unit].iter().any(|p| p.regions.iter().any(|r| r.at() == region));
            let units = (0..pieces.len()).filter(|unit| held(*unit));
            areas[region].square_metres = units.map(|unit| areas[first_unit as usize + unit].square_metres).sum();
        }
    }
}
