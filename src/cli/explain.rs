use super::{Asked, Common, Format, Outcome, Trouble, load, outcome::say, reports::outlines};
use crate::{
    lookup::{self, Question},
    render::{
        explanation,
        report::{Form, tables},
        words::Words,
    },
};

/// Explains an answer.
pub fn explain(common: &Common, asked: &Asked) -> Result<Outcome, Trouble> {
    let question = Question::text(&asked.question.join(" "))?;
    let snapshot = load::snapshot(common)?;
    let scope = load::scope(common, snapshot.info(), asked.course.as_deref())?;
    let explained = lookup::explain(&snapshot, &question, &scope);
    let words = Words::new(&snapshot.info().courses);
    say(&match common.format {
        Format::Text => explanation::text(&explained, &words),
        Format::Json => explanation::json(&explained, &words).map_err(|error| Trouble::Usage(error.to_string()))?,
        Format::Csv | Format::Geojson => {
            let form = if common.format == Format::Csv { Form::Csv } else { Form::GeoJson };
            let shape = outlines(form, &snapshot);
            let report = tables::explanation(&explained, snapshot.generation(), &words, shape);
            let bytes = form.write(&report, None).map_err(|error| Trouble::Usage(error.to_string()))?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
    })?;
    Ok(Outcome::Clean)
}
