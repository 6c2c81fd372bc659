//! What all pages of the staff area share.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, html};

use super::{access::Visitor, reports::REPORTS, routes::FURTHER};
use crate::{
    atlas::Map,
    http::{
        reply::{Form, Keep, reply},
        reports::Asked,
    },
    render::{
        html::{self as pages, Room, Site},
        links::{self, Way},
        report::{self, Report},
    },
};

/// The ways that a visitor may go.
pub fn room<'a>(visitor: &'a Visitor, here: &'a str) -> Room<'a> {
    let reports = REPORTS.iter().map(|kind| (kind.name, kind.title, kind.sentence, kind.permission));
    let ways = reports.chain(FURTHER).filter(|(.., permission)| visitor.token.permits(*permission));
    let ways = ways.map(|(name, title, sentence, _)| (links::report(name), title, sentence)).collect();
    Room { ways, here, who: &visitor.token.name }
}

/// A page of the staff area by the name in its address.
pub fn page(asked: &Asked, visitor: &Visitor, name: &str, heading: &str, body: Markup) -> Response {
    let address = links::report(name);
    shown(visitor, &address, heading, body, &site(asked, &address))
}

/// What all pages say.
pub fn site<'a>(asked: &'a Asked, address: &'a str) -> Site<'a> {
    asked.current.site(asked.scope.as_of, Way::default(), address)
}

fn shown(visitor: &Visitor, here: &str, heading: &str, body: Markup, site: &Site<'_>) -> Response {
    let page = pages::staff_page(&room(visitor, here), heading, body).render(site);
    reply(StatusCode::OK, Form::Html, Keep::Never, page.into_string())
}

/// The files in which a report can be taken along: their addresses and what they are called.
pub fn files(asked: &Asked, name: &str, report: &Report) -> Vec<(String, &'static str)> {
    let has_places = report.plan.has_places();
    let forms = [("xlsx", "Excel workbook"), ("csv", "CSV"), ("json", "JSON"), ("geojson", "GeoJSON")];
    let forms = forms.into_iter().filter(|(suffix, _)| *suffix != "geojson" || has_places);
    let query = asked.parameters.query();
    forms.map(|(suffix, title)| (links::with_query(format!("{}.{suffix}", links::report(name)), Some(&query)), title)).collect()
}

/// The page of a report.
pub struct Sheet<'a> {
    /// The name in its address.
    pub name: &'a str,
    /// The report.
    pub report: &'a Report,
    /// Its map.
    pub map: Option<&'a Map>,
    /// The files in which it can be taken along.
    pub files: Vec<(String, &'static str)>,
    /// What stands before it.
    pub before: Markup,
    /// What stands behind it.
    pub after: Markup,
}

impl Sheet<'_> {
    /// The page.
    pub fn page(&self, asked: &Asked, visitor: &Visitor) -> Response {
        let address = links::report(self.name);
        let site = site(asked, &address);
        let map = self.map.map(|map| pages::figure(map, &site));
        let body = html! { (self.before) (report::html(self.report, map.as_ref(), &self.files)) (self.after) };
        shown(visitor, &address, &self.report.title, body, &site)
    }
}
