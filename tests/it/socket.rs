//! The service on a real socket: slow clients, shutdown.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use coverage_map::http::{Limits, serve};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

async fn started(limits: Limits) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(serve(listener, crate::site::service(), limits, async move { _ = stopped.await }));
    (address, stop, served)
}

async fn exchange(address: SocketAddr, sent: &[u8]) -> String {
    let sent = sent.to_vec();
    let talk = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        // A reset after a refusal is as good as an end.
        let _ = stream.write_all(&sent);
        let mut received = Vec::new();
        let _ = stream.read_to_end(&mut received);
        String::from_utf8_lossy(&received).into_owned()
    };
    tokio::task::spawn_blocking(talk).await.unwrap()
}

#[tokio::test]
async fn requests_are_answered_over_a_socket_and_shutdown_ends() {
    let (address, stop, served) = started(Limits::default()).await;
    let head = "GET /api/v1/coverage?zip=01212 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let reply = exchange(address, head.as_bytes()).await;
    assert!(reply.starts_with("HTTP/1.1 200 OK") && reply.contains("iris-school"), "{reply}");
    stop.send(()).unwrap();
    served.await.unwrap();
}

#[tokio::test]
async fn silent_and_half_spoken_clients_are_let_go() {
    let limits = Limits { head: Duration::from_millis(50), ..Limits::default() };
    let (address, _stop, _served) = started(limits).await;
    for sent in [&b""[..], b"G", b"GET / HTTP/1.1\r\nHost: x\r\n"] {
        let reply = exchange(address, sent).await;
        assert!(!reply.contains("200 OK"), "{reply}");
    }
}

#[tokio::test]
async fn broken_heads_are_refused() {
    let (address, _stop, _served) = started(Limits::default()).await;
    let endless = format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(100_000));
    for sent in ["nonsense\r\n\r\n", "GET /%ff\u{0} HTTP/1.1\r\n\r\n", &endless] {
        let reply = exchange(address, sent.as_bytes()).await;
        assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 4"), "{reply}");
    }
}
