use std::sync::Arc;

use maud::Markup;
use tokio::runtime::{Handle, RuntimeFlavor};

use super::Current;
use crate::{
    atlas::{self, Atlas, Map},
    census::StateCode,
    domain::{PartnerId, RegionId},
    lookup::{self, Answer, Scope, Subject},
    render::{
        Failure,
        html::{self, Site},
        links::Way,
        png::{Unpaintable, png},
        svg::{Setting, Theme},
        words::Words,
    },
    snapshot::{AreaIx, PartnerIx, Snapshot, StateIx},
};

impl Current {
    /// The drawn land, made when it is first needed.
    pub fn atlas(&self) -> &Atlas {
        self.atlas.get_or_init(|| Atlas::new(self.snapshot.land()))
    }

    /// The map of the whole country, for a page.
    pub fn country_map(&self, scope: &Scope, site: &Site) -> Result<Markup, Failure> {
        Ok(html::figure(&*self.map(atlas::Scope::Country, scope)?, site))
    }

    /// The map of the whole country or of a state; `None` where there is no such state.
    pub fn map_of(&self, state: Option<StateCode>, scope: &Scope) -> Result<Option<Arc<Map>>, Failure> {
        self.shown(state).map(|shown| self.map(shown, scope)).transpose()
    }

    /// A map in the text of a page, where others may be; `None` where there is no such state.
    pub fn block_map(&self, state: Option<StateCode>, scope: &Scope, site: &Site) -> Result<Option<Markup>, Failure> {
        let map = self.map_of(state, scope)?;
        Ok(map.map(|map| html::block_figure(&map, state, site)))
    }

    /// Where maps are put that are seen on a way.
    pub fn setting<'a>(&'a self, way: Way<'a>, theme: Theme) -> Setting<'a> {
        Setting { words: Words::new(self.courses()).in_language(way.language), way, theme, target: None }
    }

    /// An SVG document as pixels; drawn one at a time, like maps.
    pub fn pixels(&self, document: &str, width: u32) -> Result<Result<Vec<u8>, Unpaintable>, Failure> {
        aside(|| self.queues.drawing.run(|| png(document, width)))
    }

    /// The map of the whole country on which a partner stands out, for a page.
    pub fn partner_map(&self, partner: &PartnerId, scope: &Scope, site: &Site) -> Result<Markup, Failure> {
        Ok(html::figure(&self.map(atlas::Scope::Country, scope)?.highlighting(partner), site))
    }

    /// The map around what an answer is about, for a page.
    pub fn map_around(&self, answer: &Answer, scope: &Scope, site: &Site) -> Result<Markup, Failure> {
        let shown = self.surroundings(answer);
        let map = self.map(shown, scope)?;
        let place = answer.query.subject.as_ref().and_then(|subject| lookup::place_of(&self.snapshot, subject));
        Ok(match place.and_then(|place| self.atlas().point(self.snapshot.land(), shown, place)) {
            Some(at) => html::figure(&map.pinned(at), site),
            None => html::figure(&map, site),
        })
    }

    /// The map of all that a partner serves, for a page; `None` where it serves nothing.
    pub fn map_of_partner(&self, partner: PartnerIx, scope: &Scope, site: &Site) -> Result<Option<Markup>, Failure> {
        let map = self.map(atlas::Scope::Partner(partner), scope)?;
        Ok((!map.is_whole).then(|| html::figure(&map, site)))
    }

    /// The map of some areas with what surrounds them, under a name of their own.
    pub fn map_of_gap(&self, areas: &[AreaIx], name: &str, scope: &Scope) -> Result<Map, Failure> {
        let draw = || self.atlas().around(&self.snapshot, areas, name, scope.as_of, scope.course.as_ref());
        self.queues.drawing.run(draw)
    }

    /// The map of the whole country with other partners on the same land.
    pub fn map_with(&self, after: &Snapshot, scope: &Scope) -> Result<Map, Failure> {
        let draw = || self.atlas().map(after, atlas::Scope::Country, scope.as_of, scope.course.as_ref());
        self.queues.drawing.run(draw)
    }

    /// A map, drawn when it is first asked for.
    ///
    /// # Errors
    /// When too many wait for maps that are not drawn yet.
    pub(super) fn map(&self, shown: atlas::Scope, scope: &Scope) -> Result<Arc<Map>, Failure> {
        let key = (shown, scope.clone());
        // What is asked for rarely pushes nothing out that stands on the day's pages.
        let kept = if self.prepared.has_room_for(shown, scope) { &self.standing_maps } else { &self.maps };
        if let Some(map) = kept.find(&key) {
            return Ok(map);
        }
        let draw = || self.atlas().map(&self.snapshot, shown, scope.as_of, scope.course.as_ref());
        aside(|| self.queues.drawing.run(|| kept.get_or(key, draw)))
    }

    fn shown(&self, state: Option<StateCode>) -> Option<atlas::Scope> {
        match state {
            None => Some(atlas::Scope::Country),
            Some(code) => self.snapshot.land().state(code).map(atlas::Scope::State),
        }
    }

    /// A county or region with what surrounds it; else the state of what was asked about; else the country.
    fn surroundings(&self, answer: &Answer) -> atlas::Scope {
        let area = |id: RegionId| self.snapshot.land().find(&id).map(atlas::Scope::Area);
        let scope = match &answer.query.subject {
            Some(Subject::State(code, _)) => self.shown(Some(*code)),
            Some(Subject::County(geoid, _)) => area(RegionId::County(*geoid)),
            Some(Subject::Region(slug, _)) => area(RegionId::Region(slug.clone())),
            Some(Subject::Partner(..)) | None => None,
            Some(_) => {
                let near = answer.nearest.as_ref().map(|nearest| &nearest.region);
                let region = answer.parts.first().map(|part| &part.region).or(near);
                region.and_then(|region| self.state_of(region)).map(atlas::Scope::State)
            }
        };
        scope.unwrap_or(atlas::Scope::Country)
    }

    fn state_of(&self, region: &RegionId) -> Option<StateIx> {
        let land = self.snapshot.land();
        let unit = match region {
            RegionId::State(code) => return land.state(*code),
            RegionId::County(geoid) => land.unit(*geoid),
            RegionId::Zip(zip) => land.zips().find(*zip).and_then(|zip| land.zips().parts(zip).first()).map(|part| part.unit),
            RegionId::Region(_) => None,
        };
        unit.map(|unit| land.state_of(unit))
    }
}

/// Does long work without holding up the other requests of this thread.
pub(super) fn aside<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
