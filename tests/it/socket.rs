//! The service on a real socket: slow, greedy and broken clients, shutdown.

use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use coverage_map::http::{Limits, Proxies, serve};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

async fn started(limits: Limits) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(serve(listener, crate::site::service(), limits, async move {
        stopped.await.map_or(Duration::ZERO, |()| Duration::ZERO)
    }));
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

#[tokio::test]
async fn a_client_that_asks_too_often_is_told_when_to_come_back_and_health_is_still_told() {
    let here = Proxies::new(vec!["127.0.0.0/8".parse().unwrap()]);
    let (address, _stop, _served) = started(Limits { requests_per_second: 1, proxies: here, ..Limits::default() }).await;
    let ask = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n");
    let last = "GET /livez HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n\r\n";
    let replies = exchange(address, (ask("/api/v1/coverage?zip=01212").repeat(40) + last).as_bytes()).await;
    let refused = replies.matches("HTTP/1.1 429 ").count();
    assert!((1..40).contains(&refused), "{refused}");
    assert_eq!(replies.matches("retry-after: ").count(), refused);
    assert_eq!(replies.matches("docs/api#too-many-requests").count(), refused);
    assert!(replies.ends_with("alive\n"), "{replies}");
    let other = ask("/livez").replace(".7", ".8").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    assert!(exchange(address, other.as_bytes()).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn a_connection_too_many_is_told_so_and_the_others_go_on() {
    let (address, _stop, _served) = started(Limits { connections: 2, ..Limits::default() }).await;
    let mut open = [TcpStream::connect(address).unwrap(), TcpStream::connect(address).unwrap()];
    let refused = exchange(address, b"").await;
    assert!(refused.starts_with("HTTP/1.1 503 ") && refused.contains("Retry-After: 5"), "{refused}");
    let reply = tokio::task::spawn_blocking(move || {
        open[0].write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut reply = String::new();
        open[0].read_to_string(&mut reply).unwrap();
        reply
    });
    assert!(reply.await.unwrap().ends_with("alive\n"));
}

#[tokio::test]
async fn a_client_that_never_takes_its_answers_is_let_go() {
    let (address, _stop, served) = started(Limits { stall: Duration::from_millis(50), ..Limits::default() }).await;
    let let_go = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_write_timeout(Some(Duration::from_millis(200))).unwrap();
        let asked = b"GET /map.svg HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500);
        // It asks for far more than the buffers of a connection hold, and reads nothing.
        let (mut sent, mut waits) = (0, 0);
        while waits < 300 {
            match stream.write(&asked[sent % asked.len()..]) {
                Ok(written) => sent += written,
                Err(error) if error.kind() == ErrorKind::WouldBlock => waits += 1,
                Err(_) => return true,
            }
        }
        false
    });
    assert!(let_go.await.unwrap());
    served.abort();
}

#[tokio::test]
async fn bodies_that_are_too_long_or_broken_are_told_apart() {
    let (address, _stop, _served) = started(Limits::default()).await;
    let post = |path: &str, rest: &str| {
        format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n{rest}")
    };
    let broken = [
        ("Content-Length: 99999999999\r\n\r\n", "413"),
        ("Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", "400"),
        ("Transfer-Encoding: chunked\r\n\r\n5\r\n", "400"),
        ("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "400"),
        ("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "400"),
    ];
    let both = ["/api/v1/coverage", "/partners"].into_iter().flat_map(|path| broken.map(|(rest, status)| (path, rest, status)));
    for (path, rest, status) in both {
        let sent = post(path, rest);
        let talk = move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(sent.as_bytes()).unwrap();
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            let mut reply = String::new();
            let _ = stream.read_to_string(&mut reply);
            reply
        };
        // On a busy machine the reset of a connection with a broken body may overtake the reply.
        let talk = move || (0..3).map(|_| talk()).find(|reply| !reply.is_empty()).unwrap_or_default();
        let reply = tokio::task::spawn_blocking(talk).await.unwrap();
        assert!(reply.starts_with(&format!("HTTP/1.1 {status} ")), "{path} {rest:?}: {reply}");
    }
}

/// What comes back while bytes are sent one by one, with a rest between them.
async fn trickle(address: SocketAddr, sent: &'static [u8], rest: Duration) -> String {
    let talk = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        let mut reading = stream.try_clone().unwrap();
        let reader = std::thread::spawn(move || {
            let mut received = Vec::new();
            let _ = reading.read_to_end(&mut received);
            String::from_utf8_lossy(&received).into_owned()
        });
        for byte in sent {
            if stream.write_all(&[*byte]).is_err() {
                break;
            }
            std::thread::sleep(rest);
        }
        reader.join().unwrap()
    };
    tokio::task::spawn_blocking(talk).await.unwrap()
}

#[tokio::test]
async fn a_head_or_body_that_comes_byte_by_byte_is_not_waited_for() {
    let (head, answer) = (Duration::from_millis(100), Duration::from_millis(100));
    let (address, _stop, _served) = started(Limits { head, answer, ..Limits::default() }).await;
    let rest = Duration::from_millis(5);
    let reply = trickle(address, b"GET /livez HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n", rest).await;
    assert!(!reply.contains("200 OK"), "{reply}");
    let posted: &'static [u8] =
        b"POST /api/v1/coverage HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n";
    let slow = Limits { answer, ..Limits::default() };
    let (address, _stop, _served) = started(slow).await;
    let reply = trickle(address, posted, Duration::ZERO).await;
    assert!(reply.starts_with("HTTP/1.1 408 ") && reply.contains("docs/api#timed-out"), "{reply}");
}

#[tokio::test]
async fn a_flood_of_headers_is_refused_and_a_host_is_named_once() {
    let (address, _stop, _served) = started(Limits::default()).await;
    let flood: String = (0..2000).map(|i| format!("X-{i}: 1\r\n")).collect();
    for (sent, status) in [
        (format!("GET /livez HTTP/1.1\r\nHost: x\r\n{flood}\r\n"), "431"),
        ("GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(), "400"),
        ("GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n".to_owned(), "400"),
        ("GET /livez HTTP/1.0\r\n\r\n".to_owned(), "200"),
        ("TRACE /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Secret: y\r\n\r\n".to_owned(), "405"),
    ] {
        let reply = exchange(address, sent.as_bytes()).await;
        assert!(reply.split_once(' ').is_some_and(|(_, rest)| rest.starts_with(status)), "{:.60}: {reply}", sent);
        assert!(!reply.contains("X-Secret"), "{reply}");
    }
}
