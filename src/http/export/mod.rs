//! The whole public site as files, for servers and stores that know nothing of this service.
//!
//! Bodies come out of the handlers that answer requests, so that a file has the bytes that the service would send. What a
//! question in an address asks for cannot be a file: a ZIP is found in the list of its first three digits.

mod addresses;
mod files;
mod server;

use std::{collections::BTreeSet, io, path::Path, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use jiff::civil::Date;
use rayon::prelude::*;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use super::{App, FrameAncestor, PublicUrl, routes::public};
use crate::snapshot::Snapshot;

/// The host in code that is composed for other sites, where nobody has said what the site's own address is.
const UNSAID: &str = "map.example.org";

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Addresses of the site that are files now.
    pub addresses: usize,
    /// Bytes of these, not compressed.
    pub bytes: u64,
}

/// Why the site could not be written.
#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    /// A handler had no answer.
    #[error("{address}: could not be rendered (got {status}); every page of the site has to be in it")]
    Unanswered {
        /// The address.
        address: String,
        /// What was answered.
        status: StatusCode,
    },
    /// A file could not be written.
    #[error("{path}: cannot be written ({error}); the folder must be writable, and have room")]
    Unwritten {
        /// The file.
        path: String,
        /// Why not.
        error: io::Error,
    },
}

/// What the site is told about the world.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// The address by which the world knows it.
    pub public_url: Option<PublicUrl>,
    /// The sites that may show embeds in a frame; all where none is named.
    pub frame_ancestors: Vec<FrameAncestor>,
}

/// Gives every file of the public site of a day to `put`, with its path: `site/…`, and `nginx.conf`, which serves them from
/// a folder.
///
/// # Errors
/// When a page cannot be rendered, or a file not be put.
pub fn export<P>(snapshot: Arc<Snapshot>, day: Date, setting: &Setting, folder: &Path, put: P) -> Result<Exported, NotExported>
where
    P: Fn(&str, &[u8]) -> io::Result<()> + Sync,
{
    let app = App::unhurried(snapshot, day).at(setting.public_url.clone()).framed_by(setting.frame_ancestors.clone());
    let app = Arc::new(app);
    let site = Site { routes: public(app.clone()), put };
    let mut written = site.write_all(&addresses::all(&app.current(), day))?;
    // Single ZIPs have a page where one leads there: those with a partner of their own.
    let linked: BTreeSet<String> = written.iter_mut().flat_map(|page| std::mem::take(&mut page.zips)).collect();
    written.extend(site.write_all(&linked.into_iter().map(|zip| vec![zip]).collect::<Vec<_>>())?);
    for (path, page) in server::pages_of_absence(&app) {
        site.keep(&path, page.as_bytes(), true)?;
    }
    site.put("nginx.conf", server::nginx(&app, &folder.join("site")).as_bytes())?;
    let bytes = written.iter().map(|page| page.bytes).sum();
    Ok(Exported { addresses: written.len(), bytes })
}

/// The site on its way to its files.
struct Site<P> {
    routes: Router,
    put: P,
}

/// A file that was written.
struct Written {
    bytes: u64,
    /// The pages of single ZIPs that it links to.
    zips: Vec<String>,
}

impl<P: Fn(&str, &[u8]) -> io::Result<()> + Sync> Site<P> {
    /// Writes what is found at groups of addresses; those of a group share what is made for them.
    fn write_all(&self, groups: &[Vec<String>]) -> Result<Vec<Written>, NotExported> {
        let runtime = || Builder::new_current_thread().build();
        let written = groups.par_iter().map_init(runtime, |runtime, group| {
            let runtime = runtime.as_ref().map_err(|error| NotExported::Unwritten {
                path: group.concat(),
                error: io::Error::new(error.kind(), error.to_string()),
            })?;
            group.iter().map(|address| self.write(runtime, address)).collect::<Result<Vec<_>, _>>()
        });
        Ok(written.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    fn write(&self, runtime: &Runtime, address: &str) -> Result<Written, NotExported> {
        let (headers, body) = runtime.block_on(self.rendered(address))?;
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        self.keep(&files::path_of(address, kind), &body, !kind.starts_with("image/png"))?;
        let zips = if kind.starts_with("text/html") { files::zips_linked(&body) } else { Vec::new() };
        Ok(Written { bytes: body.len() as u64, zips })
    }

    async fn rendered(&self, address: &str) -> Result<(HeaderMap, Bytes), NotExported> {
        let unanswered = |status| NotExported::Unanswered { address: address.to_owned(), status };
        let bad = |_| unanswered(StatusCode::BAD_REQUEST);
        let request = Request::get(address).header(header::HOST, UNSAID).body(Body::empty()).map_err(bad)?;
        let Ok(response) = self.routes.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        if parts.status != StatusCode::OK {
            return Err(unanswered(parts.status));
        }
        let body = to_bytes(body, usize::MAX).await.map_err(|_| unanswered(StatusCode::INTERNAL_SERVER_ERROR))?;
        Ok((parts.headers, body))
    }

    /// Keeps a file of the site, text once more in gzip and brotli beside it.
    fn keep(&self, path: &str, body: &[u8], is_text: bool) -> Result<(), NotExported> {
        let path = format!("site/{path}");
        self.put(&path, body)?;
        if is_text && body.len() >= files::WORTH_COMPRESSING {
            let compressed = files::compressed(body);
            for (suffix, bytes) in compressed.map_err(|error| NotExported::Unwritten { path: path.clone(), error })? {
                self.put(&format!("{path}.{suffix}"), &bytes)?;
            }
        }
        Ok(())
    }

    fn put(&self, path: &str, body: &[u8]) -> Result<(), NotExported> {
        (self.put)(path, body).map_err(|error| NotExported::Unwritten { path: path.to_owned(), error })
    }
}
