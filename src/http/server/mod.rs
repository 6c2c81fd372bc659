//! Connections: accepted within limits, paced, and let go of cleanly.

mod client;
mod pace;
mod rate;

use std::{
    convert::Infallible,
    future::Future,
    io,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    body::Body,
    http::{HeaderValue, Request, header},
    response::Response,
};
pub use client::{Client, Proxies};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use pace::Paced;
use rate::Rates;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::{Service, ServiceExt};

/// What clients may take: time, bytes, connections, requests.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The time for a request's head; silent connections end after it, too.
    pub head: Duration,
    /// The bytes of a request's head.
    pub head_bytes: usize,
    /// The time in which a client that cannot take all at once must take some kilobytes of its response.
    pub stall: Duration,
    /// The time from a request's head to its response's head, its body included.
    pub answer: Duration,
    /// The time for open requests to end once the service stops.
    pub drain: Duration,
    /// The connections that are open at once.
    pub connections: usize,
    /// The requests that one client may make in a second, averaged over ten; 0 sets no limit.
    pub requests_per_second: u32,
    /// The proxies that are believed when they say for whom they ask.
    pub proxies: Proxies,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            head_bytes: 32 << 10,
            stall: Duration::from_secs(30),
            answer: Duration::from_secs(20),
            drain: Duration::from_secs(20),
            connections: 10_000,
            requests_per_second: 50,
            proxies: Proxies::default(),
        }
    }
}

/// What a connection is refused with when there are too many: there is no time to ask what it wants.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: text/plain; charset=utf-8\r\n\
                      Cache-Control: no-store\r\nContent-Length: 44\r\nConnection: close\r\n\r\n\
                      Too many connections are open. Please wait.\n";

/// Answers on a listener until told to stop; goes on for as long as it is told then, asking clients to leave; and lets
/// open requests end.
///
/// Unlike `axum::serve`, it closes connections that never send a whole head or never take their response, and bounds
/// how many there are.
pub async fn serve<S: Answering>(listener: TcpListener, service: S, limits: Limits, stop: impl Future<Output = Duration>) {
    let drain = limits.drain;
    let host = Arc::new(Host {
        service,
        rates: Rates::new(limits.requests_per_second),
        room: Arc::new(Semaphore::new(limits.connections)),
        leaving: AtomicBool::new(false),
        limits,
    });
    let connections = GracefulShutdown::new();
    let linger = host.accept_until(&listener, &connections, stop).await;
    host.leaving.store(true, Ordering::Relaxed);
    host.accept_until(&listener, &connections, tokio::time::sleep(linger)).await;
    drop(listener);
    if tokio::time::timeout(drain, connections.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

/// A service that answers whatever it is asked: a router, with something around it perhaps.
pub trait Answering:
    Service<Request<Body>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static
{
}

impl<S> Answering for S where
    S: Service<Request<Body>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static
{
}

/// What all connections share.
struct Host<S> {
    service: S,
    limits: Limits,
    rates: Option<Rates>,
    room: Arc<Semaphore>,
    /// Whether clients are to go elsewhere.
    leaving: AtomicBool,
}

impl<S: Answering> Host<S> {
    async fn accept_until<T>(
        self: &Arc<Self>,
        listener: &TcpListener,
        connections: &GracefulShutdown,
        end: impl Future<Output = T>,
    ) -> T {
        let mut end = pin!(end);
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                end = &mut end => return end,
            };
            match accepted {
                Ok((stream, peer)) => self.clone().welcome(stream, peer, connections),
                Err(error) => back_off(&error).await,
            }
        }
    }

    fn welcome(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, connections: &GracefulShutdown) {
        match self.room.clone().try_acquire_owned() {
            Ok(place) => self.connect(stream, peer, place, connections),
            Err(_) => {
                metrics::counter!("coverage_map_shed_total", "what" => "connection").increment(1);
                // A client that does not even take this is told by the closed connection.
                let _ = stream.try_write(FULL);
            }
        }
    }

    fn connect(
        self: Arc<Self>,
        stream: TcpStream,
        peer: SocketAddr,
        place: OwnedSemaphorePermit,
        connections: &GracefulShutdown,
    ) {
        let _ = stream.set_nodelay(true);
        let (head, head_bytes, stall) = (self.limits.head, self.limits.head_bytes, self.limits.stall);
        let service = service_fn(move |request: Request<Incoming>| {
            let host = self.clone();
            async move { Ok::<_, Infallible>(host.answer(request.map(Body::new), peer).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head)
            .max_buf_size(head_bytes)
            .serve_connection(TokioIo::new(Paced::new(stream, stall)), service);
        let watched = connections.watch(connection);
        metrics::gauge!("coverage_map_connections").increment(1.0);
        tokio::spawn(async move {
            if let Err(error) = watched.await {
                tracing::debug!(%error, "a connection ended early");
            }
            metrics::gauge!("coverage_map_connections").decrement(1.0);
            drop(place);
        });
    }

    async fn answer(&self, mut request: Request<Body>, peer: SocketAddr) -> Response {
        let address = self.limits.proxies.client(peer.ip(), request.headers());
        let wait = self.rates.as_ref().zip(address).and_then(|(rates, address)| rates.wait(address));
        request.extensions_mut().insert(Client { patience: self.limits.answer, wait });
        let mut response = match self.service.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        if self.leaving.load(Ordering::Relaxed) {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// A connection that failed on its own needs no rest; a lack of descriptors or memory does.
async fn back_off(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::warn!(%error, "no connection could be accepted");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refusal_says_how_long_it_is() {
        let (head, body) = std::str::from_utf8(FULL).unwrap().split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())), "{head}: {}", body.len());
    }
}
