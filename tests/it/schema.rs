//! Enough of JSON Schema to compare what is answered with what is described: types, words, members, variants.

use serde_json::Value;

/// What of a value is not as its schema says, with the place; `description` holds what schemas refer to.
pub fn misfits(description: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let found = description.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{at}: {name} is described"));
        return misfits(description, found, value, at);
    }
    let mut wrong = Vec::new();
    if let Some(variants) = schema["oneOf"].as_array() {
        let fitting = variants.iter().filter(|variant| misfits(description, variant, value, at).is_empty()).count();
        if fitting != 1 {
            wrong.push(format!("{at}: {fitting} of {} variants fit", variants.len()));
        }
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        wrong.extend(misfits(description, part, value, at));
    }
    if !is_of_type(&schema["type"], value) {
        wrong.push(format!("{at}: no {}: {value:.100}", schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        wrong.push(format!("{at}: {value} is none of {}", schema["enum"]));
    }
    for (bound, is_beyond) in [("minimum", f64::lt as fn(&f64, &f64) -> bool), ("maximum", f64::gt)] {
        if let (Some(limit), Some(number)) = (schema[bound].as_f64(), value.as_f64())
            && is_beyond(&number, &limit)
        {
            wrong.push(format!("{at}: {number} is beyond {limit}"));
        }
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate().filter(|_| schema["items"].is_object()) {
        wrong.extend(misfits(description, &schema["items"], item, &format!("{at}[{i}]")));
    }
    wrong.extend(of_members(description, schema, value, at));
    wrong
}

fn of_members(description: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let Some(members) = value.as_object() else { return Vec::new() };
    let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut wrong: Vec<_> = names.filter(|name| !members.contains_key(*name)).map(|name| format!("{at}: no {name}")).collect();
    for (name, member) in members {
        let patterns = schema["patternProperties"].as_object().into_iter().flatten();
        let named = patterns.filter(|(pattern, _)| is_like(name, pattern)).map(|(_, of)| of);
        let mut known: Vec<_> = schema["properties"].get(name).into_iter().chain(named).collect();
        if known.is_empty() {
            known.extend(schema.get("additionalProperties").filter(|of| of.is_object()));
        }
        for of in known {
            wrong.extend(misfits(description, of, member, &format!("{at}.{name}")));
        }
    }
    wrong
}

/// Whether a name is like a pattern of one part that can be anything: `^.+_open$`.
pub fn is_like(name: &str, pattern: &str) -> bool {
    let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
    let (before, after) = pattern.split_once(".+").unwrap_or_else(|| panic!("{pattern} has a free part"));
    name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).is_some_and(|free| !free.is_empty())
}

fn is_of_type(types: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is a type"),
    };
    match types {
        Value::Null => true,
        Value::String(name) => is(name),
        names => names.as_array().is_some_and(|names| names.iter().filter_map(Value::as_str).any(is)),
    }
}

#[test]
fn what_does_not_fit_is_found_with_its_place() {
    let description: Value = serde_json::json!({ "n": { "type": ["integer", "null"], "minimum": 0 } });
    let schema = serde_json::json!({
        "type": "object",
        "required": ["a"],
        "properties": { "a": { "enum": ["x"] }, "list": { "items": { "$ref": "#/n" } } },
        "patternProperties": { "^.+_open$": { "type": "number" } },
    });
    let of = |text: &str| misfits(&description, &schema, &serde_json::from_str(text).unwrap(), "row");
    assert_eq!(of(r#"{"a": "x", "list": [1, null], "b_open": 1.5, "_open": ""}"#), Vec::<String>::new());
    assert_eq!(of(r#"{"list": [-1, "1"], "b_open": ""}"#).len(), 4, "one each");
    assert_eq!(of(r#"{"a": "y"}"#), [r#"row.a: "y" is none of ["x"]"#]);
}
