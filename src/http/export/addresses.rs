use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    catalogue,
    domain::{RegionId, Season},
    http::{Current, prepared},
    render::{Language, links},
};

/// The numbers for everybody, in each form.
const NUMBERS: [&str; 5] = [
    "/api/v1/coverage/summary.json",
    "/api/v1/coverage/summary.csv",
    "/api/v1/gaps.json",
    "/api/v1/gaps.csv",
    "/api/v1/gaps.geojson",
];

/// Every address of the public site that can be a file, in groups that share what is made for them.
pub fn all(current: &Current, day: Date) -> Vec<Vec<String>> {
    let one = |address: String| vec![address];
    let mut all: Vec<Vec<String>> = current.files.addresses().map(|address| one(address.to_owned())).collect();
    all.extend(NUMBERS.map(|address| one(address.to_owned())));
    all.extend(prepared::COUNTRY.map(in_languages));
    all.extend([in_languages(links::EMBED)]);
    let opens = matches!(current.snapshot.info().applications.season(day), Season::Opens(_));
    all.extend(opens.then(|| in_languages(links::OPENING)));
    all.extend(pages(current).iter().map(|page| in_languages(page)));
    all.extend(states(current));
    all.extend(regions(current).iter().map(|id| in_languages(&links::region(id))));
    let partners = catalogue::partners(&current.snapshot);
    all.extend(partners.into_iter().map(|id| in_languages(&links::partner(id))));
    let prefixes = catalogue::zip_prefixes(&current.snapshot);
    if !prefixes.is_empty() {
        all.push(in_languages(links::ZIPS));
    }
    for prefix in &prefixes {
        all.push(in_languages(&links::zips_with(prefix)));
        all.push(one(format!("/api/v1/zips/{prefix}.json")));
    }
    all
}

/// The pages of the program, each once; the overview stands at the root. Those with versions have a comparison.
fn pages(current: &Current) -> Vec<String> {
    let pages = &current.snapshot.info().pages;
    let names: BTreeSet<_> = pages.iter().map(|page| &page.name).filter(|name| name.as_str() != links::OVERVIEW).collect();
    let compared = names.iter().filter(|name| !pages.versions(name).is_empty());
    names.iter().map(|name| links::page(name)).chain(compared.map(|name| links::comparison(name))).collect()
}

/// Each state's page, its map in other pages, and its pictures.
fn states(current: &Current) -> Vec<Vec<String>> {
    let of_state = |code: &str| {
        [
            format!("/fragment/map?state={code}"),
            format!("/fragment/map?state={code}&search=yes&style=none"),
            format!("{}?state={code}", links::FRAME),
            format!("/map.svg?state={code}"),
            format!("{}?state={code}", links::CARD),
        ]
    };
    let states = &current.snapshot.land().geography().states;
    states.iter().map(|state| of_state(state.code.as_str()).iter().flat_map(|address| in_languages(address)).collect()).collect()
}

/// States, counties and program regions.
fn regions(current: &Current) -> Vec<RegionId> {
    current.snapshot.land().areas().iter().map(|area| area.id.clone()).collect()
}

fn in_languages(address: &str) -> Vec<String> {
    Language::all().map(|language| links::prefixed(language, address)).collect()
}
