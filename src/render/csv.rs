//! Answers as rows of a table: the columns that a batch adds to what it was given.

use super::{json, rounded_share, words::Words};
use crate::{
    domain::RegionId,
    lookup::{Answer, Subject},
};

/// The columns, in their order.
pub const COLUMNS: [&str; 6] = ["status", "partners", "partner_names", "region", "share", "reason"];

/// The columns' values for an answer; `reason` is the verdict and the notes.
///
/// Cells that a spreadsheet would take for a formula have an apostrophe in front.
pub fn row(answer: &Answer, words: &Words) -> [String; 6] {
    let mut reason = words.verdict(answer);
    for note in words.notes(answer) {
        reason = format!("{reason}. {}", note.trim_end_matches('.'));
    }
    [
        json::status(answer.status).to_owned(),
        joined(&answer.partners.iter().map(|p| p.id.as_str()).collect::<Vec<_>>()),
        joined(&answer.partners.iter().map(|p| &*p.name).collect::<Vec<_>>()),
        region(answer).map(|id| id.to_string()).unwrap_or_default(),
        answer.covered_share.map(|share| rounded_share(share).to_string()).unwrap_or_default(),
        reason,
    ]
    .map(neutral)
}

/// An answer as a table of one row, with its question in front.
///
/// # Errors
/// Never in practice: it is written to memory.
pub fn answer(answer: &Answer, words: &Words) -> Result<String, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["q", "understood_as", "as_of", "course"].iter().chain(&COLUMNS))?;
    let asked = [
        neutral(answer.query.input.clone()),
        neutral(words.understood_as(&answer.query).unwrap_or_default()),
        answer.as_of.to_string(),
        answer.course.as_ref().map(ToString::to_string).unwrap_or_default(),
    ];
    table.write_record(asked.iter().chain(&row(answer, words)))?;
    let bytes = table.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Cells in one cell, each once.
fn joined(cells: &[&str]) -> String {
    let firsts = cells.iter().enumerate().filter(|(i, cell)| !cells[..*i].contains(cell));
    firsts.map(|(_, cell)| *cell).collect::<Vec<_>>().join("|")
}

/// The region that decides: through which the first partner serves, else what was asked about.
fn region(answer: &Answer) -> Option<RegionId> {
    answer.partners.first().map(|partner| partner.via.clone()).or_else(|| match answer.query.subject.as_ref()? {
        Subject::Zip(zip, ..) => Some(RegionId::Zip(*zip)),
        Subject::State(code, _) => Some(RegionId::State(*code)),
        Subject::County(geoid, _) => Some(RegionId::County(*geoid)),
        Subject::Region(slug, _) => Some(RegionId::Region(slug.clone())),
        _ => answer.parts.first().map(|part| part.region.clone()),
    })
}

/// A cell that no spreadsheet takes for a formula.
pub(super) fn neutral(cell: String) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{boise, seattle};

    #[test]
    fn a_row_says_who_serves_and_why() {
        assert_eq!(
            row(&seattle(), &Words::default()),
            [
                "covered",
                "puget-sound-cs-hub",
                "Puget Sound CS Hub",
                "region:puget-sound",
                "1",
                "ZIP 98101 (Seattle, Washington) has a partner: Puget Sound CS Hub"
            ]
        );
        assert_eq!(row(&boise(), &Words::default())[4], "0");
    }

    #[test]
    fn no_cell_becomes_a_formula() {
        let mut hostile = seattle();
        hostile.partners[0].name = "=HYPERLINK(\"https://evil.example\")".into();
        hostile.query.input = "-14.3,-170.7".to_owned();
        let table = answer(&hostile, &Words::default()).unwrap();
        assert!(table.contains("\"'=HYPERLINK(") && table.contains("\"'-14.3,-170.7\""), "{table}");
    }
}
