//! The named checks of this layer, in one sentence each.

use crate::domain::table_of_checks;

table_of_checks! {
    // Program regions.
    OVERLAP Warning "overlap" "program regions of different partners lie apart, or one inside the other; accepted.csv lists those that may overlap"
    SLIVER Warning "sliver" "borders of program regions that nearly match do match"
    STALE_ACCEPTANCE Warning "stale-acceptance" "an overlap that accepted.csv lists is still there"
    UNASSIGNED_REGION Warning "unassigned-region" "a program region has a partner, now or later"
    // Dates.
    REVIEW_OVERDUE Warning "review-overdue" "an assignment is looked at again by the day that review_by names"
    PENDING_LATE Warning "pending-late" "an application is decided before the day on which it would start"
    PENDING_UNDATED Warning "pending-undated" "an application under review says when it would start, or by when it is reviewed"
    // Partners.
    NO_WEBSITE Warning "no-website" "a partner that serves a region has a website"
    // Boundaries of the geography.
    UNMATCHED_BORDER Warning "unmatched-border" "areas of a layer that touch have the same vertices along their common border"
    STATE_BORDER Warning "state-border" "every edge of a state's border is an edge of one of its counties"
}
