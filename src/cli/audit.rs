use clap::Args;
use jiff::{civil::Date, tz::TimeZone};

use super::{Common, Outcome, Trouble, outcome::say, token};
use crate::{
    clock::Clock,
    render::report::tables,
    store::{self, Filter},
};

/// Which rows of the audit log to print.
#[derive(Debug, Args)]
pub struct Wanted {
    /// From this day on, UTC
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    since: Option<Date>,
    /// Of this token: what it begins with, or its name
    #[arg(long, value_name = "TOKEN")]
    who: Option<String>,
    /// Whose address or command holds this text
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    /// With this outcome: done, failed, no_token, wrong_token, expired, revoked, not_permitted, token_in_address …
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
    /// How many at most, the latest
    #[arg(long, value_name = "NUMBER", default_value_t = 1000)]
    limit: u32,
}

/// Prints the audit log, the latest first.
pub fn audit(common: &Common, wanted: &Wanted) -> Result<Outcome, Trouble> {
    let form = token::form(common.format)?;
    let store = token::store(common)?;
    let entries = store.audit(&wanted.filter()?)?;
    let lines: Vec<_> = entries.iter().map(store::Entry::line).collect();
    let report = tables::audit(&lines, Clock::system().today(&TimeZone::UTC));
    let written = form.write(&report, None).map_err(|error| Trouble::Usage(error.to_string()))?;
    say(&String::from_utf8_lossy(&written))?;
    Ok(Outcome::Clean)
}

impl Wanted {
    fn filter(&self) -> Result<Filter, Trouble> {
        let named = |name: &String| {
            store::Outcome::named(name).ok_or_else(|| {
                let known = store::Outcome::ALL.map(store::Outcome::name).join(", ");
                Trouble::Usage(format!("--outcome: unknown outcome (got {name:?}); outcomes are {known}"))
            })
        };
        let since = self.since.map(|day| day.to_zoned(TimeZone::UTC).map(|start| start.timestamp())).transpose();
        Ok(Filter {
            since: since.map_err(|error| Trouble::Usage(format!("--since: {error}")))?,
            who: self.who.clone(),
            what: self.what.clone(),
            outcome: self.outcome.as_ref().map(named).transpose()?,
            limit: Some(self.limit),
        })
    }
}
