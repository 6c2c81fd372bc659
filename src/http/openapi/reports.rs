//! Reports and what else needs a token, described from the list of reports and their plans.

use serde_json::{Map, Value, json};

use super::parameters;
use crate::{
    http::{
        asking::QUESTION,
        reports::{ALWAYS, COVERAGE, GAPS},
        staff::{LONGEST_DRAFT, LONGEST_TABLE, REPORTS, TRIED},
    },
    render::report::{self, plan::ReportPlan, tables},
};

/// The media type of workbooks.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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
    /// What its body is, with an example, where it has one.
    body: Option<(String, &'static str)>,
    /// The report that comes back; `None` where it is a table of answers.
    plan: Option<&'static ReportPlan>,
}

/// The description with reports, and the addresses that need a token.
pub fn added(mut description: Value) -> Value {
    // What is explained is asked like a public question.
    let asking = description["paths"]["/api/v1/coverage"]["get"]["parameters"].clone();
    for operation in public().into_iter().chain(of_staff()).chain(beside_reports()) {
        let asked = |name: &str| asking.as_array().into_iter().flatten().find(|known| known["name"] == name).cloned();
        // A question's own parameters come first where one is asked: its state is another one than that of a report.
        let asks = operation.parameters.contains(&"q");
        let one = |name: &&str| asked(name).filter(|_| asks).or_else(|| operation.parameter(name)).or_else(|| asked(name));
        let own = operation.parameters.iter().filter_map(one).collect();
        description["paths"][&operation.path][operation.method] = operation.described(own);
        for (name, schema) in operation.plan.map(ReportPlan::schemas).unwrap_or_default() {
            description["components"]["schemas"][name] = schema;
        }
    }
    // An explanation has a shape of its own in JSON; its tables are for its other forms.
    description["components"]["schemas"].as_object_mut().map(|schemas| schemas.remove(tables::EXPLANATION.schema));
    description["components"]["schemas"]["AnyGeometry"] = report::any_geometry();
    description["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "description": "A token that `coverage-map token new` made." }
    });
    description
}

fn public() -> [Described; 2] {
    let public = |path: &str, id: &str, own: &[&'static str], summary, description: &str, plan| Described {
        path: path.to_owned(),
        method: "get",
        id: id.to_owned(),
        summary,
        description: description.to_owned(),
        parameters: ALWAYS.iter().chain(own).copied().collect(),
        scope: None,
        body: None,
        plan: Some(plan),
    };
    let covered = "The country, each state, county and program region: counts, people, and shares of them.";
    let open = "Open counties that hang together, the most people first, and who could take them.";
    [
        public("/api/v1/coverage/summary", "coverageReport", COVERAGE, "How much is covered", covered, &tables::COVERAGE),
        public("/api/v1/gaps", "gapsReport", GAPS, "Where nobody serves", open, &tables::GAPS),
    ]
}

fn of_staff() -> impl Iterator<Item = Described> {
    REPORTS.iter().filter(|kind| kind.in_api).map(|kind| Described {
        path: format!("/api/v1/{}", kind.name),
        method: "get",
        id: format!("{}Report", kind.name),
        summary: kind.title,
        description: format!("Says {}.", kind.sentence),
        parameters: ALWAYS.iter().chain(kind.own).copied().collect(),
        scope: Some(kind.permission.name()),
        body: None,
        plan: Some(kind.plan),
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
        plan: Some(&tables::CHANGE),
    };
    let chain = "The answer, the counties with their shares, and each assignment that was looked at, with its file and line.";
    let rows = "A table of questions in (a row may have `lat` and `lon`, `zip`, `county`, `place`, `state`, `region` or `q`, and \
                `as_of` and `course`); the same rows out, with `status`, `partners`, `partner_names`, `region`, `share` and \
                `reason`; a name that the table has already is `coverage_status` and so on. No row makes the table fail: one \
                that cannot be read has the status `malformed`.";
    let change = "Who gains and who loses if a partner leaves (`without`), hands over (`from`, `to`, `zips`) or takes on (`give`, \
                  `to`). Nothing is changed.";
    let draft = "The same with another `assignments.csv`, which is checked like the real one first.";
    let table = format!("A table as CSV of at most {} MB; its first line names the columns.", LONGEST_TABLE >> 20);
    let file = format!("A whole `assignments.csv` of at most {} MB.", LONGEST_DRAFT >> 20);
    [
        Described {
            parameters: ALWAYS.iter().chain(QUESTION).copied().collect(),
            plan: Some(&tables::EXPLANATION),
            ..of_staff("/api/v1/explain", "get", "explanation", "Why an answer is what it is", chain, "reports")
        },
        Described {
            body: Some((table, "zip\n98101\n")),
            parameters: vec!["as_of", "course"],
            plan: None,
            ..of_staff("/api/v1/coverage/batch", "post", "answersToTable", "Answers for a table", rows, "batch")
        },
        Described {
            parameters: ALWAYS.iter().chain(TRIED).copied().collect(),
            ..of_staff("/api/v1/what-if", "get", "whatIf", "What if something changes", change, "what-if")
        },
        Described {
            body: Some((file, "partner,region\npuget-sound-cs-hub,county:53033\n")),
            ..of_staff("/api/v1/what-if", "post", "whatIfDraft", "What if this draft were the data", draft, "what-if")
        },
    ]
}

impl Described {
    fn described(&self, parameters: Value) -> Value {
        let content = self.plan.map_or_else(answers, in_forms);
        let responses = json!({ "200": { "description": "What was asked for.", "content": content } });
        let forms = self.plan.map(|plan| format!(" {}", self.forms(plan))).unwrap_or_default();
        let token = self.scope.map(|scope| format!(" Needs a token with the scope `{scope}`.")).unwrap_or_default();
        let mut operation = json!({
            "tags": [if self.scope.is_some() { "staff" } else { "reports" }],
            "summary": self.summary,
            "description": format!("{}{forms}{token}", self.description),
            "operationId": self.id,
            "parameters": parameters,
            "responses": responses,
        });
        if self.scope.is_some() {
            operation["security"] = json!([{ "token": [] }]);
        }
        if let Some((about, example)) = &self.body {
            let content = json!({ "text/csv": { "schema": { "type": "string" }, "example": example } });
            operation["requestBody"] = json!({ "required": true, "description": about, "content": content });
        }
        operation
    }

    /// What forms there are, and how one is chosen.
    fn forms(&self, plan: &ReportPlan) -> String {
        let places = plan.has_places();
        let main = plan.tables.first().map(|table| table.name).unwrap_or_default();
        let geojson = if places { format!(", GeoJSON the rows of `{main}` with their places") } else { String::new() };
        let all = if plan.name == tables::EXPLANATION.name { "a workbook has" } else { "JSON and workbooks have" };
        let endings = [".json", ".csv", ".geojson", ".xlsx"].into_iter().filter(|ending| places || *ending != ".geojson");
        let addresses: Vec<_> = endings.map(|ending| format!("`{}{ending}`", self.path)).collect();
        format!(
            "As to its forms, {all} all tables, CSV one of them{geojson}; `Accept` says which is sent, and {} are the same in the \
             form of their ending, whatever `Accept` says.",
            addresses.join(", "),
        )
    }

    /// A parameter that reports have and questions do not.
    fn parameter(&self, name: &str) -> Option<Value> {
        if name != "table" {
            return parameters::parameter(name, &self.path);
        }
        let names: Vec<_> = self.plan?.tables.iter().map(|table| table.name).collect();
        Some(parameters::table(&names))
    }
}

/// A report in each of its forms.
fn in_forms(plan: &'static ReportPlan) -> Value {
    let reference = |name: &str| json!({ "schema": { "$ref": format!("#/components/schemas/{name}") } });
    let json = if plan.name == tables::EXPLANATION.name { "Explanation" } else { plan.schema };
    let mut forms = Map::new();
    forms.insert("application/json".to_owned(), reference(json));
    forms.insert("text/csv".to_owned(), csv(plan));
    if plan.has_places() {
        forms.insert("application/geo+json".to_owned(), reference(&plan.features()));
    }
    let about = "A workbook (Office Open XML): a sheet for each table, named and with columns named as in JSON, and a last \
                 sheet, `about`, with the facts.";
    forms.insert(WORKBOOK.to_owned(), json!({ "schema": { "description": about } }));
    forms.into()
}

/// A table of a report as CSV.
fn csv(plan: &ReportPlan) -> Value {
    let rows: Vec<_> = plan.tables.iter().map(|table| format!("of `{}` those of `{}`", table.name, table.row)).collect();
    let about = format!(
        "The columns of a table are the members of its rows: {}. `null` is an empty cell, a list is joined by `|`, and text that a \
         spreadsheet would take for a formula has an apostrophe in front.",
        rows.join(", "),
    );
    let first_line = plan.tables.first().map(|table| table.heads());
    json!({ "schema": { "type": "string", "description": about }, "example": first_line })
}

/// Answers as a table.
fn answers() -> Value {
    let about = "The rows that were sent, with the columns `status`, `partners` (ids, joined by `|`), `partner_names`, `region` \
                 (of the assignment that decides), `share` (of people covered) and `reason` behind them.";
    let example = "zip,status,partners,partner_names,region,share,reason\n\
                   98101,covered,puget-sound-cs-hub,Puget Sound CS Hub (sample),region:puget-sound,1,\"ZIP 98101 (Seattle, \
                   Washington) has a partner: Puget Sound CS Hub (sample)\"\n";
    json!({ "text/csv": { "schema": { "type": "string", "description": about }, "example": example } })
}
