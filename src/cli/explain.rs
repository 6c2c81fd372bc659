use super::{Asked, Common, Format, Outcome, Trouble, load, outcome::say};
use crate::{
    lookup::{self, Question},
    render::{explanation, words::Words},
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
            return Err(Trouble::Usage("--format: explain writes text or json".to_owned()));
        }
    })?;
    Ok(Outcome::Clean)
}
