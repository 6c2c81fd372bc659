//! What the reports of gaps are made of.

use super::{
    super::plan::{COUNTY, ColumnPlan, Columns, GAP, Kind, PARTNER, PARTNER_ID, ReportPlan, TablePlan},
    FACTS,
    measures::{OPEN, WEIGHTS},
};
use crate::render::schema;

/// The report of where nobody serves.
pub static PLAN: ReportPlan = ReportPlan {
    name: "gaps",
    schema: "GapsReport",
    about: "Where nobody serves: open counties that hang together, what is open within others, and who could take it",
    facts: FACTS,
    tables: &[&GAPS, &COULD_TAKE, &COUNTIES, &ZIPS, &WEIGHTS],
};

/// The report of one gap area.
pub static ONE: ReportPlan = ReportPlan {
    name: "gap",
    schema: "GapReport",
    about: "A gap: its counties, and who could take it",
    facts: FACTS,
    tables: &[&GAPS, &COULD_TAKE, &COUNTIES, &WEIGHTS],
};

pub(super) static GAPS: TablePlan = TablePlan {
    name: "gaps",
    title: "Gaps, the most people first",
    row: "Gap",
    about: "Open counties that share borders, or what is open within a county; those with the most people first",
    columns: &[
        Columns::Plain(&[
            ColumnPlan::brief("rank", "Rank", Kind::Count, "Its place in the list, the first being 1", "1"),
            ColumnPlan::full(
                "gap",
                "Gap",
                GAP,
                "Its id: `gap:` and its lowest county, or the typed id of the county that it is a part of",
                "gap:41011",
            ),
            ColumnPlan::full("kind", "Kind", Kind::Word(schema::gap_kind), "What it is", "area"),
            ColumnPlan::brief("name", "Where", Kind::Text, "Where it is", "southern Oregon: Coos, Curry, Douglas and 4 more"),
            ColumnPlan::full("states", "States", Kind::Texts, "The codes of the states in which it lies", "OR"),
            ColumnPlan::brief("counties", "Counties", Kind::Count, "How many counties it has", "7").or_none("for a part"),
        ]),
        Columns::Weights(&[OPEN]),
        Columns::Plain(&[
            ColumnPlan::full(
                "estimated",
                "Estimated",
                Kind::Yes,
                "Whether what is open in it is an estimate, as it is for parts",
                "false",
            ),
            ColumnPlan::full("km2", "km²", Kind::Number("square kilometres"), "How large it is", "34314").or_none("for a part"),
            ColumnPlan::full("lat", "Latitude", Kind::Number("degrees (WGS 84)"), "The latitude of its middle", "43.1742")
                .or_none("for a part"),
            ColumnPlan::full("lon", "Longitude", Kind::Number("degrees (WGS 84)"), "The longitude of its middle", "-123.5601")
                .or_none("for a part"),
            ColumnPlan::brief(
                "could_take",
                "Could take it",
                Kind::Ids(PARTNER_ID),
                "Who could take it, by ids, the longest common border first",
                "oregon-cs-network|idaho-cs-partnership",
            )
            .or_none("for a part"),
            ColumnPlan::full(
                "could_take_names",
                "Their names",
                Kind::Texts,
                "Their names, in the same order",
                "Oregon CS Network (sample)|Idaho CS Partnership (sample)",
            )
            .or_none("for a part"),
            ColumnPlan::full(
                "county_ids",
                "Counties",
                Kind::Ids("^county:.+$"),
                "Its counties by typed ids",
                "county:41011|county:41015",
            ),
            ColumnPlan::full("zips", "ZIPs", Kind::Ids("^zip:.+$"), "The open ZIPs of a part, by typed ids", "zip:98366")
                .or_none("for an area"),
        ]),
    ],
    places: true,
    id: Some("gap"),
};

pub(super) static COULD_TAKE: TablePlan = TablePlan {
    name: "could_take",
    title: "Who could take them",
    row: "Taker",
    about: "A partner that could take an area: those who lead where it ends, the longest common border first, then the nearest, \
            until there are three",
    columns: &[
        Columns::Plain(&[
            ColumnPlan::full("gap", "Gap", GAP, "The id of the gap", "gap:41011"),
            ColumnPlan::brief(
                "gap_name",
                "Gap",
                Kind::Text,
                "Where this gap is",
                "southern Oregon: Coos, Curry, Douglas and 4 more",
            ),
            ColumnPlan::brief("partner", "Partner", PARTNER, "The id of the partner", "oregon-cs-network"),
            ColumnPlan::full("name", "Name", Kind::Text, "Its name", "Oregon CS Network (sample)"),
            ColumnPlan::brief(
                "border_km",
                "Common border, km",
                Kind::Number("kilometres"),
                "How long their common border is; where a neighbouring county is shared, times the partner's share of it",
                "199.3",
            ),
            ColumnPlan::brief(
                "distance_km",
                "Distance, km",
                Kind::Number("kilometres"),
                "How far it is from the middle of the gap to the middle of the nearest county in which the partner serves",
                "124.5",
            ),
            ColumnPlan::brief("serves_counties", "Counties now", Kind::Count, "In how many counties it serves already", "7"),
        ]),
        Columns::Weights(&[ColumnPlan::brief(
            "serves_{weight}",
            "{weight} now",
            Kind::Amount,
            "The people whom it serves already",
            "4843199",
        )
        .or_none("where nobody counted")]),
    ],
    places: false,
    id: None,
};

pub(super) static COUNTIES: TablePlan = TablePlan {
    name: "counties",
    title: "Open counties",
    row: "GapCounty",
    about: "A county of an area",
    columns: &[
        Columns::Plain(&[
            ColumnPlan::full("gap", "Gap", GAP, "The id of the gap", "gap:41011"),
            ColumnPlan::full("region", "County", COUNTY, "The typed id of the county", "county:41011"),
            ColumnPlan::full("name", "Name", Kind::Text, "Its name", "Coos County"),
            ColumnPlan::full("state", "State", Kind::Text, "The code of its state", "OR"),
        ]),
        Columns::Weights(&[ColumnPlan { is_brief: false, ..OPEN }]),
    ],
    places: false,
    id: Some("region"),
};

pub(super) static ZIPS: TablePlan = TablePlan {
    name: "zips",
    title: "Open ZIPs in partly covered counties",
    row: "GapZip",
    about: "An open ZIP in a part of a county",
    columns: &[Columns::Plain(&[
        ColumnPlan::brief("region", "County", COUNTY, "The typed id of the county", "county:53035"),
        ColumnPlan::brief("county_name", "Name", Kind::Text, "Its full name", "Kitsap County, Washington"),
        ColumnPlan::full("status", "Status", Kind::Word(schema::status), "The status of the county", "partly_covered"),
        ColumnPlan::brief("zip", "ZIP", Kind::Id("^zip:.+$"), "The ZIP by its typed id", "zip:98366"),
        ColumnPlan::brief("place", "Place", Kind::Text, "Its postal place name", "Port Orchard"),
        ColumnPlan::brief(
            "population_open",
            "People, estimated",
            Kind::Count,
            "The people of the ZIP in this county, an estimate that sums to what is open there",
            "37211",
        ),
    ])],
    places: false,
    id: None,
};
