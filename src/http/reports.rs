use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    response::Response,
};

use super::{
    App, Current, asking,
    maps::aside,
    negotiation::preferred_of,
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
pub async fn coverage(head: Head) -> Handled {
    head.asked(COVERAGE)?.answer(Keep::Answer, coverage_of)
}

/// Where nobody serves, and who could.
pub async fn gaps(head: Head) -> Handled {
    head.asked(GAPS)?.answer(Keep::Answer, gaps_of)
}

type Handled = Result<Response, Failure>;

/// The parameters of a report of what is covered, beside day, course and table.
pub const COVERAGE: &[&str] = &["level"];

/// The parameters of a report of where nobody serves.
pub const GAPS: &[&str] = &["across_states", "state"];

/// The report of what is covered.
pub fn coverage_of(asked: &Asked) -> Result<Report, Failure> {
    let current = &asked.current;
    let levels = match asked.parameters.filled("level") {
        None if asked.is_page || asked.form == Form::GeoJson => vec![gaps::Level::Country, gaps::Level::State],
        None => vec![gaps::Level::Country, gaps::Level::State, gaps::Level::County, gaps::Level::Region],
        Some(text) => vec![level(text)?],
    };
    let coverage = gaps::coverage(&current.snapshot, &asked.scope).only(&levels);
    let shape = |region: &_| asked.has_places().then(|| current.snapshot.land().outline(region)).flatten();
    Ok(tables::coverage(&coverage, &asked.words(), shape))
}

/// The report of where nobody serves.
pub fn gaps_of(asked: &Asked) -> Result<Report, Failure> {
    let found = gaps::gaps(&asked.current.snapshot, &asked.scope, asked.wanted_gaps()?);
    let shape = |area: &gaps::GapArea| asked.has_places().then(|| area.outline(asked.current.snapshot.land()));
    Ok(tables::gaps(&found, &asked.words(), shape))
}

/// What every report takes.
pub const ALWAYS: [&str; 3] = ["as_of", "course", "table"];

/// What the head of a request for a report says.
pub struct Head {
    /// The service.
    pub app: Arc<App>,
    uri: Uri,
    headers: HeaderMap,
}

impl FromRequestParts<Arc<App>> for Head {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self { app: app.clone(), uri: parts.uri.clone(), headers: parts.headers.clone() })
    }
}

impl Head {
    /// What is asked for, by the query of the address.
    ///
    /// # Errors
    /// When a parameter is not of its form, or unknown where that matters.
    pub fn asked(&self, own: &[&str]) -> Result<Asked, Failure> {
        self.asked_with(Parameters::read(self.uri.query())?, own)
    }

    /// What is asked for, by parameters that a form brought; under `/api` they must be strict.
    ///
    /// # Errors
    /// As for [`Head::asked`].
    pub fn asked_with(&self, parameters: Parameters, own: &[&str]) -> Result<Asked, Failure> {
        self.asked_among(parameters, &[&ALWAYS, own].concat())
    }

    /// The same where these are all the parameters that there are.
    ///
    /// # Errors
    /// As for [`Head::asked`].
    pub fn asked_among(&self, parameters: Parameters, known: &[&str]) -> Result<Asked, Failure> {
        let (app, current) = (self.app.clone(), self.app.current());
        let is_api = self.uri.path().starts_with("/api/");
        if is_api {
            parameters.strictly(known)?;
        }
        let scope = asking::scope(&parameters, app.today(&current), current.courses())?;
        let is_page = !is_api && form_in(self.uri.path()).is_none();
        let form = if is_page { Form::Json } else { form(self.uri.path(), &self.headers)? };
        Ok(Asked { form, is_page, app, current, parameters, scope })
    }

    /// What comes behind the question mark, as it stands there.
    pub fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

/// A report that was asked for: its form, its day and course, and what else was said.
pub struct Asked {
    /// The service.
    pub app: Arc<App>,
    /// The data.
    pub current: Arc<Current>,
    /// What was said in the address.
    pub parameters: Parameters,
    /// The day and the course.
    pub scope: Scope,
    /// The form, where it is not a page.
    pub form: Form,
    /// Whether it becomes a page.
    pub is_page: bool,
}

impl Asked {
    /// Words for the program.
    pub fn words(&self) -> Words<'_> {
        Words::new(self.current.courses())
    }

    /// Whether its things must have their places.
    pub fn has_places(&self) -> bool {
        !self.is_page && self.form == Form::GeoJson
    }

    /// Which gaps are wanted.
    ///
    /// # Errors
    /// When there is no such state, or when `across_states` is neither yes nor no.
    pub fn wanted_gaps(&self) -> Result<gaps::Wanted, Failure> {
        let across_states = match self.parameters.filled("across_states") {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => return Err(bad("across_states", "not yes or no", other, "write true or false")),
        };
        let state = self.parameters.filled("state").map(|text| state(&self.current, text)).transpose()?;
        Ok(gaps::Wanted { across_states, state })
    }

    /// The report as data.
    ///
    /// # Errors
    /// When it cannot be made, or has no such table, or no places where they are wanted.
    pub fn answer(&self, keep: Keep, make: impl FnOnce(&Self) -> Result<Report, Failure>) -> Handled {
        self.current.in_turn(|| self.written(keep, &make(self)?))
    }

    /// A report as data.
    ///
    /// # Errors
    /// When it has no such table, or no places where they are wanted.
    pub fn written(&self, keep: Keep, report: &Report) -> Handled {
        let body = self.form.write(report, self.table()).map_err(|error| self.unformed(error))?;
        let mut response = reply(StatusCode::OK, reply::Form::Json, keep, body);
        let (_, media_type) = FORMS.iter().find(|(form, _)| *form == self.form).unwrap_or(&FORMS[0]);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        let suffix = Form::ALL.iter().find(|(form, _)| *form == self.form).map_or("json", |(_, suffix)| suffix);
        if matches!(self.form, Form::Csv | Form::Xlsx) {
            let name = format!("attachment; filename=\"{}-{}.{suffix}\"", report.plan.name, report.as_of);
            headers.extend(HeaderValue::from_str(&name).map(|value| (header::CONTENT_DISPOSITION, value)));
        }
        Ok(tagged(response, &self.current.tag(&self.scope, &format!("{}-{suffix}", report.plan.name))))
    }

    /// Refuses a table that a report does not have.
    ///
    /// # Errors
    /// When such a one is asked for.
    pub fn only_tables_of(&self, report: &Report) -> Result<(), Failure> {
        report.chosen(self.table()).map(|_| ()).map_err(|error| self.unformed(error))
    }

    fn table(&self) -> Option<&str> {
        self.parameters.filled("table")
    }

    fn unformed(&self, error: Unformed) -> Failure {
        match error {
            Unformed::Table { got, known } => bad("table", "no such table", &got, &format!("tables are {known}")),
            Unformed::NoPlaces => {
                bad("table", "no places in it", self.table().unwrap_or_default(), "GeoJSON has the main table alone")
            }
            Unformed::Json(_) | Unformed::Csv(_) | Unformed::Xlsx(_) => Failure::Internal,
        }
    }
}

impl Current {
    /// Does what takes a core for long when it is its turn, without holding up the other requests of this thread.
    ///
    /// # Errors
    /// Those of the work, and [`Failure::Busy`] where too much waits already.
    pub fn in_turn<T>(&self, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        aside(|| self.queues.reports.run(work))?
    }
}

/// The form that the end of the path names, else the one that `Accept` likes best.
fn form(path: &str, headers: &HeaderMap) -> Result<Form, Failure> {
    let liked = || preferred_of(headers, &FORMS, |(_, media_type)| media_type.split(';').next().unwrap_or_default());
    form_in(path).map_or_else(|| liked().map(|(form, _)| form), Ok)
}

fn form_in(path: &str) -> Option<Form> {
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).and_then(|(_, suffix)| Form::of_suffix(suffix))
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

/// A value that is not of its form.
pub fn bad(parameter: &'static str, what: &'static str, value: &str, rule: &str) -> Failure {
    Malformed::new(parameter, what, value, rule).into()
}
