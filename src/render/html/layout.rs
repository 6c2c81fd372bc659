use jiff::civil::Date;
use maud::{DOCTYPE, Markup, html};

use crate::{
    domain::{Generation, Geography, ProgramInfo},
    render::{
        links,
        words::{self, Words, label},
    },
};

/// A language of pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, at the addresses without a prefix.
    #[default]
    English,
}

impl Language {
    /// The tag of the language (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }
}

/// The four places of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The overview.
    Home,
    /// The terms.
    Terms,
    /// The map and everything that it answers.
    Partners,
    /// Questions and answers.
    Faq,
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
    /// Address of the icon.
    pub icon: &'a str,
}

impl<'a> Site<'a> {
    /// Words for this program.
    pub fn words(&self) -> Words<'a> {
        Words::new(&self.program.courses)
    }
}

/// A page: what stands between the navigation and the footer, and what it is called.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its language.
    pub language: Language,
    /// Its title, without the program's name.
    pub title: String,
    /// Its one heading of the first level.
    pub heading: String,
    /// What it is about, in one or two sentences.
    pub description: String,
    /// Its one true address on this site.
    pub canonical: String,
    /// The place of the navigation that it belongs to.
    pub section: Option<Section>,
    /// What stands above the heading.
    pub lead: Markup,
    /// What stands below the heading.
    pub body: Markup,
}

impl Page {
    /// A page in English with nothing above its heading, titled like its heading.
    pub fn new(heading: impl Into<String>, description: impl Into<String>, canonical: impl Into<String>, body: Markup) -> Self {
        let heading = heading.into();
        Self {
            language: Language::English,
            title: heading.clone(),
            heading,
            description: description.into(),
            canonical: canonical.into(),
            section: None,
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

    /// With a title other than its heading.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
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
        html! {
            (DOCTYPE)
            html lang=(self.language.tag()) {
                (self.head(site))
                body {
                    a.skip href="#content" { (label::SKIP) }
                    (header(site, self.section))
                    main #content tabindex="-1" {
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
                link rel="canonical" href=(self.canonical);
                link rel="icon" type="image/svg+xml" href=(site.icon);
                link rel="stylesheet" href=(site.stylesheet);
            }
        }
    }
}

fn header(site: &Site, here: Option<Section>) -> Markup {
    let places = [
        (Section::Home, links::HOME, label::HOME),
        (Section::Terms, links::TERMS, label::TERMS),
        (Section::Partners, links::PARTNERS, label::PARTNERS),
        (Section::Faq, links::FAQ, label::FAQ),
    ];
    html! {
        header.site-header {
            p.brand { a href=(links::HOME) { (site.program.name) } }
            nav aria-label=(label::NAVIGATION) {
                ul {
                    @for (section, path, name) in places {
                        li { a href=(path) aria-current=[(here == Some(section)).then_some("page")] { (name) } }
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
            p { (words::generation_line(site.as_of, site.generation)) }
        }
    }
}
