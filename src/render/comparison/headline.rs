use super::{assignment_change, partner_change, region_change};
use crate::{
    comparison::Comparison,
    render::words::{Words, count, thousands},
};

/// The first lines: what changes, counted.
pub fn headline(comparison: &Comparison) -> Vec<String> {
    if comparison.is_empty() {
        return vec!["no answer changes".to_owned()];
    }
    let regions = tally("regions", comparison.regions.iter().map(|region| region_change(&region.change)));
    let partners = tally("partners", comparison.partners.iter().map(|partner| partner_change(&partner.change)));
    let assignments = tally("assignments", comparison.assignments.iter().map(|row| assignment_change(&row.change)));
    let mut lines = vec![covered(comparison)];
    lines.extend([regions, partners, assignments].into_iter().flatten());
    lines.push(answers(comparison));
    lines
}

fn covered(comparison: &Comparison) -> String {
    let [before, after] = [comparison.before.covered, comparison.after.covered];
    let change = match (before, after) {
        (before, after) if before == after => "as many as before".to_owned(),
        (0, _) => "nobody before".to_owned(),
        (before, after) => {
            let percent = before.abs_diff(after) as f64 / before as f64 * 100.0;
            let way = if after < before { "fewer" } else { "more" };
            format!("{} {way}, {}", thousands(before.abs_diff(after)), share(percent))
        }
    };
    format!("people with a partner: {} ({change})", thousands(after))
}

/// A percentage with as many digits as it needs.
pub(super) fn share(percent: f64) -> String {
    match percent {
        p if p > 0.0 && p < 0.01 => "less than 0.01%".to_owned(),
        p if p < 1.0 => format!("{p:.2}%"),
        p => format!("{p:.1}%"),
    }
}

/// How many changes there are of each kind: `partners: 2 added, 1 renamed`.
fn tally<'a>(what: &str, changes: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for change in changes {
        match kinds.iter_mut().find(|(kind, _)| *kind == change) {
            Some((_, many)) => *many += 1,
            None => kinds.push((change, 1)),
        }
    }
    let said: Vec<_> = kinds.iter().map(|(kind, many)| format!("{many} {}", kind.replace('_', " "))).collect();
    (!said.is_empty()).then(|| format!("{what}: {}", said.join(", ")))
}

fn answers(comparison: &Comparison) -> String {
    let people: u64 = comparison.counties.iter().filter_map(|county| county.people).sum();
    let mut places = Vec::new();
    if !comparison.counties.is_empty() {
        let counties = count(comparison.counties.len(), "county", "counties");
        places.push(format!("{counties} ({} people)", thousands(people)));
    }
    if !comparison.zips.is_empty() {
        places.push(count(comparison.zips.len(), "ZIP", "ZIPs"));
    }
    match places.as_slice() {
        [] => "other answers: none".to_owned(),
        places => format!("other answers: {}", Words::default().list(places)),
    }
}
