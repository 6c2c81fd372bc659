use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::wire::{NotUnpacked, Reader, Wire, Writer, wire_enum, wire_struct, wire_text};
use crate::{
    census::{Geoid, StateCode, ZipCode},
    domain::{County, Geography, LayerFiles, Place, RetiredCounty, State, Weights, Zip, ZipCounty, ZipKind},
    geometry::{Boundary, Position},
};

wire_text!(Geoid, StateCode, ZipCode);

wire_struct! {
    Geography {
        name, vintage, resolution_m, attribution, licence, states, layer_files, counties, zips, zip_counties, places, weights,
        retired,
    }
    LayerFiles { states, counties }
    State { geoid, code, name, boundary }
    County { geoid, name, short_name, state, boundary }
    Zip { zip, state, county, place, position, kind, population }
    ZipCounty { zip, county, share }
    Place { name, state, county, position, population, alt_names }
    Weights { population, source, further }
    RetiredCounty { geoid, name, state, successors, effective, note }
}

wire_enum! {
    ZipKind { 0 Area, 1 Point, 2 Military }
}

impl Wire for Position {
    fn put(&self, out: &mut Writer) {
        self.lon().put(out);
        self.lat().put(out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        Self::new(f64::get(from)?, f64::get(from)?).map_err(|error| from.impossible(error))
    }
}

/// Each polygon: its rings, the exterior first; each ring: its coordinates, longitude first.
impl Wire for Boundary {
    fn put(&self, out: &mut Writer) {
        out.length(self.parts().len());
        for part in self.parts() {
            out.length(1 + part.interiors().len());
            put_ring(part.exterior(), out);
            part.interiors().iter().for_each(|ring| put_ring(ring, out));
        }
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let parts = from.length(1)?;
        let parts = (0..parts).map(|_| polygon(from)).collect::<Result<Vec<_>, _>>()?;
        Self::new(MultiPolygon(parts)).map_err(|error| from.impossible(error))
    }
}

fn put_ring(ring: &LineString<f64>, out: &mut Writer) {
    out.length(ring.0.len());
    for coord in &ring.0 {
        coord.x.put(out);
        coord.y.put(out);
    }
}

fn polygon(from: &mut Reader<'_>) -> Result<Polygon<f64>, NotUnpacked> {
    let rings = from.length(1)?;
    if rings == 0 {
        return Err(from.impossible("a polygon without a ring"));
    }
    let exterior = ring(from)?;
    let interiors = (1..rings).map(|_| ring(from)).collect::<Result<_, _>>()?;
    Ok(Polygon::new(exterior, interiors))
}

fn ring(from: &mut Reader<'_>) -> Result<LineString<f64>, NotUnpacked> {
    const COORD: usize = 16;
    let length = from.length(COORD)?;
    let numbers = from.bytes(length * COORD)?.as_chunks::<8>().0;
    let coords = numbers.as_chunks::<2>().0.iter();
    let ring: Vec<_> = coords.map(|[x, y]| Coord { x: f64::from_le_bytes(*x), y: f64::from_le_bytes(*y) }).collect();
    // A polygon closes open rings by itself; here that would hide damage.
    if ring.first() != ring.last() || ring.is_empty() {
        return Err(from.impossible("a ring is not closed"));
    }
    Ok(LineString(ring))
}
