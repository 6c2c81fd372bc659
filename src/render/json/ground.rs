//! Answers for positions on the same ground: written once, with gaps for what each position changes.

use std::borrow::Cow;

use serde::Serialize;

use super::partners::{NearPartnerWire, near_partner};
use crate::{
    geometry::Position,
    lookup::{Answer, NearPartner, Subject},
    render::{links, words::Words},
};

/// The text of an answer for a position, parted where another position on the same ground has something else.
///
/// ```text
/// { "query": { "input": "▯", … "understood_as": "▯, King County, Washington" }, "status": …,
///   "near_border": [], "nearest": null, "nearest_partners": ▯, … "next_step": { … "url": "/partners?q=▯" }, … }
/// ```
#[derive(Debug)]
pub struct Ground {
    /// Everything that is the same for each position, in one piece: it is read from one end to the other.
    text: Box<str>,
    /// Where the text is parted, and what stands there.
    gaps: Vec<(usize, Gap)>,
}

/// What each position has of its own.
#[derive(Clone, Copy, Debug)]
enum Gap {
    /// The position in words.
    Said,
    /// The position in an address.
    Encoded,
    /// The partners near by.
    Near,
}

/// Bytes in which a partner near by finds room.
const USUAL: usize = 384;

/// What follows what the ground alone says, where no border is near.
const NEAR: &str = "\n  \"near_border\": [],\n  \"nearest\": null,\n  \"nearest_partners\": ";

/// What follows the partners near by.
const REST: &str = "\n  \"choices\": ";

#[derive(Serialize)]
struct NearWire<'a> {
    nearest_partners: Vec<NearPartnerWire<'a>>,
}

impl Ground {
    /// The ground of an answer for a position in the midst of it; `None` where the answer is about something else.
    pub fn new(answer: &Answer, words: &Words<'_>) -> Option<Self> {
        let Some(Subject::Position(position, Some(_))) = &answer.query.subject else { return None };
        let position = position.to_string();
        let text = super::answer(answer, words, None).ok()?;
        let (ground, rest) = text.split_once(NEAR)?;
        let (_, rest) = rest.split_once(REST)?;
        let mut parted = Self { text: "".into(), gaps: Vec::new() };
        let mut same = String::with_capacity(text.len());
        parted.put(&mut same, ground, &position, Gap::Said);
        same.push_str(NEAR);
        parted.gaps.push((same.len(), Gap::Near));
        same.push_str(REST);
        parted.put(&mut same, rest, &links::encoded(&position), Gap::Encoded);
        Some(Self { text: same.into(), ..parted })
    }

    /// Appends a text without what stands in its gaps.
    fn put(&mut self, same: &mut String, text: &str, gone: &str, gap: Gap) {
        for (number, part) in text.split(gone).enumerate() {
            if number > 0 {
                self.gaps.push((same.len(), gap));
            }
            same.push_str(part);
        }
    }

    /// The answer for a position on this ground, with the partners near it: the same text as [`super::answer`].
    ///
    /// # Errors
    /// Never in practice, as there.
    pub fn answer(&self, position: Position, near: &[NearPartner]) -> Result<String, serde_json::Error> {
        let said = position.to_string();
        let (encoded, near) = (links::encoded(&said), list(near)?);
        let mut text = String::with_capacity(self.text.len() + near.len() + encoded.len() * self.gaps.len());
        let mut from = 0;
        for (at, gap) in &self.gaps {
            text.push_str(&self.text[from..*at]);
            text.push_str(match gap {
                Gap::Said => &said,
                Gap::Encoded => &encoded,
                Gap::Near => &near,
            });
            from = *at;
        }
        text.push_str(&self.text[from..]);
        Ok(text)
    }
}

/// The partners near by, as they stand in an answer.
fn list(near: &[NearPartner]) -> Result<Cow<'static, str>, serde_json::Error> {
    if near.is_empty() {
        return Ok("[],".into());
    }
    let wire = NearWire { nearest_partners: near.iter().map(near_partner).collect() };
    let mut object = Vec::with_capacity(USUAL * near.len());
    serde_json::to_writer_pretty(&mut object, &wire)?;
    let object = String::from_utf8(object).unwrap_or_default();
    let list = object.trim_start_matches("{\n  \"nearest_partners\": ").trim_end_matches("\n}");
    Ok([list, ","].concat().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lookup::{Compass, Status},
        render::fixture::{bare, boise, courses, seattle, text},
    };

    fn at(lat: f64, lon: f64, like: Answer) -> Answer {
        let position = Position::new(lon, lat).unwrap();
        let mut answer = like;
        answer.query.input = position.to_string();
        answer.query.kind = crate::lookup::QueryKind::Position;
        answer.query.subject = Some(Subject::Position(position, Some(text("King County, Washington"))));
        answer
    }

    fn near() -> NearPartner {
        NearPartner {
            id: "a".parse().unwrap(),
            name: text("A \"quoted\" name"),
            website: None,
            region: "county:16001".parse().unwrap(),
            region_name: text("Ada County, Idaho"),
            distance_m: 1234.5,
            direction: Compass::North,
        }
    }

    #[test]
    fn an_answer_that_is_put_together_is_the_answer_that_is_written_whole() {
        let courses = courses();
        let words = Words::new(&courses);
        let mut choosing = at(47.6, -122.3, seattle());
        choosing.next_step = crate::lookup::NextStep::Choose;
        for like in [at(47.6, -122.3, seattle()), at(47.6, -122.3, boise()), choosing] {
            let ground = Ground::new(&like, &words).unwrap();
            for (lat, lon) in [(47.6, -122.3), (-0.5, 1e-7), (12.0, 180.0)] {
                for near in [vec![], vec![near(), near()]] {
                    let other = Answer { nearest_partners: near.clone(), ..at(lat, lon, like.clone()) };
                    let whole = super::super::answer(&other, &words, None).unwrap();
                    assert_eq!(ground.answer(Position::new(lon, lat).unwrap(), &near).unwrap(), whole);
                }
            }
        }
    }

    #[test]
    fn what_is_no_position_or_lies_near_a_border_or_outside_has_no_ground() {
        let words = Words::default();
        assert!(Ground::new(&seattle(), &words).is_none());
        let outside = bare(crate::lookup::QueryKind::Position, "0, 0", None, Status::Outside);
        assert!(Ground::new(&outside, &words).is_none());
        let mut on_the_border = at(47.6, -122.3, seattle());
        on_the_border.near_border = vec![crate::lookup::NearBorder {
            region: None,
            name: None,
            distance_m: 1.0,
            status: Status::Open,
            partners: Vec::new(),
        }];
        assert!(Ground::new(&on_the_border, &words).is_none());
    }
}
