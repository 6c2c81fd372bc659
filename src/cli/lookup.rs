use super::{Asked, Common, Format, Outcome, Trouble, load, outcome::say};
use crate::{
    lookup::{self, Question},
    render::{csv, json, report, text, words::Words},
};

/// Answers a question.
pub fn lookup(common: &Common, asked: &Asked) -> Result<Outcome, Trouble> {
    let question = Question::text(&asked.question.join(" "))?;
    let snapshot = load::snapshot(common)?;
    let scope = load::scope(common, snapshot.info(), asked.course.as_deref())?;
    let answer = lookup::answer(&snapshot, &question, &scope);
    let words = Words::new(&snapshot.info().courses);
    let unwritten = |error: &dyn std::fmt::Display| Trouble::Usage(error.to_string());
    say(&match common.format {
        Format::Text => text::answer(&answer, &words),
        Format::Json => json::answer(&answer, &words, common.as_of).map_err(|error| unwritten(&error))?,
        Format::Csv => csv::answer(&answer, &words).map_err(|error| unwritten(&error))?,
        Format::Geojson => {
            let place = lookup::outline(&snapshot, &question);
            report::answer_geojson(&answer, &words, &place).map_err(|error| unwritten(&error))?
        }
    })?;
    Ok(Outcome::Clean)
}
