use std::sync::Arc;

use super::{
    Place, Taker,
    book::Book,
    graph,
    partly::is_open,
    place::places,
    takers::Takers,
    tally::{Amounts, add},
};
use crate::{
    census::StateCode,
    domain::RegionId,
    geometry::Position,
    lookup::Status,
    snapshot::{AreaIx, Land, UnitIx},
};

/// Open counties that hang together.
#[derive(Clone, Debug, PartialEq)]
pub struct GapArea {
    /// Its id: `gap:` and the lowest id of its counties.
    pub id: String,
    /// The parts of states in which it lies, the largest first.
    pub places: Vec<Place>,
    /// Its counties, those with the most people first.
    pub counties: Vec<GapCounty>,
    /// What is open in it, by measure.
    pub amounts: Amounts,
    /// Its size, in square metres.
    pub square_metres: f64,
    /// Its middle.
    pub middle: Option<Position>,
    /// Who could take it: those who touch it, the longest border first, then the nearest.
    pub takers: Vec<Taker>,
    pub(super) units: Vec<UnitIx>,
}

/// A county of a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct GapCounty {
    /// Its id.
    pub region: RegionId,
    /// Its name without its state: `Coos County`.
    pub name: Arc<str>,
    /// The shortest form of its name: `Coos`.
    pub short_name: Arc<str>,
    /// Its state.
    pub state: StateCode,
    /// What is open in it, by measure.
    pub amounts: Amounts,
}

impl GapArea {
    /// The numbers of its counties as areas of the land, in ascending order.
    pub fn areas(&self, land: &Land) -> Vec<AreaIx> {
        self.units.iter().map(|unit| land.unit_area(*unit)).collect()
    }

    /// Where it is: all its counties as one.
    pub fn outline(&self, land: &Land) -> geo::Geometry<f64> {
        land.outline_of(self.areas(land))
    }
}

/// The gap areas of a book, the most people first.
pub(super) fn gap_areas(book: &Book, takers: &Takers, across_states: bool) -> Vec<GapArea> {
    let land = book.snapshot.land();
    let open: Vec<UnitIx> = land.units().filter(|unit| book.account(*unit).status == Status::Open).collect();
    let may_join = |a: UnitIx, b: UnitIx| across_states || land.state_of(a) == land.state_of(b);
    let mut areas: Vec<_> = graph::pieces(land, &open, may_join).into_iter().map(|units| area(book, takers, units)).collect();
    let size = |a: &GapArea, b: &GapArea| b.square_metres.total_cmp(&a.square_metres);
    areas.sort_by(|a, b| b.amounts.cmp(&a.amounts).then_with(|| size(a, b)).then_with(|| a.id.cmp(&b.id)));
    areas
}

fn area(book: &Book, takers: &Takers, units: Vec<UnitIx>) -> GapArea {
    let land = book.snapshot.land();
    let mut counties: Vec<GapCounty> = units.iter().map(|unit| county(book, *unit)).collect();
    let id = counties.iter().map(|county| county.region.code()).min().unwrap_or_default();
    let mut amounts = book.nothing();
    for county in &counties {
        add(&mut amounts, &county.amounts);
    }
    counties.sort_by(|a, b| b.amounts.cmp(&a.amounts).then_with(|| a.region.cmp(&b.region)));
    GapArea {
        id: format!("gap:{id}"),
        places: places(land, &units),
        counties,
        amounts,
        square_metres: units.iter().map(|unit| land.area(book.area(*unit)).square_metres).sum(),
        middle: graph::middle(land, &units),
        takers: takers.of(&units),
        units,
    }
}

fn county(book: &Book, unit: UnitIx) -> GapCounty {
    let land = book.snapshot.land();
    let area = land.area(book.area(unit));
    let known = land.geography().counties.get(unit.at());
    let name = known.map_or_else(|| area.name.clone(), |county| county.name.clone());
    GapCounty {
        region: area.id.clone(),
        short_name: known.and_then(|county| county.short_name.clone()).unwrap_or_else(|| name.clone()),
        name,
        state: land.state_code(land.state_of(unit)),
        amounts: book.of_leaves(unit, |leaf| is_open(leaf.held)),
    }
}
