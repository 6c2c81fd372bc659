use rusqlite::{Connection, TransactionBehavior};

use super::Broken;

/// What brings the tables from one version to the next; a step that has been published never changes.
const STEPS: [&str; 1] = [FIRST];

/// Moments are seconds since 1970, UTC. Whoever writes the audit log by whatever program can only add to it.
const FIRST: &str = "
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    hash BLOB NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE TABLE sessions (
    hash BLOB PRIMARY KEY,
    token TEXT NOT NULL REFERENCES tokens (id),
    expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    token TEXT,
    name TEXT,
    what TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT,
    times INTEGER NOT NULL DEFAULT 1,
    generation TEXT
) STRICT;
CREATE INDEX audit_by_day ON audit (at);
CREATE TRIGGER audit_rows_stay BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_rows_do_not_change BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_rows_are_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TABLE demand (
    day TEXT NOT NULL,
    county TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (day, county)
) STRICT, WITHOUT ROWID;
";

/// Makes the tables, or brings them up to date; two processes that start together do it one after the other.
pub fn prepare(connection: &mut Connection) -> Result<(), Broken> {
    let known = STEPS.len() as u32;
    let is = |connection: &Connection| connection.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0));
    // Read alone: a folder that cannot be written to can still be read from where all is up to date.
    if is(connection)? != known {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let got = is(&step)?;
        if got > known {
            return Err(Broken::Newer { got, known });
        }
        for missing in &STEPS[got as usize..] {
            step.execute_batch(missing)?;
        }
        step.pragma_update(None, "user_version", known)?;
        step.commit()?;
    }
    // A token that was revoked stays revoked, and what was noted stays noted, on a machine that loses its power, too.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_a_newer_version_are_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        let refused = prepare(&mut connection).unwrap_err().to_string();
        assert!(refused.contains("got schema 99"), "{refused}");
    }

    #[test]
    fn each_write_is_on_the_disk_before_it_counts_as_done() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            let mut connection = Connection::open(folder.path().join("state")).unwrap();
            prepare(&mut connection).unwrap();
            let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
            assert_eq!(pragma("synchronous").unwrap(), rusqlite::types::Value::Integer(2), "FULL");
            assert_eq!(pragma("journal_mode").unwrap(), rusqlite::types::Value::Text("wal".to_owned()));
        }
    }

    #[test]
    fn rows_of_the_audit_log_stay_as_they_are() {
        let mut connection = Connection::open_in_memory().unwrap();
        prepare(&mut connection).unwrap();
        connection.execute_batch("INSERT INTO audit (at, what, outcome) VALUES (1, 'GET /staff', 'done')").unwrap();
        for change in [
            "DELETE FROM audit",
            "UPDATE audit SET what = 'x'",
            "REPLACE INTO audit (id, at, what, outcome) VALUES (1, 1, 'x', 'x')",
            "INSERT OR REPLACE INTO audit (id, at, what, outcome) VALUES (1, 1, 'x', 'x')",
        ] {
            let refused = connection.execute_batch(change).unwrap_err().to_string();
            assert!(refused.contains("append-only"), "{change}: {refused}");
        }
    }
}
