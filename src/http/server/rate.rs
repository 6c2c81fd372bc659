use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

/// The seconds over which requests are averaged: a page with its pictures comes in a burst.
const SECONDS: u32 = 10;

/// How many requests come between two clearings of clients that have long been quiet.
const CLEARING: u32 = 10_020;

/// How often each client asks.
pub struct Rates {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
    requests: AtomicU32,
}

impl Rates {
    /// So many requests a second for each client; `None` where there is no limit.
    pub fn new(per_second: u32) -> Option<Self> {
        let rate = NonZeroU32::new(per_second)?;
        let quota = Quota::per_second(rate).allow_burst(rate.saturating_mul(NonZeroU32::new(SECONDS)?));
        Some(Self { limiter: RateLimiter::keyed(quota), clock: DefaultClock::default(), requests: AtomicU32::new(0) })
    }

    /// Counts a request of a client, or says how long it must wait.
    pub fn wait(&self, client: IpAddr) -> Option<Duration> {
        if self.requests.fetch_add(1, Ordering::Relaxed) % CLEARING == CLEARING - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let refused = self.limiter.check_key(&household(client)).err()?;
        Some(refused.wait_time_from(self.clock.now()))
    }
}

/// One household has a whole IPv6 network of 64 bits (RFC 6177 §2): it counts as one.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_asks_too_much_waits_and_the_others_do_not() {
        let rates = Rates::new(2).unwrap();
        let (one, other) = ("203.0.113.7".parse().unwrap(), "203.0.113.8".parse().unwrap());
        let refused: Vec<_> = (0..40).filter_map(|_| rates.wait(one)).collect();
        assert!((15..=20).contains(&refused.len()), "a burst of 20 passes: {}", refused.len());
        assert!(refused.iter().all(|wait| *wait <= Duration::from_secs(1)), "{refused:?}");
        assert_eq!(rates.wait(other), None);
    }

    #[test]
    fn all_addresses_of_an_ipv6_network_are_one_client() {
        let rates = Rates::new(1).unwrap();
        let refused = (0..30u128).filter_map(|i| rates.wait(IpAddr::from((0x2001_0db8_u128 << 96 | i).to_be_bytes()))).count();
        assert!(refused >= 15, "{refused}");
    }

    #[test]
    fn no_rate_is_no_limit() {
        assert!(Rates::new(0).is_none());
    }
}
