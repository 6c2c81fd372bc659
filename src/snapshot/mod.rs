//! One generation of data, indexed: built once, never changed, shared by everything that answers.

mod area;
mod area_set;
mod around;
mod borders;
mod cell;
mod cover;
mod gazetteer;
mod land;
mod locator;
mod naming;
mod neighbourhood;
mod outline;
mod outward;
mod overlay;
mod part;
mod partition;
mod parts;
mod recent;
mod roster;
mod stored;
mod vicinity;
mod zip_table;

pub use area::{Area, AreaIx, AreaKind, StateIx, UnitIx};
pub use area_set::AreaSet;
pub use borders::Border;
pub use cell::Cell;
pub use cover::{Held, Leaf, UnitCover, ZipRule};
pub use gazetteer::{Gazetteer, Named, NamedPlace, PlaceIx};
pub use land::Land;
pub use locator::Locator;
pub use naming::{beginnings, normal_name};
pub use neighbourhood::{Neighbour, Neighbourhood};
pub use outward::Outward;
pub use overlay::Piece;
pub use part::NearestArea;
pub use recent::Recent;
pub use roster::{AssignmentIx, Claim, ClaimIx, Duty, PartnerIx, Roster, Target};
pub use stored::Index;
pub use vicinity::NEAR_PARTNERS;
pub use zip_table::{ZipIx, ZipPart, ZipTable};

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use crate::domain::{
    Assignment, Course, CourseId, Dataset, Generation, Partner, PartnerId, Problem, Program, ProgramInfo, Standing,
};

/// How many rosters are kept; a question about another day or course makes its own in about a millisecond.
const ROSTERS_KEPT: usize = 32;

/// One generation: the land, the program on it, and who serves what on any day.
pub struct Snapshot {
    generation: Generation,
    warnings: Vec<Problem>,
    land: Arc<Land>,
    program: Arc<Program>,
    duties: Vec<Duty>,
    /// The first day of each span of days on which the same duties hold; before the first of them is a span, too.
    changes: Vec<Date>,
    /// The names of public partners in normal form, by id.
    public_names: Vec<(PartnerIx, Box<str>)>,
    new_this_year: Vec<PartnerIx>,
    /// Remembered results of a pure function: nothing that can be seen from outside ever changes.
    rosters: Recent<RosterKey, Roster>,
}

/// The number of a span of days, and a course.
type RosterKey = (usize, Option<CourseId>);

impl Snapshot {
    /// Indexes a data set.
    pub fn new(dataset: Dataset) -> Self {
        let land = Arc::new(Land::new(dataset.geography.clone(), &dataset.program.regions));
        Self::on(land, dataset)
    }

    /// Indexes the program of a data set on land that is there already, when only partners have changed.
    pub fn on(land: Arc<Land>, dataset: Dataset) -> Self {
        let duties = roster::duties(&land, &dataset.program);
        let starts = duties.iter().filter_map(|duty| duty.term.starts_on);
        let ends = duties.iter().filter_map(|duty| duty.term.ends_on.and_then(|last| last.tomorrow().ok()));
        let mut changes: Vec<Date> = starts.chain(ends).collect();
        changes.sort_unstable();
        changes.dedup();
        let Dataset { generation, program, warnings, .. } = dataset;
        let public_names = public_names(&program, &duties);
        let new_this_year = new_this_year(&program, &duties);
        let rosters = Recent::new(ROSTERS_KEPT);
        Self { generation, warnings, land, program, duties, changes, public_names, new_this_year, rosters }
    }

    /// The next generation: on the same ground where neither the geography nor the program's regions have changed.
    pub fn succeeded_by(&self, dataset: Dataset) -> Self {
        if self.is_on_ground_of(&dataset) { Self::on(self.land.clone(), dataset) } else { Self::new(dataset) }
    }

    /// Whether a data set is about the same ground: neither the geography nor the program's regions are others.
    pub fn is_on_ground_of(&self, dataset: &Dataset) -> bool {
        self.land.is_of(&dataset.geography) && self.program.regions == dataset.program.regions
    }

    /// The name of this generation.
    pub fn generation(&self) -> &Generation {
        &self.generation
    }

    /// What was found about the files when they were loaded.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// The ground.
    pub fn land(&self) -> &Arc<Land> {
        &self.land
    }

    /// The program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// What `program.toml` says.
    pub fn info(&self) -> &ProgramInfo {
        &self.program.info
    }

    /// The course with an id.
    pub fn course(&self, id: &CourseId) -> Option<&Course> {
        self.info().courses.iter().find(|course| course.id == *id)
    }

    /// A partner by its id.
    pub fn partner(&self, id: &PartnerId) -> Option<PartnerIx> {
        self.program.partners.binary_search_by(|partner| partner.id.cmp(id)).ok().map(|i| PartnerIx(i as u32))
    }

    /// What is known of a partner.
    pub fn partner_at(&self, partner: PartnerIx) -> &Partner {
        &self.program.partners[partner.0 as usize]
    }

    /// Whether the name of a partner may be told: those are not public that are known by applications under review alone.
    pub fn is_public(&self, partner: PartnerIx) -> bool {
        self.public_names.binary_search_by_key(&partner, |(ix, _)| *ix).is_ok()
    }

    /// The partners whose names may be told, by id, with their names in normal form.
    pub fn public_names(&self) -> impl Iterator<Item = (PartnerIx, &str)> {
        self.public_names.iter().map(|(partner, name)| (*partner, &**name))
    }

    /// The public partners whose name or id is this, in normal form; `(…)` at the end of a name may be left out.
    pub fn partners_named<'a>(&'a self, normal: &'a str) -> impl Iterator<Item = PartnerIx> + 'a {
        let is_named = move |partner: &Partner| {
            let short = partner.name.split('(').next().unwrap_or_default();
            [short, &*partner.name, partner.id.as_str()].into_iter().any(|name| normal_name(name) == normal)
        };
        self.public_names().map(|(ix, _)| ix).filter(move |ix| is_named(self.partner_at(*ix)))
    }

    /// An assignment as it is written.
    pub fn assignment(&self, assignment: AssignmentIx) -> &Assignment {
        &self.program.assignments[assignment.0 as usize]
    }

    /// All assignments, resolved, in the order of their file.
    pub fn duties(&self) -> &[Duty] {
        &self.duties
    }

    /// An assignment, resolved.
    pub fn duty(&self, assignment: AssignmentIx) -> Option<&Duty> {
        self.duties.binary_search_by_key(&assignment, |duty| duty.assignment).ok().map(|i| &self.duties[i])
    }

    /// Who serves what on a day, for a course (`None` means any).
    pub fn roster(&self, day: Date, course: Option<&CourseId>) -> Arc<Roster> {
        let key = (self.changes.partition_point(|change| *change <= day), course.cloned());
        self.rosters.get_or(key, || Roster::new(&self.land, &self.program, &self.duties, day, course))
    }

    /// Whether a partner's first assignment as a lead or a fund starts within the present program year.
    pub fn is_new_this_year(&self, partner: PartnerIx) -> bool {
        self.new_this_year.binary_search(&partner).is_ok()
    }
}

/// The partners whose first active assignment starts within the program year, in ascending order.
fn new_this_year(program: &Program, duties: &[Duty]) -> Vec<PartnerIx> {
    let Some(year) = &program.info.year else { return Vec::new() };
    // One without a first day has been there for ever, and comes first.
    let mut firsts: BTreeMap<PartnerIx, Option<Date>> = BTreeMap::new();
    for duty in duties.iter().filter(|duty| duty.standing == Standing::Active) {
        let first = firsts.entry(duty.partner).or_insert(duty.term.starts_on);
        *first = (*first).min(duty.term.starts_on);
    }
    let is_within = |first: Option<Date>| first.is_some_and(|day| year.starts_on <= day && day <= year.ends_on);
    firsts.into_iter().filter(|(_, first)| is_within(*first)).map(|(partner, _)| partner).collect()
}

fn public_names(program: &Program, duties: &[Duty]) -> Vec<(PartnerIx, Box<str>)> {
    let is_public = |partner: PartnerIx| {
        let mut own = duties.iter().filter(|duty| duty.partner == partner).peekable();
        own.peek().is_none() || own.any(|duty| duty.standing == Standing::Active)
    };
    let named = (0..).map(PartnerIx).zip(&program.partners).filter(|(ix, _)| is_public(*ix));
    named.map(|(ix, partner)| (ix, normal_name(&partner.name).into())).collect()
}
