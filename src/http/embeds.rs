//! The map in other people's pages.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};

use super::{
    PublicUrl,
    pages::Visit,
    policy::{Framed, Styled},
    query::Parameters,
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    atlas::Map,
    census::StateCode,
    lookup::Malformed,
    render::{
        Failure,
        html::{self, Chosen, Piece, Site},
        links::Way,
        svg::{self, Theme},
    },
};

type Handled = Result<Response, Failure>;

/// The widths of pictures, in pixels.
const WIDTHS: std::ops::RangeInclusive<u32> = 200..=2400;

/// What an embed shows, as its address says.
struct Shown {
    map: Arc<Map>,
    /// The name of the state that it shows; `None` is the country.
    within: Option<Arc<str>>,
    theme: Theme,
}

impl Shown {
    fn new(visit: &Visit) -> Result<Self, Failure> {
        let state = state(&visit.parameters)?;
        let map = visit.current.map_of(state, &visit.scope)?.ok_or_else(|| no_state(&visit.parameters))?;
        let within = state.map(|_| map.subject.clone());
        Ok(Self { map, within, theme: theme(&visit.parameters)? })
    }

    /// What ids within a fragment start with: two fragments of a page have the same only where they show the same; for
    /// these there is `id`.
    fn prefix(&self, visit: &Visit) -> String {
        let own = visit
            .parameters
            .filled("id")
            .filter(|id| id.len() <= 40 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        let state = visit.parameters.filled("state").map(str::to_ascii_lowercase);
        let (course, day) = (visit.scope.course.as_ref(), visit.way().as_of);
        let parts = [own.map(str::to_owned), state, course.map(ToString::to_string), day.map(|day| day.to_string())];
        parts.into_iter().flatten().fold("partner-map".to_owned(), |prefix, part| format!("{prefix}-{part}"))
    }
}

/// The map without a page around it: of the country, or of one state.
pub async fn fragment(visit: Visit) -> Handled {
    let shown = Shown::new(&visit)?;
    let says = |name: &str, word: &str| visit.parameters.filled(name) == Some(word);
    let prefix = shown.prefix(&visit);
    let piece = Piece {
        prefix: &prefix,
        theme: shown.theme,
        search: says("search", "yes"),
        styled: !says("style", "none"),
        target: None,
    };
    let site = visit.site();
    let base = site.public_url;
    let site = Site { way: Way { base, ..site.way }, ..site };
    Ok(visit.html(StatusCode::OK, html::fragment(&shown.map, &piece, &site)))
}

/// The page that composes what to put into a page.
pub async fn composer(visit: Visit, headers: HeaderMap, uri: Uri) -> Handled {
    let shown = Shown::new(&visit)?;
    let origin = visit.public_url.clone().or_else(|| PublicUrl::asked(&headers, &uri)).ok_or(Failure::NoHost)?;
    let state = state(&visit.parameters)?.map(|code| code.to_string()).unwrap_or_default();
    let chosen = Chosen {
        kind: visit.parameters.filled("kind").unwrap_or("element"),
        state: &state,
        course: visit.scope.course.as_ref(),
        theme: shown.theme,
        origin: origin.as_str(),
    };
    Ok(visit.page(StatusCode::OK, &html::composer(&visit.site(), &chosen, &visit.search())))
}

/// The map as a document for frames on any page.
pub async fn frame(visit: Visit) -> Handled {
    let shown = Shown::new(&visit)?;
    let search = visit.parameters.filled("search") != Some("no");
    let piece = Piece { prefix: "partner-map", theme: shown.theme, search, styled: false, target: Some("_top") };
    let mut response = visit.html(StatusCode::OK, html::frame(&shown.map, &piece, &visit.site()));
    response.extensions_mut().insert(Framed);
    Ok(response)
}

/// The map as a picture made of shapes, with its legend.
pub async fn svg(visit: Visit) -> Handled {
    let shown = Shown::new(&visit)?;
    let document = svg::document(&shown.map, &visit.current.setting(visit.way(), shown.theme));
    let mut response = picture(&visit, Form::Svg, document.into_string(), "svg");
    response.extensions_mut().insert(Styled);
    Ok(response)
}

/// The map as a picture made of pixels: a card, or in a width with its legend.
pub async fn png(visit: Visit) -> Handled {
    let shown = Shown::new(&visit)?;
    let setting = visit.current.setting(visit.way(), shown.theme);
    let (document, width) = match width(&visit.parameters)? {
        None => (svg::card(&shown.map, shown.within.as_deref(), &setting), svg::CARD[0]),
        Some(width) => (svg::document(&shown.map, &setting), width),
    };
    let pixels = visit.current.pixels(&document.into_string(), width)?.map_err(|error| {
        tracing::error!(%error, "a picture could not be drawn");
        Failure::Internal
    })?;
    Ok(picture(&visit, Form::Png, pixels, "png"))
}

fn picture(visit: &Visit, form: Form, body: impl Into<Body>, name: &str) -> Response {
    tagged(reply(StatusCode::OK, form, Keep::Page, body), &visit.tag(name))
}

fn state(parameters: &Parameters) -> Result<Option<StateCode>, Failure> {
    parameters.filled("state").map(str::parse).transpose().map_err(|_| no_state(parameters))
}

fn no_state(parameters: &Parameters) -> Failure {
    let value = parameters.first("state").unwrap_or_default();
    Malformed::new("state", "no such state", value, "states are written by their two letters, such as WA").into()
}

fn theme(parameters: &Parameters) -> Result<Theme, Failure> {
    match parameters.filled("theme") {
        None | Some("auto") => Ok(Theme::Auto),
        Some("light") => Ok(Theme::Light),
        Some("dark") => Ok(Theme::Dark),
        Some(other) => Err(Malformed::new("theme", "unknown theme", other, "themes are auto, light, dark").into()),
    }
}

fn width(parameters: &Parameters) -> Result<Option<u32>, Failure> {
    let read = |text: &str| {
        let rule = format!("pictures are {} to {} pixels wide", WIDTHS.start(), WIDTHS.end());
        let width = text.parse().ok().filter(|width| WIDTHS.contains(width));
        width.ok_or_else(|| Malformed::new("width", "no width", text, &rule).into())
    };
    parameters.filled("width").map(read).transpose()
}
