use maud::{Markup, html};

use super::{Page, Search, Site};
use crate::{
    domain::CourseId,
    render::{links, svg::Theme},
};

/// The ways to put a map into a page: their names in addresses, and the messages that say what they are.
const KINDS: [(&str, &str); 4] =
    [("element", "embed-element"), ("frame", "embed-frame"), ("fragment", "embed-fragment"), ("picture", "embed-picture")];

/// The themes, likewise.
const THEMES: [(&str, &str); 3] = [("auto", "theme-auto"), ("light", "theme-light"), ("dark", "theme-dark")];

/// What somebody has chosen to put into a page.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// The way: `element`, `frame`, `fragment` or `picture`.
    pub kind: &'a str,
    /// The code of the state; empty is the country.
    pub state: &'a str,
    /// The course.
    pub course: Option<&'a CourseId>,
    /// Light or dark.
    pub theme: Theme,
    /// The address of this site, as other sites must write it.
    pub origin: &'a str,
}

/// The page that composes what to put into a page, and shows what it looks like.
pub fn composer(site: &Site, chosen: &Chosen, search: &Search) -> Page {
    let words = site.words();
    let snippet = chosen.snippet(site);
    let body = html! {
        p.lede { (words.text("embed-lede")) }
        (form(site, chosen, search))
        section aria-labelledby="code" {
            h2 #code { (words.text("embed-code")) }
            pre tabindex="0" { code #snippet { (snippet) } }
            p { button type="button" data-copy="snippet" data-copied=(words.text("embed-copied")) hidden { (words.text("embed-copy")) } }
            @if let Some(policy) = chosen.policy() {
                p { (words.text("embed-policy")) }
                pre tabindex="0" { code { (policy) } }
            }
        }
        section aria-labelledby="preview" {
            h2 #preview { (words.text("embed-preview")) }
            (chosen.preview(site))
        }
    };
    Page::new(words.text("embed"), words.text("embed-lede"), links::EMBED, body)
}

fn form(site: &Site, chosen: &Chosen, search: &Search) -> Markup {
    let words = site.words();
    let option = |value: &str, says: &str, here: bool| html! { option value=(value) selected[here] { (says) } };
    html! {
        form.compose action=(links::prefixed(site.way.language, links::EMBED)) method="get" {
            label { span { (words.text("embed-kind")) }
                select name="kind" { @for (kind, message) in KINDS { (option(kind, &words.text(message), kind == chosen.kind)) } }
            }
            label { span { (words.text("embed-place")) }
                select name="state" {
                    (option("", &words.text("embed-country"), chosen.state.is_empty()))
                    @for state in &site.geography.states { (option(state.code.as_str(), &state.name, state.code.as_str() == chosen.state)) }
                }
            }
            @if !site.program.courses.is_empty() {
                label { span { (words.text("search-course")) }
                    select name="course" {
                        (option("", &words.text("search-any-course"), chosen.course.is_none()))
                        @for course in &site.program.courses { (option(course.id.as_str(), &course.name, chosen.course == Some(&course.id))) }
                    }
                }
            }
            label { span { (words.text("embed-theme")) }
                select name="theme" { @for (theme, message) in THEMES { (option(theme, &words.text(message), theme == named(chosen.theme))) } }
            }
            @if let Some(day) = search.as_of { input type="hidden" name="as_of" value=(day); }
            button type="submit" { (words.text("embed-compose")) }
        }
    }
}

fn named(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

impl Chosen<'_> {
    /// What to put into a page.
    fn snippet(&self, site: &Site) -> String {
        let (words, language) = (site.words(), site.way.language);
        let title = words.say("embed-title", &[("program", &site.program.name)]);
        let script = format!("{}{}", self.origin, links::EMBED_SCRIPT);
        let state = Some(self.state).filter(|state| !state.is_empty());
        let theme = Some(named(self.theme)).filter(|theme| *theme != "auto");
        let page = format!("{}{}", self.origin, links::prefixed(language, links::PARTNERS));
        let tag = Some(language.tag()).filter(|_| !language.prefix().is_empty());
        let code = match self.kind {
            "frame" => html! {
                iframe src=(self.address(links::FRAME, site)) title=(title) width="100%" height="760" loading="lazy" {} "\n"
                script src=(script) async {}
            },
            "fragment" => return format!("curl -fsS '{}' -o map.html", self.address("/fragment/map", site)),
            "picture" => html! {
                a href=(page) { img src=(self.address("/map.svg", site)) alt=(title) width="960"; }
            },
            _ => html! {
                script src=(script) async {} "\n"
                partner-map state=[state] course=[self.course] as-of=[site.way.as_of] theme=[theme] lang=[tag] { a href=(page) { (title) } }
            },
        };
        code.into_string()
    }

    /// What a strict policy of the host page must allow.
    fn policy(&self) -> Option<String> {
        let origin = self.origin;
        match self.kind {
            "frame" => Some(format!("Content-Security-Policy: frame-src {origin}; script-src {origin}")),
            "fragment" => Some(format!("Content-Security-Policy: style-src {origin}; form-action {origin}")),
            "picture" => Some(format!("Content-Security-Policy: img-src {origin}")),
            _ => Some(format!("Content-Security-Policy: script-src {origin}; connect-src {origin}; form-action {origin}")),
        }
    }

    fn preview(&self, site: &Site) -> Markup {
        let title = site.words().text("embed-preview");
        html! {
            @if self.kind == "picture" {
                p { img.preview src=(self.query("/map.svg", site)) alt=(title); }
            } @else {
                iframe.preview src=(self.query(links::FRAME, site)) title=(title) width="100%" height="760" {}
            }
        }
    }

    /// An address of what was chosen, as other sites must write it.
    fn address(&self, path: &str, site: &Site) -> String {
        format!("{}{}", self.origin, self.query(path, site))
    }

    /// The same on this site.
    fn query(&self, path: &str, site: &Site) -> String {
        let state = Some(format!("state={}", self.state)).filter(|_| !self.state.is_empty());
        let theme = Some(format!("theme={}", named(self.theme))).filter(|_| self.theme != Theme::Auto);
        let query = [state, theme].into_iter().flatten().collect::<Vec<_>>().join("&");
        links::with_query(site.way.to(path), Some(&query))
    }
}
