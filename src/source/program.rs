//! The files of a program to a program, held against a geography.

use super::{
    accepted, agreement, assignments,
    codes::Codes,
    files::{self, Read, find},
    land::Land,
    land_agreement, pages, partners,
    problems::Problems,
    program_info,
    region_refs::Regions,
    regions,
};
use crate::domain::{Problem, Program};

/// The program of its files; without a geography, only what needs none is checked.
pub fn read(folder: &str, land: Option<&Land>, reads: &[Read], all: &mut Vec<Problem>) -> Program {
    let empty = Codes::default();
    let codes = land.map_or(&empty, |land| &land.codes);
    let mut problems = Problems::default();
    let mut info = match find(reads, program_info::FILE) {
        Some(file) => program_info::read(file, folder, codes, &mut problems),
        None => program_info::defaults(folder),
    };
    // Of a file that is not right nobody knows which courses it was to have: any may be named.
    let courses = if problems.are_fatal() { &[][..] } else { &info.courses };
    let partners = find(reads, partners::FILE).map(|file| partners::read(file, courses, &mut problems));
    let mut found = regions::Found::default();
    found.torn = regions::FILES.into_iter().find(|name| files::is_unreadable(reads, name));
    if let Some(file) = find(reads, regions::DRAWN) {
        regions::drawn(file, &mut found, &mut problems);
    }
    let (mut assignments, mut accepted) = (Vec::new(), Vec::new());
    // Without codes every id would be unknown: the missing geography is problem enough.
    if land.is_some() {
        if let Some(file) = find(reads, regions::BUILT) {
            regions::built(file, codes, &mut found, &mut problems);
        }
        let names = found.names();
        let refs = Regions::new(codes, &names, found.torn);
        if let Some(file) = find(reads, assignments::FILE) {
            assignments = assignments::read(file, courses, partners.as_deref(), &refs, &mut problems);
        }
        if let Some(file) = find(reads, accepted::FILE) {
            accepted = accepted::read(file, &refs, &mut problems);
        }
        refs.report_unchecked(&mut problems);
    }
    let names_of_regions = found.names();
    let regions = found.sorted();
    if let Some(land) = land {
        let complete = find(reads, assignments::FILE).is_some() && partners.is_some() && !problems.are_fatal();
        agreement::check(partners.as_deref().unwrap_or_default(), &assignments, complete, &mut problems);
        land_agreement::check_regions(&regions, &land.geography, regions::DRAWN, &mut problems);
    }
    let known = pages::Known { codes, partners: partners.as_deref(), regions: &names_of_regions };
    info.pages = pages::read(reads, &info, &known, &mut problems);
    all.extend(problems.into_vec());
    Program { info, partners: partners.unwrap_or_default(), assignments, regions, accepted }
}
