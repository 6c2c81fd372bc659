//! Links within the site lead to what is there: pages, anchors on them, and what the service itself answers.

use std::{collections::BTreeMap, ops::Range};

use super::Drafted;
use crate::{
    census::{Geoid, StateCode, ZipCode},
    domain::{LanguageTag, Partner, Slug, Target},
    source::{checks, codes::Codes, problems::Problems, settings, suggest},
};

/// What the service answers besides the pages of a program, with the anchors there.
pub const SITE: [(&str, &[&str]); 4] = [
    ("/partners", &["content", "search", "map", "by-state"]),
    ("/docs/api", &["content"]),
    ("/fragment/map", &[]),
    ("/map.svg", &[]),
];

/// First parts of addresses that are no page's.
const TAKEN: [&str; 22] = [
    "api",
    "counties",
    "docs",
    "embed",
    "fragment",
    "index",
    "livez",
    "map",
    "metrics",
    "oembed",
    "openapi",
    "partners",
    "readyz",
    "regions",
    "robots",
    "sitemap",
    "staff",
    "states",
    "static",
    "status",
    "well-known",
    "zips",
];

/// Whether an address is the site's own, so that no page can have it.
pub fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

/// What links within the site may lead to, besides pages.
pub struct Known<'k> {
    /// States, counties and ZIPs.
    pub codes: &'k Codes,
    /// Partners; `None` where their file could not be read.
    pub partners: Option<&'k [Partner]>,
    /// Names of program regions by id.
    pub regions: &'k BTreeMap<Slug, String>,
}

/// Finds links that lead nowhere.
pub fn check(drafted: &[Drafted<'_>], known: &Known<'_>, problems: &mut Problems) {
    for draft in drafted {
        for (target, at) in &draft.links {
            match target {
                Target::Anchor(anchor) => check_anchor(draft, draft, anchor, at, problems),
                Target::Site(address) => check_address(draft, address, at, drafted, known, problems),
                Target::Elsewhere(_) => {}
            }
        }
    }
}

fn check_anchor(of: &Drafted<'_>, there: &Drafted<'_>, anchor: &str, at: &Range<usize>, problems: &mut Problems) {
    if there.anchors.iter().any(|known| **known == *anchor) {
        return;
    }
    let problem =
        settings::at(&checks::DEAD_ANCHOR, of.file, at.clone(), format!("{} has no such anchor", there.file.name)).got(anchor);
    let near = suggest::nearest(anchor, there.anchors.iter().map(|anchor| &**anchor));
    problems.push(match near {
        Some(near) => problem.remedy(format!("did you mean #{near}?")),
        None => problem.remedy("name the heading that is meant by {#anchor} at its end"),
    });
}

fn check_address(
    of: &Drafted<'_>,
    address: &str,
    at: &Range<usize>,
    drafted: &[Drafted<'_>],
    known: &Known<'_>,
    problems: &mut Problems,
) {
    let (address_only, anchor) = address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(anchor)));
    let path = address_only.split_once('?').map_or(address_only, |(path, _)| path);
    if let Some(there) = page(path, of, drafted) {
        if let Some(anchor) = anchor {
            check_anchor(of, there, anchor, at, problems);
        }
        return;
    }
    let on_site = SITE.iter().find(|(known, _)| *known == path);
    match (on_site, anchor) {
        (Some((_, anchors)), Some(anchor)) if !anchors.contains(&anchor) => {
            let problem =
                settings::at(&checks::DEAD_ANCHOR, of.file, at.clone(), format!("{path} has no such anchor")).got(anchor);
            problems.push(problem.rule(format!("its anchors are {}", anchors.join(", "))));
        }
        (Some(_), _) => {}
        (None, _) if known.answers(path) => {}
        (None, _) => problems.push(dead(of, path, at, drafted)),
    }
}

fn dead(of: &Drafted<'_>, path: &str, at: &Range<usize>, drafted: &[Drafted<'_>]) -> crate::domain::Problem {
    let problem = settings::at(&checks::DEAD_LINK, of.file, at.clone(), "the site has no such address").got(path);
    let name = path.trim_start_matches('/');
    let in_language = name.split_once('/').is_some_and(|(language, _)| LanguageTag::new(language).is_some());
    let near = suggest::nearest(name, drafted.iter().map(|draft| draft.page.name.as_str()));
    match near {
        Some("overview") => problem.remedy("the overview is found at /"),
        _ if in_language => problem.remedy("leave out the language: links keep that of the page"),
        Some(near) => problem.remedy(format!("did you mean /{near}?")),
        None if name.contains('/') => problem.rule("the geography and the program have nothing of this name"),
        None => problem.rule("a page is found at the name of its file: pages/faq.md at /faq"),
    }
}

/// The page at a path, in the language of the page that links to it where it is written in that.
fn page<'d, 'f>(path: &str, of: &Drafted<'f>, drafted: &'d [Drafted<'f>]) -> Option<&'d Drafted<'f>> {
    let name = match path {
        "/" => "overview",
        path => path.strip_prefix('/').filter(|name| *name != "overview")?,
    };
    let written = |language: &LanguageTag| {
        drafted.iter().find(|draft| draft.page.name.as_str() == name && draft.page.language == *language)
    };
    written(&of.page.language).or_else(|| written(&LanguageTag::english()))
}

impl Known<'_> {
    /// Whether the service answers about what a path names.
    fn answers(&self, path: &str) -> bool {
        let Some((kind, id)) = path.strip_prefix('/').and_then(|path| path.split_once('/')) else { return false };
        match kind {
            "partners" => self.partners.is_none_or(|partners| partners.iter().any(|partner| partner.id.as_str() == id)),
            "states" => id.parse::<StateCode>().is_ok_and(|code| self.codes.has_state(code)),
            "counties" => id.parse::<Geoid>().is_ok_and(|geoid| self.codes.has_county(geoid)),
            "zips" => id
                .parse::<ZipCode>()
                .is_ok_and(|zip| self.codes.zips.as_ref().is_none_or(|zips| zips.binary_search(&zip).is_ok())),
            "regions" => id.parse::<Slug>().is_ok_and(|id| self.regions.contains_key(&id)),
            _ => false,
        }
    }
}
