use jiff::civil::Date;
use maud::{DOCTYPE, Markup, html};

use super::sharing;
use crate::{
    domain::{Generation, Geography, NavPlace, ProgramInfo, Slug},
    render::{
        Language,
        links::{self, Way},
        svg::{Setting, Theme},
        words::Words,
    },
};

/// A place of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Section {
    /// The map and everything that it answers.
    Partners,
    /// A page of the program, and what belongs to it.
    Page(Slug),
}

/// What every page says about the program and the data.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// The program.
    pub program: &'a ProgramInfo,
    /// The geography.
    pub geography: &'a Geography,
    /// The data.
    pub generation: &'a Generation,
    /// The day that the page is about.
    pub as_of: Date,
    /// Address of the stylesheet.
    pub stylesheet: &'a str,
    /// Address of the script.
    pub script: &'a str,
    /// Address of the icon.
    pub icon: &'a str,
    /// What the links keep, and in which language the page is.
    pub way: Way<'a>,
    /// The path and query that were asked for, without the prefix of the language.
    pub address: &'a str,
    /// The address of the site, where it is known; else empty.
    pub public_url: &'a str,
}

impl<'a> Site<'a> {
    /// Words for this program, in the language of the page.
    pub fn words(&self) -> Words<'a> {
        Words::new(&self.program.courses).in_language(self.way.language)
    }

    /// Where the maps of the page are put.
    pub fn setting(&self) -> Setting<'a> {
        Setting { words: self.words(), way: self.way, theme: Theme::Auto, target: None }
    }
}

/// A page: what stands between the navigation and the footer, and what it is called.
#[derive(Clone, Debug)]
pub struct Page {
    /// The language of what it says, where that is another one than asked for.
    pub language: Option<Language>,
    /// Whether the other languages have no such page.
    pub only_here: bool,
    /// Its title, without the program's name.
    pub title: String,
    /// Its one heading of the first level.
    pub heading: String,
    /// What it is about, in one or two sentences.
    pub description: String,
    /// Its one true path on this site, without the prefix of a language.
    pub canonical: String,
    /// The place of the navigation that it belongs to.
    pub section: Option<Section>,
    /// The path of the picture of the map that it is about.
    pub picture: Option<String>,
    /// What stands above the heading.
    pub lead: Markup,
    /// What stands below the heading.
    pub body: Markup,
}

impl Page {
    /// A page with nothing above its heading, titled like its heading.
    pub fn new(heading: impl Into<String>, description: impl Into<String>, canonical: impl Into<String>, body: Markup) -> Self {
        let heading = heading.into();
        Self {
            language: None,
            only_here: false,
            title: heading.clone(),
            heading,
            description: description.into(),
            canonical: canonical.into(),
            section: None,
            picture: None,
            lead: html! {},
            body,
        }
    }

    /// With its place in the navigation.
    #[must_use]
    pub fn within(mut self, section: Section) -> Self {
        self.section = Some(section);
        self
    }

    /// With a map on it, of which there is a picture at a path of this site.
    #[must_use]
    pub fn pictured(mut self, picture: impl Into<String>) -> Self {
        self.picture = Some(picture.into());
        self
    }

    /// With a title other than its heading.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Written in one language, whatever the language of what is around it.
    #[must_use]
    pub fn written_in(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Without a page in the other languages.
    #[must_use]
    pub fn only_here(mut self) -> Self {
        self.only_here = true;
        self
    }

    /// With something above its heading.
    #[must_use]
    pub fn led_by(mut self, lead: Markup) -> Self {
        self.lead = lead;
        self
    }

    /// The whole document.
    pub fn render(&self, site: &Site) -> Markup {
        let language = site.way.language;
        let other = self.language.filter(|own| *own != language).map(Language::tag);
        html! {
            (DOCTYPE)
            html lang=(language.tag()) {
                (self.head(site))
                body {
                    a.skip href="#content" { (site.words().text("skip")) }
                    (self.header(site))
                    main #content tabindex="-1" lang=[other] {
                        (self.lead)
                        h1 { (self.heading) }
                        (self.body)
                    }
                    (footer(site))
                }
            }
        }
    }

    fn head(&self, site: &Site) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (self.title) " · " (site.program.name) }
                meta name="description" content=(self.description);
                meta name="color-scheme" content="light dark";
                link rel="canonical" href=(self.address(site, site.way.language));
                @if !self.only_here {
                    @for language in Language::all() {
                        link rel="alternate" hreflang=(language.tag()) href=(self.address(site, language));
                    }
                    link rel="alternate" hreflang="x-default" href=(self.address(site, Language::default()));
                }
                (sharing::head(self, site))
                link rel="icon" type="image/svg+xml" href=(site.icon);
                link rel="stylesheet" href=(site.stylesheet);
                script src=(site.script) defer {}
            }
        }
    }

    /// Its one true address in a language, whole where the site's own is known.
    pub(super) fn address(&self, site: &Site, language: Language) -> String {
        format!("{}{}", site.public_url, links::prefixed(language, &self.canonical))
    }

    fn header(&self, site: &Site) -> Markup {
        let way = &site.way;
        html! {
            header.site-header {
                p.brand { a href=(way.to(links::HOME)) { (site.program.name) } }
                // On a phone, a menu that the browser itself opens and closes; elsewhere it is a line, and the button hidden.
                button.plain.menu-button type="button" popovertarget="menu" { (site.words().text("nav-menu")) }
                div.menu #menu popover="auto" {
                    nav aria-label=(site.words().text("nav-name")) {
                        ul {
                            @for place in places(site) {
                                @let is_here = self.section.as_ref() == Some(&place.section);
                                li { a href=(way.to(&place.path)) lang=[place.language] aria-current=[is_here.then_some("page")] { (place.label) } }
                            }
                        }
                    }
                    @if !self.only_here { (languages(site)) }
                }
            }
        }
    }
}

/// A link of the navigation.
struct Place {
    section: Section,
    path: String,
    label: String,
    /// The language of the label, where that is another one than the page's.
    language: Option<String>,
}

/// The pages that want a place, and the map among them.
fn places(site: &Site) -> Vec<Place> {
    let language = site.way.language.tag();
    let pages = site.program.pages.navigation(language);
    let mut places: Vec<_> = pages
        .into_iter()
        .map(|(page, place)| {
            let section = Section::Page(page.name.clone());
            let said = place.label_in(language);
            let other = (said.is_none() && page.language.as_str() != language).then(|| page.language.to_string());
            let label = said.unwrap_or(&place.label).to_owned();
            (place.order, Place { section, path: links::page(&page.name), label, language: other })
        })
        .collect();
    let map = Place {
        section: Section::Partners,
        path: links::PARTNERS.to_owned(),
        label: site.words().text("nav-partners"),
        language: None,
    };
    let at = places.partition_point(|(order, _)| *order <= NavPlace::MAP);
    places.insert(at, (NavPlace::MAP, map));
    places.into_iter().map(|(_, place)| place).collect()
}

/// The same address in the other languages.
fn languages(site: &Site) -> Markup {
    html! {
        nav.languages aria-label=(site.words().text("languages")) {
            ul {
                @for language in Language::all().filter(|language| *language != site.way.language) {
                    li {
                        a href=(links::prefixed(language, site.address)) lang=(language.tag()) hreflang=(language.tag()) {
                            (Words::default().in_language(language).text("language-name"))
                        }
                    }
                }
            }
        }
    }
}

fn footer(site: &Site) -> Markup {
    html! {
        footer.site-footer {
            p { (site.program.name) ", " (site.program.organisation) "." }
            p { (site.geography.name) ". " (site.geography.attribution) }
            p { (site.words().as_of(site.as_of, site.generation)) }
            @if let Some(page) = site.program.pages.find(links::PRIVACY, site.way.language.tag()) {
                p { a href=(site.way.to(&links::page(&page.name))) { (page.title) } }
            }
        }
    }
}
