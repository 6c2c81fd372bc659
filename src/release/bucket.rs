//! A depot in a store that speaks the protocol of Amazon's S3. CURRENT moves by a conditional write (`If-Match`,
//! `If-None-Match`), and is looked at by a conditional read.

use std::time::Duration;

use object_store::{
    ClientOptions, Error, GetOptions, ObjectStore, ObjectStoreExt, PutMode, PutOptions, Result as Answer, RetryConfig,
    UpdateVersion,
    aws::{AmazonS3, AmazonS3Builder, S3ConditionalPut},
    path::Path,
};
use tokio::runtime::{Builder, Runtime};

use super::{
    depot::{CURRENT, Conflict, Current, Depot, DepotError, LARGEST, NoDepot, Version},
    endpoint::Endpoint,
};

/// How long a request may take, and all tries of it together.
const PATIENCE: Duration = Duration::from_secs(20);
const TRIES: Duration = Duration::from_secs(30);

/// A bucket, or a part of one.
#[derive(Debug)]
pub struct Bucket {
    store: AmazonS3,
    prefix: String,
    place: String,
    endpoint: Endpoint,
    runtime: Runtime,
}

impl Bucket {
    /// The depot at `s3://bucket/prefix`; keys, region and endpoint stand in the variables that all tools of such stores read.
    pub fn open(place: &str) -> Result<Self, NoDepot> {
        let invalid = |what: &str| NoDepot::Invalid { place: "s3://…".to_owned(), what: what.to_owned() };
        let rest = place.strip_prefix("s3://").unwrap_or_default();
        let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_name) {
            return Err(invalid(
                "names of buckets are small letters, digits, dots and hyphens; keys stand in variables, not in addresses",
            ));
        }
        if prefix.contains(['?', '#', '@']) {
            return Err(invalid("no prefix"));
        }
        let place = place.trim_end_matches('/').to_owned();
        let unreached = |what| NoDepot::Unreached { place: place.clone(), what };
        let retry = RetryConfig { max_retries: 3, retry_timeout: TRIES, ..RetryConfig::default() };
        let builder = AmazonS3Builder::from_env();
        let endpoint = Endpoint::of(&builder)?;
        let builder = builder
            .with_bucket_name(name)
            .with_conditional_put(S3ConditionalPut::ETagMatch)
            .with_retry(retry)
            .with_client_options(client(&endpoint));
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("store").enable_all().build();
        Ok(Self {
            store: builder.build().map_err(|error| unreached(endpoint.told(&error)))?,
            prefix: prefix.trim_matches('/').to_owned(),
            place: place.clone(),
            endpoint,
            runtime: runtime.map_err(|error| unreached(error.to_string()))?,
        })
    }

    fn path(&self, path: &str) -> Path {
        if self.prefix.is_empty() { Path::from(path) } else { Path::from(format!("{}/{path}", self.prefix)) }
    }

    /// What is at a path, and its tag.
    fn got(&self, path: &str, options: GetOptions) -> Answer<(Vec<u8>, Option<String>)> {
        self.runtime.block_on(async {
            let got = self.store.get_opts(&self.path(path), options).await?;
            if got.meta.size > LARGEST {
                return Err(fault("larger than anything that belongs here"));
            }
            let tag = got.meta.e_tag.clone();
            Ok((got.bytes().await?.into(), tag))
        })
    }

    fn unread(&self, path: &str, error: &Error) -> DepotError {
        DepotError { place: self.place.clone(), path: path.to_owned(), done: "read", what: self.endpoint.told(error) }
    }

    fn unwritten(&self, path: &str, error: &Error) -> DepotError {
        DepotError { done: "written", ..self.unread(path, error) }
    }
}

/// The store may be within the same house, without TLS.
fn client(endpoint: &Endpoint) -> ClientOptions {
    let patient = ClientOptions::new().with_timeout(PATIENCE).with_connect_timeout(Duration::from_secs(5));
    patient.with_allow_http(endpoint.is_plain)
}

fn fault(what: &str) -> Error {
    Error::Generic { store: "S3", source: what.into() }
}

impl Depot for Bucket {
    fn place(&self) -> &str {
        &self.place
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, DepotError> {
        match self.got(path, GetOptions::default()) {
            Ok((bytes, _)) => Ok(Some(bytes)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.unread(path, &error)),
        }
    }

    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), DepotError> {
        let put = self.runtime.block_on(self.store.put(&self.path(path), bytes.to_vec().into()));
        put.map(drop).map_err(|error| self.unwritten(path, &error))
    }

    fn names(&self) -> Result<Vec<String>, DepotError> {
        let listed = self.runtime.block_on(self.store.list_with_delimiter(Some(&self.path("snapshots"))));
        let listed = listed.map_err(|error| self.unread("snapshots", &error))?;
        let mut names: Vec<String> =
            listed.common_prefixes.iter().filter_map(|path| path.filename().map(str::to_owned)).collect();
        names.sort_unstable();
        Ok(names)
    }

    fn current(&self, known: Option<&Version>) -> Result<Current, DepotError> {
        let options = GetOptions { if_none_match: known.map(|version| version.0.clone()), ..GetOptions::default() };
        match self.got(CURRENT, options) {
            Ok((bytes, Some(tag))) => Ok(Current::Changed(bytes, Version(tag))),
            // Without one, whoever moves it next could not say what they expect there, and would overwrite what others wrote.
            Ok((_, None)) => {
                Err(self.unread(CURRENT, &fault("the store gives it no ETag, without which nothing can be compared")))
            }
            Err(Error::NotModified { .. }) => Ok(Current::Unchanged),
            Err(Error::NotFound { .. }) => Ok(Current::Absent),
            Err(error) => Err(self.unread(CURRENT, &error)),
        }
    }

    fn move_current(&self, expected: Option<&Version>, bytes: &[u8]) -> Result<(), Conflict> {
        let mode = match expected {
            Some(version) => PutMode::Update(UpdateVersion { e_tag: Some(version.0.clone()), version: None }),
            None => PutMode::Create,
        };
        let path = self.path(CURRENT);
        match self.runtime.block_on(self.store.put_opts(&path, bytes.to_vec().into(), PutOptions::from(mode))) {
            Ok(_) => Ok(()),
            Err(Error::Precondition { .. } | Error::AlreadyExists { .. }) => Err(Conflict::Lost),
            Err(error) => Err(self.unwritten(CURRENT, &error).into()),
        }
    }
}
