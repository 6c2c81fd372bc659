use geo::{Geometry, MultiPolygon};

use super::{
    meaning,
    question::Question,
    thing::{Meaning, Thing},
};
use crate::snapshot::{PartnerIx, Snapshot, Target};

/// Where the one thing that a question is about is, in degrees: its position or its boundary.
///
/// A partner is all of its regions that have a boundary, on whatever day. `None` where the question means nothing,
/// or several things, or a thing without a place.
pub fn outline(snapshot: &Snapshot, question: &Question) -> Option<Geometry<f64>> {
    let Meaning::One(thing, _) = meaning::understand(snapshot, question) else { return None };
    let land = snapshot.land();
    match thing {
        Thing::Position(position) => Some(geo::Point::from(position).into()),
        Thing::Place(place) => land.names().place(place).position.map(|position| geo::Point::from(position).into()),
        Thing::Retired(number) => {
            let successors = &land.geography().retired[number as usize].successors;
            let units = successors.iter().filter_map(|(geoid, _)| land.unit(*geoid));
            Some(land.outline_of(units.map(|unit| land.unit_area(unit))))
        }
        Thing::Partner(partner) => regions_of(snapshot, partner),
        Thing::Zip(_) | Thing::State(_) | Thing::Unit(_) | Thing::Region(_) => land.outline(&thing.region(snapshot)?),
    }
}

fn regions_of(snapshot: &Snapshot, partner: PartnerIx) -> Option<Geometry<f64>> {
    let land = snapshot.land();
    let areas = snapshot.duties().iter().filter(|duty| duty.partner == partner).filter_map(|duty| match duty.target {
        Target::Area(area) => land.outline(&land.area(area).id),
        Target::Zip(_) => None,
    });
    let polygons: Vec<_> = areas.filter_map(|area| MultiPolygon::try_from(area).ok()).flatten().collect();
    (!polygons.is_empty()).then(|| MultiPolygon(polygons).into())
}
