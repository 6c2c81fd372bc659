//! The description of the API (OpenAPI 3.1), generated from the routes, the wire shapes and the plans of reports.

mod about;
mod failures;
mod parameters;
mod reports;

use std::sync::{Arc, LazyLock};

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};
use utoipa::{OpenApi, openapi};

use super::{
    App,
    reply::{Form, Keep, reply},
    routes,
};
use crate::{
    domain::Course,
    render::{Failure, explanation::ExplanationWire, problem::Problem},
};

/// What the description says before it comes to the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "coverage-map",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "this service")),
    tags(
        (name = "coverage", description = "Does this place have a partner?"),
        (name = "regions", description = "States, counties, program regions and ZIPs."),
        (name = "partners", description = "Who serves what."),
        (name = "reports", description = "How much is covered, and where nobody serves."),
        (name = "staff", description = "What needs a token, as `Authorization: Bearer cmap_…`."),
    ),
    components(schemas(Problem, ExplanationWire)),
)]
struct Frame;

/// The description without routes, for the router that adds them.
pub fn frame() -> openapi::OpenApi {
    let mut frame = Frame::openapi();
    frame.info.description = Some(about::about());
    frame
}

/// The description as far as it is the same for all programs.
fn usual() -> &'static Value {
    static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| {
        // A description is text, numbers and lists: it always is JSON.
        let description = serde_json::to_value(routes::api().into_openapi()).unwrap_or_default();
        headed(failures::added(reports::added(worded(whole(description)))))
    });
    &DESCRIPTION
}

/// The whole description as JSON, for a program that teaches these courses.
pub fn of(courses: &[Course]) -> Value {
    let mut description = usual().clone();
    for operation in operations(&mut description) {
        for parameter in asked(operation) {
            if parameter["name"] == "course" {
                name_courses(parameter, courses);
                name_words(&mut parameter["schema"], courses);
            }
        }
    }
    let position = &mut description["components"]["schemas"]["Position"]["properties"]["course"];
    name_courses(position, courses);
    name_words(position, courses);
    description
}

/// Says which courses there are, where one is asked for.
fn name_courses(asked: &mut Value, courses: &[Course]) {
    let Some(first) = courses.first() else { return };
    let names: Vec<_> = courses.iter().map(|course| format!("`{}` is {}", course.id, course.name)).collect();
    let about = asked["description"].as_str().unwrap_or_default();
    asked["description"] = format!("{about} Of this program {}.", names.join(", ")).into();
    asked["example"] = first.id.as_str().into();
}

/// The same for who checks what is asked.
fn name_words(schema: &mut Value, courses: &[Course]) {
    if !courses.is_empty() {
        let nullable = schema["type"].is_array().then_some(Value::Null);
        schema["enum"] = courses.iter().map(|course| json!(course.id.as_str())).chain(nullable).collect();
    }
}

/// Says which words a kind can be.
fn worded(mut description: Value) -> Value {
    for operation in operations(&mut description) {
        for parameter in asked(operation) {
            if parameter["name"] == "kind" {
                *parameter = parameters::worded(parameter.take());
            }
        }
    }
    description
}

/// What an operation takes.
fn asked(operation: &mut Value) -> impl Iterator<Item = &mut Value> {
    operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten()
}

/// Every operation of a description.
fn operations(description: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = description["paths"].as_object_mut().into_iter().flatten().flat_map(|(_, path)| path.as_object_mut());
    paths.flatten().filter(|(method, _)| ["get", "post"].contains(&method.as_str())).map(|(_, operation)| operation)
}

/// What requests alone are made of, and what leaves out what it has nothing to say about.
const NOT_WHOLE: [&str; 2] = ["Position", "Problem"];

/// Says of the members of what is answered that they are always there, `null` ones, too.
fn whole(mut description: Value) -> Value {
    let schemas = description["components"]["schemas"].as_object_mut().into_iter().flatten();
    for (_, schema) in schemas.filter(|(name, _)| !NOT_WHOLE.contains(&name.as_str())) {
        let names = schema["properties"].as_object().map(|properties| properties.keys().cloned().collect::<Vec<_>>());
        if let Some(names) = names {
            schema["required"] = names.into();
        }
    }
    description
}

/// Says which headers answers have, and that there is a 304.
fn headed(mut description: Value) -> Value {
    let header = |text: &str, of: &str| json!({ "description": text, "schema": { "type": of } });
    for operation in operations(&mut description) {
        let kept = operation["requestBody"].is_null() && operation["security"].is_null();
        let Some(responses) = operation["responses"].as_object_mut() else { continue };
        if kept {
            responses["200"]["headers"] = json!({
                "ETag": header("Names what is sent; send it back in `If-None-Match`.", "string"),
                "Cache-Control": header("How long it may be kept.", "string"),
            });
            responses
                .insert("304".to_owned(), json!({ "description": "What `If-None-Match` names still holds; without a body." }));
        }
        let further = [
            ("401", "WWW-Authenticate", header("Which kind of token is wanted (RFC 6750).", "string")),
            ("429", "Retry-After", header("After how many seconds it is worth asking again.", "integer")),
            ("503", "Retry-After", header("After how many seconds it is worth asking again.", "integer")),
        ];
        for (status, name, said) in further {
            if let Some(response) = responses.get_mut(status) {
                response["headers"][name] = said;
            }
        }
    }
    description
}

/// Sends the description.
pub async fn sent(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let text = format!("{:#}\n", of(app.current().courses()));
    Ok(reply(StatusCode::OK, Form::Json, Keep::Page, text))
}
