//! Where things are found on this site: every path that a rendered value points to, and what links keep on the way.

use jiff::civil::Date;

use super::Language;
use crate::domain::{CourseId, PartnerId, RegionId, Slug};

/// The overview of the program.
pub const HOME: &str = "/";
/// The partner map, the search and the list.
pub const PARTNERS: &str = "/partners";
/// The map as a picture made of pixels.
pub const CARD: &str = "/map.png";
/// How to put the map into other pages.
pub const EMBED: &str = "/embed";
/// The map as a document for frames.
pub const FRAME: &str = "/embed/map";
/// The script of the element, for every site.
pub const EMBED_SCRIPT: &str = "/embed.js";
/// The style of maps in other pages.
pub const EMBED_STYLE: &str = "/embed.css";
/// What the oEmbed protocol asks.
pub const OEMBED: &str = "/oembed";
/// Names while they are typed.
pub const SUGGEST: &str = "/api/v1/suggest";
/// How to apply.
pub const APPLY: &str = "/apply";
/// The calendar file of the day on which applications open.
pub const OPENING: &str = "/apply/opening.ics";
/// The name of the page that is found at [`HOME`].
pub const OVERVIEW: &str = "overview";
/// The name of the page that says what is kept about visitors.
pub const PRIVACY: &str = "privacy";
/// The first page of the staff area.
pub const STAFF: &str = "/staff";
/// Where staff sign in.
pub const SIGN_IN: &str = "/staff/sign-in";
/// Where staff sign out.
pub const SIGN_OUT: &str = "/staff/sign-out";
/// The first digits of all ZIPs.
pub const ZIPS: &str = "/zips";
/// How programs ask.
pub const API_DOCS: &str = "/docs/api";

/// The way of a visitor through this site: what every link keeps of the address that was asked for.
///
/// ```
/// use coverage_map::render::{Language, links::Way};
/// let day = jiff::civil::date(2027, 7, 1);
/// let way = Way { language: Language::of_path("/es").0, as_of: Some(day), ..Way::default() };
/// assert_eq!(way.search("Boise"), "/es/partners?q=Boise&as_of=2027-07-01");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way<'a> {
    /// The language of the pages.
    pub language: Language,
    /// The course that was asked for.
    pub course: Option<&'a CourseId>,
    /// The day, where it stood in the address.
    pub as_of: Option<Date>,
    /// The address of the site, for what is put into pages of other sites; empty on its own pages.
    pub base: &'a str,
}

impl Way<'_> {
    /// A path of this site, with what is kept; its own query and anchor stay where they are.
    pub fn to(&self, path: &str) -> String {
        let (path, anchor) = path.split_at(path.find('#').unwrap_or(path.len()));
        let mut link = format!("{}{}", self.base, prefixed(self.language, path));
        let course = self.course.map(|course| format!("course={course}"));
        let as_of = self.as_of.map(|day| format!("as_of={day}"));
        for kept in [course, as_of].into_iter().flatten() {
            link.push(if link.contains('?') { '&' } else { '?' });
            link += &kept;
        }
        link + anchor
    }

    /// The answer page to a question.
    pub fn search(&self, question: &str) -> String {
        self.to(&search(question))
    }

    /// A partner's page.
    pub fn partner(&self, id: &PartnerId) -> String {
        self.to(&partner(id))
    }

    /// A region's page.
    pub fn region(&self, id: &RegionId) -> String {
        self.to(&region(id))
    }

    /// The page that says how to apply, for a region where it is known.
    pub fn apply(&self, region: Option<&RegionId>) -> String {
        self.to(&apply(region))
    }
}

/// A path of this site in a language.
pub fn prefixed(language: Language, path: &str) -> String {
    let prefix = language.prefix();
    // The overview in Spanish is /es, not /es/.
    let rest = path.strip_prefix('/').filter(|rest| !prefix.is_empty() && (rest.is_empty() || rest.starts_with(['?', '#'])));
    format!("{prefix}{}", rest.unwrap_or(path))
}

/// A link with a query after its own one, before its anchor.
pub fn with_query(link: String, query: Option<&str>) -> String {
    let Some(query) = query.filter(|query| !query.is_empty()) else { return link };
    let (path, anchor) = link.split_at(link.find('#').unwrap_or(link.len()));
    format!("{path}{}{query}{anchor}", if path.contains('?') { '&' } else { '?' })
}

/// A page of the program.
pub fn page(name: &Slug) -> String {
    if name.as_str() == OVERVIEW { HOME.to_owned() } else { format!("/{}", name.as_str()) }
}

/// Where versions of a page are compared.
pub fn comparison(of: &Slug) -> String {
    format!("/{}/compare", of.as_str())
}

/// The comparison of two versions of a page, by their years.
pub fn compare(of: &Slug, old: &str, new: &str) -> String {
    format!("{}?old={}&new={}", comparison(of), encoded(old), encoded(new))
}

/// The answer page to a question.
pub fn search(question: &str) -> String {
    format!("{PARTNERS}?q={}", encoded(question))
}

/// The answers of all ZIPs that begin with three digits.
pub fn zips_with_prefix(digits: &str) -> String {
    format!("/api/v1/zips/{digits}.json")
}

/// A partner's page.
pub fn partner(id: &PartnerId) -> String {
    format!("{PARTNERS}/{id}")
}

/// A region's page.
pub fn region(id: &RegionId) -> String {
    match id {
        RegionId::State(code) => format!("/states/{}", code.as_str().to_ascii_lowercase()),
        RegionId::County(geoid) => format!("/counties/{geoid}"),
        RegionId::Region(slug) => format!("/regions/{slug}"),
        RegionId::Zip(zip) => format!("/zips/{zip}"),
    }
}

/// The answers of all ZIPs that begin with some digits.
pub fn zips_with(digits: &str) -> String {
    format!("{ZIPS}/{digits}")
}

/// The page that says how to apply, for a region where it is known.
pub fn apply(region: Option<&RegionId>) -> String {
    region.map_or_else(|| APPLY.to_owned(), |id| format!("{APPLY}?region={id}"))
}

/// A report of the staff area.
pub fn report(name: &str) -> String {
    format!("{STAFF}/{name}")
}

/// The page of a gap, by its id.
pub fn gap(id: &str) -> String {
    format!("{STAFF}/gaps/{id}")
}

/// A link that writes to an address.
pub fn mail(address: &str) -> String {
    format!("mailto:{}", encoded(address))
}

/// An address as it is written on paper: without the scheme of mail, and whole where the address of the site is known.
pub fn written(url: &str, public_url: &str) -> String {
    match url.strip_prefix("mailto:") {
        Some(address) => address.to_owned(),
        None if url.starts_with('/') => format!("{public_url}{url}"),
        None => url.to_owned(),
    }
}

/// Text as a part of a URL: everything but unreserved characters (RFC 3986 §2.3) and `@` is percent-encoded.
pub fn encoded(text: &str) -> String {
    const DIGITS: [u8; 16] = *b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digits = [byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)]));
            out.extend(['%', digits[0], digits[1]]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_kind_of_region_has_its_page() {
        let page = |id: &str| region(&id.parse().unwrap());
        assert_eq!(page("state:CA"), "/states/ca");
        assert_eq!(page("county:06037"), "/counties/06037");
        assert_eq!(page("region:western-pennsylvania"), "/regions/western-pennsylvania");
        assert_eq!(page("zip:02139"), "/zips/02139");
    }

    #[test]
    fn a_question_survives_the_way_through_a_url() {
        assert_eq!(search("O'Fallon & Doña Ana?"), "/partners?q=O%27Fallon%20%26%20Do%C3%B1a%20Ana%3F");
    }

    #[test]
    fn what_was_asked_for_is_kept_on_every_way() {
        let (course, spanish) = ("csp".parse().unwrap(), Language::of_path("/es").0);
        let way = Way { course: Some(&course), ..Way::default() };
        assert_eq!(way.search("Boise"), "/partners?q=Boise&course=csp");
        assert_eq!(way.to("/states/wa"), "/states/wa?course=csp");
        assert_eq!(Way::default().to("/states/wa"), "/states/wa");
        let way = Way { language: spanish, as_of: Some(date(2027, 7, 1)), ..way };
        assert_eq!(way.to("/faq#map"), "/es/faq?course=csp&as_of=2027-07-01#map");
    }

    #[test]
    fn the_overview_in_another_language_has_no_slash_at_its_end() {
        let spanish = Language::of_path("/es").0;
        for (path, expected) in [("/", "/es"), ("/?q=1", "/es?q=1"), ("/#partners", "/es#partners"), ("/faq", "/es/faq")] {
            assert_eq!(prefixed(spanish, path), expected);
            assert_eq!(prefixed(Language::default(), path), path);
        }
    }

    #[test]
    fn paper_shows_addresses_whole_and_mail_without_its_scheme() {
        assert_eq!(written("mailto:a@b.org", ""), "a@b.org");
        assert_eq!(written("/apply?region=state:AR", "https://map.example.org"), "https://map.example.org/apply?region=state:AR");
        assert_eq!(written("https://a.example/x", "https://map.example.org"), "https://a.example/x");
    }

    #[test]
    fn an_address_cannot_smuggle_mail_headers() {
        assert_eq!(mail("a@b.org?bcc=x@y.z"), "mailto:a@b.org%3Fbcc%3Dx@y.z");
    }
}
