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

/// What came of a layer.
#[derive(Debug)]
pub struct Layered<T, K> {
    /// What can be used, sorted by GEOID.
    pub kept: Vec<T>,
    /// Codes and names of all that has one, also of what cannot be used: it has been reported, and whatever names it
    /// need not be told that it does not exist.
    pub declared: Vec<(K, Arc<str>)>,
}

impl<T, K> Default for Layered<T, K> {
    fn default() -> Self {
        Self { kept: Vec::new(), declared: Vec::new() }
    }
}

/// The states of a layer.
pub fn states(
    file: &SourceFile,
    layer: &Layer,
    outlines: Vec<Outline>,
    problems: &mut Problems,
) -> Layered<State, (StateCode, Geoid)> {
    let mut declared = Vec::new();
    let (mut states, mut firsts, mut codes) = (Vec::with_capacity(outlines.len()), HashMap::new(), HashMap::new());
    for outline in outlines {
        let geoid = geoid(&outline, file, problems);
        let code = layer.code.as_ref().map_or(Some(outline.id.as_str()), |code| outline.needed(code, file, problems));
        let code = code.and_then(|code| state_code(code, &outline, file, problems));
        let name = outline.needed(&layer.name, file, problems).map(Arc::<str>::from);
        let (Some(geoid), Some(code)) = (geoid, code) else { continue };
        declared.push(((code, geoid), name.clone().unwrap_or_else(|| code.as_str().into())));
        let twice =
            duplicate(&mut firsts, geoid, &outline, file, problems) | duplicate(&mut codes, code, &outline, file, problems);
        if let (Some(name), Some(boundary), false) = (name, outline.boundary, twice) {
            states.push(State { geoid, code, name, boundary: Arc::new(boundary) });
        }
    }
    states.sort_unstable_by_key(|state| state.geoid);
    Layered { kept: states, declared }
}

/// The counties of a layer, each with the code of a state whose GEOID its parent property names.
pub fn counties(
    file: &SourceFile,
    layer: &Layer,
    outlines: Vec<Outline>,
    states: &Layered<State, (StateCode, Geoid)>,
    problems: &mut Problems,
) -> Layered<County, Geoid> {
    let mut declared = Vec::new();
    let names: HashMap<StateCode, &Arc<str>> = states.declared.iter().map(|((code, _), name)| (*code, name)).collect();
    let states: HashMap<&str, StateCode> =
        states.declared.iter().flat_map(|((code, geoid), _)| [(geoid.as_str(), *code), (code.as_str(), *code)]).collect();
    let (mut counties, mut firsts) = (Vec::with_capacity(outlines.len()), HashMap::new());
    let short_property = layer.short_name.as_deref().unwrap_or("NAME");
    for outline in outlines {
        let geoid = geoid(&outline, file, problems);
        let name = outline.needed(&layer.name, file, problems).map(Arc::<str>::from);
        let state = parent(&outline, layer, &states, file, problems);
        let short_name = outline.property(short_property).filter(|_| short_property != layer.name).map(Arc::from);
        let Some(geoid) = geoid else { continue };
        let short = name.clone().unwrap_or_else(|| geoid.as_str().into());
        let state_name = state.and_then(|state| names.get(&state));
        declared.push((geoid, state_name.map_or(short.clone(), |state| format!("{short}, {state}").into())));
        let twice = duplicate(&mut firsts, geoid, &outline, file, problems);
        if let (Some(name), Some(state), Some(boundary), false) = (name, state, outline.boundary, twice) {
            counties.push(County { geoid, name, short_name, state, boundary: Arc::new(boundary) });
        }
    }
    counties.sort_unstable_by_key(|county| county.geoid);
    Layered { kept: counties, declared }
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
    // Without any state the layer of states is the problem, and has been reported.
    if state.is_none() && !states.is_empty() {
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
    firsts: &mut HashMap<K, (Spot, String)>,
    id: K,
    outline: &Outline,
    file: &SourceFile,
    problems: &mut Problems,
) -> bool {
    if let Some((first, name)) = firsts.get(&id) {
        let problem = checks::DUPLICATE_ID.at(outline.site(file), "the id or code stands twice").got(id.to_string());
        problems.push(problem.related(first.site(name, file)).remedy("remove one of the features, or correct its id"));
        return true;
    }
    firsts.insert(id, (outline.spot, outline.id.clone()));
    false
}
