//! Where a store is, and what went wrong on the way to it, for people: never with a key or a signature.

use std::{error::Error as Cause, io};

use axum::http::Uri;
use object_store::{
    Error,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
};

use super::depot::NoDepot;

/// How much of what a store says is repeated.
const LONGEST: usize = 200;

/// The address of a store.
#[derive(Debug)]
pub struct Endpoint {
    host: String,
    /// Whether nothing is encrypted on the way: within the same house.
    pub is_plain: bool,
}

impl Endpoint {
    /// The one that the usual variables name; where they name none, that of Amazon for a region.
    ///
    /// # Errors
    /// When what they name is no address.
    pub fn of(builder: &AmazonS3Builder) -> Result<Self, NoDepot> {
        let value = |key| builder.get_config_value(&key);
        match value(AmazonS3ConfigKey::S3Endpoint).or_else(|| value(AmazonS3ConfigKey::Endpoint)) {
            Some(named) => Self::read(&named),
            None => {
                let region = value(AmazonS3ConfigKey::Region).unwrap_or_else(|| "us-east-1".to_owned());
                Ok(Self { host: format!("s3.{region}.amazonaws.com"), is_plain: false })
            }
        }
    }

    fn read(named: &str) -> Result<Self, NoDepot> {
        // What stands before an @ may be a password.
        let hidden = || if named.contains('@') { "…@…".to_owned() } else { named.to_owned() };
        let uri = named.parse::<Uri>().ok().filter(|_| !named.contains('@'));
        let parts = uri.as_ref().and_then(|uri| Some((uri.scheme_str()?, uri.authority()?)));
        match parts {
            Some((scheme @ ("http" | "https"), authority)) => {
                Ok(Self { host: authority.to_string(), is_plain: scheme == "http" })
            }
            _ => Err(NoDepot::Endpoint(hidden())),
        }
    }

    /// What a store says, by its kind and its innermost cause alone: whole requests may hold a signature.
    pub fn told(&self, error: &Error) -> String {
        match error {
            Error::NotFound { .. } => "there is no such bucket".to_owned(),
            Error::PermissionDenied { .. } => "the store does not permit it".to_owned(),
            Error::Unauthenticated { .. } => "the store does not know the key, or the key does not fit".to_owned(),
            _ => self.told_of(innermost(error)),
        }
    }

    fn told_of(&self, cause: &(dyn Cause + 'static)) -> String {
        let (host, text) = (&self.host, cause.to_string());
        let short: String = text.chars().take(LONGEST).collect();
        if let Some(fault) = short.strip_prefix("invalid peer certificate: ") {
            return format!(
                "{host}: its certificate is not valid here: {fault}; it has to bear this name, and be signed by an authority \
                 that this machine trusts; SSL_CERT_FILE names a file of authorities to trust instead"
            );
        }
        if text.contains("No CA certificates") {
            return format!(
                "this machine trusts no authority: {short}; install its ca-certificates, or name a file of them with SSL_CERT_FILE"
            );
        }
        if ["Signature", "Credential", "AWSAccessKeyId", "X-Amz", "://"].iter().any(|word| text.contains(word)) {
            return format!("{host}: the store answered with an error");
        }
        let remedy = if cause.is::<io::Error>() { "; AWS_ENDPOINT_URL says where the store is" } else { "" };
        format!("{host}: {short}{remedy}")
    }
}

fn innermost(error: &Error) -> &(dyn Cause + 'static) {
    let mut cause: &(dyn Cause + 'static) = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generic(source: impl Cause + Send + Sync + 'static) -> Error {
        Error::Generic { store: "S3", source: Box::new(source) }
    }

    #[test]
    fn an_address_has_a_scheme_and_a_host_and_no_password() {
        let endpoint = Endpoint::read("http://127.0.0.1:9000/path").unwrap();
        assert!(endpoint.is_plain && endpoint.host == "127.0.0.1:9000");
        assert!(!Endpoint::read("https://store.example").unwrap().is_plain);
        for bad in ["", "nonsense", "store.example:9000", "ftp://store.example", "http://", "https://key:secret@store.example"] {
            let said = Endpoint::read(bad).unwrap_err().to_string();
            assert!(said.contains("begins with https://") && !said.contains("secret"), "{bad}: {said}");
        }
        let amazon = Endpoint::of(&AmazonS3Builder::new().with_region("eu-central-1")).unwrap();
        assert_eq!((amazon.host.as_str(), amazon.is_plain), ("s3.eu-central-1.amazonaws.com", false));
    }

    #[test]
    fn what_goes_wrong_on_the_way_names_the_host_and_a_remedy_and_no_signature() {
        let endpoint = Endpoint::read("https://store.example").unwrap();
        let told = |error| endpoint.told(&error);
        let refused = told(generic(io::Error::other("Connection refused")));
        assert_eq!(refused, "store.example: Connection refused; AWS_ENDPOINT_URL says where the store is");
        let unknown = told(generic(io::Error::other("invalid peer certificate: UnknownIssuer")));
        assert!(unknown.starts_with("store.example: its certificate") && unknown.contains("SSL_CERT_FILE"), "{unknown}");
        let none = told(generic(io::Error::other("unexpected error: No CA certificates were loaded from the system")));
        assert!(none.contains("trusts no authority") && none.contains("SSL_CERT_FILE"), "{none}");
        let signed = told(generic(io::Error::other("GET https://x/?X-Amz-Signature=abc Signature=abc")));
        assert_eq!(signed, "store.example: the store answered with an error");
    }
}
