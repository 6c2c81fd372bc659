//! Regions and partners as lists and one by one, as JSON or GeoJSON.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use serde::Serialize;
use utoipa::IntoParams;

use super::{
    App, Current,
    asking::{self, AboutParams},
    negotiation::{preferred, varying, without_suffix},
    paging::{Page, PageParams},
    query::{Parameters, shortened},
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    catalogue::{self, PartnerEntry, Region, RegionFilter, RegionKind},
    directory::RegionTerm,
    domain::{PartnerId, RegionId},
    geometry::Window,
    lookup::{Malformed, Scope},
    render::{
        Failure,
        wire::{self, AssignedRegion, Feature, FeatureCollection, PartnerEntryWire, Partners, RegionWire, Regions},
    },
};

/// The forms of regions and partners.
const FORMS: [Form; 2] = [Form::Json, Form::GeoJson];

type Handled = Result<Response, Failure>;

/// What ids of regions are like.
const REGION_IDS: &str =
    "typed ids are such as state:WA, county:53033, region:puget-sound or zip:98101; /api/v1/regions lists them";

/// What ids of partners are like.
const PARTNER_IDS: &str = "ids of partners are small letters, digits and hyphens; /api/v1/partners lists them";

fn no_such(what: &'static str, id: &str, rule: &'static str) -> Failure {
    Failure::NoSuch { what, parameter: "id", value: shortened(id), rule }
}

/// Which regions are listed.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RegionParams<'a> {
    /// Those of this kind; all but ZIPs where nothing is said.
    #[param(value_type = Option<String>, example = "county")]
    kind: Option<&'a str>,
    /// Those that meet this window: its west, south, east and north in degrees, with commas between. The boundary
    /// decides, touching counts, and a window whose west lies east of its east goes across the antimeridian
    /// (RFC 7946 §5). ZIPs are there by their positions.
    #[param(value_type = Option<String>, pattern = "^-?[0-9.]+(,-?[0-9.]+){3}$", example = "-123,47,-122,48")]
    bbox: Option<&'a str>,
    /// This state and what lies in it, by its code.
    #[param(value_type = Option<String>, example = "WA", pattern = "^[A-Za-z]{2}$")]
    state: Option<&'a str>,
}

impl<'a> RegionParams<'a> {
    fn read(parameters: &'a Parameters) -> Self {
        let [kind, bbox, state] = ["kind", "bbox", "state"].map(|name| parameters.filled(name));
        Self { kind, bbox, state }
    }

    fn filter(&self, current: &Current) -> Result<RegionFilter, Failure> {
        let kind = self.kind.map(kind).transpose()?;
        let window = self.bbox.map(window).transpose()?;
        let state = self.state.map(|text| {
            let code = text.to_ascii_uppercase().parse().ok().filter(|code| current.snapshot.land().state(*code).is_some());
            code.ok_or_else(|| Malformed::new("state", "unknown state", text, "states are named by their code, such as WA"))
        });
        Ok(RegionFilter { kind, window, state: state.transpose()? })
    }
}

fn kind(text: &str) -> Result<RegionKind, Malformed> {
    match text {
        "state" => Ok(RegionKind::State),
        "county" => Ok(RegionKind::County),
        "region" => Ok(RegionKind::Region),
        "zip" => Ok(RegionKind::Zip),
        _ => Err(Malformed::new("kind", "unknown kind", text, "kinds are state, county, region and zip")),
    }
}

fn window(text: &str) -> Result<Window, Malformed> {
    let rule = "a window is west,south,east,north in degrees, such as -123,47,-122,48";
    let bad = |what: &str| Malformed::new("bbox", "no window", text, format!("{rule}{what}"));
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let numbers: Vec<f64> = text.split(',').map(number).collect::<Option<_>>().ok_or_else(|| bad(""))?;
    let [west, south, east, north] = numbers[..] else { return Err(bad("")) };
    Window::new(west, south, east, north).map_err(|error| bad(&format!("; {error}")))
}

/// The regions
///
/// States, counties, program regions and ZIPs, by kind and id, with who serves them. As GeoJSON with their boundaries.
/// `Accept` says the form; `/api/v1/regions.json` and `/api/v1/regions.geojson` are the same in the form of their ending.
#[utoipa::path(
    get,
    path = "/api/v1/regions",
    tag = "regions",
    operation_id = "regions",
    params(RegionParams, PageParams, AboutParams),
    responses(
        (status = 200, description = "A page of regions.", content((Regions = "application/json"), (FeatureCollection<RegionWire> = "application/geo+json"))),
    )
)]
pub(super) async fn regions(State(app): State<Arc<App>>, uri: Uri, query: RawQuery, headers: HeaderMap) -> Handled {
    let asked = Asked::read(&app, query, &["kind", "bbox", "state", "limit", "after", "as_of", "course"])?;
    let filter = RegionParams::read(&asked.parameters).filter(&asked.current)?;
    let ids = catalogue::regions(&asked.current.snapshot, &filter);
    let after = |text: &str| text.parse::<RegionId>().map(|id| catalogue::order(&id)).map_err(|error| error.to_string());
    let page = Page::cut(&asked.parameters, &uri, &ids, catalogue::order, after)?;
    let found = page.items.iter().filter_map(|id| catalogue::region(&asked.current.snapshot, id, &asked.scope));
    let found: Vec<Region> = found.collect();
    let generation = asked.current.snapshot.generation().as_str();
    asked.listed(
        Chosen::new(&uri, &headers)?,
        page,
        |total, next| Regions::new(&found, total, next, asked.scope.as_of, generation),
        || found.iter().filter_map(|region| feature(&asked.current, region)).collect(),
    )
}

/// One region
///
/// By its typed id. As GeoJSON with its boundary. `Accept` says the form; `/api/v1/regions/{id}.json` and
/// `/api/v1/regions/{id}.geojson` are the same in the form of their ending.
#[utoipa::path(
    get,
    path = "/api/v1/regions/{id}",
    tag = "regions",
    operation_id = "region",
    params(("id" = String, Path, description = "The typed id of the region.", example = "county:53033"), AboutParams),
    responses(
        (status = 200, description = "The region.", content((RegionWire = "application/json"), (Feature<RegionWire> = "application/geo+json"))),
    )
)]
pub(super) async fn region(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    uri: Uri,
    query: RawQuery,
    headers: HeaderMap,
) -> Handled {
    let asked = Asked::read(&app, query, &["as_of", "course"])?;
    let form = Chosen::new(&uri, &headers)?;
    let id = without_suffix(&id, &FORMS).0;
    let known = id.parse::<RegionId>().ok();
    let region = known.and_then(|known| catalogue::region(&asked.current.snapshot, &known, &asked.scope));
    let region = region.ok_or_else(|| no_such("region", id, REGION_IDS))?;
    match form.form {
        Form::GeoJson => asked.sent(form, &feature(&asked.current, &region).ok_or_else(|| no_such("region", id, REGION_IDS))?),
        _ => asked.sent(form, &RegionWire::new(&region)),
    }
}

fn feature<'a>(current: &Current, region: &'a Region) -> Option<Feature<RegionWire<'a>>> {
    let outline = catalogue::outline(&current.snapshot, &region.id)?;
    Some(Feature::new(region.id.to_string(), &outline, RegionWire::new(region)))
}

/// The partners
///
/// All partners by id, with what they are assigned to. As GeoJSON with a feature for each region of each partner on the
/// page. `Accept` says the form; `/api/v1/partners.json` and `/api/v1/partners.geojson` are the same in the form of their
/// ending.
#[utoipa::path(
    get,
    path = "/api/v1/partners",
    tag = "partners",
    operation_id = "partners",
    params(PageParams, ("as_of" = Option<String>, Query, description = "The day that is asked about; today, in the program's time zone, where it is not said.", format = Date, example = "2026-11-21")),
    responses(
        (status = 200, description = "A page of partners.", content((Partners = "application/json"), (FeatureCollection<AssignedRegion> = "application/geo+json"))),
    )
)]
pub(super) async fn partners(State(app): State<Arc<App>>, uri: Uri, query: RawQuery, headers: HeaderMap) -> Handled {
    let asked = Asked::read(&app, query, &["limit", "after", "as_of"])?;
    let snapshot = &asked.current.snapshot;
    let ids: Vec<PartnerId> = catalogue::partners(snapshot).into_iter().cloned().collect();
    let after = |text: &str| text.parse::<PartnerId>().map_err(|error| error.to_string());
    let page = Page::cut(&asked.parameters, &uri, &ids, PartnerId::clone, after)?;
    let found = page.items.iter().filter_map(|id| catalogue::partner(snapshot, id, asked.scope.as_of));
    let found: Vec<PartnerEntry> = found.collect();
    asked.listed(
        Chosen::new(&uri, &headers)?,
        page,
        |total, next| Partners::new(&found, total, next, asked.scope.as_of, snapshot.generation().as_str()),
        || found.iter().flat_map(|entry| features(&asked.current, entry)).collect(),
    )
}

/// One partner
///
/// By its id. As GeoJSON with a feature for each of its regions. `Accept` says the form; `/api/v1/partners/{id}.json` and
/// `/api/v1/partners/{id}.geojson` are the same in the form of their ending.
#[utoipa::path(
    get,
    path = "/api/v1/partners/{id}",
    tag = "partners",
    operation_id = "partner",
    params(
        ("id" = String, Path, description = "The id of the partner.", example = "puget-sound-cs-hub"),
        ("as_of" = Option<String>, Query, description = "The day that is asked about; today, in the program's time zone, where it is not said.", format = Date, example = "2026-11-21")
    ),
    responses(
        (status = 200, description = "The partner.", content((PartnerEntryWire = "application/json"), (FeatureCollection<AssignedRegion> = "application/geo+json"))),
    )
)]
pub(super) async fn partner(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    uri: Uri,
    query: RawQuery,
    headers: HeaderMap,
) -> Handled {
    let asked = Asked::read(&app, query, &["as_of"])?;
    let form = Chosen::new(&uri, &headers)?;
    let id = without_suffix(&id, &FORMS).0;
    let known = id.parse::<PartnerId>().ok();
    let entry = known.as_ref().and_then(|known| catalogue::partner(&asked.current.snapshot, known, asked.scope.as_of));
    let entry = entry.ok_or_else(|| no_such("partner", id, PARTNER_IDS))?;
    match form.form {
        Form::GeoJson => asked.sent(form, &FeatureCollection::new(features(&asked.current, &entry), 1, None)),
        _ => asked.sent(form, &PartnerEntryWire::new(&entry)),
    }
}

fn features<'a>(current: &Current, entry: &'a PartnerEntry<'a>) -> Vec<Feature<AssignedRegion<'a>>> {
    let terms = &entry.profile.terms;
    let feature = |(at, term): (usize, &'a RegionTerm)| {
        let outline = catalogue::outline(&current.snapshot, &term.region)?;
        // Partners share regions, and one can lead a region now and fund it later: neither id alone tells features apart.
        let again = match terms[..at].iter().filter(|earlier| earlier.region == term.region).count() {
            0 => String::new(),
            before => format!("/{}", before + 1),
        };
        let id = format!("{}/{}{again}", entry.profile.partner.id, term.region);
        Some(Feature::new(id, &outline, AssignedRegion::new(entry, term)))
    };
    terms.iter().enumerate().filter_map(feature).collect()
}

/// What all lists begin with: the data, the parameters, the day and the course.
struct Asked {
    current: Arc<Current>,
    parameters: Parameters,
    scope: Scope,
}

impl Asked {
    fn read(app: &App, RawQuery(query): RawQuery, known: &[&str]) -> Result<Self, Failure> {
        let current = app.current();
        let parameters = Parameters::read(query.as_deref())?;
        parameters.strictly(known)?;
        let scope = asking::scope(&parameters, app.today(&current), current.courses())?;
        Ok(Self { current, parameters, scope })
    }

    /// A page of a list, as data or with its places: many boundaries are written when it is their turn.
    fn listed<I, L: Serialize, F: Serialize>(
        &self,
        chosen: Chosen,
        Page { total, next, .. }: Page<'_, I>,
        list: impl FnOnce(usize, Option<String>) -> L,
        features: impl FnOnce() -> Vec<Feature<F>>,
    ) -> Handled {
        match chosen.form {
            Form::GeoJson => self.current.in_turn(|| self.sent(chosen, &FeatureCollection::new(features(), total, next))),
            _ => self.sent(chosen, &list(total, next)),
        }
    }

    fn sent(&self, Chosen { form, by_accept }: Chosen, body: &impl Serialize) -> Handled {
        let body = wire::json(body).map_err(|_| Failure::Internal)?;
        let tag = self.current.tag(&self.scope, form.suffix().unwrap_or_default().trim_start_matches('.'));
        let mut response = tagged(reply(StatusCode::OK, form, Keep::Answer, body), &tag);
        if by_accept {
            varying(response.headers_mut());
        }
        Ok(response)
    }
}

/// The form that is sent, and whether it depended on `Accept`.
#[derive(Clone, Copy)]
struct Chosen {
    form: Form,
    by_accept: bool,
}

impl Chosen {
    /// The form that the suffix says, else `Accept`.
    fn new(uri: &Uri, headers: &HeaderMap) -> Result<Self, Failure> {
        match without_suffix(uri.path(), &FORMS) {
            (_, Some(form)) => Ok(Self { form, by_accept: false }),
            (_, None) => Ok(Self { form: preferred(headers, &FORMS)?, by_accept: true }),
        }
    }
}
