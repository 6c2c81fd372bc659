//! The pages of a program as their authors wrote them: a tree of plain values, already checked.

use std::{fmt, sync::Arc};

use super::Slug;
use crate::census::StateCode;

/// A page of the program: what its front matter says, and what stands below.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramPage {
    /// Its name: that of its file, and of its address.
    pub name: Slug,
    /// The language that it is written in.
    pub language: LanguageTag,
    /// Its title, and its one heading of the first level.
    pub title: Arc<str>,
    /// What it is about, in one or two sentences.
    pub description: Arc<str>,
    /// Its place in the navigation; `None` where it has none.
    pub nav: Option<NavPlace>,
    /// The year that it is about: `2016-17`.
    pub year: Option<Arc<str>>,
    /// The page that it is an earlier version of.
    pub version_of: Option<Slug>,
    /// What stands below its heading.
    pub body: Vec<Node>,
}

/// A place in the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavPlace {
    /// What the link says.
    pub label: Arc<str>,
    /// What it says in languages in which the page itself is not written.
    pub labels: Vec<(LanguageTag, Arc<str>)>,
    /// Places stand in the order of these numbers; the map's own is [`NavPlace::MAP`].
    pub order: u16,
}

/// The tag of a language (BCP 47), such as `en`: two or three lower-case letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(Arc<str>);

/// Something that stands on lines of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A heading below the page's title.
    Heading {
        /// Its level, from 2 to 6.
        level: u8,
        /// Its id on the page.
        anchor: Arc<str>,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Text of a tight list, which is no paragraph.
    Plain(Vec<Inline>),
    /// A list; numbered from a first number where there is one.
    List {
        /// The first number.
        first: Option<u64>,
        /// Its items.
        items: Vec<Vec<Node>>,
    },
    /// Words of somebody else.
    Quote(Vec<Node>),
    /// Text as a machine has it.
    Code(Arc<str>),
    /// A table: its first row is its head.
    Table(Vec<Vec<Vec<Inline>>>),
    /// A line between two subjects.
    Rule,
    /// Things side by side, where there is room.
    Columns(Vec<Vec<Node>>),
    /// Something that the service fills in.
    Block(Block),
}

/// Something within a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words.
    Text(Arc<str>),
    /// Words that matter.
    Strong(Vec<Inline>),
    /// Words that are stressed.
    Emphasis(Vec<Inline>),
    /// Text as a machine has it.
    Code(Arc<str>),
    /// A link.
    Link {
        /// Where it leads.
        to: Target,
        /// What it says.
        text: Vec<Inline>,
    },
    /// The end of a line.
    Break,
}

/// The words of a line, without what they look like.
#[must_use]
pub fn plain_text(line: &[Inline]) -> String {
    line.iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => text.to_string(),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => plain_text(inner),
            Inline::Break => " ".to_owned(),
        })
        .collect()
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An anchor of the same page.
    Anchor(Arc<str>),
    /// An address of this site, without the prefix of a language: `/faq#pay`.
    Site(Arc<str>),
    /// Another site, or a mail; `http`, `https` or `mailto`.
    Elsewhere(Arc<str>),
}

/// What the service fills in: `{{ name key=value }}` in a page's file.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The map of the country or of one state.
    PartnerMap(Option<StateCode>),
    /// The list of partners by state.
    PartnerList,
    /// How many partners there are, in how many states.
    Counts,
    /// The search.
    Search,
    /// Whether a region is open, and what to do then.
    RegionCheck,
    /// When organisations may apply.
    Season,
    /// Whom to ask.
    Contact,
    /// The other versions of the page.
    Versions,
    /// A way back to the top.
    Top,
    /// A further anchor.
    Anchor(Arc<str>),
    /// A link that looks like a button.
    Button(Target, Arc<str>),
    /// A link to a video, with a picture to press.
    Video(Target, Arc<str>),
}

impl NavPlace {
    /// The order of the partner map's place.
    pub const MAP: u16 = 30;

    /// What the link says in a language, where that is known.
    pub fn label_in(&self, language: &str) -> Option<&str> {
        self.labels.iter().find(|(tag, _)| tag.as_str() == language).map(|(_, label)| &**label)
    }
}

impl ProgramPage {
    /// All that the service fills in, in the order of the page.
    pub fn blocks(&self) -> Vec<&Block> {
        fn collect<'a>(nodes: &'a [Node], into: &mut Vec<&'a Block>) {
            for node in nodes {
                match node {
                    Node::Block(block) => into.push(block),
                    Node::Columns(columns) => columns.iter().for_each(|column| collect(column, into)),
                    _ => {}
                }
            }
        }
        let mut blocks = Vec::new();
        collect(&self.body, &mut blocks);
        blocks
    }
}

impl LanguageTag {
    /// The language of pages that stand in no folder of a language.
    pub fn english() -> Self {
        Self("en".into())
    }

    /// The tag in a text; `None` when it is none.
    ///
    /// ```
    /// use coverage_map::domain::LanguageTag;
    /// assert_eq!(LanguageTag::new("es").map(|tag| tag.to_string()).as_deref(), Some("es"));
    /// assert_eq!(LanguageTag::new("Spanish"), None);
    /// ```
    pub fn new(text: &str) -> Option<Self> {
        let fits = matches!(text.len(), 2 | 3) && text.bytes().all(|b| b.is_ascii_lowercase());
        fits.then(|| Self(text.into()))
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
