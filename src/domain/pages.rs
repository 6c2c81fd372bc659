use super::{LanguageTag, NavPlace, ProgramPage, Slug};

/// All pages of a program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages(Vec<ProgramPage>);

impl Pages {
    /// Pages in the order of their names and languages.
    pub fn new(mut pages: Vec<ProgramPage>) -> Self {
        pages.sort_by(|a, b| (&a.name, &a.language).cmp(&(&b.name, &b.language)));
        Self(pages)
    }

    /// All of them, in every language.
    pub fn iter(&self) -> impl Iterator<Item = &ProgramPage> {
        self.0.iter()
    }

    /// A page by its name, in a language where it is written in it, else in English.
    pub fn find(&self, name: &str, language: &str) -> Option<&ProgramPage> {
        let written = |tag: &str| self.iter().find(|page| page.name.as_str() == name && page.language.as_str() == tag);
        written(language).or_else(|| written(LanguageTag::english().as_str()))
    }

    /// The pages of the navigation with their places, in their order; each in a language where it can be.
    pub fn navigation(&self, language: &str) -> Vec<(&ProgramPage, &NavPlace)> {
        let placed = self.originals().filter_map(|page| self.find(page.name.as_str(), language));
        let mut places: Vec<_> = placed.filter_map(|page| Some((page, page.nav.as_ref()?))).collect();
        places.sort_by_key(|(page, place)| (place.order, &page.name));
        places
    }

    /// A page and its earlier versions, the latest first; nothing for a page that has none.
    pub fn versions(&self, name: &Slug) -> Vec<&ProgramPage> {
        let of = |page: &ProgramPage| page.name == *name || page.version_of.as_ref() == Some(name);
        let mut versions: Vec<_> = self.originals().filter(|page| of(page)).collect();
        versions.sort_by(|a, b| b.year.cmp(&a.year));
        if versions.len() > 1 { versions } else { Vec::new() }
    }

    fn originals(&self) -> impl Iterator<Item = &ProgramPage> {
        let english = LanguageTag::english();
        self.iter().filter(move |page| page.language == english)
    }
}
