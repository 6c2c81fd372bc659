use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::Response,
};

use super::{
    App, Current, asking,
    maps::aside,
    query::Parameters,
    reply::{self, Keep, reply, tagged},
};
use crate::{
    census::StateCode,
    gaps,
    lookup::{Malformed, Scope},
    render::{
        Failure,
        report::{Form, Report, Unformed, tables},
        words::Words,
    },
};

/// The forms of reports in which the API has them, with their media types.
const FORMS: [(Form, &str); 4] = [
    (Form::Json, "application/json"),
    (Form::Csv, "text/csv; charset=utf-8"),
    (Form::GeoJson, "application/geo+json"),
    (Form::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

/// How much is covered: the country, each state, county and program region.
pub async fn coverage(
    State(app): State<Arc<App>>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let asked = Asked::read(&app, &uri, &headers, query.as_deref(), &["level"])?;
    let levels = match asked.parameters.first("level") {
        None if asked.form == Form::GeoJson => vec![gaps::Level::Country, gaps::Level::State],
        None => vec![gaps::Level::Country, gaps::Level::State, gaps::Level::County, gaps::Level::Region],
        Some(text) => vec![level(text)?],
    };
    asked.answer(|current, scope, form| {
        let coverage = gaps::coverage(&current.snapshot, scope).only(&levels);
        let shape = |region: &_| (form == Form::GeoJson).then(|| current.snapshot.land().outline(region)).flatten();
        tables::coverage(&coverage, &Words::new(current.courses()), shape)
    })
}

/// Where nobody serves, and who could.
pub async fn gaps(
    State(app): State<Arc<App>>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let asked = Asked::read(&app, &uri, &headers, query.as_deref(), &["across_states", "state"])?;
    let across_states = match asked.parameters.first("across_states") {
        None | Some("false") => false,
        Some("true") => true,
        Some(other) => return Err(bad("across_states", "not yes or no", other, "write true or false")),
    };
    let state = asked.parameters.first("state").map(|text| state(&asked.current, text)).transpose()?;
    asked.answer(|current, scope, form| {
        let found = gaps::gaps(&current.snapshot, scope, gaps::Wanted { across_states, state });
        let shape = |area: &gaps::GapArea| (form == Form::GeoJson).then(|| area.outline(current.snapshot.land()));
        tables::gaps(&found, &Words::new(current.courses()), shape)
    })
}

/// A report that was asked for: its form, its day and course, and what else was said.
struct Asked {
    current: Arc<Current>,
    parameters: Parameters,
    scope: Scope,
    form: Form,
}

impl Asked {
    fn read(app: &App, uri: &Uri, headers: &HeaderMap, query: Option<&str>, own: &[&str]) -> Result<Self, Failure> {
        let current = app.current();
        let parameters = Parameters::read(query)?;
        let known: Vec<&str> = ["as_of", "course", "table"].iter().chain(own).copied().collect();
        parameters.strictly(&known)?;
        let scope = asking::scope(&parameters, app.today(&current), current.courses())?;
        let form = form(uri.path(), headers);
        Ok(Self { current, parameters, scope, form })
    }

    fn answer(&self, make: impl FnOnce(&Current, &Scope, Form) -> Report) -> Result<Response, Failure> {
        let table = self.parameters.first("table");
        let made = || {
            let report = make(&self.current, &self.scope, self.form);
            let body = self.form.write(&report, table);
            (report, body)
        };
        let (report, body) = aside(|| self.current.queues.reports.run(made))?;
        let body = body.map_err(|error| match error {
            Unformed::Table { got, known } => bad("table", "no such table", &got, &format!("tables are {known}")),
            Unformed::NoPlaces => bad("table", "no places in it", table.unwrap_or_default(), "GeoJSON has the main table alone"),
            Unformed::Json(_) | Unformed::Csv(_) | Unformed::Xlsx(_) => Failure::Internal,
        })?;
        let mut response = reply(StatusCode::OK, reply::Form::Json, Keep::Answer, body);
        let (_, media_type) = FORMS.iter().find(|(form, _)| *form == self.form).unwrap_or(&FORMS[0]);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        let suffix = Form::ALL.iter().find(|(form, _)| *form == self.form).map_or("json", |(_, suffix)| suffix);
        if matches!(self.form, Form::Csv | Form::Xlsx) {
            let name = format!("attachment; filename=\"{}-{}.{suffix}\"", report.name, report.as_of);
            headers.extend(HeaderValue::from_str(&name).map(|value| (header::CONTENT_DISPOSITION, value)));
        }
        Ok(tagged(response, &self.current.tag(&self.scope, &format!("{}-{suffix}", report.name))))
    }
}

/// The form that the end of the path names, else what `Accept` asks for, else JSON.
fn form(path: &str, headers: &HeaderMap) -> Form {
    let suffix = path.rsplit('/').next().and_then(|name| name.split_once('.')).map(|(_, suffix)| suffix);
    if let Some(form) = suffix.and_then(Form::of_suffix) {
        return form;
    }
    let accepted: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let wants = |media_type: &str| accepted.iter().any(|list| list.contains(media_type.split(';').next().unwrap_or_default()));
    FORMS.iter().find(|(_, media_type)| wants(media_type)).map_or(Form::Json, |(form, _)| *form)
}

fn level(text: &str) -> Result<gaps::Level, Failure> {
    let levels = [gaps::Level::Country, gaps::Level::State, gaps::Level::County, gaps::Level::Region];
    levels.into_iter().find(|level| tables::level(*level) == text).ok_or_else(|| {
        let known = levels.map(tables::level).join(", ");
        bad("level", "unknown level", text, &format!("levels are {known}"))
    })
}

fn state(current: &Current, text: &str) -> Result<StateCode, Failure> {
    let code = text.to_ascii_uppercase().parse::<StateCode>().ok();
    code.filter(|code| current.snapshot.land().state(*code).is_some())
        .ok_or_else(|| bad("state", "no such state", text, "write a code such as WA"))
}

fn bad(parameter: &'static str, what: &'static str, value: &str, rule: &str) -> Failure {
    Malformed::new(parameter, what, value, rule).into()
}
