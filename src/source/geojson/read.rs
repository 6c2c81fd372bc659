//! A file to its features, each with its place and its boundary.

use std::{borrow::Cow, fmt, ops::Range};

use rayon::prelude::*;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{
    coordinates::Coordinates,
    feature::{DUPLICATE_KEY, Feature, FeatureSeed, Geometry},
    lint, plain,
    report::Reporter,
    split,
};
use crate::{
    domain::{Problem, Site},
    geometry::Boundary,
    source::{checks, file::SourceFile, problems::Problems, table::shortened},
};

/// A feature that was read whole.
#[derive(Debug)]
pub struct Outline {
    /// Where it stands.
    pub spot: Spot,
    /// Its id.
    pub id: String,
    feature: Feature,
    /// Its boundary; `None` when it could not be used, which has been reported.
    pub boundary: Option<Boundary>,
}

/// The features of a file that have an id.
#[derive(Debug)]
pub struct Outlines {
    /// The features, in the order of the file.
    pub list: Vec<Outline>,
    /// Whether there are no others: else nobody knows which ids the file was to have.
    pub whole: bool,
}

/// Where a feature stands in its file; cheap to keep, and turned into line and column only when there is a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    number: usize,
    offset: usize,
}

impl Spot {
    /// Where the feature with this id stands.
    pub fn site(self, id: &str, file: &SourceFile) -> Site {
        file.place(self.offset).within(format!("feature {} (id {id})", self.number))
    }
}

impl Outline {
    /// Where it stands.
    pub fn site(&self, file: &SourceFile) -> Site {
        self.spot.site(&self.id, file)
    }

    /// A property that is needed; a problem and `None` when it is absent.
    pub fn needed(&self, property: &str, file: &SourceFile, problems: &mut Problems) -> Option<&str> {
        let value = self.property(property);
        if value.is_none() {
            problems.push(missing(self.site(file), property, &self.feature));
        }
        value
    }

    /// A property that is text or a number.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.feature.property(name)
    }
}

/// A property is not there: which ones are.
fn missing(site: Site, property: &str, feature: &Feature) -> Problem {
    let seen = feature.properties.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(", ");
    let problem = checks::MISSING_ID.at(site, format!("the property {property} is missing or empty"));
    problem.rule(if seen.is_empty() { "the feature has no properties".to_owned() } else { format!("the feature has {seen}") })
}

/// The features of a file, in its order.
///
/// Problems of all features are reported; a feature without an id is left out.
pub fn read(file: &SourceFile, id: &str, problems: &mut Problems) -> Outlines {
    let read = match quickly(file, id) {
        Some(read) => read,
        None => match split(file, problems) {
            Some(features) => outlines(file, features, id),
            None => return Outlines { list: Vec::new(), whole: false },
        },
    };
    let mut outlines = Outlines { list: Vec::with_capacity(read.len()), whole: true };
    for (outline, found) in read {
        outlines.whole &= outline.is_some();
        outlines.list.extend(outline);
        for problem in found {
            problems.push(problem);
        }
    }
    outlines
}

type Features = Vec<(Option<Outline>, Vec<Problem>)>;

fn outlines(file: &SourceFile, features: Vec<Range<usize>>, id: &str) -> Features {
    features.into_par_iter().enumerate().map(|(i, span)| outline(file, i + 1, span, id)).collect()
}

/// The features of a file that is a collection of features and nothing else; `None` where there is any doubt about it.
fn quickly(file: &SourceFile, id: &str) -> Option<Features> {
    let (features, rest) = split::features(&file.text)?;
    let mut deserializer = serde_json::Deserializer::from_str(&rest);
    let collection = CollectionSeed.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    (collection.kind.as_deref() == Some("FeatureCollection") && collection.crs.is_none()).then_some(())?;
    let read = outlines(file, features, id);
    read.iter().all(|(outline, _)| outline.is_some()).then_some(read)
}

/// Where each feature stands in the file; a problem and `None` when it is no feature collection.
fn split(file: &SourceFile, problems: &mut Problems) -> Option<Vec<Range<usize>>> {
    let mut deserializer = serde_json::Deserializer::from_str(&file.text);
    let collection = match CollectionSeed.deserialize(&mut deserializer) {
        Ok(collection) => collection,
        Err(error) => {
            problems.push(malformed(file, 0, &error, None));
            return None;
        }
    };
    if let Some(problem) = foreign(file, &collection) {
        problems.push(problem);
        return None;
    }
    if let Err(error) = deserializer.end() {
        problems.push(malformed(file, 0, &error, None));
        return None;
    }
    let base = file.text.as_ptr().addr();
    let span = |raw: &&RawValue| {
        let start = raw.get().as_ptr().addr() - base;
        start..start + raw.get().len()
    };
    Some(collection.features?.iter().map(span).collect())
}

/// A problem when the outermost object is valid JSON, but no feature collection in degrees.
fn foreign(file: &SourceFile, collection: &Collection<'_>) -> Option<Problem> {
    const IN_DEGREES: [&str; 4] = ["CRS84", "4326", "4269", "4979"];
    let kind = collection.kind.as_deref().unwrap_or_default();
    let problem =
        |what: &str| checks::NOT_GEOJSON.at(file.place(0), what).got(kind).rule("the file is a FeatureCollection (RFC 7946)");
    Some(match (kind, &collection.features) {
        ("Topology", _) => problem("the file is TopoJSON").remedy("convert it to GeoJSON"),
        ("FeatureCollection", None) => problem("there is no member features"),
        ("FeatureCollection", Some(_)) => {
            let crs =
                collection.crs.filter(|crs| crs.get() != "null" && !IN_DEGREES.iter().any(|known| crs.get().contains(known)))?;
            let problem = checks::NOT_GEOJSON
                .at(file.place(crs.get().as_ptr().addr() - file.text.as_ptr().addr()), "the coordinates are no degrees");
            problem
                .got(shortened(crs.get()))
                .rule("GeoJSON is in longitude and latitude (WGS 84)")
                .remedy("convert it to EPSG:4326")
        }
        ("Feature" | "Polygon" | "MultiPolygon", _) => {
            problem("there is one bare object, or one a line").remedy("put all features into one FeatureCollection")
        }
        _ => problem("the outermost object is of another type"),
    })
}

/// The outermost object.
#[derive(Default)]
struct Collection<'a> {
    kind: Option<String>,
    features: Option<Vec<&'a RawValue>>,
    crs: Option<&'a RawValue>,
}

struct CollectionSeed;

impl<'de> DeserializeSeed<'de> for CollectionSeed {
    type Value = Collection<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for CollectionSeed {
    type Value = Collection<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature collection (an object)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut collection = Collection::default();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "type" => collection.kind = Some(map.next_value()?),
                "features" if collection.features.is_some() => return Err(A::Error::custom(format!("{DUPLICATE_KEY}features"))),
                "features" => collection.features = Some(map.next_value()?),
                "crs" => collection.crs = Some(map.next_value()?),
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(collection)
    }
}

/// A problem for an error of the JSON reader, which counts lines from the start of its own input.
fn malformed(file: &SourceFile, start: usize, error: &serde_json::Error, within: Option<String>) -> Problem {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    let offset = file.offset_from(start, error.line(), error.column());
    let rest = file.text.get(offset..).unwrap_or_default();
    let site = within.into_iter().fold(file.place(offset), Site::within);
    let mut problem = if let Some(key) = message.strip_prefix(DUPLICATE_KEY) {
        checks::DUPLICATE_KEY.at(site, format!("the key {key} stands twice in its object")).remedy("remove one of them")
    } else if message.starts_with("recursion limit") {
        checks::TOO_DEEP.at(site, "the JSON is nested too deep").rule("coordinates have at most four levels of arrays")
    } else if error.is_eof() {
        checks::NOT_JSON.at(site, "the file ends too early").rule("it looks truncated").remedy("fetch or export it again")
    } else if ["NaN", "Infinity", "-Infinity", "nan", "inf"].iter().any(|word| rest.starts_with(word)) {
        checks::NOT_JSON.at(site, "a number is not finite").rule("JSON has no NaN and no Infinity")
    } else if error.is_data() {
        let rule = "features, geometries and coordinates are nested as in RFC 7946";
        checks::NOT_GEOJSON.at(site, plain(message)).rule(rule).remedy("export the file again as GeoJSON")
    } else {
        checks::NOT_JSON.at(site, format!("invalid JSON: {}", plain(message))).remedy("mend it here, or export the file again")
    };
    problem.excerpt = Some(file.excerpt(offset, offset + 1));
    problem
}

/// A message of the reader in the words of JSON rather than of Rust.
fn plain(message: &str) -> String {
    message
        .replace("f64", "a number")
        .replace("a sequence", "an array")
        .replace("sequence", "array")
        .replace("map", "object")
        .replace("invalid type: ", "wrong type: ")
}

fn outline(file: &SourceFile, number: usize, span: Range<usize>, id: &str) -> (Option<Outline>, Vec<Problem>) {
    let text = &file.text[span.clone()];
    let feature = match plainly(text).map_or_else(|| carefully(text), Ok) {
        Ok(feature) => feature,
        Err(error) => return (None, vec![malformed(file, span.start, &error, Some(format!("feature {number}")))]),
    };
    let known = feature.property(id).map(str::to_owned);
    let within = known.as_ref().map_or_else(|| format!("feature {number}"), |id| format!("feature {number} (id {id})"));
    let mut report = Reporter { file, offset: span.start, within, ring: None, found: Vec::new() };
    let mut feature = feature;
    if feature.kind.as_deref() != Some("Feature") {
        let kind = feature.kind.take().unwrap_or_default();
        report.add(&checks::NOT_GEOJSON, "the element is no feature", |p| p.got(kind).rule("features have the type Feature"));
        return (None, report.found);
    }
    let boundary = boundary(feature.geometry.take(), &mut report);
    if known.is_none() {
        report.found.push(missing(file.place(span.start).within(format!("feature {number}")), id, &feature));
    }
    let outline = known.map(|id| Outline { spot: Spot { number, offset: span.start }, id, feature, boundary });
    (outline, report.found)
}

/// A feature whose coordinates are written plainly.
fn plainly(text: &str) -> Option<Feature> {
    let (list, rest) = split::coordinates(text)?;
    // A property may have that name, too; and an escape may hide it.
    let is_only = !rest.contains('\\') && rest.matches("\"coordinates\"").count() == 1;
    is_only.then_some(())?;
    let mut feature = carefully(&rest).ok()?;
    let coordinates = feature.geometry.as_mut()?.coordinates.as_mut()?;
    // Else it was another list of that name.
    matches!(coordinates, Coordinates::Empty).then_some(())?;
    *coordinates = plain::coordinates(&text[list])?;
    Some(feature)
}

fn carefully(text: &str) -> serde_json::Result<Feature> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let feature = FeatureSeed.deserialize(&mut deserializer)?;
    deserializer.end().map(|()| feature)
}

fn boundary(geometry: Option<Geometry>, report: &mut Reporter<'_>) -> Option<Boundary> {
    let Some(geometry) = geometry else {
        report
            .add(&checks::NO_GEOMETRY, "the feature has no geometry", |problem| problem.remedy("draw it, or remove the feature"));
        return None;
    };
    let parts = match (geometry.kind.as_deref(), geometry.coordinates) {
        (Some("Polygon"), Some(Coordinates::Lines(rings))) => vec![rings],
        (Some("MultiPolygon"), Some(Coordinates::Polygons(parts))) => parts,
        (Some("Polygon" | "MultiPolygon"), Some(Coordinates::Empty)) => Vec::new(),
        (Some(kind @ ("Polygon" | "MultiPolygon")), Some(other)) => {
            let what = format!("the coordinates of a {kind} are {}", other.depth());
            let rule = "a Polygon is a list of rings, a MultiPolygon a list of such lists; a ring is a list of positions";
            let remedy = match other {
                Coordinates::Lines(_) => "set the type to Polygon",
                Coordinates::Polygons(_) => "set the type to MultiPolygon",
                _ => "export the feature again as an area",
            };
            report.add(&checks::WRONG_GEOMETRY, what, |p| p.rule(rule).remedy(remedy));
            return None;
        }
        (Some(kind @ ("Polygon" | "MultiPolygon")), None) => {
            report.add(&checks::WRONG_GEOMETRY, format!("the {kind} has no coordinates"), |p| {
                p.rule("an area has at least one ring")
            });
            return None;
        }
        (kind, _) => {
            let kind = kind.unwrap_or_default().to_owned();
            report.add(&checks::WRONG_GEOMETRY, "the geometry is no area", |problem| {
                problem.got(kind).rule("an area is a Polygon or a MultiPolygon")
            });
            return None;
        }
    };
    lint::boundary(parts, report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_among_the_properties_are_no_geometry() {
        let ring = "[[[0,0],[1,0],[1,1],[0,0]]]";
        let feature = |property: &str, own: &str, list: &str| {
            format!("{{\"properties\":{{\"{property}\":{ring}}},\"geometry\":{{\"type\":\"Polygon\",\"{own}\":{list}}}}}")
        };
        assert!(plainly(&feature("outline", "coordinates", ring)).is_some());
        for own in ["coordinates", "coordinate\\u0073"] {
            assert!(plainly(&feature("coordinates", own, "[]")).is_none(), "{own}");
        }
    }
}
