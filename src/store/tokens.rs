use std::{fmt, str::FromStr};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use subtle::ConstantTimeEq;

use super::{
    Broken, Secret, Store,
    secret::{digits, hash, random},
};
use crate::render::report::tables::TokenLine;

/// What all tokens begin with, so that people and scanners of leaked secrets recognise them.
const BEGINNING: &str = "cmap_";

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Read reports, applicants by name, notes, and why an answer is what it is.
    Reports,
    /// Have tables of questions answered.
    Batch,
    /// Try changes of the assignments.
    WhatIf,
    /// Read how often open places were asked about.
    Demand,
    /// Read who used what.
    Audit,
}

/// There is no such permission.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown scope (got {0:?}); scopes are reports, batch, what-if, demand, audit, or all")]
pub struct UnknownPermission(String);

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it begins with: enough to recognise it by.
    pub id: String,
    /// Whose it is, or what it is for.
    pub name: String,
    /// What it is good for, in order.
    pub permissions: Vec<Permission>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
}

/// Why nobody is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such token or session.
    Unknown,
    /// Its time is over. The token is named because who showed it had its secret.
    Expired(Box<Token>),
    /// It was revoked.
    Revoked(Box<Token>),
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Reports, Self::Batch, Self::WhatIf, Self::Demand, Self::Audit];

    /// Its name on the command line and in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Batch => "batch",
            Self::WhatIf => "what-if",
            Self::Demand => "demand",
            Self::Audit => "audit",
        }
    }

    /// Reads a list of names parted by commas; `all` stands for all of them.
    ///
    /// # Errors
    /// When there is no permission of a name.
    pub fn list(text: &str) -> Result<Vec<Self>, UnknownPermission> {
        let mut all = Vec::new();
        for name in text.split(',').map(str::trim) {
            if name == "all" {
                all.extend(Self::ALL);
            } else {
                all.push(name.parse()?);
            }
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(text: &str) -> Result<Self, UnknownPermission> {
        Self::ALL.into_iter().find(|each| each.name() == text).ok_or_else(|| UnknownPermission(text.to_owned()))
    }
}

impl Token {
    /// Whether some text may be a token: such text must not be logged or repeated.
    pub fn is_like(text: &str) -> bool {
        text.contains(BEGINNING)
    }

    /// Whether it is good for something.
    pub fn permits(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// Whether it is valid at a moment.
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// It for people to look at.
    pub fn line(&self, now: Timestamp) -> TokenLine<'_> {
        TokenLine {
            id: &self.id,
            name: &self.name,
            scopes: self.permissions.iter().map(|each| each.name()).collect(),
            created_at: self.created_at,
            expires_at: self.expires_at,
            revoked_at: self.revoked_at,
            is_valid: self.is_valid(now),
        }
    }

    pub(super) fn valid(self, now: Timestamp) -> Result<Self, Refused> {
        match self {
            revoked if revoked.revoked_at.is_some() => Err(Refused::Revoked(revoked.into())),
            expired if now >= expired.expires_at => Err(Refused::Expired(expired.into())),
            valid => Ok(valid),
        }
    }
}

/// The columns of a token.
pub(super) const COLUMNS: &str = "tokens.id, tokens.name, scopes, created_at, tokens.expires_at, revoked_at";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Token> {
    let scopes: String = row.get(2)?;
    Ok(Token {
        id: row.get(0)?,
        name: row.get(1)?,
        permissions: Permission::list(&scopes).unwrap_or_default(),
        created_at: moment(row.get(3)?),
        expires_at: moment(row.get(4)?),
        revoked_at: row.get::<_, Option<i64>>(5)?.map(moment),
    })
}

/// A moment as it is stored; one beyond the calendar is none that has come.
pub(super) fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

impl Store {
    /// Makes a token. Its secret is known here and now alone.
    ///
    /// # Errors
    /// When the state cannot be written, or there is no randomness.
    pub fn new_token(
        &self,
        name: &str,
        permissions: &[Permission],
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<(Token, Secret), Broken> {
        let id = format!("{BEGINNING}{}", digits(&random::<4>()?));
        let secret = Secret::new(&format!("{id}_"))?;
        let scopes: Vec<_> = permissions.iter().map(|each| each.name()).collect();
        self.connection().execute(
            "INSERT INTO tokens (id, name, hash, scopes, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, name, hash(secret.reveal()), scopes.join(","), now.as_second(), expires_at.as_second()],
        )?;
        let permissions = permissions.to_vec();
        Ok((Token { id, name: name.to_owned(), permissions, created_at: now, expires_at, revoked_at: None }, secret))
    }

    /// All tokens, the newest first.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn tokens(&self) -> Result<Vec<Token>, Broken> {
        let connection = self.connection();
        let mut all = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM tokens ORDER BY created_at DESC, id"))?;
        let tokens = all.query_map([], read)?.collect::<Result<_, _>>()?;
        Ok(tokens)
    }

    /// Whether any token is valid: without one nobody can come in.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn has_valid_token(&self, now: Timestamp) -> Result<bool, Broken> {
        let connection = self.connection();
        let mut any =
            connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM tokens WHERE revoked_at IS NULL AND expires_at > ?1)")?;
        Ok(any.query_row([now.as_second()], |row| row.get(0))?)
    }

    /// Revokes the token of an id, from now on and in every process; `None` where there is none that is not revoked yet.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn revoke(&self, id: &str, now: Timestamp) -> Result<Option<Token>, Broken> {
        let connection = self.connection();
        let mut revoked = connection.prepare_cached(&format!(
            "UPDATE tokens SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL RETURNING {}",
            COLUMNS.replace("tokens.", "")
        ))?;
        let token = revoked.query_row(params![id, now.as_second()], read).optional()?;
        connection.execute("DELETE FROM sessions WHERE token = ?1", [id])?;
        Ok(token)
    }

    /// The token of a secret that somebody showed. It takes the same steps whether or not there is such a token, and
    /// the hash is compared in constant time.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn token_of(&self, shown: &str, now: Timestamp) -> Result<Result<Token, Refused>, Broken> {
        let id = shown.rsplit_once('_').map_or("", |(id, _)| id);
        let connection = self.connection();
        let mut known = connection.prepare_cached(&format!("SELECT {COLUMNS}, hash FROM tokens WHERE id = ?1"))?;
        let found = known.query_row([id], |row| Ok((read(row)?, row.get::<_, [u8; 32]>(6)?))).optional()?;
        let (token, stored) = found.map_or((None, [0; 32]), |(token, stored)| (Some(token), stored));
        let is_right = bool::from(hash(shown).ct_eq(&stored));
        Ok(token.filter(|_| is_right).ok_or(Refused::Unknown).and_then(|token| token.valid(now)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn one_hour() -> Timestamp {
        NOW + 1.hour()
    }

    #[test]
    fn a_token_is_known_by_its_secret_alone_and_only_while_it_is_valid() {
        let store = Store::in_memory().unwrap();
        let (token, secret) = store.new_token("Ann", &[Permission::Reports], one_hour(), NOW).unwrap();
        assert_eq!(store.token_of(secret.reveal(), NOW).unwrap(), Ok(token.clone()));
        assert_eq!(store.token_of(secret.reveal(), one_hour()).unwrap(), Err(Refused::Expired(token.clone().into())));
        let other = format!("{}_{}", token.id, "0".repeat(48));
        for wrong in ["", "cmap_", &token.id, &other, &secret.reveal()[..secret.reveal().len() - 1]] {
            assert_eq!(store.token_of(wrong, NOW).unwrap(), Err(Refused::Unknown), "{wrong}");
        }
        assert_eq!(store.revoke(&token.id, NOW).unwrap().unwrap().id, token.id);
        assert!(matches!(store.token_of(secret.reveal(), NOW).unwrap(), Err(Refused::Revoked(_))));
        assert_eq!(store.revoke(&token.id, NOW).unwrap(), None, "once is enough");
    }

    #[test]
    fn nothing_that_is_stored_or_printed_holds_the_secret() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let (token, secret) = store.new_token("Ann", &Permission::ALL, one_hour(), NOW).unwrap();
        let random = secret.reveal().rsplit_once('_').unwrap().1;
        assert!(!format!("{token:?} {secret:?} {store:?}").contains(random));
        drop(store);
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(random.len()).any(|window| window == random.as_bytes()));
        }
    }

    #[test]
    fn only_the_owner_may_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open(folder.path()).unwrap());
        let mode = std::fs::metadata(folder.path().join(super::super::FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn permissions_are_named_listed_and_sorted() {
        assert_eq!(Permission::list("batch, reports,batch"), Ok(vec![Permission::Reports, Permission::Batch]));
        assert_eq!(Permission::list("all"), Ok(Permission::ALL.to_vec()));
        assert!(Permission::list("root").unwrap_err().to_string().contains("scopes are reports"));
        assert!(Permission::list("").is_err());
    }
}
