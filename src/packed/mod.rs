//! A data set as bytes that load fast: checked when they were made, and checked again before they are used.
//!
//! The geography and the program are packed apart, because the one hardly ever changes. Numbers are little-endian, lengths
//! LEB128, floats their exact bits, ids the text that people write. The shape of each domain type is named here alone, field by
//! field; a change of any of them is a new [`VERSION`]. Whatever bytes are read, what comes out is a value or a [`NotUnpacked`]:
//! never a panic, and never more memory than the bytes can stand for.

mod geography;
mod pages;
mod primitives;
mod problems;
mod program;
pub(crate) mod wire;

use std::sync::Arc;

pub use wire::NotUnpacked;

use crate::domain::{Dataset, Generation, Geography, Problem, Program};
use wire::{Reader, Wire, Writer};

/// The version of the form; others are refused.
pub const VERSION: u8 = 2;

const GEOGRAPHY: &[u8; 8] = b"cmap-geo";
const PROGRAM: &[u8; 8] = b"cmap-prg";

/// A geography as bytes.
pub fn pack_geography(geography: &Geography) -> Vec<u8> {
    packed(GEOGRAPHY, |out| geography.put(out))
}

/// The geography in bytes.
///
/// # Errors
/// When the bytes are none of this version, or not whole, or say something impossible.
pub fn unpack_geography(bytes: &[u8]) -> Result<Geography, NotUnpacked> {
    unpacked(GEOGRAPHY, bytes)
}

/// What a data set says besides its geography, as bytes.
pub fn pack_program(dataset: &Dataset) -> Vec<u8> {
    packed(PROGRAM, |out| {
        dataset.generation.put(out);
        dataset.program.put(out);
        dataset.warnings.put(out);
    })
}

/// The data set of a geography and what was packed besides.
///
/// # Errors
/// As for [`unpack_geography`].
pub fn unpack_program(geography: Arc<Geography>, bytes: &[u8]) -> Result<Dataset, NotUnpacked> {
    let (generation, (program, warnings)): (Generation, (Program, Vec<Problem>)) = unpacked(PROGRAM, bytes)?;
    Ok(Dataset { geography, program: Arc::new(program), generation, warnings })
}

/// Something as bytes of a kind.
pub(crate) fn packed(magic: &[u8; 8], put: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut out = Writer::default();
    out.bytes(magic);
    VERSION.put(&mut out);
    put(&mut out);
    out.into_bytes()
}

/// What bytes of a kind say, all of them.
pub(crate) fn unpacked<T: Wire>(magic: &[u8; 8], bytes: &[u8]) -> Result<T, NotUnpacked> {
    let (value, end) = unpacked_head(magic, bytes)?;
    if end == bytes.len() { Ok(value) } else { Err(NotUnpacked::Longer(end)) }
}

/// What bytes of a kind say first, and where that ends.
pub(crate) fn unpacked_head<T: Wire>(magic: &[u8; 8], bytes: &[u8]) -> Result<(T, usize), NotUnpacked> {
    let mut from = Reader::new(bytes);
    if from.bytes(magic.len())? != magic {
        return Err(NotUnpacked::Kind);
    }
    match u8::get(&mut from)? {
        VERSION => {}
        other => return Err(NotUnpacked::Version(other)),
    }
    Ok((T::get(&mut from)?, from.at()))
}

#[cfg(test)]
mod tests;
