//! Who may come in: whoever shows a valid token that is good for it. Every use is noted, and every try.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::{Desk, doors};
use crate::{
    http::{App, edge::Private, maps::aside},
    render::{Failure, NoAccess},
    store::{Broken, Entry, Outcome, Permission, Refused, Store, Token},
};

/// The cookie of a session. Browsers take one of this name only over TLS or from the machine itself, for this host alone.
pub const COOKIE: &str = "__Host-coverage-map";

/// Who came in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The token that was shown.
    pub token: Token,
}

/// Tells the audit log more about what was done than its address.
#[derive(Clone, Debug)]
pub struct Noted(pub String);

/// Lets in who shows a token that is good for something, and notes it. Nothing is done that cannot be noted.
pub async fn admitted(State((app, permission)): State<(Arc<App>, Permission)>, mut request: Request, next: Next) -> Response {
    let (what, to) = (what(&request), request.uri().path_and_query().map(ToString::to_string));
    let is_page = !request.uri().path().starts_with("/api/") && *request.method() == Method::GET;
    let entry = |who: Option<&Token>, outcome| Entry {
        at: app.now(),
        who: who.map(|token| (token.id.clone(), token.name.clone())),
        what: what.clone(),
        outcome,
        detail: None,
        times: 1,
        generation: Some(app.current().snapshot.generation().to_string()),
    };
    let token = match aside(|| shown(&app, permission, &request)) {
        Ok(token) => token,
        Err((why, who)) => {
            let wait = outcome(&why).and_then(|outcome| aside(|| app.desk()?.refused(entry(who.as_deref(), outcome))));
            if let Some(seconds) = wait.filter(|_| why == NoAccess::WrongToken) {
                return Failure::TooManyRequests(seconds).into_response();
            }
            let can_sign_in = matches!(why, NoAccess::NoToken | NoAccess::WrongToken | NoAccess::Expired | NoAccess::Revoked);
            let failure = Failure::NoAccess(why);
            return if is_page && can_sign_in {
                doors::sign_in_page(&app, Some(&failure), to.as_deref())
            } else {
                failure.into_response()
            };
        }
    };
    request.extensions_mut().insert(Visitor { token: token.clone() });
    let mut response = next.run(request).await;
    let done =
        if response.status().is_client_error() || response.status().is_server_error() { Outcome::Failed } else { Outcome::Done };
    let detail = response.extensions().get::<Noted>().map(|Noted(detail)| detail.clone());
    let noted =
        aside(|| app.desk().and_then(Desk::store).map(|store| store.note(&Entry { detail, ..entry(Some(&token), done) })));
    if let Some(Err(error)) = noted {
        tracing::error!(%error, "the audit log cannot be written; the staff area is closed");
        return Failure::NoAccess(NoAccess::Unavailable).into_response();
    }
    keep_private(&mut response);
    response
}

/// What was asked for, without what could be secret: the query, and an address that was made up.
fn what(request: &Request) -> String {
    let route = request.extensions().get::<MatchedPath>().map_or("somewhere", MatchedPath::as_str);
    format!("{} {route}", request.method())
}

/// Nobody keeps it, and no other site may read it.
pub fn keep_private(response: &mut Response) {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().remove(header::ETAG);
    response.extensions_mut().insert(Private);
}

/// The token that was shown and is good for something.
fn shown(app: &App, permission: Permission, request: &Request) -> Result<Token, (NoAccess, Option<Box<Token>>)> {
    let nobody = |why| (why, None);
    let address = request.uri().path_and_query().map_or("", |address| address.as_str());
    if Token::is_like(address) || has_token_parameter(request.uri().query().unwrap_or_default()) {
        return Err(nobody(NoAccess::TokenInAddress));
    }
    let broken = |error: Broken| {
        tracing::error!(%error, "the state cannot be read; the staff area is closed");
        nobody(NoAccess::Unavailable)
    };
    let store = store(app).map_err(nobody)?;
    let now = app.now();
    if !store.has_valid_token(now).map_err(broken)? {
        return Err(nobody(NoAccess::Closed));
    }
    let is_api = request.uri().path().starts_with("/api/");
    let found = match (bearer(request.headers()), session(request.headers()).filter(|_| !is_api)) {
        (Some(token), _) => store.token_of(token, now).map_err(broken)?,
        (None, Some(session)) => store.session(session, now).map_err(broken)?,
        (None, None) => return Err(nobody(NoAccess::NoToken)),
    };
    let token = found.map_err(refusal)?;
    if token.permits(permission) { Ok(token) } else { Err((NoAccess::NotPermitted(permission.name()), Some(token.into()))) }
}

/// The state in which tokens are kept.
pub fn store(app: &App) -> Result<&Store, NoAccess> {
    let is_broken = app.desk().is_some_and(|desk| desk.is_broken);
    app.desk().and_then(Desk::store).ok_or(if is_broken { NoAccess::Unavailable } else { NoAccess::Closed })
}

/// Why a token or session is not let in, and whose it is where that is known.
pub fn refusal(refused: Refused) -> (NoAccess, Option<Box<Token>>) {
    match refused {
        Refused::Unknown => (NoAccess::WrongToken, None),
        Refused::Expired(token) => (NoAccess::Expired, Some(token)),
        Refused::Revoked(token) => (NoAccess::Revoked, Some(token)),
    }
}

/// What the audit log says of a refusal; nothing while the area is closed to everybody.
pub fn outcome(why: &NoAccess) -> Option<Outcome> {
    Some(match why {
        NoAccess::NoToken => Outcome::NoToken,
        NoAccess::WrongToken => Outcome::WrongToken,
        NoAccess::Expired => Outcome::Expired,
        NoAccess::Revoked => Outcome::Revoked,
        NoAccess::NotPermitted(_) => Outcome::NotPermitted,
        NoAccess::TokenInAddress => Outcome::TokenInAddress,
        NoAccess::FromAnotherSite => Outcome::FromAnotherSite,
        NoAccess::Closed | NoAccess::Unavailable => return None,
    })
}

/// Whether a query has a parameter that elsewhere is used for tokens.
fn has_token_parameter(query: &str) -> bool {
    let names = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default().to_ascii_lowercase());
    names.into_iter().any(|name| matches!(name.as_str(), "token" | "access_token" | "api_key" | "apikey" | "bearer"))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The session that a browser shows.
pub fn session(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|list| list.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// Refuses what a page of another site makes a browser ask.
pub fn from_this_site(app: &Arc<App>) -> CsrfLayer<impl FnMut(ProtectionError) -> Response + Clone + use<>> {
    let mut layer = CsrfLayer::new();
    // Behind a proxy that changes Host, the address of the site says what is its own.
    if let Some(origin) = app.public_url().map(|url| url.as_str().trim_end_matches('/'))
        && let Ok(trusting) = layer.clone().add_trusted_origin(origin)
    {
        layer = trusting;
    }
    let app = app.clone();
    layer.with_rejection_response(move |_: ProtectionError| {
        let (at, generation) = (app.now(), Some(app.current().snapshot.generation().to_string()));
        let (what, outcome) = ("a form".to_owned(), Outcome::FromAnotherSite);
        aside(|| app.desk().map(|desk| desk.refused(Entry { at, who: None, what, outcome, detail: None, times: 1, generation })));
        let mut response = Failure::NoAccess(NoAccess::FromAnotherSite).into_response();
        *response.status_mut() = StatusCode::FORBIDDEN;
        response
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_and_bearers_are_found_among_others() {
        let headers = HeaderMap::from_iter([
            (header::COOKIE, HeaderValue::from_static("a=b; __Host-coverage-map=abc; c=d")),
            (header::AUTHORIZATION, HeaderValue::from_static("bearer  cmap_1 ")),
        ]);
        assert_eq!((session(&headers), bearer(&headers)), (Some("abc"), Some("cmap_1")));
        let other = HeaderMap::from_iter([
            (header::COOKIE, HeaderValue::from_static("coverage-map=abc")),
            (header::AUTHORIZATION, HeaderValue::from_static("Basic cmap_1")),
        ]);
        assert_eq!((session(&other), bearer(&other)), (None, None));
    }

    #[test]
    fn parameters_for_tokens_are_known_by_name() {
        assert!(has_token_parameter("a=b&Access_Token=x") && has_token_parameter("token"));
        assert!(!has_token_parameter("q=token&tokens=1"));
    }
}
