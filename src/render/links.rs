//! Where things are found on this site: every path that a rendered value points to.

use std::fmt::Write;

use crate::domain::{CourseId, PartnerId, RegionId};

/// The overview of the program.
pub const HOME: &str = "/";
/// The terms of a partnership.
pub const TERMS: &str = "/terms";
/// The partner map, the search and the list.
pub const PARTNERS: &str = "/partners";
/// Questions and answers.
pub const FAQ: &str = "/faq";
/// How to apply.
pub const APPLY: &str = "/apply";
/// The program on one page.
pub const SUMMARY: &str = "/summary";
/// How programs ask.
pub const API_DOCS: &str = "/docs/api";

/// The answer page to a question.
pub fn search(question: &str) -> String {
    format!("{PARTNERS}?q={}", encoded(question))
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

/// The page that says how to apply, for a region where it is known.
pub fn apply(region: Option<&RegionId>) -> String {
    region.map_or_else(|| APPLY.to_owned(), |id| format!("{APPLY}?region={id}"))
}

/// A path of this site that keeps asking for the course that was asked for.
pub fn keeping(path: String, course: Option<&CourseId>) -> String {
    let Some(course) = course else { return path };
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}course={course}")
}

/// A link that writes to an address.
pub fn mail(address: &str) -> String {
    format!("mailto:{}", encoded(address))
}

/// Text as a part of a URL: everything but unreserved characters (RFC 3986 §2.3) and `@` is percent-encoded.
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
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
    fn the_course_that_was_asked_for_is_kept() {
        let course = "csp".parse().unwrap();
        assert_eq!(keeping(search("Boise"), Some(&course)), "/partners?q=Boise&course=csp");
        assert_eq!(keeping("/states/wa".to_owned(), Some(&course)), "/states/wa?course=csp");
        assert_eq!(keeping("/states/wa".to_owned(), None), "/states/wa");
    }

    #[test]
    fn an_address_cannot_smuggle_mail_headers() {
        assert_eq!(mail("a@b.org?bcc=x@y.z"), "mailto:a@b.org%3Fbcc%3Dx@y.z");
    }
}
