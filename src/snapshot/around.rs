use super::{
    AreaIx, AreaSet, Cell, Land, Outward, cell,
    outward::Sight,
    part::{EdgeIx, PartIx},
};
use crate::geometry::Position;

/// How far distances of about so many metres may be off: places nearest through the ground are taken for those nearest along it.
fn off(metres: f64) -> f64 {
    2.0 + 1e-5 * metres
}

/// Which polygons can be the nearest of what is looked for, seen from anywhere in a cell.
#[derive(Debug)]
pub struct Around {
    centre: Position,
    parts: Box<[Seen]>,
}

/// A polygon that can be the nearest.
#[derive(Debug)]
struct Seen {
    part: PartIx,
    /// How far it is from the centre, in metres.
    metres: f32,
    /// The edges among which the nearest is, for each place; `None` where many can be.
    edges: Option<Box<[EdgeIx]>>,
}

/// What is looked for: areas in which something is, the nearest one of each of several such things.
pub trait Sought {
    /// What is in an area.
    type Thing: Copy + PartialEq;

    /// How many of them are looked for.
    const ENOUGH: usize;

    /// What is in an area.
    fn in_area(&self, area: AreaIx) -> &[Self::Thing];

    /// The areas that do not count for a position, because they hold it.
    fn passed_over(&self, land: &Land, position: Position) -> AreaSet;
}

impl Around {
    /// What is around a wide cell.
    pub fn wide(land: &Land, cell: &Cell, sought: &impl Sought) -> Self {
        let parts = walk(land, cell, &mut land.locator().outward(cell.centre()), sought);
        let seen = parts.into_iter().map(|(part, metres)| Seen { part, metres: metres as f32, edges: None });
        Self { centre: cell.centre(), parts: seen.collect() }
    }

    /// What is around a small cell, on a way outward from its centre: of each polygon few edges can be the nearest.
    pub fn small(land: &Land, cell: &Cell, mut outward: Outward<'_>, sought: &impl Sought) -> Self {
        let parts = walk(land, cell, &mut outward, sought);
        let seen = parts.into_iter().map(|(part, metres)| Seen {
            part,
            metres: metres as f32,
            edges: outward.edges_within(part, metres + reach(cell, metres)),
        });
        Self { centre: cell.centre(), parts: seen.collect() }
    }

    /// What is seen from a position in the cell.
    pub fn seen_from(&self, position: Position) -> impl Iterator<Item = Sight<'_>> {
        let way = cell::at_most(self.centre, position);
        self.parts.iter().map(move |Seen { part, metres, edges }| {
            let metres = f64::from(*metres);
            let at_least = (metres * (1.0 - 1e-6) - way - off(metres)).max(0.0);
            Sight { part: *part, at_least, edges: edges.as_deref() }
        })
    }
}

/// How far behind another thing, seen from a cell's centre, what lies farther off is nearer to no place of the cell, in metres.
///
/// A place is at most a radius nearer to a thing than the centre is, and at most a radius farther from another one.
fn reach(cell: &Cell, metres: f64) -> f64 {
    2.0 * cell.radius_m() + off(metres)
}

/// The polygons on the way outward from the centre of a cell, with their distance from it in metres, until what follows is
/// farther from each of its places than what was found.
///
/// Whatever lies out of reach behind another area with the same thing is never the nearest with that thing; and what lies out
/// of reach behind those with enough things is not among the nearest at all. Areas that are passed over for some place of the
/// cell do not count for that.
fn walk<S: Sought>(land: &Land, cell: &Cell, outward: &mut Outward<'_>, sought: &S) -> Vec<(PartIx, f64)> {
    let mut may_hold = sought.passed_over(land, cell.centre());
    let (mut parts, mut sure, mut last) = (Vec::new(), Vec::<(S::Thing, f64)>::new(), 0.0);
    loop {
        let is_past = |thing: &S::Thing| sure.iter().any(|(own, at)| own == thing && at + reach(cell, last) < last);
        let is_wanted = |area, _| sought.in_area(area).iter().any(|thing| !is_past(thing));
        let Some(found) = outward.next_of(is_wanted) else { break };
        last = found.distance_m;
        if sure.get(S::ENOUGH - 1).is_some_and(|(_, at)| at + reach(cell, last) < last) {
            break;
        }
        parts.push((found.part, last));
        if last <= cell.radius_m() + off(last) {
            may_hold.insert(found.area);
        }
        for thing in sought.in_area(found.area).iter().filter(|_| !may_hold.contains(&found.area)) {
            if sure.iter().all(|(own, _)| own != thing) {
                sure.push((*thing, last));
            }
        }
    }
    parts
}
