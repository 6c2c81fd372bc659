//! The program's pages: `pages/*.md`, and `pages/es/*.md` for those in another language.
//!
//! Each file is read by itself ([`front_matter`], [`markdown`]); then links are held against all pages ([`links`]).
//! Pages that no program can do without have a usual form, which stands in for them where the program has none.

mod anchors;
mod blocks;
mod call;
mod front_matter;
mod links;
mod markdown;
mod target;
mod usual;

use std::{ops::Range, sync::Arc};

pub use links::Known;

use self::markdown::Surroundings;
use super::{checks, codes::Codes, file::SourceFile, files::Read, problems::Problems, settings};
use crate::domain::{LanguageTag, Node, Pages, ProgramInfo, ProgramPage, Slug, Target, plain_text};

/// The folder of the pages, within that of the program.
pub const FOLDER: &str = "pages";

/// A page, with what has to be held against the others.
struct Drafted<'f> {
    file: &'f SourceFile,
    page: ProgramPage,
    anchors: Vec<Arc<str>>,
    links: Vec<(Target, Range<usize>)>,
    version_of: Option<Range<usize>>,
}

/// The pages of a program, and the usual ones where it has none.
pub fn read(reads: &[Read], info: &ProgramInfo, known: &Known<'_>, problems: &mut Problems) -> Pages {
    let usual = usual::files();
    let files = reads.iter().filter(|read| read.name.starts_with(FOLDER)).filter_map(|read| read.file.as_ref());
    let mut drafted: Vec<_> = files.filter_map(|file| draft(file, info, known.codes, problems)).collect();
    let own: Vec<_> = drafted.iter().map(|draft| draft.page.name.clone()).collect();
    let missing =
        usual.iter().filter(|file| place(&file.name).is_some_and(|(name, _)| own.iter().all(|own| own.as_str() != name)));
    drafted.extend(missing.filter_map(|file| draft(file, info, known.codes, problems)));
    check_languages(&drafted, problems);
    check_versions(&drafted, problems);
    links::check(&drafted, known, problems);
    Pages::new(drafted.into_iter().map(|draft| draft.page).collect())
}

/// The name and the language of a page in the name of its file.
fn place(file: &str) -> Option<(&str, &str)> {
    let path = file.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".md")?;
    Some(path.split_once('/').map_or((path, "en"), |(language, name)| (name, language)))
}

fn draft<'f>(file: &'f SourceFile, info: &ProgramInfo, codes: &Codes, problems: &mut Problems) -> Option<Drafted<'f>> {
    let named = named(file, problems);
    let front = front_matter::read(file, problems);
    let surroundings = Surroundings { codes, links: &info.links, video: front.video };
    let draft = markdown::read(file, front.end, surroundings, problems);
    let (name, language) = named?;
    let title = front.title?;
    let description = front.description.unwrap_or_else(|| first_words(&draft.body).unwrap_or_else(|| Arc::clone(&title)));
    let (version_of, at) = front.version_of.unzip();
    let page = ProgramPage { name, language, title, description, nav: front.nav, year: front.year, version_of, body: draft.body };
    Some(Drafted { file, page, anchors: draft.anchors, links: draft.links, version_of: at })
}

fn named(file: &SourceFile, problems: &mut Problems) -> Option<(Slug, LanguageTag)> {
    let (name, language) = place(&file.name)?;
    let own: Option<Slug> = name.parse().ok().filter(|_| name.len() >= 3 && !links::is_taken(name));
    let language = LanguageTag::new(language);
    let fault = match (&own, &language) {
        (None, _) if links::is_taken(name) => "this name is an address of the site itself",
        (None, _) => "invalid name of a page",
        (_, None) => "invalid name of a language",
        _ => return own.zip(language),
    };
    let problem = checks::PAGE_NAME.at(file.site(), fault).got(&*file.name);
    problems.push(
        problem.rule("pages are pages/name.md or pages/es/name.md: three or more lower-case letters, digits, single hyphens"),
    );
    None
}

/// The first paragraph as a description of the page: whole words, as many as a list of results shows.
fn first_words(body: &[Node]) -> Option<Arc<str>> {
    const LONGEST: usize = 160;
    let text = body.iter().find_map(|node| match node {
        Node::Paragraph(line) => Some(plain_text(line)),
        _ => None,
    })?;
    if text.len() <= LONGEST {
        return Some(text.into());
    }
    let end = text.char_indices().take_while(|(at, _)| *at < LONGEST).filter(|(_, c)| *c == ' ').last()?.0;
    Some(format!("{}…", &text[..end]).into())
}

/// A page in another language stands beside one of the same name.
fn check_languages(drafted: &[Drafted<'_>], problems: &mut Problems) {
    let english = LanguageTag::english();
    for draft in drafted.iter().filter(|draft| draft.page.language != english) {
        let has_original = drafted.iter().any(|other| other.page.name == draft.page.name && other.page.language == english);
        if !has_original {
            let problem = checks::TRANSLATION.at(draft.file.site(), "the page has no original");
            problems.push(problem.remedy(format!("add {FOLDER}/{}.md", draft.page.name.as_str())));
        }
    }
}

/// An earlier version names a page that is there, and both say their year.
fn check_versions(drafted: &[Drafted<'_>], problems: &mut Problems) {
    for draft in drafted {
        let (Some(of), Some(at)) = (&draft.page.version_of, &draft.version_of) else { continue };
        let original = drafted.iter().find(|other| other.page.name == *of && other.page.language == LanguageTag::english());
        let fault = match original {
            None => "version_of names no page",
            Some(_) if draft.page.year.is_none() => "the version has no year",
            Some(original) if original.page.year.is_none() => "the page that it is a version of has no year",
            Some(_) => continue,
        };
        let problem = settings::at(&checks::FRONT_MATTER, draft.file, at.clone(), fault).got(of.as_str());
        problems.push(problem.rule("versions of a page are told apart by their years"));
    }
}
