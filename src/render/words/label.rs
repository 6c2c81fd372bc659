//! Short names on pages: navigation, fields, headings and buttons.

/// Navigation: the overview.
pub const HOME: &str = "Home";
/// Navigation: the terms.
pub const TERMS: &str = "Terms";
/// Navigation: the map.
pub const PARTNERS: &str = "Where we have partners";
/// Navigation: questions.
pub const FAQ: &str = "FAQ";
/// Name of the navigation for those who hear it.
pub const NAVIGATION: &str = "Main";
/// First link of every page.
pub const SKIP: &str = "Skip to the content";
/// Name of the search field.
pub const SEARCH: &str = "Does my region have a partner?";
/// What the search field understands.
pub const SEARCH_HINT: &str = "The school’s ZIP is best. A town, county, state, address or coordinates work too.";
/// Name of the choice of courses.
pub const COURSE: &str = "Course";
/// The choice of any course.
pub const ANY_COURSE: &str = "Any course";
/// Name of the date field.
pub const DATE: &str = "On";
/// The search button.
pub const ASK: &str = "Check";
/// What was asked.
pub const ASKED: &str = "You asked for";
/// What it was taken for.
pub const UNDERSTOOD: &str = "Taken for";
/// Heading of the partners of an answer.
pub const WHO: &str = "Who serves it";
/// Heading of the parts of an answer.
pub const PARTS: &str = "Its parts";
/// Column: the name of a part.
pub const AREA: &str = "Area";
/// Column: the share of the people.
pub const PEOPLE: &str = "People";
/// Column: who serves it.
pub const PARTNER: &str = "Partner";
/// Heading of partners that start later.
pub const UPCOMING: &str = "Starting later";
/// Heading of the other sides of borders.
pub const NEAR_BORDER: &str = "Close to a border";
/// Heading of the nearest region.
pub const NEAREST: &str = "Nearest region";
/// Heading of the choices.
pub const CHOICES: &str = "Did you mean";
/// Heading of the notes.
pub const NOTES: &str = "Good to know";
/// Heading of the map.
pub const MAP: &str = "The map";
/// Heading of the list by state.
pub const BY_STATE: &str = "Partners by state";
/// Heading of the data's source.
pub const DATA: &str = "About this data";
/// A partner that began this year.
pub const NEW: &str = "new this year";
/// A partner that pays.
pub const FUNDING: &str = "funding";
/// Where nobody counted the people.
pub const UNKNOWN: &str = "unknown";
/// Link to a partner's own site.
pub const WEBSITE: &str = "Website";
/// A contact that is the program's and not the partner's.
pub const PROGRAM_CONTACT: &str = "the program’s contact";
/// What a partner teaches.
pub const COURSES: &str = "Courses";
/// Whom to write to.
pub const CONTACT: &str = "Contact";
/// Heading of a partner's regions.
pub const REGIONS: &str = "Where it works";
/// Whom to write to where the program names nobody.
pub const PROGRAM_TEAM: &str = "the program team";
/// Name of the legend for those who hear it.
pub const LEGEND: &str = "What the map shows";
