//! What is asked for most, rendered and compressed once for each generation and day, off the path of requests.
//!
//! The list of addresses is fixed by the data, never by what clients ask for, so that nobody can fill the memory or push
//! anything out. Bodies come out of the same handlers that answer everything else; what is not here, they answer.

mod addresses;
mod encoding;
mod ready;
mod stock;
mod work;

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use axum::{
    extract::Request,
    http::{Method, Uri},
    response::Response,
};
use jiff::civil::Date;

use super::{App, query::Parameters};
use crate::{atlas, lookup::Scope};
pub use addresses::COUNTRY;
pub use encoding::{accepted, suffixed};
use ready::Ready;
pub use ready::{Effort, with_brotli, with_gzip};
pub use stock::{check as check_pages, press, stock};
pub use work::{keep_prepared, prepare};

/// The memory that prepared bodies may take.
const MOST_BYTES: usize = 64 << 20;

/// The parameters that mean something on some page or embed; all others are for others (`utm_…`).
const MEANT: [&str; 18] = [
    "as_of",
    "course",
    "format",
    "id",
    "kind",
    "maxheight",
    "maxwidth",
    "new",
    "old",
    "partner",
    "q",
    "region",
    "search",
    "state",
    "style",
    "theme",
    "url",
    "width",
];

/// What is prepared of one generation.
#[derive(Debug, Default)]
pub struct Prepared(ArcSwap<Shelf>);

/// What is prepared for a day.
#[derive(Clone, Debug, Default)]
struct Shelf {
    day: Option<Date>,
    bodies: HashMap<String, Arc<Ready>>,
    bytes: usize,
}

impl Shelf {
    /// Says how much is ready, for dashboards.
    fn say(&self) {
        metrics::gauge!("coverage_map_prepared_bodies").set(self.bodies.len() as f64);
        metrics::gauge!("coverage_map_prepared_bytes").set(self.bytes as f64);
    }
}

impl Prepared {
    /// Whether a map is one of those that pages of the day have: nothing that is asked for pushes it out.
    pub fn has_room_for(&self, shown: atlas::Scope, scope: &Scope) -> bool {
        let stands = matches!(shown, atlas::Scope::Country | atlas::Scope::State(_));
        stands && self.is_usual(scope)
    }

    /// Whether that is what is asked about when nothing else is said.
    pub fn is_usual(&self, scope: &Scope) -> bool {
        scope.course.is_none() && self.0.load().day == Some(scope.as_of)
    }

    /// Begins with an empty shelf for a day.
    pub(super) fn begin(&self, day: Date) {
        self.0.store(Arc::new(Shelf { day: Some(day), ..Shelf::default() }));
    }

    /// Takes a whole shelf over, unless there is no room for it.
    fn stock(&self, shelf: Shelf) {
        if shelf.bytes <= MOST_BYTES {
            shelf.say();
            self.0.store(Arc::new(shelf));
        }
    }

    /// Puts a body in its place, as long as there is room.
    fn put(&self, key: String, ready: Ready) {
        let mut shelf = Shelf::clone(&self.0.load());
        let before = shelf.bodies.get(&key).map_or(0, |earlier| earlier.bytes());
        let bytes = shelf.bytes - before + ready.bytes();
        if bytes > MOST_BYTES {
            return;
        }
        shelf.bytes = bytes;
        shelf.bodies.insert(key, Arc::new(ready));
        shelf.say();
        self.0.store(Arc::new(shelf));
    }

    fn get(&self, key: &str) -> Option<Arc<Ready>> {
        self.0.load().bodies.get(key).cloned()
    }

    fn on(&self, day: Date, key: &str) -> Option<Arc<Ready>> {
        let shelf = self.0.load();
        shelf.bodies.get(key).filter(|_| shelf.day == Some(day)).cloned()
    }
}

/// What is prepared for a request; handlers answer the rest.
pub fn answer(app: &App, request: &Request) -> Option<Response> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let key = key(request.uri())?;
    let current = app.current();
    current.prepared.on(app.today(&current), &key)?.response(accepted(request.headers()))
}

/// What an address is prepared as: its path, and what it says of what means something, sorted; under `/api`, where
/// unknown parameters are refused, it must say nothing more.
fn key(uri: &Uri) -> Option<Cow<'_, str>> {
    let Some(query) = uri.query() else { return Some(uri.path().into()) };
    if uri.path().starts_with("/api/") {
        return None;
    }
    let parameters = Parameters::read(Some(query)).ok()?;
    let said = MEANT.iter().filter_map(|name| Some(format!("{name}={}", parameters.filled(name)?)));
    let said = said.collect::<Vec<_>>().join("&");
    let path = uri.path();
    Some(if said.is_empty() { path.into() } else { format!("{path}?{said}").into() })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn what_means_nothing_makes_no_difference() {
        let key = |address: &str| key(&address.parse().unwrap()).map(Cow::into_owned);
        assert_eq!(key("/partners?utm_source=x&fbclid=y&q=").as_deref(), Some("/partners"));
        assert_eq!(key("/map.svg?theme=d%61rk&x=1&state=WA").as_deref(), Some("/map.svg?state=WA&theme=dark"));
        assert_ne!(key("/partners?as_of=2026-11-21"), key("/partners"));
        assert_ne!(key("/map.png?width=400"), key("/map.png"));
        assert_eq!(key("/partners?q=%ff"), None);
        assert_eq!(key("/api/v1/zips/981.json").as_deref(), Some("/api/v1/zips/981.json"));
        assert_eq!(key("/api/v1/zips/981.json?utm_source=x"), None, "to be refused by its handler");
    }

    /// The names that handlers of pages and embeds ask for, as the sources have them.
    #[test]
    fn every_parameter_that_a_page_or_embed_reads_means_something() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http");
        let mut read = BTreeSet::new();
        for file in ["articles.rs", "asking.rs", "embeds.rs", "oembed.rs", "pages.rs", "regions.rs", "maps.rs"] {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            for call in [".filled(\"", "says(\"", "most(\"", " of(\"", ".number(\""] {
                read.extend(text.split(call).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
            }
        }
        assert!(read.contains("state") && read.contains("style"), "{read:?}");
        let unknown: Vec<_> = read.iter().filter(|name| !MEANT.contains(&name.as_str())).collect();
        assert!(unknown.is_empty(), "{unknown:?} would be taken for tracking");
    }
}
