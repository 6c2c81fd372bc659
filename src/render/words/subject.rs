use super::quantities::short_list;
use crate::{
    domain::{RegionId, Role},
    lookup::{Answer, Part, Query, QueryKind, Subject},
};

/// How much of a visitor's own text is repeated in a sentence.
const MOST_QUOTED: usize = 60;

/// What a question was taken for; `None` when nothing was found or there is a choice.
pub fn understood_as(query: &Query) -> Option<String> {
    Some(match query.subject.as_ref()? {
        Subject::Position(position, Some(area)) => format!("{position}, in {area}"),
        Subject::Position(position, None) => position.to_string(),
        Subject::Zip(zip, place, Some(state)) => format!("ZIP {zip}, {place}, {state}"),
        Subject::Zip(zip, place, None) => format!("ZIP {zip}, {place}, military mail"),
        Subject::State(_, name) | Subject::County(_, name) => name.to_string(),
        Subject::RetiredCounty(geoid, name) => format!("{name} (county {geoid}, no longer in use)"),
        Subject::Place(name, Some(county)) => format!("{name}, in {}", within_the_state_of(name, county)),
        Subject::Place(name, None) => name.to_string(),
        Subject::Region(_, name) => format!("{name}, a program region"),
        Subject::Partner(_, name) => format!("the partner {name}"),
    })
}

/// The subject as a sentence names it: `ZIP 98101 (Seattle, Washington)`.
pub fn name(query: &Query) -> String {
    match &query.subject {
        Some(Subject::Position(position, Some(area))) => format!("{area} (at {position})"),
        Some(Subject::Position(position, None)) => format!("The position {position}"),
        Some(Subject::Zip(zip, place, Some(state))) => format!("ZIP {zip} ({place}, {state})"),
        Some(Subject::Zip(zip, place, None)) => format!("ZIP {zip} ({place})"),
        Some(
            Subject::State(_, name)
            | Subject::County(_, name)
            | Subject::RetiredCounty(_, name)
            | Subject::Place(name, _)
            | Subject::Region(_, name)
            | Subject::Partner(_, name),
        ) => name.to_string(),
        None => quoted(&query.input),
    }
}

/// A visitor's own text in quotation marks, cut where it is long.
pub fn quoted(input: &str) -> String {
    let shown: String = input.chars().filter(|c| !c.is_control()).take(MOST_QUOTED).collect();
    let more = if input.chars().count() > MOST_QUOTED { "…" } else { "" };
    format!("“{shown}{more}”")
}

/// A kind of question, as its plural: `places`.
pub fn kind_in_plural(kind: QueryKind) -> &'static str {
    match kind {
        QueryKind::Position => "positions",
        QueryKind::Zip => "ZIPs",
        QueryKind::State => "states",
        QueryKind::County => "counties",
        QueryKind::Place => "places",
        QueryKind::Region => "program regions",
        QueryKind::Partner => "partners",
        QueryKind::Text => "names",
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

/// A part as a list names it: a county beside ZIPs of its own is the rest of it.
pub fn part_name(part: &Part, answer: &Answer) -> String {
    let beside_zips = answer.parts.iter().any(|other| matches!(other.region, RegionId::Zip(_)));
    match part.region {
        RegionId::County(_) if beside_zips => format!("The rest of {}", part.name),
        _ => part.name.to_string(),
    }
}

/// Names of partners in a sentence, three at most.
pub fn partner_list(names: &[&str]) -> String {
    short_list(names, 3)
}

/// The county's name without the state that the place's name has said already.
fn within_the_state_of<'a>(place: &str, county: &'a str) -> &'a str {
    let state = place.rsplit_once(", ").map(|(_, state)| state);
    match (county.rsplit_once(", "), state) {
        (Some((short, of)), Some(state)) if of == state => short,
        _ => county,
    }
}
