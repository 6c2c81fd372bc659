//! The index that a snapshot brings along: the same land as the one that would be made, or a fault; never a wrong step.

use coverage_map::{
    geometry::Position,
    snapshot::{Index, Land},
};

use super::*;

/// Something of everything that a land can be asked, in few words.
fn asked_everything(land: &Land) -> String {
    let lattice = (0..40).flat_map(|i| (0..40).map(move |j| (f64::from(i) * 0.1 - 0.5, f64::from(j) * 0.1 - 0.5)));
    let positions: Vec<Position> = lattice.map(|(x, y)| Position::new(x, y).unwrap()).collect();
    let at = positions.iter().map(|position| format!("{:?}", land.areas_at(*position)));
    let near = positions.iter().step_by(7).map(|position| land.locator().borders_within(*position, 250.0).len().to_string());
    let names = ["s", "sp", "county", "new"].map(|text| land.names().beginning_with(text).map(|(name, _)| name).collect());
    let words = ["county", "s"].map(|text| land.names().with_word_beginning(text).count().to_string());
    let areas = land.areas().iter().map(|area| format!("{} {}", area.id, area.square_metres));
    let many = land.locator().locate_many(&positions).len().to_string();
    at.chain(near).chain(names).chain(words).chain(areas).chain([many]).collect::<Vec<_>>().join("\n")
}

/// A snapshot with other bytes for its index, and a manifest that agrees.
fn with_index(mut built: Built, index: Vec<u8>) -> Built {
    let entry = release::Entry::of("index.bin", &index);
    built.files.iter_mut().find(|(name, _)| name == "index.bin").unwrap().1 = index;
    *built.manifest.files.iter_mut().find(|file| file.path == "index.bin").unwrap() = entry;
    built.manifest_bytes = built.manifest.bytes().unwrap();
    built.id = SnapshotId::of(&built.manifest_bytes);
    built
}

fn index_of(built: &Built) -> Vec<u8> {
    built.files.iter().find(|(name, _)| name == "index.bin").unwrap().1.clone()
}

#[test]
fn a_stored_index_answers_everything_as_the_one_that_is_made() {
    let (dataset, built) = Publisher::new().built();
    let regions = &dataset.program.regions;
    let made = Land::new(dataset.geography.clone(), regions);
    let stored = Index::unpack(&index_of(&built)).unwrap().over(dataset.geography.clone(), regions).unwrap();
    assert_eq!(asked_everything(&stored), asked_everything(&made));
    assert_eq!(Index::pack(&stored), Index::pack(&made));
}

#[test]
fn an_index_of_another_land_is_refused_and_found_by_verify() {
    let publisher = Publisher::new();
    let (_, built) = publisher.built();
    // One region fewer: other numbers throughout.
    let own = built.files.iter().find(|(name, _)| name == "program.bin").unwrap().1.clone();
    let (dataset, _) = publisher.built();
    let fewer = &dataset.program.regions[1..];
    let other = with_index(built, Index::pack(&Land::new(dataset.geography.clone(), fewer)));
    assert_eq!(other.files.iter().find(|(name, _)| name == "program.bin").unwrap().1, own);
    let depot = publisher.depot();
    let id = publish(&*depot, &other).unwrap();
    for error in [load(&*depot, &id).err(), verify(&*depot, &id).err()] {
        let message = error.expect("it is refused").to_string();
        assert!(message.contains("index.bin") && message.contains("another land"), "{message}");
    }
    // Of the same shape, and still not what follows from the files: only making it again tells.
    let (dataset, built) = publisher.built();
    let mut index = index_of(&built);
    let land = Land::new(dataset.geography.clone(), &dataset.program.regions);
    let size = land.areas().last().unwrap().square_metres.to_le_bytes();
    let at = index.windows(8).position(|window| window == size).unwrap();
    index[at] ^= 1;
    let id = publish(&*depot, &with_index(built, index)).unwrap();
    load(&*depot, &id).unwrap();
    let message = verify(&*depot, &id).unwrap_err().to_string();
    assert!(message.contains("index.bin"), "{message}");
}

#[test]
fn a_snapshot_without_an_index_is_served_as_ever() {
    let publisher = Publisher::new();
    let (_, mut built) = publisher.built();
    built.files.retain(|(name, _)| name != "index.bin");
    built.manifest.files.retain(|file| file.path != "index.bin");
    built.manifest_bytes = built.manifest.bytes().unwrap();
    built.id = SnapshotId::of(&built.manifest_bytes);
    let depot = publisher.depot();
    let id = publish(&*depot, &built).unwrap();
    verify(&*depot, &id).unwrap();
    assert!(load(&*depot, &id).is_ok());
}

/// Each byte of an index changed, one at a time: what still passes for an index leads to answers, however wrong, and to no panic.
#[test]
fn a_damaged_index_is_refused_or_answers_without_a_panic() {
    let (dataset, built) = Publisher::new().built();
    let whole = index_of(&built);
    let (mut refused, mut taken) = (0, 0);
    for at in (0..whole.len()).step_by(1 + whole.len() / 400) {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = whole.clone();
            damaged[at] ^= change;
            let index = Index::unpack(&damaged).ok();
            match index.and_then(|index| index.over(dataset.geography.clone(), &dataset.program.regions)) {
                Some(land) => taken += asked_everything(&land).len().min(1),
                None => refused += 1,
            }
        }
    }
    assert!(refused > 0 && taken > 0, "{refused} refused, {taken} taken");
}

#[test]
fn an_index_that_ends_anywhere_is_refused() {
    let whole = index_of(&Publisher::new().built().1);
    for end in (0..whole.len()).step_by(97) {
        assert!(Index::unpack(&whole[..end]).is_err(), "{end}");
    }
}

#[test]
fn a_copy_keeps_the_index_though_it_was_not_fetched_again() {
    let (publisher, copy) = (Publisher::new(), tempfile::tempdir().unwrap());
    publisher.release();
    let mut replica = Replica::begin(&publisher, Some(copy.path())).unwrap();
    publisher.rename_partner("Lily School");
    let second = publisher.release();
    replica.look();
    assert_eq!(replica.serving(), second);
    let kept = copy.path().join("snapshots").join(second.as_str()).join("index.bin");
    assert_eq!(fs::read(kept).unwrap(), fs::read(publisher.file(&second, "index.bin")).unwrap());
}
