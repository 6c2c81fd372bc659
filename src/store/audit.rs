use jiff::Timestamp;
use rusqlite::{Row, ToSql, params};

use super::{Broken, Store, tokens::moment};
use crate::render::report::tables::AuditLine;

/// A row of the audit log: who did what, when, on which data, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who: the id of the token and its name at the time; nobody where none was right.
    pub who: Option<(String, String)>,
    /// What: a method and an address without its query, or a command.
    pub what: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What more is worth keeping: which partner was tried without, how many rows were answered.
    pub detail: Option<String>,
    /// How often, where many were counted together.
    pub times: u64,
    /// The data.
    pub generation: Option<String>,
}

/// What came of a use of the staff area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It could not be done: the request was wrong, or something failed.
    Failed,
    /// Nothing was shown.
    NoToken,
    /// What was shown is no token.
    WrongToken,
    /// The token's time is over.
    Expired,
    /// The token was revoked.
    Revoked,
    /// The token is not good for it.
    NotPermitted,
    /// The token stood in the address.
    TokenInAddress,
    /// The request came from a page of another site.
    FromAnotherSite,
}

/// Which rows of the audit log are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Of this token: its id or its name.
    pub who: Option<String>,
    /// Whose `what` holds this text.
    pub what: Option<String>,
    /// With this outcome.
    pub outcome: Option<Outcome>,
    /// How many at most, the latest.
    pub limit: Option<u32>,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Done,
        Self::Failed,
        Self::NoToken,
        Self::WrongToken,
        Self::Expired,
        Self::Revoked,
        Self::NotPermitted,
        Self::TokenInAddress,
        Self::FromAnotherSite,
    ];

    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::NoToken => "no_token",
            Self::WrongToken => "wrong_token",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::NotPermitted => "not_permitted",
            Self::TokenInAddress => "token_in_address",
            Self::FromAnotherSite => "from_another_site",
        }
    }

    /// The outcome of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.name() == name)
    }
}

impl Entry {
    /// It for people to look at.
    pub fn line(&self) -> AuditLine<'_> {
        AuditLine {
            at: self.at,
            who: self.who.as_ref().map(|(id, name)| (id.as_str(), name.as_str())),
            what: &self.what,
            outcome: self.outcome.name(),
            detail: self.detail.as_deref(),
            times: self.times,
            generation: self.generation.as_deref(),
        }
    }
}

impl Store {
    /// Adds a row to the audit log.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn note(&self, entry: &Entry) -> Result<(), Broken> {
        let (token, name) = entry.who.clone().unzip();
        let Entry { at, what, outcome, detail, times, generation, .. } = entry;
        let connection = self.connection();
        let mut add = connection.prepare_cached(
            "INSERT INTO audit (at, token, name, what, outcome, detail, times, generation) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let times = i64::try_from(*times).unwrap_or(i64::MAX);
        add.execute(params![at.as_second(), token, name, what, outcome.name(), detail, times, generation])?;
        Ok(())
    }

    /// The rows of the audit log that are wanted, the latest first.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn audit(&self, wanted: &Filter) -> Result<Vec<Entry>, Broken> {
        let mut rules = Vec::new();
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        let mut rule = |rule: &str, value: Box<dyn ToSql>| {
            values.push(value);
            rules.push(rule.replace('?', &format!("?{}", values.len())));
        };
        if let Some(since) = wanted.since {
            rule("at >= ?", Box::new(since.as_second()));
        }
        if let Some(who) = &wanted.who {
            rule("(token = ? OR name = ?)", Box::new(who.clone()));
        }
        if let Some(what) = &wanted.what {
            rule("instr(what, ?) > 0", Box::new(what.clone()));
        }
        if let Some(outcome) = wanted.outcome {
            rule("outcome = ?", Box::new(outcome.name()));
        }
        let rules = if rules.is_empty() { String::new() } else { format!("WHERE {}", rules.join(" AND ")) };
        let limit = wanted.limit.map_or(-1, i64::from);
        let connection = self.connection();
        let mut rows = connection.prepare(&format!(
            "SELECT at, token, name, what, outcome, detail, times, generation FROM audit {rules} ORDER BY id DESC LIMIT {limit}"
        ))?;
        let values: Vec<&dyn ToSql> = values.iter().map(AsRef::as_ref).collect();
        let entries = rows.query_map(values.as_slice(), read)?.collect::<Result<_, _>>()?;
        Ok(entries)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let (token, name): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
    Ok(Entry {
        at: moment(row.get(0)?),
        who: token.zip(name),
        what: row.get(3)?,
        outcome: Outcome::named(&row.get::<_, String>(4)?).unwrap_or(Outcome::Failed),
        detail: row.get(5)?,
        times: row.get::<_, i64>(6)?.unsigned_abs(),
        generation: row.get(7)?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn entry(name: &str, seconds: i64, outcome: Outcome) -> Entry {
        Entry {
            at: Timestamp::UNIX_EPOCH + seconds.seconds(),
            who: Some((format!("cmap_{name}"), name.to_owned())),
            what: "GET /staff/gaps".to_owned(),
            outcome,
            detail: None,
            times: 1,
            generation: Some("0123456789abcdef".to_owned()),
        }
    }

    #[test]
    fn rows_come_back_as_they_were_written_the_latest_first_and_by_every_filter() {
        let store = Store::in_memory().unwrap();
        let nobody = Entry { who: None, detail: Some("x".to_owned()), times: 7, ..entry("", 3, Outcome::WrongToken) };
        let all = [entry("Ann", 1, Outcome::Done), entry("Bob", 2, Outcome::NotPermitted), nobody];
        all.iter().for_each(|entry| store.note(entry).unwrap());
        let found = |filter| store.audit(&filter).unwrap().iter().map(|entry| entry.at.as_second()).collect::<Vec<_>>();
        let [ann, bob, nobody] = &all;
        assert_eq!(store.audit(&Filter::default()).unwrap(), [nobody.clone(), bob.clone(), ann.clone()]);
        assert_eq!(found(Filter { limit: Some(1), ..Filter::default() }), [3]);
        assert_eq!(found(Filter { since: Some(bob.at), ..Filter::default() }), [3, 2]);
        for who in ["Ann", "cmap_Ann"] {
            assert_eq!(found(Filter { who: Some(who.to_owned()), ..Filter::default() }), [1]);
        }
        assert_eq!(found(Filter { outcome: Some(Outcome::NotPermitted), ..Filter::default() }), [2]);
        let both = Filter { what: Some("/staff/g".to_owned()), who: Some("Bob".to_owned()), ..Filter::default() };
        assert_eq!(found(both), [2]);
    }
}
