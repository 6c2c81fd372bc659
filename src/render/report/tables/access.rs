//! Who may use the staff area, and who did.

use jiff::{Timestamp, civil::Date};

use super::super::{Cell, Column, Report, Table};
use crate::render::{status::moment, words::count};

/// A token for people to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenLine<'a> {
    /// What it begins with.
    pub id: &'a str,
    /// Whose it is, or what it is for.
    pub name: &'a str,
    /// What it is good for.
    pub scopes: Vec<&'static str>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
    /// Whether it is valid now.
    pub is_valid: bool,
}

/// A row of the audit log for people to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine<'a> {
    /// When.
    pub at: Timestamp,
    /// The id of the token and its name.
    pub who: Option<(&'a str, &'a str)>,
    /// A method and an address, or a command.
    pub what: &'a str,
    /// What came of it.
    pub outcome: &'static str,
    /// What more was kept.
    pub detail: Option<&'a str>,
    /// How often.
    pub times: u64,
    /// The data.
    pub generation: Option<&'a str>,
}

/// The tokens that there are.
pub fn tokens(tokens: &[TokenLine<'_>], today: Date) -> Report {
    let valid = tokens.iter().filter(|token| token.is_valid).count();
    let columns = vec![
        Column::brief("token", "Token"),
        Column::brief("name", "Name"),
        Column::brief("scopes", "Scopes"),
        Column::full("created_at", "Made"),
        Column::brief("expires_at", "Expires"),
        Column::full("revoked_at", "Revoked"),
        Column::brief("state", "State"),
    ];
    let state = |token: &TokenLine<'_>| match (token.is_valid, token.revoked_at) {
        (true, _) => "valid",
        (false, Some(_)) => "revoked",
        (false, None) => "expired",
    };
    let row = |token: &TokenLine<'_>| {
        vec![
            Cell::text(token.id),
            Cell::text(token.name),
            Cell::List(token.scopes.iter().map(ToString::to_string).collect()),
            Cell::text(moment(token.created_at)),
            Cell::text(moment(token.expires_at)),
            Cell::maybe(token.revoked_at.map(moment)),
            Cell::text(state(token)),
        ]
    };
    let rows = tokens.iter().map(row).collect();
    Report {
        name: "tokens",
        title: "Tokens".to_owned(),
        summary: vec![format!("{}, {valid} of them valid.", count(tokens.len(), "token", "tokens"))],
        as_of: today,
        facts: Vec::new(),
        tables: vec![Table { name: "tokens", title: "Tokens, the newest first", columns, rows, shapes: Vec::new() }],
    }
}

/// The audit log.
pub fn audit(lines: &[AuditLine<'_>], today: Date) -> Report {
    let columns = vec![
        Column::brief("at", "When"),
        Column::full("token", "Token"),
        Column::brief("name", "Who"),
        Column::brief("what", "What"),
        Column::brief("outcome", "Outcome"),
        Column::brief("detail", "Detail"),
        Column::full("times", "Times"),
        Column::full("generation", "Data"),
    ];
    let row = |line: &AuditLine<'_>| {
        vec![
            Cell::text(moment(line.at)),
            Cell::maybe(line.who.map(|(id, _)| id)),
            Cell::maybe(line.who.map(|(_, name)| name)),
            Cell::text(line.what),
            Cell::text(line.outcome),
            Cell::maybe(line.detail),
            Cell::Count(line.times),
            Cell::maybe(line.generation),
        ]
    };
    let rows = lines.iter().map(row).collect();
    Report {
        name: "audit",
        title: "Audit log".to_owned(),
        summary: vec![format!("{}, the latest first.", count(lines.len(), "entry", "entries"))],
        as_of: today,
        facts: Vec::new(),
        tables: vec![Table { name: "audit", title: "Who did what", columns, rows, shapes: Vec::new() }],
    }
}
