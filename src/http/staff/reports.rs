use std::sync::Arc;

use axum::{
    Extension,
    extract::Path,
    http::StatusCode,
    response::Response,
    routing::{MethodRouter, get},
};
use jiff::ToSpan;
use maud::Markup;

use super::{
    Desk,
    access::{Noted, Visitor},
    frame::{self, Sheet},
};
use crate::{
    atlas::{self, Map},
    checks,
    gaps::{self, Standpoint},
    http::{
        App,
        query::Parameters,
        reply::{self, Keep, reply},
        reports::{self, Asked, Head, bad},
    },
    lookup::Scope,
    render::{
        Failure, NoAccess,
        html::{self, Field, Kind as FieldKind},
        links,
        report::{self, Report, plan::ReportPlan, tables},
        words::Words,
    },
    source::is_of_program,
    store::{Broken, Filter, Outcome, Period, Permission, Store},
};

type Handled = Result<Response, Failure>;

/// A report of the staff area.
pub struct Kind {
    /// Its name in addresses.
    pub name: &'static str,
    /// What it is called in the navigation.
    pub title: &'static str,
    /// What it says, in a sentence.
    pub sentence: &'static str,
    /// What a token must be good for.
    pub permission: Permission,
    /// Whether programs get it with a token; some of the others are public in the API.
    pub in_api: bool,
    /// What it is made of.
    pub plan: &'static ReportPlan,
    /// Its parameters, beside day, course and table.
    pub own: &'static [&'static str],
    /// Makes it.
    pub make: fn(&Asked) -> Result<Made, Failure>,
    /// What its page asks for.
    pub fields: fn(&Asked) -> Vec<Field<'static>>,
}

/// A report, and the map that its page shows.
pub struct Made {
    /// The report.
    pub report: Report,
    /// The map, where it is a page and there is one.
    pub map: Option<Arc<Map>>,
}

impl From<Report> for Made {
    fn from(report: Report) -> Self {
        Self { report, map: None }
    }
}

/// All reports, in the order of the navigation.
pub static REPORTS: &[Kind] = &[
    Kind {
        name: "coverage",
        title: "Coverage",
        sentence: "how much is covered: the country, each state, county and program region",
        permission: Permission::Reports,
        in_api: false,
        plan: &tables::COVERAGE,
        own: reports::COVERAGE,
        make: |asked| {
            let map = country(asked, &asked.scope)?;
            Ok(Made { report: reports::coverage_of(asked)?, map })
        },
        fields: |asked| {
            let names = [("", "country and states"), ("county", "counties"), ("region", "program regions")];
            let levels = names.map(|(value, name)| (value.to_owned(), name.to_owned())).to_vec();
            with_scope(asked, vec![Field::choice("level", "Show", levels, asked.parameters.first("level"))])
        },
    },
    Kind {
        name: "gaps",
        title: "Gaps",
        sentence: "where nobody serves, the most people first, and who could take it",
        permission: Permission::Reports,
        in_api: false,
        plan: &tables::GAPS,
        own: reports::GAPS,
        make: |asked| {
            let report = reports::gaps_of(asked)?;
            let state = asked.wanted_gaps()?.state;
            let map = if asked.is_page { asked.current.map_of(state, &asked.scope)? } else { None };
            Ok(Made { report, map })
        },
        fields: |asked| {
            let land = asked.current.snapshot.land();
            let states = land.states().map(|state| {
                let code = land.state_code(state).to_string();
                (code, land.area(land.state_area(state)).name.to_string())
            });
            let all = std::iter::once((String::new(), "the whole country".to_owned())).chain(states).collect();
            let across = asked.parameters.first("across_states") == Some("true");
            let across = Field { name: "across_states", label: "join across state lines", kind: FieldKind::Tick(across) };
            with_scope(asked, vec![Field::choice("state", "In", all, asked.parameters.first("state")), across])
        },
    },
    Kind {
        name: "upcoming",
        title: "Upcoming",
        sentence: "what starts, ends, is handed over and is to be reviewed in the next days",
        permission: Permission::Reports,
        in_api: true,
        plan: &tables::UPCOMING,
        own: &["days"],
        make: |asked| {
            let days = asked.parameters.filled("days").map(|_| asked.parameters.number("days", 1..=3660)).transpose()?.flatten();
            let days = days.and_then(|days| u16::try_from(days).ok()).unwrap_or(90);
            Ok(tables::calendar(&gaps::calendar(&asked.current.snapshot, &asked.scope, days), &asked.words()).into())
        },
        fields: |asked| {
            let days = asked.parameters.filled("days").unwrap_or("90").to_owned();
            with_scope(asked, vec![Field { name: "days", label: "Days", kind: FieldKind::Number(days) }])
        },
    },
    Kind {
        name: "diff",
        title: "Two days",
        sentence: "who gains and who loses a partner from one day to another, by state and county",
        permission: Permission::Reports,
        in_api: true,
        plan: &tables::CHANGE,
        own: &["from", "to"],
        make: between_days,
        fields: |asked| {
            let said = |name| asked.parameters.first(name);
            vec![
                Field::day("from", "From", said("from")),
                Field::day("to", "To", said("to")),
                Field::course(asked.current.courses(), said("course")),
            ]
        },
    },
    Kind {
        name: "overlaps",
        title: "Overlaps and quality",
        sentence: "program regions that share ground, areas that do not hang together, what checks found",
        permission: Permission::Reports,
        in_api: true,
        plan: &tables::OVERLAPS,
        own: &[],
        make: |asked| {
            let land = asked.current.snapshot.land();
            let mut quality = checks::quality(&asked.current.snapshot, &asked.scope);
            quality.findings.retain(is_of_program);
            let shape = |shared: &checks::SharedGround| {
                asked.has_places().then(|| land.outlines(shared.sides.iter().map(|side| &side.region)))
            };
            Ok(tables::quality(&quality, &asked.words(), shape).into())
        },
        fields: |asked| with_scope(asked, Vec::new()),
    },
    Kind {
        name: "applications",
        title: "Applications",
        sentence: "who applies for which region, by name, and what waits for a decision",
        permission: Permission::Reports,
        in_api: true,
        plan: &tables::APPLICATIONS,
        own: &[],
        make: |asked| {
            let found = gaps::applications(&asked.current.snapshot, asked.scope.as_of);
            Ok(tables::applications(&found, &asked.words()).into())
        },
        fields: |asked| vec![Field::day("as_of", "Day", asked.parameters.first("as_of"))],
    },
    Kind {
        name: "demand",
        title: "Demand",
        sentence: "which counties without a partner are asked about, ranked by people × questions",
        permission: Permission::Demand,
        in_api: true,
        plan: &tables::DEMAND,
        own: &["days"],
        make: demand,
        fields: |asked| {
            let days = [("30", "30 days"), ("90", "90 days"), ("365", "a year")];
            let days = days.map(|(value, name)| (value.to_owned(), name.to_owned())).to_vec();
            let said = asked.parameters.filled("days").unwrap_or("90");
            with_scope(asked, vec![Field::choice("days", "In the last", days, Some(said))])
        },
    },
    Kind {
        name: "audit",
        title: "Audit log",
        sentence: "who did what in the staff area, and who tried",
        permission: Permission::Audit,
        in_api: true,
        plan: &tables::AUDIT,
        own: &["who", "outcome", "limit"],
        make: audit,
        fields: |asked| {
            let said = |name| asked.parameters.first(name);
            let any = (String::new(), "any".to_owned());
            let all = Outcome::ALL.map(|each| (each.name().to_owned(), each.name().replace('_', " ")));
            vec![
                Field::text("who", "Who", said("who")),
                Field::choice("outcome", "Outcome", std::iter::once(any).chain(all).collect(), said("outcome")),
            ]
        },
    },
];

/// The fields of a report with its day and course.
fn with_scope(asked: &Asked, mut own: Vec<Field<'static>>) -> Vec<Field<'static>> {
    own.push(Field::day("as_of", "Day", asked.parameters.first("as_of")));
    own.push(Field::course(asked.current.courses(), asked.parameters.first("course")));
    own
}

/// The map of the country, for a page.
fn country(asked: &Asked, scope: &Scope) -> Result<Option<Arc<Map>>, Failure> {
    asked.is_page.then(|| asked.current.map(atlas::Scope::Country, scope)).transpose()
}

fn between_days(asked: &Asked) -> Result<Made, Failure> {
    let day = |name: &'static str| match asked.parameters.filled(name) {
        None => Ok(asked.scope.as_of),
        Some(text) => text.parse().map_err(|_| bad(name, "no day", text, "days are written 2026-11-21")),
    };
    let [before, after] = [day("from")?, day("to")?].map(|as_of| Scope { as_of, ..asked.scope.clone() });
    let snapshot = &asked.current.snapshot;
    let change = gaps::change(Standpoint { snapshot, scope: &before }, Standpoint { snapshot, scope: &after });
    let words = asked.words();
    let title = format!("From {} to {}", words.day(before.as_of), words.day(after.as_of));
    let shape = |region: &_| asked.has_places().then(|| snapshot.land().outline(region)).flatten();
    let report = tables::change(&change, snapshot.generation(), title, &words, shape);
    Ok(Made { report, map: country(asked, &after)? })
}

fn demand(asked: &Asked) -> Result<Made, Failure> {
    let days = asked.parameters.filled("days").map(|_| asked.parameters.number("days", 1..=3660)).transpose()?.flatten();
    let today = asked.app.today(&asked.current);
    let days = i64::try_from(days.unwrap_or(90)).unwrap_or(90);
    let from = today.checked_sub(days.days()).unwrap_or(today);
    let counts = store(asked)?.demand(Period { from, until: today }).map_err(unreadable)?;
    let joined = (&counts.by_county, counts.too_few);
    let found = gaps::demand(&asked.current.snapshot, &asked.scope, [from, today], joined);
    Ok(tables::demand(&found, &asked.words()).into())
}

fn store(asked: &Asked) -> Result<&Store, Failure> {
    asked.app.desk().and_then(Desk::store).ok_or(Failure::NoAccess(NoAccess::Closed))
}

fn unreadable(error: Broken) -> Failure {
    tracing::error!(%error, "the state cannot be read");
    Failure::NoAccess(NoAccess::Unavailable)
}

fn audit(asked: &Asked) -> Result<Made, Failure> {
    let outcome = |name: &str| {
        let known = || Outcome::ALL.map(Outcome::name).join(", ");
        Outcome::named(name).ok_or_else(|| bad("outcome", "unknown outcome", name, &format!("outcomes are {}", known())))
    };
    let limit = match asked.parameters.filled("limit") {
        None => 1000,
        Some(_) => asked.parameters.number("limit", 1..=100_000)?.unwrap_or(1000),
    };
    let wanted = Filter {
        who: asked.parameters.filled("who").map(str::to_owned),
        outcome: asked.parameters.filled("outcome").map(outcome).transpose()?,
        limit: u32::try_from(limit).ok(),
        ..Filter::default()
    };
    let entries = store(asked)?.audit(&wanted).map_err(unreadable)?;
    let lines: Vec<_> = entries.iter().map(crate::store::Entry::line).collect();
    Ok(tables::audit(&lines, asked.scope.as_of).into())
}

/// The handler of a report: a page, or data in the form that its address names.
pub fn shown(kind: &'static Kind) -> MethodRouter<Arc<App>> {
    get(move |Extension(visitor): Extension<Visitor>, head: Head| async move {
        let asked = head.asked(kind.own)?;
        let response = if asked.is_page {
            let made = asked.current.in_turn(|| (kind.make)(&asked))?;
            let before = html::ask(&links::report(kind.name), &(kind.fields)(&asked), "Show");
            page(&asked, &visitor, kind.name, &made, before)
        } else {
            asked.answer(Keep::Never, |asked| (kind.make)(asked).map(|made| made.report))?
        };
        Ok::<_, Failure>(noted(response, head.query()))
    })
}

/// Notes what was asked for; a report's query names no person's place.
fn noted(mut response: Response, query: Option<&str>) -> Response {
    if let Some(query) = query.filter(|query| !query.is_empty()) {
        response.extensions_mut().insert(Noted(query.chars().take(200).collect()));
    }
    response
}

fn page(asked: &Asked, visitor: &Visitor, name: &str, made: &Made, before: Markup) -> Response {
    let files = frame::files(asked, name, &made.report);
    let sheet = Sheet { name, report: &made.report, map: made.map.as_deref(), files, before, after: Markup::default() };
    sheet.page(asked, visitor)
}

/// The first page.
pub async fn index(Extension(visitor): Extension<Visitor>, head: Head) -> Handled {
    let asked = head.asked_with(Parameters::default(), &[])?;
    let sentences = asked.current.in_turn(|| {
        let gaps = reports::gaps_of(&asked)?;
        let calendar = gaps::calendar(&asked.current.snapshot, &asked.scope, 90);
        let mut said = reports::coverage_of(&asked)?.summary;
        said.extend(gaps.summary);
        said.extend(tables::calendar(&calendar, &asked.words()).summary.into_iter().map(|line| format!("In 90 days: {line}")));
        Ok(said)
    })?;
    let site = frame::site(&asked, links::STAFF);
    let page = html::staff_index(&frame::room(&visitor, links::STAFF), &sentences).render(&site);
    Ok(reply(StatusCode::OK, reply::Form::Html, Keep::Never, page.into_string()))
}

/// A gap by its id: its map, its counties, and who could take it.
pub async fn gap(Extension(visitor): Extension<Visitor>, Path(id): Path<String>, head: Head) -> Handled {
    let asked = head.asked(reports::GAPS)?;
    let id = report::Form::ALL.iter().find_map(|(_, suffix)| id.strip_suffix(&format!(".{suffix}"))).unwrap_or(&id);
    let data = |made: &Made| (!asked.is_page).then(|| asked.written(Keep::Never, &made.report)).transpose();
    let (data, made) = asked.current.in_turn(|| {
        let snapshot = &asked.current.snapshot;
        let found = gaps::gaps(snapshot, &asked.scope, asked.wanted_gaps()?);
        let area = found.areas.iter().find(|area| area.id == id).ok_or(Failure::NotFound)?;
        let shape = asked.has_places().then(|| area.outline(snapshot.land()));
        let report = tables::gap(&found, area, &Words::new(asked.current.courses()), shape);
        let draw = || asked.current.map_of_gap(&area.areas(snapshot.land()), &tables::gap_name(area), &asked.scope);
        let made = Made { map: asked.is_page.then(draw).transpose()?.map(Arc::new), report };
        Ok((data(&made)?, made))
    })?;
    Ok(data.unwrap_or_else(|| page(&asked, &visitor, &format!("gaps/{id}"), &made, who_could(&asked, id))))
}

/// A form that tries what happens if a partner takes a gap on.
fn who_could(asked: &Asked, id: &str) -> Markup {
    let partners = &asked.current.snapshot.program().partners;
    let mut all: Vec<_> = partners.iter().map(|partner| (partner.id.to_string(), partner.name.to_string())).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    let gap = Field::choice("give", "What if", vec![(id.to_owned(), "this gap".to_owned())], Some(id));
    let to = Field::choice("to", "were taken on by", all, None);
    html::ask(&links::report(super::what_if::NAME), &[gap, to, Field::day("on", "from this day on", None)], "Try")
}
