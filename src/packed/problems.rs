use super::wire::{NotUnpacked, Reader, Wire, Writer, wire_enum, wire_struct};
use crate::{
    domain::{Excerpt, Problem, Severity, Site},
    source::CHECKS,
};

wire_struct! {
    Site { file, line, column, within }
    Excerpt { text, start, end }
}

wire_enum! {
    Severity { 0 Error, 1 Warning }
}

impl Wire for Problem {
    fn put(&self, out: &mut Writer) {
        let Self { site, check, severity, what, got, rule, remedy, related, excerpt } = self;
        (*check).to_owned().put(out);
        severity.put(out);
        site.put(out);
        what.put(out);
        [got, rule, remedy].into_iter().for_each(|text| text.put(out));
        related.put(out);
        excerpt.put(out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let name = super::primitives::text(from)?;
        let check = CHECKS.iter().find(|check| check.name == name);
        let check = check.ok_or_else(|| from.impossible(format_args!("no check of this program (got {name:?})")))?;
        let (severity, site) = (Severity::get(from)?, Site::get(from)?);
        let what = String::get(from)?;
        let (got, rule, remedy) = (Wire::get(from)?, Wire::get(from)?, Wire::get(from)?);
        let problem = Self {
            site,
            check: check.name,
            severity,
            what,
            got,
            rule,
            remedy,
            related: Wire::get(from)?,
            excerpt: Wire::get(from)?,
        };
        match &problem.excerpt {
            Some(excerpt) if excerpt.text.get(excerpt.start..excerpt.end).is_none() => {
                Err(from.impossible("no part of its line"))
            }
            _ => Ok(problem),
        }
    }
}
