use super::quantities::day;
use crate::lookup::Reason;

/// What became of an assignment that was looked at.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Serves => "serves".to_owned(),
        Reason::Joins => "funds the lead that serves".to_owned(),
        Reason::Shadowed => "gives way to a more specific region".to_owned(),
        Reason::NotYet(first) => format!("starts on {}", day(*first)),
        Reason::Ended(last) => format!("ended on {}", day(*last)),
        Reason::Never => "holds on no day: its dates and its partner’s do not meet".to_owned(),
        Reason::OtherCourse => "does not offer the course there".to_owned(),
        Reason::Pending => "is an application under review".to_owned(),
        Reason::NoLead => "funds, but no lead serves there".to_owned(),
    }
}
