//! Answers for positions, ready but for the position: written when somebody first asks on a piece of ground on a day.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use axum::http::HeaderValue;
use jiff::civil::Date;

use super::{Current, demand::Wanted, reply::weak};
use crate::{
    geometry::Position,
    lookup::{self, Question, Scope, Status},
    render::{Failure, json::Ground, words::Words},
    snapshot::AreaSet,
};

/// The pieces of ground of one generation on which somebody asked, on one day: as many as borders part, and no more.
#[derive(Debug, Default)]
pub struct Grounds(RwLock<Day>);

#[derive(Debug, Default)]
struct Day {
    day: Option<Date>,
    written: HashMap<AreaSet, Arc<Written>>,
}

/// What everybody is told who asks on a piece of ground.
#[derive(Debug)]
struct Written {
    /// `None` where each position has an answer of its own.
    ground: Option<Ground>,
    status: Status,
    wanted: Option<Wanted>,
    tag: Option<HeaderValue>,
}

/// An answer that was put together.
pub struct Told {
    /// Its text.
    pub text: String,
    /// Its tag.
    pub tag: Option<HeaderValue>,
    /// The county that nobody serves, where that is the answer.
    pub wanted: Option<Wanted>,
}

impl Current {
    /// The answer of the day for a position in the midst of its ground, for any course; `None` for all other questions.
    ///
    /// # Errors
    /// Never in practice: an answer can always be written.
    pub fn told(&self, question: &Question, today: Date) -> Result<Option<Told>, Failure> {
        let Some((position, areas)) = lookup::inland(&self.snapshot, question) else { return Ok(None) };
        let scope = Scope { as_of: today, course: None };
        let written = self.grounds.find(today, &areas);
        let written = written.unwrap_or_else(|| self.grounds.keep(today, areas, self.written(question, &scope)));
        let Some(ground) = &written.ground else { return Ok(None) };
        let text = ground.answer(position, &self.near(position, &scope, written.status)).map_err(|_| Failure::Internal)?;
        Ok(Some(Told { text, tag: written.tag.clone(), wanted: written.wanted }))
    }

    fn written(&self, question: &Question, scope: &Scope) -> Written {
        let answer = lookup::brief(&self.snapshot, question, scope);
        Written {
            ground: Ground::new(&answer, &Words::new(self.courses())),
            status: answer.status,
            wanted: Wanted::by(&self.snapshot, &answer),
            tag: weak(&self.tag(scope, "json")),
        }
    }

    fn near(&self, position: Position, scope: &Scope, status: Status) -> Vec<lookup::NearPartner> {
        match status {
            Status::Open | Status::Pending => lookup::near_partners(&self.snapshot, position, scope),
            _ => Vec::new(),
        }
    }
}

impl Grounds {
    fn find(&self, day: Date, areas: &AreaSet) -> Option<Arc<Written>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.written.get(areas).filter(|_| kept.day == Some(day)).cloned()
    }

    /// Keeps what was written; all of another day goes.
    fn keep(&self, day: Date, areas: AreaSet, written: Written) -> Arc<Written> {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.day != Some(day) {
            *kept = Day { day: Some(day), ..Day::default() };
        }
        let written = Arc::new(written);
        kept.written.insert(areas, written.clone());
        written
    }
}
