//! Units as a graph: connected pieces of it, and middles of groups of units.

use crate::{
    geometry::Position,
    snapshot::{Land, UnitIx},
};

/// The connected pieces of some units (in ascending order), joined through shared borders.
///
/// `may_join` says whether two neighbours of them belong together. Each piece is in ascending order, and the pieces
/// are in the order of their first units.
pub(super) fn pieces(land: &Land, units: &[UnitIx], may_join: impl Fn(UnitIx, UnitIx) -> bool) -> Vec<Vec<UnitIx>> {
    let mut seen = vec![false; units.len()];
    let mut pieces = Vec::new();
    for start in 0..units.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let (mut piece, mut open) = (Vec::new(), vec![units[start]]);
        while let Some(unit) = open.pop() {
            piece.push(unit);
            for neighbour in land.neighbourhood().of(unit) {
                let Ok(at) = units.binary_search(&neighbour.unit) else { continue };
                if may_join(unit, neighbour.unit) && !std::mem::replace(&mut seen[at], true) {
                    open.push(neighbour.unit);
                }
            }
        }
        piece.sort_unstable();
        pieces.push(piece);
    }
    pieces
}

/// A place on the sphere as a vector of length one, or a sum of such.
pub(super) type Vector = [f64; 3];

/// A position as a vector.
pub(super) fn vector(position: Position) -> Vector {
    let (sin_lat, cos_lat) = position.lat().to_radians().sin_cos();
    let (sin_lon, cos_lon) = position.lon().to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// The middle of some units, each weighed by its area; right across the antimeridian.
pub(super) fn middle(land: &Land, units: &[UnitIx]) -> Option<Position> {
    let mut sum = [0.0; 3];
    for unit in units {
        let Some(at) = land.neighbourhood().middle(*unit) else { continue };
        let weight = land.area(land.unit_area(*unit)).square_metres;
        sum.iter_mut().zip(vector(at)).for_each(|(sum, x)| *sum += x * weight);
    }
    let [x, y, z] = sum;
    (x.hypot(y) > 0.0).then(|| Position::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees()).ok()).flatten()
}

/// How alike two directions are: greater means nearer on the sphere.
pub(super) fn nearness(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
