use super::{records::Record, text::value};

/// What a column may ask or say, in the order in which columns are asked; then the day and the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Lat,
    Lon,
    Zip,
    County,
    Place,
    State,
    Region,
    Question,
    AsOf,
    Course,
}

/// The names of columns that are understood, without blanks, hyphens and underscores, in lower case.
const NAMES: [(&str, Kind); 22] = [
    ("lat", Kind::Lat),
    ("latitude", Kind::Lat),
    ("lon", Kind::Lon),
    ("lng", Kind::Lon),
    ("long", Kind::Lon),
    ("longitude", Kind::Lon),
    ("zip", Kind::Zip),
    ("zipcode", Kind::Zip),
    ("postalcode", Kind::Zip),
    ("county", Kind::County),
    ("countyfips", Kind::County),
    ("geoid", Kind::County),
    ("place", Kind::Place),
    ("city", Kind::Place),
    ("town", Kind::Place),
    ("state", Kind::State),
    ("region", Kind::Region),
    ("q", Kind::Question),
    ("question", Kind::Question),
    ("address", Kind::Question),
    ("asof", Kind::AsOf),
    ("course", Kind::Course),
];

/// No column of a table asks anything.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line}: no column asks a question (got {got:?}); the first line names the columns, and one of them is lat and lon, zip, county, place, state, region or q"
)]
pub struct NoQuestion {
    /// The line with the names.
    pub line: u64,
    /// The names, cut short where they are many.
    pub got: String,
}

/// Where the columns of a table are; of several with one meaning the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    places: [Option<usize>; 10],
    /// How many columns there are.
    pub(super) width: usize,
}

impl Columns {
    /// Finds the columns by the names in the first line.
    pub(super) fn read(names: &Record<'_>, line: u64) -> Result<Self, NoQuestion> {
        let mut columns = Self { places: [None; 10], width: names.len() };
        for (column, name) in names.cells().enumerate() {
            let plain: String = value(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            if let Some((_, kind)) = NAMES.iter().find(|(known, _)| *known == plain) {
                columns.places[*kind as usize].get_or_insert(column);
            }
        }
        let asks = |kind: Kind| columns.of(kind).is_some();
        let alone = [Kind::Zip, Kind::County, Kind::Place, Kind::State, Kind::Region, Kind::Question];
        if (asks(Kind::Lat) && asks(Kind::Lon)) || alone.into_iter().any(asks) {
            return Ok(columns);
        }
        let got: String = String::from_utf8_lossy(names.bytes).chars().take(80).collect();
        Err(NoQuestion { line, got })
    }

    /// Where a column is.
    pub(super) fn of(&self, kind: Kind) -> Option<usize> {
        self.places[kind as usize]
    }
}

/// The names of the columns that are added: as the contract says, with `coverage_` in front of those that are there
/// already.
pub(super) fn added(names: &Record<'_>, contract: &[&str]) -> Vec<String> {
    let known: Vec<String> = names.cells().map(|name| value(name).trim().to_lowercase()).collect();
    let free =
        |name: &&str| if known.iter().any(|other| other == name) { format!("coverage_{name}") } else { (*name).to_owned() };
    contract.iter().map(free).collect()
}
