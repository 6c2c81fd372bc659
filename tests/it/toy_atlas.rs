//! The world that golden answers are asked in: it has to be what its page says.

use std::path::PathBuf;

use coverage_map::{
    domain::Dataset,
    geometry::Position,
    source::{Folder, load},
};

fn folder(name: &str) -> Folder {
    Folder::Directory(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/toy").join(name))
}

fn toy() -> Dataset {
    let loaded = load(&folder("geography"), &folder("program")).unwrap();
    let problems: Vec<_> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.dataset.unwrap_or_else(|| panic!("the toy atlas has errors: {problems:#?}"))
}

#[test]
fn every_cell_of_the_grid_belongs_to_one_county_and_its_state() {
    let atlas = toy().geography;
    for (x, y) in (0..4).flat_map(|x| (0..4).map(move |y| (x, y))) {
        let at = Position::new(10.25 + f64::from(x), 40.25 + f64::from(y)).unwrap();
        let counties: Vec<_> = atlas.counties.iter().filter(|county| county.boundary.holds(at)).collect();
        let states: Vec<_> = atlas.states.iter().filter(|state| state.boundary.holds(at)).map(|state| state.code).collect();
        assert_eq!(counties.len(), 1, "{at}");
        let column = char::from(b'A' + u8::try_from(x).unwrap());
        assert_eq!(&*counties[0].name, format!("{column}{} County", y + 1));
        assert_eq!(states, [counties[0].state], "{at}");
    }
}

#[test]
fn the_enclave_is_norths_and_the_lake_is_nobodys() {
    let atlas = toy().geography;
    let state_at = |lon, lat| {
        let at = Position::new(lon, lat).unwrap();
        atlas.states.iter().find(|state| state.boundary.holds(at)).map(|state| state.code.to_string())
    };
    assert_eq!(state_at(12.5, 41.5).as_deref(), Some("NO"));
    assert_eq!(state_at(13.5, 43.5), None);
    assert_eq!(state_at(-180.0, 40.5).as_deref(), Some("FI"));
}

#[test]
fn people_of_counties_are_the_people_of_their_zips() {
    let atlas = toy().geography;
    let (zips, weights) = (atlas.zips.as_ref().unwrap(), atlas.weights.as_ref().unwrap());
    for county in &atlas.counties {
        let of_county = atlas.zip_counties.iter().flatten().filter(|row| row.county == county.geoid);
        let people: f64 = of_county
            .map(|row| zips.iter().find(|zip| zip.zip == row.zip).unwrap().population.unwrap_or(0) as f64 * row.share)
            .sum();
        assert_eq!(people.round() as u64, weights.population[&county.geoid], "{}", county.name);
    }
}
