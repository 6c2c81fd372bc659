use std::{collections::BTreeMap, sync::Arc};

use crate::{
    census::Geoid,
    snapshot::{Land, UnitIx},
};

/// The name of the measure that comes first.
const PEOPLE: &str = "population";

/// Something that is counted by unit: people first, then each further column of `weights.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The name of its column: `population`.
    pub name: Arc<str>,
    /// How many decimals its numbers have: amounts are whole numbers of the last of them.
    pub decimals: u8,
    /// Where the numbers come from, each source once, that of the most units first.
    pub sources: Vec<Arc<str>>,
    /// The years that the sources or the column's name speak of, the first and the last.
    pub years: Option<[u16; 2]>,
    /// How many units nobody counted.
    pub uncounted: usize,
}

/// What is counted, unit by unit.
pub(super) struct Measures {
    pub(super) list: Vec<Measure>,
    /// Amounts by measure, then by unit; `None` where nobody counted.
    amounts: Vec<Vec<Option<u64>>>,
}

impl Measure {
    /// An amount as a number of what is counted.
    pub fn number(&self, amount: u64) -> f64 {
        amount as f64 / 10_f64.powi(self.decimals.into())
    }
}

impl Measures {
    /// Everything that is counted on a land.
    pub(super) fn new(land: &Land) -> Self {
        let Some(weights) = &land.geography().weights else { return Self { list: Vec::new(), amounts: Vec::new() } };
        let geoids: Vec<Geoid> = land.units().map(|unit| geoid(land, unit)).collect();
        let people: Vec<_> = geoids.iter().map(|geoid| weights.population.get(geoid).copied()).collect();
        let sources = by_number(geoids.iter().filter_map(|geoid| weights.source.get(geoid)));
        let years = years(sources.iter().map(|source| &**source));
        let mut measures = Self { list: Vec::new(), amounts: Vec::new() };
        measures.push(Measure { name: PEOPLE.into(), decimals: 0, sources, years, uncounted: 0 }, people);
        for (name, values) in &weights.further {
            let own: Vec<Option<f64>> = geoids.iter().map(|geoid| values.get(geoid).copied()).collect();
            let whole = own.iter().flatten().all(|number| number.fract() == 0.0);
            let decimals = if whole { 0 } else { 3 };
            let amount = |number: &f64| (number * 10_f64.powi(decimals.into())).round() as u64;
            let amounts = own.iter().map(|number| number.as_ref().map(amount)).collect();
            let measure = Measure {
                name: name.clone(),
                decimals,
                sources: Vec::new(),
                years: self::years([&**name].into_iter()),
                uncounted: 0,
            };
            measures.push(measure, amounts);
        }
        measures
    }

    fn push(&mut self, measure: Measure, amounts: Vec<Option<u64>>) {
        let uncounted = amounts.iter().filter(|amount| amount.is_none()).count();
        self.list.push(Measure { uncounted, ..measure });
        self.amounts.push(amounts);
    }

    /// The amounts of a unit, by measure.
    pub(super) fn of(&self, unit: UnitIx) -> impl Iterator<Item = Option<u64>> + '_ {
        self.amounts.iter().map(move |amounts| amounts.get(unit.at()).copied().flatten())
    }
}

/// The code of a unit in `weights.csv`.
fn geoid(land: &Land, unit: UnitIx) -> Geoid {
    let geography = land.geography();
    match geography.counties.get(unit.at()) {
        Some(county) => county.geoid,
        None => geography.states[unit.at()].geoid,
    }
}

/// Texts, each once, the most frequent first, then by alphabet.
fn by_number<'a>(texts: impl Iterator<Item = &'a Arc<str>>) -> Vec<Arc<str>> {
    let mut counts: BTreeMap<&Arc<str>, usize> = BTreeMap::new();
    texts.for_each(|text| *counts.entry(text).or_default() += 1);
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    ranked.into_iter().map(|(text, _)| text.clone()).collect()
}

/// The first and the last of the years, 1900 to 2099, that stand in some texts.
fn years<'a>(texts: impl Iterator<Item = &'a str>) -> Option<[u16; 2]> {
    let numbers = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_digit()));
    let years: Vec<u16> = numbers.filter(|digits| digits.len() == 4).filter_map(|digits| digits.parse().ok()).collect();
    let years = || years.iter().copied().filter(|year| (1900..2100).contains(year));
    Some([years().min()?, years().max()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_from_sources_and_names_of_columns() {
        let of = |text: &'static str| years([text].into_iter());
        assert_eq!(of("Census PEP 2020"), Some([2020, 2020]));
        assert_eq!(of("births_2010_2019"), Some([2010, 2019]));
        assert_eq!(of("table B01003, 12345 rows"), None);
    }

    #[test]
    fn the_source_of_most_counties_comes_first() {
        let [a, b]: [Arc<str>; 2] = ["a".into(), "b".into()];
        assert_eq!(by_number([&a, &b, &b].into_iter()), [b.clone(), a.clone()]);
    }
}
