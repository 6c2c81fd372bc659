use serde_json::{Value, json};

use crate::{render::schema, store::Outcome};

/// A parameter that reports have and questions do not, for the report at a path.
pub fn parameter(name: &str, path: &str) -> Option<Value> {
    let text = |pattern: &str| json!({ "type": "string", "minLength": 1, "maxLength": 300, "pattern": pattern });
    let one_of = |words: &[&str]| json!({ "type": "string", "enum": words });
    let number = |most: u32, usual: u32| json!({ "type": "integer", "minimum": 1, "maximum": most, "default": usual });
    let (description, schema, example) = match name {
        "level" => (
            "What has a row; all of these where it is not said, in GeoJSON the country and the states.",
            json!(schema::level()),
            json!("state"),
        ),
        "across_states" => ("Whether gaps are joined across state lines.", one_of(&["true", "false"]), json!("true")),
        "state" => ("Only this state, by its code.", text("^[A-Za-z]{2}$"), json!("OR")),
        "days" => ("How many days are looked at.", number(3660, 90), json!(90)),
        "from" | "to" | "on" | "without" => return between(name, path),
        "who" => ("Only what was done with this token, by its id or name.", text("^.+$"), json!("Ann")),
        "outcome" => ("Only what came to this.", one_of(&Outcome::ALL.map(Outcome::name)), json!("done")),
        "limit" => ("How many entries are wanted at most, the newest first.", number(100_000, 1000), json!(1000)),
        "zips" => (
            "The ZIPs that `from` hands over to `to`, parted by commas, or `all`; all where it is not said.",
            text("^([0-9, ]+|all)$"),
            json!("all"),
        ),
        "give" => (
            "The regions that `to` takes on, by typed ids with commas between, or the id of a gap.",
            text("^.+$"),
            json!("county:41011"),
        ),
        _ => return None,
    };
    Some(in_query(name, description, schema, example))
}

/// What is compared: two days, or a partner before and after a change.
fn between(name: &str, path: &str) -> Option<Value> {
    let partner = json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80 });
    let day = json!({ "type": "string", "format": "date" });
    let (description, schema, example) = match (name, path) {
        ("from", "/api/v1/diff") => ("The first of two days; that of `as_of` where it is not said.", day, "2026-11-21"),
        ("to", "/api/v1/diff") => ("The second of two days; that of `as_of` where it is not said.", day, "2027-07-01"),
        ("from", _) => ("The partner that hands over, by its id; comes with `to`.", partner, "puget-sound-cs-hub"),
        ("to", _) => {
            ("The partner that takes over or takes on, by its id; comes with `from` or `give`.", partner, "oregon-cs-network")
        }
        ("without", _) => ("The partner that leaves, by its id; stands alone.", partner, "puget-sound-cs-hub"),
        ("on", _) => ("The first day on which it holds; that of `as_of` where it is not said.", day, "2027-07-01"),
        _ => return None,
    };
    Some(in_query(name, description, schema, json!(example)))
}

/// Gives the kind of a region its words: macros of parameters take a schema from elsewhere, but lose what else is said.
pub fn worded(mut parameter: Value) -> Value {
    let mut schema = json!(schema::region_kind());
    let about = [&parameter["description"], &schema["description"]].map(|text| text.as_str().unwrap_or_default()).join(" ");
    schema.as_object_mut().map(|schema| schema.remove("description"));
    (parameter["description"], parameter["schema"]) = (about.into(), schema);
    parameter
}

/// The parameter that chooses among the tables of a report.
pub fn table(names: &[&str]) -> Value {
    let about = format!("The table of a CSV; `{}` where it is not said.", names.first().copied().unwrap_or_default());
    in_query("table", &about, json!({ "type": "string", "enum": names }), json!(names.first()))
}

fn in_query(name: &str, description: &str, mut schema: Value, example: Value) -> Value {
    // What a word means is said once, beside what the parameter is.
    let words = schema["description"].take();
    schema.as_object_mut().map(|schema| schema.remove("description"));
    let description = words.as_str().map_or_else(|| description.to_owned(), |words| format!("{description} {words}"));
    json!({ "name": name, "in": "query", "required": false, "description": description, "schema": schema, "example": example })
}
