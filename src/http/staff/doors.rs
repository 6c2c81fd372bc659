//! Where browsers sign in and out.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    Desk,
    access::{self, COOKIE, keep_private},
};
use crate::{
    http::{
        App, body,
        maps::aside,
        query::Parameters,
        reply::{Form, Keep, reply},
    },
    render::{
        Failure, NoAccess, html,
        links::{self, Way},
    },
    store::{Broken, Entry, Outcome, SESSION_HOURS, Secret, Token},
};

/// How many bytes of the form are read.
const LONGEST_FORM: usize = 4096;

/// The page on which one signs in; where somebody was refused, it says why.
pub fn sign_in_page(app: &App, refused: Option<&Failure>, to: Option<&str>) -> Response {
    let current = app.current();
    let site = current.site(app.today(&current), Way::default(), links::SIGN_IN);
    let page = html::sign_in(refused, safe(to.unwrap_or_default()), &site).render(&site).into_string();
    let status = refused.map_or(200, Failure::status);
    let mut response = reply(StatusCode::from_u16(status).unwrap_or(StatusCode::UNAUTHORIZED), Form::Html, Keep::Never, page);
    if let Some(Failure::NoAccess(why)) = refused
        && let Some(challenge) = why.challenge().and_then(|text| HeaderValue::try_from(text).ok())
    {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    keep_private(&mut response);
    response
}

/// An address of the staff area to go on to; anything else leads to its first page.
fn safe(to: &str) -> &str {
    let is_own = to == links::STAFF || to.strip_prefix(links::STAFF).is_some_and(|rest| rest.starts_with(['/', '?']));
    let is_plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_own && is_plain && !to.starts_with(links::SIGN_IN) { to } else { links::STAFF }
}

/// The page on which one signs in.
pub async fn sign_in_form(State(app): State<Arc<App>>) -> Response {
    sign_in_page(&app, None, None)
}

/// Signs a browser in.
pub async fn sign_in(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    let bytes = body::read(&headers, body, LONGEST_FORM).await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Failure::BadEncoding { parameter: "body".to_owned() })?;
    let form = Parameters::read(Some(text))?;
    let (shown, to) = (form.first("token").unwrap_or_default(), form.first("to"));
    match aside(|| signed_in(&app, shown)) {
        Ok(session) => Ok(leading(safe(to.unwrap_or_default()), &cookie(session.reveal(), SESSION_HOURS * 3600))),
        Err(Failure::NoAccess(why)) if !matches!(why, NoAccess::Closed | NoAccess::Unavailable) => {
            Ok(sign_in_page(&app, Some(&Failure::NoAccess(why)), to))
        }
        Err(failure) => Err(failure),
    }
}

fn signed_in(app: &App, shown: &str) -> Result<Secret, Failure> {
    let store = access::store(app).map_err(Failure::NoAccess)?;
    let now = app.now();
    if !store.has_valid_token(now).map_err(broken)? {
        return Err(Failure::NoAccess(NoAccess::Closed));
    }
    let entry = |token: Option<&Token>, outcome| Entry {
        at: now,
        who: token.map(|token| (token.id.clone(), token.name.clone())),
        what: format!("POST {}", links::SIGN_IN),
        outcome,
        detail: None,
        times: 1,
        generation: Some(app.current().snapshot.generation().to_string()),
    };
    match store.token_of(shown, now).map_err(broken)? {
        Ok(token) => {
            let session = store.open_session(&token, now).map_err(broken)?;
            store.note(&entry(Some(&token), Outcome::Done)).map_err(broken)?;
            Ok(session)
        }
        Err(refused) => {
            let (why, token) = access::refusal(refused);
            let wait = access::outcome(&why).and_then(|outcome| app.desk()?.refused(entry(token.as_deref(), outcome)));
            Err(wait.map_or(Failure::NoAccess(why), Failure::TooManyRequests))
        }
    }
}

/// Signs a browser out.
pub async fn sign_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    if let (Some(session), Some(store)) = (access::session(&headers), app.desk().and_then(Desk::store)) {
        aside(|| store.close_session(session)).map_err(broken)?;
    }
    Ok(leading(links::SIGN_IN, &cookie("", 0)))
}

fn broken(error: Broken) -> Failure {
    tracing::error!(%error, "the state cannot be used; the staff area is closed");
    Failure::NoAccess(NoAccess::Unavailable)
}

/// The cookie of a session: no script reads it, no other site's request carries it.
fn cookie(value: &str, seconds: i64) -> String {
    format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict")
}

fn leading(to: &str, cookie: &str) -> Response {
    let mut response = reply(StatusCode::SEE_OTHER, Form::Text, Keep::Never, "").into_response();
    for (name, value) in [(header::LOCATION, to), (header::SET_COOKIE, cookie)] {
        response.headers_mut().extend(HeaderValue::from_str(value).map(|value| (name, value)));
    }
    keep_private(&mut response);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_pages_of_the_staff_area_alone() {
        for own in ["/staff", "/staff/gaps?state=OR&across_states=true", "/staff?x=1"] {
            assert_eq!(safe(own), own);
        }
        for foreign in
            ["", "/", "//evil.example", "/staff.evil", "/staffx", "https://evil.example/staff", "/staff/\\evil", "/staff/\n"]
        {
            assert_eq!(safe(foreign), "/staff", "{foreign:?}");
        }
    }
}
