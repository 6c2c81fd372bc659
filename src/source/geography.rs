//! The layers of a geography: outlines to states and counties.

use std::{collections::HashMap, fmt::Display, hash::Hash, sync::Arc};

use super::{
    checks,
    file::SourceFile,
    geojson::{Outline, Spot},
    manifest::Layer,
    problems::Problems,
};
use crate::{
    census::{Geoid, StateCode},
    domain::{County, State},
};

/// The states of a layer, sorted by GEOID.
pub fn states(file: &SourceFile, layer: &Layer, outlines: Vec<Outline>, problems: &mut Problems) -> Vec<State> {
    let (mut states, mut firsts, mut codes) = (Vec::with_capacity(outlines.len()), HashMap::new(), HashMap::new());
    for outline in outlines {
        let geoid = geoid(&outline, file, problems);
        let code = layer.code.as_ref().map_or(Some(outline.id.as_str()), |code| outline.needed(code, file, problems));
        let code = code.and_then(|code| state_code(code, &outline, file, problems));
        let name = outline.needed(&layer.name, file, problems).map(Arc::from);
        let (Some(geoid), Some(code)) = (geoid, code) else { continue };
        let twice =
            duplicate(&mut firsts, geoid, &outline, file, problems) | duplicate(&mut codes, code, &outline, file, problems);
        if let (Some(name), Some(boundary), false) = (name, outline.boundary, twice) {
            states.push(State { geoid, code, name, boundary: Arc::new(boundary) });
        }
    }
    states.sort_unstable_by_key(|state| state.geoid);
    states
}

/// The counties of a layer, sorted by GEOID, each with the code of a state whose GEOID its parent property names.
pub fn counties(
    file: &SourceFile,
    layer: &Layer,
    outlines: Vec<Outline>,
    states: &[State],
    problems: &mut Problems,
) -> Vec<County> {
    let states: HashMap<&str, StateCode> =
        states.iter().flat_map(|s| [(s.geoid.as_str(), s.code), (s.code.as_str(), s.code)]).collect();
    let (mut counties, mut firsts) = (Vec::with_capacity(outlines.len()), HashMap::new());
    let short = layer.short_name.as_deref().unwrap_or("NAME");
    for outline in outlines {
        let geoid = geoid(&outline, file, problems);
        let name = outline.needed(&layer.name, file, problems).map(Arc::from);
        let state = parent(&outline, layer, &states, file, problems);
        let short_name = outline.property(short).filter(|_| short != layer.name).map(Arc::from);
        let Some(geoid) = geoid else { continue };
        let twice = duplicate(&mut firsts, geoid, &outline, file, problems);
        if let (Some(name), Some(state), Some(boundary), false) = (name, state, outline.boundary, twice) {
            counties.push(County { geoid, name, short_name, state, boundary: Arc::new(boundary) });
        }
    }
    counties.sort_unstable_by_key(|county| county.geoid);
    counties
}

/// The state of a county: named by a property, or by the start of its id.
fn parent(
    outline: &Outline,
    layer: &Layer,
    states: &HashMap<&str, StateCode>,
    file: &SourceFile,
    problems: &mut Problems,
) -> Option<StateCode> {
    let text = match &layer.parent {
        Some(property) => outline.needed(property, file, problems)?,
        None => (1..=outline.id.len())
            .rev()
            .filter_map(|n| outline.id.get(..n))
            .find(|start| states.contains_key(start))
            .unwrap_or(""),
    };
    let state = states.get(text).copied();
    if state.is_none() {
        let problem = checks::UNKNOWN_STATE.at(outline.site(file), "the county's state does not exist").got(text);
        problems.push(problem.rule("it is the id of a state of this geography"));
    }
    state
}

fn geoid(outline: &Outline, file: &SourceFile, problems: &mut Problems) -> Option<Geoid> {
    outline
        .id
        .parse()
        .map_err(|_| {
            let problem = checks::BAD_CODE.at(outline.site(file), "invalid id").got(&*outline.id);
            problems.push(problem.rule("ids are 1 to 15 letters, digits, hyphens or dots, such as 06037"));
        })
        .ok()
}

fn state_code(code: &str, outline: &Outline, file: &SourceFile, problems: &mut Problems) -> Option<StateCode> {
    code.parse()
        .map_err(|_| {
            let problem = checks::BAD_CODE.at(outline.site(file), "invalid state code").got(code);
            problems.push(problem.rule("codes are 1 to 6 letters or digits, such as CA"));
        })
        .ok()
}

/// Whether an id was there before; both places are named.
fn duplicate<K: Hash + Eq + Display>(
    firsts: &mut HashMap<K, Spot>,
    id: K,
    outline: &Outline,
    file: &SourceFile,
    problems: &mut Problems,
) -> bool {
    if let Some(first) = firsts.get(&id) {
        let problem = checks::DUPLICATE_ID.at(outline.site(file), "the id stands twice").got(id.to_string());
        problems.push(problem.related(first.site(&outline.id, file)));
        return true;
    }
    firsts.insert(id, outline.spot);
    false
}
