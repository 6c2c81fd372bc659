//! What is prepared, as bytes: made once where a snapshot is built, so that no replica renders and compresses it again.
//!
//! The head names every body with its headers and how long it is; the bodies follow, one after another, and are sent from
//! where they lie. What another version of the program has made, or this one for another day or another address of the site,
//! is left alone: it is rendered where it is served then.

use std::{io, sync::Arc};

use axum::body::Bytes;
use jiff::civil::Date;
use rayon::prelude::*;

use super::{
    Shelf,
    addresses::addresses,
    ready::{Effort, StoredReady},
    work::Kitchen,
};
use crate::{
    http::{App, Current, PublicUrl},
    packed::{
        NotUnpacked, packed, unpacked_head,
        wire::{Wire, Writer, wire_struct},
    },
    snapshot::Snapshot,
};

const KIND: &[u8; 8] = b"cmap-pag";

/// What the bodies were made by, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Made {
    /// A name for the program's sources.
    code: String,
    generation: String,
    day: Date,
    public_url: Option<String>,
}

#[derive(Debug)]
struct Head {
    made: Made,
    bodies: Vec<StoredReady>,
}

wire_struct! {
    Made { code, generation, day, public_url }
    Head { made, bodies }
}

impl Made {
    fn here(current: &Current, day: Date, public_url: Option<&PublicUrl>) -> Self {
        Self {
            code: env!("COVERAGE_MAP_SOURCES").to_owned(),
            generation: current.snapshot.generation().to_string(),
            day,
            public_url: public_url.map(ToString::to_string),
        }
    }
}

/// Renders and compresses what is asked for most of a snapshot, on all cores, for a day and for the address by which the world
/// knows the site: the same bytes every time.
///
/// # Errors
/// When there is no runtime to be had.
pub fn press(snapshot: Arc<Snapshot>, day: Date, public_url: Option<PublicUrl>, effort: Effort) -> io::Result<Vec<u8>> {
    let app = Arc::new(App::unhurried(snapshot, day).at(public_url));
    let current = app.current();
    let rendered = addresses(&current).into_par_iter().map_init(
        || Kitchen::new(&app),
        |kitchen, address| {
            let kitchen = kitchen.as_ref().map_err(|error| io::Error::new(error.kind(), error.to_string()))?;
            Ok(kitchen.rendered(&address, effort).map(|ready| (address, ready)))
        },
    );
    let rendered: Vec<_> = rendered.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect();
    let bodies = rendered.iter().map(|(address, ready)| ready.stored(address)).collect();
    let head = Head { made: Made::here(&current, day, app.public_url()), bodies };
    Ok(packed(KIND, |out: &mut Writer| {
        head.put(out);
        rendered.iter().flat_map(|(_, ready)| ready.bodies()).for_each(|body| out.bytes(body));
    }))
}

/// Whether bytes are prepared bodies, whoever made them for whatever.
///
/// # Errors
/// When they are not, or not whole.
pub fn check(bytes: Vec<u8>) -> Result<(), NotUnpacked> {
    shelf(&bytes.into()).map(drop)
}

/// Puts what a snapshot brought along where prepared bodies are sent from; says in the log why not, where it is of no use here.
pub fn stock(app: &App, current: &Current, bytes: impl Into<Bytes>) {
    match shelf(&bytes.into()) {
        Ok((made, shelf)) => {
            let here = Made::here(current, app.today(current), app.public_url());
            if made == here {
                tracing::debug!(bodies = shelf.bodies.len(), bytes = shelf.bytes, "prepared where the snapshot was built");
                current.prepared.stock(shelf);
            } else {
                tracing::info!(reason = made.differs_from(&here), "what the snapshot brought along is rendered here once more");
            }
        }
        Err(error) => tracing::warn!(%error, "the pages of the snapshot cannot be read; they are rendered here"),
    }
}

impl Made {
    /// The first thing that makes bodies of no use.
    fn differs_from(&self, here: &Self) -> &'static str {
        if self.code != here.code {
            "it was built by another version of the program"
        } else if self.day != here.day {
            "it was built on another day"
        } else if self.public_url != here.public_url {
            "it was built for another --public-url"
        } else {
            "it is about other data"
        }
    }
}

fn shelf(whole: &Bytes) -> Result<(Made, Shelf), NotUnpacked> {
    let (head, mut at): (Head, usize) = unpacked_head(KIND, whole)?;
    let mut shelf = Shelf { day: Some(head.made.day), ..Shelf::default() };
    for stored in &head.bodies {
        let ready = stored.over(&mut |length: usize| {
            let end = at.checked_add(length).filter(|end| *end <= whole.len()).ok_or(NotUnpacked::Short(whole.len()))?;
            let body = whole.slice(at..end);
            at = end;
            Ok(body)
        })?;
        shelf.bytes += ready.bytes();
        shelf.bodies.insert(stored.address.clone(), Arc::new(ready));
    }
    if at == whole.len() { Ok((head.made, shelf)) } else { Err(NotUnpacked::Longer(at)) }
}
