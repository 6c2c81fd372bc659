use super::wire::{NotUnpacked, Reader, Wire, Writer, wire_enum, wire_struct};
use crate::domain::{Block, Inline, LanguageTag, NavPlace, Node, Pages, ProgramPage, Target};

wire_struct! {
    ProgramPage { name, language, title, description, nav, year, version_of, body }
    NavPlace { label, labels, order }
}

wire_enum! {
    Node {
        0 Heading { level, anchor, text },
        1 Paragraph(text),
        2 Plain(text),
        3 List { first, items },
        4 Quote(nodes),
        5 Code(text),
        6 Table(rows),
        7 Rule,
        8 Columns(columns),
        9 Block(block),
    }
    Inline { 0 Text(text), 1 Strong(inner), 2 Emphasis(inner), 3 Code(text), 4 Link { to, text }, 5 Break }
    Target { 0 Anchor(name), 1 Site(path), 2 Elsewhere(address) }
    Block {
        0 PartnerMap(state),
        1 PartnerList,
        2 Counts,
        3 Search,
        4 RegionCheck,
        5 Season,
        6 Contact,
        7 Versions,
        8 Top,
        9 Anchor(name),
        10 Button(to, label),
        11 Video(to, label),
    }
}

impl Wire for Pages {
    fn put(&self, out: &mut Writer) {
        out.length(self.iter().count());
        self.iter().for_each(|page| page.put(out));
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        Vec::get(from).map(Self::new)
    }
}

impl Wire for LanguageTag {
    fn put(&self, out: &mut Writer) {
        self.as_str().to_owned().put(out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let text = super::primitives::text(from)?;
        Self::new(text).ok_or_else(|| from.impossible(format_args!("no tag of a language (got {text:?})")))
    }
}
