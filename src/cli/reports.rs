use std::{fs, io::Write, path::PathBuf};

use clap::{Args, ValueEnum};

use super::{Common, Format, Outcome, Trouble, load, outcome::say};
use crate::{
    census::StateCode,
    checks,
    domain::RegionId,
    gaps,
    render::{
        report::{Form, Report, Shape, tables},
        words::Words,
    },
    snapshot::Snapshot,
    source,
};

/// How a report is written.
#[derive(Debug, Args)]
pub struct Written {
    /// Course to report about
    #[arg(long)]
    course: Option<String>,
    /// File to write to; its end says the form: .txt, .json, .csv, .geojson or .xlsx [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Table to write as CSV [default: the main one]
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
}

/// Rows of a coverage report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// The country.
    Country,
    /// States and territories.
    State,
    /// Counties.
    County,
    /// Program regions.
    Region,
}

impl From<Level> for gaps::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::Country => Self::Country,
            Level::State => Self::State,
            Level::County => Self::County,
            Level::Region => Self::Region,
        }
    }
}

impl Written {
    /// The form: what the name of the file says, else what the option says.
    pub(super) fn form(&self, common: &Common) -> Result<Form, Trouble> {
        let Some(path) = &self.output else {
            return Ok(match common.format {
                Format::Text => Form::Text,
                Format::Json => Form::Json,
                Format::Csv => Form::Csv,
                Format::Geojson => Form::GeoJson,
            });
        };
        let suffix = path.extension().and_then(|suffix| suffix.to_str()).unwrap_or_default();
        Form::of_suffix(suffix).ok_or_else(|| {
            let known: Vec<String> = Form::ALL.iter().map(|(_, suffix)| format!(".{suffix}")).collect();
            Trouble::Usage(format!("--output: unknown form (got {suffix:?}); the file's name ends with {}", known.join(", ")))
        })
    }

    /// The course to report about.
    pub(super) fn course(&self) -> Option<&str> {
        self.course.as_deref()
    }

    pub(super) fn write(&self, report: &Report, form: Form) -> Result<Outcome, Trouble> {
        let bytes = form.write(report, self.table.as_deref()).map_err(|error| Trouble::Usage(error.to_string()))?;
        match &self.output {
            Some(path) => {
                let written = fs::File::create(path).and_then(|mut file| file.write_all(&bytes));
                written.map_err(|error| Trouble::Io(path.display().to_string(), error))?;
            }
            None => say(&String::from_utf8_lossy(&bytes))?,
        }
        Ok(Outcome::Clean)
    }
}

/// Where regions are, in the form that says it.
pub(super) fn outlines(form: Form, snapshot: &Snapshot) -> impl Fn(&RegionId) -> Shape {
    move |region| (form == Form::GeoJson).then(|| snapshot.land().outline(region)).flatten()
}

/// Reports how much is covered.
pub fn coverage(common: &Common, level: Option<Level>, written: &Written) -> Result<Outcome, Trouble> {
    let form = written.form(common)?;
    let snapshot = load::snapshot(common)?;
    let scope = load::scope(common, snapshot.info(), written.course.as_deref())?;
    // On a terminal and on a map counties would be too many.
    let few = matches!(form, Form::Text | Form::GeoJson);
    let coverage = gaps::coverage(&snapshot, &scope);
    let coverage = match level.map(gaps::Level::from) {
        Some(level) => coverage.only(&[level]),
        None if few => coverage.only(&[gaps::Level::Country, gaps::Level::State]),
        None => coverage,
    };
    let shape = outlines(form, &snapshot);
    let words = Words::new(&snapshot.info().courses);
    written.write(&tables::coverage(&coverage, &words, shape), form)
}

/// Reports where nobody serves.
pub fn gaps(common: &Common, across_states: bool, state: Option<&str>, written: &Written) -> Result<Outcome, Trouble> {
    let form = written.form(common)?;
    let snapshot = load::snapshot(common)?;
    let scope = load::scope(common, snapshot.info(), written.course.as_deref())?;
    let known = |text: &str| {
        let code = text.to_ascii_uppercase().parse::<StateCode>().ok();
        code.filter(|code| snapshot.land().state(*code).is_some())
            .ok_or_else(|| Trouble::Usage(format!("--state: no such state (got {text:?}); write a code such as WA")))
    };
    let wanted = gaps::Wanted { across_states, state: state.map(known).transpose()? };
    let found = gaps::gaps(&snapshot, &scope, wanted);
    let shape = |area: &gaps::GapArea| (form == Form::GeoJson).then(|| area.outline(snapshot.land()));
    let words = Words::new(&snapshot.info().courses);
    written.write(&tables::gaps(&found, &words, shape), form)
}

/// Reports what starts, ends, is handed over and is to be reviewed.
pub fn upcoming(common: &Common, days: u16, written: &Written) -> Result<Outcome, Trouble> {
    let form = written.form(common)?;
    let snapshot = load::snapshot(common)?;
    let scope = load::scope(common, snapshot.info(), written.course.as_deref())?;
    let calendar = gaps::calendar(&snapshot, &scope, days);
    written.write(&tables::calendar(&calendar, &Words::new(&snapshot.info().courses)), form)
}

/// Reports program regions that share ground, areas that do not hang together, and what checks found.
pub fn overlaps(common: &Common, written: &Written) -> Result<Outcome, Trouble> {
    let form = written.form(common)?;
    let snapshot = load::snapshot(common)?;
    let scope = load::scope(common, snapshot.info(), written.course.as_deref())?;
    let mut quality = checks::quality(&snapshot, &scope);
    quality.findings.retain(source::is_of_program);
    let both = |shared: &checks::SharedGround| snapshot.land().outlines(shared.sides.iter().map(|side| &side.region));
    let shape = |shared: &checks::SharedGround| (form == Form::GeoJson).then(|| both(shared));
    written.write(&tables::quality(&quality, &Words::new(&snapshot.info().courses), shape), form)
}

/// Reports applications under review, by name.
pub fn applications(common: &Common, written: &Written) -> Result<Outcome, Trouble> {
    let form = written.form(common)?;
    let snapshot = load::snapshot(common)?;
    let found = gaps::applications(&snapshot, load::day(common, snapshot.info()));
    written.write(&tables::applications(&found, &Words::new(&snapshot.info().courses)), form)
}
