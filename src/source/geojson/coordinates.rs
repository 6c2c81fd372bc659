//! The member `coordinates`, whatever its depth, without a tree in between.

use std::fmt;

use geo::Coord;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, SeqAccess, Visitor};

/// Nested arrays of positions.
#[derive(Clone, Debug, PartialEq)]
pub enum Coordinates {
    /// A bare number.
    Number(f64),
    /// An array without anything in it.
    Empty,
    /// A position; further numbers (altitudes) are left out.
    Position(Coord<f64>),
    /// An array of positions: a ring, or a line.
    Line(Vec<Coord<f64>>),
    /// An array of those: a polygon.
    Lines(Vec<Vec<Coord<f64>>>),
    /// An array of those: a multipolygon.
    Polygons(Vec<Vec<Vec<Coord<f64>>>>),
}

impl Coordinates {
    /// How they are nested, in words.
    pub fn depth(&self) -> &'static str {
        match self {
            Self::Number(_) => "a bare number",
            Self::Empty => "an empty array",
            Self::Position(_) => "one position",
            Self::Line(_) => "positions (like a LineString)",
            Self::Lines(_) => "rings of positions (like a Polygon)",
            Self::Polygons(_) => "polygons of rings (like a MultiPolygon)",
        }
    }

    fn into_array_of_its_kind(self) -> Result<Self, &'static str> {
        Ok(match self {
            Self::Number(_) => return Err("a position needs two numbers"),
            Self::Empty => Self::Lines(vec![Vec::new()]),
            Self::Position(position) => Self::Line(vec![position]),
            Self::Line(line) => Self::Lines(vec![line]),
            Self::Lines(lines) => Self::Polygons(vec![lines]),
            Self::Polygons(_) => return Err("coordinates are nested too deep; a MultiPolygon has four levels of arrays"),
        })
    }

    /// Takes in the next element of the array that this is.
    fn push(&mut self, element: Self) -> Result<(), &'static str> {
        match (self, element) {
            (Self::Line(line), Self::Position(position)) => line.push(position),
            (Self::Lines(lines), Self::Line(line)) => lines.push(line),
            (Self::Polygons(polygons), Self::Lines(lines)) => polygons.push(lines),
            // An empty array stands for a ring or a polygon without anything in it: the lint reports it.
            (Self::Lines(lines), Self::Empty) => lines.push(Vec::new()),
            (Self::Polygons(polygons), Self::Empty) => polygons.push(Vec::new()),
            _ => return Err("coordinates are nested unevenly; positions, rings and polygons cannot stand side by side"),
        }
        Ok(())
    }
}

/// Reads nested arrays; recursion is as deep as serde_json allows, but never deeper than four arrays of sense.
pub struct Nested;

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Coordinates;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Coordinates, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Coordinates;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or an array of coordinates")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Coordinates, E> {
        Ok(Coordinates::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Coordinates, E> {
        Ok(Coordinates::Number(number as f64))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Coordinates, E> {
        Ok(Coordinates::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Coordinates, A::Error> {
        let Some(first) = seq.next_element_seed(Nested)? else { return Ok(Coordinates::Empty) };
        if let Coordinates::Number(x) = first {
            return position(x, seq);
        }
        let mut array = first.into_array_of_its_kind().map_err(A::Error::custom)?;
        while let Some(element) = seq.next_element_seed(Nested)? {
            array.push(element).map_err(A::Error::custom)?;
        }
        Ok(array)
    }
}

/// The rest of a position whose first number was read.
fn position<'de, A: SeqAccess<'de>>(x: f64, mut seq: A) -> Result<Coordinates, A::Error> {
    let Some(y) = seq.next_element::<f64>()? else {
        return Err(A::Error::custom("a position has one number only; it needs a longitude and a latitude"));
    };
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    // Adding zero turns -0.0 into 0.0: equal positions have equal bits.
    Ok(Coordinates::Position(Coord { x: x + 0.0, y: y + 0.0 }))
}
