//! One feature: its properties and the coordinates of its geometry.

use std::{borrow::Cow, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::coordinates::{Coordinates, Nested};

/// A feature as it is written.
#[derive(Debug, Default)]
pub struct Feature {
    /// The member `type`.
    pub kind: Option<String>,
    /// The member `id`.
    pub id: Option<String>,
    /// The properties in their order; `None` for values that are no text or number.
    pub properties: Vec<(String, Option<String>)>,
    /// The geometry; `None` when it is absent or null.
    pub geometry: Option<Geometry>,
}

/// A geometry as it is written.
#[derive(Debug, Default)]
pub struct Geometry {
    /// The member `type`.
    pub kind: Option<String>,
    /// The member `coordinates`, which may stand before the type.
    pub coordinates: Option<Coordinates>,
}

impl Feature {
    /// A property that is text or a number, without blanks around it.
    pub fn property(&self, name: &str) -> Option<&str> {
        let (_, value) = self.properties.iter().find(|(key, _)| key == name)?;
        value.as_deref().map(str::trim).filter(|value| !value.is_empty())
    }
}

/// Marks a message about a key that stands twice.
pub const DUPLICATE_KEY: &str = "duplicate key ";

/// Takes each member of an object once.
struct Members {
    seen: Vec<String>,
}

impl Members {
    fn take<E: Error>(&mut self, key: Cow<'_, str>) -> Result<String, E> {
        let key = key.into_owned();
        if self.seen.contains(&key) {
            return Err(E::custom(format!("{DUPLICATE_KEY}{key}")));
        }
        self.seen.push(key.clone());
        Ok(key)
    }
}

/// Reads a feature.
pub struct FeatureSeed;

impl<'de> DeserializeSeed<'de> for FeatureSeed {
    type Value = Feature;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Feature, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FeatureSeed {
    type Value = Feature;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature (an object)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Feature, A::Error> {
        let (mut feature, mut members) = (Feature::default(), Members { seen: Vec::new() });
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match members.take(key)?.as_str() {
                "type" => feature.kind = map.next_value_seed(ScalarSeed)?,
                "id" => feature.id = map.next_value_seed(ScalarSeed)?,
                "properties" => feature.properties = map.next_value_seed(PropertiesSeed)?,
                "geometry" => feature.geometry = map.next_value_seed(GeometrySeed)?,
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(feature)
    }
}

struct PropertiesSeed;

impl<'de> DeserializeSeed<'de> for PropertiesSeed {
    type Value = Vec<(String, Option<String>)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PropertiesSeed {
    type Value = Vec<(String, Option<String>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties (an object or null)")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut properties, mut members) = (Vec::new(), Members { seen: Vec::new() });
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let key = members.take(key)?;
            properties.push((key, map.next_value_seed(ScalarSeed)?));
        }
        Ok(properties)
    }
}

struct GeometrySeed;

impl<'de> DeserializeSeed<'de> for GeometrySeed {
    type Value = Option<Geometry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed {
    type Value = Option<Geometry>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry (an object)")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut geometry, mut members) = (Geometry::default(), Members { seen: Vec::new() });
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match members.take(key)?.as_str() {
                "type" => geometry.kind = map.next_value_seed(ScalarSeed)?,
                "coordinates" => geometry.coordinates = Some(map.next_value_seed(Nested)?),
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Some(geometry))
    }
}

/// Text or a number, as text; `None` for anything else.
struct ScalarSeed;

impl<'de> DeserializeSeed<'de> for ScalarSeed {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ScalarSeed {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
