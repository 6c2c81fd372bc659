//! Answers for positions, put together before a route is taken; most are ready but for the position, from when somebody first
//! asked on that piece of ground on that day.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::Response,
};
use jiff::civil::Date;

use super::{
    App, Current, coverage,
    demand::Wanted,
    negotiation::preferred,
    reply::{Form, Keep, reply, weak},
};
use crate::{
    geometry::Position,
    lookup::{self, NearUnit, Question, Scope, Status, looks_exchanged, near_leads},
    render::{
        json::{self, Beside, Ground, Measured, Sight},
        words::Words,
    },
    snapshot::{AreaIx, AreaSet, Cell, PartnerIx},
};

/// How many bytes a query has at most that asks plainly; handlers say what is wrong with a longer one.
const PLAIN: usize = 100;

/// Cells in a degree: near no border are seven in eight positions where people live, of wider cells fewer.
const CELLS: i16 = 64;

/// How many cells are kept; beyond it all go, and come again as they are asked about.
const MOST_CELLS: usize = 131_072;

/// The pieces of ground of one generation on which somebody asked, on one day: as many as borders part, and no more.
#[derive(Debug, Default)]
pub struct Grounds(RwLock<Day>);

#[derive(Debug, Default)]
struct Day {
    day: Option<Date>,
    written: HashMap<AreaSet, Arc<Written>>,
    cells: HashMap<[i16; 2], Throughout>,
    /// Regions near positions outside, and partners near those that nobody serves.
    beside: HashMap<(AreaIx, Option<PartnerIx>), Arc<Measured>>,
}

/// What holds for all positions of a cell: the same, or nothing, because a border is near.
type Throughout = Option<Arc<Written>>;

/// What everybody is told who asks on a piece of ground.
#[derive(Debug)]
struct Written {
    /// `None` where each position has an answer of its own.
    ground: Option<Ground>,
    status: Status,
    is_outside: bool,
    /// The county that nobody serves, where that is the answer.
    wanted: Option<Wanted>,
    tag: Option<HeaderValue>,
}

/// Whether it is what is answered here that is asked.
pub fn is_asked(request: &Request) -> bool {
    request.uri().path() == coverage::PATH && *request.method() == Method::GET
}

/// The answer of the day for a position; `None` for all other questions, which handlers answer.
pub fn answer(app: &App, request: &Request) -> Option<Response> {
    let position = asked_plainly(request.uri()).filter(|_| is_asked(request))?;
    preferred(request.headers(), &[Form::Json]).ok()?;
    let current = app.current();
    current.told(position, app.today(&current))
}

/// The position that an address asks about in plain digits, and nothing else.
fn asked_plainly(uri: &Uri) -> Option<Position> {
    let query = uri.query().filter(|query| uri.path() == coverage::PATH && query.len() <= PLAIN)?;
    let (lat, lon) = query.strip_prefix("lat=")?.split_once("&lon=")?;
    let number = |text: &str| {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        text.parse().ok().filter(|_| is_plain)
    };
    Position::new(number(lon)?, number(lat)?).ok()
}

impl Current {
    fn told(&self, position: Position, today: Date) -> Option<Response> {
        let scope = Scope { as_of: today, course: None };
        let written = self.ground(position, &scope);
        let found = written.as_ref().and_then(|written| {
            let beside = self.beside(position, &scope, written)?;
            Some(told(written.ground.as_ref()?.answer(position, &beside), written.tag.clone(), written.wanted))
        });
        found.or_else(|| self.told_alone(position, &scope))
    }

    /// The answer for a position that has one of its own: near a border beyond which something else holds, outside but within the
    /// resolution, or with latitude and longitude exchanged.
    fn told_alone(&self, position: Position, scope: &Scope) -> Option<Response> {
        let answer = lookup::answer(&self.snapshot, &Question::position(position), scope);
        let text = json::answer(&answer, &Words::new(self.courses()), None).ok()?;
        Some(told(text, weak(&self.tag(scope, "json")), Wanted::by(&self.snapshot, &answer)))
    }

    /// The ground of a position; `None` where it has none, or where a border is near beyond which something else holds.
    fn ground(&self, position: Position, scope: &Scope) -> Option<Arc<Written>> {
        let throughout = Cell::holding(position, CELLS).and_then(|cell| self.throughout(&cell, scope));
        throughout.or_else(|| self.on(lookup::inland(&self.snapshot, position, scope)?, position, scope))
    }

    fn throughout(&self, cell: &Cell, scope: &Scope) -> Throughout {
        self.grounds.find(scope.as_of, |day| day.cells.get(&cell.number()).cloned()).unwrap_or_else(|| {
            let areas = lookup::inland_throughout(&self.snapshot, cell);
            let is_alike = areas.is_some();
            let found = areas.and_then(|areas| self.on(areas, cell.centre(), scope));
            if is_alike && found.is_none() {
                // Its centre is told something else than most of it.
                return None;
            }
            self.grounds.keep(scope.as_of, |day| {
                if day.cells.len() >= MOST_CELLS {
                    day.cells.clear();
                }
                day.cells.insert(cell.number(), found.clone());
            });
            found
        })
    }

    /// What is written for some areas, one position in which is given; `None` where that position is told something else.
    fn on(&self, areas: AreaSet, position: Position, scope: &Scope) -> Option<Arc<Written>> {
        let kept = self.grounds.find(scope.as_of, |day| day.written.get(&areas).cloned());
        kept.or_else(|| {
            if areas.is_empty() && looks_exchanged(&self.snapshot, position) {
                return None;
            }
            let written = Arc::new(self.written(&areas, &Question::position(position), scope));
            self.grounds.keep(scope.as_of, |day| _ = day.written.insert(areas, written.clone()));
            Some(written)
        })
    }

    fn written(&self, areas: &AreaSet, question: &Question, scope: &Scope) -> Written {
        let answer = lookup::brief(&self.snapshot, question, scope);
        Written {
            ground: Ground::new(&answer, &Words::new(self.courses())),
            status: answer.status,
            is_outside: areas.is_empty(),
            wanted: Wanted::by(&self.snapshot, &answer),
            tag: weak(&self.tag(scope, "json")),
        }
    }

    /// What lies beside a position; `None` where its latitude and longitude seem to be exchanged, which is said to it alone.
    fn beside(&self, position: Position, scope: &Scope, written: &Written) -> Option<Beside> {
        let snapshot = &*self.snapshot;
        if written.is_outside {
            let unit = NearUnit::to(snapshot, position).filter(|_| !looks_exchanged(snapshot, position))?;
            let what = self.measured(scope, (unit.area, None), || Measured::nearest(&unit.named(snapshot, scope)?))?;
            let nearest = Some(Sight { what, distance_m: unit.distance_m, direction: unit.direction });
            return Some(Beside { nearest, ..Beside::default() });
        }
        if !matches!(written.status, Status::Open | Status::Pending) {
            return Some(Beside::default());
        }
        let partners = near_leads(snapshot, position, scope).into_iter().map(|lead| {
            let what = self.measured(scope, (lead.area, Some(lead.partner)), || Measured::near_partner(&lead.named(snapshot)))?;
            Some(Sight { what, distance_m: lead.distance_m, direction: lead.direction })
        });
        Some(Beside { partners: partners.collect::<Option<_>>()?, nearest: None })
    }

    /// The text of what lies beside positions: kept, or written now.
    fn measured(
        &self,
        scope: &Scope,
        what: (AreaIx, Option<PartnerIx>),
        write: impl FnOnce() -> Option<Measured>,
    ) -> Option<Arc<Measured>> {
        let kept = self.grounds.find(scope.as_of, |day| day.beside.get(&what).cloned());
        kept.or_else(|| {
            let measured = Arc::new(write()?);
            self.grounds.keep(scope.as_of, |day| _ = day.beside.insert(what, measured.clone()));
            Some(measured)
        })
    }
}

fn told(text: String, tag: Option<HeaderValue>, wanted: Option<Wanted>) -> Response {
    let mut response = reply(StatusCode::OK, Form::Json, Keep::Answer, text);
    response.headers_mut().extend(tag.map(|tag| (header::ETAG, tag)));
    wanted.map(|wanted| response.extensions_mut().insert(wanted));
    response
}

impl Grounds {
    fn find<T>(&self, day: Date, find: impl FnOnce(&Day) -> Option<T>) -> Option<T> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Some(&*kept).filter(|kept| kept.day == Some(day)).and_then(find)
    }

    /// Keeps what was found; all of another day goes.
    fn keep(&self, day: Date, keep: impl FnOnce(&mut Day)) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.day != Some(day) {
            *kept = Day { day: Some(day), ..Day::default() };
        }
        keep(&mut kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_in_plain_digits_is_told_from_everything_else() {
        let asked = |address: &str| asked_plainly(&address.parse().unwrap());
        assert_eq!(asked("/api/v1/coverage?lat=47.6&lon=-122.3"), Some(Position::new(-122.3, 47.6).unwrap()));
        for other in [
            "/api/v1/coverage",
            "/api/v1/coverage?lat=47.6",
            "/api/v1/coverage?lat=47.6&lon=",
            "/api/v1/coverage?lat=47.6&lon=-122.3&course=csp",
            "/api/v1/coverage?lat=47.6&lon=-122.3&lon=1",
            "/api/v1/coverage?lat=%34&lon=1",
            "/api/v1/coverage?lat=+4&lon=1",
            "/api/v1/coverage?lat=1e1&lon=1",
            "/api/v1/coverage?lat=inf&lon=NaN",
            "/api/v1/coverage?lat=91&lon=1",
            "/api/v1/coverage?lat=4-7&lon=1",
            "/partners?lat=47.6&lon=-122.3",
            &format!("/api/v1/coverage?lat=47.6&lon=-122.{}", "3".repeat(PLAIN)),
        ] {
            assert_eq!(asked(other), None, "{other}");
        }
    }
}
