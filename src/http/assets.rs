use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use sha2::{Digest, Sha256};

use super::{
    App,
    reply::{Form, Keep, reply, tagged},
};
use crate::render::{Failure, svg::paint};

/// Where the icon is.
pub const ICON_PATH: &str = "/static/icon.svg";

const ICON: &str = include_str!("../../static/icon.svg");
const STYLE: &str = concat!(
    include_str!("../../static/site.css"),
    include_str!("../../static/map.css"),
    include_str!("../../static/tools.css"),
    include_str!("../../static/staff.css"),
    include_str!("../../static/print.css")
);
const EMBED_STYLE: &str =
    concat!(include_str!("../../static/map.css"), include_str!("../../static/tools.css"), include_str!("../../static/embed.css"));
/// What pages and embeds share.
const MAP_SCRIPT: &str = concat!(include_str!("../../static/script/place.js"), include_str!("../../static/script/view.js"));
const PAGE_SCRIPT: &str = concat!(
    include_str!("../../static/script/suggest.js"),
    include_str!("../../static/script/locate.js"),
    include_str!("../../static/script/stored.js"),
    include_str!("../../static/script/page.js")
);
const ELEMENT_SCRIPT: &str = concat!(include_str!("../../static/script/zips.js"), include_str!("../../static/script/element.js"));

/// The files beside the pages, in the colours of a program.
#[derive(Clone, Debug)]
pub struct Files {
    /// The style of pages.
    pub stylesheet: File,
    /// What pages gain from JavaScript.
    pub script: File,
    embed_style: File,
    embed_script: File,
}

/// A file at an address that changes with its text.
#[derive(Clone, Debug)]
pub struct File {
    /// Its address.
    pub path: String,
    /// A hash of its text.
    pub hash: String,
    text: String,
}

impl Files {
    /// The files for a theme; colours that are not written as `#rrggbb` or `#rgb` are left out.
    pub fn new(theme: &BTreeMap<Arc<str>, Arc<str>>) -> Self {
        let colours = theme.iter().filter(|(name, value)| is_name(name) && is_colour(value));
        let rules: String = colours.map(|(name, value)| format!("--{name}:{value};")).collect();
        let dark = dark_map();
        let print = format!("@media print{{:is(.partner-map,.map-swatch){{{}}}}}\n", light_map());
        let style = format!(":root{{{rules}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{print}{STYLE}");
        // The page around may set any of them: on .coverage-map after this sheet, or on the element, whatever is said here.
        let own = |all: &str, not_light: &str, only_dark: &str| {
            // Paper is light whatever the screen is.
            format!(
                "{all}{{{rules}}}\n@media screen and (prefers-color-scheme:dark){{{not_light}{{{dark}}}}}\n\
                 @media screen{{{only_dark}{{{dark}}}}}\n"
            )
        };
        let fragment = own(
            ":is(.coverage-map,.map-frame-page)",
            ":is(.coverage-map,.map-frame-page):not([data-theme=light])",
            ":is(.coverage-map,.map-frame-page)[data-theme=dark]",
        );
        let element = own(":host", ":host(:not([theme=light]))", ":host([theme=dark])");
        let embed_style = format!("{fragment}{print}{EMBED_STYLE}");
        let element_style = format!("{element}{print}:host{{display:block}}\n.coverage-map{{all:initial}}\n{EMBED_STYLE}");
        let sheet = serde_json::Value::from(element_style);
        let embed_script = wrapped(&format!("const STYLE = {sheet};\n{MAP_SCRIPT}{ELEMENT_SCRIPT}"));
        Self {
            stylesheet: File::new("site", "css", style),
            script: File::new("map", "js", wrapped(&format!("{MAP_SCRIPT}{PAGE_SCRIPT}"))),
            embed_style: File::new("embed", "css", embed_style),
            embed_script: File::new("embed", "js", embed_script),
        }
    }
}

impl Files {
    /// Where they are.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        [&self.stylesheet.path, &self.script.path].into_iter().map(String::as_str).chain(["/embed.js", "/embed.css", ICON_PATH])
    }
}

impl File {
    fn new(name: &str, extension: &str, text: String) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let hash: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { path: format!("/static/{name}.{hash}.{extension}"), hash, text }
    }
}

/// A script whose names are its own.
fn wrapped(script: &str) -> String {
    format!("(() => {{\n'use strict';\n{script}}})();\n")
}

/// The colours of maps on dark pages; on light ones, maps bring their own.
fn dark_map() -> String {
    paint::ALL.iter().map(|paint| format!("--map-{}:{};", paint.name, paint.dark)).collect()
}

/// The colours of maps on paper, whatever theme was chosen for them.
fn light_map() -> String {
    paint::ALL.iter().map(|paint| format!("--map-{}:{};", paint.name, paint.light)).collect()
}

fn is_name(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !name.is_empty()
}

fn is_colour(value: &str) -> bool {
    let digits = value.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A file beside the pages; one of an earlier generation is answered with the present one, which nobody keeps.
pub async fn asset(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Failure> {
    let files = &app.current().files;
    let kinds = [("site.", ".css", Form::Css, &files.stylesheet), ("map.", ".js", Form::Script, &files.script)];
    let known = kinds.into_iter().find(|(start, end, ..)| name.starts_with(start) && name.ends_with(end));
    match known {
        Some((_, _, form, file)) => {
            let keep = if file.path.ends_with(&format!("/{name}")) { Keep::Forever } else { Keep::Never };
            Ok(reply(StatusCode::OK, form, keep, file.text.clone()))
        }
        None if name == "icon.svg" => Ok(reply(StatusCode::OK, Form::Svg, Keep::Page, ICON)),
        None => Err(Failure::NotFound),
    }
}

/// The custom element and what makes frames as high as they are: one address for good, so that snippets stay valid.
pub async fn embed_script(State(app): State<Arc<App>>) -> Response {
    lasting(Form::Script, &app.current().files.embed_script)
}

/// The style of maps in other people's pages.
pub async fn embed_style(State(app): State<Arc<App>>) -> Response {
    lasting(Form::Css, &app.current().files.embed_style)
}

fn lasting(form: Form, file: &File) -> Response {
    tagged(reply(StatusCode::OK, form, Keep::Page, file.text.clone()), &file.hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_has_the_light_colours_whatever_the_theme() {
        let files = Files::new(&BTreeMap::new());
        for File { text, .. } in [&files.stylesheet, &files.embed_style, &files.embed_script] {
            let (_, print) = text.split_once("@media print{:is(.partner-map,.map-swatch){").unwrap();
            let rules = print.split('}').next().unwrap();
            for paint in &paint::ALL {
                assert!(rules.contains(&format!("--map-{}:{};", paint.name, paint.light)), "{}: {rules}", paint.name);
            }
            assert!(!text.contains("@media(prefers-color-scheme:dark)"), "dark colours are for screens alone");
        }
    }

    #[test]
    fn only_colours_get_into_the_stylesheet() {
        let theme = [("accent", "#00767c"), ("ink", "red;}body{display:none"), ("x}", "#fff")];
        let theme = theme.map(|(name, value)| (name.into(), value.into())).into();
        let sheet = Files::new(&theme).stylesheet;
        assert!(sheet.text.starts_with(":root{--accent:#00767c;}\n"), "{}", &sheet.text[..60]);
    }
}
