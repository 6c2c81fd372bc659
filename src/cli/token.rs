use clap::Subcommand;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

use super::{Common, Format, Outcome, Trouble, load, outcome::say};
use crate::{
    clock::Clock,
    render::{
        report::{Form, tables},
        status::moment,
    },
    store::{self, Entry, Permission, Store, Token},
};

/// How long a token is valid where nothing is said.
const USUAL_DAYS: i64 = 90;

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a token; it is shown once
    New {
        /// Whose it is, or what it is for
        #[arg(long)]
        name: String,
        /// What it is good for: reports, batch, what-if, demand, audit, parted by commas, or all
        #[arg(long, value_name = "SCOPES", default_value = "reports,batch,what-if,demand")]
        scope: String,
        /// The last day on which it is valid, UTC [default: in 90 days]
        #[arg(long, value_name = "DATE", value_parser = super::day)]
        expires: Option<Date>,
    },
    /// List all tokens, without what is secret
    List,
    /// End a token at once, in a running service, too
    Revoke {
        /// What it begins with, such as cmap_1a2b3c4d
        id: String,
    },
}

/// Makes, lists and revokes tokens.
pub fn token(common: &Common, verb: &Verb) -> Result<Outcome, Trouble> {
    let (store, now) = (store(common)?, Clock::system().now());
    match verb {
        Verb::New { name, scope, expires } => new(&store, (name, scope, *expires), common.format, now),
        Verb::List => {
            let tokens = store.tokens()?;
            let lines: Vec<_> = tokens.iter().map(|token| token.line(now)).collect();
            let report = tables::tokens(&lines, Clock::system().today(&TimeZone::UTC));
            let written = form(common.format)?.write(&report, None).map_err(|error| Trouble::Usage(error.to_string()))?;
            say(&String::from_utf8_lossy(&written))?;
            Ok(Outcome::Clean)
        }
        Verb::Revoke { id } => revoke(&store, id, now),
    }
}

/// The state, which must be there.
pub(super) fn store(common: &Common) -> Result<Store, Trouble> {
    let folder = load::state(common)?
        .ok_or_else(|| Trouble::Usage("--state: missing; name the folder that the service has, too".to_owned()))?;
    Ok(Store::open(folder)?)
}

fn new(store: &Store, asked: (&str, &str, Option<Date>), format: Format, now: Timestamp) -> Result<Outcome, Trouble> {
    let (name, scope, last_day) = asked;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err(Trouble::Usage(format!("--name: no name (got {name:?}); names have 1 to 80 characters on one line")));
    }
    let permissions = Permission::list(scope).map_err(|error| Trouble::Usage(format!("--scope: {error}")))?;
    let expires_at = match last_day {
        Some(day) => end_of(day)?,
        None => now.checked_add((USUAL_DAYS * 24).hours()).map_err(|error| Trouble::Usage(error.to_string()))?,
    };
    if expires_at <= now {
        let got = last_day.unwrap_or_default();
        return Err(Trouble::Usage(format!("--expires: the day is over (got {got}); name a day to come")));
    }
    let (token, secret) = store.new_token(name, &permissions, expires_at, now)?;
    store.note(&made(&token, "token new", Some(scopes(&token)), now))?;
    let (scopes, secret) = (scopes(&token).replace(',', ", "), secret.reveal());
    say(&match format {
        Format::Json => {
            format!("{:#}\n", serde_json::json!({ "id": token.id, "token": secret, "expires_at": moment(expires_at) }))
        }
        Format::Text | Format::Csv | Format::Geojson => format!(
            "{secret}\n\n  name     {}\n  scopes   {scopes}\n  expires  {}\n\n\
             It is shown this once. Programs send it as \"Authorization: Bearer {}_…\"; people sign in with it at /staff.\n",
            token.name,
            moment(expires_at),
            token.id,
        ),
    })?;
    Ok(Outcome::Clean)
}

fn scopes(token: &Token) -> String {
    token.permissions.iter().map(|each| each.name()).collect::<Vec<_>>().join(",")
}

/// The form of a table without places.
pub(super) fn form(format: Format) -> Result<Form, Trouble> {
    match format {
        Format::Text => Ok(Form::Text),
        Format::Json => Ok(Form::Json),
        Format::Csv => Ok(Form::Csv),
        Format::Geojson => Err(Trouble::Usage("--format: it is no map; write text, json or csv (got \"geojson\")".to_owned())),
    }
}

fn revoke(store: &Store, id: &str, now: Timestamp) -> Result<Outcome, Trouble> {
    // Who pastes all of a token means the same.
    let id = id.splitn(3, '_').take(2).collect::<Vec<_>>().join("_");
    let Some(token) = store.revoke(&id, now)? else {
        let rule = "token list shows those that there are by their beginnings, and which are revoked already";
        return Err(Trouble::Usage(format!("{id}: no such token that is not revoked; {rule}")));
    };
    store.note(&made(&token, "token revoke", None, now))?;
    say(&format!("{} ({}) is revoked, from now on.\n", token.id, token.name))?;
    Ok(Outcome::Clean)
}

fn made(token: &Token, what: &str, detail: Option<String>, at: Timestamp) -> Entry {
    let who = Some((token.id.clone(), token.name.clone()));
    let (outcome, what) = (store::Outcome::Done, what.to_owned());
    Entry { at, who, what, outcome, detail, times: 1, generation: None }
}

/// The moment at which a day is over.
fn end_of(day: Date) -> Result<Timestamp, Trouble> {
    let over = day.tomorrow().and_then(|next| next.to_zoned(TimeZone::UTC));
    over.map(|moment| moment.timestamp()).map_err(|error| Trouble::Usage(format!("--expires: {error}")))
}

impl From<store::Broken> for Trouble {
    fn from(broken: store::Broken) -> Self {
        Self::Usage(format!("{broken}; --state names a folder that can be written to"))
    }
}
