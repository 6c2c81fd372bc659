//! Changes that are tried before anybody makes them: who gains, who loses, and the changed file. Nothing on disk changes.

use std::sync::{Arc, PoisonError};

use axum::{
    Extension,
    body::Body,
    extract::Multipart,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::{Markup, html};

use super::{
    access::{Noted, Visitor},
    frame::{self, Sheet},
    upload::Upload,
};
use crate::{
    domain::{PartnerId, RegionId},
    gaps::{self, Standpoint},
    http::{
        body,
        reply::{self, Keep, reply},
        reports::{Asked, Head, bad},
    },
    render::{
        Failure,
        html::{Field, ask, send},
        links,
        report::{Form, tables},
    },
    snapshot::Snapshot,
    source::{self, Edit},
};

type Handled = Result<Response, Failure>;

/// Its name in addresses.
pub const NAME: &str = "what-if";

/// Where the changed file is.
pub const CHANGED: &str = "/staff/what-if/assignments.csv";

/// How many bytes of a draft are read.
pub const LONGEST_DRAFT: usize = 8 << 20;

/// The parameters that say what is tried.
pub const TRIED: &[&str] = &["without", "from", "to", "zips", "give", "on"];

/// What came of a draft: the file and the data.
struct Tried {
    draft: Vec<u8>,
    after: Arc<Snapshot>,
}

/// Tries what the address says; the page alone where it says nothing.
pub async fn asked(Extension(visitor): Extension<Visitor>, head: Head) -> Handled {
    let asked = head.asked(TRIED)?;
    match edit(&asked)? {
        Some(edit) => asked.current.in_turn(|| answered(&asked, &visitor, &edit)),
        None if asked.is_page => Ok(frame::page(&asked, &visitor, NAME, "What if …", html! { (forms(&asked)) })),
        None => Err(bad("without", "missing", "", "say without, from and to with zips, or give and to")),
    }
}

/// The assignments with the change that the address says.
pub async fn changed(head: Head) -> Handled {
    let asked = head.asked(TRIED)?;
    let edit = edit(&asked)?.ok_or_else(|| bad("without", "missing", "", "say what is tried, as on the page"))?;
    let draft = asked.current.in_turn(|| tried(&asked, &edit))?.draft;
    let mut response = reply(StatusCode::OK, reply::Form::Text, Keep::Never, draft);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"assignments.csv\""));
    response.extensions_mut().insert(Noted(edit.said()));
    Ok(response)
}

/// Tries a file that a form brings.
pub async fn uploaded(Extension(visitor): Extension<Visitor>, head: Head, form: Multipart) -> Handled {
    let upload = Upload::read(form, "assignments").await?;
    let asked = head.asked_with(upload.parameters, &[])?;
    let edit = Edit::With(upload.file);
    let asked = match asked.parameters.filled("as").and_then(Form::of_suffix) {
        None => asked,
        Some(form) => Asked { form, is_page: false, ..asked },
    };
    asked.current.in_turn(|| answered(&asked, &visitor, &edit))
}

/// Tries a file that a program sends.
pub async fn posted(Extension(visitor): Extension<Visitor>, head: Head, body: Body) -> Handled {
    let asked = head.asked(&[])?;
    let draft = body::read(head.headers(), body, LONGEST_DRAFT).await?;
    asked.current.in_turn(|| answered(&asked, &visitor, &Edit::With(draft.to_vec())))
}

/// What the address says is tried.
fn edit(asked: &Asked) -> Result<Option<Edit>, Failure> {
    let said = |name| asked.parameters.filled(name);
    let partner = |name: &'static str| {
        let named = |text: &str| {
            let known = text.parse().ok().filter(|id: &PartnerId| asked.current.snapshot.partner(id).is_some());
            known.ok_or_else(|| bad(name, "unknown partner", text, "partners are named by their ids"))
        };
        said(name).map(named).transpose()
    };
    let on =
        said("on").map(|text| text.parse().map_err(|_| bad("on", "no day", text, "days are written 2026-11-21"))).transpose()?;
    if let Some(partner) = partner("without")? {
        return Ok(Some(Edit::Without(partner, on)));
    }
    let missing = |name: &'static str| move || bad(name, "missing", "", "name the partner that takes over");
    if let Some(regions) = said("give") {
        let to = partner("to")?.ok_or_else(missing("to"))?;
        return Ok(Some(Edit::Give(regions_of(asked, regions)?, to, on)));
    }
    let (Some(from), zips) = (partner("from")?, said("zips").unwrap_or("all")) else { return Ok(None) };
    let to = partner("to")?.ok_or_else(missing("to"))?;
    if zips == "all" {
        return Ok(Some(Edit::HandOver(from, to, on)));
    }
    let none = |got: String| bad("zips", "no ZIP", &got, "ZIPs have five digits each and are parted by commas, or it is all");
    Ok(Some(Edit::Move(source::zips_in(zips).map_err(none)?, from, to, on)))
}

/// Regions by their ids; a gap stands for its counties.
fn regions_of(asked: &Asked, text: &str) -> Result<Vec<RegionId>, Failure> {
    if !text.starts_with("gap:") {
        let none = |got: String| bad("give", "no region", &got, "regions are typed ids, such as county:41011, or a gap");
        return source::regions_in(text).map_err(none);
    }
    let gaps = gaps::gaps(&asked.current.snapshot, &asked.scope, asked.wanted_gaps()?);
    let area = gaps.areas.iter().find(|area| area.id == text);
    let area = area.ok_or_else(|| bad("give", "no such gap", text, "gaps are named by their ids, as in their addresses"))?;
    Ok(area.counties.iter().map(|county| county.region.clone()).collect())
}

/// The data with a change, checked like any other.
fn tried(asked: &Asked, edit: &Edit) -> Result<Tried, Failure> {
    let folders = asked.app.desk().and_then(|desk| desk.folders.as_ref()).ok_or(Failure::NotServed)?;
    let mut folders = folders.lock().unwrap_or_else(PoisonError::into_inner);
    let unreadable = |error| {
        tracing::warn!(%error, "the folders cannot be read; no draft can be tried");
        Failure::NotServed
    };
    let served = asked.current.snapshot.generation();
    if folders.read().map_err(unreadable)?.generation() != served {
        return Err(Failure::NotServed);
    }
    let present = folders.program().read("assignments.csv").map_err(unreadable)?.unwrap_or_default();
    let draft = source::draft(&present, edit).map_err(|error| Failure::BadDraft(error.to_string()))?;
    let files = folders.read_draft(draft.clone()).map_err(unreadable)?;
    let loaded = folders.load(files);
    let Some(dataset) = loaded.dataset else {
        let errors = loaded.problems.iter().filter(|problem| problem.severity == crate::domain::Severity::Error);
        let first: Vec<_> = errors.take(10).map(ToString::to_string).collect();
        return Err(Failure::BadDraft(first.join(" · ")));
    };
    let land = asked.current.snapshot.land().clone();
    Ok(Tried { draft, after: Arc::new(Snapshot::on(land, dataset)) })
}

fn answered(asked: &Asked, visitor: &Visitor, edit: &Edit) -> Handled {
    let Tried { after, .. } = tried(asked, edit)?;
    let day = asked.parameters.filled("on").and_then(|day| day.parse().ok()).unwrap_or(asked.scope.as_of);
    let scope = crate::lookup::Scope { as_of: day, ..asked.scope.clone() };
    let before = &asked.current.snapshot;
    let change = gaps::change(Standpoint { snapshot: before, scope: &scope }, Standpoint { snapshot: &after, scope: &scope });
    let shape = |region: &_| asked.has_places().then(|| before.land().outline(region)).flatten();
    let title = format!("What if {}", edit.said());
    let report = tables::change(&change, after.generation(), title, &asked.words(), shape);
    let mut response = if asked.is_page {
        let map = asked.current.map_with(&after, &scope)?;
        let is_file = matches!(edit, Edit::With(_));
        let beside = html! {
            @if is_file {
                p { "To take it along, send the file again and choose another form." }
            } @else {
                p { "To make it so, replace " code { "assignments.csv" } " by " a href=(links::with_query(CHANGED.to_owned(), Some(&asked.parameters.query()))) { "the changed file" } ". All other rows keep their bytes." }
            }
            p { "The map shows what would be. Nothing has been changed." }
        };
        let files = if is_file { Vec::new() } else { frame::files(asked, NAME, &report) };
        let sheet = Sheet { name: NAME, report: &report, map: Some(&map), files, before: beside, after: forms(asked) };
        sheet.page(asked, visitor)
    } else {
        asked.written(Keep::Never, &report)?
    };
    response.extensions_mut().insert(Noted(edit.said()));
    Ok(response)
}

/// What can be tried.
fn forms(asked: &Asked) -> Markup {
    let snapshot = &asked.current.snapshot;
    let said = |name| asked.parameters.first(name);
    let mut partners: Vec<_> =
        snapshot.program().partners.iter().map(|partner| (partner.id.to_string(), partner.name.to_string())).collect();
    partners.sort_by(|a, b| a.1.cmp(&b.1));
    let choice = |name, label, none: &str| {
        let all = std::iter::once((String::new(), none.to_owned())).chain(partners.iter().cloned()).collect();
        Field::choice(name, label, all, said(name))
    };
    let course = || Field::course(asked.current.courses(), said("course"));
    let on = || Field::day("on", "From this day on", said("on"));
    let forms = [("", "page"), ("xlsx", "Excel workbook"), ("csv", "CSV"), ("json", "JSON")];
    let forms = forms.map(|(value, name)| (value.to_owned(), name.to_owned())).to_vec();
    let action = links::report(NAME);
    html! {
        section aria-labelledby="leaves" {
            h2 #leaves { "A partner leaves" }
            (ask(&action, &[choice("without", "Partner", "choose one"), on(), course()], "Try"))
        }
        section aria-labelledby="hands-over" {
            h2 #hands-over { "A partner hands over" }
            (ask(&action, &[
                choice("from", "From", "choose one"), choice("to", "To", "choose one"),
                Field::text("zips", "ZIPs, parted by commas, or all", Some(said("zips").unwrap_or("all"))), on(), course(),
            ], "Try"))
        }
        section aria-labelledby="takes-on" {
            h2 #takes-on { "A partner takes on regions" }
            (ask(&action, &[
                Field::text("give", "Regions, such as county:41011, parted by commas, or a gap", said("give")),
                choice("to", "To", "choose one"), on(), course(),
            ], "Try"))
        }
        section aria-labelledby="draft" {
            h2 #draft { "Another assignments.csv" }
            (send(&action, &[
                super::upload::field("assignments", "File"),
                Field::day("as_of", "On this day", said("as_of")), course(), Field::choice("as", "Answer as", forms, None),
            ], "Try"))
        }
    }
}
