//! What the product is about: areas, ZIPs and places of a geography; partners, assignments and regions of a
//! program; and [`Problem`]s, facts about the data that somebody has to know.
//!
//! Values here are already checked (by [`crate::source`]): ids exist, dates are in order, links are safe.

mod assignment;
mod dataset;
mod geography;
mod page;
mod pages;
mod partner;
mod problem;
mod program;
mod region;

pub use assignment::{Assignment, Origin, Role, Standing, Term};
pub use dataset::{Dataset, Generation};
pub use geography::{County, Geography, LayerFiles, Place, RetiredCounty, State, Weights, Zip, ZipCounty, ZipKind};
pub use page::{Block, Inline, LanguageTag, NavPlace, Node, ProgramPage, Target, plain_text};
pub use pages::Pages;
pub use partner::{Contact, Partner};
pub(crate) use problem::table_of_checks;
pub use problem::{Check, Excerpt, Problem, Severity, Site};
pub use program::{
    AcceptedOverlap, ApplicationWindow, Course, Program, ProgramInfo, ProgramRegion, ProgramYear, Redirect, Season, ServiceArea,
    Shape,
};
pub use region::{CourseId, InvalidId, PartnerId, RegionId, Slug};
