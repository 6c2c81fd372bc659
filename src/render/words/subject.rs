use super::Words;
use crate::{
    domain::{RegionId, Role},
    lookup::{Answer, Part, Query, Subject},
};

/// How much of a visitor's own text is repeated in a sentence.
const MOST_QUOTED: usize = 60;

/// How many partners a sentence names.
const MOST_NAMED: usize = 3;

impl Words<'_> {
    /// What a question was taken for; `None` when nothing was found or there is a choice.
    pub fn understood_as(&self, query: &Query) -> Option<String> {
        Some(match query.subject.as_ref()? {
            Subject::Position(position, Some(area)) => {
                self.say("understood-position-in", &[("position", &position.to_string()), ("area", area)])
            }
            Subject::Position(position, None) => position.to_string(),
            Subject::Zip(zip, place, Some(state)) => {
                self.say("understood-zip", &[("zip", &zip.to_string()), ("place", &format!("{place}, {state}"))])
            }
            Subject::Zip(zip, place, None) => self.say("understood-zip-military", &[("zip", &zip.to_string()), ("place", place)]),
            Subject::State(_, name) | Subject::County(_, name) => name.to_string(),
            Subject::RetiredCounty(geoid, name) => {
                self.say("understood-retired", &[("name", name), ("geoid", &geoid.to_string())])
            }
            Subject::Place(name, Some(county)) => {
                self.say("understood-place", &[("place", name), ("county", within_the_state_of(name, county))])
            }
            Subject::Place(name, None) => name.to_string(),
            Subject::Region(_, name) => self.say("understood-region", &[("name", name)]),
            Subject::Partner(_, name) => self.say("understood-partner", &[("name", name)]),
        })
    }

    /// The subject as a sentence names it: `ZIP 98101 (Seattle, Washington)`.
    pub fn subject(&self, query: &Query) -> String {
        match &query.subject {
            Some(Subject::Position(position, Some(area))) => {
                self.say("subject-position-in", &[("area", area), ("position", &position.to_string())])
            }
            Some(Subject::Position(position, None)) => self.say("subject-position", &[("position", &position.to_string())]),
            Some(Subject::Zip(zip, place, state)) => {
                let place = state.as_ref().map_or_else(|| place.to_string(), |state| format!("{place}, {state}"));
                self.say("subject-zip", &[("zip", &zip.to_string()), ("place", &place)])
            }
            Some(
                Subject::State(_, name)
                | Subject::County(_, name)
                | Subject::RetiredCounty(_, name)
                | Subject::Place(name, _)
                | Subject::Region(_, name)
                | Subject::Partner(_, name),
            ) => name.to_string(),
            None => self.quoted(&query.input),
        }
    }

    /// A visitor's own text in quotation marks, cut where it is long.
    pub fn quoted(&self, input: &str) -> String {
        let mut shown: String = input.chars().filter(|c| !c.is_control()).take(MOST_QUOTED).collect();
        if input.chars().count() > MOST_QUOTED {
            shown.push('…');
        }
        self.say("quoted", &[("text", &shown)])
    }

    /// A part as a list names it: a county beside ZIPs of its own is the rest of it, and in a list of one state it is not said
    /// again which state.
    pub fn part_name(&self, part: &Part, answer: &Answer) -> String {
        let beside_zips = answer.parts.iter().any(|other| matches!(other.region, RegionId::Zip(_)));
        let state = match &answer.query.subject {
            Some(Subject::State(_, name)) => Some(name),
            _ => None,
        };
        let own = state.and_then(|state| part.name.strip_suffix(&**state)?.strip_suffix(", "));
        let name = own.unwrap_or(&part.name);
        match part.region {
            RegionId::County(_) if beside_zips => self.say("part-rest", &[("county", name)]),
            _ => name.to_owned(),
        }
    }

    /// Names of partners in a sentence, three at most.
    pub(super) fn partner_list(&self, names: &[&str]) -> String {
        self.short_list(names, MOST_NAMED)
    }
}

/// The names of who leads in an answer, each once.
pub fn leads(answer: &Answer) -> Vec<&str> {
    names(answer, Role::Lead)
}

/// The names of who funds in an answer, each once.
pub fn funders(answer: &Answer) -> Vec<&str> {
    names(answer, Role::Funding)
}

fn names(answer: &Answer, role: Role) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for partner in answer.partners.iter().filter(|p| p.role == role) {
        if !names.contains(&&*partner.name) {
            names.push(&partner.name);
        }
    }
    names
}

/// The county's name without the state that the place's name has said already.
fn within_the_state_of<'a>(place: &str, county: &'a str) -> &'a str {
    let state = place.rsplit_once(", ").map(|(_, state)| state);
    match (county.rsplit_once(", "), state) {
        (Some((short, of)), Some(state)) if of == state => short,
        _ => county,
    }
}
