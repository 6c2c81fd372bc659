use std::{path::PathBuf, sync::Arc};

use super::*;
use crate::source::{Folder, load};

fn toy() -> Dataset {
    let folder = |name: &str| Folder::Directory(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/toy").join(name));
    load(&folder("geography"), &folder("program")).unwrap().dataset.unwrap()
}

fn unpack_both(geography: &[u8], program: &[u8]) -> Result<Dataset, NotUnpacked> {
    unpack_program(Arc::new(unpack_geography(geography)?), program)
}

#[test]
fn what_is_packed_comes_out_the_same() {
    let dataset = toy();
    let (geography, program) = (pack_geography(&dataset.geography), pack_program(&dataset));
    let again = unpack_both(&geography, &program).unwrap();
    assert_eq!(format!("{again:?}"), format!("{dataset:?}"));
    assert_eq!((pack_geography(&again.geography), pack_program(&again)), (geography, program));
}

#[test]
fn bytes_of_another_kind_or_version_are_named() {
    let (geography, program) = (pack_geography(&toy().geography), pack_program(&toy()));
    assert_eq!(unpack_geography(&program).unwrap_err(), NotUnpacked::Kind);
    let mut newer = geography.clone();
    newer[8] = 9;
    let error = unpack_geography(&newer).unwrap_err();
    assert_eq!(error, NotUnpacked::Version(9));
    assert!(error.to_string().contains(&format!("reads version {VERSION}")), "{error}");
    let longer = [geography.as_slice(), b"x"].concat();
    assert_eq!(unpack_geography(&longer).unwrap_err(), NotUnpacked::Longer(geography.len()));
}

#[test]
fn bytes_that_end_anywhere_are_refused() {
    let dataset = toy();
    let geography = Arc::new(unpack_geography(&pack_geography(&dataset.geography)).unwrap());
    let (whole, program) = (pack_geography(&dataset.geography), pack_program(&dataset));
    for end in (0..whole.len()).step_by(7) {
        assert!(unpack_geography(&whole[..end]).is_err(), "{end}");
    }
    for end in 0..program.len() {
        assert!(unpack_program(geography.clone(), &program[..end]).is_err(), "{end}");
    }
}

/// Each byte changed in turn: a value that may be another one, or a fault with its place; never a panic, never without end.
#[test]
fn damaged_bytes_are_a_value_or_a_fault() {
    let dataset = toy();
    let program = pack_program(&dataset);
    let mut refused = 0;
    for at in 0..program.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = program.clone();
            damaged[at] ^= change;
            refused += usize::from(unpack_program(dataset.geography.clone(), &damaged).is_err());
        }
    }
    assert!(refused > program.len() / 4, "{refused} of {}", program.len() * 3);
    let geography = pack_geography(&dataset.geography);
    for at in (0..geography.len()).step_by(3) {
        let mut damaged = geography.clone();
        damaged[at] ^= 0x80;
        if let Ok(read) = unpack_geography(&damaged) {
            assert!(read.states.iter().all(|state| state.boundary.rings().all(|ring| ring.0.len() >= 4)));
        }
    }
}

#[test]
fn a_length_that_cannot_be_there_is_not_waited_for() {
    let mut bytes = [b"cmap-geo".as_slice(), &[VERSION]].concat();
    bytes.extend([0xff; 8]);
    bytes.push(0x7f);
    assert!(matches!(unpack_geography(&bytes), Err(NotUnpacked::Short(_))));
}

#[test]
fn values_that_lie_too_deep_in_each_other_are_refused() {
    let mut out = Writer::default();
    for _ in 0..10_000 {
        // A quote of one node.
        out.bytes(&[4, 1]);
    }
    let bytes = out.into_bytes();
    let error = crate::domain::Node::get(&mut Reader::new(&bytes)).unwrap_err();
    assert!(error.to_string().contains("too deep"), "{error}");
}
