//! The index of a land as bytes: what takes longest when a generation begins, made once where it is built.

use std::sync::Arc;

use super::{
    AreaIx, Gazetteer, Land, Locator, Piece, ZipTable,
    gazetteer::{Counts, StoredNames},
    land::{Found, Frame},
    partition::Partition,
};
use crate::{
    domain::{Geography, ProgramRegion},
    packed::{
        NotUnpacked, packed, unpacked,
        wire::{Reader, Wire, Writer, wire_struct},
    },
};

const INDEX: &[u8; 8] = b"cmap-idx";

/// The index of a land, read from bytes and for no land yet.
///
/// ```
/// # use coverage_map::{snapshot::{Index, Land}, source::{Embedded, Folder, load}};
/// # use std::path::PathBuf;
/// # let folder = |name: &str| Folder::Directory(PathBuf::from("tests/data/toy").join(name));
/// let dataset = load(&folder("geography"), &folder("program"))?.dataset.ok_or("the files have errors")?;
/// let land = Land::new(dataset.geography.clone(), &dataset.program.regions);
/// let bytes = Index::pack(&land);
/// let again = Index::unpack(&bytes)?.over(dataset.geography.clone(), &dataset.program.regions).ok_or("of another land")?;
/// assert_eq!(Index::pack(&again), bytes);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Index {
    ground: Ground,
    names: StoredNames,
}

/// What of an index is about areas.
struct Ground {
    partition: Partition,
    square_metres: Vec<f64>,
    pieces: Vec<Vec<Piece>>,
}

/// Bytes within bytes, so that two threads can read them.
struct Section(Vec<u8>);

wire_struct! {
    Ground { partition, square_metres, pieces }
    Piece { regions, fraction }
}

impl Index {
    /// The index of a land as bytes; the same land gives the same bytes.
    pub fn pack(land: &Land) -> Vec<u8> {
        let mut ground = Writer::default();
        land.locator().partition().put(&mut ground);
        land.areas().iter().map(|area| area.square_metres).collect::<Vec<_>>().put(&mut ground);
        land.units().map(|unit| land.pieces(unit).to_vec()).collect::<Vec<_>>().put(&mut ground);
        let mut names = Writer::default();
        land.names().put(&mut names);
        packed(INDEX, |out| {
            for section in [ground, names] {
                let bytes = section.into_bytes();
                out.length(bytes.len());
                out.bytes(&bytes);
            }
        })
    }

    /// The index in bytes.
    ///
    /// # Errors
    /// When the bytes are none of this version, or not whole, or say something impossible.
    pub fn unpack(bytes: &[u8]) -> Result<Self, NotUnpacked> {
        let (Section(ground), Section(names)) = unpacked(INDEX, bytes)?;
        let (ground, names) = rayon::join(|| whole::<Ground>(&ground), || whole::<StoredNames>(&names));
        Ok(Self { ground: ground?, names: names? })
    }

    /// The land that it is the index of; `None` where it is that of another one.
    pub fn over(self, geography: Arc<Geography>, regions: &[ProgramRegion]) -> Option<Land> {
        let Self { ground: Ground { partition, square_metres, pieces }, names } = self;
        let mut frame = Frame::new(&geography, regions);
        let count = frame.areas.len();
        let is_piece = |piece: &Piece| piece.regions.iter().all(|AreaIx(area)| (*area as usize) < count);
        let is_of = square_metres.len() == count && pieces.len() == frame.units as usize && pieces.iter().flatten().all(is_piece);
        if !is_of {
            return None;
        }
        frame.areas.iter_mut().zip(square_metres).for_each(|(area, own)| area.square_metres = own);
        let counts = Counts { states: frame.states as usize, units: frame.units as usize, areas: count };
        let (locator, (zips, names)) = rayon::join(
            || partition.hangs_together(count).then(|| Locator::with_partition(&frame.areas, partition)),
            || {
                let zips = ZipTable::new(&geography);
                let names = Gazetteer::from_stored(names, &geography, &zips, &counts);
                (zips, names)
            },
        );
        Some(Land::assembled(geography, frame, Found { pieces, locator: locator?, zips, names: names? }))
    }
}

impl Wire for Section {
    fn put(&self, out: &mut Writer) {
        out.length(self.0.len());
        out.bytes(&self.0);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let length = from.length(1)?;
        from.bytes(length).map(|bytes| Self(bytes.to_vec()))
    }
}

/// All of some bytes.
fn whole<T: Wire>(bytes: &[u8]) -> Result<T, NotUnpacked> {
    let mut from = Reader::new(bytes);
    let value = T::get(&mut from)?;
    if from.is_at_end() { Ok(value) } else { Err(NotUnpacked::Longer(from.at())) }
}
