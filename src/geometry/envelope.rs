/// The smallest box of longitudes and latitudes around a geometry, in degrees; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Envelope {
    /// Western, then southern end: `[lon, lat]`.
    pub min: [f64; 2],
    /// Eastern, then northern end: `[lon, lat]`.
    pub max: [f64; 2],
}

impl Envelope {
    /// The envelope of some coordinates; `None` of none.
    pub fn of(coords: impl IntoIterator<Item = geo::Coord<f64>>) -> Option<Self> {
        coords.into_iter().fold(None, |envelope, c| {
            let point = Self { min: [c.x, c.y], max: [c.x, c.y] };
            Some(envelope.map_or(point, |e: Self| e.union(point)))
        })
    }

    /// The envelope of an edge.
    pub fn between(a: geo::Coord<f64>, b: geo::Coord<f64>) -> Self {
        Self { min: [a.x.min(b.x), a.y.min(b.y)], max: [a.x.max(b.x), a.y.max(b.y)] }
    }

    /// The envelope of both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    /// Whether the two share a point; touching counts.
    pub fn meets(&self, other: &Self) -> bool {
        (0..2).all(|axis| self.min[axis] <= other.max[axis] && other.min[axis] <= self.max[axis])
    }

    /// Whether the coordinate lies in it; the border counts.
    pub fn holds(&self, c: geo::Coord<f64>) -> bool {
        self.meets(&Self { min: [c.x, c.y], max: [c.x, c.y] })
    }

    /// The middle of the box.
    pub fn center(&self) -> geo::Coord<f64> {
        geo::Coord { x: (self.min[0] + self.max[0]) / 2.0, y: (self.min[1] + self.max[1]) / 2.0 }
    }
}
