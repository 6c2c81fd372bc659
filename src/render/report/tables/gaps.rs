use super::{
    super::{Cell, Report, Shape, Table},
    facts,
    gap_name::gap_name,
    gap_plan::{COULD_TAKE, COUNTIES, GAPS, ONE, PLAN, ZIPS},
    measures::{amount_cells, heading, weights_table},
};
use crate::{
    gaps::{Gap, GapArea, GapCounty, Gaps, PartGap, Taker},
    render::{
        json,
        words::{self, Words, count},
    },
};

/// The report of where nobody serves; `shape` says where a gap is.
pub fn gaps(gaps: &Gaps, words: &Words, shape: impl Fn(&GapArea) -> Shape) -> Report {
    let course = gaps.course.as_ref().map(|course| format!(" for {}", words.course(course))).unwrap_or_default();
    Report {
        plan: &PLAN,
        title: format!("Where nobody serves{course} on {}", words.day(gaps.as_of)),
        summary: summary(gaps),
        as_of: gaps.as_of,
        facts: facts(gaps.course.as_ref(), &gaps.generation),
        tables: vec![areas(gaps, shape), takers(gaps), counties(gaps), zips(gaps), weights_table(&gaps.measures)],
    }
}

/// The report of one gap area; `shape` is where it is.
pub fn gap(gaps: &Gaps, area: &GapArea, words: &Words, shape: Shape) -> Report {
    let one = Gaps { areas: vec![area.clone()], parts: Vec::new(), ..gaps.clone() };
    let mut counties = counties(&one);
    counties.columns.iter_mut().filter(|column| column.name != "gap").for_each(|column| column.is_brief = true);
    let mut takers = takers(&one);
    takers.columns.iter_mut().filter(|column| column.name == "gap_name").for_each(|column| column.is_brief = false);
    let people = match (gaps.measures.first(), area.amounts.first()) {
        (Some(measure), Some(Some(amount))) => format!(", {} {}", words::thousands(*amount), heading(measure).to_lowercase()),
        _ => String::new(),
    };
    let counted = count(area.counties.len(), "county", "counties");
    let km2 = words::thousands((area.square_metres / 1e6).round() as u64);
    let mut summary = vec![format!("{counted}{people}, {km2} km². Nobody serves here on {}.", words.day(gaps.as_of))];
    summary.extend(area.takers.first().map(|taker| match taker.border_m > 0.0 {
        true => format!("Its longest border, {:.0} km, is with {}.", taker.border_m / 1e3, taker.name),
        false => format!("No partner touches it; the nearest is {}, {:.0} km away.", taker.name, taker.distance_m / 1e3),
    }));
    Report {
        plan: &ONE,
        title: gap_name(area),
        summary,
        as_of: gaps.as_of,
        facts: facts(gaps.course.as_ref(), &gaps.generation),
        tables: vec![areas(&one, |_| shape.clone()), takers, counties, weights_table(&gaps.measures)],
    }
}

fn summary(gaps: &Gaps) -> Vec<String> {
    let counties = count(gaps.counties.open, "county", "counties");
    let mut said = vec![match (gaps.measures.first(), gaps.whole.first()) {
        (Some(measure), Some(Some(tally))) => format!(
            "{} {} have no partner: {counties} in {}, and parts of {}.",
            words::thousands(tally.open),
            heading(measure).to_lowercase(),
            count(gaps.areas.len(), "area", "areas"),
            count(gaps.parts.len(), "other county", "other counties"),
        ),
        _ => format!("{counties} in {} have no partner.", count(gaps.areas.len(), "area", "areas")),
    }];
    if let Some(first) = gaps.areas.first() {
        let beside = first.takers.first().filter(|taker| taker.border_m > 0.0);
        let beside = beside.map(|taker| format!("; its longest border is with {}", taker.name)).unwrap_or_default();
        said.push(format!("The largest is {}{beside}.", gap_name(first)));
    }
    said
}

fn areas(gaps: &Gaps, shape: impl Fn(&GapArea) -> Shape) -> Table {
    let ranked = gaps.ranked();
    let row = |(rank, gap): (u64, &Gap)| {
        let rest = match gap {
            Gap::Area(area) => area_row(gaps, area),
            Gap::Part(part) => part_row(gaps, part),
        };
        std::iter::once(Cell::Count(rank)).chain(rest).collect()
    };
    let shape = |gap: &Gap| match gap {
        Gap::Area(area) => shape(area),
        Gap::Part(_) => None,
    };
    GAPS.of(&gaps.measures, (1..).zip(&ranked).map(row).collect()).at(ranked.iter().map(shape).collect())
}

/// The row of an area without its rank.
fn area_row(gaps: &Gaps, area: &GapArea) -> Vec<Cell> {
    let states = area.places.iter().map(|place| place.state.to_string()).collect();
    let mut row = vec![
        Cell::text(&area.id),
        Cell::text("area"),
        Cell::text(gap_name(area)),
        Cell::List(states),
        Cell::Count(area.counties.len() as u64),
    ];
    row.extend(amount_cells(&gaps.measures, &area.amounts));
    let [lat, lon] = [area.middle.map(|p| p.lat()), area.middle.map(|p| p.lon())];
    let degrees = |degrees: Option<f64>| degrees.map_or(Cell::Empty, |degrees| Cell::Number(degrees, 4));
    row.extend([
        Cell::Yes(false),
        Cell::Number(area.square_metres / 1e6, 1),
        degrees(lat),
        degrees(lon),
        Cell::List(area.takers.iter().map(|taker| taker.id.to_string()).collect()),
        Cell::List(area.takers.iter().map(|taker| taker.name.to_string()).collect()),
        Cell::List(area.counties.iter().map(|county| county.region.to_string()).collect()),
        Cell::Empty,
    ]);
    row
}

/// The row of a part of a county without its rank.
fn part_row(gaps: &Gaps, part: &PartGap) -> Vec<Cell> {
    let mut row = vec![
        Cell::text(&part.region),
        Cell::text("part"),
        Cell::text(format!("part of {}", part.name)),
        Cell::List(vec![part.state.to_string()]),
        Cell::Empty,
    ];
    row.extend(amount_cells(&gaps.measures, &part.amounts));
    row.extend([Cell::Yes(true), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
    row.push(Cell::List(vec![part.region.to_string()]));
    row.push(Cell::List(part.zips.iter().map(|zip| format!("zip:{}", zip.zip)).collect()));
    row
}

fn takers(gaps: &Gaps) -> Table {
    let row = |area: &GapArea, taker: &Taker| {
        let mut row = vec![
            Cell::text(&area.id),
            Cell::text(gap_name(area)),
            Cell::text(&taker.id),
            Cell::text(&taker.name),
            Cell::Number(taker.border_m / 1e3, 1),
            Cell::Number(taker.distance_m / 1e3, 1),
            Cell::Count(taker.load.counties as u64),
        ];
        row.extend(amount_cells(&gaps.measures, &taker.load.amounts));
        row
    };
    let rows = gaps.areas.iter().flat_map(|area| area.takers.iter().map(move |taker| row(area, taker)));
    COULD_TAKE.of(&gaps.measures, rows.collect())
}

fn counties(gaps: &Gaps) -> Table {
    let row = |area: &GapArea, county: &GapCounty| {
        let mut row = vec![Cell::text(&area.id), Cell::text(&county.region), Cell::text(&county.name), Cell::text(county.state)];
        row.extend(amount_cells(&gaps.measures, &county.amounts));
        row
    };
    let rows = gaps.areas.iter().flat_map(|area| area.counties.iter().map(move |county| row(area, county)));
    COUNTIES.of(&gaps.measures, rows.collect())
}

fn zips(gaps: &Gaps) -> Table {
    let rows = gaps.parts.iter().flat_map(|part| {
        part.zips.iter().map(|zip| {
            vec![
                Cell::text(&part.region),
                Cell::text(&part.name),
                Cell::text(json::status(part.status)),
                Cell::text(format!("zip:{}", zip.zip)),
                Cell::text(&zip.place),
                Cell::Count(zip.people),
            ]
        })
    });
    ZIPS.of(&[], rows.collect())
}
