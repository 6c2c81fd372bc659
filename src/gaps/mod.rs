//! Staff reports: how much is covered, where nobody serves, and who could.
//!
//! All of it follows from one book: the people of each county (and whatever else is counted) are shared out in
//! whole numbers among those who hold it, once, so that every total is exactly the sum of its parts.

mod applications;
mod areas;
mod book;
mod calendar;
mod change;
mod coverage;
mod graph;
mod load;
mod measure;
mod partly;
mod place;
mod report;
mod takers;
mod tally;
mod wanted;

pub use applications::{Application, Applications, applications};
pub use areas::{GapArea, GapCounty};
pub use calendar::{Calendar, DayChange, Event, EventKind, calendar, counts as event_counts};
pub use change::{Change, CountyChange, Standpoint, TotalChange, change};
pub use coverage::{CourseCoverage, Coverage, Level, Row, coverage};
pub use load::Load;
pub use measure::Measure;
pub use partly::{PartGap, ZipGap};
pub use place::{Place, Whereabouts};
pub use report::{Gap, Gaps, Wanted, gaps};
pub use takers::Taker;
pub use tally::{Amounts, Tallies, Tally, UnitCounts};
pub use wanted::{AskedCounty, AskedGap, Demand, demand};
