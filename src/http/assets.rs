use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use sha2::{Digest, Sha256};

use super::{
    App,
    reply::{Form, Keep, reply},
};
use crate::render::{Failure, svg::paint};

/// Where the icon is.
pub const ICON_PATH: &str = "/static/icon.svg";

const ICON: &str = include_str!("../../static/icon.svg");
const STYLE: &str = concat!(include_str!("../../static/site.css"), include_str!("../../static/map.css"));

/// The stylesheet in the colours of a program, at an address that changes with it.
#[derive(Clone, Debug)]
pub struct Stylesheet {
    /// Its address.
    pub path: String,
    /// A hash of its text.
    pub hash: String,
    text: String,
}

impl Stylesheet {
    /// The stylesheet for a theme; colours that are not written as `#rrggbb` or `#rgb` are left out.
    pub fn new(theme: &BTreeMap<Arc<str>, Arc<str>>) -> Self {
        let colours = theme.iter().filter(|(name, value)| is_name(name) && is_colour(value));
        let rules: String = colours.map(|(name, value)| format!("--{name}:{value};")).collect();
        let text = format!(":root{{{rules}}}\n@media(prefers-color-scheme:dark){{:root{{{}}}}}\n{STYLE}", dark_map());
        let digest = Sha256::digest(text.as_bytes());
        let hash: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { path: format!("/static/site.{hash}.css"), hash, text }
    }
}

/// The colours of maps on dark pages; on light ones, maps bring their own.
fn dark_map() -> String {
    paint::ALL.iter().map(|paint| format!("--map-{}:{};", paint.name, paint.dark)).collect()
}

fn is_name(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !name.is_empty()
}

fn is_colour(value: &str) -> bool {
    let digits = value.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A file beside the pages; a stylesheet of an earlier generation is answered with the present one.
pub async fn asset(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Failure> {
    let stylesheet = &app.current().stylesheet;
    match name.as_str() {
        "icon.svg" => Ok(reply(StatusCode::OK, Form::Svg, Keep::Page, ICON)),
        _ if stylesheet.path.ends_with(&format!("/{name}")) => {
            Ok(reply(StatusCode::OK, Form::Css, Keep::Forever, stylesheet.text.clone()))
        }
        _ if name.starts_with("site.") && name.ends_with(".css") => {
            Ok(reply(StatusCode::OK, Form::Css, Keep::Never, stylesheet.text.clone()))
        }
        _ => Err(Failure::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_get_into_the_stylesheet() {
        let theme = [("accent", "#00767c"), ("ink", "red;}body{display:none"), ("x}", "#fff")];
        let theme = theme.map(|(name, value)| (name.into(), value.into())).into();
        let sheet = Stylesheet::new(&theme);
        assert!(sheet.text.starts_with(":root{--accent:#00767c;}\n"), "{}", &sheet.text[..60]);
    }
}
