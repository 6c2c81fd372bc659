use super::{Report, Table, Unwritten, csv, geojson, json, text, xlsx};

/// A form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// For people at a terminal.
    Text,
    /// For programs.
    Json,
    /// One table, for spreadsheets and programs.
    Csv,
    /// The main table with places, for maps.
    GeoJson,
    /// All tables, for spreadsheets.
    Xlsx,
}

/// A report could not be put into a form.
#[derive(Debug, thiserror::Error)]
pub enum Unformed {
    /// There is no such table.
    #[error("table: there is none of this name (got {got:?}); tables are {known}")]
    Table {
        /// The name that was asked for.
        got: String,
        /// The names that there are.
        known: String,
    },
    /// The places of its things are not known.
    #[error("this report has no places; ask for json or csv")]
    NoPlaces,
    /// Something could not be written, which does not happen.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// The same for CSV.
    #[error("{0}")]
    Csv(#[from] ::csv::Error),
    /// The same for workbooks.
    #[error("{0}")]
    Xlsx(#[from] Unwritten),
}

impl Report {
    /// The table of a name, or the main one.
    ///
    /// # Errors
    /// When there is no such table.
    pub fn chosen(&self, name: Option<&str>) -> Result<&Table, Unformed> {
        let known = || self.tables.iter().map(|table| table.plan.name).collect::<Vec<_>>().join(", ");
        let unknown = || Unformed::Table { got: name.unwrap_or_default().to_owned(), known: known() };
        name.map_or(self.tables.first(), |name| self.table(name)).ok_or_else(unknown)
    }
}

impl Form {
    /// All forms, with the end of the names of their files.
    pub const ALL: [(Self, &'static str); 5] =
        [(Self::Text, "txt"), (Self::Json, "json"), (Self::Csv, "csv"), (Self::GeoJson, "geojson"), (Self::Xlsx, "xlsx")];

    /// The form that the end of a file's name stands for.
    pub fn of_suffix(suffix: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| known.eq_ignore_ascii_case(suffix)).map(|(form, _)| form)
    }

    /// The bytes of a report in this form; `table` names another table than the main one, where the form has but one.
    ///
    /// # Errors
    /// When there is no such table, even where the form has all of them, or when the report has no places and GeoJSON is asked for.
    pub fn write(self, report: &Report, table: Option<&str>) -> Result<Vec<u8>, Unformed> {
        let chosen = report.chosen(table)?;
        Ok(match self {
            Self::Text => text(report).into_bytes(),
            Self::Json => json(report)?.into_bytes(),
            Self::Csv => csv(chosen)?.into_bytes(),
            Self::GeoJson => {
                if !chosen.plan.places {
                    return Err(Unformed::NoPlaces);
                }
                geojson(chosen)?.into_bytes()
            }
            Self::Xlsx => xlsx(report)?,
        })
    }
}
