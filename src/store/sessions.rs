use jiff::{Timestamp, ToSpan};
use rusqlite::{OptionalExtension, params};

use super::{
    Broken, Refused, Secret, Store, Token,
    secret::hash,
    tokens::{COLUMNS, read},
};

/// How long a browser stays signed in at most.
pub const SESSION_HOURS: i64 = 12;

impl Store {
    /// Signs a browser in for the holder of a token; the session ends with the token.
    ///
    /// # Errors
    /// When the state cannot be written, or there is no randomness.
    pub fn open_session(&self, token: &Token, now: Timestamp) -> Result<Secret, Broken> {
        let secret = Secret::new("")?;
        let ends = now.checked_add(SESSION_HOURS.hours()).unwrap_or(token.expires_at).min(token.expires_at);
        let connection = self.connection();
        connection.execute("DELETE FROM sessions WHERE expires_at <= ?1", [now.as_second()])?;
        connection.execute(
            "INSERT INTO sessions (hash, token, expires_at) VALUES (?1, ?2, ?3)",
            params![hash(secret.reveal()), token.id, ends.as_second()],
        )?;
        Ok(secret)
    }

    /// The token behind a session that a browser showed.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn session(&self, shown: &str, now: Timestamp) -> Result<Result<Token, Refused>, Broken> {
        let connection = self.connection();
        // Found by the hash of a long random number: what its comparison could tell is worth nothing.
        let mut known = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM sessions JOIN tokens ON tokens.id = token WHERE sessions.hash = ?1 AND sessions.expires_at > ?2"
        ))?;
        let token = known.query_row(params![hash(shown), now.as_second()], read).optional()?;
        Ok(token.ok_or(Refused::Unknown).and_then(|token| token.valid(now)))
    }

    /// Signs a browser out.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn close_session(&self, shown: &str) -> Result<(), Broken> {
        self.connection().execute("DELETE FROM sessions WHERE hash = ?1", params![hash(shown)])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Permission;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn a_session_ends_by_signing_out_by_time_with_its_token_and_when_that_is_revoked() {
        let store = Store::in_memory().unwrap();
        let (token, _) = store.new_token("Ann", &[Permission::Reports], NOW + 24.hours(), NOW).unwrap();
        let (short, _) = store.new_token("Bob", &[Permission::Reports], NOW + 1.hour(), NOW).unwrap();
        let open = |token| store.open_session(token, NOW).unwrap();
        let is_open = |session: &Secret, at| store.session(session.reveal(), at).unwrap().is_ok();
        let (one, other, brief) = (open(&token), open(&token), open(&short));
        assert!(is_open(&one, NOW) && is_open(&one, NOW + 11.hours()) && !is_open(&one, NOW + SESSION_HOURS.hours()));
        assert!(!is_open(&brief, NOW + 1.hour()));
        store.close_session(one.reveal()).unwrap();
        assert!(!is_open(&one, NOW) && is_open(&other, NOW));
        store.revoke(&token.id, NOW).unwrap();
        assert!(!is_open(&other, NOW));
    }
}
