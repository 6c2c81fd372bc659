use jiff::tz::TimeZone;

use super::wire::{NotUnpacked, Reader, Wire, Writer, wire_enum, wire_struct, wire_text};
use crate::domain::{
    AcceptedOverlap, ApplicationWindow, Assignment, Contact, Course, CourseId, Generation, Origin, Partner, PartnerId, Program,
    ProgramInfo, ProgramRegion, ProgramYear, Redirect, RegionId, Role, ServiceArea, Shape, Slug, Standing, Term,
};

wire_text!(Slug, PartnerId, CourseId, RegionId);

wire_struct! {
    Program { info, partners, assignments, regions, accepted }
    ProgramInfo {
        name, organisation, scope, time_zone, year, courses, applications, contact, links, service_area, theme,
        hold_if_covered_people_fall_by, redirects, pages,
    }
    ProgramYear { label, starts_on, ends_on }
    Course { id, name, grades }
    ApplicationWindow { term, form_url, region_parameter, course_parameter, terms_page }
    Term { starts_on, ends_on }
    Contact { name, email }
    Redirect { from, to }
    Partner { id, name, website, contact, based_in, courses, term, notes, origin }
    Assignment { partner, region, courses, role, standing, term, review_by, notes, origin }
    Origin { file, line, row }
    ProgramRegion { id, name, shape, site }
    AcceptedOverlap { regions, reason, site }
}

wire_enum! {
    Role { 0 Lead, 1 Funding }
    Standing { 0 Active, 1 Pending }
    ServiceArea { 0 Country, 1 States(states) }
    Shape { 0 Drawn(boundary), 1 Members(members) }
}

/// A time zone by its name; its rules are those of the machine that reads it.
impl Wire for TimeZone {
    fn put(&self, out: &mut Writer) {
        self.iana_name().unwrap_or("UTC").to_owned().put(out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let name = super::primitives::text(from)?;
        Self::get(name).map_err(|error| from.impossible(error))
    }
}

impl Wire for Generation {
    fn put(&self, out: &mut Writer) {
        self.as_str().to_owned().put(out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let text = super::primitives::text(from)?;
        Self::named(text).ok_or_else(|| from.impossible(format_args!("no name of a generation (got {text:?})")))
    }
}
