use std::sync::Arc;

use super::{CourseId, Origin, PartnerId, Site, Term};

/// An organisation that runs the program in its regions.
#[derive(Clone, Debug, PartialEq)]
pub struct Partner {
    /// Its id in files and URLs.
    pub id: PartnerId,
    /// Its name, as people write it.
    pub name: Arc<str>,
    /// Its own site; `http` or `https`.
    pub website: Option<Arc<str>>,
    /// Whom to write to, where the partner says so itself.
    pub contact: Option<Contact>,
    /// Where it has its seat, as `partners.csv` says.
    pub based_in: Option<Arc<str>>,
    /// The courses that it offers; empty means all of the program's.
    pub courses: Vec<CourseId>,
    /// The days on which it is a partner at all.
    pub term: Term,
    /// Remarks of staff; never public.
    pub notes: Option<Arc<str>>,
    /// Where it is written.
    pub origin: Origin,
}

impl Partner {
    /// The file of the program that partners stand in.
    pub const FILE: &str = "partners.csv";

    /// Where it is written.
    pub fn site(&self) -> Site {
        self.origin.site()
    }
}

/// A person or office to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Name of the person or office.
    pub name: Option<Arc<str>>,
    /// Address for e-mail, without `mailto:`.
    pub email: Option<Arc<str>>,
}
