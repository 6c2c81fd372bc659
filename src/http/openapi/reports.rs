//! Reports and what else needs a token, described from the list of reports.

use serde_json::{Map, Value, json};

use super::problems;
use crate::http::{
    asking::QUESTION,
    reports::{ALWAYS, COVERAGE, GAPS},
    staff::{REPORTS, TRIED},
};

/// How the form is chosen.
const FORMS: &str = "The end of the address names the form (`.json`, `.csv`, `.geojson`, `.xlsx`), else `Accept` does; JSON and \
                     workbooks have all tables, CSV one, and GeoJSON the main one.";

/// An address that is no lookup and no list.
struct Described {
    path: String,
    method: &'static str,
    id: String,
    summary: &'static str,
    description: String,
    /// The names of its parameters.
    parameters: Vec<&'static str>,
    /// The scope that its token needs; `None` where it is public.
    scope: Option<&'static str>,
    /// An example of its body, where it has one.
    body: Option<&'static str>,
    /// The media types of what comes back, with their schemas.
    content: Value,
}

/// The description with reports, and the addresses that need a token.
pub fn described(mut description: Value) -> Value {
    // What is explained is asked like a public question.
    let asking = description["paths"]["/api/v1/coverage"]["get"]["parameters"].clone();
    for operation in public().into_iter().chain(of_staff()).chain(beside_reports()) {
        let asked = |name: &str| asking.as_array().into_iter().flatten().find(|known| known["name"] == name).cloned();
        // A question's own parameters come first where one is asked: its state is another one than that of a report.
        let asks = operation.parameters.contains(&"q");
        let one = |name: &&str| asked(name).filter(|_| asks).or_else(|| parameter(name)).or_else(|| asked(name));
        let own = operation.parameters.iter().filter_map(one).collect();
        description["paths"][&operation.path][operation.method] = operation.described(own);
    }
    description["components"]["schemas"]["Report"] = report();
    description["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "description": "A token that `coverage-map token new` made." }
    });
    description
}

fn public() -> [Described; 2] {
    let public = |path: &str, id: &str, own: &[&'static str], summary, description: &str| Described {
        path: path.to_owned(),
        method: "get",
        id: id.to_owned(),
        summary,
        description: format!("{description} {FORMS}"),
        parameters: ALWAYS.iter().chain(own).copied().collect(),
        scope: None,
        body: None,
        content: in_forms(),
    };
    let covered = "The country, each state, county and program region: counts, people, and shares of them.";
    let open = "Open counties that hang together, the most people first, and who could take them.";
    [
        public("/api/v1/coverage/summary", "coverageReport", COVERAGE, "How much is covered", covered),
        public("/api/v1/gaps", "gapsReport", GAPS, "Where nobody serves", open),
    ]
}

fn of_staff() -> impl Iterator<Item = Described> {
    REPORTS.iter().filter(|kind| kind.in_api).map(|kind| Described {
        path: format!("/api/v1/{}", kind.name),
        method: "get",
        id: format!("{}Report", kind.name),
        summary: kind.title,
        description: format!("Says {}. {FORMS}", kind.sentence),
        parameters: ALWAYS.iter().chain(kind.own).copied().collect(),
        scope: Some(kind.permission.name()),
        body: None,
        content: in_forms(),
    })
}

fn beside_reports() -> [Described; 4] {
    let of_staff = |path: &str, method, id: &str, summary, description: &str, scope| Described {
        path: path.to_owned(),
        method,
        id: id.to_owned(),
        summary,
        description: description.to_owned(),
        parameters: ALWAYS.to_vec(),
        scope: Some(scope),
        body: None,
        content: in_forms(),
    };
    let chain = "The answer, the counties with their shares, and each assignment that was looked at, with its file and line.";
    let rows = "A table of questions in (a row may have `lat` and `lon`, `zip`, `county`, `place`, `state`, `region` or `q`, and \
                `as_of` and `course`); the same rows out, with `status`, `partners`, `partner_names`, `region`, `share` and \
                `reason`. No row makes the table fail.";
    let change = "Who gains and who loses if a partner leaves (`without`), hands over (`from`, `to`, `zips`) or takes on (`give`, \
                  `to`). Nothing is changed.";
    let draft = "The same with another `assignments.csv`, which is checked like the real one first.";
    [
        Described {
            content: explained(),
            parameters: ALWAYS.iter().chain(QUESTION).copied().collect(),
            ..of_staff("/api/v1/explain", "get", "explanation", "Why an answer is what it is", chain, "reports")
        },
        Described {
            body: Some("zip\n98101\n"),
            parameters: vec!["as_of", "course"],
            content: json!({ "text/csv": { "schema": { "type": "string" } } }),
            ..of_staff("/api/v1/coverage/batch", "post", "answersToTable", "Answers for a table", rows, "batch")
        },
        Described {
            parameters: ALWAYS.iter().chain(TRIED).copied().collect(),
            ..of_staff("/api/v1/what-if", "get", "whatIf", "What if something changes", change, "what-if")
        },
        Described {
            body: Some("partner,region\npuget-sound-cs-hub,county:53033\n"),
            ..of_staff("/api/v1/what-if", "post", "whatIfDraft", "What if this draft were the data", draft, "what-if")
        },
    ]
}

impl Described {
    fn described(&self, parameters: Value) -> Value {
        let mut responses: Map<String, Value> = Map::new();
        responses.insert("200".to_owned(), json!({ "description": "What was asked for.", "content": self.content }));
        let failures = problems(|failure| self.scope.is_some() || !failure.is_of_staff());
        responses.extend(failures.into_iter().map(|(status, problem)| (status, json!(problem))));
        let token = self.scope.map(|scope| format!(" Needs a token with the scope `{scope}`.")).unwrap_or_default();
        let mut operation = json!({
            "tags": [if self.scope.is_some() { "staff" } else { "reports" }],
            "summary": self.summary,
            "description": format!("{}{token}", self.description),
            "operationId": self.id,
            "parameters": parameters,
            "responses": responses,
        });
        if self.scope.is_some() {
            operation["security"] = json!([{ "token": [] }]);
        }
        if let Some(example) = self.body {
            let content = json!({ "text/csv": { "schema": { "type": "string" }, "example": example } });
            operation["requestBody"] = json!({ "required": true, "description": "A table as CSV.", "content": content });
        }
        operation
    }
}

/// A report in each of its forms.
fn in_forms() -> Value {
    json!({
        "application/json": { "schema": { "$ref": "#/components/schemas/Report" } },
        "text/csv": { "schema": { "type": "string" } },
        "application/geo+json": { "schema": { "type": "object" } },
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": { "schema": {} },
    })
}

/// An explanation: its JSON is the whole chain, its other forms are those of a report.
fn explained() -> Value {
    let mut forms = in_forms();
    forms["application/json"] = json!({ "schema": { "type": "object" } });
    forms
}

fn report() -> Value {
    json!({
        "type": "object",
        "description": "A report: what it is about, and its tables under their names, each a list of rows with a member for \
                        each column.",
        "required": ["report", "as_of"],
        "properties": {
            "report": { "type": "string", "description": "Its name.", "examples": ["gaps"] },
            "as_of": { "type": "string", "format": "date", "description": "The day that it is about.", "examples": ["2026-11-21"] },
        },
        "additionalProperties": true,
    })
}

/// A parameter that reports have and questions do not.
fn parameter(name: &str) -> Option<Value> {
    let id = || json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80 });
    let text = |pattern: &str| json!({ "type": "string", "minLength": 1, "maxLength": 300, "pattern": pattern });
    let one_of = |words: &[&str]| json!({ "type": "string", "enum": words });
    let number = |most: u32| json!({ "type": "integer", "minimum": 1, "maximum": most });
    let day = || json!({ "type": "string", "format": "date" });
    let (description, schema, example) = match name {
        "table" => ("The table of a CSV; the first where it is not said.", text("^[a-z_]+$"), Value::Null),
        "level" => ("What has a row.", one_of(&["country", "state", "county", "region"]), json!("state")),
        "across_states" => ("Whether gaps are joined across state lines.", one_of(&["true", "false"]), json!("true")),
        "state" => ("Only this state, by its code.", text("^[A-Za-z]{2}$"), json!("OR")),
        "days" => ("How many days are looked at.", number(3660), json!(90)),
        "from" => ("The first of two days; in a what-if, the partner that hands over.", id(), json!("2026-11-21")),
        "to" => ("The second of two days; in a what-if, the partner that takes on.", id(), json!("2027-07-01")),
        "who" => ("Only what was done with this token, by its id or name.", text("^.+$"), json!("Ann")),
        "outcome" => ("Only what came to this.", text("^[a-z_]+$"), json!("done")),
        "limit" => ("How many entries are wanted at most, the newest first.", number(100_000), json!(1000)),
        "without" => ("The partner that leaves, by its id.", id(), json!("puget-sound-cs-hub")),
        "zips" => ("The ZIPs that are handed over, parted by commas, or all.", text("^([0-9, ]+|all)$"), json!("all")),
        "give" => ("The regions that are taken on, by typed ids with commas, or a gap.", text("^.+$"), json!("county:41011")),
        "on" => ("The day on which it changes.", day(), json!("2027-07-01")),
        _ => return None,
    };
    let mut parameter = json!({ "name": name, "in": "query", "required": false, "description": description, "schema": schema });
    // Each report has tables of its own, so that no name of one is an example for all.
    if !example.is_null() {
        parameter["example"] = example;
    }
    Some(parameter)
}
