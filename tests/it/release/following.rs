//! Replicas follow what is activated, and serve on whatever happens to the depot.

use std::{fs, sync::Arc};

use coverage_map::release::{NotPublished, Origin, activate, current, rollback};
use jiff::Timestamp;

use super::{Publisher, Replica};

#[test]
fn a_replica_takes_up_what_is_activated_and_goes_back_when_that_is_taken_back() {
    let publisher = Publisher::new();
    let first = publisher.release();
    let mut replica = Replica::begin(&publisher, None).unwrap();
    replica.look();
    assert_eq!((replica.serving(), replica.taken_up.lock().unwrap().len()), (first.clone(), 0));
    publisher.rename_partner("Lily School");
    let second = publisher.release();
    replica.look();
    replica.look();
    assert_eq!((replica.serving(), replica.taken_up.lock().unwrap().len()), (second, 1));
    assert!(replica.partner().contains("Lily School"));
    let before = replica.taken_up.lock().unwrap()[0].clone();
    rollback(&*publisher.depot(), Timestamp::now()).unwrap();
    replica.look();
    assert_eq!(replica.serving(), first);
    assert!(replica.partner().contains("Iris School") && replica.fault().is_none());
    assert!(Arc::ptr_eq(before.land(), replica.follower.snapshot().land()), "ground that is the same is not indexed again");
    let error = rollback(&*publisher.depot(), Timestamp::now()).unwrap_err();
    assert!(error.to_string().contains("no earlier snapshot"), "{error}");
}

#[test]
fn a_damaged_snapshot_is_named_and_the_one_before_it_served_on() {
    let publisher = Publisher::new();
    let first = publisher.release();
    let mut replica = Replica::begin(&publisher, None).unwrap();
    publisher.rename_partner("Lily School");
    let second = publisher.release();
    let path = publisher.file(&second, "program.bin");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[1..]).unwrap();
    for _ in 0..2 {
        replica.look();
        assert_eq!(replica.serving(), first);
        let fault = replica.fault().unwrap();
        assert!(fault.contains(second.as_str()) && fault.contains("program.bin"), "{fault}");
    }
    let last = replica.follower.board().last().unwrap();
    assert!(last.outcome.to_string().contains(second.as_str()), "{}", last.outcome);
    assert_eq!(replica.follower.followed().beat().unwrap().wanted.as_ref().map(|(id, _)| id), Some(&second));
    // Published again, it is whole; activated again, it is taken up.
    fs::write(&path, whole).unwrap();
    let depot = publisher.depot();
    activate(&*depot, &current(&*depot).unwrap(), second.clone(), Timestamp::now()).unwrap();
    replica.look();
    assert_eq!((replica.serving(), replica.fault()), (second, None));
}

#[test]
fn while_the_depot_is_away_a_replica_serves_on_and_starts_from_its_own_copy() {
    let publisher = Publisher::new();
    publisher.release();
    let cache = publisher.folder.path().join("cache");
    let mut replica = Replica::begin(&publisher, Some(&cache)).unwrap();
    publisher.rename_partner("Lily School");
    let second = publisher.release();
    replica.look();
    fs::rename(publisher.place(), publisher.folder.path().join("away")).unwrap();
    replica.look();
    assert!(replica.serving() == second && replica.fault().is_some());
    let mut started = Replica::begin(&publisher, Some(&cache)).unwrap();
    assert!(started.partner().contains("Lily School"));
    assert_eq!(started.follower.followed().beat().unwrap().origin, Origin::Cache);
    assert!(matches!(Replica::begin(&publisher, None), Err(NotPublished::NothingActive(_))));
    // It comes back, with something new in it.
    fs::rename(publisher.folder.path().join("away"), publisher.place()).unwrap();
    started.look();
    assert_eq!((started.fault(), started.follower.followed().beat().unwrap().origin), (None, Origin::Depot));
    publisher.edit("partners.csv", |text| text.replace("Lily School", "Rose School"));
    let third = publisher.release();
    started.look();
    assert_eq!(started.serving(), third);
    let kept = fs::read_dir(cache.join("snapshots")).unwrap().count();
    assert_eq!(kept, 2, "its copy does not grow for ever");
}
