use serde_json::{Map, Value, json};

use super::plan::{ColumnPlan, Kind, ReportPlan, TablePlan, WEIGHT};

/// The weight that comes first, and whose members stand for those of all.
const PEOPLE: &str = "population";

/// What is said of the members of all weights but people.
const FURTHER: &str = "The same of each further column of `weights.csv`, whose name stands in place of `population`.";

impl ReportPlan {
    /// The schemas of a report by their names (JSON Schema 2020-12): its own, those of its rows, and that of its features.
    pub fn schemas(&self) -> Vec<(String, Value)> {
        let rows = self.tables.iter().map(|table| (table.row.to_owned(), table.schema()));
        let features = self.tables.first().filter(|table| table.places).map(|table| (self.features(), table.features()));
        std::iter::once((self.schema.to_owned(), self.whole())).chain(rows).chain(features).collect()
    }

    /// The name of the schema of its GeoJSON.
    pub fn features(&self) -> String {
        format!("{}Features", self.schema)
    }

    fn whole(&self) -> Value {
        let mut properties = Map::new();
        let name = json!({ "type": "string", "enum": [self.name], "description": "The name of the report." });
        let day =
            json!({ "type": "string", "format": "date", "description": "The day that it is about.", "examples": ["2026-11-21"] });
        properties.extend([("report".to_owned(), name), ("as_of".to_owned(), day)]);
        properties.extend(self.facts.iter().map(|fact| (fact.name.to_owned(), fact.schema())));
        properties.extend(self.tables.iter().map(|table| {
            let rows = json!({ "type": "array", "items": reference(table.row), "description": format!("{}.", table.title) });
            (table.name.to_owned(), rows)
        }));
        let required: Vec<_> = ["report", "as_of"]
            .into_iter()
            .chain(self.facts.iter().map(|fact| fact.name))
            .chain(self.tables.iter().map(|table| table.name))
            .collect();
        json!({ "type": "object", "description": format!("{}.", self.about), "required": required, "properties": properties })
    }
}

impl TablePlan {
    /// What a row is, with a member for each column.
    ///
    /// Members of weights are there only where somebody counted, so that none of them is required.
    fn schema(&self) -> Value {
        let all = || self.columns.iter().flat_map(|columns| columns.plans().iter().map(move |plan| (columns.named(plan), plan)));
        let required: Vec<_> = all().map(|(name, _)| name).filter(|name| !name.contains(WEIGHT)).collect();
        let properties: Map<_, _> = all().map(|(name, plan)| (name.replace(WEIGHT, PEOPLE), plan.schema())).collect();
        let mut row = json!({
            "type": "object",
            "description": format!("{}.", self.about),
            "required": required,
            "properties": properties,
        });
        let (mut patterns, number) = (Map::new(), json!({ "type": ["number", "null"], "description": FURTHER }));
        for (name, _) in all().filter(|(name, _)| name.contains(WEIGHT)) {
            match name.as_str() {
                WEIGHT => row["additionalProperties"] = number.clone(),
                _ => _ = patterns.insert(format!("^{}$", name.replace(WEIGHT, ".+")), number.clone()),
            }
        }
        if !patterns.is_empty() {
            row["patternProperties"] = patterns.into();
        }
        row
    }

    /// What its GeoJSON is.
    fn features(&self) -> Value {
        let word = |word: &str| json!({ "type": "string", "enum": [word], "description": format!("Always `{word}`.") });
        let mut feature = json!({
            "type": "object",
            "description": format!("{}, and where it is.", self.about),
            "required": ["type", "geometry", "properties"],
            "properties": { "type": word("Feature"), "geometry": reference("AnyGeometry"), "properties": reference(self.row) },
        });
        if let Some(id) = self.id {
            let said = format!("`{id}` of the row; there is none where that is `null`.");
            feature["properties"]["id"] = json!({ "type": "string", "description": said });
        }
        json!({
            "type": "object",
            "description": format!("The rows of `{}` with their places (RFC 7946).", self.name),
            "required": ["type", "features"],
            "properties": {
                "type": word("FeatureCollection"),
                "features": { "type": "array", "items": feature, "description": "A feature for each row, in the order of the table." },
            },
        })
    }

    /// The first line of its CSV.
    pub fn heads(&self) -> String {
        let all = self.columns.iter().flat_map(|columns| columns.plans().iter().map(move |plan| columns.named(plan)));
        all.map(|name| name.replace(WEIGHT, PEOPLE)).collect::<Vec<_>>().join(",") + "\n"
    }
}

impl ColumnPlan {
    /// What stands in it, as JSON has it.
    pub fn schema(&self) -> Value {
        let text = || json!({ "type": "string" });
        let like = |pattern: &str| json!({ "type": "string", "pattern": pattern });
        let mut schema = match self.kind {
            Kind::Text => text(),
            Kind::Id(pattern) => like(pattern),
            Kind::Texts => json!({ "type": "array", "items": text() }),
            Kind::Ids(pattern) => json!({ "type": "array", "items": like(pattern) }),
            Kind::TextOrTexts => json!({ "type": ["string", "array"], "items": text() }),
            Kind::Word(words) => json!(words()),
            Kind::Count => json!({ "type": "integer", "minimum": 0 }),
            Kind::Amount => json!({ "type": "number", "minimum": 0 }),
            Kind::Number(_) => json!({ "type": "number" }),
            Kind::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
            Kind::Yes => json!({ "type": "boolean" }),
            Kind::Day => json!({ "type": "string", "format": "date" }),
            Kind::Moment => json!({ "type": "string", "format": "date-time" }),
        };
        let words = schema["description"].as_str().map(|words| format!(" {words}")).unwrap_or_default();
        schema["description"] = format!("{}{words}", self.sentence()).into();
        schema["examples"] = json!([self.value()]);
        if self.empty.is_some() {
            or_null(&mut schema);
        }
        schema
    }

    /// What it says, with its unit, and when it says nothing.
    fn sentence(&self) -> String {
        let unit = match self.kind {
            Kind::Number(unit) => format!(", in {unit}"),
            Kind::Share => ", from 0 to 1 with three decimals".to_owned(),
            Kind::Moment => ", to the second in UTC".to_owned(),
            _ => String::new(),
        };
        let empty = self.empty.map(|when| format!("; `null` {when}")).unwrap_or_default();
        format!("{}{unit}{empty}.", self.about.replace(WEIGHT, PEOPLE))
    }

    /// The example as JSON has it.
    fn value(&self) -> Value {
        match self.kind {
            Kind::Texts | Kind::Ids(_) => json!(self.example.split('|').collect::<Vec<_>>()),
            Kind::Count | Kind::Amount | Kind::Number(_) | Kind::Share | Kind::Yes => {
                serde_json::from_str(self.example).unwrap_or_default()
            }
            _ => json!(self.example),
        }
    }
}

fn or_null(schema: &mut Value) {
    schema["type"] = json!([schema["type"], "null"]);
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A geometry as GeoJSON has it (RFC 7946 §3.1), for whatever a report has places of.
pub fn any_geometry() -> Value {
    let about = "Where it is, in degrees on WGS 84, longitude first; `null` where it has no place.";
    let position = json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 });
    let list = |items: &Value| json!({ "type": "array", "items": items });
    let rings = list(&list(&position));
    let of = |name: &str, said: &str, member: &str, inside: Value| {
        json!({
            "type": "object",
            "description": said,
            "required": ["type", member],
            "properties": {
                "type": { "type": "string", "enum": [name], "description": format!("Always `{name}`.") },
                member: inside,
            },
        })
    };
    let named = |mut inside: Value, said: &str| {
        inside["description"] = said.into();
        inside
    };
    let rings_said = "Its rings: the exterior one first, then its holes.";
    let geometries = json!({
        "type": "array",
        "items": reference("AnyGeometry"),
        "description": "The outlines.",
    });
    json!({
        "description": about,
        "oneOf": [
            of("Point", "A position.", "coordinates", named(position.clone(), "Longitude, latitude.")),
            of("Polygon", "A boundary in one piece.", "coordinates", named(rings.clone(), rings_said)),
            of("MultiPolygon", "A boundary in several pieces.", "coordinates", named(list(&rings), "The rings of each piece.")),
            of("GeometryCollection", "Several outlines.", "geometries", geometries),
            { "type": "null" },
        ],
    })
}
