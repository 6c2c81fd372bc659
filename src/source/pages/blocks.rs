//! What each block is called, and what is said to it.

use std::sync::Arc;

use super::{
    call::{Argument, Call},
    markdown::Writer,
};
use crate::{
    domain::{Block, Check},
    source::{checks, settings, suggest},
};

/// Opens columns.
pub const COLUMNS: &str = "columns";
/// Begins the next column.
pub const COLUMN: &str = "column";
/// Closes columns.
pub const END: &str = "end";

/// Every block with what may be said to it.
const BLOCKS: [(&str, &[&str]); 15] = [
    ("partner-map", &["state"]),
    ("partner-list", &[]),
    ("counts", &[]),
    ("search", &[]),
    ("region-check", &[]),
    ("season", &[]),
    ("contact", &[]),
    ("versions", &[]),
    ("top", &[]),
    ("anchor", &["name"]),
    ("button", &["to", "text"]),
    ("video", &["text"]),
    (COLUMNS, &[]),
    (COLUMN, &[]),
    (END, &[]),
];

/// The ids that a block brings to its page.
pub fn anchors(block: &Block) -> Vec<&str> {
    match block {
        Block::PartnerMap(_) => vec!["partner-map"],
        Block::PartnerList => vec!["by-state"],
        Block::Search => vec!["search", "q", "q-hint"],
        Block::RegionCheck => vec!["region-check", "q", "q-hint"],
        Block::Season => vec!["season"],
        Block::Versions => vec!["versions"],
        Block::Anchor(name) => vec![name],
        _ => Vec::new(),
    }
}

impl Writer<'_> {
    /// Whether a block is one that there is, and knows all that is said to it; problems where it is not.
    pub fn is_known(&mut self, call: &Call<'_>) -> bool {
        let Some((_, known)) = BLOCKS.iter().find(|(name, _)| *name == call.name) else {
            let names = BLOCKS.map(|(name, _)| name);
            let near = suggest::nearest(call.name, names).map(|name| format!("did you mean {name}?"));
            let problem =
                settings::at(&checks::UNKNOWN_BLOCK, self.file, call.at.clone(), "there is no such block").got(call.name);
            let problem = problem.rule(format!("blocks are {}", names.join(", ")));
            self.problems.push(match near {
                Some(near) => problem.remedy(near),
                None => problem,
            });
            return false;
        };
        for argument in call.arguments.iter().filter(|argument| !known.contains(&argument.key)) {
            let rule = match known {
                [] => format!("{} has no parameters", call.name),
                known => format!("parameters of {} are {}", call.name, known.join(", ")),
            };
            let what = format!("{} has no parameter {:?}", call.name, argument.key);
            self.problems.push(settings::at(&checks::BAD_BLOCK, self.file, argument.at.clone(), what).rule(rule));
        }
        call.arguments.iter().all(|argument| known.contains(&argument.key))
    }

    /// What a block puts on the page; a problem and `None` where something said to it is missing or wrong.
    pub fn block(&mut self, call: &Call<'_>) -> Option<Block> {
        Some(match call.name {
            "partner-map" => Block::PartnerMap(match call.argument("state") {
                Some(state) => Some(self.state(state)?),
                None => None,
            }),
            "partner-list" => Block::PartnerList,
            "counts" => Block::Counts,
            "search" => Block::Search,
            "region-check" => Block::RegionCheck,
            "season" => Block::Season,
            "contact" => Block::Contact,
            "versions" => Block::Versions,
            "top" => Block::Top,
            "anchor" => Block::Anchor(self.anchor_name(call)?),
            "button" => self.button(call)?,
            "video" => self.video(call)?,
            _ => return None,
        })
    }

    fn state(&mut self, state: &Argument<'_>) -> Option<crate::census::StateCode> {
        let code = state.value.strip_prefix("state:").unwrap_or(state.value).parse().ok();
        let found = code.filter(|code| self.surroundings.codes.has_state(*code));
        if found.is_none() {
            let rule = "a state is named by its code, such as WA";
            self.refuse(&checks::BAD_BLOCK, state.at.clone(), "unknown state", state.value, rule);
        }
        found
    }

    fn needed<'t>(&mut self, call: &'t Call<'_>, key: &str) -> Option<&'t Argument<'t>> {
        if call.argument(key).is_none() {
            let what = format!("{} has no {key}", call.name);
            let problem = settings::at(&checks::BAD_BLOCK, self.file, call.at.clone(), what);
            self.problems.push(problem.remedy(format!("write {{{{ {} {key}=… }}}}", call.name)));
        }
        call.argument(key)
    }

    fn anchor_name(&mut self, call: &Call<'_>) -> Option<Arc<str>> {
        let name = self.needed(call, "name")?;
        let sound = name.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !sound {
            let rule = "an anchor is letters, digits, hyphens and underscores";
            self.refuse(&checks::BAD_BLOCK, name.at.clone(), "invalid anchor", name.value, rule);
        }
        sound.then(|| name.value.into())
    }

    fn button(&mut self, call: &Call<'_>) -> Option<Block> {
        let (to, text) = (self.needed(call, "to"), self.needed(call, "text")?);
        let to = to?;
        Some(Block::Button(self.target(to.value, to.at.clone())?, text.value.into()))
    }

    fn video(&mut self, call: &Call<'_>) -> Option<Block> {
        let text = self.needed(call, "text")?;
        let Some((address, at)) = self.surroundings.video.clone() else {
            let problem = settings::at(&checks::BAD_BLOCK, self.file, call.at.clone(), "the page has no video");
            self.problems.push(problem.remedy("add a line video: … to its front matter"));
            return None;
        };
        Some(Block::Video(self.target(&address, at)?, text.value.into()))
    }

    /// A problem with a value and a rule.
    pub fn refuse(&mut self, check: &Check, at: std::ops::Range<usize>, what: &str, got: &str, rule: &str) {
        self.problems.push(settings::at(check, self.file, at, what).got(got).rule(rule));
    }
}

impl Call<'_> {
    /// What is said by a key.
    fn argument(&self, key: &str) -> Option<&Argument<'_>> {
        self.arguments.iter().find(|argument| argument.key == key)
    }
}
