use std::io::{self, Read, Write};

use axum::{
    body::{Body, Bytes},
    http::{Extensions, HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};

use super::encoding::{Coding, suffixed};
use crate::{
    http::{
        policy::{Framed, Styled},
        reply::Complete,
    },
    packed::{
        NotUnpacked,
        wire::{Reader, Wire, Writer, wire_enum, wire_struct},
    },
};

/// How much work goes into making bytes few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// A few milliseconds: what is needed at once.
    Fast,
    /// Up to a second: what will be sent all day. Brotli's last level would take three to six times as long for one to three
    /// bytes fewer in a hundred.
    Best,
}

/// A response that is ready to be sent.
#[derive(Debug)]
pub struct Ready {
    extensions: Extensions,
    forms: Forms,
}

#[derive(Debug)]
enum Forms {
    /// A picture made of pixels, which is compressed already.
    Plain(Form),
    /// Text. Who takes no compressed text is rare, and gets it from a handler.
    Coded { brotli: Form, gzip: Form },
}

#[derive(Clone, Debug)]
struct Form {
    headers: HeaderMap,
    bytes: Bytes,
}

impl Ready {
    /// Makes a response ready that a handler gave, with its body.
    ///
    /// # Errors
    /// Never in practice: compressing in memory writes to no file.
    pub fn new(response: &Response, body: Bytes, effort: Effort) -> io::Result<Self> {
        // It is about the body as the handler gave it.
        let mut headers = response.headers().clone();
        headers.remove(header::CONTENT_LENGTH);
        let is_text = headers.get(header::CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"image/png"));
        let forms = if is_text { Forms::coded(&headers, &body, effort)? } else { Forms::Plain(Form { headers, bytes: body }) };
        Ok(Self { extensions: marks(response.extensions()), forms })
    }

    /// The same with fewer bytes; `None` where that cannot be.
    ///
    /// # Errors
    /// Never in practice, as for [`Ready::new`].
    pub fn improved(&self) -> io::Result<Option<Self>> {
        let Forms::Coded { brotli, gzip } = &self.forms else { return Ok(None) };
        let mut plain = Vec::new();
        GzDecoder::new(&*gzip.bytes).read_to_end(&mut plain)?;
        let same = |form: &Form, bytes| Form { headers: form.headers.clone(), bytes };
        let forms = Forms::Coded {
            brotli: same(brotli, with_brotli(&plain, Effort::Best)?),
            gzip: same(gzip, with_gzip(&plain, Effort::Best)?),
        };
        Ok(Some(Self { extensions: self.extensions.clone(), forms }))
    }

    /// The response for a client that takes this coding; `None` where it would have to be made.
    pub fn response(&self, accepted: Option<Coding>) -> Option<Response> {
        let form = match (&self.forms, accepted) {
            (Forms::Plain(form), _) => form,
            (Forms::Coded { brotli, .. }, Some(Coding::Brotli)) => brotli,
            (Forms::Coded { gzip, .. }, Some(Coding::Gzip)) => gzip,
            (Forms::Coded { .. }, None) => return None,
        };
        let mut response = Response::new(Body::from(form.bytes.clone()));
        *response.headers_mut() = form.headers.clone();
        *response.extensions_mut() = self.extensions.clone();
        Some(response)
    }

    /// The memory that it takes.
    pub fn bytes(&self) -> usize {
        self.bodies().map(|body| body.len()).sum()
    }

    /// Its bodies: one, or those in brotli and gzip.
    pub fn bodies(&self) -> impl Iterator<Item = &Bytes> {
        self.forms.all().map(|form| &form.bytes)
    }

    /// What it consists of but for its bodies, to be kept.
    pub fn stored(&self, address: &str) -> StoredReady {
        StoredReady {
            address: address.to_owned(),
            framed: self.extensions.get::<Framed>().is_some(),
            styled: self.extensions.get::<Styled>().is_some(),
            forms: match &self.forms {
                Forms::Plain(form) => StoredForms::Plain(StoredForm::of(form)),
                Forms::Coded { brotli, gzip } => StoredForms::Coded(StoredForm::of(brotli), StoredForm::of(gzip)),
            },
        }
    }
}

/// What a response that is ready consists of, but for its bodies, as it is kept.
#[derive(Debug)]
pub struct StoredReady {
    /// Its address.
    pub address: String,
    framed: bool,
    styled: bool,
    forms: StoredForms,
}

#[derive(Debug)]
enum StoredForms {
    Plain(StoredForm),
    /// In brotli, and in gzip.
    Coded(StoredForm, StoredForm),
}

#[derive(Debug)]
struct StoredForm {
    headers: HeaderMap,
    length: usize,
}

wire_struct! {
    StoredReady { address, framed, styled, forms }
    StoredForm { headers, length }
}

wire_enum! {
    StoredForms { 0 Plain(form), 1 Coded(brotli, gzip) }
}

/// Names and values, as they are sent.
impl Wire for HeaderMap {
    fn put(&self, out: &mut Writer) {
        out.length(self.len());
        for (name, value) in self {
            for part in [name.as_str().as_bytes(), value.as_bytes()] {
                out.length(part.len());
                out.bytes(part);
            }
        }
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        // A name and a value take a byte for their length each.
        let length = from.length(2)?;
        let mut headers = Self::new();
        for _ in 0..length {
            let name = HeaderName::from_bytes(sized(from)?).map_err(|error| from.impossible(error))?;
            let value = HeaderValue::from_bytes(sized(from)?).map_err(|error| from.impossible(error))?;
            headers.try_append(name, value).map_err(|error| from.impossible(error))?;
        }
        Ok(headers)
    }
}

/// Bytes behind how many there are.
fn sized<'a>(from: &mut Reader<'a>) -> Result<&'a [u8], NotUnpacked> {
    let length = from.length(1)?;
    from.bytes(length)
}

impl StoredReady {
    /// The response, with its bodies, each of which is given by its length.
    ///
    /// # Errors
    /// When a body is not there.
    pub fn over(&self, body: &mut dyn FnMut(usize) -> Result<Bytes, NotUnpacked>) -> Result<Ready, NotUnpacked> {
        let mut form = |stored: &StoredForm| Ok(Form { headers: stored.headers.clone(), bytes: body(stored.length)? });
        let forms = match &self.forms {
            StoredForms::Plain(plain) => Forms::Plain(form(plain)?),
            StoredForms::Coded(brotli, gzip) => Forms::Coded { brotli: form(brotli)?, gzip: form(gzip)? },
        };
        let mut extensions = Extensions::new();
        extensions.insert(Complete);
        self.framed.then(|| extensions.insert(Framed));
        self.styled.then(|| extensions.insert(Styled));
        Ok(Ready { extensions, forms })
    }
}

impl StoredForm {
    fn of(form: &Form) -> Self {
        Self { headers: form.headers.clone(), length: form.bytes.len() }
    }
}

impl Forms {
    fn all(&self) -> impl Iterator<Item = &Form> {
        let (first, second) = match self {
            Self::Plain(form) => (form, None),
            Self::Coded { brotli, gzip } => (brotli, Some(gzip)),
        };
        std::iter::once(first).chain(second)
    }
}

impl Forms {
    fn coded(headers: &HeaderMap, body: &[u8], effort: Effort) -> io::Result<Self> {
        let form = |coding: Coding, bytes| Form { headers: headers_in(headers, coding), bytes };
        Ok(Self::Coded {
            brotli: form(Coding::Brotli, with_brotli(body, effort)?),
            gzip: form(Coding::Gzip, with_gzip(body, effort)?),
        })
    }
}

fn headers_in(plain: &HeaderMap, coding: Coding) -> HeaderMap {
    let mut headers = plain.clone();
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(tag) = headers.get(header::ETAG).and_then(|tag| suffixed(tag, coding.name())) {
        headers.insert(header::ETAG, tag);
    }
    headers
}

/// What a handler says about its response to the layers around it.
fn marks(said: &Extensions) -> Extensions {
    let mut kept = Extensions::new();
    kept.insert(Complete);
    said.get::<Framed>().map(|framed| kept.insert(*framed));
    said.get::<Styled>().map(|styled| kept.insert(*styled));
    kept
}

/// A body in brotli (RFC 7932).
///
/// # Errors
/// Never in practice: compressing in memory writes to no file.
pub fn with_brotli(body: &[u8], effort: Effort) -> io::Result<Bytes> {
    let quality = if effort == Effort::Fast { 5 } else { 10 };
    let parameters = BrotliEncoderParams { quality, lgwin: 22, size_hint: body.len(), ..BrotliEncoderParams::default() };
    let mut written = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut written, &parameters)?;
    Ok(written.into())
}

/// A body in gzip (RFC 1952), without a time in it.
///
/// # Errors
/// Never in practice: compressing in memory writes to no file.
pub fn with_gzip(body: &[u8], effort: Effort) -> io::Result<Bytes> {
    let level = if effort == Effort::Fast { Compression::new(6) } else { Compression::best() };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(body)?;
    Ok(encoder.finish()?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response() -> Response {
        let mut response = Response::new(Body::empty());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        response.headers_mut().insert(header::ETAG, HeaderValue::from_static("W/\"a\""));
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("7"));
        response.extensions_mut().insert(Framed);
        response
    }

    async fn sent(ready: &Ready, coding: Coding) -> (HeaderMap, Bytes) {
        let (parts, body) = ready.response(Some(coding)).unwrap().into_parts();
        assert!(parts.extensions.get::<Framed>().is_some() && !parts.headers.contains_key(header::CONTENT_LENGTH));
        (parts.headers, axum::body::to_bytes(body, usize::MAX).await.unwrap())
    }

    #[tokio::test]
    async fn both_efforts_say_the_same_in_fewer_and_fewest_bytes() {
        let body: Bytes = (0..4000).map(|i| format!("<li>County {}</li>", i * 7919 % 1000)).collect::<String>().into();
        let fast = Ready::new(&response(), body.clone(), Effort::Fast).unwrap();
        let best = fast.improved().unwrap().unwrap();
        assert!(best.bytes() < fast.bytes() && fast.bytes() < body.len());
        for ready in [&fast, &best] {
            let (headers, bytes) = sent(ready, Coding::Brotli).await;
            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut &*bytes, &mut plain).unwrap();
            assert_eq!(
                (plain, &headers["etag"], &headers["content-encoding"]),
                (body.to_vec(), &"W/\"a.br\"".parse().unwrap(), &"br".parse().unwrap())
            );
            let (headers, bytes) = sent(ready, Coding::Gzip).await;
            let mut plain = Vec::new();
            GzDecoder::new(&*bytes).read_to_end(&mut plain).unwrap();
            assert_eq!((plain, &headers["etag"]), (body.to_vec(), &"W/\"a.gzip\"".parse::<HeaderValue>().unwrap()));
        }
        assert!(fast.response(None).is_none(), "who takes plain text alone is answered by a handler");
    }
}
