use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// What the connection knows of who asks: nothing by which a person could be told, so that nothing can be logged.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    /// How long its request may take.
    pub patience: Duration,
    /// How long it must wait, because it asked too much; `None` where it may go on.
    pub wait: Option<Duration>,
}

/// The proxies that are believed when they say, in `X-Forwarded-For`, for whom they ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Arc<[IpNet]>);

impl Proxies {
    /// Proxies in these networks.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks.into())
    }

    /// Whose request it is: the last address in `X-Forwarded-For` that is no proxy of ours, because what stands before
    /// it is the client's own claim.
    ///
    /// `None` where a proxy that is not declared seems to ask for many: a peer on this machine or in a private network.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer.to_canonical();
        if !self.contain(peer) {
            return (!is_near(peer)).then_some(peer);
        }
        let lists = headers.get_all("x-forwarded-for").iter().rev().filter_map(|list| list.to_str().ok());
        let hops = lists.flat_map(|list| list.rsplit(',')).map(|hop| address_in(hop.trim()));
        // What cannot be read ends the chain: nobody vouches for what stands before it.
        let known = hops.map_while(|hop| hop);
        Some(known.into_iter().find(|hop| !self.contain(*hop)).unwrap_or(peer))
    }

    fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// The address of a hop; some proxies write its port, too, or put it in brackets.
fn address_in(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    let with_port = || hop.parse().ok().map(|address: SocketAddr| address.ip());
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

/// Whether an address is this machine's or one of a private network (RFC 1918, RFC 4193, RFC 3927).
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(proxies: &[&str], peer: &str, forwarded: &[&'static str]) -> Option<String> {
        let proxies = Proxies::new(proxies.iter().map(|network| network.parse().unwrap()).collect());
        let headers = forwarded.iter().map(|list| ("x-forwarded-for".parse().unwrap(), HeaderValue::from_static(list)));
        proxies.client(peer.parse().unwrap(), &headers.collect()).map(|address| address.to_string())
    }

    #[test]
    fn a_stranger_is_believed_nothing() {
        assert_eq!(client(&[], "203.0.113.7", &["198.51.100.1"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(client(&["10.0.0.0/8"], "203.0.113.7", &["198.51.100.1"]).as_deref(), Some("203.0.113.7"));
    }

    #[test]
    fn a_proxy_is_believed_for_the_address_next_to_it_alone() {
        let asked = |forwarded: &[&'static str]| client(&["10.0.0.0/8"], "10.0.0.1", forwarded);
        assert_eq!(asked(&["1.1.1.1, 198.51.100.1"]).as_deref(), Some("198.51.100.1"));
        assert_eq!(asked(&["198.51.100.1, 10.9.9.9"]).as_deref(), Some("198.51.100.1"), "two proxies of ours");
        assert_eq!(asked(&["1.1.1.1", "198.51.100.1"]).as_deref(), Some("198.51.100.1"), "the header stands twice");
        assert_eq!(asked(&["1.1.1.1, nonsense"]).as_deref(), Some("10.0.0.1"));
        assert_eq!(asked(&["198.51.100.1:4001"]).as_deref(), Some("198.51.100.1"), "with its port");
        assert_eq!(asked(&["[2001:db8::1]:4001"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(asked(&["[2001:db8::1]"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(asked(&[]).as_deref(), Some("10.0.0.1"));
    }

    #[test]
    fn a_near_peer_that_is_no_declared_proxy_may_speak_for_many() {
        for near in ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.9", "fd00::1", "::ffff:127.0.0.1"] {
            assert_eq!(client(&[], near, &["198.51.100.1"]), None, "{near}");
        }
    }
}
