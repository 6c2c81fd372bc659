//! Who may use the staff area, and who did.

use jiff::{Timestamp, civil::Date};

use super::super::{
    Cell, Report,
    plan::{ColumnPlan, Columns, Kind, ReportPlan, TablePlan},
};
use crate::render::{schema, status::moment, words::count};

/// The report of tokens.
pub static TOKENS: ReportPlan = ReportPlan {
    name: "tokens",
    schema: "TokensReport",
    about: "The tokens that there are; the tokens themselves are nowhere",
    facts: &[],
    tables: &[&TOKEN_ROWS],
};

static TOKEN_ROWS: TablePlan = TablePlan {
    name: "tokens",
    title: "Tokens, the newest first",
    row: "Token",
    about: "A token",
    columns: &[Columns::Plain(&[
        ColumnPlan::brief("token", "Token", Kind::Text, "What it begins with", "cmap_1a2b3c4d"),
        ColumnPlan::brief("name", "Name", Kind::Text, "Whose it is, or what it is for", "Ann"),
        ColumnPlan::brief("scopes", "Scopes", Kind::Texts, "What it is good for", "reports|batch"),
        ColumnPlan::full("created_at", "Made", Kind::Moment, "When it was made", "2026-11-21T09:30:00Z"),
        ColumnPlan::brief("expires_at", "Expires", Kind::Moment, "When it ends", "2027-11-21T09:30:00Z"),
        ColumnPlan::full("revoked_at", "Revoked", Kind::Moment, "When it was revoked", "2027-01-15T12:00:00Z")
            .or_none("where it was not"),
        ColumnPlan::brief("state", "State", Kind::Word(schema::token_state), "Whether it is valid", "valid"),
    ])],
    places: false,
    id: Some("token"),
};

/// The audit log.
pub static AUDIT: ReportPlan = ReportPlan {
    name: "audit",
    schema: "AuditReport",
    about: "Who did what in the staff area, and who tried, the latest first",
    facts: &[],
    tables: &[&ENTRIES],
};

static ENTRIES: TablePlan = TablePlan {
    name: "audit",
    title: "Who did what",
    row: "AuditEntry",
    about: "Something that was done or tried",
    columns: &[Columns::Plain(&[
        ColumnPlan::brief("at", "When", Kind::Moment, "When", "2026-11-21T09:30:00Z"),
        ColumnPlan::full("token", "Token", Kind::Text, "What the token begins with", "cmap_1a2b3c4d")
            .or_none("where no known token was shown"),
        ColumnPlan::brief("name", "Who", Kind::Text, "Whose token it is", "Ann").or_none("where no known token was shown"),
        ColumnPlan::brief("what", "What", Kind::Text, "A method and an address, or a command", "GET /api/v1/upcoming"),
        ColumnPlan::brief("outcome", "Outcome", Kind::Word(schema::outcome), "What came of it", "done"),
        ColumnPlan::brief("detail", "Detail", Kind::Text, "What more was kept", "days=365").or_none("where nothing was"),
        ColumnPlan::full("times", "Times", Kind::Count, "How often, where many were counted together", "1"),
        ColumnPlan::full("generation", "Data", Kind::Text, "The data that was served then", "0a1b2c3d4e5f6071")
            .or_none("where no service was asked"),
    ])],
    places: false,
    id: None,
};

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
        plan: &TOKENS,
        title: "Tokens".to_owned(),
        summary: vec![format!("{}, {valid} of them valid.", count(tokens.len(), "token", "tokens"))],
        as_of: today,
        facts: Vec::new(),
        tables: vec![TOKEN_ROWS.of(&[], rows)],
    }
}

/// The audit log.
pub fn audit(lines: &[AuditLine<'_>], today: Date) -> Report {
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
        plan: &AUDIT,
        title: "Audit log".to_owned(),
        summary: vec![format!("{}, the latest first.", count(lines.len(), "entry", "entries"))],
        as_of: today,
        facts: Vec::new(),
        tables: vec![ENTRIES.of(&[], rows)],
    }
}
