use std::{net::IpAddr, net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};
use ipnet::IpNet;

use super::log::{LogFormat, filter};
use crate::http::{FrameAncestor, Limits, Proxies, PublicUrl};

/// How long it goes on answering after SIGTERM where nothing is said.
const LINGER: u16 = 2;

/// How many seconds lie between two looks at which snapshot is to be served where nothing is said.
const POLL: u16 = 2;

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnOff {
    /// It is done.
    On,
    /// It is not done.
    Off,
}

/// Where and how to serve.
#[derive(Debug, Args)]
pub struct Serving {
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS", env = "COVERAGE_MAP_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Address and port for operators alone: /metrics and the whole /status [default: none]
    #[arg(long, value_name = "ADDRESS", env = "COVERAGE_MAP_ADMIN")]
    pub admin: Option<SocketAddr>,
    /// Address by which the world knows the service, such as https://map.example.org: embeds link to it
    #[arg(long, value_name = "URL", env = "COVERAGE_MAP_PUBLIC_URL")]
    pub public_url: Option<PublicUrl>,
    /// Sites that may show /embed/map in a frame, such as https://example.org,https://*.example.net [default: all]
    #[arg(long, value_name = "SITES", env = "COVERAGE_MAP_FRAME_ANCESTORS", value_delimiter = ',')]
    pub frame_ancestors: Option<Vec<FrameAncestor>>,
    /// Networks of the proxies that are believed when they say for whom they ask, such as 10.0.0.0/8,::1 [default: none]
    #[arg(long, value_name = "NETWORKS", env = "COVERAGE_MAP_TRUSTED_PROXIES", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Option<Vec<IpNet>>,
    /// Requests that one client may make in a second, averaged over ten; 0 sets no limit [default: 50]
    #[arg(long, value_name = "NUMBER", env = "COVERAGE_MAP_REQUESTS_PER_SECOND")]
    pub requests_per_second: Option<u32>,
    /// Connections that may be open at once [default: 10000]
    #[arg(long, value_name = "NUMBER", env = "COVERAGE_MAP_CONNECTIONS", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub connections: Option<u32>,
    /// Seconds for which it goes on answering after SIGTERM, while /readyz says no [default: 2]
    #[arg(long, value_name = "SECONDS", env = "COVERAGE_MAP_LINGER")]
    pub linger: Option<u16>,
    /// Whether to count by day and county how often places without a partner are asked about [default: on]
    #[arg(long, value_name = "on|off", env = "COVERAGE_MAP_DEMAND")]
    pub demand: Option<OnOff>,
    /// Folder for this machine's own copy of the snapshot that is served: with it, a replica starts while the depot is away
    /// [default: none]
    #[arg(long, value_name = "DIR", env = "COVERAGE_MAP_SNAPSHOTS_CACHE")]
    pub snapshots_cache: Option<PathBuf>,
    /// Seconds between two looks at which snapshot is to be served [default: 2]
    #[arg(long, value_name = "SECONDS", env = "COVERAGE_MAP_SNAPSHOTS_POLL", value_parser = clap::value_parser!(u16).range(1..))]
    pub snapshots_poll: Option<u16>,
    /// What is logged, such as coverage_map=debug [default: coverage_map=info]
    #[arg(long, value_name = "FILTER", env = "COVERAGE_MAP_LOG", value_parser = filter)]
    pub log: Option<String>,
    /// How the log is written [default: text]
    #[arg(long, value_name = "FORMAT", env = "COVERAGE_MAP_LOG_FORMAT")]
    pub log_format: Option<LogFormat>,
}

impl Serving {
    /// What is said here, else what is said there.
    pub fn or(self, there: Self) -> Self {
        Self {
            listen: self.listen.or(there.listen),
            admin: self.admin.or(there.admin),
            public_url: self.public_url.or(there.public_url),
            frame_ancestors: self.frame_ancestors.or(there.frame_ancestors),
            trusted_proxies: self.trusted_proxies.or(there.trusted_proxies),
            requests_per_second: self.requests_per_second.or(there.requests_per_second),
            connections: self.connections.or(there.connections),
            linger: self.linger.or(there.linger),
            demand: self.demand.or(there.demand),
            snapshots_cache: self.snapshots_cache.or(there.snapshots_cache),
            snapshots_poll: self.snapshots_poll.or(there.snapshots_poll),
            log: self.log.or(there.log),
            log_format: self.log_format.or(there.log_format),
        }
    }

    /// What clients may take.
    pub fn limits(&self) -> Limits {
        let usual = Limits::default();
        Limits {
            connections: self.connections.and_then(|most| usize::try_from(most).ok()).unwrap_or(usual.connections),
            requests_per_second: self.requests_per_second.unwrap_or(usual.requests_per_second),
            proxies: Proxies::new(self.trusted_proxies.clone().unwrap_or_default()),
            ..usual
        }
    }

    /// How long it waits between two looks at which snapshot is to be served.
    pub fn snapshots_poll(&self) -> Duration {
        Duration::from_secs(self.snapshots_poll.unwrap_or(POLL).into())
    }

    /// How long it goes on answering after SIGTERM.
    pub fn linger(&self) -> Duration {
        Duration::from_secs(self.linger.unwrap_or(LINGER).into())
    }
}

/// Reads a network, or a single address.
fn network(text: &str) -> Result<IpNet, &'static str> {
    let network = text.trim().parse::<IpNet>().ok().or_else(|| text.trim().parse::<IpAddr>().ok().map(IpNet::from));
    network.ok_or("no network; networks are written 10.0.0.0/8 or 2001:db8::/32, single addresses 127.0.0.1")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{super::Cli, *};

    #[test]
    fn the_defaults_that_the_help_names_are_those_that_hold() {
        let command = Cli::command();
        let default = |name: &str| {
            let option = command.get_arguments().find(|option| option.get_long() == Some(name)).unwrap();
            let help = option.get_help().unwrap().to_string();
            help.rsplit_once("[default: ").unwrap().1.trim_end_matches(']').to_owned()
        };
        let limits = Limits::default();
        assert_eq!(default("connections"), limits.connections.to_string());
        assert_eq!(default("requests-per-second"), limits.requests_per_second.to_string());
        assert_eq!(default("linger"), LINGER.to_string());
        assert_eq!(default("snapshots-poll"), POLL.to_string());
    }

    #[test]
    fn proxies_are_networks_or_single_addresses() {
        assert_eq!(network("10.0.0.0/8").unwrap().to_string(), "10.0.0.0/8");
        assert_eq!(network(" ::1").unwrap().to_string(), "::1/128");
        assert!(network("localhost").unwrap_err().contains("networks are written"));
    }

    #[test]
    fn every_option_has_a_variable_of_its_name() {
        for option in
            Cli::command().get_arguments().filter(|option| !matches!(option.get_long(), None | Some("help" | "version")))
        {
            let name = option.get_long().unwrap();
            let variable = format!("COVERAGE_MAP_{}", name.replace('-', "_").to_uppercase());
            assert_eq!(option.get_env().and_then(|env| env.to_str()), Some(&*variable), "--{name}");
        }
    }
}
