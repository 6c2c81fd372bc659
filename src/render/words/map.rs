//! What the map says in words.

use super::Words;
use crate::atlas::{AreaStatus, LegendEntry, Map, MapArea, MarkKind, Named, ZipDot};

impl Words<'_> {
    /// Name of a map: `Regional Partner Program (sample): partner map, Washington`.
    pub fn map_title(&self, map: &Map) -> String {
        let mut values = vec![("program", &*map.program), ("subject", &*map.subject)];
        match &map.course {
            Some((_, name)) => {
                values.push(("course", name));
                self.say("map-title-course", &values)
            }
            None => self.say("map-title", &values),
        }
    }

    /// A few sentences about a map, for those who do not see it.
    pub fn map_description(&self, map: &Map) -> String {
        let counts = map.counts;
        let [covered, partly, open] = if map.is_whole {
            [counts.states_covered, counts.states_partly_covered, counts.states_open]
        } else {
            let open = counts.units - counts.units_covered - counts.units_partly_covered;
            [counts.units_covered, counts.units_partly_covered, open]
        };
        let [units, covered, partly, open] = [counts.units, covered, partly, open].map(|number| self.number(number as u64));
        let partners = self.count("partners", counts.partners, &[]);
        let values = [
            ("partners", partners.as_str()),
            ("subject", &map.subject),
            ("units", &units),
            ("covered", &covered),
            ("partly", &partly),
            ("open", &open),
            ("day", &self.day(map.as_of)),
        ];
        self.say(if map.is_whole { "map-description" } else { "map-description-zoomed" }, &values)
    }

    /// The line below a map that stands alone: its day and its sources.
    pub fn map_foot(&self, map: &Map) -> String {
        self.say("map-foot", &[("day", &self.day(map.as_of)), ("attribution", &map.attribution)])
    }

    /// What stands below the headline of a card: how many partners there are, and a question.
    pub fn map_card(&self, map: &Map) -> String {
        self.count("map-card", map.counts.partners, &[])
    }

    /// The day that a map is about.
    pub fn map_day(&self, map: &Map) -> String {
        self.say("map-day", &[("day", &self.day(map.as_of))])
    }

    /// An area in one line: `Puget Sound CS Hub (sample): covered`.
    pub fn map_area(&self, area: &MapArea) -> String {
        let (status, partners) = (self.area_status(area.status), together(&area.partners));
        let mut text = if partners.is_empty() || partners == *area.name {
            self.say("area", &[("name", &area.name), ("status", &status)])
        } else {
            self.say("area-by", &[("name", &area.name), ("status", &status), ("partners", &partners)])
        };
        if area.new_this_year {
            text = self.say("area-new", &[("area", &text)]);
        }
        if let Some(last) = area.until {
            text = self.say("area-until", &[("area", &text), ("day", &self.day(last))]);
        }
        if let Some(upcoming) = &area.upcoming {
            let (partners, day) = (together(&upcoming.partners), self.day(upcoming.starts_on));
            text = self.say("area-upcoming", &[("area", &text), ("partners", &partners), ("day", &day)]);
        }
        text
    }

    /// A ZIP with a partner of its own in one line: `98104, Seattle: Puget Sound CS Hub (sample)`.
    pub fn map_zip(&self, zip: &ZipDot) -> String {
        let (code, partners) = (zip.zip.to_string(), together(&zip.partners));
        self.say("map-zip", &[("zip", &code), ("place", &zip.place), ("partners", &partners)])
    }

    fn area_status(&self, status: AreaStatus) -> String {
        self.text(match status {
            AreaStatus::Covered => "area-covered",
            AreaStatus::PartlyCovered => "area-partly",
            AreaStatus::Pending => "area-pending",
            AreaStatus::Open => "area-open",
            AreaStatus::Outside => "area-outside",
        })
    }

    /// A line of the legend.
    pub fn legend(&self, entry: LegendEntry) -> String {
        self.text(match entry {
            LegendEntry::Status(AreaStatus::Covered) => "legend-covered",
            LegendEntry::Status(AreaStatus::PartlyCovered) => "legend-partly",
            LegendEntry::Status(AreaStatus::Pending) => "legend-pending",
            LegendEntry::Status(AreaStatus::Open) => "legend-open",
            LegendEntry::Status(AreaStatus::Outside) => "legend-outside",
            LegendEntry::SomeZips => "legend-some-zips",
            LegendEntry::ZipDot => "legend-zip",
            LegendEntry::Mark(MarkKind::NewThisYear) => "legend-new",
            LegendEntry::Mark(MarkKind::EndsSoon) => "legend-ends",
            LegendEntry::Mark(MarkKind::Together) => "legend-together",
            LegendEntry::Mark(MarkKind::StartsLater) => "legend-later",
        })
    }
}

fn together(partners: &[Named]) -> String {
    partners.iter().map(|partner| &*partner.name).collect::<Vec<_>>().join(" + ")
}
