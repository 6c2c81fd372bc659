use super::{
    super::{Cell, Column, Report, Shape, Table},
    facts,
    measures::{amount_cells, amount_columns, heading, weights_table},
};
use crate::{
    gaps::{Gap, GapArea, GapCounty, Gaps, PartGap, Place, Taker, Whereabouts},
    lookup::Compass,
    render::{
        json,
        words::{self, Words, count},
    },
};

/// How many counties the name of a gap lists.
const NAMED: usize = 3;

/// The report of where nobody serves; `shape` says where a gap is.
pub fn gaps(gaps: &Gaps, words: &Words, shape: impl Fn(&GapArea) -> Shape) -> Report {
    let course = gaps.course.as_ref().map(|course| format!(" for {}", words.course(course))).unwrap_or_default();
    Report {
        name: "gaps",
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
        name: "gap",
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

/// A gap as a person would name it: `southern Oregon: Coos, Curry, Douglas and 4 more`.
pub fn gap_name(gap: &GapArea) -> String {
    if let [only] = gap.counties.as_slice() {
        return match gap.places.as_slice() {
            [Place { part: Whereabouts::Whole, name, .. }] => name.to_string(),
            [Place { name, .. }] => format!("{}, {name}", only.name),
            _ => only.name.to_string(),
        };
    }
    let places: Vec<String> = gap.places.iter().map(place).collect();
    let whole = gap.places.iter().all(|place| place.part == Whereabouts::Whole);
    let counties: Vec<&str> = gap.counties.iter().map(|county| &*county.short_name).collect();
    let places = short_list(&places, NAMED);
    if whole { places } else { format!("{places}: {}", short_list(&counties, NAMED)) }
}

/// A list that names no more than `most`: `A, B and 12 more`.
fn short_list<S: AsRef<str>>(items: &[S], most: usize) -> String {
    let mut named: Vec<String> = items.iter().take(most).map(|item| item.as_ref().to_owned()).collect();
    let last = match items.len().checked_sub(most).filter(|more| *more > 0) {
        Some(more) => format!("{more} more"),
        None => named.pop().unwrap_or_default(),
    };
    if named.is_empty() { last } else { format!("{} and {last}", named.join(", ")) }
}

fn place(place: &Place) -> String {
    let name = &place.name;
    match place.part {
        Whereabouts::Whole => name.to_string(),
        Whereabouts::Most => format!("most of {name}"),
        Whereabouts::Central => format!("central {name}"),
        Whereabouts::Toward(wind) => format!("{} {name}", adjective(wind)),
    }
}

/// A part of a state by its wind: `southwestern`.
fn adjective(wind: Compass) -> &'static str {
    match wind {
        Compass::North => "northern",
        Compass::NorthEast => "northeastern",
        Compass::East => "eastern",
        Compass::SouthEast => "southeastern",
        Compass::South => "southern",
        Compass::SouthWest => "southwestern",
        Compass::West => "western",
        Compass::NorthWest => "northwestern",
    }
}

fn areas(gaps: &Gaps, shape: impl Fn(&GapArea) -> Shape) -> Table {
    let mut columns = vec![
        Column::brief("rank", "Rank"),
        Column::full("gap", "Gap"),
        Column::full("kind", "Kind"),
        Column::brief("name", "Where"),
        Column::full("states", "States"),
        Column::brief("counties", "Counties"),
    ];
    columns.extend(amount_columns(&gaps.measures, "", "_open", ", open"));
    columns.extend([
        Column::full("estimated", "Estimated"),
        Column::full("km2", "km²"),
        Column::full("lat", "Latitude"),
        Column::full("lon", "Longitude"),
        Column::brief("could_take", "Could take it"),
        Column::full("could_take_names", "Their names"),
        Column::full("county_ids", "Counties"),
        Column::full("zips", "ZIPs"),
    ]);
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
    let (rows, shapes) = ((1..).zip(&ranked).map(row).collect(), ranked.iter().map(shape).collect());
    Table { name: "gaps", title: "Gaps, the most people first", columns, rows, shapes }
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
    let mut columns = vec![
        Column::full("gap", "Gap"),
        Column::brief("gap_name", "Gap"),
        Column::brief("partner", "Partner"),
        Column::full("name", "Name"),
        Column::brief("border_km", "Common border, km"),
        Column::brief("distance_km", "Distance, km"),
        Column::brief("serves_counties", "Counties now"),
    ];
    columns.extend(amount_columns(&gaps.measures, "serves_", "", " now"));
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
    Table { name: "could_take", title: "Who could take them", columns, rows: rows.collect(), shapes: Vec::new() }
}

fn counties(gaps: &Gaps) -> Table {
    let mut columns = vec![
        Column::full("gap", "Gap"),
        Column::full("region", "County"),
        Column::full("name", "Name"),
        Column::full("state", "State"),
    ];
    columns.extend(amount_columns(&gaps.measures, "", "_open", ", open"));
    columns.iter_mut().for_each(|column| column.is_brief = false);
    let row = |area: &GapArea, county: &GapCounty| {
        let mut row = vec![Cell::text(&area.id), Cell::text(&county.region), Cell::text(&county.name), Cell::text(county.state)];
        row.extend(amount_cells(&gaps.measures, &county.amounts));
        row
    };
    let rows = gaps.areas.iter().flat_map(|area| area.counties.iter().map(move |county| row(area, county)));
    Table { name: "counties", title: "Open counties", columns, rows: rows.collect(), shapes: Vec::new() }
}

fn zips(gaps: &Gaps) -> Table {
    let columns = vec![
        Column::brief("region", "County"),
        Column::brief("county_name", "Name"),
        Column::full("status", "Status"),
        Column::brief("zip", "ZIP"),
        Column::brief("place", "Place"),
        Column::brief("population_open", "People, estimated"),
    ];
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
    Table { name: "zips", title: "Open ZIPs in partly covered counties", columns, rows: rows.collect(), shapes: Vec::new() }
}
