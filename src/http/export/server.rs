use std::path::Path;

use axum::http::{HeaderMap, HeaderValue, header};

use crate::{
    http::{App, reply::Keep},
    render::{
        Failure, Language,
        html::{self, Search},
        links::{self, Way},
    },
};

const NGINX: &str = include_str!("../../../static/export/nginx.conf");

/// The pages that say that there is nothing at an address, one in each language, with their paths.
pub fn pages_of_absence(app: &App) -> Vec<(String, String)> {
    let current = app.current();
    let page = |language: Language| {
        let site = current.site(app.today(&current), Way { language, ..Way::default() }, links::HOME);
        html::failure(&Failure::NotFound, &Search::default(), links::HOME, &site).render(&site).into_string()
    };
    Language::all()
        .map(|language| (format!("{}/404.html", language.prefix()).trim_start_matches('/').to_owned(), page(language)))
        .collect()
}

/// How nginx serves the files below a root as the service would.
pub fn nginx(app: &App, root: &Path) -> String {
    let policy = |framed, styled| {
        let mut headers = HeaderMap::new();
        app.policy().put(&mut headers, framed, styled, false);
        text(headers.get(header::CONTENT_SECURITY_POLICY))
    };
    let further: Vec<_> = Language::all().filter(|language| *language != Language::default()).map(Language::tag).collect();
    let absence = further.iter().map(|tag| {
        format!("    location /{tag}/ {{\n        error_page 404 /{tag}/404.html;\n        try_files $uri $uri/index.html =404;\n    }}\n")
    });
    let values = [
        ("@LANGUAGES@", format!("(?:{})", further.join("|"))),
        ("@FRAME@", policy(true, false)),
        ("@PICTURE@", policy(false, true)),
        ("@PAGE@", policy(false, false)),
        ("@FOREVER@", text(Some(&Keep::Forever.header()))),
        ("@PAGES@", text(Some(&Keep::Page.header()))),
        ("@OTHER_LANGUAGES@", absence.collect()),
        ("@REDIRECTS@", redirects(app)),
        ("@ROOT@", quoted(&root.display().to_string())),
    ];
    values.into_iter().fold(NGINX.to_owned(), |text, (name, value)| text.replace(name, &value))
}

fn text(value: Option<&HeaderValue>) -> String {
    value.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Where addresses of earlier sites lead; the longer ones first, as the service takes them.
fn redirects(app: &App) -> String {
    let current = app.current();
    let mut all: Vec<_> =
        current.snapshot.info().redirects.iter().filter(|old| is_plain(&old.from) && is_plain(&old.to)).collect();
    all.sort_by_key(|old| (std::cmp::Reverse(old.from.len()), old.from.clone()));
    if all.is_empty() {
        return String::new();
    }
    let rule = |from: &str, to: &str| match from.strip_suffix('*') {
        Some(above) => format!("    location ^~ {above} {{ return 301 {to}; }}\n"),
        None => format!("    location = {from} {{ return 301 {to}; }}\n"),
    };
    let rules: String = all.iter().map(|old| rule(&old.from, &old.to)).collect();
    format!("\n    # Addresses of earlier sites.\n{rules}")
}

/// Whether nginx takes a text as it is: no blank, quote, brace, semicolon or variable.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~:?#&=%+@*".contains(&byte))
}

/// A path as a word of nginx's.
fn quoted(path: &str) -> String {
    if is_plain(path) { path.to_owned() } else { format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\"")) }
}
